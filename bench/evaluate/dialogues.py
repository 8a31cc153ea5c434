"""Whole conversations, written without sight of the rules (tests/conversations): which turns are answered right.

``./lotse evaluate --dialogues`` runs them through the system and prints what failed.
"""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import yaml

from cli.session import system
from cli.system import Tell
from cli.talk import Conversation
from core.answer import Antwort, plain_text
from core.errors import BadInput
from core.settings import PROJECT, Settings
from language.detection import detect

FOLDER = PROJECT / "tests" / "conversations"
# Side by side: while one waits for the catalogue, the other is understood.
AT_ONCE = 3


class Talk(Protocol):
    """A conversation with the bot."""

    def say(self, text: str) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Step:
    """One turn: what is said or pressed, and what the answer must and must not hold."""

    sagt: str | None = None
    drueckt: str | None = None
    leistung: list[str] | None = None
    beide: list[str] = field(default_factory=list)
    enthaelt: list[str] = field(default_factory=list)
    fehlt: list[str] = field(default_factory=list)
    sprache: str | None = None


@dataclass(frozen=True)
class Dialogue:
    """A conversation of several turns."""

    name: str
    kategorie: str
    schritte: list[Step]


@dataclass(frozen=True)
class Judged:
    """A turn with what was wrong about it; nothing, where it was right."""

    said: str
    answer: str
    wrong: list[str]


def load(paths: list[Path] | None = None) -> list[Dialogue]:
    """The dialogues of the files (default: all). Raises BadInput for an unknown field."""
    dialogues = []
    for path in paths or sorted(FOLDER.glob("*.yml")):
        for one in yaml.safe_load(path.read_text("utf-8")):
            try:
                dialogues.append(Dialogue(one["name"], one["kategorie"], [Step(**step) for step in one["schritte"]]))
            except (TypeError, KeyError) as error:
                raise BadInput(f"{path.name}, {one.get('name')}: {error}") from error
    return dialogues


def run(dialogue: Dialogue, talk: Talk) -> list[Judged]:
    """Says the whole dialogue."""
    judged: list[Judged] = []
    buttons: list[str] = []
    for step in dialogue.schritte:
        said = step.sagt or next((title for title in buttons if (step.drueckt or "").lower() in title.lower()), None)
        if said is None:
            judged.append(Judged(f"[{step.drueckt}]", "", ["diesen Knopf gibt es nicht"]))
            continue
        replies: list[Antwort] = talk.say(said)["replies"]
        buttons = [button.title for reply in replies for button in reply.offered()]
        printed = "\n".join([*(plain_text(reply) for reply in replies), *(link.url for reply in replies for link in reply.links)])
        judged.append(Judged(said, printed, _wrong(step, replies, " ".join([printed, *buttons]))))
    return judged


def _wrong(step: Step, replies: list[Antwort], printed: str) -> list[str]:
    about = [reply.leistung.id for reply in replies if reply.leistung]
    shown = printed.lower().replace("\u00a0", " ")
    wrong = []
    if step.leistung == [] and about:
        wrong.append(f"keine Leistung erwartet, genannt: {about}")
    if step.leistung and not set(step.leistung) & set(about):
        wrong.append(f"Leistung {step.leistung} erwartet, genannt: {about}")
    wrong += [f"Leistung {one} fehlt" for one in step.beide if one not in about]
    wrong += [f"„{one}“ fehlt" for one in step.enthaelt if not any(part.lower() in shown for part in one.split("|"))]
    wrong += [f"„{one}“ steht da" for one in step.fehlt if one.lower() in shown]
    if step.sprache and replies and (told := _language(replies[-1])) != step.sprache:
        wrong.append(f"Sprache {step.sprache} erwartet: {told}")
    if not replies or not any(reply.text.strip() for reply in replies):
        wrong.append("keine Antwort")
    return wrong


def _language(reply: Antwort) -> str:
    """The language of the answer's frame: names of services and what is quoted from the catalogue are in German."""
    frame = re.sub(r"„.*?“|: .*", " ", f"{reply.text} {reply.nachtrag or ''}", flags=re.DOTALL) if reply.leistung else reply.text
    return reply.sprache if detect(frame) in (reply.sprache, "de") else detect(frame)


def shares(results: list[tuple[Dialogue, list[Judged]]]) -> dict[str, tuple[float, float, int]]:
    """{category or „alle“: (share of dialogues right in each turn, share of turns right, dialogues)}."""
    found = {}
    for kind in ["alle", *sorted({dialogue.kategorie for dialogue, _ in results})]:
        chosen = [judged for dialogue, judged in results if kind in ("alle", dialogue.kategorie)]
        turns = [not turn.wrong for judged in chosen for turn in judged]
        found[kind] = (sum(all(not t.wrong for t in judged) for judged in chosen) / len(chosen), sum(turns) / len(turns), len(chosen))
    return found


def measure(begin: Callable[[], Talk], dialogues: list[Dialogue]) -> list[tuple[Dialogue, list[Judged]]]:
    """Each dialogue in a conversation of its own, a few side by side."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(zip(dialogues, pool.map(lambda dialogue: run(dialogue, begin()), dialogues), strict=True))


def report(results: list[tuple[Dialogue, list[Judged]]]) -> str:
    """What failed, and the shares."""
    lines = []
    for dialogue, judged in results:
        for number, turn in enumerate(judged, 1):
            if turn.wrong:
                lines.append(
                    f"{dialogue.kategorie}/{dialogue.name} {number}: „{turn.said}“\n    {'; '.join(turn.wrong)}\n    {turn.answer[:160]!r}"
                )
    lines += [f"{kind:<16}{whole:8.3f}{turns:8.3f}{count:6}" for kind, (whole, turns, count) in shares(results).items()]
    return "\n".join(lines)


def show(settings: Settings, tell: Tell) -> None:
    """Prints the report over the running system, or over one that is started for it."""
    with system(settings, tell) as running:
        results = measure(lambda: Conversation.begin(running, settings), load())
    print(report(results))
