"""Passwords: what is accepted, and as what they are kept."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from argon2.profiles import CHEAPEST, RFC_9106_LOW_MEMORY

from core.errors import BadInput
from core.ids import ALPHABET
from core.settings import Settings

# BSI and NIST alike: length counts, not kinds of characters.
SHORTEST = 12
# Nobody makes the server hash a book.
LONGEST = 200


class Passwords:
    """Argon2 hashes with the memory that RFC 9106 asks for."""

    def __init__(self, settings: Settings) -> None:
        self._hasher = PasswordHasher.from_parameters(CHEAPEST if settings.pin_cost == "test" else RFC_9106_LOW_MEMORY)
        self._nobodys = self._hasher.hash(secrets.token_hex(16))

    def hashed(self, password: str, name: str) -> str:
        """What is kept of it. Raises BadInput where it is too short, too long, or made of the name."""
        if len(password) < SHORTEST:
            raise BadInput(f"Das Passwort ist zu kurz: mindestens {SHORTEST} Zeichen.")
        if len(password) > LONGEST:
            raise BadInput(f"Das Passwort ist zu lang: höchstens {LONGEST} Zeichen.")
        if len(set(password)) < 5 or password.casefold().replace(name.casefold(), "").strip("0123456789!?.-_ ") == "":
            raise BadInput("Das Passwort ist zu leicht zu erraten. Gut sind vier Wörter, die nichts miteinander zu tun haben.")
        return self._hasher.hash(password)

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether it is this one; as long a work where nothing is kept."""
        try:
            self._hasher.verify(kept or self._nobodys, password[: LONGEST + 1])
        except VerifyMismatchError:
            return False
        return kept is not None


def fresh_password() -> str:
    """A start password of 80 random bits in groups that can be read out."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(16)).lower()
    return "-".join(text[start : start + 4] for start in range(0, 16, 4))
