"""Addresses of the web that open something: with a token, a session or a key in them."""

import re

_SECRET = re.compile(
    r"""[?&\#/;](?:[a-z]{0,12}_?(?:token|code|key|secret|session(?:_?id)?|pin|passwor[dt])|sig(?:nature)?|jsessionid|phpsessid
    |sid|otp|auth|pw|pwd|jwt|ticket|hash|magic|invite|state|nonce|t|k|s|access|id_?token)[=/][^&/\s]{4,}""",
    re.IGNORECASE | re.VERBOSE,
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LONG = re.compile(r"[A-Za-z0-9_-]{24,}")
_TURN = re.compile(r"[A-Za-z][0-9]|[0-9][A-Za-z]")
# Shorter, with letters of both sizes and digits in between.
_RANDOM = re.compile(r"(?<![A-Za-z0-9_-])(?=[A-Za-z0-9_-]*[a-z][A-Z0-9_-]*[A-Z])(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{8,}")


def opens_something(url: str) -> bool:
    """An address with a named secret, or with a part whose letters and digits change places as in random ones."""
    if _SECRET.search(url) or _UUID.search(url):
        return True
    return any(len(_TURN.findall(part)) > 2 for part in (*_LONG.findall(url), *_RANDOM.findall(url)))
