"""``./lotse import``: files in, and what is told when they cannot be taken."""

import json
from pathlib import Path

import pytest

from cli.catalogue import import_paths, read_files
from core.errors import BadInput, LotseError, RecordsRejected
from core.settings import Settings


def written(path: Path, *records: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(map(json.dumps, records)), "utf-8")
    return path


HUND = {"kennung": "hund", "titel": "Hund anmelden"}
KATZE = {"kennung": "katze", "titel": "Katze anmelden"}


def test_files_are_read_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"\xff\x00")
    assert read_files([tmp_path / "a.json"]) == {"a.json": b"\xff\x00"}


def test_two_files_of_the_same_name_are_refused_and_none_is_lost_in_silence(tmp_path: Path) -> None:
    paths = [written(tmp_path / "a" / "x.json", HUND), written(tmp_path / "b" / "x.json", KATZE)]
    with pytest.raises(BadInput, match="heißen gleich"):
        read_files(paths)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "fehlt.json", tmp_path):
        with pytest.raises(BadInput, match=path.name):
            read_files([path])


def test_without_a_running_system_the_state_folder_is_filled(tmp_path: Path) -> None:
    settings, path = Settings(home=tmp_path / "home"), written(tmp_path / "x.jsonl", HUND, KATZE)
    settings.home.mkdir()
    first = import_paths(settings, None, [path], "x", replace=False, force=False)
    again = import_paths(settings, None, [path], "x", replace=False, force=False)
    assert (first.added, first.updated, again.added) == (2, 0, 0)
    with pytest.raises(RecordsRejected):
        import_paths(settings, None, [written(tmp_path / "y.jsonl", {"kennung": "kein Titel"})], "x", replace=False, force=False)


def test_a_catalogue_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(LotseError, match="Katalog antwortet nicht"):
        import_paths(Settings(home=tmp_path), "http://127.0.0.1:9", [written(tmp_path / "x.jsonl", HUND)], "x", replace=False, force=False)
