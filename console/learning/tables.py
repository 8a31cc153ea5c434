"""The tables of what is learned: cases that were decided, and the versions that were made of them."""

from sqlalchemy import JSON, Column, Integer, MetaData, String, Table, Text

from core.database import Moment

metadata = MetaData()
# A test case, in the words of tests/nlu. ``ueben``: sentences that teach it. ``zustand``: neu, zurueckgezogen.
# What stands here was looked at by a person and belongs to no conversation any more.
fall = Table(
    "konsole_fall", metadata,
    Column("id", Integer, primary_key=True), Column("text", Text, nullable=False), Column("absicht", String(40), nullable=False),
    Column("leistung", String(80)), Column("kategorie", String(40), nullable=False), Column("ueben", JSON, nullable=False),
    Column("gruppe", Integer), Column("zustand", String(20), nullable=False), Column("von", String(80), nullable=False),
    Column("am", Moment, nullable=False),
)  # fmt: skip
# ``faelle``: ids of the cases in it. ``angenommen``: texts of cases that may stay wrong, and who said so. ``zugestimmt_von`` put it live.
kandidat = Table(
    "konsole_kandidat", metadata,
    Column("id", Integer, primary_key=True), Column("faelle", JSON, nullable=False), Column("angefordert_von", String(80), nullable=False),
    Column("angefordert_am", Moment, nullable=False), Column("angenommen", JSON, nullable=False),
    Column("zugestimmt_von", String(80)), Column("zugestimmt_am", Moment), sqlite_autoincrement=True,  # a version's folder has its id
)  # fmt: skip
