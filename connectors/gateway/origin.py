"""Where a conversation comes from: its channel, and whether staff only try something. Kept beside the token's hash, in one value."""

from dataclasses import dataclass
from typing import Self

WEB = "web"


@dataclass(frozen=True)
class Origin:
    """``pruefung``: staff who try something; it counts in no figure."""

    kanal: str = WEB
    pruefung: bool = False

    def kept(self, hashed: str) -> str:
        """What is kept under the conversation's key."""
        return f"{hashed} {self.kanal} {self.pruefung:d}"

    @classmethod
    def read(cls, kept: bytes) -> tuple[bytes, Self]:
        """(the token's hash, the origin). An earlier version kept the hash alone."""
        hashed, *rest = kept.split(b" ")
        return hashed, cls(rest[0].decode(), rest[1] == b"1") if len(rest) == 2 else cls()
