"""The German copy of the applications, from data/responses/vorgang.yml."""

from functools import lru_cache

import yaml
from pydantic import BaseModel, ConfigDict

from core.settings import PROJECT
from katalog.applications.schemas import Status

FILE = PROJECT / "data" / "responses" / "vorgang.yml"


class StatusText(BaseModel):
    """What a status means, and what happens next."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    naechster_schritt: str


class AnlageTexts(BaseModel):
    """What is said about a file that is uploaded. Each says what to do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kein_feld: str
    kein_link: str
    abgesendet: str
    keine_datei: str
    leer: str
    zu_gross: str
    falsche_art: str
    verschluesselt: str
    aktiver_inhalt: str
    nicht_angekommen: str
    ohne_name: str


class SeiteTexts(BaseModel):
    """What the status page says besides its template."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nummer_fehlt: str
    pin_fehlt: str
    ausweis_abgelaufen: str


class PostfachTexts(BaseModel):
    """What officials read: errors, and the words of the PDF and of ``./lotse postfach``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kein_antrag: str
    keine_datei: str
    antwort_fehlt: str
    demonstration: str
    vorgangsnummer: str
    eingegangen_am: str
    referat: str
    ohne_referat: str
    angaben: str
    dateien: str
    unterlagen: str
    antwort: str
    verlauf: str
    leer: str
    status: dict[Status, str]


class Texts(BaseModel):
    """One field per key of the file: a missing or an unknown key stops the start."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: dict[Status, StatusText]
    kein_formular: str
    kein_entwurf: str
    kein_code: str
    kein_vorgang: str
    zu_viele_versuche: str
    andere_fassung: str
    schon_abgesendet: str
    anderer_entwurf: str
    nicht_zurueckziehen: str
    nicht_aenderbar: str
    kein_zugang: str
    ja: str
    nein: str
    anlage: AnlageTexts
    seite: SeiteTexts
    postfach: PostfachTexts


@lru_cache(maxsize=1)
def texts() -> Texts:
    """The texts, read once."""
    return Texts.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
