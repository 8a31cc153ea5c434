"""Which changes call for a new model, and what the processes get to know of the settings."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import cli.training
from cli.catalogue import seed
from cli.training import catalogue_state, data_hash, ensure_model, environment, model_path
from core.settings import PROJECT, Settings


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of all that shapes the model. Only read from it."""
    folder = tmp_path_factory.mktemp("teile")
    for part in cli.training._PARTS:
        source, target = PROJECT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__")) if source.is_dir() else shutil.copyfile(
            source, target
        )
    return folder


@pytest.fixture
def project(parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder of the test's own: the place is patched, so that no test changes a file of the real one."""
    folder = tmp_path / "projekt"
    shutil.copytree(parts, folder)
    monkeypatch.setattr(cli.training, "PROJECT", folder)
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", spacy_model="de_pruefung")  # named, so that none is built


def added(path: str, text: str = "\n    - Das ist ein neuer Satz\n") -> Callable[[Path], None]:
    def change(project: Path) -> None:
        file = project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((file.read_text("utf-8") if file.exists() else "") + text, "utf-8")

    return change


RETRAINED = {
    "a new sentence": added("data/nlu/lob.yml"),
    "a few letters less": lambda project: (project / "data/nlu/lob.yml").write_text((project / "data/nlu/lob.yml").read_text("utf-8")[:-2]),
    "a new file of sentences": added("data/nlu/neu.yml"),
    "a file of sentences less": lambda project: (project / "data/nlu/lob.yml").unlink(),
    "a file of another name": lambda project: (project / "data/nlu/lob.yml").rename(project / "data/nlu/lob2.yml"),
    "an example question": added("data/catalogue/beispielfragen/teil1.yml"),
    "the pipeline": added("config.yml", "\n# anders\n"),
    "the domain": added("domain.yml", "\n# anders\n"),
    "a rule": added("data/rules/rules.yml", "\n# anders\n"),
    "the model's code": added("bot/nlu/intent_model.py", "\n# anders\n"),
    "the folding": added("language/folding.py", "\n# anders\n"),
    "another package": added("requirements.lock", "\n# anders\n"),
}
KEPT = {
    "nothing": lambda project: None,
    "the README": added("README.md"),
    "a README between the sentences": added("data/nlu/README.md"),
    "answers about services": added("data/responses/auskunft.yml"),
    "the changelog": added("CHANGELOG.md"),
    "compiled code": added("bot/nlu/__pycache__/intent_model.pyc"),
    "an editor's copy": added("data/nlu/lob.yml~"),
}


@pytest.mark.parametrize("change", RETRAINED.values(), ids=RETRAINED)
def test_a_new_model_is_made_for(change: Callable[[Path], None], project: Path, settings: Settings) -> None:
    before = data_hash(settings)
    change(project)
    assert data_hash(settings) != before


@pytest.mark.parametrize("change", KEPT.values(), ids=KEPT)
def test_the_model_stays_for(change: Callable[[Path], None], project: Path, settings: Settings) -> None:
    before = data_hash(settings)
    change(project)
    assert data_hash(settings) == before


def test_another_german_pipeline_needs_another_model_and_another_place_of_it_does_not(settings: Settings) -> None:
    def named(model: str) -> str:
        return data_hash(settings.model_copy(update={"spacy_model": model}))

    assert len({named("de_pruefung"), named("de_core_news_md")}) == 2
    assert named("/a/de_pruefung") == named("/b/de_pruefung") == named("de_pruefung")


def test_every_part_is_there() -> None:
    assert [part for part in cli.training._PARTS if not (PROJECT / part).exists()] == []


def test_a_model_of_todays_data_is_not_trained_again(settings: Settings) -> None:
    path = model_path(settings)
    assert path.parent == settings.models
    assert path.name == f"{data_hash(settings)}.tar.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"trained before")
    seed(settings)
    (settings.models / "suche.stand").write_text(catalogue_state(settings), "utf-8")
    assert ensure_model(settings) == path
    assert path.read_bytes() == b"trained before"


def test_a_process_reads_the_same_settings_from_its_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(home=tmp_path, port=8099, demonstration=False, city="Teichstadt", session_minutes=5, messages_per_minute=0)
    for name, value in environment(settings).items():
        if name.startswith("LOTSE_"):
            monkeypatch.setenv(name, value)
    assert Settings().model_dump(exclude={"secret_key", "catalogue_token"}) == settings.model_dump(
        exclude={"secret_key", "catalogue_token"}
    )
    assert Settings().secret("secret_key") == settings.secret("secret_key")


def test_the_environment_keeps_what_is_there_and_takes_what_is_given(tmp_path: Path) -> None:
    given = environment(Settings(home=tmp_path), MEHR="1", PYTHONPATH="anderswo")
    assert given["PATH"] == os.environ["PATH"]
    assert (given["MEHR"], given["PYTHONPATH"]) == ("1", "anderswo")
    assert given["RASA_TELEMETRY_ENABLED"] == "false"
    assert "LOTSE_DATABASE_URL" not in given or "LOTSE_DATABASE_URL" in os.environ
