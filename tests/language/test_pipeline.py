"""The German spaCy pipeline: built once, named for what it is, with lemma, tag and part of speech."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from spacy.language import Language

from core.settings import Settings
from language.pipeline import EMBEDDED, GENUINE, build_embedded, load, model_name, universal_tag


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_embedded(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def nlp(built: Path) -> Language:
    return load(Settings(spacy_model=str(built)))


def test_the_embedded_pipeline_is_never_called_the_genuine_one(built: Path, nlp: Language) -> None:
    assert built.name == EMBEDDED
    assert GENUINE not in built.name
    assert f"{nlp.meta['lang']}_{nlp.meta['name']}" == EMBEDDED
    assert f"not {GENUINE}" in nlp.meta["description"]


def test_it_is_built_once(built: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*")}
    assert build_embedded(built.parent) == built
    assert {path: path.stat().st_mtime_ns for path in built.rglob("*")} == before


def test_the_setting_goes_before_everything(tmp_path: Path) -> None:
    assert model_name(Settings(home=tmp_path, spacy_model="mein_modell")) == "mein_modell"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(find_spec(GENUINE) is not None, reason=f"{GENUINE} is installed and goes before the embedded pipeline")
def test_without_the_genuine_model_the_embedded_one_is_built_in_the_cache(tmp_path: Path) -> None:
    assert model_name(Settings(home=tmp_path)) == str(tmp_path / "cache" / EMBEDDED)
    assert (tmp_path / "cache" / EMBEDDED / "meta.json").is_file()


def test_a_sentence_gets_lemma_tag_and_part_of_speech(nlp: Language) -> None:
    doc = nlp("Wo beantrage ich zwei Personalausweise in Kaiserslautern?")
    assert [token.lemma_ for token in doc] == ["wo", "beantragen", "ich", "zwei", "Personalausweis", "in", "Kaiserslautern", "?"]
    assert [token.pos_ for token in doc] == ["ADV", "VERB", "PRON", "NUM", "NOUN", "ADP", "PROPN", "PUNCT"]
    assert all(token.tag_ for token in doc)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "a  b\n\nc 🙂 ✓ ", "Hallo!" * 50, "x" * 3000, "بطاقة الهوية", "Gdzie mogę przedłużyć dowód?", "\u200b"],
    ids=lambda text: ascii(text[:12]),
)
def test_any_message_is_read_without_losing_a_letter(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


@pytest.mark.parametrize(
    ("stts", "upos"),
    [("NN", "NOUN"), ("NE", "PROPN"), ("VV(FIN)", "VERB"), ("VA(FIN)", "AUX"), ("VM(INF)", "AUX"), ("ADJ(A)", "ADJ"), ("PPER", "PRON"),
     ("PTKNEG", "PART"), ("$.", "PUNCT"), ("$,", "PUNCT"), ("XY", "X"), ("", "X"), ("UNBEKANNT", "X")],
)  # fmt: skip
def test_stts_tags_become_universal_ones(stts: str, upos: str) -> None:
    assert universal_tag(stts) == upos
