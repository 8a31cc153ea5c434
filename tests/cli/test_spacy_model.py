"""``./lotse install-model``: what is refused, and that nothing is installed then."""

import hashlib
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

import pytest

from cli.spacy_model import install
from core.errors import BadInput, Unavailable

NAME = "de_core_news_md-3.7.0-py3-none-any.whl"


@pytest.fixture(autouse=True)
def nothing_is_installed() -> Iterator[None]:
    """Whatever a test tries: the environment stays as it was."""
    before = find_spec("de_core_news_md")
    yield
    assert (find_spec("de_core_news_md") is None) == (before is None)


def wheel(folder: Path, name: str = NAME, inside: str = "de_core_news_md/meta.json") -> Path:
    """A package with one file."""
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(inside, "{}")
    return path


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="gibt es nicht"):
        install(str(tmp_path / NAME), "0" * 64)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="gibt es nicht"):
        install(str(tmp_path), "0" * 64)


def test_without_a_hash_nothing_is_installed_and_the_found_one_is_told_to_be_compared(tmp_path: Path) -> None:
    path = wheel(tmp_path)
    with pytest.raises(BadInput, match="Quelle, der Sie vertrauen") as caught:
        install(str(path), None)
    assert f"--sha256 {sha256(path)}" in str(caught.value)


@pytest.mark.parametrize("given", ["0" * 64, "", "abc"])
def test_a_wrong_hash_is_refused(tmp_path: Path, given: str) -> None:
    path = wheel(tmp_path)
    with pytest.raises(BadInput, match="nichts installiert") as caught:
        install(str(path), given)
    assert sha256(path) in str(caught.value)


OTHERS = [
    "de_core_news_md-3.8.0-py3-none-any.whl",
    "de_core_news_md-3.70.0-py3-none-any.whl",
    "de_core_news_sm-3.7.0-py3-none-any.whl",
    "de-core-news-md-3.7.0.tar.gz",  # somebody else's project on PyPI is called like that
    "model.whl",
]


@pytest.mark.parametrize("name", OTHERS)
def test_a_package_of_another_name_or_version_is_refused_also_with_the_right_hash(tmp_path: Path, name: str) -> None:
    path = wheel(tmp_path, name)
    with pytest.raises(BadInput, match=r"3\.7"):
        install(str(path), sha256(path))


def test_a_package_without_a_model_inside_is_refused(tmp_path: Path) -> None:
    path = wheel(tmp_path, inside="setup.py")
    with pytest.raises(BadInput, match="kein spaCy-Modell"):
        install(str(path), sha256(path))


def test_a_file_that_is_no_package_is_refused(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(b"<html>Not found</html>")
    with pytest.raises(BadInput, match="kein spaCy-Modell"):
        install(str(path), sha256(path))


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[str]:
    """A web server with one package."""
    wheel(tmp_path)

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(tmp_path))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_package_from_a_mirror_is_checked_like_a_file(mirror: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=sha256(tmp_path / NAME)):
        install(f"{mirror}/{NAME}", "0" * 64)


@pytest.mark.parametrize("address", ["{mirror}/nirgends/" + NAME, "http://127.0.0.1:9/" + NAME])
def test_a_mirror_that_does_not_have_it_or_does_not_answer_is_told_with_another_way(mirror: str, address: str) -> None:
    with pytest.raises(Unavailable, match="Datei"):
        install(address.format(mirror=mirror), "0" * 64)
