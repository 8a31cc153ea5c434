"""How sending fails.

LotseError
├── Later        not now: a limit, a fault, a wrong token; the same message may go through afterwards
└── Refused      never: blocked, no such chat, window closed, a message the platform does not take
"""

from core.errors import LotseError


class Later(LotseError):
    """``seconds``: how long to wait at least; ``doubtful``: the platform may have taken the message all the same."""

    def __init__(self, reason: str, seconds: float = 0.0, doubtful: bool = False) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.doubtful = doubtful


class Refused(LotseError):
    """The reason holds the platform's code and nothing of the message."""
