"""Resume codes: a draft is paused with one and goes on with it, once."""

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Engine

from core import ids
from core.clock import Clock
from core.errors import NotFound
from core.vault import Vault
from katalog.applications.attempts import Attempts
from katalog.applications.audit import CITIZEN, note
from katalog.applications.drafts import Drafts
from katalog.applications.schemas import Code, Entwurf
from katalog.applications.tables import code, entwurf
from katalog.applications.texts import texts


class Codes:
    """A code is kept as a pseudonym only."""

    def __init__(self, engine: Engine, vault: Vault, attempts: Attempts, clock: Clock, drafts: Drafts) -> None:
        self._engine = engine
        self._vault = vault
        self._attempts = attempts
        self._clock = clock
        self._drafts = drafts

    def pause(self, draft: str) -> Code:
        """A new code for the draft; the one before is no longer good. Raises NotFound, Conflict (submitted)."""
        now, fresh = self._clock(), ids.new_resume_code()
        with self._engine.begin() as connection:
            # The update locks the row: two that pause at once come one after the other.
            connection.execute(update(entwurf).where(entwurf.c.id == draft).values(fassung=entwurf.c.fassung))
            row = self._drafts.row(connection, draft)
            self._drafts.refuse_submitted(row)
            connection.execute(delete(code).where(code.c.entwurf == draft))
            connection.execute(insert(code).values(entwurf=draft, pseudonym=self._coded(fresh)))
            note(connection, now, CITIZEN, "code_erzeugt", draft)
        return Code(code=fresh, gueltig_bis=row.gueltig_bis)

    def resume(self, given: str, gespraech: str) -> Entwurf:
        """The draft of a code, which is used up. The conversation that used it may repeat it: a message can arrive twice.

        Raises NotFound, TooMany.
        """
        now, known = self._clock(), ids.resume_code(given)
        with self._attempts.tried(now, f"code {gespraech}"), self._engine.begin() as connection:
            owner = self._vault.pseudonym(f"gespraech {gespraech}")
            free = (code.c.pseudonym == self._coded(known or "")) & (code.c.gespraech.is_(None) | (code.c.gespraech == owner))
            used = connection.execute(update(code).where(free).values(gespraech=owner)).rowcount
            alive = select(entwurf).join(code).where(free, entwurf.c.gueltig_bis > now, entwurf.c.vorgangsnummer.is_(None))
            row = connection.execute(alive).first() if used else None
            if row is None:
                raise NotFound(texts().kein_code)
            note(connection, now, CITIZEN, "fortgesetzt", row.id)
            return self._drafts.shown(row)

    def _coded(self, given: str) -> str:
        return self._vault.pseudonym(f"code {given}")
