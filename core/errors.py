"""The error tree. Citizens never see these texts; operators and editors do.

LotseError
├── ConfigurationError      a setting is missing or wrong
├── StartError              the system cannot start (has an exit code)
├── RecordsRejected         an import holds records that do not fit
├── ReplaceRefused          --replace would drop too much
├── NotFound                no such service, office, conversation …
├── NotAllowed              token missing or wrong
├── Conflict                somebody else was faster, or it is done already
├── Invalid                 values of a form that do not fit
├── TooMany                 a limit was reached
├── Unavailable             a dependency does not answer in time
└── BadInput                a request that cannot be understood
"""

from typing import Any


class LotseError(Exception):
    """Base of all errors of our own. ``status`` is the HTTP status it is told with, ``title`` its German name."""

    status = 500
    title = "Interner Fehler"

    def more(self) -> dict[str, Any]:
        """What its problem tells besides its text, by the problem's field."""
        return {}


class ConfigurationError(LotseError):
    """A setting is missing or wrong; the message says which and what to do."""

    title = "Einstellung fehlt oder ist falsch"


class StartError(LotseError):
    """The system cannot start. ``exit_code`` is documented in the README."""

    title = "Start nicht möglich"

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class RecordsRejected(LotseError):
    """Nothing was imported because some records do not fit; ``rejected`` lists (where, why)."""

    status = 422
    title = "Datensätze passen nicht"

    def __init__(self, rejected: list[tuple[str, str]]) -> None:
        where, why = rejected[0]
        super().__init__(f"{len(rejected)} Datensätze abgelehnt, nichts übernommen. Der erste: {where}: {why}")
        self.rejected = rejected

    def more(self) -> dict[str, Any]:
        return {"rejected": self.rejected}


class ReplaceRefused(LotseError):
    """--replace would drop more than a fifth of what came from this source."""

    status = 409
    title = "Ersetzen abgelehnt"


class NotFound(LotseError):
    """What was asked for does not exist."""

    status = 404
    title = "Nicht gefunden"


class NotAllowed(LotseError):
    """The token is missing or wrong."""

    status = 401
    title = "Nicht erlaubt"


class Conflict(LotseError):
    """What was to be changed has changed meanwhile; ``vorgangsnummer``: the case that an application has become already."""

    status = 409
    title = "Inzwischen geändert"

    def __init__(self, message: str, vorgangsnummer: str | None = None) -> None:
        super().__init__(message)
        self.vorgangsnummer = vorgangsnummer

    def more(self) -> dict[str, Any]:
        return {"vorgangsnummer": self.vorgangsnummer}


class Invalid(LotseError):
    """Values of a form do not fit: ``fehler`` lists {"feld": property, "grund": the JSON Schema keyword that failed}, no values."""

    status = 422
    title = "Angaben passen nicht"

    def __init__(self, fehler: list[dict[str, str]]) -> None:
        super().__init__("Diese Angaben passen nicht zum Formular: " + ", ".join(f"{one['feld']} ({one['grund']})" for one in fehler[:10]))
        self.fehler = fehler

    def more(self) -> dict[str, Any]:
        return {"fehler": self.fehler}


class TooMany(LotseError):
    """A limit was reached; try again later."""

    status = 429
    title = "Zu viele Anfragen"


class Unavailable(LotseError):
    """A dependency does not answer in time; the same request may succeed later."""

    status = 503
    title = "Zurzeit nicht erreichbar"


class BadInput(LotseError):
    """The request cannot be understood; the message says what to change."""

    status = 400
    title = "Eingabe nicht verständlich"
