"""What is meant instead, where somebody takes back; nothing in other messages that begin with a no."""

import pytest

from language.correction import corrected


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nein, ich meinte den vorläufigen", "den vorläufigen"), ("Nicht den Reisepass, den Perso mein ich", "den Perso"),
        ("doch lieber einen Reisepass", "einen Reisepass"), ("nee zu teuer, dann lieber den vorläufigen", "den vorläufigen"),
        ("Quatsch, Führerschein", "Führerschein"), ("halt stop, verschrieben. ABmelden wollte ich sagen", "ABmelden"),
        ("ach was rede ich, Angelschein natürlich! Nicht Jagd", "Angelschein"), ("nicht anmelden sondern abmelden", "abmelden"),
        ("äh abmelden mein ich, ich hör auf", "abmelden"),
        ("nicht Einbürgerung, Niederlassungserlaubnis hab ich gemeint", "Niederlassungserlaubnis"),
        ("Reisepass brauch ich keinen, ich mein den Perso", "den Perso"),
        ("quatsch nicht Geburtsurkunde, Heiratsurkunde mein ich", "Heiratsurkunde"),
        ("Ach nein, ich meine den blauen. Ich bin 79 und kann kaum noch laufen, ich habe das Merkzeichen aG.", "den blauen"),
        ("no, I meant the passport", "the passport"), ("nee, mein den fürs Kind", "den fürs Kind"),
    ],
)  # fmt: skip
def test_the_correction_is_heard(text: str, meant: str) -> None:
    assert corrected(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "nein", "Nein danke", "Mein Kind heißt Anna", "mein Hund ist weg", "ach ja und einen Perso soll sie haben", "Was kostet das?",
        "das ist nicht richtig", "", "Nein, und jetzt erzähle ich Ihnen einmal die ganze Geschichte von Anfang an, denn er ist weg",
    ],
)  # fmt: skip
def test_nothing_is_corrected(text: str) -> None:
    assert corrected(text) is None


def test_what_it_is_instead_is_heard_behind_a_strong_opening_only() -> None:
    assert corrected("sorry war falsch, es ist der Perso der weg ist, net der Pass") == "der Perso der weg ist"
    assert corrected("halt stopp, mein Mann sagt es ist doch ein gebrauchter") == "ein gebrauchter"
    assert corrected("ja, es ist die Wohnung meiner Mutter") is None
