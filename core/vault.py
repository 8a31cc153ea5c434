"""What is kept of a conversation is sealed: encrypted and authenticated with a key from the settings."""

import base64
import hashlib
import hmac
import zlib

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def _derive(secret: str, purpose: bytes) -> bytes:
    """One key per purpose, so that what one use leaks says nothing about another."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())


class Vault:
    """Seals bytes (Fernet: AES-128-CBC with HMAC-SHA-256), compressed: an answer with its sources becomes a third. Two vaults of the
    same secret open each other's seals."""

    def __init__(self, secret: str) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(_derive(secret, b"lotse:vault:v2")))
        self._naming = _derive(secret, b"lotse:pseudonym:v1")

    def seal(self, content: bytes) -> bytes:
        """The sealed content; the same content is sealed differently each time."""
        return self._fernet.encrypt(zlib.compress(content, 1))

    def open(self, sealed: bytes) -> bytes:
        """The content. Raises cryptography.fernet.InvalidToken when it was changed or sealed with another secret."""
        return zlib.decompress(self._fernet.decrypt(sealed))

    def pseudonym(self, text: str) -> str:
        """A stable name for ``text`` (an address to count by) that cannot be turned back without the secret: 32 hex digits."""
        return hmac.new(self._naming, text.encode(), hashlib.sha256).hexdigest()[:32]

    def conversation(self, conversation: str) -> str:
        """The digest that a conversation's code is made of (core/ids.conversation_code)."""
        return self.pseudonym(f"gespraechscode {conversation}")
