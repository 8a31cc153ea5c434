"""Learned versions on disk: what counts as the data of a model, and what never touches the live cache."""

import json
from pathlib import Path

import pytest

from bench.evaluate.cases import from_row
from cli.catalogue import seed_learned
from cli.taught import refuse_leaks
from cli.training import data_hash, model_path
from cli.versions import begin_cache, link, of, take_over, thin_out
from core import learned
from core.errors import BadInput, ConfigurationError, LotseError
from core.learned import Stand
from core.settings import Settings
from katalog.store import CatalogueStore, engine_for

SENTENCE = 'version: "3.1"\nnlu:\n- intent: lob\n  examples: |\n    - Das flutscht\n'
QUESTION = json.dumps({"kennung": "personalausweis", "beispielfragen": {"frage_kosten": ["Was macht der Ausweis?"]}}) + "\n"
ROW = {"intent": "lob", "intents_ok": [], "leistung": None, "leistungen_ok": [], "kategorie": "alltag"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", cache=tmp_path / "cache", spacy_model="de_pruefung")


def version(settings: Settings, name: str, **files: str) -> Path:
    """A version of these files ({folder: content of its one file})."""
    folder = learned.home(settings) / name
    for part, ending in (("nlu", "yml"), ("beispielfragen", "jsonl"), ("faelle", "jsonl")):
        (folder / part).mkdir(parents=True)
        if part in files:
            (folder / part / f"gelernt.{ending}").write_text(files[part], "utf-8")
    return folder


def test_what_is_learned_shapes_the_model_and_test_cases_do_not(settings: Settings) -> None:
    delivered = data_hash(settings)
    version(settings, "f1", nlu=SENTENCE)
    version(settings, "f2", beispielfragen=QUESTION)
    version(settings, "f3", faelle=json.dumps(ROW | {"text": "Das flutscht"}))
    hashes = [data_hash(of(settings, name)) for name in ("", "f1", "f2", "f3")]
    assert hashes[0] == hashes[3] == delivered
    assert len(set(hashes)) == 3
    learned.set_stand(settings, Stand(live="f1"))
    assert data_hash(settings) == hashes[1]


def test_a_pointer_to_nowhere_or_half_a_file_is_told(settings: Settings) -> None:
    learned.set_stand(settings, Stand(live="f7"))
    with pytest.raises(ConfigurationError, match="f7 fehlt"):
        learned.folder(settings)
    (learned.home(settings) / "stand.json").write_text('{"live": "f')
    with pytest.raises(ConfigurationError, match="nicht lesbar"):
        learned.stand(settings)


def test_the_catalogue_takes_the_questions_of_the_live_version_and_gives_them_back(settings: Settings) -> None:
    version(settings, "f1", beispielfragen=QUESTION)
    store = CatalogueStore(engine_for(settings))

    def questions() -> list[str]:
        return [text for row in store.all()[1]["beispielfragen"] for text in row["record"]["beispielfragen"]]

    seed_learned(settings)
    assert store.revision() == 0  # nothing is learned: nothing is touched
    learned.set_stand(settings, Stand(live="f1"))
    seed_learned(settings)
    assert questions() == ["Was macht der Ausweis?"]
    revision = store.revision()
    seed_learned(settings)
    assert store.revision() == revision
    learned.set_stand(settings, Stand(vorher="f1"))
    seed_learned(settings)
    assert questions() == []


def test_a_candidates_cache_begins_with_links_and_pushes_nothing_out(settings: Settings, tmp_path: Path) -> None:
    for name in ("vectors-suche.npz", "models/suche-a-b.pickle", "models/alt.tar.gz", "models/suche.stand", "tests/x", "rasa/y"):
        path = settings.cache_folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    begin_cache(settings, tmp_path / "eigen")
    made = sorted(path.relative_to(tmp_path / "eigen").as_posix() for path in (tmp_path / "eigen").rglob("*") if path.is_file())
    assert made == ["models/suche-a-b.pickle", "vectors-suche.npz"]
    assert (tmp_path / "eigen" / "vectors-suche.npz").samefile(settings.cache_folder / "vectors-suche.npz")


def test_a_linked_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    link(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "b"


def test_what_was_trained_for_a_version_is_taken_over_and_without_it_the_live_stays(settings: Settings) -> None:
    folder = version(settings, "f1", nlu=SENTENCE)
    with pytest.raises(LotseError, match="kein Modell der heutigen Daten"):
        take_over(settings, "f1")
    trained = folder / "modelle" / "models" / model_path(of(settings, "f1")).name
    trained.parent.mkdir(parents=True)
    trained.write_text("Modell")
    assert take_over(settings, "f1").read_text() == "Modell"
    assert take_over(settings, "f1").parent == settings.models


def test_trained_models_of_old_versions_go_and_never_those_in_use(settings: Settings) -> None:
    for number in range(6):
        (version(settings, f"f{number}", nlu=SENTENCE) / "modelle").mkdir()
    learned.set_stand(settings, Stand(live="f0", vorher="f1"))
    thin_out(settings)
    left = {path.parent.name for path in learned.home(settings).glob("*/modelle")}
    assert {"f0", "f1"} < left
    assert len(left) == 5
    assert (learned.home(settings) / "f2" / "nlu" / "gelernt.yml").exists()


@pytest.mark.slow
def test_a_sentence_that_would_teach_and_test_is_refused_to_the_letter_and_by_meaning(settings: Settings) -> None:
    fresh = [from_row(ROW | {"text": "Vielen Dank für die schnelle Hilfe"})]
    fine = version(settings, "f1", nlu=SENTENCE)
    refuse_leaks(settings, fine, fresh, [])
    for number, text in enumerate(("vielen dank fuer die schnelle Hilfe!", "Herzlichen Dank für die schnelle Hilfe"), 2):
        with pytest.raises(BadInput, match="nicht zugleich üben und prüfen"):
            refuse_leaks(settings, version(settings, f"f{number}", nlu=SENTENCE.replace("Das flutscht", text)), fresh, [])
