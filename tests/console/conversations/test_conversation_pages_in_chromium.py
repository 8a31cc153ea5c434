"""The pages of conversations and figures in headless Chromium: accessible, by keyboard alone, narrow and wide, light and dark."""

import os
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from cli.processes import free_port
from connectors.gateway.app import create_app
from console.app import mount
from console.person import Person
from core.clock import now
from core.settings import Settings
from tests.chromium import needs_chromium
from tests.console.access.test_pages_of_admins import sign_in, window
from tests.console.conversations.said import closing, thumb, turn, write
from tests.console.house import PASSWORD, House

pytestmark = [pytest.mark.console, pytest.mark.web, needs_chromium]
PICTURES = os.environ.get("LOTSE_PICTURES")
LONG = "Sehr geehrte Damen und Herren, ich wüsste gern, was ein Donaudampfschifffahrtsgesellschaftskapitänspatent kostet. " * 6


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, str]]:
    """Chat page and console over real HTTP, with two pages of conversations."""
    port = free_port()
    settings = Settings(home=tmp_path_factory.mktemp("gespraeche"), pin_cost="test", port=port)
    app = create_app(settings)
    inner = mount(app, settings)
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", port, log_level="error", ws="none", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    house = House(inner.state.console, app, inner, None)  # type: ignore[arg-type]
    house.console.accounts.add("p.klein", PASSWORD, "pruefer", "lotse user")
    moment = now()
    write(
        house,
        *(turn(f"g{number:03}", when=moment - timedelta(hours=3 * number + 1)) for number in range(60)),
        turn("neu", "1", moment, text=LONG), turn("neu", "2", moment, text="كم تكلفة جواز السفر؟", sprache="ar", rueckfrage=True),
        turn("neu", "3", moment, knopf="/frage_dauer", text="", fallback=True, ohne_auskunft=True), thumb("neu", "1", -1, "falsch"),
        turn("neu", "4", moment, antworten=None, intent=None), closing("neu", False), thumb("g000", "1", 1), closing("g000", True),
    )  # fmt: skip
    klein, notes = Person("p.klein", "pruefer"), house.console.conversations.notes
    notes.tag("neu", klein, "gebühr")
    notes.comment("neu", klein, "Das klingt nach dem Hafenamt.", None)
    yield house, f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def accessible(page: Page, name: str) -> None:
    """No violation known to axe, no sideways scrolling, targets high enough; a picture where they are asked for."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
    small = """[...document.querySelectorAll('main button, main .button, main select, main summary, main input:not([type=hidden])')]
        .filter(one => one.checkVisibility() && one.type != 'checkbox' && one.offsetHeight < (one.closest('table') ? 24 : 44))
        .map(one => one.outerHTML)"""
    assert page.evaluate(small) == [], name
    assert page.locator("h1").count() == 1
    if PICTURES:
        size = page.viewport_size or {"width": 0}
        scheme = "dunkel" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "hell"
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{size['width']}-{scheme}.png"), full_page=True)


@pytest.mark.parametrize(("scheme", "width"), [("light", "wide"), ("dark", "narrow")])
def test_every_page_is_accessible(browser: Browser, served: tuple[House, str], scheme: str, width: str) -> None:
    with window(browser, served[1], scheme, width) as page:
        sign_in(page, "p.klein")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Woche vom")
        accessible(page, "woche")
        page.goto("/konsole/gespraeche")
        page.get_by_text("Weitere Filter").click()
        page.get_by_text("Diese Ansicht speichern oder löschen").click()
        accessible(page, "gespraeche")
        page.goto("/konsole/gespraeche?q=nichts+davon")
        accessible(page, "gespraeche-leer")
        page.goto("/konsole/gespraeche/neu")
        for one in page.locator("summary").all():
            one.click()
        accessible(page, "gespraech")


def test_a_conversation_is_found_read_and_noted_on_by_keyboard_alone(browser: Browser, served: tuple[House, str]) -> None:
    with window(browser, served[1], "light", "wide") as page:
        sign_in(page, "p.klein")
        page.goto("/konsole/gespraeche")
        _tab_to(page, "Suche in den Nachrichten")
        page.keyboard.type("donaudampf")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("1 Gespräch")
        _tab_to(page, "Sehr geehrte")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Gespräch vom")
        _tab_to(page, "Als gesehen markieren")
        page.keyboard.press("Enter")
        expect(page.locator("dl").first).to_contain_text("von p.klein")
        _tab_to(page, "Neues Schlagwort")
        page.keyboard.type("Hafen")
        page.keyboard.press("Enter")
        expect(page.locator(".schlagworte")).to_contain_text("hafen")
        _tab_to(page, "Kommentieren zu Nachricht 2")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("Arabisch, kurz beantwortet.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("li.zug:target .kommentar")).to_contain_text("Arabisch, kurz beantwortet.")


def test_pages_of_the_list_and_the_way_from_a_bar_work_without_script(browser: Browser, served: tuple[House, str]) -> None:
    with window(browser, served[1], "light", "wide", java_script_enabled=False) as page:
        sign_in(page, "p.klein")
        page.get_by_role("link", name="Kosten", exact=True).click()
        expect(page.get_by_label("Absicht")).to_have_value("frage_kosten")
        page.goto("/konsole/gespraeche")
        assert page.locator("tbody tr").count() == 50
        page.get_by_role("link", name="Ältere").click()
        assert page.locator("tbody tr").count() == 11
        page.get_by_role("link", name="Neuere").click()
        assert page.locator("tbody tr").count() == 50


def _tab_to(page: Page, name: str) -> None:
    """Tab until the element of this name has the focus."""
    told = """() => { const one = document.activeElement;
        return [one.labels?.[0]?.textContent, one.textContent, one.getAttribute('aria-label')].filter(Boolean).join(' ') }"""
    for _ in range(120):
        page.keyboard.press("Tab")
        if name in page.evaluate(told) and page.evaluate("document.activeElement.tagName") not in ("BODY", "DIV"):
            return
    raise AssertionError(f"{name} is not reached")
