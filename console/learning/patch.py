"""What was decided, as a change of the project's own files: a diff to read, and a patch that ``git apply`` takes."""

import json
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path

import yaml

from console.learning.cases import Case
from console.learning.version import HEAD, block, questions, sentences

SET, SETS, QUESTIONS = "tests/nlu/satz_gelernt.jsonl", "tests/nlu/sets.yml", "data/catalogue/beispielfragen/gelernt.yml"
_SET = 'gelernt:\n  rolle: entwickeln\n  stand: konsole\n  herkunft: "Fragen aus der Konsole, an denen der Lotse gescheitert ist."\n'


def changes(project: Path, cases: Sequence[Case]) -> dict[str, tuple[str | None, str]]:
    """{path: (content now or None, content then)} for each file that changes. What stands there already is not added again."""
    found: dict[str, tuple[str | None, str]] = {}
    for intent, texts in sentences(cases).items():
        path = f"data/nlu/{intent}.yml"
        now = _read(project / path)
        new = [text for text in texts if f"- {text}\n" not in (now or "")]
        if new and now is None:
            found[path] = (None, HEAD + block(intent, new))
        elif new and now is not None:
            found[path] = (now, _ended(now) + "".join(f"    - {text}\n" for text in new))
    asked = questions(cases)
    if asked:
        now = _read(project / QUESTIONS)
        found[QUESTIONS] = (now, _merged(now, asked))
    now = _read(project / SET)
    known = {json.loads(line)["text"] for line in (now or "").splitlines() if line.strip()}
    rows = [case.row() for case in cases if case.text not in known]
    if rows:
        found[SET] = (now, _ended(now or "") + "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    sets = _read(project / SETS)
    if rows and sets is not None and "\ngelernt:" not in sets:
        found[SETS] = (sets, _ended(sets) + _SET)
    return {path: both for path, both in found.items() if both[0] != both[1]}


def patch(project: Path, cases: Sequence[Case]) -> str:
    """A unified diff with the paths of the project's root; empty where nothing changes."""
    parts = []
    for path, (before, after) in sorted(changes(project, cases).items()):
        head = f"diff --git a/{path} b/{path}\n" + ("new file mode 100644\n" if before is None else "")
        old = "/dev/null" if before is None else f"a/{path}"
        lines = unified_diff(_lines(before or ""), _lines(after), old, f"b/{path}")
        parts.append(head + "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines))
    return "".join(parts)


def _merged(now: str | None, asked: dict[str, dict[str, list[str]]]) -> str:
    known = (yaml.safe_load(now) if now else None) or {}
    for service, by_intent in asked.items():
        for intent, texts in by_intent.items():
            there = known.setdefault(service, {}).setdefault(intent, [])
            there += [text for text in texts if text not in there]
    return str(yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=10_000))


def _read(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _lines(text: str) -> list[str]:
    # Not splitlines(True): U+2028 and others end no line for git.
    return [f"{line}\n" for line in text.split("\n")[:-1]] + ([text.rsplit("\n", 1)[-1]] if not text.endswith("\n") and text else [])
