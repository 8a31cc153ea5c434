"""Staff take over, write, give back and close; each step stands in the trail without a word of what was said."""

import json
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import select

from console.access.tables import protokoll
from console.gateway import Gateway
from tests.console.desk.conftest import Buerger, Rathaus

pytestmark = pytest.mark.console
both = pytest.mark.parametrize("rathaus", ["sqlite", "postgresql"], indirect=True)


@both
def test_a_talk_from_duty_to_its_result_and_its_trail(rathaus: Rathaus) -> None:
    petra = rathaus.staff("petra.klein")
    assert "Sie sind jetzt im Dienst" in petra.post("/konsole/beratung/dienst", data={"an": "1", "name": "Petra"}).text
    citizen = rathaus.citizen()
    citizen.say(text="Mein Hund heißt Waldmeister")
    assert "Waldmeister" not in petra.get("/konsole/beratung").text
    assert "nicht mehr bei Ihnen" in petra.get(f"/konsole/beratung/{citizen.id}").text  # not before it is taken
    talk = petra.post("/konsole/beratung/nehmen", data={"gespraech": citizen.id})
    assert "Mein Hund heißt Waldmeister" in talk.text and "Ich will einen Menschen" in talk.text
    for _ in range(2):  # pressed twice
        petra.post(f"/konsole/beratung/{citizen.id}/sagen", data={"text": "Guten <b>Tag</b>!", "nummer": "einmal-0001"})
    petra.post(f"/konsole/beratung/{citizen.id}/sagen", data={"baustein": "Einen Moment.", "nummer": "einmal-0002"})
    assert citizen.say(text="Danke") == []
    shown = petra.get(f"/konsole/beratung/{citizen.id}").text
    assert shown.count("Guten &lt;b&gt;Tag&lt;/b&gt;!") == 1 and "Einen Moment." in shown
    assert "Bitte wählen Sie ein Ergebnis" in petra.post(f"/konsole/beratung/{citizen.id}/schliessen").text
    assert "ist beendet" in petra.post(f"/konsole/beratung/{citizen.id}/schliessen", data={"ergebnis": "weitergeleitet"}).text
    assert "nicht mehr bei Ihnen" in petra.get(f"/konsole/beratung/{citizen.id}").text
    other = rathaus.citizen()
    petra.post("/konsole/beratung/nehmen", data={"gespraech": other.id})
    assert "wieder beim Lotsen" in petra.post(f"/konsole/beratung/{other.id}/zurueck").text
    assert "nicht mehr im Dienst" in petra.post("/konsole/beratung/dienst").text
    with rathaus.house.console.engine.connect() as connection:
        rows = connection.execute(select(protokoll).where(protokoll.c.wer == "petra.klein").order_by(protokoll.c.id)).all()
    alias = rathaus.house.console.stored.alias
    assert [(one.was, one.bezug, one.angaben) for one in rows if one.was.startswith("beratung")] == [
        ("beratung_dienst_an", "", {}), ("beratung_uebernommen", alias(citizen.id), {}),
        ("beratung_beendet", alias(citizen.id), {"ergebnis": "weitergeleitet"}), ("beratung_uebernommen", alias(other.id), {}),
        ("beratung_zurueckgegeben", alias(other.id), {}), ("beratung_dienst_aus", "", {}),
    ]  # fmt: skip
    written = json.dumps([[one.bezug, one.angaben] for one in rows], ensure_ascii=False)
    assert "Waldmeister" not in written and citizen.id not in written


