"""The import on real databases: adds, updates, replaces; all of it or nothing."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from running_catalogue import lines

from core.errors import RecordsRejected, ReplaceRefused
from core.settings import Settings
from katalog.importer import ImportResult, import_files
from katalog.own import own_files
from katalog.store import CatalogueStore, engine_for


def service(number: int, **more: Any) -> dict[str, Any]:
    return {"kennung": f"dienst-{number:03}", "titel": f"Dienst {number}"} | more


def office(number: int) -> dict[str, Any]:
    return {"id": f"amt-{number:03}", "name": f"Amt {number}"}


def give(store: CatalogueStore, *records: dict[str, Any], source: str = "stadt", **more: bool) -> ImportResult:
    return import_files(store, {"daten.jsonl": lines(*records)}, source, **more)


def titles(store: CatalogueStore) -> dict[str, str]:
    return {row["id"]: row["record"]["titel"] for row in store.all()[1]["leistung"]}


def counts(store: CatalogueStore) -> dict[str, int]:
    return {kind: len(rows) for kind, rows in store.all()[1].items()}


def test_new_records_are_added_and_known_ones_updated_by_id(store: CatalogueStore) -> None:
    assert give(store, service(1), service(2), office(1)) == ImportResult(added=3, revision=1)
    assert give(store, service(2, titel="Neuer Titel"), service(3)) == ImportResult(added=1, updated=1, revision=2)
    assert titles(store) == {"dienst-001": "Dienst 1", "dienst-002": "Neuer Titel", "dienst-003": "Dienst 3"}


def test_an_update_takes_the_whole_record_and_leaves_no_old_field(store: CatalogueStore) -> None:
    give(store, service(1, kurz="Alt", altes_feld=1))
    give(store, service(1))
    record = store.all()[1]["leistung"][0]["record"]
    assert record["kurz"] is None
    assert "altes_feld" not in record


def test_the_same_import_again_changes_nothing_but_the_revision(store: CatalogueStore) -> None:
    files = {name: content for name, content in own_files().items() if not name.endswith(".yml")}
    first = import_files(store, files, "stadt")
    before = store.all()[1]
    again = import_files(store, files, "stadt")
    assert (again.added, again.updated, again.dropped) == (0, first.added, 0)
    assert store.all()[1] == before
    assert store.revision() == 2


def test_records_are_kept_as_they_were_given(store: CatalogueStore) -> None:
    odd = service(1, titel="Größe „42“ 🙂 'ab' \\ %s", kurz="Zeile\nZwei\u2028Drei\x00", xzufi={"a": [1, 2.5, None, True]})
    give(store, odd)
    record = store.all()[1]["leistung"][0]["record"]
    assert {key: record[key] for key in odd} == odd


@pytest.mark.parametrize(
    "broken", [{"kennung": "ohne-titel"}, service(1), {"was": "ist das"}], ids=["no title", "an id twice", "no record"]
)
def test_one_record_that_does_not_fit_keeps_all_out(store: CatalogueStore, broken: dict[str, Any]) -> None:
    give(store, service(1, titel="Alt"))
    before = store.all()
    with pytest.raises(RecordsRejected) as rejected:
        give(store, service(1, titel="Neu"), service(2), broken)
    assert len(rejected.value.rejected) == 1
    assert rejected.value.rejected[0][0] == "daten.jsonl, Zeile 3"
    assert store.all() == before


def test_a_failure_in_the_middle_of_writing_leaves_nothing(store: CatalogueStore) -> None:
    give(store, service(1))
    before = store.all()
    with pytest.raises(RuntimeError), store.change() as change:
        change.put("leistung", {"a": {"titel": "A"}}, "stadt")
        change.drop("leistung", {"dienst-001"}, "stadt")
        assert change.ids("leistung", "stadt") == {"a"}
        raise RuntimeError("Strom weg")
    assert store.all() == before


def test_replace_drops_what_the_source_no_longer_has(store: CatalogueStore) -> None:
    give(store, *(service(number) for number in range(10)))
    result = give(store, *(service(number) for number in range(2, 11)), replace=True)
    assert (result.added, result.updated, result.dropped) == (1, 8, 2)
    assert list(titles(store)) == [f"dienst-{number:03}" for number in range(2, 11)]


def test_without_replace_nothing_is_dropped(store: CatalogueStore) -> None:
    give(store, *(service(number) for number in range(10)))
    assert give(store, service(1)).dropped == 0
    assert len(titles(store)) == 10


def test_replace_stays_within_its_source(store: CatalogueStore) -> None:
    give(store, *(service(number) for number in range(10)), source="stadt")
    give(store, *(service(number) for number in range(20, 25)), source="land")
    assert give(store, *(service(number) for number in range(9)), source="stadt", replace=True).dropped == 1
    assert {f"dienst-{number:03}" for number in range(20, 25)} <= set(titles(store))


def test_replace_stays_within_the_kinds_that_were_given(store: CatalogueStore) -> None:
    give(store, *(service(number) for number in range(10)), *(office(number) for number in range(10)))
    give(store, *(service(number) for number in range(10)), replace=True)
    assert counts(store) == {"leistung": 10, "stelle": 10, "beispielfragen": 0, "checkliste": 0}


def test_a_source_replaced_by_no_file_at_all_is_gone_with_every_kind_and_no_other_is(store: CatalogueStore) -> None:
    give(store, *(service(number) for number in range(10)), office(1), source="gelernt")
    give(store, service(20))
    with pytest.raises(ReplaceRefused):
        import_files(store, {}, "gelernt", replace=True)
    assert import_files(store, {}, "gelernt", replace=True, force=True).dropped == 11
    assert list(titles(store)) == ["dienst-020"]


def test_replace_is_refused_above_a_fifth_and_nothing_is_written(store: CatalogueStore) -> None:
    give(store, *(service(number) for number in range(10)))
    before = store.all()
    with pytest.raises(ReplaceRefused, match="3 von 10"):
        give(store, *(service(number, titel="Neu") for number in range(3, 20)), replace=True)
    assert store.all() == before


def test_replace_refused_for_one_kind_undoes_the_others(store: CatalogueStore) -> None:
    give(store, *(service(number) for number in range(10)), *(office(number) for number in range(10)))
    before = store.all()
    with pytest.raises(ReplaceRefused, match="stelle"):
        give(store, *(service(number) for number in range(1, 12)), office(1), replace=True)
    assert store.all() == before


def test_force_drops_more_than_a_fifth(store: CatalogueStore) -> None:
    give(store, *(service(number) for number in range(10)))
    assert give(store, service(1), replace=True, force=True).dropped == 9
    assert list(titles(store)) == ["dienst-001"]


def test_the_first_replace_of_a_source_drops_nothing(store: CatalogueStore) -> None:
    give(store, *(service(number) for number in range(10)), source="stadt")
    assert give(store, service(50), source="land", replace=True) == ImportResult(added=1, revision=2)


def test_a_service_keeps_its_id_when_everything_else_changes(store: CatalogueStore) -> None:
    give(store, service(1, schluessel="99008001012000"), source="stadt")
    give(store, service(1, schluessel="99008001012999", titel="Anders"), source="land")
    assert list(titles(store)) == ["dienst-001"]
    # It belongs to the source it came from last: the first one no longer drops it.
    give(store, service(2), service(3), source="stadt")
    assert give(store, service(2), service(3), source="stadt", replace=True).dropped == 0


def test_example_questions_of_two_sources_stand_side_by_side(store: CatalogueStore) -> None:
    give(store, service(1))
    import_files(store, {"a.yml": b"dienst-001: [Frage von A]\n"}, "redaktion-a")
    import_files(store, {"b.yml": b"dienst-001: [Frage von B]\n"}, "redaktion-b")
    import_files(store, {"a.yml": b"dienst-001: [Neue Frage von A]\n"}, "redaktion-a")
    rows = store.all()[1]["beispielfragen"]
    assert [(row["herkunft"], row["record"]["beispielfragen"]) for row in rows] == [
        ("redaktion-a", ["Neue Frage von A"]),
        ("redaktion-b", ["Frage von B"]),
    ]
    import_files(store, {"a.yml": b"dienst-002: [x]\n"}, "redaktion-a", replace=True, force=True)
    assert [(row["id"], row["herkunft"]) for row in store.all()[1]["beispielfragen"]] == [
        ("dienst-001", "redaktion-b"),
        ("dienst-002", "redaktion-a"),
    ]


def test_rows_come_in_the_order_that_pages_are_cut_in(store: CatalogueStore) -> None:
    mixed = ["b", "A", "a-b", "a.b", "a_b", "ab", "B", "10", "9", "Z", "z", "a-B"]
    give(store, *({"kennung": key, "titel": key} for key in mixed))
    assert list(titles(store)) == sorted(mixed)


def test_imports_at_the_same_time_are_all_kept_whole(store: CatalogueStore) -> None:
    with ThreadPoolExecutor(6) as pool:
        jobs = [
            pool.submit(give, store, *(service(100 * job + number) for number in range(20)), source=f"quelle-{job}") for job in range(6)
        ]
        added = [job.result().added for job in jobs]
    assert added == [20] * 6
    assert len(titles(store)) == 120
    assert store.revision() == 6


def test_a_second_process_finds_what_the_first_has_written(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "neu" / "tief")
    give(CatalogueStore(engine_for(settings)), service(1))
    assert titles(CatalogueStore(engine_for(settings))) == {"dienst-001": "Dienst 1"}
    assert CatalogueStore(engine_for(settings)).revision() == 1
