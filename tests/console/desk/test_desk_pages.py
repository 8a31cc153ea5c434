"""Desk and notices in headless Chromium: accessible, by keyboard, narrow and wide, light and dark, live, and without any script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import needs_chromium
from tests.console.access.test_pages_of_admins import PICTURES, accessible, press_to, sign_in, window
from tests.console.desk.conftest import Rathaus
from tests.web.looking import ask, opened

pytestmark = [pytest.mark.console, pytest.mark.web, needs_chromium]


def on_duty(page: Page, name: str) -> None:
    """Signed in, at the desk, on duty."""
    sign_in(page, name)
    page.goto("/konsole/beratung")
    if page.get_by_role("button", name="Aus dem Dienst gehen").count():
        return  # since a test before
    press_to(page, "#name")
    page.keyboard.type(name.split(".")[0].title())
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Sie sind jetzt im Dienst")


def test_a_talk_by_keyboard_alone_live_on_both_sides(browser: Browser, rathaus: Rathaus) -> None:
    with window(browser, rathaus.url, "light", "wide") as page:
        on_duty(page, "petra.klein")
        accessible(page, "beratung-leer")
        citizen = rathaus.citizen()
        take = page.get_by_role("button", name=re.compile("Übernehmen"))
        expect(take).to_be_visible(timeout=8000)  # without a reload
        accessible(page, "beratung-wartet")
        press_to(page, f"#nehmen-{citizen.id}")
        page.keyboard.press("Enter")
        expect(page.get_by_role("log")).to_contain_text("Ich will einen Menschen")
        press_to(page, "#text")
        page.keyboard.type("Guten Tag! Was kann ich tun?")
        page.keyboard.press("Enter")
        expect(page.get_by_role("log")).to_contain_text("Guten Tag! Was kann ich tun?", timeout=8000)
        expect(page.get_by_label("Ihre Nachricht")).to_be_focused()
        expect(page.get_by_label("Ihre Nachricht")).to_have_value("")
        assert citizen.say(text="Mein Ausweis ist weg") == []
        expect(page.get_by_role("log")).to_contain_text("Mein Ausweis ist weg", timeout=8000)
        assert page.get_by_text("Guten Tag! Was kann ich tun?").count() == 1
        page.get_by_text("Textbausteine").click()
        page.get_by_role("button", name="Guten Tag! Ich lese gerade.").click()
        expect(page.get_by_label("Ihre Nachricht")).to_have_value("Guten Tag! Ich lese gerade.")
        accessible(page, "beratung-gespraech")
        citizen.say(payload="/mensch_zurueck")
        page.wait_for_url(re.compile("erledigt=weg"), timeout=8000)
        expect(page.get_by_role("status").first).to_contain_text("nicht mehr bei Ihnen")


def test_narrow_dark_and_without_script(browser: Browser, rathaus: Rathaus) -> None:
    with window(browser, rathaus.url, "dark", "narrow", java_script_enabled=False) as page:
        sign_in(page, "omar.said")
        page.goto("/konsole/beratung")
        page.get_by_role("button", name="In den Dienst gehen").click()
        citizen = rathaus.citizen()
        page.get_by_role("link", name="Neu laden").click()
        page.get_by_role("button", name=re.compile("Übernehmen")).click()
        page.get_by_label("Ihre Nachricht").fill("Guten Tag")
        page.get_by_role("button", name="Senden").click()
        citizen.say(text="Hallo")
        page.get_by_role("link", name="Neu laden").click()
        expect(page.get_by_role("log")).to_contain_text("Hallo")
        expect(page.get_by_role("log")).to_contain_text("Guten Tag")
        address = page.url
        with window(browser, rathaus.url, "dark", "narrow") as scripted:
            sign_in(scripted, "omar.said")
            scripted.goto(address)
            accessible(scripted, "beratung-gespraech")
            scripted.goto("/konsole/beratung")
            accessible(scripted, "beratung-laufend")
        page.get_by_label("Ergebnis").select_option("geloest")
        page.get_by_role("button", name="Gespräch beenden").click()
        expect(page.get_by_role("status").first).to_contain_text("ist beendet")


@pytest.mark.parametrize(("scheme", "width"), [("light", "wide"), ("dark", "narrow")])
def test_a_notice_by_keyboard(browser: Browser, rathaus: Rathaus, scheme: str, width: str) -> None:
    with window(browser, rathaus.url, scheme, width) as page:
        sign_in(page, "tina.roth")
        page.goto("/konsole/hinweise")
        accessible(page, "hinweise-leer")
        press_to(page, "#text")
        page.keyboard.type("Das Bürgercenter ist am Freitag geschlossen.")
        page.get_by_label("Bis").fill(f"{rathaus.house.clock():%Y}-12-31T23:59")
        page.get_by_label("Bis").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("gesetzt")
        accessible(page, "hinweise")
        page.get_by_role("button", name=re.compile("Entfernen")).press("Enter")
        expect(page.get_by_role("status")).to_contain_text("entfernt")


def test_on_the_website_a_citizen_reads_the_notice_and_sees_who_writes(browser: Browser, rathaus: Rathaus) -> None:
    tina = rathaus.staff("tina.roth")
    fields = {"text": "Das Bürgercenter ist heute zu.", "von": "2026-01-01T08:00", "bis": f"{rathaus.house.clock():%Y}-12-31T23:59"}
    assert tina.post("/konsole/hinweise", data=fields).status_code == 200
    with window(browser, rathaus.url, "light", "wide") as staff, window(browser, rathaus.url, "light", "narrow") as citizen:
        on_duty(staff, "petra.klein")
        citizen.goto("/")
        log = opened(citizen)
        expect(log).to_contain_text("Das Bürgercenter ist heute zu.")
        ask(citizen, "Ich will einen Menschen")
        for name in ("Mit einem Menschen schreiben", "Ja, einverstanden"):
            citizen.get_by_role("button", name=name).click()
        expect(log).to_contain_text("an Stelle 1")
        staff.get_by_role("button", name=re.compile("Übernehmen")).click(timeout=8000)
        staff.get_by_label("Ihre Nachricht").fill("Guten Tag, hier schreibt Petra.")
        staff.get_by_role("button", name="Senden").click()
        bubble = log.locator(".bubble.person")
        expect(bubble).to_contain_text("Guten Tag, hier schreibt Petra.", timeout=8000)
        expect(bubble.locator(".sender")).to_have_text("Petra")
        ask(citizen, "Wie schön!")
        expect(staff.get_by_role("log")).to_contain_text("Wie schön!", timeout=8000)
        if PICTURES:
            citizen.screenshot(path=f"{PICTURES}/widget-mensch.png")
        citizen.get_by_role("button", name="Zurück zum Lotsen").last.click()
        expect(log).to_contain_text("Ab hier antworte wieder ich")
        staff.wait_for_url(re.compile("erledigt=weg"), timeout=8000)
