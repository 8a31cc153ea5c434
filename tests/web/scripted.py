"""What the bot says in the widget's tests, by what it was asked: every part of an answer at least once.

It stands in Rasa's place (tests/connectors/fake_bot.py says why); the gateway before it is the real one.
"""

from typing import Any

SOURCE = {"titel": "Stadt Musterstadt: Personalausweis", "url": "https://www.example.org/perso", "stand": "2026-02-07", "art": "belegt"}
SERVICE = {"id": "personalausweis", "schluessel": None, "titel": "Personalausweis beantragen"}
BUTTON = {"title": "Was kostet das?", "payload": '/frage_kosten{"leistung": "personalausweis"}'}

ANSWERS: dict[str, dict[str, Any]] = {
    "unterlagen": {
        "text": "Das brauchen Sie für „Personalausweis beantragen“:",
        "fakten": [
            {"text": "bisheriger Personalausweis oder Reisepass", "art": "unterlage", "quellen": [SOURCE]},
            {"text": "digitales biometrisches Lichtbild", "art": "unterlage", "quellen": [SOURCE]},
            {"text": "Geburtsurkunde – beim ersten Ausweis", "art": "unterlage", "quellen": [SOURCE]},
        ],
        "quellenangaben": ["Quelle: Stadt Musterstadt: Personalausweis, Stand: 07.02.2026"],
        "quelle": SOURCE,
        "buttons": [BUTTON, {"title": "Wie läuft das ab?", "payload": '/frage_ablauf{"leistung": "personalausweis"}'}],
        "links": [{"title": "Termin im Bürgercenter", "url": "https://www.example.org/termin"}, {"title": "115 anrufen", "url": "tel:115"}],
        "leistung": SERVICE,
    },
    "kosten": {
        "text": "Das kostet „Personalausweis beantragen“:",
        "fakten": [
            {"text": "46 € – ab 24 Jahren", "quellen": [SOURCE], "beleg": 1},
            {"text": "27,60 € – unter 24 Jahren", "quellen": [SOURCE], "beleg": 2},
        ],
        "quellenangaben": ["Quelle: § 1 PAuswGebV, Stand: 02/2026", "Quelle: Stadt Musterstadt, Stand: 07/2025"],
        "nachtrag": "Bitte prüfen Sie die zweite Angabe vorher.",
        "leistung": SERVICE,
    },
    "umzug": {
        "text": "Diese Punkte stehen bei einem Umzug an:",
        "fakten": [
            {"text": f"{title} – {when}", "art": "schritt", "button": {"title": title, "payload": '/leistung_suchen{"leistung": "x"}'}}
            for title, when in (("Wohnsitz anmelden", "innerhalb von zwei Wochen"), ("Auto ummelden", "unverzüglich"))
        ],
        "quellenangaben": ["Quelle: Allgemeine Angabe nach Bundesrecht, Stand: unbekannt"],
    },
    "english": {"text": "Gladly, I answer in English from now on.", "sprache": "en"},
    "einfach": {"text": "Gern. Ich schreibe jetzt in Einfacher Sprache."},
    "عربي": {"text": "سأجيب من الآن بإيجاز باللغة العربية.", "sprache": "ar"},
    "geboren": {
        "text": "Frage 3 von 6: Wann sind Sie geboren?",
        "nachtrag": "Zum Beispiel: 12.03.1985",
        "vertraulich": True,
        "eingabe": {"art": "datum", "titel": "Geburtsdatum", "nummer": 3, "anzahl": 6, "zweck": "bday", "bis": "2026-12-31"},
    },
    "vergessen": {"text": "Ich habe unser Gespräch gelöscht.", "tun": "gespraech_loeschen"},
    "danke": {"text": "Gern geschehen!"},
}
INTENTS = {"danke": "dank", "unterlagen": "frage_unterlagen"}


def scripted(turn: dict[str, Any]) -> dict[str, Any]:
    """The answer to a turn, as Rasa's channel gives it."""
    said = turn["message"].lower()
    key = next((key for key in ANSWERS if key in said), None)
    answer = ANSWERS[key] if key else {"text": f"Sie schrieben: {turn['message']}"}
    intent = {"name": INTENTS.get(key or "", "leistung_suchen"), "confidence": 0.9}
    return {"messages": [{"custom": {"version": 1, **answer}}], "intent": intent}
