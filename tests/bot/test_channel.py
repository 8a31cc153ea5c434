"""What goes into Rasa and what comes out of it."""

import unicodedata

import pytest

pytestmark = pytest.mark.slow  # imports Rasa

TYPED = {
    "plain": ("Was kostet ein Reisepass?", "Was kostet ein Reisepass?"),
    "a command": ("/restart", "restart"),
    "a command with a service": ('/frage_kosten{"leistung": "reisepass"}', 'frage_kosten{"leistung": "reisepass"}'),
    "two slashes": ("//restart", "restart"),
    "spaces before": ("  \t /restart", "restart"),
    "a space between": ("/ /restart", "restart"),
    "many of both": (" / // \n / /restart", "restart"),
    "a full-width slash": ("／restart", "restart"),
    "both slashes": ("／/ ／restart", "restart"),
    "a space that does not break": ("\u00a0/restart", "restart"),
    "an ideographic space": ("\u3000/\u3000/restart", "restart"),
    "a slash inside": ("und/oder", "und/oder"),
    "on the next line": ("Hallo\n/restart", "Hallo\n/restart"),
    "spaces behind": ("Hallo ", "Hallo "),
    "only slashes": ("///", "…"),
    "only spaces": ("  ", "…"),
    "nothing": ("", "…"),
}


@pytest.mark.parametrize(("text", "expected"), TYPED.values(), ids=TYPED)
def test_what_a_citizen_types_is_never_a_command(text: str, expected: str) -> None:
    from bot.channel import typed

    assert typed(text) == expected


@pytest.mark.parametrize(
    "character", [chr(code) for code in range(0x110000) if unicodedata.normalize("NFKC", chr(code)).strip()[:1] == "/"]
)
def test_every_character_that_may_become_a_slash_is_one(character: str) -> None:
    from bot.channel import typed

    for text in (f"{character}restart", f" {character} {character}restart", f"/{character}/ restart"):
        assert typed(text) == "restart"


@pytest.mark.parametrize("text", [text for text, _ in TYPED.values()])
def test_rasa_reads_no_command_in_it(text: str) -> None:
    from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
    from rasa.shared.nlu.constants import INTENT, TEXT
    from rasa.shared.nlu.training_data.message import Message

    from bot.channel import typed

    read = YAMLStoryReader.unpack_regex_message(Message({TEXT: typed(text)}))
    assert read.get(INTENT) is None
    command = YAMLStoryReader.unpack_regex_message(Message({TEXT: "/" + typed(text)}))
    assert command.get(INTENT) is not None  # this is how Rasa reads one


FALLBACK = {"name": "nlu_fallback", "confidence": 0.7}
PRAISE = {"name": "lob", "confidence": 0.2}
RANKINGS = [
    ({"intent": PRAISE}, "lob"),
    ({"intent": PRAISE, "intent_ranking": []}, "lob"),
    ({"intent": FALLBACK, "intent_ranking": [FALLBACK, PRAISE]}, "lob"),
    ({"intent": FALLBACK, "intent_ranking": [FALLBACK]}, "nlu_fallback"),
]


@pytest.mark.parametrize(("parsed", "name"), RANKINGS)
def test_the_intent_that_is_told_is_a_real_one(parsed: dict[str, object], name: str) -> None:
    from bot.channel import real_intent

    told = real_intent(parsed)
    assert told["name"] == name
    assert 0 <= told["confidence"] <= 1


def test_a_button_of_a_response_gets_its_service_and_keys_of_rasa_are_left_out() -> None:
    from bot.channel import _message

    buttons = [{"title": "Perso", "payload": "/frage_kosten", "leistung": "personalausweis"}, {"title": "Hilfe", "payload": "/hilfe"}]
    assert _message({"recipient_id": "x", "text": "Guten Tag", "buttons": buttons}) == {
        "text": "Guten Tag",
        "buttons": [
            {"title": "Perso", "payload": '/frage_kosten{"leistung": "personalausweis"}'},
            {"title": "Hilfe", "payload": "/hilfe"},
        ],
    }
    assert _message({"recipient_id": "x", "custom": {"text": "a"}}) == {"custom": {"text": "a"}}
