"""The chat by keyboard alone, for those who listen, on small windows and with large text (BITV 2.0, WCAG 2.2 AA)."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import needs_chromium
from tests.web.looking import LAUNCHER, accessible, ask, asked, focused, live, opened
from tests.web.website import Site

pytestmark = [pytest.mark.web, needs_chromium]


def test_the_whole_way_by_keyboard(page: Page) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if LAUNCHER in focused(page):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_label("Ihre Frage")).to_be_focused()
    page.keyboard.type("Welche Unterlagen brauche ich?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("Lichtbild")
    for _ in range(10):  # back into the answer, to what can be pressed there
        page.keyboard.press("Shift+Tab")
        if focused(page) == "Antwort kopieren":
            break
    walked = []
    while "Ihre Frage" not in walked and len(walked) < 40:
        page.keyboard.press("Tab")
        walked.append("Ihre Frage" if focused(page) == "frage" else focused(page))
    assert walked == ["Was kostet das?", "Wie läuft das ab?", "Ihre Frage"]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("Sie schrieben: /frage_ablauf")


def test_tab_leads_through_everything_in_the_order_it_is_read(page: Page) -> None:
    opened(page)
    asked(page, "Welche Unterlagen brauche ich?", "Lichtbild")
    page.get_by_role("heading", name="Amtslotse Kaiserslautern").focus()
    walked = []
    while len(walked) < 40 and "Senden" not in walked:
        page.keyboard.press("Tab")
        walked.append(focused(page))
    documents = ["input"] * 3  # each is named by its label around it
    assert walked == [
        "Sprache, Anzeige und Daten", "Chat schließen", "Gespräch mit dem Lotsen", "Was kostet ein neuer Personalausweis?",
        "Ich bin umgezogen. Was muss ich tun?", "Welche Unterlagen brauche ich für Wohngeld?", "Wo melde ich mein Auto an?", *documents,
        "Termin im Bürgercenter (öffnet eine andere Seite)", "115 anrufen",
        "Quelle: Stadt Musterstadt: Personalausweis, Stand: 07.02.2026 (öffnet eine andere Seite)",
        "Hilfreich", "Nicht hilfreich", "Antwort kopieren", "Was kostet das?", "Wie läuft das ab?", "frage", "Senden",
    ]  # fmt: skip


def test_escape_closes_the_menu_first_then_the_chat_and_the_focus_returns(page: Page) -> None:
    opened(page)
    page.get_by_role("button", name="Sprache, Anzeige und Daten").click()
    expect(page.get_by_role("combobox", name="Sprache")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sprache, Anzeige und Daten")).to_be_focused()
    expect(page.get_by_role("button", name="Sprache, Anzeige und Daten")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    launcher = page.get_by_role("button", name=LAUNCHER)
    expect(launcher).to_be_focused()
    expect(launcher).to_have_attribute("aria-expanded", "false")


def test_a_link_of_the_page_opens_the_chat_with_its_question_and_gets_the_focus_back(page: Page, site: Site) -> None:
    tile = page.get_by_role("link", name="Wohngeld")
    tile.click()
    expect(page.get_by_role("log")).to_contain_text("Sie schrieben: Wie bekomme ich Wohngeld?")
    assert page.url == f"{site.url}/"
    page.get_by_role("button", name="Chat schließen").click()
    expect(tile).to_be_focused()


def test_on_a_phone_the_chat_fills_the_screen_and_the_page_behind_rests(phone: Page) -> None:
    opened(phone)
    expect(phone.get_by_role("heading", name="Amtslotse Kaiserslautern")).to_be_focused()
    box = phone.get_by_role("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 320, "height": 640}
    for _ in range(30):
        phone.keyboard.press("Tab")
        assert phone.evaluate("document.activeElement === document.body || document.activeElement.localName === 'amts-lotse'")
    asked(phone, "Welche Unterlagen brauche ich?", "Lichtbild")
    accessible(phone)
    phone.get_by_role("button", name="Sprache, Anzeige und Daten").click()
    accessible(phone)
    phone.set_viewport_size({"width": 640, "height": 320})  # turned on its side
    accessible(phone)
    phone.keyboard.press("Escape")
    phone.keyboard.press("Escape")
    expect(phone.get_by_role("button", name=LAUNCHER)).to_be_focused()
    assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize(("width", "height"), [(640, 400), (320, 256)], ids=["200 %", "400 %"])
def test_with_zoom_everything_is_reached_and_nothing_is_covered(browser: Browser, site: Site, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height}, base_url=site.url)
    page.goto("/")
    opened(page)
    asked(page, "Welche Unterlagen brauche ich?", "Lichtbild")
    for name in ("Senden", "Was kostet das?"):
        button = page.get_by_role("button", name=name)
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport()
        box = button.bounding_box()
        assert box
        on_top = "([x, y]) => document.querySelector('amts-lotse').shadowRoot.elementFromPoint(x, y).closest('button') !== null"
        assert page.evaluate(on_top, [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
    accessible(page)
    page.close()


def test_one_region_tells_each_answer_once(page: Page, site: Site) -> None:
    opened(page)
    page.evaluate("""() => {
      window.told = [];
      const region = document.querySelector("amts-lotse").shadowRoot.querySelector("[role=status]");
      new MutationObserver(() => window.told.push(region.textContent)).observe(region, {childList: true, subtree: true});
    }""")
    asked(page, "Welche Unterlagen brauche ich?", "Lichtbild")
    asked(page, "zweite Frage", "Sie schrieben: zweite Frage")
    told = page.evaluate("window.told")
    assert len(told) == 2
    assert told[0].startswith("Das brauchen Sie für „Personalausweis beantragen“")
    assert "digitales biometrisches Lichtbild" in told[0]
    assert told[0].endswith("Was kostet das?\nWie läuft das ab?")
    assert told[1].startswith("Sie schrieben: zweite Frage.")
    regions = """() => [...document.querySelector("amts-lotse").shadowRoot
      .querySelectorAll("[aria-live], [role=status], [role=alert], [role=log]")]
      .filter((one) => one.getAttribute("aria-live") !== "off").length"""
    assert page.evaluate(regions) == 1
    page.reload()
    opened(page)
    expect(page.get_by_role("log")).to_contain_text("Sie schrieben: zweite Frage")
    assert live(page) == ""  # what was told before the reload is not told again
    site.bot.seconds = 2
    ask(page, "langsam")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("Der Lotse schreibt …", timeout=4000)


def test_what_a_screen_reader_finds(page: Page) -> None:
    opened(page)
    asked(page, "Welche Unterlagen brauche ich?", "Lichtbild")
    found = page.get_by_role("dialog").aria_snapshot()
    assert found.startswith('- dialog "Amtslotse Kaiserslautern":\n  - heading "Amtslotse Kaiserslautern" [level=2]')
    places = [found.index(line) for line in (
        '- button "Sprache, Anzeige und Daten"', '- button "Chat schließen"', '- log "Gespräch mit dem Lotsen":',
        '- group "Beispielfragen":',
        '- paragraph: "Sie: Welche Unterlagen brauche ich?"', '- paragraph: "Lotse: Das brauchen Sie für „Personalausweis beantragen“:"',
        '- list "Unterlagen zum Abhaken":', '- checkbox "bisheriger Personalausweis oder Reisepass"',
        '- list "Weiterführende Seiten":',
        '- link "Termin im Bürgercenter (öffnet eine andere Seite)"', '- group "War diese Antwort hilfreich?":',
        '- button "Nicht hilfreich"',
        '- button "Antwort kopieren"', '- group "Ihre Auswahl":', '- button "Was kostet das?"', '- textbox "Ihre Frage"',
        '- button "Senden"', "- status",
    )]  # fmt: skip
    assert places == sorted(places)


def test_nothing_moves_for_those_who_do_not_want_it(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.url, reduced_motion="reduce")
    page.goto("/")
    opened(page)
    site.bot.seconds = 1
    ask(page, "Hallo")
    expect(page.locator(".status.thinking")).to_be_visible()
    assert page.evaluate("document.querySelector('amts-lotse').shadowRoot.getAnimations({subtree: true}).length") == 0
    page.close()


def test_two_minutes_before_the_end_any_key_goes_on(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.url)
    page.clock.install()
    page.goto("/")
    opened(page)
    asked(page, "Hallo", "Sie schrieben: Hallo")
    page.clock.fast_forward("27:50")
    expect(page.get_by_text("Ihr Gespräch endet in zwei Minuten").first).to_be_hidden()
    page.clock.fast_forward("00:20")
    warning = page.locator(".warning")
    expect(warning).to_contain_text("Drücken Sie dafür eine beliebige Taste.")
    assert "endet in zwei Minuten" in live(page)
    accessible(page)
    with page.expect_response(lambda answer: answer.url.endswith("/renew") and answer.status == 204):
        page.keyboard.press("a")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("27:50")
    expect(warning).to_be_hidden()  # the time has begun anew
    page.clock.fast_forward("02:30")
    expect(page.get_by_role("log")).to_contain_text("Das Gespräch ist beendet und gelöscht.")
    expect(page.get_by_role("log")).not_to_contain_text("Sie schrieben")
    assert page.evaluate("sessionStorage.getItem('amtslotse')") is None
    page.close()
