"""Records of our own making: one in which every field is filled, and one that has only its title."""

from typing import Any

from core.catalogue import Auskunft, Leistung, Stelle
from katalog.provenance import auskunft

LAW = {"url": None, "gesehen": None, "titel": "§ 1 TeichG", "art": "recht"}
CITY = {"url": "https://stadt.example/teich", "gesehen": "2026-11-02", "titel": "Stadt: Teiche", "art": "stadt"}
PRESS = {"url": "https://www.zeitung.example/teich", "gesehen": None, "titel": "Zeitung: Teiche", "art": "presse"}
OFFICE = {
    "id": "teichamt", "name": "Teichamt", "anschrift": "Am Teich 1, 67655 Kaiserslautern", "telefon": "0631 123",
    "email": "teich@stadt.example", "url": "https://stadt.example/teichamt", "oeffnungszeiten": {"Mo-Mi": "8-16 Uhr", "Do": "8-18 Uhr"},
    "quellen": [CITY], "stand": "2026-11",
}  # fmt: skip
FULL: dict[str, Any] = {
    "kennung": "teich", "titel": "Teich anlegen", "referat": "Referat Wasser", "stelle": {"ref": "teichamt"},
    "kurz": "Sie legen einen Teich an. Den Termin vereinbaren Sie persönlich.", "voraussetzungen": ["ein Garten"],
    "unterlagen": [{"name": "Plan", "pflicht": True}, {"name": "Vollmacht", "pflicht": False, "bedingung": "bei Vertretung"}],
    "gebuehren": [
        {"betrag": 46, "quelle": 0, "weitere_quellen": [1, 2], "stand": "2026-02", "bedingung": "bis 10 m²"},
        {"betrag": 27.6, "quelle": 1, "stand": "2026-11"},
        {"frei": True, "quelle": 1, "stand": "2026-11", "bedingung": "für Frösche"},
        {"betrag": None, "quelle": 1, "stand": None, "bedingung": "nach Aufwand"},
    ],
    "fristen": ["vor dem ersten Spatenstich"], "bearbeitungsdauer": "drei Wochen", "ablauf": ["Plan zeichnen", "Antrag abgeben"],
    "online": {"url": "https://stadt.example/antrag", "typ": "antrag"}, "rechtsgrundlagen": ["§ 1 TeichG"],
    "quellen": [LAW, CITY, PRESS], "stand": "2026-10",
    "feld_quellen": {"kurz": [1], "voraussetzungen": [2], "unterlagen": [1], "fristen": [1], "ablauf": [1], "online": [1]},
}  # fmt: skip
EMPTY: dict[str, Any] = {"kennung": "leer", "titel": "Leere anmelden"}


def served(record: dict[str, Any], office: dict[str, Any] | None = None) -> Auskunft:
    """A record as the catalogue serves it."""
    return auskunft(Leistung.model_validate(record), Stelle.model_validate(office) if office else None)


def full(**changed: Any) -> Auskunft:
    """The filled record with its office."""
    return served(FULL | changed, OFFICE)


def empty(**changed: Any) -> Auskunft:
    """The record that knows nothing."""
    return served(EMPTY | changed)
