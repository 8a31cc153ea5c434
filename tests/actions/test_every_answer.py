"""All services × all aspects without the stack: each answer is well formed and says nothing that its record does not hold."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from actions.facts import FACTS
from actions.reply import about
from actions.sources import AGEING
from core.answer import MOST_BUTTONS, Antwort, plain_text
from core.catalogue import Auskunft, Herkunft
from core.clock import today

ASPECTS = list(FACTS)
MONEY = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})*(?:,\d\d)?|\d+(?:,\d\d)?) (?:€|Euro)")
ADDRESS = re.compile(r"https?://[^\s)\]„“]+|[\w.-]+@[\w-]+\.[\w.-]*\w")
HOURS = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s?[-–]\s?\d{1,2}(?:[:.]\d\d)? Uhr")
PHONE = re.compile(r"\b0\d{2,5}[ /-]\d[\d /-]+")
ARTEFACTS = {
    "None": r"\bNone\b",
    "template": r"\{\{|\}\}|\{%",
    "double space": r"\S  +\S",
    "space before a mark": r"\s[.,;:!?](\s|$)",
    "two marks": r"(?<!\.)\.\.(?!\.)|[,;:]\.|[?!]\.|,,",
    "empty brackets": r"\(\s*\)|„\s*“",
    "white space at an end": r"^\s|\s$",
}
NOT_THE_CITY = {"land": "das Land", "bund": "der Bund", "sonstige": "nicht die Stadtverwaltung selbst"}


def parts(answer: Antwort) -> list[str]:
    """Everything that a citizen reads, piece by piece."""
    told = [answer.text, *(fact.text for fact in answer.fakten), *(answer.nachtrag or "Nichts").split("\n\n"), *answer.quellenangaben]
    return told + [button.title for button in answer.buttons] + [link.title for link in answer.links]


_held: dict[str, str] = {}  # by service: asked for once per aspect


def held(leistung: Auskunft) -> str:
    """All that the record and its office hold, as text."""
    if leistung.kennung not in _held:
        _held[leistung.kennung] = json.dumps(leistung.model_dump(mode="json"), ensure_ascii=False)
    return _held[leistung.kennung]


def amount(euro: float) -> str:
    """As a person writes it; written here once more, so that the room's own filter is tested too."""
    whole, cents = divmod(round(euro * 100), 100)
    grouped = f"{whole:,}".replace(",", ".")
    return f"{grouped},{cents:02d} €" if cents else f"{grouped} €"


def is_old(source: Herkunft, on: date) -> bool:
    """Whether the last day that the Stand may mean lies more than twelve months back."""
    if source.stand is None:
        return True
    known = source.stand.split("-")
    last = [int(part) for part in known] + ([12, 31], [31], [])[len(known) - 1]
    return (last[0] + 1, last[1], last[2]) <= (on.year, on.month, on.day)


def form(leistung: Auskunft, aspect: str, answer: Antwort) -> Iterator[str]:
    if Antwort.model_validate_json(answer.model_dump_json()) != answer:
        yield "does not survive JSON"
    if not all(part.strip() for part in parts(answer)):
        yield "empty part"
    for name, pattern in ARTEFACTS.items():
        yield from (f"{name}: {part!r}" for part in parts(answer) if re.search(pattern, part))
    if answer.leistung is None or (answer.leistung.id, answer.leistung.titel) != (leistung.kennung, leistung.titel):
        yield f"about {answer.leistung}"
    if leistung.titel not in answer.text and (aspect != "antrag_status" or answer.fakten):
        yield "does not name its service"


def buttons(leistung: Auskunft, aspect: str, answer: Antwort) -> Iterator[str]:
    titles = [button.title for button in answer.buttons]
    if not 1 <= len(titles) <= MOST_BUTTONS or len(set(titles)) < len(titles):
        yield f"buttons {titles}"
    asked = [re.fullmatch(r"/(\w+)(\{.*\})", button.payload) for button in answer.buttons]
    for press in asked:
        if not press or press[1] not in FACTS or press[1] == aspect or json.loads(press[2]) != {"leistung": leistung.kennung}:
            yield f"button {press and press[0]}"


def nothing_invented(leistung: Auskunft, aspect: str, answer: Antwort) -> Iterator[str]:
    text, source = plain_text(answer), held(leistung)
    known = {amount(fee.betrag).removesuffix(" €") for fee in leistung.gebuehren or [] if fee.betrag is not None}
    known |= set(MONEY.findall(source))
    yield from (f"invented amount {one}" for one in MONEY.findall(text) if one not in known)
    for name, pattern in {"address": ADDRESS, "hours": HOURS, "telephone": PHONE}.items():
        yield from (f"invented {name} {one}" for one in pattern.findall(text) if one not in source)
    yield from (f"invented link {link.url}" for link in answer.links if f'"{link.url}"' not in source)


