"""Which facts of the catalogue answer which question, each with its sources. Says nothing that the record does not hold."""

import re
from collections.abc import Callable

from actions.copy import render
from core.answer import Fakt
from core.catalogue import Auskunft, Herkunft
from katalog.schemas import Satz

Facts = list[Fakt]
# Neither „persönliche Eignung“ nor „Auslandsvertretung“ nor „selbstständig“ says who may come; no „Geburtstermin“ can be booked.
IN_PERSON = (
    r"\bpersönlich\b",
    r"\bpersönliche[rs]? (anmeldung|antrag|erscheinen|vorsprache)",
    r"\bvollmacht",
    r"\bvertret",
    r"\bbevollmächtig",
    r"\bselbst anzeigen",
)
HOURS = (
    r"\bmontag",
    r"\bdienstag",
    r"\bmittwoch",
    r"\bdonnerstag",
    r"\bfreitag",
    r"\bsamstag",
    r"\bsonntag",
    r"\b\d{1,2}([.:]\d\d)? uhr\b",
    r"\btäglich\b",
)
APPOINTMENT = (r"\btermin", r"\b(beratungs|wunsch)termin")


def listed(leistung: Auskunft, field: str, art: str = "punkt") -> Facts:
    """The sentences of a field that holds a list, as facts."""
    return [Fakt(text=text, art=art, quellen=leistung.herkunft[field]) for text in getattr(leistung, field)]


def _documents(leistung: Auskunft) -> Facts:
    return [
        Fakt(text=render("fakten.unterlage", u=u), art="unterlage", quellen=leistung.herkunft["unterlagen"]) for u in leistung.unterlagen
    ]


def _fees(leistung: Auskunft) -> Facts:
    return [Fakt(text=render("fakten.gebuehr", f=fee), quellen=[fee.herkunft, *fee.gelesen_in]) for fee in leistung.gebuehren or []]


def _duration(leistung: Auskunft) -> Facts:
    return [Fakt(text=leistung.bearbeitungsdauer, quellen=leistung.herkunft["bearbeitungsdauer"])] if leistung.bearbeitungsdauer else []


def _office(leistung: Auskunft) -> Facts:
    o = leistung.stelle_auskunft
    if o:
        return [Fakt(text=render("fakten.stelle", o=o, l=leistung), quellen=o.herkunft)]
    return [Fakt(text=render("fakten.referat", l=leistung), quellen=_record_sources(leistung))] if leistung.referat else []


def _record_sources(leistung: Auskunft) -> list[Herkunft]:
    """The sources of the record's own description, for what has no source of its own (the department's name)."""
    return leistung.herkunft.get("kurz", [])


def _contact(leistung: Auskunft) -> Facts:
    o = leistung.stelle_auskunft
    fields = {"telefon": "telefon", "email": "email", "anschrift": "anschrift", "url": "seite"}
    return [Fakt(text=render(f"fakten.{key}", o=o), quellen=o.herkunft) for name, key in fields.items() if getattr(o, name)] if o else []


def _hours(leistung: Auskunft) -> Facts:
    o = leistung.stelle_auskunft
    hours = (o and o.oeffnungszeiten) or {}
    return [Fakt(text=render("fakten.zeit", tage=days, zeiten=times), quellen=o.herkunft) for days, times in hours.items() if o]


def _online(*types: str) -> Callable[[Auskunft], Facts]:
    def facts(leistung: Auskunft) -> Facts:
        return (
            [Fakt(text=leistung.online.url, quellen=leistung.herkunft["online"])]
            if leistung.online and leistung.online.typ in types
            else []
        )

    return facts


def _sentences_on(*cues: str) -> Callable[[Auskunft], Facts]:
    """Sentences of the record in which one of the cues (patterns) stands: what is no field of its own in the catalogue."""
    cue = re.compile("|".join(cues), re.IGNORECASE)

    def facts(leistung: Auskunft) -> Facts:
        fields = ("voraussetzungen", "ablauf", "unterlagen", "fristen")
        found = [
            fact
            for field in fields
            for fact in (_documents(leistung) if field == "unterlagen" else listed(leistung, field) if getattr(leistung, field) else [])
        ]
        found += [Fakt(text=leistung.kurz, quellen=leistung.herkunft["kurz"])] if leistung.kurz else []
        return [fact.model_copy(update={"art": "punkt"}) for fact in found if cue.search(fact.text)]

    return facts


def _appointment(leistung: Auskunft) -> Facts:
    return _online("termin")(leistung) or _sentences_on(*APPOINTMENT)(leistung)


def of_sentence(leistung: Auskunft, satz: Satz) -> Fakt:
    """The fact that a sentence of the record is, told as its field is."""
    fields: dict[str, Callable[[Auskunft], Facts]] = {"unterlagen": _documents, "gebuehren": _fees, "bearbeitungsdauer": _duration}
    if satz.feld == "kurz":
        return Fakt(text=satz.text, quellen=satz.herkunft)
    of_field = fields[satz.feld](leistung) if satz.feld in fields else listed(leistung, satz.feld)
    return of_field[satz.position or 0]


def at_age(leistung: Auskunft, age: int | None) -> Auskunft:
    """The service as it is for somebody of this age: fees and documents for other ages left out; as it is where none would remain."""
    if age is None:
        return leistung
    fees = [fee for fee in leistung.gebuehren or [] if fee.counts_at(age)]
    documents = [one for one in leistung.unterlagen if one.counts_at(age)]
    return leistung.model_copy(update={"gebuehren": fees or leistung.gebuehren, "unterlagen": documents or leistung.unterlagen})


FACTS: dict[str, Callable[[Auskunft], Facts]] = {
    "leistung_suchen": lambda leistung: [],
    "frage_unterlagen": lambda leistung: _documents(leistung) if leistung.unterlagen else [],
    "frage_kosten": _fees,
    "frage_frist": lambda leistung: listed(leistung, "fristen") if leistung.fristen else [],
    "frage_dauer": _duration,
    "frage_voraussetzungen": lambda leistung: listed(leistung, "voraussetzungen") if leistung.voraussetzungen else [],
    "frage_ablauf": lambda leistung: listed(leistung, "ablauf", "schritt") if leistung.ablauf else [],
    "frage_zustaendigkeit": _office,
    "frage_oeffnungszeiten": lambda leistung: _hours(leistung) or _sentences_on(*HOURS)(leistung),
    "frage_kontakt": _contact,
    "frage_online": _online("antrag", "formular", "termin", "info"),
    "frage_formular": _online("formular", "antrag"),
    "frage_rechtsgrundlage": lambda leistung: listed(leistung, "rechtsgrundlagen") if leistung.rechtsgrundlagen else [],
    "frage_vertretung": _sentences_on(*IN_PERSON),
    "antrag_starten": _online("antrag", "formular"),
    "antrag_status": _contact,
    "termin_buchen": _appointment,
}
