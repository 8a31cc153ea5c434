"""The tables of what was said, masked before it came here: conversations, their turns, and what staff note on them."""

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

from console.conversations.search import index
from console.conversations.words import searchable
from core.database import Moment

metadata = MetaData()


def _words_of_text(context: Any) -> str:
    return searchable(context.get_current_parameters()["text"])


# ``pruefung``: staff who try something; it counts in no figure. ``geloest``: the closing question, null without an answer.
# ``zuege``, ``sprache``, ``erste`` (what was said first) and what follows it sum up the turns, so that a list needs no join:
# ``sicherheit`` is the lowest of the turns', ``daumen`` the worst.
gespraech = Table(
    "konsole_gespraech", metadata,
    Column("id", String(64), primary_key=True), Column("kanal", String(20), nullable=False), Column("sprache", String(8)),
    Column("begonnen", Moment, nullable=False), Column("zuletzt", Moment, nullable=False, index=True),
    Column("zuege", Integer, nullable=False), Column("pruefung", Boolean, nullable=False), Column("geloest", Boolean),
    Column("gesehen_von", String(80)), Column("gesehen_am", Moment), Column("behalten", Boolean, nullable=False),
    Column("erste", Text, nullable=False, default=""), Column("sicherheit", Float), Column("daumen", Integer),
    Column("fallback", Boolean, nullable=False, default=False), Column("rueckfrage", Boolean, nullable=False, default=False),
    Column("ohne_auskunft", Boolean, nullable=False, default=False),
)  # fmt: skip
# The list: newest first.
Index("konsole_gespraech_liste", gespraech.c.begonnen, gespraech.c.id)
# ``eintrag``: the entry of the stream it came from; unique, so that an entry delivered twice is one turn. ``kandidaten``:
# {"absichten": [[name, confidence], …], "leistungen": [[id, score], …]}. ``fallback``: not surely understood. ``rueckfrage``: answered by a
# question which service is meant. ``ohne_auskunft``: the catalogue holds nothing on it. ``daumen``: 1, -1 or null, with ``grund``.
# ``sekunden`` of each stage. ``ausgefallen``: no answer came. ``woerter``: what the search looks for, in one spelling.
zug = Table(
    "konsole_zug", metadata,
    Column("id", Integer, primary_key=True), Column("eintrag", String(40), nullable=False, unique=True),
    Column("gespraech", ForeignKey("konsole_gespraech.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("nachricht", String(64), nullable=False), Column("zeit", Moment, nullable=False, index=True),
    Column("text", Text, nullable=False), Column("knopf", String(300)), Column("antworten", JSON, nullable=False),
    Column("sprache", String(8)), Column("leistung", String(80)), Column("intent", String(40)),
    Column("sicherheit", Float), Column("kandidaten", JSON, nullable=False), Column("fallback", Boolean, nullable=False),
    Column("rueckfrage", Boolean, nullable=False), Column("ohne_auskunft", Boolean, nullable=False), Column("ms", Integer),
    Column("modell", String(40)), Column("daumen", Integer), Column("grund", String(500)),
    Column("sekunden", JSON, nullable=False, default=dict), Column("ausgefallen", Boolean, nullable=False, default=False),
    Column("woerter", Text, nullable=False, default=_words_of_text),
)  # fmt: skip
index(zug)
# What the list filters by; each holds the conversation, so that the turn itself is not read.
for _column in (zug.c.intent, zug.c.leistung, zug.c.sicherheit):
    Index(f"konsole_zug_{_column.name}", _column, zug.c.gespraech, zug.c.zeit)
for _column in (zug.c.fallback, zug.c.rueckfrage, zug.c.ohne_auskunft, zug.c.ausgefallen):
    Index(f"konsole_zug_{_column.name}", zug.c.gespraech, zug.c.zeit, sqlite_where=_column.is_(True), postgresql_where=_column.is_(True))
Index("konsole_zug_daumen", zug.c.daumen, zug.c.gespraech, zug.c.zeit,
      sqlite_where=zug.c.daumen.is_not(None), postgresql_where=zug.c.daumen.is_not(None))  # fmt: skip
schlagwort = Table(
    "konsole_schlagwort", metadata,
    Column("gespraech", ForeignKey("konsole_gespraech.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(40), primary_key=True, index=True), Column("von", String(80), nullable=False),
)  # fmt: skip
# On a turn, or (``zug`` is null) on the whole conversation.
kommentar = Table(
    "konsole_kommentar", metadata,
    Column("id", Integer, primary_key=True),
    Column("gespraech", ForeignKey("konsole_gespraech.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("zug", ForeignKey("konsole_zug.id", ondelete="CASCADE"), index=True), Column("wer", String(80), nullable=False),
    Column("wann", Moment, nullable=False), Column("text", Text, nullable=False),
)  # fmt: skip
# A saved view: ``anfrage`` is the filter as in the address. ``geteilt``: others see it, too.
ansicht = Table(
    "konsole_ansicht", metadata,
    Column("id", Integer, primary_key=True), Column("person", String(80), nullable=False), Column("name", String(60), nullable=False),
    Column("anfrage", String(1000), nullable=False), Column("geteilt", Boolean, nullable=False), UniqueConstraint("person", "name"),
)  # fmt: skip
# Up to which entry of the stream everything stands here.
lesestand = Table(
    "konsole_lesestand", metadata, Column("strom", String(40), primary_key=True), Column("eintrag", String(40), nullable=False),
)  # fmt: skip
