"""Progress of a command: on stderr, because stdout belongs to the results."""

import sys


def tell(line: str) -> None:
    """Prints one line at once."""
    print(line, file=sys.stderr, flush=True)
