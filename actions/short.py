"""Short answers in six further languages around the German facts (data/responses/sprachen.yml)."""

from functools import lru_cache
from typing import Any

import yaml

from actions.copy import FOLDER, filled, template
from actions.voice import voice
from core.answer import Antwort
from core.catalogue import Auskunft
from core.settings import Settings

_TALK = {
    "begruessung": "begruessung", "hilfe": "begruessung", "bot_frage": "begruessung", "dank": "dank", "lob": "dank", "notfall": "notfall",
    "sprache_wechseln": "gewechselt", "mensch_sprechen": "hilfe_115_ohne", "beschwerde": "hilfe_115_ohne",
}  # fmt: skip


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load((FOLDER / "sprachen.yml").read_text("utf-8"))
    return loaded


def say_short(key: str, **values: Any) -> str:
    """One sentence in the language of the conversation."""
    return filled(template(_texts()[voice().sprache][key]), **values)


def short_talk(intent: str) -> Antwort:
    """The answer to a message that asks for no service."""
    return Antwort(text=say_short(_TALK.get(intent, "weiter")))


def short_outside() -> Antwort:
    """The answer to a message that is no matter of a city."""
    return Antwort(text=say_short("ausserhalb", stadt=Settings().city), ohne_auskunft=True)


def short_answer(answer: Antwort, leistung: Auskunft) -> Antwort:
    """The answer about a service, its frame in the language of the conversation: the service, the facts, the office, the 115, the links.

    No buttons: their titles are German, and the citizen can ask in their own words.
    """
    office = leistung.stelle_auskunft
    lines = [say_short("gefunden", l=leistung)]
    if office:
        lines.append(say_short("stelle", o=office))
    called = say_short("hilfe_115", l=leistung)
    return answer.model_copy(update={"text": " ".join(lines), "nachtrag": called, "buttons": []})


def short_question(answer: Antwort, key: str) -> Antwort:
    """A question back or an offer: the sentence in the language of the conversation, the services' names as buttons."""
    return answer.model_copy(update={"text": say_short(key)})
