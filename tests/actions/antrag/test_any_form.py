"""Any form out of the allowed constructs, and any answers: something is always asked, or all is said, and nothing breaks."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.antrag.commands import command, named
from actions.antrag.digression import gives_up, leads_away
from actions.antrag.form import Form
from actions.antrag.numbers import code_in, number_in, pin_in
from actions.antrag.question import MOST_TRIES, ask, ask_again
from actions.antrag.reading import Refused, read
from actions.antrag.summary import before_sending, changeable, so_far, which
from actions.turn import Turn
from core.answer import Antwort

LABEL = st.text(min_size=1, max_size=150)
ANSWERS = st.one_of(
    st.text(max_size=80),
    st.sampled_from([
        "ja", "nein", "3", "drei", "1.200", "heute", "nächsten Freitag", "3.5.", "12.3.1985", "das zweite", "erika@example.org", "zurück",
        "der Name war falsch", "überspringen", "Was kostet das?", "31.2.2027", "in 99999999999 Wochen", "vor 5000 Jahren", "²", "٣.٤.",
    ]),
)  # fmt: skip
INTENTS = st.sampled_from(["frage_kosten", "abbrechen", "mensch_sprechen", "nlu_fallback", "bestaetigen"])


@st.composite
def question(draw: st.DrawFn) -> dict[str, Any]:
    """A property of a form."""
    named = {"title": draw(LABEL), "description": draw(LABEL)}
    kind = draw(st.sampled_from(["text", "date", "email", "anlage", "integer", "number", "boolean", "enum", "oneOf"]))
    made: dict[str, Any] = {"type": kind} if kind in ("integer", "number", "boolean") else {"type": "string"}
    if kind in ("date", "email", "anlage"):
        made["format"] = kind
    if kind == "date":
        made |= draw(st.fixed_dictionaries({}, optional={"x-frueheste": st.integers(-500, 500), "x-spaeteste": st.integers(-500, 500)}))
    if kind in ("integer", "number"):
        made |= draw(st.fixed_dictionaries({}, optional={"minimum": st.integers(-9, 9), "maximum": st.integers(-9, 999)}))
    if kind == "text":
        patterns = st.sampled_from(["^[0-9]{5}$", r"\d", "^A|B$", ".*"])
        limits = {"minLength": st.integers(0, 9), "maxLength": st.integers(0, 900), "pattern": patterns}
        made |= draw(st.fixed_dictionaries({}, optional=limits))
    if kind == "enum":
        made["enum"] = draw(st.lists(st.one_of(LABEL, st.integers(0, 9)), min_size=1, max_size=7, unique_by=str))
    if kind == "oneOf":
        titles = draw(st.lists(LABEL, min_size=1, max_size=7))
        made["oneOf"] = [{"const": f"c{number}", "title": title} for number, title in enumerate(titles)]
    help_ = draw(st.fixed_dictionaries({}, optional={"x-hilfe": LABEL, "examples": st.lists(st.one_of(LABEL, st.integers()), min_size=1)}))
    return named | made | help_


@st.composite
def form(draw: st.DrawFn) -> Form:
    """A form with conditions, also on fields that come later or have conditions of their own."""
    names = [f"f{number}" for number in range(draw(st.integers(1, 6)))]
    rules = []
    for _ in range(draw(st.integers(0, 3))):
        of, then = draw(st.sampled_from(names)), draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
        value = draw(st.sampled_from([True, False, "c0", "x", 3]))
        rules.append({"if": {"properties": {of: {"const": value}}, "required": [of]}, "then": {"required": then}})
    sometimes = {name for rule in rules for name in rule["then"]["required"]}
    required = [name for name in names if name not in sometimes and draw(st.booleans())]
    properties = {name: draw(question()) for name in names}
    return Form({"title": "X", "type": "object", "properties": properties, "required": required, "allOf": rules})


def well_formed(answer: Antwort) -> None:
    assert answer.text.strip()
    assert answer.vertraulich
    assert Antwort.model_validate_json(answer.model_dump_json()) == answer


@settings(max_examples=150, deadline=None)
@given(form(), st.lists(st.tuples(ANSWERS, INTENTS), max_size=12))
def test_any_form_with_any_answers_asks_or_ends(form: Form, answers: list[tuple[str, str]]) -> None:
    values: dict[str, Any] = {}
    waiting, tries = form.after(None, values), 0
    for text, intent in answers:
        assert (number_in(text), code_in(text)) == (None, None)
        pin_in(text)
        turn = Turn(text, intent, None, None, False, ranking=((intent, 0.9),))
        command(text, waiting), leads_away(turn, waiting), gives_up(turn, waiting), named(text, changeable(form, values))
        if waiting is None:
            break
        well_formed(ask(form, waiting, values, link="https://stadt.example/x" if waiting.kind == "file" else None))
        try:
            values = form.kept(values | {waiting.name: read(waiting, text)})
            waiting, tries = form.after(waiting.name, values), 0
        except Refused as refused:
            tries += 1
            well_formed(ask_again(form, waiting, values, refused.reason, tries))
            if tries > MOST_TRIES and not waiting.required:
                waiting, tries = form.after(waiting.name, values), 0
    well_formed(so_far(form, values, "X"))
    well_formed(before_sending(form, values, "X"))
    well_formed(which(changeable(form, values), values))
    assert waiting is not None or form.missing(values) is None


@settings(max_examples=150, deadline=None)
@given(form(), st.dictionaries(st.sampled_from([f"f{n}" for n in range(6)]), st.sampled_from([True, False, "c0", "x", 3])))
def test_what_is_kept_applies_and_is_kept_again(form: Form, values: dict[str, Any]) -> None:
    kept = form.kept(values)
    assert form.kept(kept) == kept
    assert set(kept) <= {field.name for field in form.fields(kept)}
