"""What staff are told beside an answer: what the search found, and why there may be no answer."""

from typing import Any

import httpx
import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from records import FULL, OFFICE, served

import actions.hits
from actions.candidates import NotingClient
from actions.conversation import Auskunft
from actions.reply import about, clarification, not_understood, which_service
from actions.said import outside
from actions.turn import Turn
from core.answer import Antwort
from core.catalogue import Treffer
from katalog.schemas import Suchergebnis


def found(request: httpx.Request) -> httpx.Response:
    """The transport in the catalogue's place, whose index takes seconds to build: each text finds services named after its words."""
    words = request.url.params["q"].lower().split()
    hits = [Treffer(id=word, schluessel=None, titel=word, score=0.9 - place / 10) for place, word in enumerate(words)]
    return httpx.Response(200, content=Suchergebnis(
        treffer=hits[:1], naechste=hits, ohne_leistung=0.0, auskunft=served(FULL | {"kennung": "teich"}, OFFICE)
    ).model_dump_json())  # fmt: skip


async def test_the_first_answer_tells_the_three_best_that_the_words_of_the_message_found(monkeypatch: pytest.MonkeyPatch) -> None:
    message: dict[str, Any] = {"text": "Teich Fisch Boot Netz", "intent": {"name": "frage_kosten"}, "entities": []}
    slots = dict.fromkeys(("leistung", "aspekt", "offen", "missverstaendnisse", "rueckfragen", "alter", "sprache", "einfach"))
    dispatcher = CollectingDispatcher()
    async with NotingClient("http://katalog", httpx.MockTransport(found)) as client:
        monkeypatch.setattr(actions.hits, "_client", client)
        await Auskunft().run(dispatcher, Tracker("t", slots, message, [], False, None, {}, "action_listen"), {})
        await client.search("danach")  # outside of a turn nothing is noted
    answer = Antwort.model_validate(dispatcher.messages[0]["custom"])
    assert answer.kandidaten == [("teich", 0.9), ("fisch", 0.8), ("boot", 0.7)]


def test_what_is_not_on_record_is_told() -> None:
    full, empty = served(FULL, OFFICE), served(FULL | {"gebuehren": [], "fristen": []}, OFFICE)
    assert not about(full, "frage_kosten").ohne_auskunft
    assert about(empty, "frage_kosten").ohne_auskunft


def test_questions_back_and_misunderstandings_are_told() -> None:
    hits = [Treffer(id=name, schluessel=None, titel=name, score=0.3) for name in ("a", "b")]
    assert clarification(hits, "frage_kosten").rueckfrage
    assert which_service().rueckfrage
    offered = not_understood(0, hits, "frage_kosten")
    assert (offered.nicht_verstanden, offered.rueckfrage) == (True, False)


def test_what_is_outside_is_told() -> None:
    dispatcher = CollectingDispatcher()
    outside(dispatcher, Turn(text="Wie wird das Wetter?", intent="ausserhalb", leistung=None, aspekt=None, offen=False))
    assert dispatcher.messages[0]["custom"]["ohne_auskunft"]
