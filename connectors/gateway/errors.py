"""The gateway's own branch of the error tree. Their messages come from gateway.yml: citizens read them.

LotseError
├── TextTooLong     more than a person types in one message
├── TooLarge        the body is over its limit
└── NotOffered      a payload that is no button of this conversation
"""

from core.errors import LotseError


class TextTooLong(LotseError):
    """The citizen's text is over the limit."""

    status = 422
    title = "Nachricht zu lang"


class TooLarge(LotseError):
    """The body is over its limit, whatever Content-Length says."""

    status = 413
    title = "Anfrage zu groß"


class NotOffered(LotseError):
    """A payload counts only if its button was offered in this conversation."""

    status = 409
    title = "Auswahl gilt nicht mehr"
