"""What is said around a talk with a person, from data/responses/beratung*.yml: in German, and in English to who is answered in English."""

from functools import lru_cache

import yaml
from pydantic import BaseModel, ConfigDict

from core.settings import PROJECT

FOLDER = PROJECT / "data" / "responses"
FILES = {"de": "beratung.yml", "en": "beratung.en.yml"}


class DeskTexts(BaseModel):
    """One field per key of the file: a missing or an unknown key stops the start. ``sprache``: the file's own language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sprache: str
    tage: list[str]
    bis: str
    und: str
    uhr: str
    mitarbeit: str
    angebot: str
    angebot_fehler: str
    angebot_notfall: str
    einwilligung: str
    wartet: str
    wartet_nachricht: str
    stelle: str
    da: str
    zurueckgegeben: str
    geschlossen: str
    still: str
    niemand: str
    verlassen: str
    ausserhalb: str
    keiner_da: str
    rueckruf_angebot: str
    email: str
    rueckruf_nummer: str
    nummer_falsch: str
    nummer_nicht: str
    rueckruf_wunsch: str
    rueckruf_notiert: str
    knopf_schreiben: str
    knopf_ja: str
    knopf_nein: str
    knopf_zurueck: str
    knopf_rueckruf: str
    worte_zurueck: list[str]


@lru_cache(maxsize=len(FILES))
def _read(language: str) -> DeskTexts:
    return DeskTexts.model_validate(yaml.safe_load((FOLDER / FILES[language]).read_text("utf-8")) | {"sprache": language})


def desk_texts(language: str) -> DeskTexts:
    """The texts in this language, else in German."""
    return _read(language if language in FILES else "de")
