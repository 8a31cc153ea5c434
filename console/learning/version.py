"""A version made of cases: a folder of training sentences, example questions and test cases in the formats of the project."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from console.learning.cases import Case

HEAD = 'version: "3.1"\nnlu:\n'


def sentences(cases: Sequence[Case]) -> dict[str, list[str]]:
    """{intent: training sentences} of the cases in which no service is meant."""
    found: dict[str, dict[str, None]] = {}
    for case in cases:
        if not case.leistung and case.ueben:
            found.setdefault(case.absicht, {}).update(dict.fromkeys(case.ueben))
    return {intent: list(texts) for intent, texts in sorted(found.items())}


def questions(cases: Sequence[Case]) -> dict[str, dict[str, list[str]]]:
    """{service: {intent: example questions}} of the others."""
    found: dict[str, dict[str, list[str]]] = {}
    for case in cases:
        if case.leistung and case.ueben:
            known = found.setdefault(case.leistung, {}).setdefault(case.absicht, [])
            known += [text for text in dict.fromkeys(case.ueben) if text not in known]
    return dict(sorted(found.items()))


def block(intent: str, texts: Sequence[str]) -> str:
    """One intent's block of Rasa's training data."""
    return f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts)


def write(folder: Path, cases: Sequence[Case]) -> None:
    """Makes the version's folder. A version is never changed afterwards."""
    for name in ("nlu", "beispielfragen", "faelle"):
        (folder / name).mkdir(parents=True)
    for intent, texts in sentences(cases).items():
        (folder / "nlu" / f"{intent}.yml").write_text(HEAD + block(intent, texts), "utf-8")
    asked = [{"kennung": service, "beispielfragen": by_intent} for service, by_intent in questions(cases).items()]
    if asked:
        (folder / "beispielfragen" / "gelernt.jsonl").write_text(_lines(asked), "utf-8")
    (folder / "faelle" / "gelernt.jsonl").write_text(_lines([case.row() for case in cases]), "utf-8")


def _lines(rows: Sequence[Any]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
