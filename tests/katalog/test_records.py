"""From files to records: what is read, and what is told about the rest."""

import json

import pytest

from core.catalogue import Leistung
from core.settings import PROJECT
from katalog.own import own_files
from katalog.records import Records, read

HUND = {"kennung": "hund", "titel": "Hund anmelden"}
AMT = {"id": "amt", "name": "Bürgeramt"}
ONE = json.dumps(HUND)
TWO = json.dumps({"kennung": "katze", "titel": "Katze anmelden"})

READ = {
    "one record": ("a.json", ONE, ["hund"]),
    "a list": ("a.json", f"[{ONE}, {TWO}]", ["hund", "katze"]),
    "lines": ("a.jsonl", f"{ONE}\n{TWO}\n", ["hund", "katze"]),
    "lines in a .json": ("a.json", f"{ONE}\n{TWO}", ["hund", "katze"]),
    "lines of Windows with gaps": ("a.jsonl", f"{ONE}\r\n\r\n  \r\n{TWO}\r\n", ["hund", "katze"]),
    "a byte order mark": ("a.jsonl", f"\ufeff{ONE}\n{TWO}", ["hund", "katze"]),
    "no ending": ("daten", ONE, ["hund"]),
    "line separators inside a text": (
        "a.jsonl",
        '{"kennung": "hund", "titel": "A\u2028B\u0085C"}\n' + TWO,
        ["hund", "katze"],
    ),
}


@pytest.mark.parametrize(("name", "content", "ids"), READ.values(), ids=READ)
def test_services_are_read_from(name: str, content: str, ids: list[str]) -> None:
    records, rejected = read({name: content.encode()})
    assert rejected == []
    assert list(records["leistung"]) == ids


QUESTIONS = {
    "plain": ("hund:\n  - Ich habe einen Hund\n  - 'Hund: was nun?'\n", {"hund": ["Ich habe einen Hund", "Hund: was nun?"]}),
    "a byte order mark": ("\ufeffhund: [Mein Hund]\n", {"hund": ["Mein Hund"]}),
    "two services": ("hund: [a]\nkatze: [b, c]\n", {"hund": ["a"], "katze": ["b", "c"]}),
}


@pytest.mark.parametrize(("content", "questions"), QUESTIONS.values(), ids=QUESTIONS)
@pytest.mark.parametrize("name", ["fragen.yml", "fragen.yaml"])
def test_example_questions_are_read_from_yaml(name: str, content: str, questions: dict[str, list[str]]) -> None:
    records, rejected = read({name: content.encode()})
    assert rejected == []
    assert {key: record["beispielfragen"] for key, record in records["beispielfragen"].items()} == questions


def test_services_offices_and_questions_are_told_apart_by_their_content() -> None:
    questions = {"kennung": "hund", "beispielfragen": ["Mein Hund"]}
    checklist = {"id": "neuer-hund", "titel": "Neuer Hund", "einleitung": "Das steht an.", "schritte": [{"leistung": "hund"}]}
    records, rejected = read({"alles.json": json.dumps([AMT, HUND, questions, checklist]).encode()})
    assert rejected == []
    told_apart = {"leistung": ["hund"], "stelle": ["amt"], "beispielfragen": ["hund"], "checkliste": ["neuer-hund"]}
    assert {kind: list(found) for kind, found in records.items()} == told_apart


def test_questions_may_be_grouped_by_intent_and_an_unknown_intent_is_named() -> None:
    records, rejected = read({"a.yml": b'hund:\n  frage_kosten: ["Was kostet Bello?"]\n  leistung_suchen: [Mein Hund]\n'})
    assert (records["beispielfragen"]["hund"]["beispielfragen"], rejected) == (["Was kostet Bello?", "Mein Hund"], [])
    _, rejected = read({"a.yml": b"hund:\n  frage_quatsch: [Was?]\n"})
    assert "frage_quatsch" in rejected[0][1]


def test_a_service_with_questions_of_its_own_is_a_service() -> None:
    records, _ = read({"a.json": json.dumps(HUND | {"beispielfragen": ["Mein Hund"]}).encode()})
    assert records["leistung"]["hund"]["beispielfragen"] == ["Mein Hund"]
    assert records["beispielfragen"] == {}


