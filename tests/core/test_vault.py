"""What is sealed can be opened with the same secret only, and not when it was changed."""

import pytest
from cryptography.fernet import InvalidToken

from core.vault import Vault

SECRET = "nur-zum-pruefen-0123456789-0123456789"


@pytest.mark.parametrize("content", [b"", b"Hallo", "Grüße 😀".encode(), bytes(100_000)])
def test_what_is_sealed_opens_in_another_vault_of_the_same_secret(content: bytes) -> None:
    assert Vault(SECRET).open(Vault(SECRET).seal(content)) == content


def test_sealed_content_is_not_readable_and_never_twice_the_same() -> None:
    vault = Vault(SECRET)
    first, second = vault.seal(b"Geheimnis"), vault.seal(b"Geheimnis")
    assert b"Geheimnis" not in first
    assert first != second


def test_another_secret_opens_nothing() -> None:
    with pytest.raises(InvalidToken):
        Vault(SECRET + "x").open(Vault(SECRET).seal(b"Geheimnis"))


def test_changed_content_is_refused() -> None:
    sealed = bytearray(Vault(SECRET).seal(b"Geheimnis"))
    sealed[20] ^= 1
    with pytest.raises(InvalidToken):
        Vault(SECRET).open(bytes(sealed))


def test_a_pseudonym_is_stable_and_belongs_to_the_secret() -> None:
    name = Vault(SECRET).pseudonym("203.0.113.7")
    assert name == Vault(SECRET).pseudonym("203.0.113.7")
    assert name != Vault(SECRET + "x").pseudonym("203.0.113.7")
    assert len(name) == 32
