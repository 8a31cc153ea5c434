"""Everything that the console stores of one conversation: told to the citizen (Art. 15 DSGVO), or deleted (Art. 17).

What belongs to a conversation is found by the foreign keys of the database itself, so that no part of the console can be forgotten.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import column, delete, inspect, or_, select, table, tuple_
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.sql.expression import TableClause

from console.access.audit import note
from console.conversations.tables import gespraech
from console.person import Person
from core.clock import ZONE, Clock
from core.errors import BadInput, Conflict, NotFound
from core.ids import conversation_code, read_conversation_code
from core.vault import Vault

# Tables of the console.
PREFIX = "konsole_"
# Columns that name staff: they are no data of the citizen.
OF_STAFF = ("person", "wer", "von")
# Made of the text for the search (console/conversations/search.py): they say nothing that the text does not say.
OF_SEARCH = ("woerter", "suche")


class Stored:
    """Looks up by the code that the chat tells."""

    def __init__(self, engine: Engine, vault: Vault, clock: Clock) -> None:
        self._engine = engine
        self._vault = vault
        self._clock = clock

    def code(self, conversation: str) -> str:
        """The code of a conversation, as the chat tells it."""
        return conversation_code(self._vault.conversation(conversation))

    def find(self, typed: str) -> str:
        """The conversation of a code, however it was typed. Raises BadInput, NotFound, Conflict where two share it.

        The codes are computed and not kept: 100,000 conversations take a second and a half.
        """
        code = read_conversation_code(typed)
        if code is None:
            raise BadInput("Das ist kein Code eines Gesprächs. Er sieht so aus: GE-4RP6-FJ43-H.")
        with self._engine.connect() as connection:
            known = connection.execute(select(gespraech.c.id)).scalars()
            found = [one for one in known if self.code(one) == code]
        if not found:
            raise NotFound("Zu diesem Code ist nichts gespeichert. Das Gespräch ist gelöscht, oder der Code ist falsch geschrieben.")
        if len(found) > 1:
            raise Conflict("Zu diesem Code gibt es zwei Gespräche. Bitte suchen Sie das richtige unter „Gespräche“.")
        return found[0]

    def told(self, conversation: str) -> dict[str, list[dict[str, Any]]]:
        """{table without its prefix: rows}, the conversation first; moments are in the city's time. Empty where nothing is stored."""
        with self._engine.connect() as connection:
            found = {}
            for one, mine, order in _belonging(connection, conversation):
                rows = connection.execute(select(one).where(mine).order_by(*(one.c[name] for name in order if name in one.c)))
                told = [{name: _plain(value) for name, value in row.items()} for row in rows.mappings()]
                found[one.name.removeprefix(PREFIX)] = told
        return found if found[gespraech.name.removeprefix(PREFIX)] else {}

    def delete(self, conversation: str, by: str) -> None:
        """Deletes it with all that belongs to it, also where it is preserved. Raises NotFound."""
        with self._engine.begin() as connection:
            if not connection.execute(delete(gespraech).where(gespraech.c.id == conversation)).rowcount:
                raise NotFound("Dieses Gespräch ist schon gelöscht.")
            note(connection, self._clock(), by, "gespraech_geloescht", self.alias(conversation))

    def note_told(self, conversation: str, who: Person, was: str) -> None:
        """Into the trail, without content."""
        with self._engine.begin() as connection:
            note(connection, self._clock(), who.name, was, self.alias(conversation))

    def alias(self, conversation: str) -> str:
        """How the trail names a conversation: the same each time, and nothing leads back from it."""
        return self._vault.pseudonym(f"protokoll {conversation}")[:12]


def _belonging(connection: Connection, conversation: str) -> list[tuple[TableClause, Any, list[str]]]:
    """(table without what names staff, which of its rows, in what order) of all that hangs on the conversation, directly or by others."""
    inspector = inspect(connection)
    names = [name for name in inspector.get_table_names() if name.startswith(PREFIX)]
    keys = {name: inspector.get_foreign_keys(name) for name in names}
    reached: dict[str, Any] = {gespraech.name: column("id") == conversation}
    while more := [n for n in names if n not in reached and any(key["referred_table"] in reached for key in keys[n])]:
        for name in more:
            ways = [key for key in keys[name] if key["referred_table"] in reached and key["referred_table"] != name]
            reached[name] = or_(*(_of(key, reached[key["referred_table"]]) for key in ways))
    return [
        (table(name, *_columns(inspector, name, keys[name])), mine, inspector.get_pk_constraint(name)["constrained_columns"])
        for name, mine in reached.items()
    ]


def _columns(inspector: Any, name: str, keys: list[dict[str, Any]]) -> list[Any]:
    of_people = {one for key in keys if key["referred_table"] == f"{PREFIX}person" for one in key["constrained_columns"]}
    hidden = {*of_people, *OF_SEARCH}
    told = [one for one in inspector.get_columns(name) if one["name"] not in hidden and one["name"].split("_")[-1] not in OF_STAFF]
    return [column(one["name"], one["type"]) for one in told]


def _of(key: dict[str, Any], mine: Any) -> Any:
    referred = select(*map(column, key["referred_columns"])).select_from(table(key["referred_table"])).where(mine)
    return tuple_(*map(column, key["constrained_columns"])).in_(referred)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(ZONE).replace(microsecond=0)
    return value if value is None or isinstance(value, str | int | float | bool | list | dict) else str(value)
