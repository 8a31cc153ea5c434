"""The fixed names of the intents (statistics, tests and the console use them)."""

SERVICE_INTENTS = (
    "leistung_suchen", "frage_unterlagen", "frage_kosten", "frage_frist", "frage_dauer", "frage_voraussetzungen",
    "frage_ablauf", "frage_zustaendigkeit", "frage_oeffnungszeiten", "frage_kontakt", "frage_online", "frage_formular",
    "frage_rechtsgrundlage", "frage_vertretung",
)  # fmt: skip
# Asks nothing of a service but what it is; also the answer where a service is only named.
OVERVIEW = SERVICE_INTENTS[0]
DOING_INTENTS = ("antrag_starten", "antrag_status", "termin_buchen")
TALKING_INTENTS = (
    "begruessung", "verabschiedung", "dank", "bestaetigen", "ablehnen", "abbrechen", "hilfe", "wiederholen",
    "mensch_sprechen", "beschwerde", "lob", "bot_frage", "einfache_sprache", "sprache_wechseln",
    "datenschutz_auskunft", "datenschutz_loeschen", "notfall", "smalltalk", "ausserhalb",
)  # fmt: skip
INTENTS = SERVICE_INTENTS + DOING_INTENTS + TALKING_INTENTS
