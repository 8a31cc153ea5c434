"""``./lotse parse``: what the NLU and the search make of single messages. The same components as the bot's."""

import json
from typing import Any, BinaryIO

import httpx

from actions.conversation import SURE
from cli.lines import lines
from cli.session import system
from cli.system import Running, Tell
from core.intents import TALKING_INTENTS
from core.settings import Settings


def understood(http: httpx.Client, running: Running, text: str) -> dict[str, Any]:
    """The contract's object for one message (DESIGN, ``./lotse parse``)."""
    if not text.strip():
        return {"text": text, "language": "de", "intent": {"name": "ausserhalb", "confidence": 0.0}, "leistungen": []}
    parsed = http.post(f"{running.rasa_url}/webhooks/lotse/parse", json={"texts": [text[:3000]]}).raise_for_status().json()[0]
    found = http.get(f"{running.catalogue_url}/katalog/v1/suche", params={"q": text[:3000], "limit": 5}).raise_for_status().json()
    # The fallback is no intent: the best real one is told with its confidence.
    best = next(one for one in parsed["intent_ranking"] if one["name"] != "nlu_fallback")
    # As in the bot: what is only talked about leads to no service.
    hits = [] if best["name"] in TALKING_INTENTS and not _sure(best["name"], found["treffer"]) else found["treffer"]
    services = [{key: hit[key] for key in ("id", "schluessel", "titel", "score")} for hit in hits]
    intent = {"name": best["name"], "confidence": round(best["confidence"], 4)}
    return {"text": text, "language": language(text), "intent": intent, "leistungen": services}


def _sure(intent: str, hits: list[dict[str, Any]]) -> bool:
    """Whether the search outweighs the intent, by the bot's own rule."""
    return intent == "ausserhalb" and bool(hits) and hits[0]["score"] >= SURE


def language(text: str) -> str:
    """ISO 639-1 code of the message's language."""
    from language.detection import detect

    return detect(text)


def parse(settings: Settings, tell: Tell, stream: BinaryIO, *, as_json: bool) -> None:
    """One object or one readable line for each input line, in order."""
    with system(settings, tell) as running, httpx.Client(timeout=30, trust_env=False) as http:
        for text in lines(stream):
            one = understood(http, running, text)
            if as_json:
                print(json.dumps(one, ensure_ascii=False), flush=True)
            else:
                best = one["leistungen"][0]["titel"] if one["leistungen"] else "keine Leistung gemeint"
                print(f"{one['intent']['name']} ({one['intent']['confidence']:.2f}) · {best}", flush=True)
