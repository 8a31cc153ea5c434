"""The copy around a form: every text is used, exists in English as well, and renders."""

import re
from typing import Any

import pytest
from jinja2 import Environment, meta

from actions.antrag.texts import tell, texts
from actions.voice import Voice, speaking
from core.settings import PROJECT

FREE = {"wochentage"}  # read by their number
NEEDED = "titel bedarf n alle frage beispiel wert grenze name bis code tag nummer pin schritt text seit antwort"
VALUES = dict.fromkeys(NEEDED.split(), "Teich")


def leaves(node: Any, path: str = "") -> dict[str, str]:
    """{path: text} of every text below a node."""
    if isinstance(node, str):
        return {path.removeprefix("."): node}
    children = node.items() if isinstance(node, dict) else enumerate(node)
    return {key: text for name, child in children for key, text in leaves(child, f"{path}.{name}").items()}


GERMAN, ENGLISH = leaves(texts("de")), leaves(texts("en"))


def test_every_text_exists_in_english_and_needs_nothing_more() -> None:
    assert set(GERMAN) == set(ENGLISH)
    needs = {path: [meta.find_undeclared_variables(Environment().parse(one[path])) for one in (GERMAN, ENGLISH)] for path in GERMAN}
    assert [path for path, (german, english) in needs.items() if german != english] == []


@pytest.mark.parametrize("language", ["de", "en", "tr"])
def test_every_text_renders(language: str) -> None:
    with speaking(Voice(language)):
        for path in GERMAN:
            assert "{" not in tell(path, **VALUES)


def test_another_language_hears_english() -> None:
    with speaking(Voice("tr")):
        assert tell("knopf.absenden") == "Send"
    assert tell("knopf.absenden") == "Absenden"


def test_no_text_is_left_over() -> None:
    code = "".join(path.read_text("utf-8") for path in (PROJECT / "actions" / "antrag").glob("*.py"))
    said = set(re.findall(r"""["']([a-z_.]+)["']""", code))
    of_buttons = {f"knopf.{name}" for name in said}
    unused = [path for path in GERMAN if path not in said | of_buttons and path.split(".")[0] not in FREE | {"versuch"}]
    assert unused == [], unused
