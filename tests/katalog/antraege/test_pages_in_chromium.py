"""The pages in headless Chromium without any script: accessible, narrow and wide, light and dark."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from front import Front
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from running_catalogue import TOKEN
from test_files import JPEG
from test_pages import draft, link, submitted

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [pytest.mark.web, pytest.mark.skipif(CHROMIUM is None, reason="Chromium fehlt (apt-get install chromium)")]
WIDTHS = {"wide": (1280, 800), "narrow": (320, 640), "zoomed": (640, 400)}  # zoomed: 1280 x 800 at 200 %


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    running = Front(tmp_path_factory.mktemp("c"))
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def inside(front: Front) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{front.url}/antraege/v1", headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; as root it starts without its sandbox only."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(params=[(scheme, width) for scheme in ("light", "dark") for width in WIDTHS], ids="-".join)
def page(request: pytest.FixtureRequest, browser: Browser, front: Front) -> Iterator[Page]:
    """A window of a citizen of its own; at the end nothing was asked of another host and nothing against the policy."""
    scheme, width = request.param
    size: ViewportSize = {"width": WIDTHS[width][0], "height": WIDTHS[width][1]}
    address = f"198.51.100.{crc32(request.node.name.encode()) % 250}"
    context = browser.new_context(viewport=size, color_scheme=scheme, base_url=front.web, extra_http_headers={"X-Forwarded-For": address})
    opened = context.new_page()
    hosts: set[str] = set()
    opened.on("request", lambda made: hosts.add("/".join(made.url.split("/")[:3])))
    broken: list[str] = []
    opened.on("console", lambda message: broken.append(message.text) if "Content Security Policy" in message.text else None)
    yield opened
    assert hosts == {front.web}
    assert broken == []
    context.close()


def accessible(page: Page) -> None:
    """No violation known to axe, no sideways scrolling, nothing to press that is too small for a finger."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    small = "[...document.querySelectorAll('main button, main input:not([type=hidden])')].filter(one => one.offsetHeight < 44).length"
    assert page.evaluate(small) == 0
    assert page.locator("h1").count() == 1


def focused(page: Page) -> str:
    """id or text of what has the focus."""
    told: str = page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
    return told


def test_the_status_is_asked_for_by_keyboard_and_the_application_taken_back(
    page: Page, inside: httpx.Client, request: pytest.FixtureRequest
) -> None:
    receipt = submitted(inside, request.node.name)
    page.goto("/status")
    accessible(page)
    order = []
    for _ in range(5):
        page.keyboard.press("Tab")
        order.append(focused(page))
    assert order == ["Zum Inhalt springen", "Zur Startseite", "vorgangsnummer", "pin", "Status anzeigen"]
    page.keyboard.press("Enter")
    expect(page.locator("#fehler")).to_be_focused()  # read out first
    assert page.title().startswith("Fehler: ")
    accessible(page)
    page.get_by_role("link", name="Bitte geben Sie die PIN ein.").click()
    assert focused(page) == "pin"
    page.get_by_label("Vorgangsnummer").fill(receipt["vorgangsnummer"])
    page.get_by_label("PIN").fill("00000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("finde ich keinen Antrag")
    assert page.get_by_label("Vorgangsnummer").input_value() == receipt["vorgangsnummer"]
    assert page.get_by_label("PIN").input_value() == ""
    accessible(page)
    page.get_by_label("PIN").fill(receipt["pin"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Antrag ist eingegangen.")
    accessible(page)
    page.get_by_role("button", name="Antrag zurückziehen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("wirklich zurückziehen")
    accessible(page)
    page.get_by_role("button", name="Ja, Antrag zurückziehen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sie haben Ihren Antrag zurückgezogen.")
    accessible(page)


def test_a_file_is_uploaded(page: Page, inside: httpx.Client, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    page.goto(link(inside, draft(inside, request.node.name)["id"]))
    accessible(page)
    for name, content, told in (("a.txt", b"Hallo", "Diese Art von Datei"), ("a.jpg", JPEG + bytes(15_000_000), "zu groß")):
        (tmp_path / name).write_bytes(content)
        page.get_by_label("Datei", exact=True).set_input_files(tmp_path / name)
        page.get_by_role("button", name="Hochladen").click()
        expect(page.get_by_role("alert")).to_contain_text(told)
        expect(page.locator("#fehler")).to_be_focused()
        accessible(page)
    (tmp_path / "Rex.jpg").write_bytes(JPEG)
    page.get_by_label("Datei", exact=True).set_input_files(tmp_path / "Rex.jpg")
    page.get_by_role("button", name="Hochladen").click()
    expect(page.get_by_role("status")).to_contain_text("Rex.jpg")
    accessible(page)
    page.goto("/anlagen/erfunden")
    expect(page.get_by_role("alert")).to_contain_text("gilt nicht mehr")
    accessible(page)


def test_nothing_needs_a_script(browser: Browser, front: Front, inside: httpx.Client) -> None:
    receipt = submitted(inside, "ohne-skript")
    context = browser.new_context(java_script_enabled=False, base_url=front.web)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Wie steht mein Antrag?").click()
    page.get_by_label("Vorgangsnummer").fill(receipt["vorgangsnummer"])
    page.get_by_label("PIN").fill(receipt["pin"])
    page.get_by_role("button", name="Status anzeigen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Antrag ist eingegangen.")
    context.close()
