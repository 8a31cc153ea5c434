"""The chat on a foreign site: two lines, a strict policy, the site's design tokens, its events; and no site that was not allowed."""

from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser, Page, expect

from tests.chromium import needs_chromium
from tests.connectors.serving import free_port, served
from tests.web.looking import ask, asked, picture
from tests.web.website import FOREIGN_PORT, Seen, Site

pytestmark = [pytest.mark.web, needs_chromium]

# As docs/einbettung.md has it: the site's own files, and the Lotse's address in two places.
POLICY = "default-src 'none'; script-src {lotse}; connect-src {lotse}; style-src 'self'; img-src 'self'; base-uri 'none'"
PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Stadtwerke</title>
<link rel="stylesheet" href="/own.css"><link rel="icon" href="/own.css"><script src="{lotse}/widget.js" defer></script></head>
<body><main><h1>Stadtwerke</h1><a id="link" href="/kontakt" data-amtslotse="Wo melde ich Strom an?">Strom anmelden</a></main>
<amts-lotse {attributes}></amts-lotse></body></html>"""
STYLE = """:root { --kern-color-action-default: #7a1f5c; --kern-color-action-on-default: #ffffff;
  --kern-typography-font-family-default: "Liberation Serif"; font-size: 62.5%; }
button { background: red !important; display: none; } p { color: white; font-size: 1px; } * { letter-spacing: 9px; }"""


@pytest.fixture(scope="module")
def foreign(running_site: Site) -> Iterator[str]:
    """A site on another origin. ``?sprache=`` and ``?attribute=`` say how it embeds the chat."""
    app = FastAPI()

    @app.get("/")
    async def page(language: str = "de", attributes: str = "") -> HTMLResponse:
        content = PAGE.format(language=language, lotse=running_site.url, attributes=attributes)
        return HTMLResponse(content, headers={"Content-Security-Policy": POLICY.format(lotse=running_site.url)})

    @app.get("/own.css")
    async def style() -> HTMLResponse:
        return HTMLResponse(STYLE, media_type="text/css")

    with served(app, FOREIGN_PORT) as url:
        yield url


@pytest.fixture
def embedded(browser: Browser, site: Site, foreign: str) -> Iterator[Page]:
    """A page of the foreign site; at the end its console is empty and only the two sites were asked."""
    context = browser.new_context(base_url=foreign)
    seen, page = Seen(), context.new_page()
    seen.watch(page)
    yield page
    context.close()
    assert seen.errors == []
    assert seen.hosts <= {foreign, site.url}


def colour(page: Page, selector: str, name: str) -> str:
    script = "([one, name]) => getComputedStyle(document.querySelector('amts-lotse').shadowRoot.querySelector(one))[name]"
    found: str = page.evaluate(script, [selector, name])
    return found


def test_two_lines_are_enough_under_a_strict_policy(embedded: Page, site: Site) -> None:
    embedded.goto("/")
    embedded.get_by_role("button", name="Fragen? Hier chatten").click()
    asked(embedded, "Welche Unterlagen brauche ich?", "Lichtbild")
    embedded.get_by_role("button", name="Was kostet das?").click()
    expect(embedded.get_by_role("log")).to_contain_text("27,60 €")
    embedded.reload()
    embedded.get_by_role("button", name="Fragen? Hier chatten").click()
    expect(embedded.get_by_role("log")).to_contain_text("27,60 €")
    picture(embedded, "embedded")
    embedded.get_by_role("button", name="Sprache, Anzeige und Daten").click()
    embedded.get_by_role("combobox", name="Sprache").select_option("English")
    expect(embedded.get_by_role("log")).to_contain_text("Gladly")
    assert embedded.context.cookies() == []


def test_the_sites_tokens_count_and_its_rules_do_not(embedded: Page) -> None:
    embedded.goto("/")
    assert colour(embedded, ".launcher", "backgroundColor") == "rgb(122, 31, 92)"
    assert colour(embedded, ".launcher", "display") == "flex"
    assert colour(embedded, ".launcher", "fontFamily") == '"Liberation Serif"'
    assert float(colour(embedded, ".launcher", "fontSize").removesuffix("px")) >= 16
    assert colour(embedded, ".launcher", "letterSpacing") == "normal"
    embedded.get_by_role("button", name="Fragen? Hier chatten").click()
    box = embedded.get_by_role("dialog").bounding_box()
    assert box and box["width"] == 432  # although the site's rem has 10 px
    embedded.keyboard.press("Escape")
    embedded.evaluate("document.documentElement.style.setProperty('--amtslotse-action', '#004000')")
    assert colour(embedded, ".launcher", "backgroundColor") == "rgb(0, 64, 0)"


def test_the_site_hears_what_happens_and_never_what_was_said(embedded: Page) -> None:
    embedded.goto("/")
    embedded.evaluate("""() => {
      window.heard = [];
      for (const name of ["open", "question", "answer", "close", "end"])
        document.addEventListener(`amtslotse-${name}`, (event) => window.heard.push([name, event.detail]));
    }""")
    embedded.locator("#link").click()
    expect(embedded.get_by_role("log")).to_contain_text("Sie schrieben: Wo melde ich Strom an?")
    asked(embedded, "Welche Unterlagen brauche ich?", "Lichtbild")
    embedded.evaluate("document.querySelector('amts-lotse').close()")
    expect(embedded.locator("#link")).to_be_focused()
    assert embedded.evaluate("window.heard") == [
        ["open", {}], ["question", {}], ["answer", {"intent": "leistung_suchen", "service": None}],
        ["question", {}], ["answer", {"intent": "frage_unterlagen", "service": "personalausweis"}], ["close", {}],
    ]  # fmt: skip


def test_attributes_set_language_place_label_and_colours(embedded: Page) -> None:
    embedded.goto("/?attributes=label%3D%22Frag%20uns%22%20position%3D%22start%22%20theme%3D%22dark%22%20open%20language%3D%22en%22")
    expect(embedded.get_by_role("dialog")).to_be_visible()
    expect(embedded.get_by_label("Your question")).to_be_visible()
    assert colour(embedded, ".panel", "colorScheme") == "dark"
    box = embedded.get_by_role("dialog").bounding_box()
    assert box and box["x"] < 100
    embedded.keyboard.press("Escape")
    expect(embedded.get_by_role("button", name="Frag uns")).to_be_visible()
    embedded.goto("/?language=fr")
    expect(embedded.get_by_role("button", name="Des questions ? Écrivez ici")).to_be_visible()
    embedded.goto("/?language=xx")
    expect(embedded.get_by_role("button", name="Fragen? Hier chatten")).to_be_visible()


def test_a_site_that_is_not_allowed_gets_no_conversation(browser: Browser, site: Site) -> None:
    app = FastAPI()

    @app.get("/")
    async def page() -> HTMLResponse:
        return HTMLResponse(PAGE.format(language="de", lotse=site.url, attributes=""))

    with served(app, free_port()) as url:
        window = browser.new_page()
        window.goto(url)
        window.locator("#link").click()
        expect(window.locator(".status")).to_contain_text("Keine Verbindung")
        window.close()
    assert site.asked() == []


def test_the_page_that_shows_it(page: Page, site: Site) -> None:
    page.goto("/einbettung")
    page.get_by_role("button", name="Frag den Lotsen").click()
    ask(page, "Hallo")
    expect(page.get_by_role("log")).to_contain_text("Sie schrieben: Hallo")
    picture(page, "einbettung")
    assert f'src="{site.settings.public_address}/widget.js"' in httpx.get(f"{site.url}/einbettung").text.replace("&#34;", '"').replace(
        "&quot;", '"'
    )
