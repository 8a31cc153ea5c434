"""Answers as the messages of a messenger: nothing lost, no limit exceeded, choices in their order."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from connectors.rendering.choices import Group, Option, groups, titles
from connectors.rendering.limits import FormName, Limits
from connectors.rendering.text import split, units
from core.answer import Antwort, Button, blocks

# In place of words where there are none in the citizen's language.
NO_WORDS = "↓"


@dataclass(frozen=True)
class Outgoing:
    """One message: text that fits, and its choices in one form; no form where there are none."""

    text: str
    options: tuple[Option, ...] = ()
    form: FormName | None = None


def render(answers: list[Antwort], limits: Limits, token: Callable[[str], str], choose: dict[str, str]) -> list[Outgoing]:
    """The messages for ``answers``, in order.

    ``token``: what stands for a button's payload, at most 64 bytes. ``choose``: by language, the words above choices that the text does
    not fit on top of.
    """
    last = max((number for number, answer in enumerate(answers) if _text(answer) or answer.offered()), default=-1)
    return [
        message
        for number, answer in enumerate(answers)
        for message in _rendered(answer, limits, token, choose.get(answer.sprache, NO_WORDS), last=number == last)
    ]


def _rendered(answer: Antwort, limits: Limits, token: Callable[[str], str], choose: str, last: bool) -> list[Outgoing]:
    text = _text(answer)
    found = groups(list(dict.fromkeys(answer.offered())), limits, last)
    labels, missing = titles(found, text)
    pieces = split("\n\n".join([text, *(["\n".join(missing)] if missing else [])]), limits.text)
    messages = [Outgoing(piece) for piece in pieces]
    if not found:
        return messages
    offers = [_offer(group, labels, token, choose) for group in found]
    if pieces and units(pieces[-1]) <= found[0].form.text:
        # The choices stand below the end of the text.
        return [*messages[:-1], replace(offers[0], text=pieces[-1]), *offers[1:]]
    return [*messages, *offers]


def _offer(group: Group, labels: dict[Button, Option], token: Callable[[str], str], choose: str) -> Outgoing:
    options: dict[str, Option] = {}
    for number, button in enumerate(group.buttons):
        name = token(button.payload)
        # Two titles for one payload: a platform wants names that differ. What is behind the dot means nothing.
        name = f"{name}.{number}" if name in options else name
        options[name] = replace(labels[button], token=name)
    return Outgoing(choose, tuple(options.values()), group.form.name)


def _text(answer: Antwort) -> str:
    """Everything that is read: text and facts, what to do, links, sources."""
    main, addition, sources = blocks(answer)
    links = "\n".join(f"{link.title}: {link.url.removeprefix('tel:')}" for link in answer.links)
    return "\n\n".join(block for block in (main, addition, links, sources) if block.strip())
