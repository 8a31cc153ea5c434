"""Thumbs with a reason, the closing question, copying and saving."""

import json
from typing import Any

import pytest
import redis
from playwright.sync_api import BrowserContext, Page, Response, expect

from tests.chromium import needs_chromium
from tests.web.looking import accessible, asked, live, opened, picture
from tests.web.website import Site

pytestmark = [pytest.mark.web, needs_chromium]


@pytest.fixture
def taken(page: Page) -> list[tuple[str, Any]]:
    """What the window posts about answers and the gateway takes."""
    posted: list[tuple[str, Any]] = []

    def note(answer: Response) -> None:
        if answer.status == 204 and answer.url.endswith(("/rating", "/solved")):
            posted.append((answer.url.rsplit("/", 1)[1], json.loads(answer.request.post_data or "")))

    page.on("response", note)
    return posted


def test_an_answer_is_rated_with_a_reason(page: Page, taken: list[tuple[str, Any]]) -> None:
    log = opened(page)
    asked(page, "Welche Unterlagen brauche ich?", "Lichtbild")
    up, down = log.get_by_role("button", name="Hilfreich", exact=True), log.get_by_role("button", name="Nicht hilfreich")
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(log).to_contain_text("Danke für Ihre Rückmeldung!")
    down.click()
    expect(log.get_by_role("button", name="Die Angaben stimmen nicht")).to_be_focused()
    assert live(page) == "Was war nicht gut?"
    accessible(page)
    picture(page, "rating")
    log.get_by_role("button", name="Es fehlt etwas").click()
    expect(down).to_be_focused()
    expect(down).to_have_attribute("aria-pressed", "true")
    expect(up).to_have_attribute("aria-pressed", "false")
    assert taken == [
        ("rating", {"value": "up"}), ("rating", {"value": "down"}), ("rating", {"value": "down", "reason": "unvollstaendig"}),
    ]  # fmt: skip
    page.reload()
    opened(page)
    expect(log.get_by_role("button", name="Nicht hilfreich")).to_have_attribute("aria-pressed", "true")


def test_at_the_end_it_asks_once_whether_it_helped(page: Page, taken: list[tuple[str, Any]]) -> None:
    log = opened(page)
    asked(page, "danke", "Konnte ich Ihnen helfen?")
    log.get_by_role("button", name="Nein", exact=True).click()
    expect(log).to_contain_text("Unter der Behördennummer 115 hilft Ihnen ein Mensch.")
    asked(page, "danke", "Gern geschehen!")
    expect(log.get_by_text("Konnte ich Ihnen helfen?")).to_have_count(0)
    assert taken == [("solved", {"solved": False})]


def test_where_ratings_are_not_known_the_thumbs_go(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    page.route("**/messages/*/rating", lambda route: route.fulfill(status=404, json={"detail": "Not Found"}))
    log = opened(page)
    asked(page, "Hallo", "Sie schrieben: Hallo")
    log.get_by_role("button", name="Hilfreich", exact=True).click()
    expect(log.get_by_role("button", name="Hilfreich", exact=True)).to_have_count(0)
    assert live(page) == "Bewerten ist gerade nicht möglich."


def test_an_answer_and_the_conversation_are_copied_and_saved(page: Page, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    log = opened(page)
    asked(page, "Welche Unterlagen brauche ich?", "Lichtbild")
    log.get_by_role("button", name="Antwort kopieren").click()
    expect(page.locator(".status")).to_have_text("In die Zwischenablage kopiert.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Das brauchen Sie für „Personalausweis beantragen“:\n• bisheriger Personalausweis oder Reisepass\n")
    assert copied.endswith("Quelle: Stadt Musterstadt: Personalausweis, Stand: 07.02.2026")
    page.get_by_role("button", name="Sprache, Anzeige und Daten").click()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Gespräch speichern").click()
    assert saving.value.suggested_filename.startswith("amtslotse-20")
    text = saving.value.path().read_text("utf-8-sig")
    assert "Sie:\nWelche Unterlagen brauche ich?" in text
    assert copied in text


def test_who_only_tries_it_from_the_console_counts_in_no_figure(page: Page, site: Site) -> None:
    tests: list[bool] = []
    with redis.Redis.from_url(site.settings.redis_address) as store:
        for address in ("/", "/?pruefung=1"):
            store.delete("lotse:verlauf")
            page.evaluate("sessionStorage.clear(), localStorage.clear()")
            page.goto(address)
            opened(page)
            asked(page, "Welche Unterlagen brauche ich?", "Lichtbild")
            ((_, fields),) = store.xrange("lotse:verlauf")
            tests.append(json.loads(fields[b"zug"])["pruefung"])
    assert tests == [False, True]
