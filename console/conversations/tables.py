"""The tables of what was said, masked before it came here: conversations and their turns."""

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Integer, MetaData, String, Table, Text

from core.database import Moment

metadata = MetaData()
# ``pruefung``: staff who try something; it counts in no figure. ``geloest``: the closing question, null without an answer.
# ``zuege``, ``sprache``, ``letzte`` and the flags sum up the turns, so that a list needs no join.
gespraech = Table(
    "konsole_gespraech", metadata,
    Column("id", String(64), primary_key=True), Column("kanal", String(20), nullable=False), Column("sprache", String(8)),
    Column("begonnen", Moment, nullable=False, index=True), Column("zuletzt", Moment, nullable=False, index=True),
    Column("zuege", Integer, nullable=False), Column("pruefung", Boolean, nullable=False), Column("geloest", Boolean),
    Column("gesehen_von", String(80)), Column("gesehen_am", Moment), Column("behalten", Boolean, nullable=False),
)  # fmt: skip
# ``eintrag``: the entry of the stream it came from; unique, so that an entry delivered twice is one turn. ``kandidaten``:
# {"absichten": [[name, confidence], …], "leistungen": [[id, score], …]}. ``fallback``: not surely understood. ``rueckfrage``: answered by a
# question which service is meant. ``ohne_auskunft``: the catalogue holds nothing on it. ``daumen``: 1, -1 or null, with ``grund``.
zug = Table(
    "konsole_zug", metadata,
    Column("id", Integer, primary_key=True), Column("eintrag", String(40), nullable=False, unique=True),
    Column("gespraech", ForeignKey("konsole_gespraech.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("nachricht", String(64), nullable=False, index=True), Column("zeit", Moment, nullable=False, index=True),
    Column("text", Text, nullable=False), Column("knopf", String(300)), Column("antworten", JSON, nullable=False),
    Column("sprache", String(8)), Column("leistung", String(80), index=True), Column("intent", String(40), index=True),
    Column("sicherheit", Float), Column("kandidaten", JSON, nullable=False), Column("fallback", Boolean, nullable=False),
    Column("rueckfrage", Boolean, nullable=False), Column("ohne_auskunft", Boolean, nullable=False), Column("ms", Integer),
    Column("modell", String(40)), Column("daumen", Integer), Column("grund", String(500)),
)  # fmt: skip
