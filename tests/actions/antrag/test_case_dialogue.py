"""Asking for the status of an application and withdrawing it, against the real catalogue."""

import re

import pytest
from dialogue import Talk

import actions.antrag.client
from actions.antrag.texts import tell
from katalog.applications.client import ApplicationsClient


@pytest.fixture
async def sent(talk: Talk) -> tuple[str, str]:
    """Number and PIN of an application that has been sent."""
    client = actions.antrag.client.client()
    draft = await client.begin("fundbuero", "anderes-gespraech", f"k-{talk.id}")
    values = {
        "vorgang": "verloren", "gegenstand": "Schlüssel", "beschreibung": "drei am roten Band", "ort": "Rathaus", "tag": "2026-01-01",
        "vorname": "Erika", "nachname": "Mustermann", "telefon": "0631 12345",
    }  # fmt: skip
    draft = await client.put(draft.id, values, draft.fassung)
    receipt = await client.submit(draft.id, draft.fassung, "k2")
    return receipt.vorgangsnummer, receipt.pin


async def test_number_and_pin_in_one_message_tell_the_status(talk: Talk, sent: tuple[str, str]) -> None:
    await talk.say(f"Was ist mit {sent[0]}, PIN {sent[1]}?")
    assert "Ihr Antrag ist eingegangen." in talk.text()
    assert "Das Fundamt vergleicht Ihre Angaben" in talk.text()
    assert re.search(r"Stand seit \d\d\.\d\d\.\d{4}", talk.text())
    assert talk.last.vertraulich
    assert talk.state is None


async def test_one_after_the_other_and_the_pin_is_in_no_slot(talk: Talk, sent: tuple[str, str]) -> None:
    await talk.say("Wie weit ist mein Antrag?", "antrag_status")
    assert talk.last.text == tell("status.frage")
    await talk.say(f"{sent[0]}")
    assert "noch Ihre PIN" in talk.text()
    await talk.say("00000000")
    assert talk.last.text == tell("status.unbekannt")
    assert "00000000" not in str(talk.slots)
    await talk.say(f"{sent[0].replace('-', ' ').lower()} {sent[1][:4]} {sent[1][4:]}")
    assert "Ihr Antrag ist eingegangen." in talk.text()


async def test_a_slip_in_the_number_is_told_before_anything_is_asked(talk: Talk, sent: tuple[str, str]) -> None:
    wrong = sent[0][:-1] + ("A" if sent[0][-1] != "A" else "B")
    await talk.say(f"Meine Nummer ist {wrong}")
    assert talk.last.text == tell("status.pruefen")


async def test_who_guesses_is_stopped(talk: Talk, sent: tuple[str, str]) -> None:
    for guess in range(5):
        await talk.say(f"{sent[0]} 1234567{guess}")
        assert talk.last.text == tell("status.unbekannt")
    await talk.say(f"{sent[0]} {sent[1]}")
    assert talk.last.text == tell("status.zu_oft")


async def test_a_question_in_between_does_not_lose_the_number(talk: Talk, sent: tuple[str, str]) -> None:
    await talk.say(sent[0])
    await talk.say("Was kostet ein Reisepass?", "frage_kosten")
    assert "Reisepass" in talk.text()
    assert "noch Ihre PIN" in talk.last.text
    await talk.say(sent[1])
    assert "Ihr Antrag ist eingegangen." in talk.text()


async def test_withdrawing_asks_for_both_and_confirms_once(talk: Talk, sent: tuple[str, str]) -> None:
    await talk.say("Ich möchte meinen Antrag zurückziehen", "antrag_status")
    assert talk.last.text == tell("zuruecknehmen.frage")
    await talk.say(f"{sent[0]} {sent[1]}")
    assert "wirklich zurückziehen" in talk.text()
    assert sent[1] not in str(talk.slots)
    await talk.press("Ja, zurückziehen")
    assert "ist zurückgezogen" in talk.text()
    await talk.say(f"Status {sent[0]} {sent[1]}")
    assert "Sie haben Ihren Antrag zurückgezogen." in talk.text()
    await talk.say(f"Antrag {sent[0]} zurückziehen, PIN {sent[1]}")
    await talk.say("ja")
    assert "ist zurückgezogen" in talk.text()  # once more changes nothing


async def test_no_leaves_the_application_as_it_is(talk: Talk, sent: tuple[str, str]) -> None:
    await talk.say(f"Bitte den Antrag {sent[0]} stornieren")
    await talk.say(sent[1])
    await talk.say("nein, doch nicht")
    assert talk.last.text == tell("zuruecknehmen.bleibt")
    await talk.say(f"{sent[0]} {sent[1]}")
    assert "Ihr Antrag ist eingegangen." in talk.text()


async def test_a_pin_that_is_no_longer_the_message_before_is_asked_for_again(talk: Talk, sent: tuple[str, str]) -> None:
    await talk.say(f"Bitte den Antrag {sent[0]} zurückziehen, PIN {sent[1]}")
    await talk.say("Wie lange dauert das?", "frage_dauer")
    await talk.say("ja")
    assert "PIN" in talk.last.text
    await talk.say(sent[1])
    assert "ist zurückgezogen" in talk.text()


async def test_there_is_a_way_out_without_a_number(talk: Talk) -> None:
    await talk.say("Wie weit ist mein Antrag?", "antrag_status")
    await talk.press("Ich habe keine Nummer")
    assert talk.state is None
    assert talk.last.text == tell("status.beendet")


async def test_after_three_messages_without_either_a_person_is_offered(talk: Talk) -> None:
    await talk.say("Wie weit ist mein Antrag?", "antrag_status")
    for _ in range(3):
        await talk.say("der blaue Zettel")
    assert "115" in talk.text()
    assert "Mit einem Menschen sprechen" in [button.title for button in talk.last.buttons]


async def test_the_status_of_what_was_not_sent_here_is_asked_at_its_office(talk: Talk) -> None:
    talk.slots["leistung"] = "reisepass"
    await talk.say("Wie weit ist denn mein Reisepass?", "antrag_status")
    assert talk.state is None
    assert talk.last.fakten


async def test_a_catalogue_that_is_away_is_told_and_the_question_stays(
    talk: Talk, sent: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = actions.antrag.client.client()
    await talk.say(sent[0])
    monkeypatch.setattr(actions.antrag.client, "_client", ApplicationsClient("http://127.0.0.1:9", "x"))
    await talk.say(sent[1])
    assert talk.last.text.startswith(tell("ausgefallen_status"))
    assert "eingegangen" not in talk.text()
    monkeypatch.setattr(actions.antrag.client, "_client", real)
    await talk.say(sent[1])
    assert "Ihr Antrag ist eingegangen." in talk.text()


async def test_a_button_of_a_form_that_is_over_does_nothing(talk: Talk) -> None:
    await talk.say("Wie weit ist mein Antrag?", "antrag_status")
    old = talk.offered("Ich habe keine Nummer")
    await talk.push(old)
    await talk.push(old)
    assert talk.last.text == tell("vorbei")
