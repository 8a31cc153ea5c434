"""The actions with rasa-sdk's own tracker and dispatcher: what is said, and what is remembered."""

from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import httpx
import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from records import FULL, OFFICE, served

import actions.hits
from actions.conversation import Auskunft, Gespraech
from actions.copy import copy
from actions.hits import for_age
from actions.turn import understood
from core.answer import Antwort
from core.catalogue import Treffer
from katalog.client import CatalogueClient
from katalog.schemas import Suchergebnis


def tracker(text: str = "", intent: str = "leistung_suchen", before: list[dict[str, Any]] | None = None, **slots: Any) -> Tracker:
    """A conversation whose last message is ``text``."""
    message = {"text": text, "intent": {"name": intent}, "entities": [], "intent_ranking": [{"name": intent}]}
    known = dict.fromkeys(("leistung", "aspekt", "offen", "missverstaendnisse", "rueckfragen", "alter", "sprache", "einfach")) | slots
    return Tracker("t", known, message, before or [], False, None, {}, "action_listen")


async def run(action: Action, of: Tracker) -> tuple[list[Antwort], dict[str, Any]]:
    """What an action says, and the slots that it sets."""
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, of, {})
    assert all(event["event"] == "slot" for event in events)
    return [Antwort.model_validate(one["custom"]) for one in dispatcher.messages], {event["name"]: event["value"] for event in events}


def bot(answer: Antwort | str) -> dict[str, Any]:
    """What the bot said before, as an event of Rasa."""
    custom = answer.model_dump(mode="json") if isinstance(answer, Antwort) else None
    return {"event": "bot", "text": None if custom else answer, "data": {"custom": custom}}