REJECTED = {
    "not UTF-8": ("a.json", "Bürger".encode("latin-1"), "a.json", "nicht UTF-8"),
    "UTF-16": ("a.json", ONE.encode("utf-16"), "a.json", "nicht UTF-8"),
    "a picture": ("a.json", b"\x89PNG\r\n\x1a\n", "a.json", "nicht UTF-8"),
    "empty": ("a.jsonl", b"", "a.jsonl", "ist leer"),
    "only white space": ("a.jsonl", b"\n  \n", "a.jsonl", "ist leer"),
    "an empty list": ("a.json", b"[]", "a.json", "ist leer"),
    "empty YAML": ("a.yml", b"# nichts\n", "a.yml", "ist leer"),
    "a broken line": ("a.jsonl", f"{ONE}\n{ONE[:-5]}\n{TWO}".encode(), "a.jsonl, Zeile 2", "Unterminated string"),
    "a broken list": ("a.json", f"[\n{ONE},\n{TWO},\n]".encode(), "a.json", "line 4"),
    "broken YAML": ("a.yml", b"hund: [a\nkatze: [b]", "a.yml", "line 2"),
    "a number": ("a.json", b"5", "a.json, Satz 1", "kein Datensatz"),
    "null": ("a.json", b"null", "a.json, Satz 1", "kein Datensatz"),
    "a list of texts": ("a.json", b'["hund"]', "a.json, Satz 1", "kein Datensatz"),
    "a list in YAML": ("a.yml", b"- hund\n", "a.yml, Satz 1", "kein Datensatz"),
    "something else": ("a.json", b'{"name": "Hund"}', "a.json, Satz 1", "weder eine Leistung"),
    "no title": ("a.json", b'{"kennung": "hund"}', "a.json, Satz 1", "titel"),
    "a wrong type": ("a.json", b'{"kennung": "hund", "titel": 5}', "a.json, Satz 1", "titel"),
    "a wrong type deep down": (
        "a.json",
        b'{"kennung": "h", "titel": "H", "gebuehren": [{"betrag": "x"}]}',
        "a.json, Satz 1",
        "gebuehren.0.betrag",
    ),
    "a source that is missing": ("a.json", b'{"kennung": "h", "titel": "H", "feld_quellen": {"kurz": [2]}}', "a.json, Satz 1", "Quelle 2"),
    "an id that is a number": ("a.yml", b"115: [a]", "a.yml, 115", "kennung"),
    "an id that YAML reads as false": ("a.yml", b"no: [a]", "a.yml, False", "kennung"),
    "questions that are null": ("a.yml", b"hund:\n", "a.yml, hund", "beispielfragen"),
    "a day that is none": ("a.yml", b"hund: [2024-13-45]", "a.yml", "month"),
    "half a character": ("a.json", b'{"kennung": "h", "titel": "H", "x": "\\ud800"}', "a.json, Satz 1", "surrogates"),
    "an amount without end": ("a.json", b'{"kennung": "h", "titel": "H", "gebuehren": [{"betrag": 1e999}]}', "a.json, Satz 1", "betrag"),
    "a number too long to read": ("a.json", b'{"kennung": "h", "n": ' + b"9" * 5000 + b"}", "a.json, Zeile 1", "4300"),
    "lists without end": ("a.json", b"[" * 5_000, "a.json", "recursion"),
    "YAML lists without end": ("a.yml", b"[" * 500_000, "a.yml", "verschachtelt"),
    "YAML lists in lists": ("a.yml", b"[" * 50_000 + b"]" * 50_000, "a.yml", "verschachtelt"),
    "an id twice": ("a.jsonl", f"{ONE}\n{TWO}\n{ONE}".encode(), "a.jsonl, Zeile 3", "steht schon weiter oben"),
    "a key twice in YAML": ("a.yml", b"hund: [a]\nkatze: [b]\nhund: [c]\n", "a.yml", "hund steht doppelt"),
}


@pytest.mark.parametrize(("name", "content", "where", "why"), REJECTED.values(), ids=REJECTED)
def test_what_does_not_fit_is_told_once_with_place_and_reason(name: str, content: bytes, where: str, why: str) -> None:
    _, rejected = read({name: content})
    assert len(rejected) == 1
    assert rejected[0][0] == where
    assert why in rejected[0][1]


def test_an_id_in_two_files_is_rejected_where_it_stands_again() -> None:
    _, rejected = read({"a.json": ONE.encode(), "b.json": ONE.encode()})
    assert [where for where, _ in rejected] == ["b.json, Satz 1"]


def test_questions_about_one_service_may_stand_in_several_files_each_counts_once() -> None:
    records, rejected = read({"a.yml": b"hund: [a, b]\n", "b.yml": b"hund: [b, c]\n"})
    assert rejected == []
    assert records["beispielfragen"]["hund"]["beispielfragen"] == ["a", "b", "c"]


def test_every_rejected_record_is_listed_beside_those_that_fit() -> None:
    records, rejected = read({"a.jsonl": f"{ONE}\nkaputt\n{TWO}\n{{}}\n".encode(), "leer.yml": b""})
    assert [where for where, _ in rejected] == ["a.jsonl, Zeile 2", "a.jsonl, Zeile 4", "leer.yml"]
    assert list(records["leistung"]) == ["hund", "katze"]


def test_unknown_fields_and_null_lists_survive_the_reading() -> None:
    record = HUND | {"xzufi": {"id": 7}, "synonyme": None, "quellen": None, "stelle": None}
    kept = read({"a.json": json.dumps(record).encode()})[0]["leistung"]["hund"]
    assert kept["xzufi"] == {"id": 7}
    assert (kept["synonyme"], kept["quellen"], kept["stelle"]) == ([], [], {"ref": None})
    office = read({"b.json": json.dumps(AMT | {"hinweise": None, "etage": 2}).encode()})[0]["stelle"]["amt"]
    assert (office["hinweise"], office["etage"]) == ([], 2)


@pytest.fixture(scope="module")
def own() -> Records:
    records, rejected = read(own_files())
    assert rejected == []
    return records


def test_the_shipped_catalogue_fits_and_nothing_in_it_is_lost(own: Records) -> None:
    records = own
    assert len(records["leistung"]) == 220
    assert set(records["beispielfragen"]) <= set(records["leistung"])
    raw = [json.loads(line) for line in (PROJECT / "data/catalogue/kaiserslautern.jsonl").read_text("utf-8").splitlines()]
    for service in raw:
        kept = records["leistung"][service["kennung"]]
        assert set(service) <= set(kept)
        assert all(
            kept[name] == service[name] for name in ("titel", "kurz", "ablauf", "rechtsgrundlagen", "feld_quellen") if service.get(name)
        )


def test_every_office_that_a_shipped_service_names_is_there(own: Records) -> None:
    named = {record["stelle"]["ref"] for record in own["leistung"].values()} - {None}
    assert named <= set(own["stelle"])


def test_the_shipped_services_come_with_their_example_questions(shipped: list[Leistung]) -> None:
    assert [one.kennung for one in shipped] == sorted(one.kennung for one in shipped)
    assert all(one.beispielfragen for one in shipped)
