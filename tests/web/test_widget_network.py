"""The chat when the network, the server or the conversation goes: nothing is lost, nothing is said twice."""

import json

import pytest
import redis
from playwright.sync_api import BrowserContext, Page, expect

from tests.chromium import needs_chromium
from tests.web.looking import ask, asked, opened
from tests.web.website import Site

pytestmark = [pytest.mark.web, needs_chromium]


@pytest.fixture
def quiet(context: BrowserContext) -> Page:
    """A page whose console may tell of a server that is away."""
    page = context.new_page()
    page.goto("/")
    opened(page)
    return page


def ids(page: Page) -> list[str]:
    """Ids of the messages that were posted, as often as they were."""
    posted: list[str] = []
    page.on("request", lambda made: posted.append(json.loads(made.post_data or "{}")["message_id"]) if "/messages" in made.url else None)
    return posted


def test_what_is_typed_offline_is_sent_once_and_in_its_order(quiet: Page, site: Site) -> None:
    asked(quiet, "erste", "Sie schrieben: erste")
    quiet.context.set_offline(True)
    for text in ("zweite", "dritte", "vierte"):
        ask(quiet, text)
    expect(quiet.locator(".status")).to_contain_text("Keine Verbindung")
    quiet.context.set_offline(False)
    expect(quiet.get_by_role("log")).to_contain_text("Sie schrieben: vierte")
    assert site.asked() == ["erste", "zweite", "dritte", "vierte"]
    shown = [one.inner_text().split(":")[-1].strip() for one in quiet.locator(".own, .bubble").all()][1:]
    assert shown == ["erste", "erste", "zweite", "zweite", "dritte", "dritte", "vierte", "vierte"]


def test_a_message_whose_answer_got_lost_is_sent_again_under_its_id_and_answered_once(quiet: Page, site: Site) -> None:
    posted = ids(quiet)
    lost = iter([True])

    def cut(route):  # type: ignore[no-untyped-def]
        if next(lost, False):
            route.fetch()  # it reaches the server, and the answer is cut off on its way back
            route.abort("connectionreset")
        else:
            route.continue_()

    quiet.route("**/messages?wait=true", cut)
    quiet.route("**/events", lambda route: route.abort())
    asked(quiet, "verloren", "Sie schrieben: verloren")
    assert len(posted) == 2
    assert len(set(posted)) == 1
    assert site.asked() == ["verloren"]


def test_a_server_behind_a_proxy_that_is_away_is_tried_again(quiet: Page, site: Site) -> None:
    away = iter([502, 504])
    quiet.route("**/messages?wait=true", lambda route: (
        route.fulfill(status=status, body="<html>Bad Gateway</html>") if (status := next(away, None)) else route.continue_()
    ))  # fmt: skip
    ask(quiet, "Hallo")
    expect(quiet.locator(".status.offline")).to_be_visible()
    expect(quiet.get_by_role("log")).to_contain_text("Sie schrieben: Hallo", timeout=10_000)
    assert site.asked() == ["Hallo"]


def test_an_answer_that_was_on_its_way_at_a_reload_is_there_after_it(quiet: Page, site: Site) -> None:
    asked(quiet, "vorher", "Sie schrieben: vorher")
    site.bot.seconds = 1.5
    ask(quiet, "unterwegs")
    expect(quiet.locator(".status.thinking")).to_be_visible()
    quiet.reload()
    log = opened(quiet)
    expect(log).to_contain_text("Sie schrieben: unterwegs", timeout=8000)
    expect(log.get_by_text("Sie schrieben: unterwegs")).to_have_count(1)
    expect(log.get_by_text("Sie schrieben: vorher")).to_have_count(1)
    assert site.asked() == ["vorher", "unterwegs"]


def test_the_stream_resumes_where_it_broke(quiet: Page, site: Site) -> None:
    seen: list[str] = []
    quiet.on("request", lambda made: seen.append(made.headers.get("last-event-id", "")) if made.url.endswith("/events") else None)
    asked(quiet, "eins", "Sie schrieben: eins")
    asked(quiet, "zwei", "Sie schrieben: zwei")
    quiet.get_by_role("button", name="Chat schließen").click()
    opened(quiet)
    quiet.wait_for_timeout(300)
    assert seen == ["", "2"]
    assert quiet.locator(".bubble").count() == 3


def test_a_message_that_fails_says_so_and_is_sent_again_on_demand(quiet: Page, site: Site) -> None:
    site.bot.reply = lambda turn: {"messages": [], "intent": {"name": None, "confidence": 0}}
    ask(quiet, "geht nicht")
    log = quiet.get_by_role("log")
    expect(log).to_contain_text("nicht erreichbar")
    expect(quiet.get_by_role("button", name="Noch einmal senden")).to_have_count(1)
    site.bot.reply = site.bot.echo
    quiet.get_by_role("button", name="Noch einmal senden").click()
    expect(log).to_contain_text("Sie schrieben: geht nicht")
    expect(log).not_to_contain_text("nicht erreichbar")


def test_after_the_end_of_a_conversation_what_is_typed_begins_a_new_one(quiet: Page, site: Site) -> None:
    asked(quiet, "alt", "Sie schrieben: alt")
    quiet.get_by_role("button", name="Chat schließen").click()
    with redis.Redis.from_url(site.settings.redis_address) as store:
        store.flushall()
    quiet.route("**/events", lambda route: route.abort())  # the message is what finds out
    opened(quiet)
    ask(quiet, "neu")
    log = quiet.get_by_role("log")
    expect(log).to_contain_text("Sie schrieben: neu")
    expect(log).to_contain_text("Das Gespräch ist beendet und gelöscht.")
    expect(log).not_to_contain_text("Sie schrieben: alt")


def test_a_hidden_chat_holds_no_connection(quiet: Page) -> None:
    asked(quiet, "Hallo", "Sie schrieben: Hallo")
    with quiet.expect_event("requestfailed", lambda made: made.url.endswith("/events")):
        quiet.get_by_role("button", name="Chat schließen").click()


def test_without_storage_the_chat_works_until_the_page_is_left(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no', 'SecurityError'); }})")
    page.goto("/")
    opened(page)
    asked(page, "Hallo", "Sie schrieben: Hallo")


def test_a_conversation_that_is_deleted_by_word_leaves_nothing_in_the_window(page: Page) -> None:
    log = opened(page)
    asked(page, "Hallo", "Sie schrieben: Hallo")
    asked(page, "Bitte alles vergessen", "Ich habe unser Gespräch gelöscht.")
    expect(log).not_to_contain_text("Sie schrieben: Hallo")
    assert page.evaluate("sessionStorage.getItem('amtslotse')") is None
    asked(page, "Neu", "Sie schrieben: Neu")
