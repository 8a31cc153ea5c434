"""Who may write: callers that know the token of the settings."""

import secrets

from core.errors import NotAllowed


def require(authorization: str | None, token: str, told: str) -> None:
    """Raises NotAllowed(``told``) where the header is not ``Bearer <token>``."""
    given = (authorization or "").removeprefix("Bearer ")
    if not secrets.compare_digest(given.encode(), token.encode()):
        raise NotAllowed(told)
