"""The pages of admins in headless Chromium: accessible, by keyboard alone, narrow and wide, light and dark; nothing from elsewhere."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from console.app import mount
from core.clock import now
from core.settings import Settings
from tests.chromium import needs_chromium
from tests.console.house import PASSWORD, House
from tests.console.retention.test_retention import conversation

pytestmark = [pytest.mark.console, pytest.mark.web, needs_chromium]
WIDTHS = {"wide": (1280, 800), "narrow": (320, 640), "zoomed": (640, 400)}  # zoomed: 1280 x 800 at 200 %
OF_ADMINS = ("verwaltung/personen", "verwaltung/protokoll", "verwaltung/aufbewahrung", "verwaltung/auskunft")
PICTURES = os.environ.get("LOTSE_PICTURES")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, str]]:
    """The console below the chat page, over real HTTP, with some weeks of work in it."""
    import threading

    from cli.processes import free_port
    from connectors.gateway.app import create_app

    port = free_port()
    settings = Settings(home=tmp_path_factory.mktemp("seiten"), pin_cost="test", port=port)
    app = create_app(settings)
    inner = mount(app, settings)
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", port, log_level="error", ws="none", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    house = House(inner.state.console, app, inner, None)  # type: ignore[arg-type]
    house.console.accounts.add("a.berger", PASSWORD, "admin", "lotse user")
    house.console.accounts.add("j.klein", PASSWORD, "pruefer", "a.berger")
    house.console.accounts.add_with_start_password("m.demir", "trainer", "a.berger")
    house.console.accounts.add("s.alt", PASSWORD, "leser", "a.berger")
    house.console.accounts.close("s.alt", "a.berger")
    for days in (3, 40, 80, 95):
        conversation(house, f"gespraech-{days}", now() - timedelta(days=days))
    house.console.retention.run()
    yield house, f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@contextmanager
def window(browser: Browser, url: str, scheme: Any, width: str, **more: Any) -> Iterator[Page]:
    """At the end nothing was asked of another host and nothing against the policy."""
    size: ViewportSize = {"width": WIDTHS[width][0], "height": WIDTHS[width][1]}
    context = browser.new_context(viewport=size, color_scheme=scheme, base_url=url, **more)
    page = context.new_page()
    hosts: set[str] = set()
    page.on("request", lambda made: hosts.add("/".join(made.url.split("/")[:3])))
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text) if "Content Security Policy" in message.text else None)
    yield page
    assert hosts == {url}
    assert broken == []
    context.close()


def accessible(page: Page, name: str) -> None:
    """No violation known to axe, no sideways scrolling, buttons high enough for a finger; a picture where they are asked for."""
    size = page.viewport_size or {"width": 0}
    if size["width"] != WIDTHS["zoomed"][0]:  # the same page as the wide one, nearer
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
    least = "one => one.offsetHeight < (one.closest('table') ? 24 : 44)"
    small = f"[...document.querySelectorAll('main button, main input:not([type=hidden], .hidden), main select')].filter({least}).length"
    assert page.evaluate(small) == 0, name
    assert page.locator("h1").count() == 1
    if PICTURES:
        scheme = "dark" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{size['width']}-{scheme}.png"), full_page=True)


def sign_in(page: Page, name: str = "a.berger", password: str = PASSWORD) -> None:
    """By keyboard."""
    page.goto("/konsole/anmelden")
    page.get_by_label("Name").fill(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/konsole/(passwort)?$"))


@pytest.mark.parametrize(("scheme", "width"), [("light", "wide"), ("dark", "narrow"), ("light", "zoomed")])
def test_every_page_is_accessible(browser: Browser, served: tuple[House, str], scheme: str, width: str) -> None:
    house, url = served
    with window(browser, url, scheme, width) as page:
        page.goto("/konsole/verwaltung/personen")
        accessible(page, "anmelden-zurueck")
        page.get_by_label("Name").fill("niemand")
        page.get_by_label("Passwort").fill("falsch")
        page.get_by_role("button", name="Anmelden").click()
        expect(page.get_by_role("alert")).to_contain_text("stimmt nicht")
        assert page.title().startswith("Fehler: ")
        accessible(page, "anmelden-falsch")
        sign_in(page)
        for path in (*OF_ADMINS, "passwort", "nirgends"):
            page.goto(f"/konsole/{path}")
            accessible(page, path.replace("/", "-"))
        page.goto("/konsole/verwaltung/auskunft")
        page.get_by_label("Code des Gesprächs").fill(house.console.stored.code("gespraech-3"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Auskunft zu GE-")
        accessible(page, "auskunft-gespraech")


def test_a_person_is_added_signs_in_and_is_closed_by_keyboard_alone(browser: Browser, served: tuple[House, str]) -> None:
    _, url = served
    with window(browser, url, "light", "wide") as page:
        sign_in(page)
        page.goto("/konsole/verwaltung/personen")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
        page.keyboard.press("Enter")
        press_to(page, "#name")
        page.keyboard.type("neue.person")
        page.keyboard.press("Tab")
        page.keyboard.type("Pr")  # Prüfen, as a list is used by keyboard
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        start = page.locator(".big-code").inner_text()
        accessible(page, "startpasswort")
        with window(browser, url, "dark", "narrow") as other:
            sign_in(other, "neue.person", start)
            expect(other.get_by_role("heading", level=1)).to_have_text("Passwort ändern")
            accessible(other, "passwort-zuerst")
            for label, text in (("Bisheriges Passwort", start), ("Neues Passwort", PASSWORD), ("Neues Passwort noch einmal", PASSWORD)):
                other.get_by_label(label, exact=True).fill(text)
            other.keyboard.press("Enter")
            expect(other.get_by_role("status")).to_contain_text("Ihr neues Passwort gilt")
            accessible(other, "passwort-geaendert")
        page.goto("/konsole/verwaltung/personen")
        close = page.get_by_role("button", name="Schließen für neue.person")
        close.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("geschlossen")
        accessible(page, "personen-geschlossen")


def press_to(page: Page, selector: str) -> None:
    """Tabs on until this has the focus, as who uses no mouse does; whatever has it on the way is seen to have it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        seen = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
        assert page.evaluate(seen), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def test_a_conversation_is_shown_and_deleted_without_any_script(browser: Browser, served: tuple[House, str]) -> None:
    house, url = served
    conversation(house, "zu-loeschen", now())
    code = house.console.stored.code("zu-loeschen")
    with window(browser, url, "light", "narrow", java_script_enabled=False) as page:
        sign_in(page)
        page.goto("/konsole/verwaltung/auskunft")
        page.get_by_label("Code des Gesprächs").fill("GE-0000-0000-1")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("kein Code")
        page.get_by_label("Code des Gesprächs").fill(code.lower().replace("-", " "))
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text("Frage 1 von zu-loeschen")
        page.get_by_label("Code zur Bestätigung").fill("GE-0000-0000-0")
        page.get_by_role("button", name="Endgültig löschen").click()
        expect(page.get_by_role("alert")).to_contain_text("nicht gleich")
        assert code not in page.url
        page.get_by_label("Code zur Bestätigung").fill(code)
        page.get_by_role("button", name="Endgültig löschen").click()
        # The chat's Redis is away here: nothing is deleted by halves, and the page says so.
        expect(page.get_by_role("alert")).to_contain_text("Es ist noch nichts gelöscht")
        assert house.console.stored.told("zu-loeschen")
