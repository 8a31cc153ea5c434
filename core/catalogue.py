"""The catalogue's domain models: services (Leistungen), offices (Stellen) and where each fact comes from (Herkunft).

Field names are those of the shared data and of XZuFi. Records come in as ``Leistung`` and ``Stelle``.
"""

from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator, model_validator

from core.intents import DOING_INTENTS, SERVICE_INTENTS


def _on_the_calendar(value: str) -> str:
    date.fromisoformat((value + "-01-01")[:10])  # raises for a 13th month
    return value


def _with_a_host(value: str) -> str:
    if not urlsplit(value).hostname:  # urlsplit itself raises for "https://[x"
        raise ValueError("nennt keinen Rechner")
    return value


Datum = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"), AfterValidator(_on_the_calendar)]
Tag = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_on_the_calendar)]
Stand = Annotated[
    Datum | None,
    BeforeValidator(lambda value: None if value in ("unbekannt", "") else value),
    Field(description="YYYY, YYYY-MM oder YYYY-MM-DD; null: unbekannt"),
]
Kennung = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Texte = list[Text]
WebAdresse = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=1000), AfterValidator(_with_a_host)]
Zustaendig = Literal["stadt", "land", "bund", "sonstige"]
QuellenArt = Literal["stadt", "land", "bund", "recht", "andere_behoerde", "presse", "sonstige"]

FACT_FIELDS = (
    "kurz", "voraussetzungen", "unterlagen", "gebuehren", "fristen", "bearbeitungsdauer", "ablauf", "online",
    "rechtsgrundlagen",
)  # fmt: skip


