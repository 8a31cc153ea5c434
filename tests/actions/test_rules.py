"""Rules, domain and responses belong together: every intent is answered once, and nothing is left over."""

import re
from collections import Counter
from typing import Any

import pytest
from ruamel.yaml import YAML

from actions.talk import FILES
from core.answer import Button
from core.catalogue import Auskunft
from core.intents import INTENTS, TALKING_INTENTS
from core.settings import PROJECT


def loaded(path: str) -> dict[str, Any]:
    """A YAML file as Rasa reads it; a key that stands twice is an error."""
    content: dict[str, Any] = YAML(typ="safe").load((PROJECT / path).read_text("utf-8"))
    return content


RULES = loaded("data/rules/rules.yml")["rules"]
DOMAIN = loaded("domain.yml")
VARIANTS = {name: loaded(f"data/responses/{file}") for name, file in FILES.items()}
RESPONSES = VARIANTS["de"]
ACTIONS = {step["action"] for rule in RULES for step in rule["steps"] if "action" in step}
BUTTONS = [button for texts in VARIANTS.values() for several in texts.values() for one in several for button in one.get("buttons", [])]


def test_every_intent_has_exactly_one_rule() -> None:
    asked = Counter(step["intent"] for rule in RULES for step in rule["steps"] if "intent" in step)
    assert asked == Counter([*INTENTS, "nlu_fallback"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["rule"])
def test_a_rule_is_named_by_its_intent_and_does_one_thing(rule: dict[str, Any]) -> None:
    assert [list(step) for step in rule["steps"]] == [["intent"], ["action"]]
    assert rule["rule"] == rule["steps"][0]["intent"]


def test_every_action_of_a_rule_is_an_action_of_the_domain() -> None:
    assert set(DOMAIN["actions"]) == ACTIONS
    assert len(DOMAIN["actions"]) == len(set(DOMAIN["actions"]))


def test_talk_goes_to_the_action_that_has_its_texts_in_every_voice() -> None:
    talk = {rule["rule"] for rule in RULES if rule["steps"][1]["action"] == "action_gespraech"}
    of_its_own = {"wiederholen", "abbrechen", "ablehnen", "ausserhalb"}
    assert talk == set(TALKING_INTENTS)
    for texts in VARIANTS.values():
        assert set(texts) == talk - of_its_own


def test_every_action_of_the_domain_is_in_the_action_server() -> None:
    code = "".join(path.read_text("utf-8") for path in (PROJECT / "actions").glob("*.py"))
    assert set(re.findall(r'return "(action_\w+)"', code)) == set(DOMAIN["actions"])


@pytest.mark.parametrize("name", RESPONSES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_response_has_texts_that_differ(variant: str, name: str) -> None:
    texts = [one["text"] for one in VARIANTS[variant][name]]
    assert texts
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: ascii(button["title"]))
def test_a_button_asks_something_that_the_bot_knows(button: dict[str, str]) -> None:
    Button(title=button["title"], payload=button["payload"])
    assert button["payload"].removeprefix("/") in INTENTS
    assert "{" not in button["payload"]  # Rasa would read braces as a slot


def test_a_service_that_a_button_names_is_in_the_catalogue(services: list[Auskunft]) -> None:
    named = {button["leistung"] for button in BUTTONS if "leistung" in button}
    assert named
    assert named <= {one.kennung for one in services}


def test_every_slot_that_the_actions_use_is_in_the_domain() -> None:
    code = "".join(path.read_text("utf-8") for path in (PROJECT / "actions").glob("*.py"))
    used = set(re.findall(r'(?:SlotSet|get_slot)\("(\w+)"', code))
    assert used == set(DOMAIN["slots"])
