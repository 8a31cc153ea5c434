"""What the widget says, from data/responses/widget.yml."""

from functools import lru_cache

import yaml
from pydantic import BaseModel, ConfigDict

from core.settings import PROJECT, Settings

FILE = PROJECT / "data" / "responses" / "widget.yml"
GERMAN, PLAIN = "de", "einfach"


class Words(BaseModel):
    """``names``: each language by its own name, in the order of the file. ``texts``: by language, then by key."""

    model_config = ConfigDict(frozen=True)

    names: dict[str, str]
    texts: dict[str, dict[str, str]]


@lru_cache(maxsize=1)
def words() -> Words:
    """The texts, read once. Raises ValueError where a language lacks a key or has one too many."""
    read = yaml.safe_load(FILE.read_text("utf-8"))
    found = Words(names=read.pop("namen"), texts=read)
    german = found.texts[GERMAN]
    found.texts[PLAIN] = german | found.texts[PLAIN]
    wrong = {language: sorted(german.keys() ^ texts.keys()) for language, texts in found.texts.items() if german.keys() != texts.keys()}
    if wrong or found.names.keys() != found.texts.keys():
        raise ValueError(f"widget.yml: {wrong or sorted(found.names.keys() ^ found.texts.keys())}")
    return found


def spoken(language: str, settings: Settings) -> dict[str, str]:
    """The texts of one language with the city's name and the minutes of a session. Raises KeyError."""
    filled = {"{stadt}": settings.city, "{minuten}": str(settings.session_minutes)}
    texts = words().texts[language]
    for mark, value in filled.items():
        texts = {key: text.replace(mark, value) for key, text in texts.items()}
    return texts
