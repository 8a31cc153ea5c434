"""The German that citizens read: every text renders, every aspect has one, and all are plain and formal."""

import ast
import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from jinja2 import Environment, meta
from records import OFFICE, empty, full, served
from ruamel.yaml import YAML

from actions.copy import copy, render
from actions.facts import FACTS
from core.answer import Fakt
from core.catalogue import Gebuehr, Herkunft, Online, Unterlage, Zustaendig
from core.checklist import ChecklisteAuskunft, SchrittAuskunft
from core.settings import PROJECT

# ruamel refuses a key that stands twice. Other languages have tests of their own (test_voices.py).
RESPONSES = {
    path.stem: YAML(typ="safe").load(path.read_text("utf-8"))
    for path in sorted((PROJECT / "data" / "responses").glob("*.yml"))
    if not path.stem.endswith(".en") and path.stem != "sprachen"
}
MOST_WORDS = 25
INFORMAL = re.compile(r"\b(du|dir|dich|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)
FORMAL_IN_LOWER_CASE = re.compile(r"\b(ihr(e[mnrs]?)?|ihnen)\b")
OFFICIALESE = re.compile(
    r"\b(diesbezüglich|bezüglich|hinsichtlich|gemäß|obliegt|obliegen|inanspruchnahme|zwecks|vorgenannt\w*|nachstehend\w*|vorstehend\w*|seitens|"
    r"mittels|anhand|betreffs|behufs|dergestalt|hierzu|hierfür|ersuchen|ersucht|verbringen|veranlassen|antragsteller\w*|"
    r"rechtsbehelf\w*|fernmündlich|unverzüglich|etwaig\w*|erfolgt|erfolgen|in kenntnis|zur kenntnis|unter bezugnahme|aufgrund dessen|"
    r"o\. ?g\.|bzw\.|ggf\.|i\. ?d\. ?r\.|u\. ?a\.)",
    re.IGNORECASE,
)
# Texts that name something: a button, a link or a value, and no sentence.
NAMES = re.compile(
    r"^(aspekte|links|fakten|quelle|quelle_gesetz|stand_unbekannt|mensch|hier_beantragen|rueckfrage\.(oder|keine_davon)|checkliste\.(alles|schritt))(\.|$)"
)
# The window's own words in other languages.
FOREIGN = re.compile(r"widget\.(?!de\.|einfach\.)[a-z]{2}\.")
ONLINE_TYPES = get_args(Online.model_fields["typ"].annotation)


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(path, text) of every text below a node."""
    if isinstance(node, str):
        yield path.removeprefix("."), node
    for key, child in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from leaves(child, f"{path}.{key}")


def read_by_citizens() -> list[tuple[str, str]]:
    """Every text of the three files as it is written, without the syntax of the templates."""
    texts = [(f"{name}.{path}", text) for name, content in RESPONSES.items() for path, text in leaves(content)]
    kept = [
        (path, text)
        for path, text in texts
        if path.rsplit(".", 1)[-1] not in ("payload", "leistung", "knopf", "mit", "en") and ".worte." not in path
    ]
    kept = [(path, text) for path, text in kept if not FOREIGN.match(path)]
    return [(path, re.sub(r"\{\{.*?\}\}|\{\w+\}", "Teich", re.sub(r"\s*\{%.*?%\}\s*", " ", text)).strip()) for path, text in kept]


TEXTS = read_by_citizens()
TEMPLATES = [(path, text) for path, text in leaves(copy()) if not path.endswith(".mit")]


def sentences(text: str) -> list[str]:
    """A text cut where a sentence ends."""
    return [part for part in re.split(r"(?<=[.?!:])[“)]?\s+(?=[„A-ZÄÖÜ])", text) if part.strip()]


def variables(kind: str) -> dict[str, Any]:
    """What a template may need, from a filled or from an empty record."""
    record = full() if kind == "full" else empty()
    source = Herkunft(titel="Stadt", stand="2026-11" if kind == "full" else None, art="belegt")
    fee = Gebuehr(betrag=27.6, bedingung="je Teich") if kind == "full" else Gebuehr()
    document = Unterlage(name="Plan", pflicht=False, bedingung="je Teich") if kind == "full" else Unterlage(name="Plan")
    office = record.stelle_auskunft
    step = SchrittAuskunft(leistung="teich", titel="Teich anlegen", wann="bald" if kind == "full" else None)
    return {
        "l": record, "o": office, "q": source, "bei": [source], "f": fee, "u": document, "tage": "Mo", "zeiten": "8-16 Uhr",
        "stadt": "Teichstadt", "facts": [Fakt(text="46 €"), Fakt(text="6 €")], "alt": kind == "full", "n": 12,
        "saetze": [Fakt(text="je Teich", quellen=[source])] if kind == "full" else [], "s": step,
        "c": ChecklisteAuskunft(id="garten", titel="Neuer Garten", einleitung="Das steht an.", schritte=[step]),
    }  # fmt: skip


@pytest.mark.parametrize(("path", "text"), TEMPLATES, ids=[path for path, _ in TEMPLATES])
def test_every_text_renders_for_a_filled_record(path: str, text: str) -> None:
    told = render(path, **variables("full"))
    assert told
    assert "None" not in told
    assert not re.search(r"\s[.,;:!?](\s|$)|  |\{|\}|\.\.(?!\.)", told), told


def needs_what_is_not_there(path: str) -> bool:
    """Texts that the code takes only where the record holds what they tell."""
    telling_the_office = path in ("vorhanden.frage_oeffnungszeiten", "vorhanden.frage_kontakt")
    return (
        telling_the_office
        or path.startswith(("links.stelle", "fakten.", "zuschaltung."))
        or path in ("vorhanden.frage_online", "vorhanden.antrag_starten")
    )


@pytest.mark.parametrize(("path", "text"), [one for one in TEMPLATES if not needs_what_is_not_there(one[0])], ids=lambda value: value[:40])
def test_every_text_that_an_empty_record_may_get_renders_for_it(path: str, text: str) -> None:
    told = render(path, **variables("empty"))
    assert told
    assert "None" not in told


@pytest.mark.parametrize("known", ["nothing", "name", "telefon", "email", "anschrift", "url"])
def test_the_way_to_ask_renders_with_any_part_of_an_office(known: str) -> None:
    office = {key: value for key, value in OFFICE.items() if key in ("id", "name", known)}
    record = served({"kennung": "x", "titel": "X"}, office if known != "nothing" else None)
    told = render("wo_fragen", l=record, o=record.stelle_auskunft, alt=False)
    assert told.endswith("Auch die Behördennummer 115 hilft weiter.")
    assert ("Teichamt" in told) == (known != "nothing")


def test_templates_use_only_the_variables_that_they_get() -> None:
    environment = Environment()
    environment.filters.update(euro=str, stand=str)  # which names are used is all that is asked of it
    used = {name for _, text in TEMPLATES for name in meta.find_undeclared_variables(environment.parse(text))}
    assert used <= set(variables("full"))


@pytest.mark.parametrize("part", ["aspekte", "vorhanden", "fehlt"])
def test_every_aspect_has_its_text_and_no_text_is_left_over(part: str) -> None:
    assert set(copy()[part]) == set(FACTS)


def test_the_names_of_the_aspects_differ() -> None:
    names = list(copy()["aspekte"].values())
    assert len(set(names)) == len(names)


def test_every_kind_of_link_and_responsibility_has_its_text() -> None:
    assert set(copy()["links"]) == {*ONLINE_TYPES, "stadtseite", "stelle"}
    assert set(copy()["zuschaltung"]) == set(get_args(Zustaendig)) - {"stadt"}


def test_every_text_of_the_answers_is_used() -> None:
    code = [ast.parse(path.read_text("utf-8")) for path in (PROJECT / "actions").glob("*.py")]
    constants = [node.value for tree in code for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    named = {word for text in constants for word in re.findall(r"\w+", text)} | set(FACTS) | set(ONLINE_TYPES) | set(get_args(Zustaendig))
    keys = {key for path, _ in leaves(copy()) for key in path.split(".") if not key.isdigit()}
    assert keys - named == set()


def found(rule: re.Pattern[str]) -> list[tuple[str, list[str]]]:
    """(path, words) of every text in which a rule finds something."""
    return [(path, rule.findall(text)) for path, text in TEXTS if rule.search(text)]


def test_nobody_is_addressed_as_du() -> None:
    assert found(INFORMAL) == []
    assert found(FORMAL_IN_LOWER_CASE) == []


def test_no_words_of_the_offices() -> None:
    assert found(OFFICIALESE) == []


def test_sentences_are_short() -> None:
    assert [(path, one) for path, text in TEXTS for one in sentences(text) if len(one.split()) > MOST_WORDS] == []


def test_texts_are_typed_cleanly() -> None:
    assert [path for path, text in TEXTS if text.count("„") != text.count("“")] == []
    assert [path for path, text in TEXTS if '"' in text or "..." in text] == []


def test_messages_end_as_sentences_do() -> None:
    messages = [one for one in TEXTS if one[0].startswith(("auskunft.nicht_verstanden", "auskunft.ausserhalb", "gateway", "gespraech"))]
    assert len(messages) > 40
    assert [path for path, text in messages if not path.endswith(("title", "titel")) and text[-1] not in ".?!:“"] == []


def test_a_sentence_ends_or_leads_on_to_its_facts() -> None:
    wrong = [
        path
        for path, text in leaves(copy())
        if not path.endswith(".mit") and not NAMES.match(path) and render(path, **variables("full"))[-1] not in ".?!:"
    ]
    assert wrong == []


LINT = [
    (INFORMAL, "Hast du dein Foto?", True),
    (INFORMAL, "Das ist eine Durchwahl.", False),
    (OFFICIALESE, "Gemäß Satzung", True),
    (OFFICIALESE, "Der vorgenannte Antrag", True),
    (OFFICIALESE, "Bitte bringen Sie ein Foto mit.", False),
]


@pytest.mark.parametrize(("rule", "text", "wrong"), LINT)
def test_the_lint_sees_what_it_looks_for(rule: re.Pattern[str], text: str, wrong: bool) -> None:
    assert bool(rule.search(text)) is wrong


def test_the_lint_counts_words_of_sentences() -> None:
    assert [len(one.split()) for one in sentences("Rufen Sie bitte an. „Ja“, sagt sie. Um 3.5 Uhr?")] == [4, 3, 3]
