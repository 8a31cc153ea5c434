"""Measurements and reports for tests of the gate."""

from console.learning.gate import judge
from console.learning.limits import Gate
from console.learning.report import Judged, Measured, Report

LIMITS = Gate(macro_f1=0.5, leistung_top1=0.5, gespraeche=0.5, fehler_je_absicht=2)


def sentence(text: str, intent: str, understood: str | None = None, service: str | None = None, found: str | None = None) -> Judged:
    """By default understood rightly."""
    services = [service] if service else []
    told = {"absicht": understood or intent, "sicherheit": 0.9, "gefunden": [found] if found else services}
    return Judged.model_validate({"text": text, "absichten": [intent], "leistungen": services} | told)


def measured(sentences: list[Judged], cases: list[Judged] | None = None, talks: dict[str, int] | None = None, **figures: float) -> Measured:
    told = {"saetze": sentences, "faelle": cases or [], "gespraeche": talks or {}, "macro_f1": 0.9, "leistung_top1": 0.9}
    return Measured.model_validate(told | figures)


def report(version: str, candidate: Measured, live: Measured, against: str = "") -> Report:
    told = {"fassung": version, "live": against, "wann": "2026-11-29T15:00:00+01:00", "sekunden": 120.0}
    return Report.model_validate(told | {"kandidat": candidate, "bisher": live, "tor": judge(candidate, live, LIMITS)})
