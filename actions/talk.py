"""What is said when no service is asked for: greeting, thanks, help, privacy … (data/responses/gespraech*.yml)."""

import json
from functools import lru_cache
from typing import Any

import yaml

from actions.copy import FOLDER
from actions.short import short_talk
from actions.voice import SHORT, voice
from core.answer import Antwort, Button

FILES = {"de": "gespraech.yml", "en": "gespraech.en.yml", "einfach": "gespraech.einfach.yml"}


@lru_cache(maxsize=len(FILES))
def texts(variant: str) -> dict[str, list[dict[str, Any]]]:
    """{intent: [{text, buttons}]}."""
    loaded: dict[str, list[dict[str, Any]]] = yaml.safe_load((FOLDER / FILES[variant]).read_text("utf-8"))
    return loaded


def talk(intent: str, last: Antwort | None) -> Antwort:
    """The text of this intent in the conversation's voice; where there are several, not the one said last."""
    if voice().sprache in SHORT:
        return short_talk(intent)
    said = texts(voice().variant)[intent]
    place = next((number for number, one in enumerate(said) if last and last.text == _text(one)), -1)
    one = said[(place + 1) % len(said)]
    return Antwort(text=_text(one), buttons=[_button(button) for button in one.get("buttons", [])])


def _text(one: dict[str, Any]) -> str:
    return " ".join(one["text"].split())


def _button(one: dict[str, str]) -> Button:
    service = one.get("leistung")
    return Button(title=one["title"], payload=one["payload"] + (json.dumps({"leistung": service}) if service else ""))
