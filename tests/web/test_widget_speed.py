"""The widget is small, quick on a slow phone, and stays smooth in a long conversation."""

import gzip
import json
import statistics
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route

from tests.chromium import needs_chromium
from tests.web.looking import LAUNCHER, opened
from tests.web.website import Site

pytestmark = pytest.mark.web

MOST_BYTES = 30 * 1024
# Lighthouse's "slow 4G": 1.6 Mbit/s, 150 ms there and back; a processor four times slower than this machine's.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
TURNS = 1000
MOST_MS = 200
ROUNDS = 3
# All the way up and down again, faster than anybody turns a wheel.
SCROLL = """async () => {
  const log = document.querySelector("amts-lotse").shadowRoot.querySelector("[role=log]");
  const frames = [];
  let last = performance.now();
  for (const way of [-1, 1]) {
    for (let step = 0; step < 60; step++) {
      log.scrollTop += way * Math.max(900, log.scrollHeight / 60);
      await new Promise(requestAnimationFrame);
      frames.push(performance.now() - last);
      last = performance.now();
    }
  }
  return frames;
}"""


def test_the_script_is_small_and_is_served_packed(site: Site) -> None:
    served = httpx.get(f"{site.url}/widget.js", headers={"Accept-Encoding": "gzip"})
    packed = int(served.headers["content-length"])
    print(f"widget.js: {packed} bytes with gzip, {len(served.content)} without")
    assert served.headers["content-encoding"] == "gzip"
    assert packed <= MOST_BYTES
    plain = httpx.get(f"{site.url}/widget.js", headers={"Accept-Encoding": "identity"})
    assert plain.content == served.content
    assert len(gzip.compress(plain.content)) == packed
    again = httpx.get(f"{site.url}/widget.js", headers={"If-None-Match": served.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@needs_chromium
def test_on_a_slow_phone_the_launcher_works_within_two_seconds(browser: Browser, site: Site) -> None:
    took = []
    for _ in range(5):
        context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=site.url)  # nothing is cached
        page = context.new_page()
        tools = context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.send("Network.emulateNetworkConditions", SLOW)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto("/", wait_until="commit")
        # Polled in the page on every frame: no way there and back is counted.
        took.append(page.wait_for_function("""() => {
          const root = document.querySelector("amts-lotse")?.shadowRoot;
          root?.querySelector(".launcher")?.click();
          return root?.querySelector("dialog").open && performance.now();
        }""").json_value())  # fmt: skip
        context.close()
    print(f"launcher works after {[round(one) for one in took]} ms, median {statistics.median(took):.0f} ms")
    assert statistics.median(took) <= 2000


def _long(route: Route) -> None:
    """A stream with a thousand answers and more: faked, because the gateway keeps a hundred events of a conversation."""
    lines = []
    for number in range(1, TURNS + 1):
        answer: dict[str, Any] = {
            "version": 1, "sprache": "de", "text": f"Antwort {number}: Das brauchen Sie für „Personalausweis beantragen“:",
            "fakten": [{"text": f"Unterlage {n}", "art": "unterlage", "quellen": [], "beleg": None, "button": None} for n in range(3)],
            "nachtrag": "Bitte prüfen Sie die Angaben vorher.", "quellenangaben": ["Quelle: Stadt Musterstadt, Stand: 07/2025"],
            "buttons": [{"title": "Was kostet das?", "payload": "/x"}], "links": [{"title": "Seite", "url": "https://www.example.org/"}],
            "leistung": None, "quelle": None, "vertraulich": False, "eingabe": None,
        }  # fmt: skip
        reply = {"message_id": f"m{number}", "replies": [answer], "intent": None, "ms": 1}
        lines.append(f"id: {number}\r\ndata: {json.dumps(reply)}\r\n\r\n")
    route.fulfill(body="".join(lines), content_type="text/event-stream")


@needs_chromium
def test_two_thousand_messages_scroll_without_a_long_task(page: Page) -> None:
    own = {f"m{n}": {"text": f"Frage {n}", "content": {"text": f"Frage {n}"}, "waiting": False} for n in range(1, TURNS + 1)}
    kept = {"id": "x", "token": "x", "minutes": 30, "until": 4e12, "own": own, "ticks": {}, "ratings": {}, "closed": True}
    page.evaluate("kept => sessionStorage.setItem('amtslotse', JSON.stringify(kept))", kept)
    page.route("**/events", _long)
    page.reload()
    page.get_by_role("button", name=LAUNCHER).wait_for()
    page.evaluate("""() => {
      window.long = [];
      new PerformanceObserver((list) => window.long.push(...list.getEntries().map((one) => one.duration))).observe({type: "longtask"});
    }""")
    opened(page)
    # Counted in the page: Playwright's own expectations read all of it each time.
    shown = "document.querySelector('amts-lotse').shadowRoot.querySelectorAll('.own, .bubble').length"
    page.wait_for_function(f"() => {shown} === {2 * TURNS + 1}", polling=500)
    restored = page.evaluate("window.long.splice(0)")
    longest = []
    for _ in range(ROUNDS):
        frames = page.evaluate(SCROLL)
        longest.append(max(page.evaluate("window.long.splice(0)"), default=0))
    print(f"{2 * TURNS} messages: longest task {max(restored, default=0):.0f} ms at their coming, {[round(one) for one in longest]} ms in "
          f"scrolling; median frame {statistics.median(frames):.0f} ms, longest {max(frames):.0f} ms")  # fmt: skip
    # The best round is the window's own; neighbours on the machine only make it longer.
    assert min(longest) <= MOST_MS
    assert max(restored, default=0) <= MOST_MS
