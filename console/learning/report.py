"""What was measured of a candidate and of the live model: written by ``./lotse candidate``, read by the console."""

from collections import Counter
from pathlib import Path
from typing import Self

from pydantic import BaseModel

from core import learned


class Judged(BaseModel):
    """A sentence: what is right (the best answer first; no services: none is meant) and what was understood."""

    text: str
    absichten: list[str]
    leistungen: list[str]
    absicht: str
    sicherheit: float
    gefunden: list[str]

    @property
    def absicht_richtig(self) -> bool:
        return self.absicht in self.absichten

    @property
    def leistung_richtig(self) -> bool:
        return (self.gefunden[0] in self.leistungen if self.gefunden else False) if self.leistungen else not self.gefunden

    @property
    def richtig(self) -> bool:
        return self.absicht_richtig and self.leistung_richtig


class Measured(BaseModel):
    """One model. ``macro_f1`` and ``leistung_top1``: shares over ``saetze``; ``gespraeche``: {name: turns that were wrong}."""

    saetze: list[Judged]
    faelle: list[Judged]
    gespraeche: dict[str, int]
    macro_f1: float
    leistung_top1: float

    @property
    def gespraeche_richtig(self) -> float:
        """Share of dialogues right in each turn; 1 where there are none."""
        return sum(not wrong for wrong in self.gespraeche.values()) / len(self.gespraeche) if self.gespraeche else 1.0

    def fehler(self) -> Counter[str]:
        """Errors by the right intent."""
        return Counter(one.absichten[0] for one in self.saetze if not one.absicht_richtig)


class Rule(BaseModel):
    """One rule of the gate: the figures it compares, what is allowed, and whether it holds. ``mehr``: intents with too many errors."""

    name: str
    kandidat: float
    live: float
    erlaubt: float
    bestanden: bool
    mehr: list[str] = []


class Row(BaseModel):
    """A line of a table: right answers of the candidate and of the live model among ``anzahl`` sentences."""

    name: str
    anzahl: int
    kandidat: int
    live: int


class Report(BaseModel):
    """``live``: the version it was compared with. ``sekunden``: of training and measuring."""

    fassung: str
    live: str
    wann: str
    sekunden: float
    kandidat: Measured
    bisher: Measured
    tor: list[Rule]

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """Of a version's folder; None where there is none yet."""
        path = folder / "bericht.json"
        return cls.model_validate_json(path.read_bytes()) if path.exists() else None

    def write(self, folder: Path) -> None:
        """Into a version's folder."""
        learned.write(folder / "bericht.json", self.model_dump_json())

    @property
    def bestanden(self) -> bool:
        """Whether no rule fails; the new cases are looked at one by one."""
        return all(rule.bestanden for rule in self.tor)

    def offene_faelle(self) -> list[Judged]:
        """Cases that the candidate gets wrong."""
        return [one for one in self.kandidat.faelle if not one.richtig]

    def veraendert(self) -> tuple[list[tuple[Judged, Judged]], list[tuple[Judged, Judged]]]:
        """(better, worse): pairs of candidate and live where one of both was right."""
        pairs = list(zip([*self.kandidat.saetze, *self.kandidat.faelle], [*self.bisher.saetze, *self.bisher.faelle], strict=True))
        better = [(new, old) for new, old in pairs if new.richtig and not old.richtig]
        return better, [(new, old) for new, old in pairs if old.richtig and not new.richtig]

    def je_absicht(self) -> list[Row]:
        """By right intent, those that changed first."""
        return self._rows(lambda one: one.absichten[0], lambda one: one.absicht_richtig)

    def je_leistung(self) -> list[Row]:
        """By right service."""
        return self._rows(lambda one: one.leistungen[0] if one.leistungen else "", lambda one: one.leistung_richtig)

    def _rows(self, name_of, right) -> list[Row]:  # type: ignore[no-untyped-def]
        pairs = list(zip(self.kandidat.saetze, self.bisher.saetze, strict=True))
        count = Counter(name_of(new) for new, _ in pairs)
        ours = Counter(name_of(new) for new, _ in pairs if right(new))
        theirs = Counter(name_of(new) for new, old in pairs if right(old))
        rows = [Row(name=name, anzahl=count[name], kandidat=ours[name], live=theirs[name]) for name in count if name]
        return sorted(rows, key=lambda row: (-abs(row.kandidat - row.live), row.name))
