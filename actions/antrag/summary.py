"""What was answered so far, and the last question before anything is sent. No input or output."""

from actions.antrag.button import button, labelled
from actions.antrag.form import Field, Form, Values
from actions.antrag.shown import shown
from actions.antrag.texts import tell
from core.answer import Antwort, Fakt


def _answered(form: Form, values: Values) -> list[Field]:
    return [field for field in form.fields(values) if field.name in values]


def _facts(form: Form, values: Values) -> list[Fakt]:
    shown_values = {field.title: shown(field, values[field.name]) for field in _answered(form, values)}
    return [Fakt(text=tell("uebersicht.angabe", name=title, wert=value)) for title, value in shown_values.items()]


def so_far(form: Form, values: Values, title: str) -> Antwort:
    """All values so far."""
    facts = _facts(form, values)
    return Antwort(text=tell("uebersicht.zwischen" if facts else "uebersicht.leer", titel=title), fakten=facts, vertraulich=True)


def before_sending(form: Form, values: Values, title: str, before: str = "") -> Antwort:
    """All values, and whether to send them."""
    return Antwort(
        text=" ".join(part for part in (before, tell("uebersicht.fertig", titel=title)) if part),
        fakten=_facts(form, values),
        buttons=[labelled("absenden", "submit"), labelled("aendern", "change"), labelled("pause", "pause"), labelled("abbrechen", "abort")],
        vertraulich=True,
    )


def which(fields: list[Field], values: Values) -> Antwort:
    """The fields to choose from: which is to be changed?"""
    facts = [
        Fakt(
            text=tell("uebersicht.angabe", name=field.title, wert=shown(field, values[field.name])),
            button=button(field.title, "change", field.name),
        )
        for field in fields
        if field.name in values
    ]
    return Antwort(text=tell("uebersicht.welche"), fakten=facts, buttons=[labelled("so_lassen", "keep")], vertraulich=True)


def changeable(form: Form, values: Values) -> list[Field]:
    """The fields that have a value."""
    return _answered(form, values)
