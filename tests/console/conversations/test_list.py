"""The list: what each filter and the search find, the same on both databases; pages; saved views."""

import re
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

import pytest

from console.conversations.filter import Filter
from console.conversations.listing import PER_PAGE, Listing
from tests.console.conversations.said import MONDAY, closing, thumb, turn, write
from tests.console.house import House, both

pytestmark = pytest.mark.console


def some(house: House) -> None:
    """Nine conversations, each with something of its own; the later ones began later."""
    write(
        house,
        turn("pass", text="Was kostet ein Reisepaß für Köln?"),
        turn("pass", "2", text="Und wie lange dauert das?", intent={"name": "frage_dauer", "confidence": 0.5}, leistung=None),
        turn("hund", when=MONDAY + timedelta(days=1), text="Mein Hund ist tot, was nun?", leistung="hundesteuer", fallback=True,
             intent={"name": "leistung_suchen", "confidence": 0.2}),
        turn("zurück", when=MONDAY + timedelta(days=2), text="Bauantrag oder Bauvoranfrage", rueckfrage=True),
        turn("leer", when=MONDAY + timedelta(days=3), text="Wo ist das Schwimmbad?", ohne_auskunft=True, leistung=None),
        turn("englisch", when=MONDAY + timedelta(days=4), text="How much is a passport?", sprache="en"),
        turn("schlecht", when=MONDAY + timedelta(days=5), text="Führerschein umtauschen"), thumb("schlecht", "1", -1, "falsch"),
        turn("gut", when=MONDAY + timedelta(days=6, hours=14, minutes=59), text="Fuehrerschein verlängern"), thumb("gut", "1", 1),
        closing("gut", True), closing("schlecht", False),
        turn("aus", when=MONDAY + timedelta(days=6), text="Hallo?", antworten=None, intent=None),
        turn("test", when=MONDAY + timedelta(days=7), text="Pass, ein Test", pruefung=True),
    )  # fmt: skip


EVERYTHING = {"pass", "hund", "zurück", "leer", "englisch", "schlecht", "gut", "aus"}
FOUND = [
    ({}, EVERYTHING), ({"pruefung": "auch"}, EVERYTHING | {"test"}), ({"pruefung": "nur"}, {"test"}),
    ({"q": "reisepass"}, {"pass"}), ({"q": "REISEPASS koeln"}, {"pass"}), ({"q": "führerschein"}, {"schlecht", "gut"}),
    ({"q": "fuehrer"}, {"schlecht", "gut"}), ({"q": "pass"}, {"englisch"}), ({"q": "pass", "pruefung": "auch"}, {"englisch", "test"}),
    ({"q": "kostet dauert"}, set()), ({"q": '"kostet" OR* (NOT: '}, set()), ({"q": "?!"}, EVERYTHING), ({"q": "kostet' & '"}, {"pass"}),
    ({"intent": "frage_dauer"}, {"pass"}), ({"leistung": "hundesteuer"}, {"hund"}),
    ({"intent": "frage_dauer", "leistung": "reisepass"}, set()),  # both in one message
    ({"sicher_bis": "50"}, {"pass", "hund"}), ({"sicher_von": "21", "sicher_bis": "50"}, {"pass"}),
    ({"auffaellig": "fallback"}, {"hund"}), ({"auffaellig": "rueckfrage"}, {"zurück"}), ({"auffaellig": "ohne_auskunft"}, {"leer"}),
    ({"auffaellig": "ausgefallen"}, {"aus"}), ({"daumen": "runter"}, {"schlecht"}), ({"daumen": "hoch"}, {"gut"}),
    ({"daumen": "ohne"}, EVERYTHING - {"schlecht", "gut"}), ({"geloest": "ja"}, {"gut"}), ({"geloest": "nein"}, {"schlecht"}),
    ({"laenge_von": "2"}, {"pass"}), ({"laenge_bis": "1", "von": "2026-11-22"}, {"gut", "aus"}), ({"sprache": "en"}, {"englisch"}),
    ({"von": "2026-11-17", "bis": "2026-11-18"}, {"hund", "zurück"}), ({"bis": "2026-11-22", "von": "2026-11-22"}, {"gut", "aus"}),
    ({"von": "2026-11-23", "pruefung": "auch"}, {"test"}),
    ({"kanal": "telefon"}, set()), ({"gesehen": "nein"}, EVERYTHING), ({"schlagwort": "x"}, set()),
]  # fmt: skip


