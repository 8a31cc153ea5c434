"""``./lotse parse``: what the NLU and the search make of single messages. The same components as the bot's."""

import json
from typing import Any, BinaryIO

import httpx

from actions.understanding import meaning
from cli.lines import lines
from cli.session import system
from cli.system import Running, Tell
from core.settings import Settings
from katalog.schemas import Suchergebnis


def understood(http: httpx.Client, running: Running, text: str) -> dict[str, Any]:
    """The contract's object for one message (DESIGN, ``./lotse parse``)."""
    if not text.strip():
        return {"text": text, "language": "de", "intent": {"name": "ausserhalb", "confidence": 0.0}, "leistungen": []}
    parsed = http.post(f"{running.rasa_url}/webhooks/lotse/parse", json={"texts": [text[:3000]]}).raise_for_status().json()[0]
    found = http.get(f"{running.catalogue_url}/katalog/v1/suche", params={"q": text[:3000], "limit": 5}).raise_for_status().json()
    # The fallback is no intent: the best real one is told with its confidence.
    ranking = [(one["name"], one["confidence"]) for one in parsed["intent_ranking"] if one["name"] != "nlu_fallback"]
    meant = meaning(ranking, text, Suchergebnis.model_validate(found))
    services = [{"id": hit.id, "schluessel": hit.schluessel, "titel": hit.titel, "score": hit.score} for hit in meant.treffer]
    intent = {"name": meant.intent, "confidence": round(dict(ranking).get(meant.intent, 0.0), 4)}
    return {"text": text, "language": language(text), "intent": intent, "leistungen": services}


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
