"""A new service reaches citizens without restart and without training."""

import json
import time
from pathlib import Path

import pytest

from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.bot]

NEW = {
    "kennung": "drachenflug", "titel": "Erlaubnis für Drachenflug im Stadtpark", "synonyme": ["Lenkdrachen", "Drachen steigen lassen"],
    "kurz": "Große Lenkdrachen dürfen im Stadtpark nur mit Erlaubnis fliegen.", "referat": "Referat Grünflächen",
    "gebuehren": [{"betrag": 17.5, "waehrung": "EUR", "bedingung": "je Saison", "quelle": 0, "stand": "2026-11"}],
    "quellen": [{"url": "https://example.org/drachen", "gesehen": "2026-11", "titel": "Satzung Stadtpark", "art": "stadt"}],
}  # fmt: skip


def test_an_imported_service_is_found_within_five_seconds(stack: Stack, tmp_path: Path) -> None:
    file = tmp_path / "neu.json"
    file.write_text(json.dumps(NEW, ensure_ascii=False), "utf-8")
    done = stack.lotse("import", str(file))
    assert done.returncode == 0, done.stderr.decode()
    deadline = time.monotonic() + 5
    while True:
        reply = stack.conversation().say("Was kostet es, im Stadtpark einen Lenkdrachen steigen zu lassen?")["replies"][0]
        if reply.leistung and reply.leistung.id == "drachenflug":
            break
        assert time.monotonic() < deadline
    assert "17,50 €" in reply.fakten[0].text
    assert reply.quelle.titel == "Satzung Stadtpark"
    assert reply.quelle.stand == "2026-11"


def test_a_broken_file_changes_nothing_and_says_why(stack: Stack, tmp_path: Path) -> None:
    file = tmp_path / "kaputt.jsonl"
    file.write_text(json.dumps(NEW | {"kennung": "drachenflug-zwei"}) + '\n{"kennung": "ohne-titel"}\n', "utf-8")
    done = stack.lotse("import", "--report", str(file))
    assert done.returncode == 1
    assert "kaputt.jsonl, Zeile 2" in done.stdout.decode()
    found = stack.lotse("parse", "--json", stdin=b"Drachenflug im Stadtpark\n")
    assert "drachenflug-zwei" not in found.stdout.decode()
