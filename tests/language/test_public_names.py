"""Names that all may read stay, where nothing announces them; lone names go where somebody's is given."""

import pytest

from language.masking import mask


@pytest.mark.parametrize(
    "text",
    [
        "Wo steht das Denkmal für Fritz Walter?",
        "Helmut Kohl kam aus Oggersheim.",
        "Frau Holle hat ganze Arbeit geleistet.",
        "Ich hab einen Jack Russell, muss ich den anmelden?",
        "Karten für Carmina Burana von Carl Orff?",
        "Paul Hartmann AG hat die Masken geliefert.",
        "Otto liefert nicht.",
        "Tief Wilma bringt Schnee.",
        "Sind Kevin oder Pepsi als Vornamen zulässig?",
        "Da steh ich wie Max in der Sonne.",
        "Richter-Skala 2,4",
        "Singt Sabine Lorenz auf dem Konzert?",
    ],
)
def test_names_that_all_may_read_stay(text: str) -> None:
    assert mask(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ich brauche für Ngozi einen Schulbegleiter", "Ich brauche für [Name] einen Schulbegleiter"),
        ("Ich habe keinen Drucker. Danke Rüdiger", "Ich habe keinen Drucker. Danke [Name]"),
        ("Ich melde Yusuf und seine Schwester an", "Ich melde [Name] und seine Schwester an"),
        ("Jonas, 7 Jahre, braucht einen Ausweis", "[Name], 7 Jahre, braucht einen Ausweis"),
        ("Ich heiße Thomas Gerber, nicht Lena", "Ich heiße [Name], nicht Lena"),
        ("gez. Dimitar Stojanow", "gez. [Name]"),
    ],
)
def test_private_names_are_masked(text: str, masked: str) -> None:
    assert mask(text)[0] == masked
