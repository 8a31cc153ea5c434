"""Numbers that a word nearby names: in any grouping, before or behind it, mistyped; and what is no such number."""

import pytest

from language.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ich finde die Steuer-Identifikationsnr. (768 403 159 53)", "Ich finde die Steuer-Identifikationsnr. ([Steuer-ID])"),
        ("Steuer-ID\n12.345.678.901", "Steuer-ID\n[Steuer-ID]"),
        ("24-121264-H-287 – das ist meine Vers.nr.", "[Sozialversicherungsnummer] – das ist meine Vers.nr."),
        ("Rentenversicherung: 24_121264_h_2_8_7", "Rentenversicherung: [Sozialversicherungsnummer]"),
        ("die KVNR wäre dann a 12-34-56-789", "die KVNR wäre dann [Versichertennummer]"),
        ("reisepass nr. j24 6p2 y74 läuft ab", "reisepass nr. [Passnummer] läuft ab"),
        ("LZY-37K-4L0 – so heißt mein Perso", "[Ausweisnummer] – so heißt mein Perso"),
        ("Pasaport numaram U17233089", "Pasaport numaram [Passnummer]"),
        ("Kreditkarte mit der Nummer „2231.8694.8181.4296“", "Kreditkarte mit der Nummer „[Kartennummer]“"),
        ("IBAN: DE89/3704/0044/0532/0130/OO", "IBAN: [IBAN]"),
        ("Vorgangs-Nr. (kl tys8 2da7 x)", "Vorgangs-Nr. ([Vorgangsnummer])"),
        ('Der Code lautet "JPY3W5V9F0MJR7MM"', 'Der Code lautet "[Code]"'),
        ("Die Pinnummer, glaube ich, 41_88_20_63", "Die Pinnummer, glaube ich, [PIN]"),
        ("meine handynr ist 0176.55210938", "meine handynr ist [Telefon]"),
        ("Nummernschild „KL·JP 606“ geklaut", "Nummernschild „[Kennzeichen]“ geklaut"),
        ("Zollkennzeichen KL-118 A", "Zollkennzeichen [Kennzeichen]"),
        ("Roller mit Versicherungskennzeichen 418 KLB", "Roller mit Versicherungskennzeichen [Kennzeichen]"),
    ],
)
def test_a_number_is_found_near_its_word(text: str, masked: str) -> None:
    assert mask(text)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "Führerschein von 1999, Antrag in 2023, jetzt ist 2025",
        "Die Bestellnummer vom Ausweis-Automaten war 2025-000418",
        "Transport-PIN hat 5 Stellen, die neue PIN 6, die PUK 10.",
        "Wie bekomme ich ein H-Kennzeichen für ein Auto von 1992?",
        "Anhänger über 7,5 Tonnen, in ab 2024",
        "Fragebogen Nr. 034 121 vom Finanzamt",
        "Artikelnummer 4006381333931",
        "Personalausweis seit 01.01.2021, gültig bis 03.09.2025",
        "Telefon 8:00-12:30 Uhr",
        "Hilfetelefon 116 016. Ich selbst kann nicht helfen.",
        "Ihre Vorgangsnummer hat die Form KL-XXXX-XXXX-X.",
        "https://www.example.de/artikel/000046812582-OL-709-2025-9 zum Ausweis",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text) == (text, [])


@pytest.mark.parametrize(
    "mail",
    [
        "max.muster (at) web . de",
        "max@web,de",
        "anna punkt klein at web punkt de",
        "anna.klein at web de",
        "max-at-web.de",
        "a@gmail",
        "a@почта.рф",
    ],
)
def test_mail_is_found_as_it_is_told(mail: str) -> None:
    assert mask(f"Antwort an {mail} bitte")[0] == "Antwort an [E-Mail] bitte"


def test_a_sentence_behind_mail_stays() -> None:
    assert mask("Mail: max@web.de. Danke, wir sind at home. Dort")[0] == "Mail: [E-Mail]. Danke, wir sind at home. Dort"
