"""The tables of what went wrong: messages, groups of similar ones, and facts that are missing in the catalogue."""

from sqlalchemy import JSON, Column, Float, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

from console.conversations.tables import metadata as conversations
from core.database import Moment

metadata = MetaData()
# ``rang`` orders the inbox (score.py). ``summe``: the sum of the vectors of its messages, (512,) float32. ``vergeben_an`` works on it until
# ``vergeben_bis``. ``entscheidung``: what was decided, with the ids of cases and tasks. ``fest``: taken out by hand, takes in no others.
gruppe = Table(
    "konsole_gruppe", metadata,
    Column("id", Integer, primary_key=True), Column("anzahl", Integer, nullable=False), Column("buerger", Integer, nullable=False),
    Column("schwere", Float, nullable=False), Column("zuletzt", Moment, nullable=False), Column("rang", Float, nullable=False),
    Column("summe", LargeBinary, nullable=False), Column("fest", Integer, nullable=False),
    Column("zustand", String(20), nullable=False, index=True), Column("entscheidung", JSON, nullable=False),
    Column("von", String(80)), Column("am", Moment), Column("vergeben_an", String(80)), Column("vergeben_bis", Moment),
)  # fmt: skip
# A message, masked as its turn is. It goes with its conversation. ``gruende``: why it is here. ``vektor``: (512,) float16.
eintrag = Table(
    "konsole_eintrag", metadata,
    Column("id", Integer, primary_key=True),
    Column("zug", ForeignKey(conversations.tables["konsole_zug"].c.id, ondelete="CASCADE"), nullable=False, unique=True),
    Column("gespraech", String(64), nullable=False, index=True), Column("gruppe", ForeignKey(gruppe.c.id), nullable=False, index=True),
    Column("text", Text, nullable=False), Column("gruende", JSON, nullable=False), Column("schwere", Float, nullable=False),
    Column("zeit", Moment, nullable=False), Column("vektor", LargeBinary, nullable=False),
)  # fmt: skip
# A fact that the catalogue does not hold. ``zustand``: offen, in_arbeit, erledigt.
aufgabe = Table(
    "konsole_aufgabe", metadata,
    Column("id", Integer, primary_key=True), Column("text", Text, nullable=False), Column("leistung", String(80)),
    Column("notiz", String(500), nullable=False), Column("zustand", String(20), nullable=False, index=True),
    Column("von", String(80), nullable=False), Column("am", Moment, nullable=False), Column("bearbeitet_von", String(80)),
    Column("bearbeitet_am", Moment),
)  # fmt: skip
