"""Progress of a command: on stderr, because stdout belongs to the results."""

import sys
from contextlib import suppress


def tell(line: str) -> None:
    """Prints one line at once. What cannot be written, because the disk is full, must not end the system."""
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)
