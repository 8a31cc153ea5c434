"""Where each fact comes from: record in, record with sources out."""

from functools import lru_cache
from urllib.parse import urlsplit

import yaml

from core.catalogue import (
    FACT_FIELDS,
    Auskunft,
    Gebuehr,
    GebuehrAuskunft,
    Herkunft,
    Leistung,
    Quelle,
    Stelle,
    StelleAuskunft,
)
from core.checklist import Checkliste, ChecklisteAuskunft, SchrittAuskunft
from core.settings import PROJECT


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    loaded: dict[str, str] = yaml.safe_load((PROJECT / "data/catalogue/texte.yml").read_text("utf-8"))
    return loaded


def general_knowledge() -> Herkunft:
    """The source of a fact that was read in no source; it has no Stand, because nobody checked it on a day."""
    return Herkunft(titel=_words()["allgemeine_angabe"], art="allgemein")


def _read_in(source: Quelle, record_stand: str | None) -> Herkunft:
    # A page without a title is named by its site: "rheinpfalz.de".
    site = urlsplit(source.url).netloc.removeprefix("www.") if source.url else None
    title = source.titel or site or _words()["quelle_ohne_titel"]
    return Herkunft(titel=title, url=source.url, stand=source.gesehen or record_stand, art="belegt")


def _fee(fee: Gebuehr, leistung: Leistung) -> GebuehrAuskunft:
    if fee.quelle is None:
        named = general_knowledge()
    else:
        named = _read_in(leistung.quellen[fee.quelle], None).model_copy(update={"stand": fee.stand})
    further = [_read_in(leistung.quellen[i], None) for i in fee.weitere_quellen]
    return GebuehrAuskunft(**fee.model_dump() | {"herkunft": named, "gelesen_in": further})


def auskunft(leistung: Leistung, stelle: Stelle | None) -> Auskunft:
    """The service as served. Every field that holds something gets at least one source."""
    sources = {}
    for field in FACT_FIELDS:
        if getattr(leistung, field):
            read = [_read_in(leistung.quellen[i], leistung.stand) for i in leistung.feld_quellen.get(field, [])]
            sources[field] = read or [general_knowledge()]
    fees = None if leistung.gebuehren is None else [_fee(fee, leistung) for fee in leistung.gebuehren]
    # Ours win: a record may hold unknown fields that are called the same.
    ours = {"gebuehren": fees, "herkunft": sources, "stelle_auskunft": stelle and stelle_auskunft(stelle), "antrag": False}
    return Auskunft(**leistung.model_dump() | ours)


def stelle_auskunft(stelle: Stelle) -> StelleAuskunft:
    """The office as served. Its Stand is that of the record: it says when telephone and hours were last seen."""
    read = [_read_in(q, None).model_copy(update={"stand": stelle.stand or q.gesehen}) for q in stelle.quellen]
    return StelleAuskunft(**stelle.model_dump() | {"herkunft": read or [general_knowledge()]})


def checkliste_auskunft(checklist: Checkliste, leistungen: dict[str, Auskunft]) -> ChecklisteAuskunft:
    """The checklist as served: steps whose service the catalogue does not have are left out. What a step says of time has its sources."""
    steps = []
    for step in checklist.schritte:
        service = leistungen.get(step.leistung)
        if service:
            told = service.herkunft.get("fristen") or service.herkunft.get("kurz") or [general_knowledge()]
            steps.append(SchrittAuskunft(**step.model_dump() | {"titel": service.titel, "herkunft": told if step.wann else []}))
    return ChecklisteAuskunft(id=checklist.id, titel=checklist.titel, einleitung=checklist.einleitung, schritte=steps)
