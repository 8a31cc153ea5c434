"""Addresses: where a person lives is gone, where an office is stays."""

from itertools import chain

import pytest

from core.settings import PROJECT
from language.addresses import office_key, offices, streets
from language.masking import mask


@pytest.mark.parametrize(
    "address",
    [
        "Pariser Straße 211",
        "pariser str. 211",
        "glockenstr. 27",
        "königstr 76",
        "Karl-Marx-Straße 31 67655 Kaiserslautern",
        "Karl Marx Straße 31",
        "Hertelsbrunnenring 22 b",
        "Burggasse 3-5",
        "Kantstr. 70-72",
        "In der Lauterspring 5a, 67657 Kaiserslautern",
        "Auf der Vogelweide 3, 67661 Kaiserslautern-Dansenberg",
        "Am Vogelgesang 14",
        "Platz der Republik 12",
        "Stiftswald 4, 67657 Kaiserslautern",
        "Eisenbahnstraße 40\n67655 Kaiserslautern",
        "Friedrich-Engels-Str. 9, 67655 KL",
        "67663 KL, Beethovenstraße 20",
        "Turnerstraße 6/II, 67655 KL",
        "Kantstraße 101 in Kaiserslautern",
        "Dansenberger Stroß 15",
        "Nr. 14 der Gersweilerhofstraße",
    ],
)
def test_an_address_is_masked(address: str) -> None:
    for before, after in (("Ich wohne ", " und ziehe um."), ("Neue Anschrift: ", ""), ("Bitte an ", ", danke")):
        assert mask(before + address + after)[0] == before + "[Adresse]" + after


@pytest.mark.parametrize(
    "text",
    [
        "in der Straße 3 Autos",
        "In der Hauptstraße 3 Autos abgeschleppt",
        "Ist die Pariser Straße noch gesperrt?",
        "Eisenbahnstraße 2025 saniert",
        "am 3. Mai, zum 1. Januar, Am Montag 14 Uhr",
        "im Zimmer 214, am Schalter 4, auf der Seite 3, im Jahr 2024",
        "Bus 5, § 7, Parkplatz 12, Bundesstraße 37, Steuerklasse 3",
        "Ich wohne im Stock 3",
        "67655 Kaiserslautern",
        "Rathaus, Willy-Brandt-Platz 1, 67657 Kaiserslautern",
        "im Benzinoring 1, Zimmer 012",
        "zur Kfz-Zulassung in der lauterstr. 8",
        "beim Finanzamt, Eisenbahnstraße 56",
        "Die Lebenshilfe in der Pariser Straße 18",
        "Im Edith-Stein-Haus in der Engelsgasse 1 ist Beratung",
        "Kann ich ins Japandi, Mailänder Straße 6?",
        "Fraunhofer ITWM, Fraunhofer-Platz 1",
        "Der Edeka Mühlstraße 20 hat zu",
        "Polizeiinspektion 1 ist in der Logenstraße 5",
    ],
)
def test_what_is_no_persons_address_stays(text: str) -> None:
    assert mask(text) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        "Das Ordnungsamt soll in die {} kommen",
        "Die Polizei war bei uns in der {}",
        "Hallo Bauamt, in der {} wird gebaut",
        "Ich wohne neben der Kita in der {}",
        "Neben der Schule, {}, wohnen wir",
        "Im Mehrfamilienhaus {} fehlen Briefkästen",
    ],
)
def test_an_institution_nearby_does_not_keep_an_address(text: str) -> None:
    assert mask(text.format("Ottostr. 4"))[0] == text.format("[Adresse]")


def test_the_offices_of_the_catalogue_are_all_known() -> None:
    files = chain((PROJECT / "data/catalogue").glob("*.json*"), (PROJECT / "data/responses").glob("*.yml"))
    texts = (path.read_text("utf-8") for path in files)
    told = {text[start:end] for text in texts for start, end, _ in streets(text)}
    assert {street for street in told if office_key(street) not in offices()} == set()
