"""Masking measured on messages by two authors who did not see its rules: ``masken.jsonl``, {"text", "spans": [{"value", "kind"}]}.

Case numbers, PINs and codes of other forms than ours were taken out (10 lines).
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from language.masking import spans

# Least share found of structured data, and of names and of addresses; largest share of clean messages in which something is masked.
STRUCTURED, WRITTEN, FALSE_ALARMS = 0.97, 0.85, 0.02


@pytest.fixture(scope="module")
def messages() -> list[dict[str, Any]]:
    lines = Path(__file__).with_name("masken.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def covered(text: str) -> set[int]:
    return {place for span in spans(text) for place in range(span.start, span.end)}


def test_personal_data_is_found(messages: list[dict[str, Any]]) -> None:
    """A value counts as found when all its letters and digits are covered, whatever the kind they are taken for."""
    there, found = Counter[str](), Counter[str]()
    for message in messages:
        text, masked = message["text"], covered(message["text"])
        for span in message["spans"]:
            start = text.index(span["value"])
            there[span["kind"]] += 1
            found[span["kind"]] += all(place in masked or not text[place].isalnum() for place in range(start, start + len(span["value"])))
    for kind in sorted(there):
        print(f"{kind}: {found[kind]} of {there[kind]}")
    written = {"name", "address"}
    structured = set(there) - written
    assert sum(found[kind] for kind in structured) >= STRUCTURED * sum(there[kind] for kind in structured)
    assert all(found[kind] >= WRITTEN * there[kind] for kind in written)


def test_clean_messages_stay_as_they_are(messages: list[dict[str, Any]]) -> None:
    clean = [message["text"] for message in messages if not message["spans"]]
    masked = [text for text in clean if spans(text)]
    print(f"false alarms: {len(masked)} of {len(clean)}")
    assert len(masked) <= FALSE_ALARMS * len(clean), masked
