"""The chat page in headless Chromium, with the real bot behind it."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.chromium import needs_chromium
from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.web, needs_chromium]


@pytest.fixture(params=[("light", 1280), ("dark", 360)], ids=lambda param: f"{param[0]}-{param[1]}")
def page(request: pytest.FixtureRequest, browser: Browser, stack: Stack) -> Iterator[Page]:
    """The page, opened; at the end nothing was written to the console and nothing asked of another host."""
    scheme, width = request.param
    opened = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    errors: list[str] = []
    hosts: set[str] = set()
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("request", lambda made: hosts.add("/".join(made.url.split("/")[:3])))
    opened.goto(stack.running.web_url)
    yield opened
    assert errors == []
    assert hosts == {stack.running.web_url}
    opened.close()


def ask(page: Page, text: str) -> None:
    """Types a question and sends it by keyboard."""
    box = page.get_by_role("textbox")
    box.fill(text)
    box.press("Enter")


def test_a_conversation_with_follow_up_and_button(page: Page) -> None:
    log = page.get_by_role("log")
    expect(page.locator("body")).to_contain_text("Demonstration, keine Seite der Stadt; es wird nichts übermittelt")
    ask(page, "Was kostet ein neuer Perso?")
    expect(log).to_contain_text("46 €", timeout=10_000)
    expect(log).to_contain_text("§ 1 PAuswGebV")
    ask(page, "und welche Unterlagen brauche ich?")
    expect(log).to_contain_text("digitales biometrisches Lichtbild", timeout=10_000)
    page.get_by_role("button", name="Wie läuft das ab?").last.click()
    expect(log).to_contain_text("Termin im Bürgercenter buchen", timeout=10_000)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_markup_is_shown_as_text(page: Page) -> None:
    ask(page, "<img src=x onerror=alert(1)> <b>Hallo</b>")
    expect(page.get_by_role("log")).to_contain_text("<b>Hallo</b>")
    assert page.locator("#log img, [role=log] img").count() == 0
    assert page.locator("[role=log] b").count() == 0


@pytest.mark.apply
def test_an_application_is_filled_in_sent_and_its_status_read(page: Page, stack: Stack) -> None:
    log = page.get_by_role("log")
    ask(page, "Wo bekomme ich eine Meldebescheinigung?")
    page.get_by_role("button", name="Jetzt hier beantragen").last.click(timeout=10_000)
    page.get_by_role("button", name="Für mich selbst").last.click(timeout=10_000)
    for question, answer in (
        ("Vornamen", "Erika"), ("Nachnamen", "Mustermann"), ("geboren", "12.3.1985"), ("Straße", "Musterstraße 5"),
        ("Postleitzahl", "67655"), ("Wie viele", "zwei"),
    ):  # fmt: skip
        expect(log.locator(":scope > *").last).to_contain_text(question, timeout=10_000)
        ask(page, answer)
    for question in ("Wofür", "E-Mail"):  # neither is needed
        expect(log.locator(":scope > *").last).to_contain_text(question, timeout=10_000)
        page.get_by_role("button", name="Überspringen").last.click()
    page.get_by_role("button", name="Absenden").last.click(timeout=10_000)
    expect(log).to_contain_text("Vorgangsnummer: KL-", timeout=10_000)
    receipt = log.inner_text()
    number, pin = re.search(r"KL-\w{4}-\w{4}-\w", receipt), re.search(r"PIN: (\d{8})", receipt)
    assert number and pin
    page.goto(f"{stack.running.web_url}/status")
    page.get_by_label("Vorgangsnummer").fill(number.group())
    page.get_by_label("PIN").fill(pin[1])
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("eingegangen")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