class Record(BaseModel):
    """Base of all records. Fields that we do not know are kept as they are, so that nothing of a source is lost."""

    model_config = ConfigDict(extra="allow", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_collections(cls, data: Any) -> Any:
        """A list or a part given as null means that nothing is known: the same as an empty one."""
        if not isinstance(data, dict):
            return data
        filled = {name for name, field in cls.model_fields.items() if isinstance(field.default, list | dict | Record)}
        return {key: value for key, value in data.items() if value is not None or key not in filled}


class Quelle(Record):
    """A page or law that was read. ``gesehen``: date of the page; null with ``url`` null: a law named, not read."""

    url: WebAdresse | None = None
    gesehen: Stand = None
    titel: Text | None = None
    art: QuellenArt = "sonstige"


class Herkunft(Record):
    """Where one fact comes from. ``allgemein``: general knowledge of the law, read in no source."""

    titel: str
    url: str | None = None
    stand: Stand = None
    art: Literal["belegt", "allgemein"]


class Altersgrenze(Record):
    """For whom something counts: completed years, both inclusive, of the person it is for."""

    alter_von: int | None = Field(None, ge=0, le=130)
    alter_bis: int | None = Field(None, ge=0, le=130)

    def counts_at(self, age: int) -> bool:
        """Whether it counts for somebody of this age."""
        return (self.alter_von is None or age >= self.alter_von) and (self.alter_bis is None or age <= self.alter_bis)


class Unterlage(Altersgrenze):
    """A document to bring or send."""

    name: Text
    pflicht: bool = True
    bedingung: Text | None = None


class Gebuehr(Altersgrenze):
    """A fee: an amount, free of charge, or a rule without a fixed amount (``betrag`` null).

    ``quelle`` and ``weitere_quellen`` are indexes into the record's ``quellen``.
    """

    betrag: float | None = Field(None, ge=0, allow_inf_nan=False)
    waehrung: Literal["EUR"] | None = None
    frei: bool = False
    bedingung: Text | None = None
    quelle: int | None = Field(None, ge=0)
    stand: Stand = None
    weitere_quellen: list[int] = []


class Online(Record):
    """Link to the online service: application, form, appointment or information."""

    url: WebAdresse
    typ: Literal["antrag", "formular", "termin", "info"]


class StellenVerweis(Record):
    """Reference to an office; empty where none is documented."""

    ref: Kennung | None = None


class Leistung(Record):
    """A service as imported. ``kennung`` is its stable id, ``schluessel`` its LeiKa key."""

    kennung: Kennung
    schluessel: Annotated[str, StringConstraints(pattern=r"^\d{14}$")] | None = None
    schluessel_fehlt: Text | None = None
    dl_id: Text | None = None
    titel: Text
    titel_amtlich: Text | None = None
    titel_en: Text | None = None
    synonyme: Texte = []
    beispielfragen: Texte = []
    lebenslage: Text | None = None
    referat: Text | None = None
    zustaendig: Zustaendig = "stadt"
    stelle: StellenVerweis = StellenVerweis()
    kurz: Text | None = None
    voraussetzungen: Texte = []
    unterlagen: list[Unterlage] = []
    gebuehren: list[Gebuehr] | None = None
    fristen: Texte = []
    bearbeitungsdauer: Text | None = None
    ablauf: Texte = []
    online: Online | None = None
    rechtsgrundlagen: Texte = []
    quellen: list[Quelle] = []
    feld_quellen: dict[str, list[int]] = {}
    stand: Stand = None
    sicherheit: Literal["belegt", "allgemein"] = "allgemein"
    belegt_felder: list[str] = []
    hinweise: Texte = []
    fachverfahren: Text | None = None
    schnittstellen: Texte | None = None
    reifegrad: int | None = Field(None, ge=0, le=4)
    gueltig_von: Tag | None = None
    gueltig_bis: Tag | None = None
    vertrauensniveau: Literal["basisregistrierung", "niedrig", "substantiell", "hoch"] | None = None

    @model_validator(mode="after")
    def _sources_exist(self) -> "Leistung":
        used = {i for indexes in self.feld_quellen.values() for i in indexes}
        for fee in self.gebuehren or []:
            used.update(fee.weitere_quellen, [] if fee.quelle is None else [fee.quelle])
        if used and (max(used) >= len(self.quellen) or min(used) < 0):
            raise ValueError(f"verweist auf Quelle {max(used)}, es gibt aber nur {len(self.quellen)} (gezählt ab 0)")
        return self


class Beispielfragen(Record):
    """Questions that citizens ask about one service, kept apart from its record: they come from editors, not from the source.

    As a list, or as lists by intent ({"frage_kosten": […]}): the search uses both alike, the intents learn from the latter.
    """

    kennung: Kennung
    beispielfragen: Texte

    @field_validator("beispielfragen", mode="before")
    @classmethod
    def _by_intent(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        unknown = set(given) - {*SERVICE_INTENTS, *DOING_INTENTS}
        if unknown:
            raise ValueError(f"kennt keine Absicht „{min(map(str, unknown))}“")
        return [text for texts in given.values() for text in (texts if isinstance(texts, list) else [texts])]


class GebuehrAuskunft(Gebuehr):
    """A fee with its resolved source; ``gelesen_in``: pages where the amount was read, if the source is a law or has peers."""

    herkunft: Herkunft
    gelesen_in: list[Herkunft] = []


class Auskunft(Leistung):
    """A service as served: the record, its office, and for each present field the sources (first the one to name).

    ``antrag``: whether it can be applied for here, because it has a form.
    """

    gebuehren: list[GebuehrAuskunft] | None = None  # type: ignore[assignment]
    herkunft: dict[str, list[Herkunft]] = {}
    stelle_auskunft: "StelleAuskunft | None" = None
    antrag: bool = False


class Stelle(Record):
    """An office. ``oeffnungszeiten`` maps days to hours as written, e.g. {"Mo-Mi": "8-16 Uhr"}."""

    id: Kennung
    name: Text
    zustaendig: Zustaendig = "stadt"
    anschrift: Text | None = None
    telefon: Text | None = None
    email: Text | None = None
    oeffnungszeiten: dict[str, str] | None = None
    url: WebAdresse | None = None
    quellen: list[Quelle] = []
    stand: Stand = None
    hinweise: Texte = []


class StelleAuskunft(Stelle):
    """An office as served, with the sources of its facts."""

    herkunft: list[Herkunft] = []


class Treffer(BaseModel):
    """One service found: ``score`` is the calibrated probability (0 to 1) that this service is meant."""

    model_config = ConfigDict(frozen=True)

    id: str
    schluessel: str | None
    titel: str
    kurz: str | None = None
    score: float = Field(ge=0, le=1)


Auskunft.model_rebuild()