def sources(leistung: Auskunft, aspect: str, answer: Antwort) -> Iterator[str]:
    if not answer.fakten:
        if aspect != "leistung_suchen" and (answer.quellenangaben or answer.quelle):
            yield "a source of nothing"
        return
    if any(not fact.quellen for fact in answer.fakten):
        yield "a fact without source"
    several = len(answer.quellenangaben) > 1
    for fact in answer.fakten:
        if (fact.beleg is not None) != several:
            yield f"number {fact.beleg} with {len(answer.quellenangaben)} sources"
        line = answer.quellenangaben[fact.beleg - 1 if fact.beleg else 0]
        if not line.startswith(f"Quelle: {fact.quellen[0].titel}") or "Stand: " not in line:
            yield f"{fact.text!r} is said to come from {line!r}"
        read = [page.titel for page in fact.quellen[1:]]
        if fact.quellen[0].url is None and fact.quellen[0].art == "belegt" and any(title not in line for title in read):
            yield f"does not say that it was read at {read}: {line!r}"
    numbers = [fact.beleg for fact in answer.fakten if fact.beleg]
    if several and (sorted(set(numbers)) != list(range(1, len(answer.quellenangaben) + 1)) or numbers[0] != 1):
        yield f"numbers {numbers}"
    if answer.quelle != answer.fakten[0].quellen[0]:
        yield "first source is another"


def age(leistung: Auskunft, aspect: str, answer: Antwort) -> Iterator[str]:
    asked_to_check = "Bitte prüfen Sie" in (answer.nachtrag or "")
    old = [fact.text for fact in answer.fakten if is_old(fact.quellen[0], today())]
    if asked_to_check != (aspect in AGEING and bool(old)):
        yield f"check asked for: {asked_to_check}; old: {old}"
    if asked_to_check and len(old) < len(answer.fakten):
        yield from (f"{text!r} not named as old" for text in old if text not in (answer.nachtrag or ""))


def what_is_missing(leistung: Auskunft, aspect: str, answer: Antwort) -> Iterator[str]:
    if FACTS[aspect](leistung) or (aspect == "leistung_suchen" and leistung.kurz):
        return
    told, office = answer.nachtrag or "", leistung.stelle_auskunft
    if "115" not in told:
        yield "does not name the 115"
    place = office.name if office else leistung.referat
    if place and place not in told:
        yield f"does not name {place}"
    if aspect not in ("leistung_suchen", "antrag_status") and "nicht vermerkt" not in answer.text:
        yield "does not say that it is missing"


def responsibility(leistung: Auskunft, aspect: str, answer: Antwort) -> Iterator[str]:
    told = answer.text.split("„")[0]
    if leistung.zustaendig == "stadt":
        if "ist nicht die Stadt" in told:
            yield "sends away from the city"
        return
    office = leistung.stelle_auskunft
    who = leistung.referat or (office and office.name) or "?"
    if NOT_THE_CITY[leistung.zustaendig] not in told or who not in told:
        yield f"does not say first that {who} is responsible"
    if office and office.url and office.url not in [link.url for link in answer.links]:
        yield f"no link to {office.name}"


Check = Callable[[Auskunft, str, Antwort], Iterator[str]]
CHECKS: list[Check] = [form, buttons, nothing_invented, sources, age, what_is_missing, responsibility]


@pytest.fixture(scope="module")
def answers(services: list[Auskunft]) -> dict[str, list[tuple[Auskunft, Antwort]]]:
    """By aspect: each service with its answer."""
    return {aspect: [(one, about(one, aspect)) for one in services] for aspect in ASPECTS}


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_service(answers: dict[str, list[tuple[Auskunft, Antwort]]], aspect: str, check: Check) -> None:
    assert len(answers[aspect]) == 220
    wrong = [f"{one.kennung}: {found}" for one, answer in answers[aspect] for found in check(one, aspect, answer)]
    assert wrong == [], f"{len(wrong)}:\n" + "\n".join(wrong[:40])


def test_every_fee_of_every_service_is_told_with_its_condition(answers: dict[str, list[tuple[Auskunft, Antwort]]]) -> None:
    wrong = []
    for one, answer in answers["frage_kosten"]:
        fees = one.gebuehren or []
        told = ["kostenlos" if fee.frei else "kein fester Betrag" if fee.betrag is None else amount(fee.betrag) for fee in fees]
        expected = [f"{text} – {fee.bedingung}" if fee.bedingung else text for text, fee in zip(told, fees, strict=True)]
        expected = expected or ([one.kurz] if one.kurz else [])  # no fee on record: the description, which may speak of one
        wrong += [] if [fact.text for fact in answer.fakten] == expected else [(one.kennung, expected)]
    assert wrong == []


def test_the_catalogue_has_the_cases_that_are_tested_here(services: list[Auskunft]) -> None:
    """Guards the tests above: a catalogue without laws, gaps or other authorities would pass them by saying nothing."""
    assert {one.zustaendig for one in services} == {"stadt", "land", "bund", "sonstige"}
    fees = [fee for one in services for fee in one.gebuehren or []]
    assert sum(fee.herkunft.url is None and bool(fee.gelesen_in) for fee in fees) >= 15
    assert any(fee.betrag is None and not fee.frei for fee in fees)
    assert all(any(FACTS[aspect](one) for one in services) for aspect in ASPECTS if aspect != "leistung_suchen")
    assert all(any(not FACTS[aspect](one) for one in services) for aspect in ASPECTS if aspect != "frage_zustaendigkeit")
