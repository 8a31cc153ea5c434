"""How a field is asked, also the second time. No input or output."""

from datetime import timedelta
from typing import Any

from actions.antrag.button import button, labelled, person
from actions.antrag.entering import entering
from actions.antrag.form import Field, Form, Values
from actions.antrag.shown import day, number, shown
from actions.antrag.texts import tell
from core.answer import MOST_BUTTONS, Antwort, Button, Fakt, Link
from core.clock import today

# More choices than this stand in a list, each with its button.
MOST_AS_BUTTONS = 3
# Failed answers after which the question is explained once more and a person is offered.
MOST_TRIES = 2


def ask(form: Form, field: Field, values: Values, before: str = "", link: str | None = None) -> Antwort:
    """The question, with its place in the form. ``before``: what is said first; ``link``: where a file is uploaded."""
    place, count = form.place(field.name, values)
    question = tell("frage.fortschritt", n=place, alle=count, frage=field.schema.get("description", field.title))
    notes = [_example(field)] if "examples" in field.schema else []
    notes += [tell("frage.datei")] if link else []
    notes += [tell("frage.bisher", wert=shown(field, values[field.name]))] if field.name in values else []
    notes += [] if field.required else [tell("frage.freiwillig")]
    listed, buttons = _choices(field)
    return Antwort(
        text=" ".join(part for part in (before, question) if part),
        fakten=listed,
        nachtrag="\n\n".join(notes) or None,
        buttons=[*buttons, *_beside(field, field.name in values)][:MOST_BUTTONS],
        links=[Link(title=tell("knopf.hochladen"), url=link)] if link else [],
        vertraulich=True,
        eingabe=entering(form, field, values),
    )


def ask_again(form: Form, field: Field, values: Values, reason: str, tries: int, link: str | None = None) -> Antwort:
    """The question after an answer that did not fit: what was wrong, how it goes, and after two tries the ways out."""
    wrong = why(field, reason)
    if "x-hilfe" in field.schema:
        wrong = f"{wrong} {field.schema['x-hilfe']}"
    if tries <= MOST_TRIES:
        return ask(form, field, values, wrong, link)
    again = ask(form, field, values, f"{wrong} {tell('noch_einmal')}", link)
    ways_out = [person(), labelled("pause", "pause")]
    buttons = [*again.buttons[: MOST_BUTTONS - len(ways_out)], *ways_out]
    return again.model_copy(
        update={"nachtrag": "\n\n".join(part for part in (again.nachtrag, tell("nicht_weiter")) if part), "buttons": buttons}
    )


def why(field: Field, reason: str) -> str:
    """What was wrong with an answer, by the keyword or the kind that it broke."""
    limit: Any = field.schema.get(reason)
    if reason in ("x-frueheste", "x-spaeteste") and limit is not None:
        limit = day(today() + timedelta(days=limit))
    elif isinstance(limit, int | float):
        limit = number(limit)
    try:
        return tell(f"versuch.{reason}", grenze=limit)
    except KeyError:
        return tell("versuch.sonst")


def _example(field: Field) -> str:
    one = field.schema["examples"][0]
    return tell("frage.beispiel", beispiel=number(one) if isinstance(one, int | float) and not isinstance(one, bool) else one)


def _choices(field: Field) -> tuple[list[Fakt], list[Button]]:
    if field.kind == "yes_no":
        return [], [labelled("ja", "choice", field.name, 1), labelled("nein", "choice", field.name, 0)]
    buttons = [button(label, "choice", field.name, place) for place, (_, label) in enumerate(field.choices)]
    if len(buttons) <= MOST_AS_BUTTONS:
        return [], buttons
    return [Fakt(text=label, button=one) for one, (_, label) in zip(buttons, field.choices, strict=True)], []


def _beside(field: Field, answered: bool) -> list[Button]:
    if answered:
        return [labelled("so_lassen", "keep", field.name)]
    done = [labelled("fertig", "done", field.name)] if field.kind == "file" else []
    return [*done, *([] if field.required else [labelled("ueberspringen", "skip", field.name)])]
