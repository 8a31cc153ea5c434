"""The gate lets through what is hardly worse anywhere, and nothing else."""

from pathlib import Path

import pytest

from console.learning.gate import judge
from console.learning.limits import Gate, Learning
from core.errors import ConfigurationError
from core.settings import Settings
from tests.console.lernen.measured import LIMITS, measured, report, sentence
from tests.console.lernen.poison import two_models

pytestmark = pytest.mark.console
TEN = [sentence(f"Satz {number}", "frage_kosten" if number < 5 else "lob") for number in range(10)]


def failed(candidate: dict[str, object], limits: Gate = LIMITS) -> list[str]:
    """Rules that fail beside a live model with .9 everywhere and all of ten sentences right."""
    told = measured(TEN, talks={"a": 0, "b": 0}).model_copy(update=candidate)
    return [rule.name for rule in judge(told, measured(TEN, talks={"a": 0, "b": 0}), limits) if not rule.bestanden]


def wrong(count: int, intent: str = "frage_kosten") -> list[object]:
    rest = count
    found = []
    for one in TEN:
        bad = one.absichten[0] == intent and rest > 0
        rest -= bad
        found.append(sentence(one.text, one.absichten[0], "dank" if bad else None))
    return found


def test_the_same_and_the_better_pass() -> None:
    assert failed({}) == []
    assert failed({"macro_f1": 1.0, "leistung_top1": 1.0}) == []


@pytest.mark.parametrize("name", ["macro_f1", "leistung_top1"])
def test_half_a_point_less_passes_and_more_does_not(name: str) -> None:
    assert failed({name: 0.895}) == []
    assert failed({name: 0.8949}) == [name]


def test_dialogues_count_as_wholes() -> None:
    assert failed({"gespraeche": {"a": 0, "b": 3}}) == ["gespraeche"]
    assert failed({"gespraeche": {"a": 0, "b": 3}}, LIMITS.model_copy(update={"gespraeche": 50})) == []


def test_two_further_errors_of_an_intent_pass_and_three_do_not() -> None:
    assert failed({"saetze": wrong(2)}) == []
    assert failed({"saetze": wrong(3)}) == ["fehler_je_absicht"]
    assert failed({"saetze": wrong(3)}, LIMITS.model_copy(update={"fehler_je_absicht": 3})) == []


def test_errors_of_one_intent_are_not_made_up_for_by_another() -> None:
    live, candidate = measured(wrong(4, "lob")), measured(wrong(3))  # type: ignore[arg-type]
    (rule,) = [one for one in judge(candidate, live, LIMITS) if not one.bestanden]
    assert rule.mehr == ["frage_kosten (+3)"]


def test_the_report_says_what_got_better_and_worse_also_of_the_services() -> None:
    right, bad = sentence("a", "lob", service="perso"), sentence("a", "lob", service="perso", found="pass")
    told = report("f1", measured([right, TEN[0]]), measured([bad, TEN[0]]))
    better, worse = told.veraendert()
    assert ([new.text for new, _ in better], worse) == (["a"], [])
    (row,) = told.je_leistung()
    assert (row.name, row.anzahl, row.kandidat, row.live) == ("perso", 1, 1, 0)
    assert [(row.name, row.kandidat) for row in told.je_absicht()] == [("frage_kosten", 1), ("lob", 1)]


def test_a_service_found_where_none_is_meant_is_wrong() -> None:
    assert not sentence("a", "lob", found="perso").richtig
    assert sentence("a", "lob").richtig


def test_the_shipped_limits_are_those_of_the_handbook_and_a_wrong_file_is_told(tmp_path: Path) -> None:
    assert Learning.load(Settings(home=tmp_path)).tor == LIMITS
    wrong_file = tmp_path / "l.yml"
    wrong_file.write_text("pruefsaetze: [c]\ngespraeche: []\ntor: {macro_f1: viel}\n")
    with pytest.raises(ConfigurationError, match=r"l\.yml passt nicht: tor"):
        Learning.load(Settings(home=tmp_path, learning=wrong_file))
    with pytest.raises(ConfigurationError, match="nicht lesbar"):
        Learning.load(Settings(home=tmp_path, learning=tmp_path / "fehlt.yml"))


def test_sentences_that_poison_a_model_are_stopped() -> None:
    """Sixty questions about prices, taught as praise: both models learn and are measured for real, from few sentences."""
    poisoned, sound = two_models()
    rules = {rule.name: rule for rule in judge(poisoned, sound, LIMITS)}
    assert not rules["macro_f1"].bestanden
    assert not rules["fehler_je_absicht"].bestanden
    assert any(one.startswith("frage_kosten") for one in rules["fehler_je_absicht"].mehr)
    assert all(rule.bestanden for rule in judge(sound, sound, LIMITS))
