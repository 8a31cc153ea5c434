"""The tables of the applications, in the catalogue's database. What a citizen wrote is sealed (core.vault)."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table

from core.database import Moment, only_grows

metadata = MetaData()
# ``schluessel``: pseudonym of conversation and Idempotency-Key. ``formular`` is kept as it was: a draft outlives a change of the file.
entwurf = Table(
    "antrag_entwurf", metadata,
    Column("id", String(32), primary_key=True), Column("schluessel", String(32), nullable=False, unique=True),
    Column("leistung", String(80), nullable=False), Column("formular", JSON, nullable=False),
    Column("werte", LargeBinary, nullable=False), Column("fassung", Integer, nullable=False),
    Column("gueltig_bis", Moment, nullable=False, index=True), Column("vorgangsnummer", String(14)),
)  # fmt: skip
# One code a draft. ``gespraech``: pseudonym of the conversation that has used it.
code = Table(
    "antrag_code", metadata,
    Column("entwurf", ForeignKey("antrag_entwurf.id"), primary_key=True),
    Column("pseudonym", String(32), nullable=False, unique=True), Column("gespraech", String(32)),
)  # fmt: skip
# ``entwurf`` is unique: a draft becomes one case at most. ``unterlagen`` and ``antwort`` are sealed; empty once deleted.
vorgang = Table(
    "antrag_vorgang", metadata,
    Column("vorgangsnummer", String(14), primary_key=True), Column("entwurf", String(32), nullable=False, unique=True),
    Column("schluessel", String(32), nullable=False), Column("pin", String(200), nullable=False),
    Column("leistung", String(80), nullable=False), Column("titel", String(1000), nullable=False),
    Column("hinweis", String(1000)), Column("unterlagen", LargeBinary), Column("eingegangen_am", Moment, nullable=False),
    Column("status", String(20), nullable=False), Column("seit", Moment, nullable=False), Column("antwort", LargeBinary),
)  # fmt: skip
# What was delivered to the office: the embedded inbox.
postfach = Table(
    "antrag_postfach", metadata,
    Column("vorgangsnummer", String(14), primary_key=True), Column("referat", String(4000), index=True),
    Column("formular", JSON, nullable=False), Column("werte", LargeBinary, nullable=False),
)  # fmt: skip
# A file of a draft, and of its case later on: name and content are sealed.
anlage = Table(
    "antrag_anlage", metadata,
    Column("id", String(32), primary_key=True), Column("entwurf", String(32), nullable=False, index=True),
    Column("feld", String(80), nullable=False), Column("name", LargeBinary, nullable=False), Column("typ", String(40), nullable=False),
    Column("groesse", Integer, nullable=False), Column("inhalt", LargeBinary, nullable=False),
)  # fmt: skip
# Upload links.
hochladen = Table(
    "antrag_hochladen", metadata,
    Column("pseudonym", String(32), primary_key=True), Column("entwurf", String(32), nullable=False, index=True),
    Column("feld", String(80), nullable=False), Column("gueltig_bis", Moment, nullable=False, index=True),
)  # fmt: skip
versuch = Table(
    "antrag_versuch", metadata,
    Column("schluessel", String(32), primary_key=True), Column("anzahl", Integer, nullable=False),
    Column("bis", Moment, nullable=False, index=True),
)  # fmt: skip
# Who did what, when, to which draft or case; ``status`` where it changed. No values. It only grows.
protokoll = Table(
    "antrag_protokoll", metadata,
    Column("id", Integer, primary_key=True), Column("wann", Moment, nullable=False), Column("wer", String(200), nullable=False),
    Column("was", String(40), nullable=False), Column("bezug", String(32), nullable=False, index=True), Column("status", String(20)),
)  # fmt: skip
only_grows(protokoll)
