"""The tables of those who work here: people, their sessions, and the trail of what they did."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, MetaData, String, Table

from core.database import Moment, only_grows

metadata = MetaData()
# ``passwort``: an Argon2 hash.
person = Table(
    "konsole_person", metadata,
    Column("name", String(80), primary_key=True), Column("passwort", String(200), nullable=False),
    Column("rolle", String(20), nullable=False), Column("aktiv", Boolean, nullable=False), Column("angelegt", Moment, nullable=False),
)  # fmt: skip
# ``pseudonym`` of the cookie; ``csrf`` is what each form of the session has to carry.
sitzung = Table(
    "konsole_sitzung", metadata,
    Column("pseudonym", String(64), primary_key=True), Column("person", ForeignKey("konsole_person.name"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False), Column("begonnen", Moment, nullable=False),
    Column("zuletzt", Moment, nullable=False, index=True),
)  # fmt: skip
# Who did what, when, to what. Each row's ``kette`` is a hash over the row and the one before it: a row that was changed or taken out shows.
protokoll = Table(
    "konsole_protokoll", metadata,
    Column("id", Integer, primary_key=True), Column("wann", Moment, nullable=False), Column("wer", String(80), nullable=False, index=True),
    Column("was", String(40), nullable=False), Column("bezug", String(200), nullable=False), Column("angaben", JSON, nullable=False),
    Column("kette", String(64), nullable=False),
)  # fmt: skip
only_grows(protokoll)
