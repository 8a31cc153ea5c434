"""The tables of those who work here: people, their sessions, wrong tries, and the trail of what they did."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, MetaData, String, Table

from core.database import Moment, only_grows

metadata = MetaData()
# ``passwort``: an Argon2 hash. ``neu_setzen``: it was given by somebody else and has to be changed at the first sign-in.
person = Table(
    "konsole_person", metadata,
    Column("name", String(80), primary_key=True), Column("passwort", String(200), nullable=False),
    Column("neu_setzen", Boolean, nullable=False), Column("rolle", String(20), nullable=False), Column("aktiv", Boolean, nullable=False),
    Column("angelegt", Moment, nullable=False),
)  # fmt: skip
# ``pseudonym`` of the cookie; ``csrf`` is what each form of the session has to carry.
sitzung = Table(
    "konsole_sitzung", metadata,
    Column("pseudonym", String(64), primary_key=True), Column("person", ForeignKey("konsole_person.name"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False), Column("begonnen", Moment, nullable=False),
    Column("zuletzt", Moment, nullable=False, index=True),
)  # fmt: skip
# Wrong tries of a name or an address, both as pseudonyms; they count until ``bis``.
versuch = Table(
    "konsole_versuch", metadata,
    Column("schluessel", String(64), primary_key=True), Column("anzahl", Integer, nullable=False),
    Column("bis", Moment, nullable=False, index=True),
)  # fmt: skip
# Who did what, when, to what. Each row's ``kette`` is a hash over the row and the one before it: a row that was changed or taken out shows.
protokoll = Table(
    "konsole_protokoll", metadata,
    Column("id", Integer, primary_key=True), Column("wann", Moment, nullable=False, index=True),
    Column("wer", String(80), nullable=False, index=True), Column("was", String(40), nullable=False, index=True),
    Column("bezug", String(200), nullable=False), Column("angaben", JSON, nullable=False), Column("kette", String(64), nullable=False),
)  # fmt: skip
only_grows(protokoll)
# One row: the last link of the chain and how many there are. Who writes locks it, so that two at once do not both follow the same link;
# and the last rows cannot be cut off unseen.
kettenende = Table(
    "konsole_kettenende", metadata,
    Column("id", Integer, primary_key=True), Column("zeilen", Integer, nullable=False), Column("kette", String(64), nullable=False),
)  # fmt: skip
