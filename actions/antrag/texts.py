"""The copy around a form: Jinja2 templates from data/responses/antrag*.yml, German or, for every other language, English."""

from functools import lru_cache
from typing import Any

import yaml

from actions.copy import FOLDER, at, filled, template
from actions.voice import voice

FILES = {"de": "antrag.yml", "en": "antrag.en.yml"}


def texts(variant: str) -> dict[str, Any]:
    """All texts of a language, unrendered."""
    return _loaded(variant)


@lru_cache(maxsize=len(FILES))
def _loaded(variant: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / FILES[variant]).read_text("utf-8"))
    return loaded


@lru_cache(maxsize=300)
def _template(variant: str, path: str) -> Any:
    return template(at(_loaded(variant), path))


def tell(path: str, **values: Any) -> str:
    """The text at ``path`` ("frage.bisher") with its values, in the language of the conversation. Raises KeyError for an unknown path."""
    return filled(_template("de" if voice().sprache == "de" else "en", path), **values)
