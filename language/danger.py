"""Words that tell of danger, and the help lines for it (data/responses/hilfe.yml): for whoever answers, the bot or the gateway."""

import re
from functools import lru_cache
from typing import Any

import yaml

from core.settings import PROJECT
from language.folding import fold

FILE = PROJECT / "data" / "responses" / "hilfe.yml"


@lru_cache(maxsize=1)
def help_lines() -> dict[str, dict[str, Any]]:
    """By kind of danger: what is said in each language, and who publishes the numbers."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
    return loaded


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile("|".join(said["worte"])) for kind, said in help_lines().items()}


def danger(text: str) -> str | None:
    """The kind of danger that the words tell of: leben, gewalt, kind or notruf; None: none."""
    folded = fold(text)
    return next((kind for kind, pattern in _patterns().items() if pattern.search(folded)), None)
