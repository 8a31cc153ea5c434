"""Sentence vectors and their cache."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from language.encoder import DIMENSION, CachedEncoder, SentenceEncoder, Vectors, sentence_encoder

TEXTS = ["Ich habe meinen Ausweis verloren.", "Mein Perso ist weg!", "Wann kommt der Sperrmüll?", "I lost my identity card."]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return sentence_encoder()


class Counting:
    """The real encoder, and the texts that reached it."""

    def __init__(self, inner: SentenceEncoder) -> None:
        self.inner = inner
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return self.inner.encode(texts)


@pytest.fixture
def counting(encoder: SentenceEncoder) -> Counting:
    return Counting(encoder)


def test_vectors_have_512_dimensions_and_length_1(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSION)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_text_gives_no_vector(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSION)


@pytest.mark.parametrize("empty", ["", "   ", "\n\t"])
def test_an_empty_text_gives_a_zero_vector(encoder: SentenceEncoder, empty: str) -> None:
    vectors = encoder.encode(["Hund", empty])
    assert not vectors[1].any()
    assert vectors[0].any()


def test_a_text_has_the_same_vector_alone_and_in_any_batch(encoder: SentenceEncoder) -> None:
    many = [f"{text} {number}" * (1 + number % 7) for number in range(40) for text in TEXTS]
    together = encoder.encode(many)
    for position in (0, 1, 77, 159):
        assert np.allclose(encoder.encode([many[position]])[0], together[position], atol=1e-4)


def test_the_same_meaning_is_nearer_than_another_also_across_languages(encoder: SentenceEncoder) -> None:
    lost, gone, rubbish, english = encoder.encode(TEXTS)
    assert lost @ gone > lost @ rubbish
    assert lost @ english > lost @ rubbish


@pytest.mark.parametrize("text", ["Ausweis " * 2000, "x" * 10_000, "🙂" * 5000, " " * 700 + "Hund"], ids=lambda text: ascii(text[:8]))
def test_a_long_text_is_a_vector_like_any_other_and_quick(encoder: SentenceEncoder, text: str) -> None:
    begin = time.perf_counter()
    vector = encoder.encode([text])[0]
    assert time.perf_counter() - begin < 1
    assert np.isclose(np.linalg.norm(vector), 1, atol=1e-5)


def test_a_text_met_before_is_not_encoded_again(counting: Counting, tmp_path: Path) -> None:
    cached = CachedEncoder(counting, tmp_path / "v.npz")
    first = cached.encode([*TEXTS, TEXTS[0]])
    assert counting.asked == TEXTS
    assert np.array_equal(first[0], first[4])
    assert np.array_equal(cached.encode(TEXTS[::-1]), first[:4][::-1])
    assert counting.asked == TEXTS
    cached.encode(["neu", TEXTS[1]])
    assert counting.asked == [*TEXTS, "neu"]


def test_the_cache_is_found_again_by_the_next_process(counting: Counting, tmp_path: Path) -> None:
    path = tmp_path / "tief" / "unten" / "v.npz"
    cached = CachedEncoder(counting, path)
    vectors = cached.encode(TEXTS)
    cached.save()
    asked = list(counting.asked)
    assert np.array_equal(CachedEncoder(counting, path).encode(TEXTS), vectors)
    assert counting.asked == asked
    assert [file.name for file in path.parent.iterdir()] == ["v.npz"]


def test_a_cache_without_any_text_can_be_saved_and_read(counting: Counting, tmp_path: Path) -> None:
    cached = CachedEncoder(counting, tmp_path / "v.npz")
    assert cached.encode([]).shape == (0, DIMENSION)
    cached.save()
    assert CachedEncoder(counting, tmp_path / "v.npz").encode(TEXTS).shape == (len(TEXTS), DIMENSION)


@pytest.mark.parametrize("kept", [0, 3, 10, 500, 3000, -10])
def test_a_cache_cut_off_by_a_crash_is_made_anew(counting: Counting, tmp_path: Path, kept: int) -> None:
    path = tmp_path / "v.npz"
    whole = CachedEncoder(counting, path)
    vectors = whole.encode(TEXTS)
    whole.save()
    path.write_bytes(path.read_bytes()[:kept])
    again = CachedEncoder(counting, path)
    assert not path.exists()
    assert np.array_equal(again.encode(TEXTS), vectors)
    again.save()
    assert np.array_equal(CachedEncoder(counting, path).encode(TEXTS), vectors)


@pytest.mark.parametrize(
    "content", [b"kaputt", b"PK\x03\x04kaputt", b"\x93NUMPY", b"\x80\x04N.", b"\0" * 1000], ids=lambda content: ascii(content[:8])
)
def test_a_file_that_is_no_cache_is_made_anew(counting: Counting, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "v.npz"
    path.write_bytes(content)
    CachedEncoder(counting, path)
    assert not path.exists()


def test_a_changed_byte_in_the_cache_is_noticed(counting: Counting, tmp_path: Path) -> None:
    path = tmp_path / "v.npz"
    cached = CachedEncoder(counting, path)
    cached.encode(TEXTS)
    cached.save()
    content = bytearray(path.read_bytes())
    content[3000] ^= 255
    path.write_bytes(content)
    CachedEncoder(counting, path)
    assert not path.exists()


def test_the_message_of_a_citizen_is_not_remembered(counting: Counting, tmp_path: Path) -> None:
    cached = CachedEncoder(counting, tmp_path / "v.npz")
    cached.encode(["Hund"])
    vectors = cached.once(["Ich heiße Erika Mustermann", "Hund"])
    assert vectors.shape == (2, DIMENSION)
    cached.once(["Ich heiße Erika Mustermann"])
    assert counting.asked.count("Ich heiße Erika Mustermann") == 2
    cached.save()
    with np.load(tmp_path / "v.npz") as stored:
        assert len(stored["keys"]) == 1


def test_the_cache_file_holds_no_text(counting: Counting, tmp_path: Path) -> None:
    cached = CachedEncoder(counting, tmp_path / "v.npz")
    cached.encode(["Erika Mustermann"])
    cached.save()
    with np.load(tmp_path / "v.npz") as stored:
        assert "Erika" not in str(stored["keys"])


def test_a_process_has_one_encoder() -> None:
    assert sentence_encoder() is sentence_encoder()
