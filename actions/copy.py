"""The copy of the answers: Jinja2 templates from data/responses/auskunft*.yml, in the voice of the conversation."""

import re
from functools import lru_cache
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined

from actions.voice import voice
from core.settings import PROJECT

FOLDER = PROJECT / "data" / "responses"
FILES = {"de": "auskunft.yml", "en": "auskunft.en.yml", "einfach": "auskunft.einfach.yml"}


def _euro(amount: float) -> str:
    """46 → „46 €“, 27.6 → „27,60 €“, 1234.5 → „1.234,50 €“."""
    text = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    return text.translate(str.maketrans(",.", ".,")) + " €"


def _stand(stand: str | None) -> str:
    """2026-02-10 → 10.02.2026, 2026-02 → 02/2026, 2026 → 2026, none → the word for unknown."""
    if stand is None:
        return str(copy()["stand_unbekannt"])
    parts = stand.split("-")
    return {1: stand, 2: "/".join(reversed(parts)), 3: ".".join(reversed(parts))}[len(parts)]


def copy() -> dict[str, Any]:
    """All texts for the voice of the conversation, unrendered."""
    return _loaded(voice().variant)


@lru_cache(maxsize=len(FILES))
def _loaded(variant: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / FILES[variant]).read_text("utf-8"))
    return loaded


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # Plain text for every channel; the channels escape for their own markup.
    environment = Environment(undefined=StrictUndefined, autoescape=False)
    environment.filters.update(euro=_euro, stand=_stand)
    return environment


@lru_cache(maxsize=1500)
def _template(variant: str, path: str) -> Any:
    return _environment().from_string(at(_loaded(variant), path))


def at(texts: dict[str, Any], path: str) -> Any:
    """The text at ``path`` ("vorhanden.frage_kosten", "ausserhalb.0"). Raises KeyError for an unknown path."""
    node: Any = texts
    for key in path.split("."):
        node = node[int(key)] if isinstance(node, list) else node[key]
    return node


def render(path: str, **values: Any) -> str:
    """The text at ``path`` ("vorhanden.frage_kosten", "ausserhalb.0") with its values. Raises KeyError for an unknown path."""
    return filled(_template(voice().variant, path), **values)


def template(text: str) -> Any:
    """A text of another file as a template with the same filters."""
    return _environment().from_string(text)


def filled(one: Any, **values: Any) -> str:
    """A template with its values, as one line."""
    # A name may end in a full stop of its own: "… Kaiserslautern e. V." ends the sentence, too.
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", " ".join(one.render(**values).split()))
