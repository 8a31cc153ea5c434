"""Texts in Einfache Sprache for the services asked most (data/responses/einfach.yml); what they say stands in the service's record."""

from functools import lru_cache

import yaml

from actions.copy import FOLDER, render
from core.answer import Fakt
from core.catalogue import Auskunft


@lru_cache(maxsize=1)
def _texts() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = yaml.safe_load((FOLDER / "einfach.yml").read_text("utf-8"))
    return loaded


def plain_facts(leistung: Auskunft) -> list[Fakt]:
    """The sentences on this service, with the sources of its record; empty where none are written yet."""
    sources = leistung.herkunft.get("kurz", [])
    return [Fakt(text=sentence, quellen=sources) for sentence in _texts().get(leistung.kennung, [])]


def no_plain_text(leistung: Auskunft) -> str:
    """Says that no text exists yet."""
    return render("kein_text", l=leistung)