@pytest.fixture
async def catalogue(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[dict[str, float]]:
    """The client that the actions use, with a transport in the catalogue's place: hits are set by the test as {id: probability}.

    Not the real catalogue: to build its index takes seconds, and what is found is tested in tests/katalog.
    """
    hits: dict[str, float] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        context = request.url.params.get("leistung")
        found = [Treffer(id=name, schluessel=None, titel=name.title(), score=score) for name, score in hits.items()]
        record = served(FULL | {"kennung": next(iter(hits), "x")}, OFFICE)
        result = Suchergebnis(
            treffer=[one for one in found if one.score >= 0.1], naechste=found, ohne_leistung=0.1, auskunft=record if found else None,
            kontext=served(FULL | {"kennung": context}, OFFICE) if context else None,
        )  # fmt: skip
        return httpx.Response(200, content=result.model_dump_json())

    client = CatalogueClient("http://katalog", httpx.MockTransport(answer))
    monkeypatch.setattr(actions.hits, "_client", client)
    yield hits
    await client.close()


async def test_an_answer_is_said_and_its_topic_kept(catalogue: dict[str, float]) -> None:
    catalogue["teich"] = 0.9
    said, slots = await run(Auskunft(), tracker("Was kostet ein Teich?", "frage_kosten", missverstaendnisse=2.0))
    assert said[0].text.startswith("Das kostet")
    assert slots == {
        "leistung": "teich",
        "aspekt": "frage_kosten",
        "offen": False,
        "missverstaendnisse": 0,
        "rueckfragen": 0,
        "verlauf": ["teich"],
    }


@pytest.mark.parametrize(("probability", "alarm"), [(0.9, True), (0.38, False)])
async def test_only_a_sure_emergency_is_one(catalogue: dict[str, float], probability: float, alarm: bool) -> None:
    heard = tracker("Ich habe zwei Autos", "notfall")
    heard.latest_message["intent_ranking"] = [{"name": "notfall", "confidence": probability}]
    said, _ = await run(Gespraech(), heard)
    assert ("112" in said[0].text) is alarm


@pytest.mark.parametrize(("age", "first"), [(16, "verlust"), (12, "kind"), (None, "kind")])
async def test_nothing_under_sixteen_for_somebody_of_sixteen(catalogue: dict[str, float], age: int | None, first: str) -> None:
    titles = {"kind": "Personalausweis für Kinder unter 16", "verlust": "Verlust des Personalausweises melden"}
    hits = [Treffer(id=name, schluessel=None, titel=title, score=0.5) for name, title in titles.items()]
    found = await for_age("", Suchergebnis(treffer=hits, naechste=hits, ohne_leistung=0.1), age)
    assert found.treffer[0].id == first


async def test_a_question_goes_on_about_the_service_before(catalogue: dict[str, float]) -> None:
    said, slots = await run(Auskunft(), tracker("Wie lange dauert das?", "frage_dauer", leistung="teich", aspekt="frage_kosten"))
    assert said[0].fakten[0].text == "drei Wochen"
    assert slots["leistung"] == "teich"


async def test_a_question_back_keeps_the_question_open_and_no_service(catalogue: dict[str, float]) -> None:
    catalogue |= {"teich": 0.2, "see": 0.19}
    said, slots = await run(Auskunft(), tracker("Was kostet das Wasser?", "frage_kosten"))
    assert [button.title for button in said[0].buttons][:2] == ["Teich", "See"]
    assert slots == {"aspekt": "frage_kosten", "offen": True, "missverstaendnisse": 0, "rueckfragen": 1}


async def test_each_misunderstanding_counts(catalogue: dict[str, float]) -> None:
    texts = []
    for failures in (None, 1.0, 2.0):
        said, slots = await run(Auskunft(), tracker("Blubb", "nlu_fallback", missverstaendnisse=failures))
        assert slots["missverstaendnisse"] == (failures or 0) + 1
        texts.append(said[0].text)
    assert len(set(texts)) == 3


@pytest.mark.parametrize("intent", ["frage_kosten", "ausserhalb"])
async def test_without_the_catalogue_there_is_still_an_answer(intent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.hits, "_client", CatalogueClient("http://127.0.0.1:9"))
    said, slots = await run(Auskunft(), tracker("Was kostet ein Teich?", intent, leistung="teich", aspekt="frage_dauer"))
    assert "115" in said[0].text
    assert said[0].stoerung == "katalog"
    assert {"leistung", "aspekt", "offen"}.isdisjoint(slots)  # the topic is kept for the next try


def test_a_button_is_told_from_typed_words() -> None:
    pressed = tracker("/frage_kosten", "frage_kosten", leistung="teich")
    pressed.latest_message["entities"] = [{"entity": "leistung", "value": "teich"}]
    assert understood(pressed).pressed
    assert understood(pressed).text == ""
    assert not understood(tracker("Was kostet der Teich?", "frage_kosten")).pressed


@pytest.mark.parametrize(
    ("guess", "intent"), [("frage_kosten", "frage_kosten"), ("lob", "nlu_fallback"), ("antrag_status", "nlu_fallback")]
)
def test_below_the_threshold_only_a_question_about_a_service_counts(guess: str, intent: str) -> None:
    unsure = tracker("Hm", "nlu_fallback")
    unsure.latest_message["intent_ranking"] = [{"name": "nlu_fallback"}, {"name": guess}, {"name": "frage_frist"}]
    assert understood(unsure).intent == intent


def test_a_message_without_any_intent_is_nothing_understood() -> None:
    empty = tracker("…")
    empty.latest_message |= {"intent": {"name": None}, "intent_ranking": []}
    assert understood(empty).intent == "nlu_fallback"


async def test_the_last_answer_is_said_again_whole() -> None:
    last = Antwort(text="46 €", quellenangaben=["Quelle: Stadt"])
    said, slots = await run(
        Gespraech(), tracker("Wie bitte?", "wiederholen", [bot("Guten Tag."), bot(last), {"event": "user", "text": "was?"}])
    )
    assert said == [last]
    assert slots == {}


async def test_a_plain_text_is_said_again_too() -> None:
    assert (await run(Gespraech(), tracker("Wie bitte?", "wiederholen", [bot("Guten Tag.")])))[0] == [Antwort(text="Guten Tag.")]


async def test_at_the_beginning_there_is_nothing_to_say_again() -> None:
    assert (await run(Gespraech(), tracker("Wie bitte?", "wiederholen")))[0][0].text == copy()["nichts_zu_wiederholen"]


async def test_beginning_anew_forgets_the_topic() -> None:
    _, slots = await run(Gespraech(), tracker("von vorn", "abbrechen", leistung="teich", aspekt="frage_kosten", alter=12.0))
    assert slots == dict.fromkeys(("leistung", "aspekt", "offen", "missverstaendnisse", "rueckfragen", "alter", "alter_eigen", "verlauf"))


async def test_none_of_these_asks_for_the_service_and_keeps_the_question() -> None:
    said, slots = await run(Gespraech(), tracker("nichts davon", "ablehnen", leistung="teich", aspekt="frage_kosten", offen=True))
    assert "Anliegen" in said[0].text
    assert slots == {"leistung": None}


async def test_a_plain_no_forgets_nothing() -> None:
    assert (await run(Gespraech(), tracker("nein", "ablehnen", leistung="teich", aspekt="frage_kosten")))[1] == {}


async def test_outside_answers_vary_and_count_as_misunderstandings(catalogue: dict[str, float]) -> None:
    before: list[dict[str, Any]] = []
    texts, kept = [], {}
    for number in range(7):
        said, kept = await run(Gespraech(), tracker("Wie wird das Wetter?", "ausserhalb", before, **kept))
        assert kept == {"missverstaendnisse": number + 1}
        texts.append(said[0].text)
        before.append(bot(said[0]))
    assert set(texts) == set(texts[:3])
    assert all(one != other for one, other in pairwise(texts))
    assert all("115" in text for text in texts[1:3])


async def test_outside_is_told_in_other_words_also_where_something_was_understood_in_between(catalogue: dict[str, float]) -> None:
    first, _ = await run(Gespraech(), tracker("Wetter?", "ausserhalb"))
    second, _ = await run(Gespraech(), tracker("Wetter?", "ausserhalb", [bot(first[0])], missverstaendnisse=0.0))
    assert first[0].text != second[0].text


@pytest.mark.parametrize(("doubt", "answered"), [(0.9, True), (0.05, False)])
async def test_only_intent_and_search_together_outweigh_the_word_outside(catalogue: dict[str, float], doubt: float, answered: bool) -> None:
    catalogue["teich"] = 0.9
    of = tracker("Teich anlegen", "ausserhalb")
    ranked = {"ausserhalb": 1 - doubt, "leistung_suchen": doubt}
    of.latest_message["intent_ranking"] = [{"name": name, "confidence": sure} for name, sure in ranked.items()]
    said, slots = await run(Gespraech(), of)
    assert (said[0].leistung is not None) is answered
    assert slots.get("leistung") == ("teich" if answered else None)


def test_a_slot_is_set_by_its_event() -> None:
    """The shape that ``run`` above reads."""
    assert SlotSet("aspekt", "frage_kosten") == {"event": "slot", "timestamp": None, "name": "aspekt", "value": "frage_kosten"}