def test_of_two_who_press_take_at_once_one_gets_it(rathaus: Rathaus) -> None:
    petra, omar = rathaus.staff("petra.klein"), rathaus.staff("omar.said")
    petra.post("/konsole/beratung/dienst", data={"an": "1"})
    citizen = rathaus.citizen()
    with ThreadPoolExecutor() as both_at_once:
        answers = list(both_at_once.map(lambda one: one.post("/konsole/beratung/nehmen", data={"gespraech": citizen.id}), (petra, omar)))
    assert sorted(one.status_code for one in answers) == [200, 409]
    (loser,) = [one for one in answers if one.status_code == 409]
    assert "Jemand anderes war schneller" in loser.text
    winner, other = (petra, omar) if answers[0].status_code == 200 else (omar, petra)
    assert "Ihre Nachricht" in winner.get(f"/konsole/beratung/{citizen.id}").text
    assert "nicht mehr bei Ihnen" in other.get(f"/konsole/beratung/{citizen.id}").text
    forged = other.post(f"/konsole/beratung/{citizen.id}/sagen", data={"text": "Hallo", "nummer": "fremd-0001"})
    assert "nicht mehr bei Ihnen" in forged.text
    winner.post(f"/konsole/beratung/{citizen.id}/zurueck")


def test_a_call_back_is_listed_and_deleted_when_done(rathaus: Rathaus) -> None:
    petra = rathaus.staff("petra.klein")
    petra.post("/konsole/beratung/dienst")  # nobody is there
    begun = httpx.post(f"{rathaus.url}/api/v1/conversations", trust_env=False).json()
    citizen = Buerger(rathaus.url, begun["id"], begun["token"])
    assert citizen.say(text="Mensch")[-1]["buttons"] == [{"title": "Um Rückruf bitten", "payload": "/mensch_rueckruf"}]
    for said in ({"payload": "/mensch_rueckruf"}, {"text": "0631 1234567"}, {"text": "Es geht um Sperrmüll"}):
        citizen.say(**said)
    page = petra.get("/konsole/beratung").text
    assert "0631 1234567" in page and "Es geht um Sperrmüll" in page
    done = petra.post("/konsole/beratung/rueckruf", data={"gespraech": citizen.id}).text
    assert "erledigt und gelöscht" in done and "0631 1234567" not in done
    assert petra.post("/konsole/beratung/rueckruf", data={"gespraech": citizen.id}).status_code == 404


def test_notices_are_set_shown_refused_and_removed(rathaus: Rathaus) -> None:
    tina = rathaus.staff("tina.roth")
    fields = {"text": "Das Bürgercenter <i>ruht</i>.", "von": "2026-01-01T08:00", "bis": f"{rathaus.house.clock():%Y}-12-31T23:59"}
    assert rathaus.staff("petra.klein").get("/konsole/hinweise").status_code == 403
    ways = (({"text": "x" * 301}, "300 Zeichen"), ({"bis": "morgen"}, "Datum und Uhrzeit"), ({"bis": "2020-01-01T00:00"}, "Ende"))
    for wrong, told in ways:
        refused = tina.post("/konsole/hinweise", data=fields | wrong)
        assert refused.status_code == 400 and told in refused.text
    assert "Der Hinweis ist gesetzt" in tina.post("/konsole/hinweise", data=fields).text
    (shown,) = httpx.get(f"{rathaus.url}/api/v1/notices", trust_env=False).json()
    assert shown["text"] == "Das Bürgercenter <i>ruht</i>."
    assert "ist entfernt" in tina.post("/konsole/hinweise/weg", data={"id": shown["id"]}).text
    assert httpx.get(f"{rathaus.url}/api/v1/notices", trust_env=False).json() == []
    assert tina.post("/konsole/hinweise/weg", data={"id": shown["id"]}).status_code == 404


def test_where_the_chat_is_away_the_page_says_so(rathaus: Rathaus) -> None:
    def away(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("away")

    console = rathaus.house.console
    petra = rathaus.staff("petra.klein")
    object.__setattr__(console, "gateway", Gateway(console.settings, httpx.MockTransport(away)))
    try:
        answer = petra.get("/konsole/beratung")
        assert answer.status_code == 503 and "Es ist nichts verloren" in answer.text
    finally:
        object.__setattr__(console, "gateway", Gateway(console.settings))
