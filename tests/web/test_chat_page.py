"""The website in headless Chromium with the real bot and the real catalogue behind it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import needs_chromium
from tests.conftest import Stack
from tests.web.looking import accessible, ask, opened, picture
from tests.web.website import Seen

pytestmark = [pytest.mark.stack, pytest.mark.web, needs_chromium]


@pytest.fixture(params=[("light", 1280), ("dark", 360)], ids=lambda param: f"{param[0]}-{param[1]}")
def page(request: pytest.FixtureRequest, browser: Browser, stack: Stack) -> Iterator[Page]:
    """The site, opened; at the end nothing was written to the console and nothing asked of another host."""
    scheme, width = request.param
    made = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=stack.running.web_url)
    seen = Seen()
    seen.watch(made)
    made.goto("/")
    yield made
    assert seen.errors == []
    assert seen.hosts == {stack.running.web_url}
    made.close()


def test_a_conversation_with_follow_up_and_button(page: Page) -> None:
    expect(page.locator("body")).to_contain_text("Demonstration, keine Seite der Stadt; es wird nichts übermittelt")
    log = opened(page)
    ask(page, "Was kostet ein neuer Perso?")
    expect(log).to_contain_text("46 €", timeout=10_000)
    expect(log).to_contain_text("§ 1 PAuswGebV")
    ask(page, "und welche Unterlagen brauche ich?")
    expect(log).to_contain_text("digitales biometrisches Lichtbild", timeout=10_000)
    page.get_by_role("checkbox", name="digitales biometrisches Lichtbild").check()
    page.get_by_role("button", name="Wie läuft das ab?").last.click()
    expect(log).to_contain_text("Termin im Bürgercenter buchen", timeout=10_000)
    accessible(page)


def test_markup_is_shown_as_text(page: Page) -> None:
    log = opened(page)
    ask(page, "<img src=x onerror=alert(1)> <b>Hallo</b>")
    expect(log).to_contain_text("<b>Hallo</b>")
    assert page.locator("[role=log] img, [role=log] b").count() == 0


def test_language_and_plain_language_are_spoken_by_the_bot_too(page: Page) -> None:
    log = opened(page)
    for button, language, told in (
        ("Sprache, Anzeige und Daten", "English", "English"),
        ("Language, display and data", "Einfache Sprache", "Einfache"),
        ("Sprache, Schrift und Daten", "Türkçe", "Türkçe"),
        ("Dil, görünüm ve veriler", "Deutsch", "Deutsch"),
    ):
        answers = log.locator(".bubble").count()
        page.get_by_role("button", name=button).click()
        page.get_by_role("combobox").first.select_option(language)
        expect(log.locator(".bubble")).to_have_count(answers + 1, timeout=10_000)
        expect(log.locator(".bubble").last).to_contain_text(told)


def test_the_search_beside_the_bot_leads_to_a_service_with_its_sources(page: Page) -> None:
    page.get_by_label("Leistungen durchsuchen").fill("Ich habe meinen Perso verloren")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Das passt zu Ihrer Suche")).to_be_visible()
    accessible(page)
    picture(page, f"search-{page.viewport_size['width']}")  # type: ignore[index]
    page.locator(".results a").first.click()
    expect(page.locator("main")).to_contain_text("Stand:")
    accessible(page)
    page.goto("/leistungen/personalausweis")
    expect(page.locator("main")).to_contain_text("46 € – ab 24 Jahren")
    expect(page.locator("main")).to_contain_text("digitales biometrisches Lichtbild")
    accessible(page)
    picture(page, f"service-{page.viewport_size['width']}")  # type: ignore[index]
    page.get_by_role("link", name="Dazu den Lotsen fragen").click()
    expect(page.get_by_role("log").locator(".bubble").last).to_contain_text("Personalausweis beantragen", timeout=10_000)
    page.goto("/suche?q=Wie+wird+das+Wetter+auf+dem+Mond")
    expect(page.get_by_role("heading", name="nichts Sicheres gefunden")).to_be_visible()
    page.goto("/so-funktioniert-es")
    accessible(page)
    picture(page, f"explained-{page.viewport_size['width']}")  # type: ignore[index]


def test_every_offer_of_the_first_page_is_understood(stack: Stack) -> None:
    import httpx
    import yaml

    from connectors.web.page import OFFERED

    for offers in yaml.safe_load(OFFERED.read_text("utf-8")).values():
        for one in offers:
            found = httpx.get(f"{stack.running.web_url}/katalog/v1/suche", params={"q": one["frage"], "voll": True}).json()
            assert found["treffer"] or found["checkliste"], one["frage"]


@pytest.mark.apply
def test_an_application_is_filled_in_sent_and_its_status_read(page: Page) -> None:
    log = opened(page)
    last = log.locator(":scope > .entry").last
    ask(page, "Wo bekomme ich eine Meldebescheinigung?")
    page.get_by_role("button", name="Jetzt hier beantragen").last.click(timeout=10_000)
    page.get_by_role("button", name="Für mich selbst").last.click(timeout=10_000)
    for question, answer in (("Vornamen", "Erika"), ("Nachnamen", "Mustermann")):
        expect(last).to_contain_text(question, timeout=10_000)
        ask(page, answer)
    expect(last).to_contain_text("geboren", timeout=10_000)
    expect(page.get_by_text("Frage 4 von 9").first).to_be_visible()
    accessible(page)
    picture(page, f"application-{page.viewport_size['width']}")  # type: ignore[index]
    page.get_by_label("Geburtsdatum").fill("1985-03-12")
    page.get_by_role("button", name="Senden").click()
    expect(last).to_contain_text("Straße", timeout=10_000)
    page.get_by_role("button", name="Zurück").click()
    expect(last).to_contain_text("Bisher steht dort: 12.03.1985", timeout=10_000)
    page.get_by_role("button", name="So lassen").last.click()
    for question, answer in (("Straße", "Musterstraße 5"), ("Postleitzahl", "67655"), ("Wie viele", "zwei")):
        expect(last).to_contain_text(question, timeout=10_000)
        ask(page, answer)
    for question in ("Wofür", "E-Mail"):  # neither is needed
        expect(last).to_contain_text(question, timeout=10_000)
        page.get_by_role("button", name="Überspringen").last.click()
    page.get_by_role("button", name="Absenden").last.click(timeout=10_000)
    expect(log).to_contain_text("Vorgangsnummer: KL-", timeout=10_000)
    expect(page.get_by_label("Ihre Frage")).to_be_visible()
    receipt = log.inner_text()
    number, pin = re.search(r"KL-\w{4}-\w{4}-\w", receipt), re.search(r"PIN: (\d{8})", receipt)
    assert number and pin
    page.goto("/status")
    page.get_by_label("Vorgangsnummer").fill(number.group())
    page.get_by_label("PIN").fill(pin[1])
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("eingegangen")
    accessible(page)
