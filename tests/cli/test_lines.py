"""Messages from standard input."""

from io import BytesIO

import pytest

from cli.lines import lines

CASES = {
    "nothing": (b"", []),
    "one": (b"Hallo\n", ["Hallo"]),
    "no end of line at the end": (b"Hallo\nWelt", ["Hallo", "Welt"]),
    "empty lines": (b"a\n\n\nb\n", ["a", "", "", "b"]),
    "Windows": (b"a\r\n\r\nb\r\n", ["a", "", "b"]),
    "umlauts": ("Führerschein für Ömer\n".encode(), ["Führerschein für Ömer"]),
    "Latin-1": ("Führerschein\n".encode("latin-1"), ["F\ufffdhrerschein"]),
    "half a character": ("Ü".encode()[:1] + b"\nb\n", ["\ufffd", "b"]),
    "any bytes": (bytes(range(128, 256)) + b"\n", None),
    "zero": (b"a\0b\n", ["a\0b"]),
    "spaces stay": (b"  a \t\n", ["  a \t"]),
    "a return inside": (b"a\rb\n", ["a\rb"]),
    "other line separators are text": ("a\u2028b\u0085c\x0bd\n".encode(), ["a\u2028b\u0085c\x0bd"]),
    "long": (b"x" * 1_000_000 + b"\nb", ["x" * 1_000_000, "b"]),
}


@pytest.mark.parametrize(("typed", "texts"), CASES.values(), ids=CASES)
def test_lines(typed: bytes, texts: list[str] | None) -> None:
    read = list(lines(BytesIO(typed)))
    if texts is None:
        assert len(read) == 1
        assert set(read[0]) == {"\ufffd"}
    else:
        assert read == texts


def test_each_line_comes_when_it_is_typed() -> None:
    """A person at the terminal gets an answer before the end of the input."""

    class Terminal(BytesIO):
        given = 0

        def __next__(self) -> bytes:
            self.given += 1
            return b"Hallo\n"

    terminal = Terminal()
    assert next(lines(terminal)) == "Hallo"
    assert terminal.given == 1
