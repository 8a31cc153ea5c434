"""Deliveries of Meta: handshake and signature (developers.facebook.com/docs/graph-api/webhooks/getting-started)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from connectors.gateway.texts import texts
from core.errors import BadInput

SIGNATURE = "x-hub-signature-256"
# Meta: "webhook payloads can be up to 3 MB".
MOST_BYTES = 3 * 1024 * 1024
_PREFIX, _DIGITS = "sha256=", 64
Model = TypeVar("Model", bound=BaseModel)


def admits(headers: Mapping[str, str]) -> bool:
    """Whether there is a signature at all: a body without one is not read."""
    told = headers.get(SIGNATURE, "")
    return told.startswith(_PREFIX) and len(told) == len(_PREFIX) + _DIGITS


def signature(secret: str, body: bytes) -> str:
    """The header's value for a body."""
    return _PREFIX + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def signed(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the app's secret has signed this body."""
    return hmac.compare_digest(headers.get(SIGNATURE, "").encode("utf-8", "replace"), signature(secret, body).encode())


def handshake(verify: str, query: Mapping[str, str]) -> str | None:
    """The challenge to say again, or None."""
    known = hmac.compare_digest(query.get("hub.verify_token", "").encode("utf-8", "replace"), verify.encode())
    return query.get("hub.challenge", "")[:1000] if known and query.get("hub.mode") == "subscribe" else None


def parsed(body: bytes, model: type[Model]) -> Model:
    """A delivery. Raises BadInput."""
    try:
        return model.model_validate(json.loads(body.decode("utf-8")))
    except (ValueError, RecursionError, ValidationError):
        raise BadInput(texts().nicht_lesbar) from None
