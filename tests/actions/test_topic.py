"""What a message is about: the table in themen.yml."""

from pathlib import Path
from typing import Any

import pytest
from records import served
from ruamel.yaml import YAML

from actions.topic import decide
from actions.turn import Turn
from core.catalogue import Auskunft, Treffer
from katalog.schemas import Suchergebnis

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("themen.yml"))


def service(case: dict[str, Any], name: str) -> Auskunft:
    return served({"kennung": name, "titel": case.get("titel", {}).get(name, f"{name.title()} anmelden")})


def hits(case: dict[str, Any], scores: dict[str, float]) -> list[Treffer]:
    return [Treffer(id=name, schluessel=None, titel=service(case, name).titel, score=score) for name, score in scores.items()]


def turn(sagt: dict[str, Any]) -> Turn:
    said = {"leistung": None, "aspekt": None, "offen": False} | sagt
    return Turn(pressed=said.pop("gedrueckt", False), **said)


def found(case: dict[str, Any]) -> Suchergebnis:
    """The catalogue's answer: the first hit and the service so far come with their facts."""
    first, before = next(iter(case["treffer"]), None), case["sagt"].get("leistung")
    return Suchergebnis(
        treffer=hits(case, case["treffer"]),
        naechste=hits(case, case["treffer"] | case.get("naechste", {})),
        ohne_leistung=0.1,
        auskunft=service(case, first) if first else None,
        kontext=service(case, before) if before else None,
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_topic(case: dict[str, Any]) -> None:
    topic, expected = decide(turn(case["sagt"]), found(case)), case["dann"]
    assert (topic.kind, topic.aspect) == (expected["was"], expected["aspekt"])
    assert (topic.auskunft and topic.auskunft.kennung) == expected.get("ueber")
    assert [one.id for one in topic.candidates] == expected["auswahl"]


def test_each_outcome_has_a_case() -> None:
    assert {case["dann"]["was"] for case in CASES} == {"antwort", "auswahl", "welche", "nichts"}
