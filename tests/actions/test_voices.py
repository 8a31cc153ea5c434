"""The texts in other voices: the same answers as the German ones, in English, in Einfache Sprache, and shortly in six languages."""

import re
from typing import Any

import pytest
import yaml
from jinja2 import Environment, meta
from records import full

from actions import reply, talk
from actions.copy import FILES, FOLDER
from actions.crisis import help_for
from actions.short import say_short, short_talk
from actions.voice import GERMAN, SHORT, Voice, speaking, switched
from core.intents import TALKING_INTENTS
from language.danger import danger
from language.detection import detect

LOADED: dict[str, Any] = {name: yaml.safe_load((FOLDER / file).read_text("utf-8")) for name, file in FILES.items()}
PLAIN = yaml.safe_load((FOLDER / "einfach.yml").read_text("utf-8"))
SHORT_TEXTS = yaml.safe_load((FOLDER / "sprachen.yml").read_text("utf-8"))
MOST_WORDS = 12
EASY = Voice("de", einfach=True)
SUBORDINATE = re.compile(r"\b(weil|dass|wenn|falls|obwohl|damit|sodass|nachdem|bevor|solange|sobald|während)\b", re.IGNORECASE)


def leaves(node: Any, path: str = "") -> dict[str, str]:
    """{path: text} of every text below a node."""
    if isinstance(node, str):
        return {path.removeprefix("."): node}
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return {key: text for name, child in children for key, text in leaves(child, f"{path}.{name}").items()}


def variables(text: str) -> set[str]:
    """What a template needs."""
    environment = Environment()
    environment.filters.update(euro=str, stand=str)
    return meta.find_undeclared_variables(environment.parse(text))


@pytest.mark.parametrize("variant", ["en", "einfach"])
def test_every_german_text_exists_in_the_other_voice_and_needs_nothing_more(variant: str) -> None:
    german, other = leaves(LOADED["de"]), leaves(LOADED[variant])
    assert set(german) <= set(other)
    assert {path for path in german if not variables(other[path]) <= variables(german[path])} == set()


def sentences(text: str) -> list[str]:
    """A text cut where a sentence ends; the syntax of templates is no word."""
    shown = re.sub(r"„[^“]*“|\{\{.*?\}\}", "Teich", re.sub(r"\{%.*?%\}", ". ", text))
    return [part for part in re.split(r"[.?!:–\n]\s*", shown) if part.strip()]


SIMPLE = {f"{key}.{n}": one for key, several in PLAIN.items() for n, one in enumerate(several)}
SIMPLE |= {path: text for path, text in leaves(talk.texts("einfach")).items() if path.endswith(".text")}


def test_einfache_sprache_has_short_sentences_without_subordinate_clauses() -> None:
    assert len(PLAIN) >= 40
    assert [(path, one) for path, text in SIMPLE.items() for one in sentences(text) if len(one.split()) > MOST_WORDS] == []
    assert [(path, text) for path, text in SIMPLE.items() if SUBORDINATE.search(text)] == []


def test_a_plain_text_names_no_amount_and_no_number_to_call() -> None:
    """These come from the catalogue, with their source."""
    assert [
        (path, text) for path, text in SIMPLE.items() if path.split(".")[0] in PLAIN and re.search(r"€|euro|\d{3}", text, re.IGNORECASE)
    ] == []


@pytest.mark.parametrize("sprache", SHORT)
def test_a_short_answer_names_the_service_the_office_and_the_115_and_keeps_the_facts(sprache: str) -> None:
    with speaking(Voice(sprache)):
        said = reply.about(full(), "frage_kosten")
        assert detect(said.text) == sprache
        assert full().titel in said.text
        assert "115" in (said.nachtrag or "")
        assert said.fakten
        assert said.buttons == []
        for intent in TALKING_INTENTS:
            assert short_talk(intent).text
        assert "112" in say_short("notfall")


def test_the_six_languages_say_the_same_things() -> None:
    assert set(SHORT_TEXTS) == set(SHORT)
    assert len({frozenset(texts) for texts in SHORT_TEXTS.values()}) == 1


def test_english_has_an_english_frame_and_says_that_the_facts_are_german() -> None:
    with speaking(Voice("en")):
        said = reply.about(full(), "frage_kosten")
    assert "cost" in said.text.lower()
    assert "German" in (said.nachtrag or "")


def test_a_service_without_a_plain_text_says_so() -> None:
    with speaking(Voice("de", einfach=True)):
        assert "Einfacher Sprache" in (reply.about(full(), "leistung_suchen").nachtrag or "")


@pytest.mark.parametrize(
    ("text", "intent", "before", "to"),
    [
        ("English please", "sprache_wechseln", GERMAN, Voice("en")), ("auf deutsch bitte", "sprache_wechseln", Voice("en"), GERMAN),
        ("Bitte einfacher", "einfache_sprache", GERMAN, EASY), ("Was kostet ein Pass?", "frage_kosten", GERMAN, None),
        ("normale Sprache", "leistung_suchen", EASY, GERMAN), ("Türkçe lütfen", "sprache_wechseln", GERMAN, Voice("tr")),
        ("Deutsch", "leistung_suchen", Voice("en"), GERMAN), ("Wo kann ich Deutsch lernen?", "leistung_suchen", GERMAN, None),
        ("einfaches Führungszeugnis bitte", "einfache_sprache", GERMAN, None),
    ],
)  # fmt: skip
def test_a_wish_for_another_voice_is_heard(text: str, intent: str, before: Voice, to: Voice | None) -> None:
    assert switched(text, intent, before) == to


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ich will nicht mehr leben", "leben"), ("ich bring mich um, ich will mich umbringen", "leben"), ("I want to die", "leben"),
        ("Ich bringe mich heute noch um", "leben"), ("Der ganze Papierkram bringt mich noch um", None),
        ("Mein Mann schlägt mich", "gewalt"), ("bei uns in der küche brennt es, es brennt!!", "notruf"),
        ("das Nachbarskind wird dauernd geschlagen", "kind"), ("Ich will in Kaiserslautern leben", None),
        ("Sterbeurkunde für meine Mutter", None), ("Wo melde ich ein Osterfeuer an?", None),
        ("Mein Mann ist gestorben, was muss ich tun?", None), ("Mein Sohn wird 16, braucht er einen Perso?", None),
        ("Ich möchte meinen Namen ändern lassen", None), ("ich will nicht mehr in Deutschland leben, wo melde ich mich ab", None),
    ],
)  # fmt: skip
def test_words_of_a_crisis_are_told_from_ordinary_ones(text: str, kind: str | None) -> None:
    assert danger(text) == kind


@pytest.mark.parametrize("voice", [Voice(), Voice("en"), Voice("de", einfach=True), Voice("ar")])
@pytest.mark.parametrize(("kind", "number"), [("leben", "0800"), ("gewalt", "116"), ("kind", "110"), ("notruf", "112")])
def test_help_names_a_number_in_every_voice(voice: Voice, kind: str, number: str) -> None:
    with speaking(voice):
        said = help_for(kind)
    assert number in said.text.replace(" ", "")
    assert said.quellenangaben