@both
def test_each_filter_finds_what_it_says(house: House) -> None:
    some(house)
    listing = Listing(house.console.engine)
    for given, names in FOUND:
        asked = Filter.read(given)
        assert ({one.id for one in listing.page(asked).rows}, listing.count(asked)) == (names, len(names)), given
        assert Filter.read(dict(parse_qsl(asked.query()))) == asked


@both
def test_pages_go_on_and_back_without_a_gap(house: House) -> None:
    total = 2 * PER_PAGE + 7
    # Three began in the same moment each: the order holds all the same.
    write(house, *(turn(f"g{number:03}", when=MONDAY + timedelta(minutes=number // 3)) for number in range(total)))
    listing, asked = Listing(house.console.engine), Filter()
    pages = [listing.page(asked)]
    while pages[-1].older:
        pages.append(listing.page(asked, behind=pages[-1].older))
    names = [one.id for page in pages for one in page.rows]
    assert [len(page.rows) for page in pages] == [PER_PAGE, PER_PAGE, 7]
    assert (len(names), len(set(names))) == (total, total)
    assert pages[0].newer is None
    back = listing.page(asked, before=pages[2].newer)
    assert [one.id for one in back.rows] == names[PER_PAGE : 2 * PER_PAGE]
    first = listing.page(asked, before=back.newer)
    assert ([one.id for one in first.rows], first.newer) == (names[:PER_PAGE], None)


def test_the_page_shows_names_marks_and_the_number_found(house: House) -> None:
    some(house)
    page = house.signed_in("anna").get("/gespraeche").text
    assert re.search(r"<strong class=\"number\">8</strong> Gespräche", page)
    assert "nicht sicher verstanden" in page
    assert "Mein Hund ist tot" in page
    assert "Pass, ein Test" not in page


def test_a_filter_that_does_not_fit_is_told(house: House) -> None:
    anna = house.signed_in("anna")
    for wrong in ("von=gestern", "sicher_von=120", "daumen=quer", "nach=x", "vor=~", "laenge_von=-1", "nach=" + "9" * 40):
        answer = anna.get(f"/gespraeche?{wrong}")
        assert (answer.status_code, "Bitte" in answer.text or "gibt es nicht" in answer.text) == (400, True), wrong
    assert anna.get("/gespraeche?unbekannt=1&q=%00").status_code == 200


def test_views_are_saved_for_oneself_and_shared_with_others(house: House) -> None:
    anna, bert = house.signed_in("anna"), house.signed_in("bert")
    for name, shared in (("Meine Fallbacks", ""), ("Schlechte", "1")):
        asked = urlencode({"auffaellig": "fallback", "q": "Hund & Katze"})
        answer = anna.post("/gespraeche/ansichten", name=name, anfrage=asked, geteilt=shared)
        assert answer.headers["location"] == f"/konsole/gespraeche?{urlencode({'q': 'Hund & Katze', 'auffaellig': 'fallback'})}"
    assert "Meine Fallbacks" in anna.get("/gespraeche").text
    seen = bert.get("/gespraeche").text
    assert "Schlechte" in seen
    assert "von anna" in seen
    assert "Meine Fallbacks" not in seen
    (number,) = re.findall(r'name="nummer" value="(\d+)">\s*<span>Schlechte', anna.get("/gespraeche").text)
    assert bert.post("/gespraeche/ansichten/loeschen", nummer=number).status_code == 404
    assert anna.post("/gespraeche/ansichten/loeschen", nummer=number).status_code == 303
    assert "Schlechte" not in bert.get("/gespraeche").text
    assert anna.post("/gespraeche/ansichten", name=" ", anfrage="").status_code == 400
