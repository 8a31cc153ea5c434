"""Questions of detail, and answers for somebody's age."""

import pytest
from records import FULL, OFFICE, full, served

from actions.detail import Detail
from actions.reply import Beside, about
from core.answer import plain_text
from core.catalogue import Herkunft
from katalog.schemas import Satz

SOURCE = [Herkunft(titel="Stadt: Teiche", url=None, stand="2026-11", art="belegt")]


def sentence(feld: str, position: int | None, sure: float, text: str = "Den Termin vereinbaren Sie persönlich.") -> Satz:
    return Satz(feld=feld, position=position, text=text, sicher=sure, herkunft=SOURCE)


def answer(aspect: str, asked: float, *saetze: Satz) -> tuple[str, list[str], str]:
    """(lead, facts, notes)"""
    given = about(full(), aspect, beside=Beside(Detail(asked, saetze)))
    return given.text, [fact.text for fact in given.fakten], given.nachtrag or ""


def test_a_standard_question_is_answered_as_ever() -> None:
    assert answer("frage_unterlagen", 0.3, sentence("ablauf", 0, 0.3)) == answer("frage_unterlagen", 0.0)


def test_a_sentence_of_the_same_list_comes_first_and_none_is_lost() -> None:
    _, facts, _ = answer("frage_unterlagen", 0.9, sentence("unterlagen", 1, 0.8))
    assert facts == ["Vollmacht – bei Vertretung (nicht immer nötig)", "Plan"]


def test_a_sure_sentence_from_elsewhere_comes_first_with_its_source() -> None:
    lead, facts, _ = answer("frage_voraussetzungen", 0.9, sentence("kurz", None, 0.8))
    assert lead == "Dazu steht bei „Teich anlegen“:"
    assert facts == ["Den Termin vereinbaren Sie persönlich.", "ein Garten"]
    assert "Stadt: Teiche" in plain_text(about(full(), "frage_voraussetzungen", beside=Beside(Detail(0.9, (sentence("kurz", None, 0.8),)))))


def test_a_fee_is_told_as_fees_are() -> None:
    _, facts, _ = answer("frage_voraussetzungen", 0.9, sentence("gebuehren", 0, 0.8))
    assert facts == ["46 € – bis 10 m²", "ein Garten"]


def test_what_is_not_sure_is_said_to_be_not_sure_with_the_nearest_sentence_and_where_to_ask() -> None:
    _, facts, note = answer("frage_voraussetzungen", 0.9, sentence("kurz", None, 0.4))
    assert facts == ["ein Garten"]
    assert "keine sichere Antwort" in note
    assert "„Den Termin vereinbaren Sie persönlich.“ (Quelle: Stadt: Teiche, Stand: 11/2026)" in note
    assert "Teichamt" in note
    assert "115" in note


@pytest.mark.parametrize("saetze", [(), (sentence("kurz", None, 0.05),)])
def test_where_the_record_says_nothing_the_bot_says_so(saetze: tuple[Satz, ...]) -> None:
    _, _, note = answer("frage_voraussetzungen", 0.9, *saetze)
    assert "keine sichere Antwort" in note
    assert "Am nächsten" not in note


def test_a_sentence_that_is_shown_anyway_is_not_said_twice() -> None:
    _, _, note = answer("frage_voraussetzungen", 0.9, sentence("voraussetzungen", 0, 0.4))
    assert "Am nächsten" not in note


def test_beside_a_standard_question_a_likely_sentence_is_told_too() -> None:
    _, facts, _ = answer("frage_unterlagen", 0.2, sentence("kurz", None, 0.4))
    assert facts[-1] == "Den Termin vereinbaren Sie persönlich."
    lead, facts, _ = answer("frage_unterlagen", 0.2, sentence("kurz", None, 0.6))
    assert lead.startswith("Dazu steht")
    assert facts[0] == "Den Termin vereinbaren Sie persönlich."


def test_where_the_field_is_missing_the_nearest_sentences_are_told() -> None:
    bare = served(
        {"kennung": "teich", "titel": "Teich anlegen", "kurz": "Wir beraten Sie gern.", "voraussetzungen": ["ein Garten"]}, OFFICE
    )
    near = (sentence("voraussetzungen", 0, 0.2, "ein Garten"),)
    given = about(bare, "frage_kosten", beside=Beside(Detail(0.1, near)))
    assert "nicht vermerkt" in given.text
    assert [fact.text for fact in given.fakten] == ["ein Garten"]
    assert [fact.text for fact in about(bare, "frage_kosten").fakten] == ["Wir beraten Sie gern."]


BY_AGE = FULL | {
    "gebuehren": [{"betrag": 46, "alter_von": 24, "bedingung": "ab 24"}, {"betrag": 27.6, "alter_bis": 23, "bedingung": "unter 24"}],
    "unterlagen": [{"name": "Plan"}, {"name": "Zustimmung", "bedingung": "unter 16", "alter_bis": 15}],
}  # fmt: skip


@pytest.mark.parametrize(("age", "fees"), [(12, ["27,60 € – unter 24"]), (23, ["27,60 € – unter 24"]), (24, ["46 € – ab 24"])])
def test_fees_for_other_ages_are_left_out_and_it_says_for_whom_it_counts(age: int, fees: list[str]) -> None:
    given = about(served(BY_AGE, OFFICE), "frage_kosten", beside=Beside(age=age))
    assert [fact.text for fact in given.fakten] == fees
    assert given.text.startswith(f"Für {age} Jahre gilt:")


def test_without_an_age_all_cases_are_given() -> None:
    given = about(served(BY_AGE, OFFICE), "frage_kosten")
    assert len(given.fakten) == 2
    assert not given.text.startswith("Für")


def test_documents_for_other_ages_are_left_out() -> None:
    assert [fact.text for fact in about(served(BY_AGE, OFFICE), "frage_unterlagen", beside=Beside(age=30)).fakten] == ["Plan"]
    assert len(about(served(BY_AGE, OFFICE), "frage_unterlagen", beside=Beside(age=15)).fakten) == 2


def test_where_nothing_depends_on_the_age_nothing_changes() -> None:
    assert about(full(), "frage_kosten", beside=Beside(age=12)) == about(full(), "frage_kosten")


def test_where_no_fee_would_remain_all_are_given() -> None:
    only = FULL | {"gebuehren": [{"betrag": 46, "alter_von": 24}]}
    given = about(served(only, OFFICE), "frage_kosten", beside=Beside(age=12))
    assert [fact.text for fact in given.fakten] == ["46 €"]
    assert not given.text.startswith("Für")
