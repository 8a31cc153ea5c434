"""One conversation: what was understood, and what staff note on it."""

import re

import pytest
from sqlalchemy import select

from console.access.trail import Asked
from console.conversations.tables import gespraech, kommentar
from console.conversations.titles import Titles
from core.errors import Unavailable
from core.settings import Settings
from tests.console.conversations.said import thumb, turn, write
from tests.console.house import House, both

pytestmark = pytest.mark.console


def test_the_page_tells_what_was_understood(house: House) -> None:
    write(
        house,
        turn("g", text="<b>Was</b> kostet ein Pass?"),
        turn("g", "2", knopf='/frage_dauer{"leistung": "x"}', text="", rueckfrage=True),
        turn("g", "3", antworten=None, intent=None),
        thumb("g", "1", -1, "unvollstaendig"),
    )
    page = house.signed_in("anna").get("/gespraeche/g").text
    assert "&lt;b&gt;Was&lt;/b&gt;" in page
    for told in ("Kosten", "(90 %)", "reisepass", "80 %", "personalausweis", "40 ms", "0123456789abcdef", "Daumen runter", "Es fehlt etwas",
                 "Rückfrage nach der Leistung", "Keine Antwort", "Das kostet 37 €."):  # fmt: skip
        assert told in page, told
    assert re.findall(r'href="#(zug-\d+)"', page) == re.findall(r'<li class="zug card" id="(zug-\d+)"', page)
    assert "Kommentar speichern" not in page  # a reader only reads
    assert house.signed_in("bert").get("/gespraeche/nie").status_code == 404


@both
def test_staff_mark_tag_and_comment(house: House) -> None:
    write(house, turn("g"))
    paula, otto = house.signed_in("paula", "pruefer"), house.signed_in("otto", "pruefer")
    assert paula.post("/gespraeche/g/gesehen", ja="1").headers["location"] == "/konsole/gespraeche/g"
    assert paula.post("/gespraeche/g/schlagworte", name="  Gebühr   falsch ").status_code == 303
    assert paula.post("/gespraeche/g/schlagworte", name="gebühr falsch").status_code == 303  # there already
    assert paula.post("/gespraeche/g/kommentare", text="Bitte an Erika Mustermann, erika@example.org").status_code == 303
    page = otto.get("/gespraeche/g").text
    assert "von paula" in page
    assert page.count('<span class="badge">gebühr falsch</span>') == 1
    assert "erika@example.org" not in page  # masked, as everything here
    assert "[E-Mail]" in page
    listed = otto.get("/gespraeche?schlagwort=geb%C3%BChr+falsch&gesehen=ja").text
    assert "Was kostet ein Pass?" in listed
    with house.console.engine.connect() as connection:
        number = connection.execute(select(kommentar.c.id)).scalar_one()
    assert otto.post("/gespraeche/g/kommentare/weg", nummer=str(number)).status_code == 404  # somebody else's
    assert paula.post("/gespraeche/g/kommentare/weg", nummer=str(number)).status_code == 303
    paula.post("/gespraeche/g/schlagworte/weg", name="gebühr falsch")
    paula.post("/gespraeche/g/gesehen")
    page = otto.get("/gespraeche/g").text
    assert "gebühr falsch" not in page
    assert "noch nicht" in page


def test_a_preserved_conversation_is_marked_and_stands_in_the_trail(house: House) -> None:
    write(house, turn("g"))
    paula = house.signed_in("paula", "pruefer")
    for yes in ("1", ""):
        paula.post("/gespraeche/g/behalten", ja=yes)
        with house.console.engine.connect() as connection:
            assert connection.execute(select(gespraech.c.behalten)).scalar_one() is bool(yes)
    deeds = [row.was for row in house.console.trail.rows(Asked(wer="paula"))]
    assert {"gespraech_behalten", "gespraech_nicht_behalten"} <= set(deeds)


def test_what_does_not_fit_is_refused_and_nothing_is_written(house: House) -> None:
    write(house, turn("g"), turn("h"))
    paula = house.signed_in("paula", "pruefer")
    for path, fields, status in (
        ("/gespraeche/g/kommentare", {"text": " "}, 400), ("/gespraeche/g/kommentare", {"text": "x" * 2001}, 400),
        ("/gespraeche/g/schlagworte", {"name": "x" * 41}, 400), ("/gespraeche/nie/kommentare", {"text": "a"}, 404),
        ("/gespraeche/nie/gesehen", {"ja": "1"}, 404), ("/gespraeche/nie/behalten", {"ja": "1"}, 404),
        ("/gespraeche/g/kommentare", {"text": "a", "zug": "99"}, 404), ("/gespraeche/nie/schlagworte", {"name": "a"}, 404),
    ):  # fmt: skip
        assert paula.post(path, **fields).status_code == status, (path, fields)
    assert house.signed_in("anna").post("/gespraeche/g/gesehen", ja="1").status_code == 403
    with house.console.engine.connect() as connection:
        assert connection.execute(select(kommentar.c.id)).all() == []


async def test_without_the_catalogue_services_have_their_ids() -> None:
    titles = Titles(Settings(catalogue_url="http://127.0.0.1:9"))
    assert await titles.all() == {}
    await titles.close()


async def test_names_of_services_are_kept_while_the_catalogue_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    class Client:
        """In the catalogue's place: once there, then away."""

        answers: tuple[object, ...] = ({"b": "Zweitens", "a": "erstens"}, Unavailable("weg"))

        async def titles(self) -> dict[str, str]:
            answer, self.answers = self.answers[0], self.answers[1:]
            if isinstance(answer, Exception):
                raise answer
            return answer  # type: ignore[return-value]

    titles = Titles(Settings(), Client())  # type: ignore[arg-type]
    assert list(await titles.all()) == ["a", "b"]
    assert list(await titles.all()) == ["a", "b"]  # not asked again
    titles._until = 0.0
    assert list(await titles.all()) == ["a", "b"]
