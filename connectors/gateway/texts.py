"""The gateway's own German copy, from data/responses/gateway.yml."""

from functools import lru_cache

import yaml
from pydantic import BaseModel, ConfigDict

from core.settings import PROJECT

FILE = PROJECT / "data" / "responses" / "gateway.yml"


class Texts(BaseModel):
    """One field per key of the file: a missing or an unknown key stops the start."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    leer: str
    zu_lang: str
    zu_gross: str
    nicht_erreichbar: str
    gespraech_beendet: str
    knopf_unbekannt: str
    zu_viele: str
    nicht_lesbar: str
    entweder_oder: str
    kein_zugang: str
    katalog_nicht_erreichbar: str
    kein_pfad: str
    leistung_unbekannt_titel: str
    leistung_unbekannt: str
    seite_gestoert_titel: str
    ohne_antwort: str
    gespeichert: str
    nichts_gespeichert: str
    gespeichert_unbekannt: str
    zug: str


@lru_cache(maxsize=1)
def texts() -> Texts:
    """The texts, read once."""
    return Texts.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
