"""The tables of what is kept how long, and of the runs that delete the rest."""

from sqlalchemy import JSON, Column, Integer, MetaData, String, Table

from core.database import Moment

metadata = MetaData()
# Where it differs from the default.
frist = Table(
    "konsole_frist", metadata,
    Column("art", String(40), primary_key=True), Column("tage", Integer, nullable=False),
)  # fmt: skip
# ``geloescht``: {kind: how many}. ``fehler``: the error's name, null where all went well.
lauf = Table(
    "konsole_lauf", metadata,
    Column("id", Integer, primary_key=True), Column("begonnen", Moment, nullable=False, index=True),
    Column("beendet", Moment, nullable=False), Column("geloescht", JSON, nullable=False), Column("fehler", String(80)),
)  # fmt: skip
