"""Messages from standard input: one a line, invalid UTF-8 replaced, line ends removed."""

from collections.abc import Iterator
from typing import BinaryIO


def lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of ``stream`` as text."""
    for raw in stream:
        yield raw.decode("utf-8", "replace").rstrip("\r\n")
