"""Names: private persons' are gone, in whatever way they are told; words, offices and places that look like them stay."""

import pytest

from language.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ich heiße Anna Becker und möchte mich ummelden.", "Ich heiße [Name] und möchte mich ummelden."),
        ("ich heiße mehmet öztürk und brauche einen perso", "ich heiße [Name] und brauche einen perso"),
        ("Mein Name ist Nguyễn Thị Hoa.", "Mein Name ist [Name]."),
        ("Name: Koch\nVorname: Rosa", "Name: [Name]\nVorname: [Name]"),
        ("Antragsteller: Fatima El-Khatib", "Antragsteller: [Name]"),
        ("Frau Dr. Yilmaz-Weber hat angerufen", "Frau Dr. [Name] hat angerufen"),
        ("herr kowalczyk hat den bescheid", "herr [Name] hat den bescheid"),
        ("Mein Sohn Leon braucht einen Ausweis", "Mein Sohn [Name] braucht einen Ausweis"),
        ("meine Frau Katarzyna Nowak fährt", "meine Frau [Name] fährt"),
        ("hallo hier ist mehmet, wann kommt der sperrmüll", "hallo hier ist [Name], wann kommt der sperrmüll"),
        ("Ich bin Olumide Adeyemi aus Leeds", "Ich bin [Name] aus Leeds"),
        ("Danke!\nMit freundlichen Grüßen\nHannelore Schmitt-Weber", "Danke!\nMit freundlichen Grüßen\n[Name]"),
        ("LG Basti", "LG [Name]"),
        ("Grüße, O. Brandt", "Grüße, [Name]"),
        ("Das Rad gehört Günther Oberhauser, nicht mir", "Das Rad gehört [Name], nicht mir"),
        ("Schäfer, Ute: bitte um Rückruf", "[Name]: bitte um Rückruf"),
        ("Ludwig van den Berg ist mein Vermieter", "[Name] ist mein Vermieter"),
        ("Herr von Bredow wartet", "Herr [Name] wartet"),
        ("Ich bin eine geborene Schlösser.", "Ich bin eine geborene [Name]."),
        ("Ich heiße seit der Heirat aber Deubel", "Ich heiße seit der Heirat aber [Name]"),
        ("Deubel ist mein Name", "[Name] ist mein Name"),
        ("mfg r. schütt", "mfg [Name]"),
        ("Der Hund gehört Torben Schacht, nicht mir", "Der Hund gehört [Name], nicht mir"),
        ("Die Zwillinge Mila und Nils Hartkorn", "Die Zwillinge [Name] und [Name]"),
        ("für meine Kinder Elif (8) und Jannik (5)", "für meine Kinder [Name] (8) und [Name] (5)"),
        ("Trauzeugen: Mia Hoff und Ben Rohr", "Trauzeugen: [Name] und [Name]"),
        ("Von: Wenzel, Anke\nAn: Bürgercenter", "Von: [Name], [Name]\nAn: Bürgercenter"),
        ("My name is Chiara Rossi and I moved", "My name is [Name] and I moved"),
        ("Benim adım Ayşe Yıldırım.", "Benim adım [Name]."),
        ("Nazywam się Piotr Wiśniewski.", "Nazywam się [Name]."),
        ("Меня зовут Ольга Петрова, мне нужна справка", "Меня зовут [Name], мне нужна справка"),
        ("Мене звати Олена Шевченко.", "Мене звати [Name]."),
        ("Mi chiamo Giuseppe Esposito.", "Mi chiamo [Name]."),
        ("Tôi tên là Trần Văn Minh.", "Tôi tên là [Name]."),
        ("اسمي محمد", "اسمي [Name]"),
    ],
)
def test_a_name_is_masked(text: str, masked: str) -> None:
    assert mask(text)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "ich bin verheiratet und habe zwei kinder",
        "Ich bin Rentner und neu hier.",
        "Ich bin Syrer.",
        "mein Sohn braucht einen Ausweis",
        "Mein Mann spricht nur Arabisch.",
        "hier ist alles kaputt",
        "Das heißt, ich muss zahlen?",
        "Was heißt Erstattung?",
        "Ich heiße Sie willkommen",
        "Ein geborener Pfälzer bin ich.",
        "Es grüßt die Stadtverwaltung",
        "Gehört ein Parson Russell zu den Kampfhunden?",
        "Mein Name wurde falsch geschrieben.",
        "Frau oder Mann, das ist egal",
        "Sehr geehrte Damen und Herren,",
        "Wann hat Herr Oberbürgermeister Sprechstunde?",
        "Familie mit drei Kindern",
        "Viele Grüße aus dem schönen Erfenbach",
        "Wann öffnet die Bettina-von-Arnim-Schule?",
        "Parken am Fritz-Walter-Stadion",
        "ich wohne neben dem fritz walter stadion",
        "Ist die Richard-Wagner-Straße gesperrt?",
        "Die Albert Schweitzer Schule ist zu",
        "Termin im Mai oder am Freitag, Rosa Zettel, Mark und Euro",
        "Kann ich im Bürgercenter Kindergeld beantragen? Haben Sie offen?",
    ],
)
def test_what_is_no_name_stays(text: str) -> None:
    assert mask(text) == (text, [])
