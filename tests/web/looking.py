"""What a person does with the chat in a browser, and what is looked at."""

import os
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, expect

LAUNCHER = "Fragen? Hier chatten"
# Where pictures of every state go, to be looked at by people; nowhere without it.
PICTURES = os.environ.get("LOTSE_PICTURES")
# WCAG 2.2, 2.5.8: nothing to press is smaller than 24 px, links within a sentence excepted.
SMALL = """() => {
  const found = [];
  const walk = (root) => {
    for (const one of root.querySelectorAll("*")) {
      if (one.shadowRoot) walk(one.shadowRoot);
      if (!one.matches("button, input, select, textarea, summary") || one.matches("[type=hidden], [type=checkbox], [type=radio]")) continue;
      const { width, height } = one.getBoundingClientRect();
      if (width && height && (width < 24 || height < 24)) found.push(one.outerHTML.slice(0, 80));
    }
  };
  walk(document);
  return found;
}"""


def opened(page: Page) -> Locator:
    """Opens the chat; its log."""
    page.get_by_role("button", name=LAUNCHER).click()
    return page.get_by_role("log")


def ask(page: Page, text: str) -> None:
    """Types a question and sends it by keyboard."""
    box = page.get_by_role("dialog").get_by_role("textbox")
    box.fill(text)
    box.press("Enter")


def asked(page: Page, text: str, answer: str) -> None:
    """Asks and waits for an answer with these words."""
    ask(page, text)
    expect(page.get_by_role("log")).to_contain_text(answer, timeout=10_000)


def accessible(page: Page) -> None:
    """No violation known to axe, no sideways scrolling, nothing to press that is too small for a finger."""
    if not page.evaluate("'axe' in window"):  # its 500 kB once a page
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate(SMALL) == []


def picture(page: Page, name: str) -> None:
    """Keeps a picture for people, where they want one."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def live(page: Page) -> str:
    """What the live region says now."""
    told: str = page.evaluate("document.querySelector('amts-lotse').shadowRoot.querySelector('[role=status]').textContent")
    return told


def focused(page: Page) -> str:
    """Name or text of what has the focus, also within the shadow."""
    told: str = page.evaluate("""() => {
      let one = document.activeElement;
      while (one && one.shadowRoot && one.shadowRoot.activeElement) one = one.shadowRoot.activeElement;
      return one ? (one.getAttribute("aria-label") || one.id || one.textContent || one.localName).trim() : "";
    }""")
    return told
