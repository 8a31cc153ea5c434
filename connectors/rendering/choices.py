"""Buttons as a messenger shows them: titles short enough and still distinct, in groups that are small enough."""

from dataclasses import dataclass

from connectors.rendering.limits import Form, Limits
from connectors.rendering.text import shortened, units
from core.answer import Button


@dataclass(frozen=True)
class Option:
    """A choice: ``token`` comes back when it is pressed; ``description`` stands below the title where there is room."""

    token: str
    title: str
    description: str = ""


@dataclass(frozen=True)
class Group:
    """The choices of one message."""

    form: Form
    buttons: list[Button]


def groups(buttons: list[Button], limits: Limits, last: bool) -> list[Group]:
    """The buttons in their order; ``last``: nothing comes after them, so the final group may be one that disappears later."""
    forms = [form for form in limits.forms if last or not form.fleeting] or [limits.overflow]
    rest, found = list(buttons), []
    while len(rest) > forms[-1].most:
        found.append(Group(limits.overflow, rest[: limits.overflow.most]))
        rest = rest[limits.overflow.most :]
    fitting = [form for form in forms if form.most >= len(rest)]
    handiest = next((form for form in fitting if all(units(one.title) <= form.title for one in rest)), fitting[-1])
    return [*found, Group(handiest, rest)] if rest else found


def titles(found: list[Group], text: str) -> tuple[dict[Button, Option], list[str]]:
    """Each button's title and description, without tokens yet; and lines for the text above: titles that stand nowhere in full."""
    listed = [(group.form, button) for group in found for button in group.buttons]
    short = [shortened(button.title, form.title) for form, button in listed]
    if len(set(short)) < len(short):
        numbered = {
            button: Option("", shortened(f"{number} {button.title}", form.title)) for number, (form, button) in enumerate(listed, 1)
        }
        return numbered, [f"{number} {button.title}" for number, (_, button) in enumerate(listed, 1)]
    options, missing = {}, []
    for (form, button), title in zip(listed, short, strict=True):
        whole = title == button.title
        below = button.title if not whole and units(button.title) <= form.description else ""
        options[button] = Option("", title, below)
        if not (whole or below or button.title in text):
            missing.append(f"▸ {button.title}")
    return options, missing
