"""Every state of the chat in headless Chromium, light and dark, desktop and phone: it works, axe finds nothing, nobody else is asked."""

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import needs_chromium
from tests.web.looking import LAUNCHER, accessible, ask, asked, opened, picture
from tests.web.website import Site

pytestmark = [pytest.mark.web, needs_chromium]


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """Of the window."""
    return str(request.node.callspec.id)


def shown(page: Page, name: str, state: str) -> None:
    picture(page, f"{name}-{state}")
    accessible(page)


def test_questions_documents_buttons_and_a_reload(window: Page, name: str, site: Site) -> None:
    shown(window, name, "00-page")
    log = opened(window)
    expect(log).to_contain_text("automatischer Assistent und kein Mensch")
    shown(window, name, "01-open")
    asked(window, "Welche Unterlagen brauche ich?", "digitales biometrisches Lichtbild")
    expect(log).to_contain_text("Stand: 07.02.2026")
    expect(log.get_by_role("link", name="Termin im Bürgercenter")).to_have_attribute("href", "https://www.example.org/termin")
    window.get_by_role("checkbox", name="digitales biometrisches Lichtbild").check()
    shown(window, name, "02-documents")
    window.get_by_role("button", name="Was kostet das?").click()
    expect(log).to_contain_text("27,60 € – unter 24 Jahren [2]")
    expect(log).to_contain_text("[1] Quelle: § 1 PAuswGebV")
    asked(window, "umzug", "Auto ummelden – unverzüglich")
    shown(window, name, "03-follow-up")
    window.reload()
    opened(window)
    expect(log).to_contain_text("Auto ummelden – unverzüglich")
    expect(window.get_by_role("checkbox", name="digitales biometrisches Lichtbild")).to_be_checked()
    expect(window.get_by_role("checkbox", name="bisheriger Personalausweis")).not_to_be_checked()
    texts = [one.inner_text().removeprefix("Sie:").strip() for one in log.locator(".own").all()]
    assert texts == ["Welche Unterlagen brauche ich?", "Was kostet das?", "umzug"]
    assert log.locator(".bubble").count() == 4  # the greeting and three answers, each once
    shown(window, name, "04-reload")
    assert site.asked() == ["Welche Unterlagen brauche ich?", '/frage_kosten{"leistung": "personalausweis"}', "umzug"]


def test_thinking_offline_and_back(window: Page, name: str, site: Site) -> None:
    log = opened(window)
    site.bot.seconds = 1.5
    ask(window, "Hallo")
    expect(window.get_by_text("Der Lotse schreibt …").first).to_be_visible()
    shown(window, name, "10-thinking")
    expect(log).to_contain_text("Sie schrieben: Hallo")
    site.bot.seconds = 0
    window.context.set_offline(True)
    ask(window, "Das schreibe ich offline")
    expect(window.locator(".status.offline")).to_contain_text("Keine Verbindung")
    shown(window, name, "11-offline")
    window.context.set_offline(False)
    expect(log).to_contain_text("Die Verbindung ist wieder da.")
    expect(log).to_contain_text("Sie schrieben: Das schreibe ich offline")
    expect(window.locator(".status")).to_be_empty()
    shown(window, name, "12-back")
    assert site.asked() == ["Hallo", "Das schreibe ich offline"]


def test_a_form_asks_for_a_day_with_the_right_input(window: Page, name: str, site: Site) -> None:
    opened(window)
    asked(window, "geboren", "Wann sind Sie geboren?")
    expect(window.get_by_role("progressbar", name="Frage 3 von 6")).to_be_visible()
    day = window.get_by_label("Geburtsdatum")
    expect(day).to_have_attribute("autocomplete", "bday")
    shown(window, name, "20-form")
    window.get_by_role("button", name="Senden").click()
    expect(window.get_by_text("Bitte wählen Sie zuerst ein vollständiges Datum.")).to_be_visible()
    shown(window, name, "21-form-wrong")
    day.fill("1985-03-12")
    day.press("Enter")
    expect(window.get_by_role("log")).to_contain_text("Sie schrieben: 12.03.1985")
    expect(window.get_by_label("Ihre Frage")).to_be_visible()
    assert site.asked()[-1] == "12.03.1985"


def test_language_size_and_colours(window: Page, name: str, site: Site) -> None:
    log = opened(window)
    window.get_by_role("button", name="Sprache, Anzeige und Daten").click()
    shown(window, name, "30-menu")
    window.get_by_role("combobox", name="Sprache").select_option("English")
    expect(log).to_contain_text("Gladly, I answer in English")
    expect(window.get_by_label("Your question")).to_be_focused()
    shown(window, name, "31-english")
    window.get_by_role("button", name="Language, display and data").click()
    window.get_by_role("combobox", name="Language").select_option("Einfache Sprache")
    expect(log).to_contain_text("Ich schreibe jetzt in Einfacher Sprache.")
    expect(log).to_contain_text("Ich bin ein Computer-Programm und kein Mensch.")
    shown(window, name, "32-plain")
    window.get_by_role("button", name="Sprache, Schrift und Daten").click()
    window.get_by_role("combobox", name="Schriftgröße").select_option("200 %")
    window.get_by_role("combobox", name="Farben").select_option("Hoher Kontrast")
    shown(window, name, "33-large-contrast-menu")
    window.keyboard.press("Escape")
    shown(window, name, "34-large-contrast")
    window.get_by_role("button", name="Sprache, Schrift und Daten").click()
    window.get_by_role("combobox", name="Schriftgröße").select_option("100 %")
    window.get_by_role("combobox", name="Sprache").select_option("العربية")
    expect(log).to_contain_text("سأجيب من الآن")
    assert window.evaluate("getComputedStyle(document.querySelector('amts-lotse').shadowRoot.querySelector('dialog')).direction") == "rtl"
    shown(window, name, "35-arabic")
    assert site.asked() == ["In English, please", "In Einfacher Sprache, bitte", "بالعربية من فضلك"]


def test_rating_printing_and_deleting(window: Page, name: str) -> None:
    window.add_init_script("window.print = () => { window.printed = document.adoptedStyleSheets.length; }")
    window.reload()
    log = opened(window)
    asked(window, "Welche Unterlagen brauche ich?", "Lichtbild")
    menu = window.get_by_role("button", name="Sprache, Anzeige und Daten")
    menu.click()
    window.get_by_role("button", name="Gespräch drucken").click()
    assert window.evaluate("window.printed") == 1
    window.emulate_media(media="print")
    expect(window.get_by_role("heading", name="Was möchten Sie erledigen?")).to_be_hidden()
    expect(log).to_be_visible()
    expect(window.get_by_label("Ihre Frage")).to_be_hidden()
    picture(window, f"{name}-40-print")
    window.emulate_media(media="screen")
    window.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert window.evaluate("document.adoptedStyleSheets.length") == 0
    asked(window, "danke", "Gern geschehen!")
    expect(log).to_contain_text("Konnte ich Ihnen helfen?")
    shown(window, name, "41-closing-question")
    menu.click()
    window.get_by_role("button", name="Meine Daten löschen").click()
    shown(window, name, "42-delete")
    window.get_by_role("button", name="Ja, löschen").click()
    expect(log).to_contain_text("Ihre Daten sind gelöscht.")
    expect(log).not_to_contain_text("Lichtbild")
    assert window.evaluate("sessionStorage.getItem('amtslotse')") is None
    shown(window, name, "43-deleted")
    window.keyboard.press("Escape")
    expect(window.get_by_role("button", name=LAUNCHER)).to_be_focused()
