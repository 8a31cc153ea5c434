"""Which input a browser shows for a question of a form. No input or output."""

from datetime import timedelta
from typing import Any

from actions.antrag.form import Field, Form, Kind, Values
from core.answer import Eingabe
from core.clock import today

_BY_KIND: dict[Kind, Any] = {
    "choice": "auswahl", "yes_no": "auswahl", "number": "zahl", "date": "datum", "email": "email", "file": "datei", "text": "text",
}  # fmt: skip
# WCAG 1.3.5: what a browser may fill in for the citizen, by the names that forms share. Tokens: HTML, autocomplete.
_PURPOSES = {
    "vorname": "given-name", "nachname": "family-name", "geburtsdatum": "bday", "strasse": "street-address", "plz": "postal-code",
    "email": "email", "telefon": "tel",
}  # fmt: skip


def entering(form: Form, field: Field, values: Values) -> Eingabe:
    """The hint for this question."""
    place, count = form.place(field.name, values)
    first, last = (_day(field.schema.get(key)) for key in ("x-frueheste", "x-spaeteste"))
    return Eingabe(
        art=_BY_KIND[field.kind], titel=field.title, nummer=place, anzahl=count, zweck=_PURPOSES.get(field.name), von=first, bis=last
    )


def _day(offset: int | None) -> str | None:
    return None if offset is None else (today() + timedelta(days=offset)).isoformat()
