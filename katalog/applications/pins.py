"""PINs: made out of the draft and the key of its submission, kept as an Argon2 hash only."""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from argon2.profiles import CHEAPEST

from core import ids
from core.settings import Settings
from core.vault import Vault

# OWASP's Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes, one lane; 30 ms here.
MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1


class Pins:
    """Hashes are of number and PIN under the secret key, too: a stolen database alone cannot be searched for PINs."""

    def __init__(self, settings: Settings, vault: Vault) -> None:
        self._vault = vault
        cheap = settings.pin_cost == "test"
        self._hasher = PasswordHasher.from_parameters(CHEAPEST) if cheap else PasswordHasher(PASSES, MEMORY_KIB, LANES)
        self._nobodys = self.hashed("", "")

    def of(self, draft: str, key: str) -> str:
        """The PIN of a submission: the same one when it is asked for again."""
        return ids.pin(self._vault.pseudonym(f"pin {draft} {key}"))

    def hashed(self, number: str, pin: str) -> str:
        """What is kept."""
        return self._hasher.hash(self._peppered(number, pin))

    def fits(self, number: str, pin: str, kept: str | None) -> bool:
        """Whether it is the PIN of this number; as long a work where there is no such number (None), so that time does not tell."""
        try:
            self._hasher.verify(kept or self._nobodys, self._peppered(number, pin))
        except VerifyMismatchError:
            return False
        return kept is not None

    def _peppered(self, number: str, pin: str) -> str:
        return self._vault.pseudonym(f"pin {number} {pin}")
