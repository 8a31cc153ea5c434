"""Inbox and learning loop in headless Chromium: accessible, narrow and wide, light and dark, without script, keys that can be put off."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from console.learning.cases import Case
from console.learning.progress import Progress
from console.person import Person
from tests.chromium import needs_chromium
from tests.console.house import PASSWORD, House
from tests.console.lernen.measured import measured, report, sentence
from tests.console.lernen.served import accessible, serve, window
from tests.console.lernen.turns import Themes, collected, said

pytestmark = [pytest.mark.console, pytest.mark.web, needs_chromium]
ANNA = Person("anna", "trainer")
PAGES = ("posteingang", "aufgaben", "lernen", "lernen/kandidaten/1", "lernen/kandidaten/2", "lernen/aenderungen")
LONG = "Ich habe da einmal eine Frage zu meinem Anwohnerparkausweis, der nämlich in der Donaudampfschifffahrtsgesellschaftsstraße gilt"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, str]]:
    with serve(tmp_path_factory.mktemp("lernseiten")) as (house, url):
        for name in ("anna", "ben"):
            house.console.accounts.add(name, PASSWORD, "trainer", "test")
        for number in range(7):
            said(house, f"a{number}", f"Perso verloren, was nun, die {number}.", daumen=-1 if number % 2 else None)
        said(house, "b", LONG, ohne_auskunft=True)
        said(house, "c", "Wetter morgen?", fallback=False, sicherheit=0.2)
        collected(house, Themes())
        console = house.console
        with console.engine.begin() as connection:
            taught = ["Was macht das?", "Wie hoch ist der Betrag?"]
            console.cases.add(connection, Case("Wie teuer wird das?", "frage_kosten", None, taught), ANNA)
            console.cases.add(connection, Case(LONG, "frage_kosten", "bewohnerparkausweis", []), ANNA)
        worse = [sentence("Was kostet der Pass?", "frage_kosten", "lob", "reisepass"), sentence(LONG, "lob")]
        better = [sentence("Was kostet der Pass?", "frage_kosten", None, "reisepass"), sentence(LONG, "lob", "dank")]
        for ours, theirs in ((better, better), (worse, better)):
            folder = console.candidates.request(ANNA)
            wrong = [sentence("Wie teuer wird das?", "frage_kosten", "lob")]
            told = report(folder.name, measured(ours, wrong, {"a": 0}, macro_f1=0.9), measured(theirs, wrong, {"a": 0}, macro_f1=0.93))
            told.write(folder)
            Progress.begin().at(folder, "bericht", 1.0, zustand="fertig")
        (lost,) = [line for line in console.desk.lines()[0] if line.text.startswith("Wetter")]
        console.desk.claim(lost.id, ANNA)
        yield house, url


def signed_in(page: Page, name: str = "anna") -> None:
    page.goto("/konsole/anmelden")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()


@pytest.mark.parametrize(("scheme", "width"), [("light", "wide"), ("dark", "narrow"), ("light", "zoomed")])
def test_every_page_is_accessible(browser: Browser, served: tuple[House, str], scheme: str, width: str) -> None:
    house, url = served
    mine = house.console.desk.claim_next(ANNA)
    with window(browser, url, scheme, width) as page:
        signed_in(page)
        for path in (*PAGES, f"posteingang/{mine}"):
            page.goto(f"/konsole/{path}")
            accessible(page, path.replace("/", "-"))
        page.goto("/konsole/lernen/kandidaten/2")
        for one in page.locator("summary").all():
            one.click()
        accessible(page, "kandidat-offen")


def test_without_script_everything_can_be_decided(browser: Browser, served: tuple[House, str]) -> None:
    _, url = served
    with window(browser, url, "light", "wide", java_script_enabled=False) as page:
        signed_in(page)
        page.goto("/konsole/posteingang")
        page.get_by_role("button", name="Nächste bearbeiten").click()
        page.get_by_label("Eigene Übungssätze").fill("bleibt stehen")
        page.get_by_role("button", name="Suchen").click()
        expect(page.get_by_label("Eigene Übungssätze")).to_have_value("bleibt stehen")
        page.get_by_label("Im Katalog fehlt eine Angabe").check()
        page.get_by_label("Welche Angabe fehlt?").fill("Was der Ersatz kostet")
        page.get_by_role("button", name="Entscheiden", exact=True).click()
        expect(page.get_by_role("status")).to_have_text("Entschieden. Danke!")
        page.get_by_role("link", name="Fehlende Angaben").click()
        expect(page.get_by_role("main")).to_contain_text("Was der Ersatz kostet")


def test_keys_work_outside_fields_only_and_can_be_switched_off(browser: Browser, served: tuple[House, str]) -> None:
    _, url = served
    with window(browser, url, "light", "wide") as page:
        signed_in(page, "ben")
        page.goto("/konsole/posteingang")
        page.keyboard.press("?")
        expect(page.get_by_text("nächste Gruppe bearbeiten")).to_be_visible()
        page.get_by_label("Tasten benutzen").uncheck()
        page.keyboard.press("n")
        page.wait_for_timeout(300)
        expect(page).to_have_url(re.compile("/posteingang$"))
        page.get_by_label("Tasten benutzen").check()
        page.get_by_label("Tasten benutzen").blur()
        page.keyboard.press("n")
        page.wait_for_url(re.compile(r"/posteingang/\d+$"))
        page.keyboard.press("4")
        expect(page.get_by_label("Nicht lernen")).to_be_checked()
        expect(page.get_by_label("Was möchte die Person wissen?")).to_be_hidden()
        page.keyboard.press("1")
        page.keyboard.press("u")
        page.keyboard.type("4 Fragen an Sie")
        expect(page.get_by_label("Nicht lernen")).not_to_be_checked()
