"""Words of a crisis: the right help lines at once, before anything else (data/responses/hilfe.yml)."""

import re
from functools import lru_cache
from typing import Any

import yaml

from actions.copy import FOLDER, render
from actions.short import say_short
from actions.voice import SHORT, voice
from core.answer import Antwort
from core.catalogue import Herkunft
from language.folding import fold


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "hilfe.yml").read_text("utf-8"))
    return loaded


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile("|".join(said["worte"])) for kind, said in _texts().items()}


def danger(text: str) -> str | None:
    """The kind of danger that the words tell of: leben, gewalt, kind or notruf; None: none."""
    folded = fold(text)
    return next((kind for kind, pattern in _patterns().items() if pattern.search(folded)), None)


def help_for(kind: str) -> Antwort:
    """The help lines for this kind of danger, with their sources."""
    said = _texts()[kind]
    sources = [render("quelle", q=Herkunft(titel=name, art="belegt")) for name in said["quellen"]]
    text = say_short("notfall") if voice().sprache in SHORT else said[voice().variant]
    return Antwort(text=" ".join(text.split()), quellenangaben=sources, notfall=True)
