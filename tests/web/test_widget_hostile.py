"""Hostile answers and inputs are shown as text, and lead nowhere."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, Route, expect

from tests.chromium import needs_chromium
from tests.web.looking import accessible, ask, asked, opened
from tests.web.website import Site

pytestmark = [pytest.mark.web, needs_chromium]

HOSTILE: list[str] = yaml.safe_load(Path(__file__).with_name("feindlich.yml").read_text("utf-8"))
WORD = "Donaudampfschifffahrtsgesellschaft" * 200
# What an answer may be made of; anything else came out of a text.
MAY_BE = {"P", "SPAN", "BDI", "DIV", "UL", "OL", "LI", "A", "BUTTON", "INPUT", "LABEL", "svg", "path"}
FOUND = """() => {
  const log = document.querySelector("amts-lotse").shadowRoot.querySelector("[role=log]");
  return {
    elements: [...new Set([...log.querySelectorAll("*")].map((one) => one.tagName))],
    links: [...log.querySelectorAll("a")].map((one) => one.href),
    handlers: [...log.querySelectorAll("*")].filter((one) => [...one.attributes].some(({name}) => name.startsWith("on"))).length,
    wide: log.scrollWidth - log.clientWidth,
    hacked: window.hacked ?? null,
    text: log.textContent,
  };
}"""


def answer(text: str) -> dict[str, Any]:
    """It, wherever an answer has a text or an address."""
    source = {"titel": text, "url": text, "stand": None, "art": "belegt"}
    button = {"title": text, "payload": text}
    return {
        "version": 1, "sprache": "de", "text": text, "nachtrag": text, "quellenangaben": [text], "buttons": [button], "quelle": source,
        "fakten": [{"text": text, "art": art, "quellen": [source], "beleg": None, "button": None} for art in ("punkt", "unterlage")],
        "links": [{"title": text, "url": text}, {"title": text, "url": "https://www.example.org/"}], "vertraulich": False,
        "leistung": {"id": text, "schluessel": None, "titel": text},
        "eingabe": {"art": "text", "titel": text, "nummer": 1, "anzahl": 2, "zweck": "name", "von": text, "bis": text},
    }  # fmt: skip


def test_forty_hostile_answers_are_text(page: Page, site: Site) -> None:
    """Faked between gateway and window: the gateway itself lets no such link through, and the window must hold alone."""
    assert len(HOSTILE) >= 40
    rest = iter([*HOSTILE, WORD])

    def hostile(route: Route) -> None:
        sent = json.loads(route.request.post_data or "{}")["message_id"]
        body = {"message_id": sent, "replies": [answer(next(rest))], "intent": {"name": "<b>", "confidence": 1}, "ms": 1}
        route.fulfill(json=body)

    page.route("**/messages?wait=true", hostile)
    opened(page)
    for number in range(len(HOSTILE) + 1):
        ask(page, f"Frage {number}")
    log = page.get_by_role("log")
    expect(log).to_contain_text("Donaudampfschifffahrtsgesellschaft")
    found = page.evaluate(FOUND)
    assert found["hacked"] is None
    assert set(found["elements"]) <= MAY_BE
    assert found["handlers"] == 0
    # Everything with a host is told by its whole address, everything else is no link at all.
    assert {link.split(":")[0] for link in found["links"]} == {"https"}
    assert found["wide"] <= 0
    for text in HOSTILE:
        assert text.translate(dict.fromkeys(range(0x202A, 0x202F))).split("\t")[0] in found["text"]
    assert "\u202e" not in found["text"]
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()
    accessible(page)
    assert page.url == f"{site.url}/"


def test_hostile_inputs_are_text_also_after_a_reload(page: Page, site: Site) -> None:
    log = opened(page)
    for text in HOSTILE[:12]:
        ask(page, text)
    asked(page, WORD[:2900], "Sie schrieben: Donaudampf")
    page.reload()
    opened(page)
    expect(log).to_contain_text("Sie schrieben: Donaudampf")
    found = page.evaluate(FOUND)
    assert found["hacked"] is None
    assert set(found["elements"]) <= MAY_BE
    assert found["wide"] <= 0
    for text in HOSTILE[:12]:
        assert f"Sie: {text}" in found["text"]
        assert f"Sie schrieben: {text}" in found["text"]
    assert len(site.asked()) == 13
