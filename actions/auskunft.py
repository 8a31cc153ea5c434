"""What is answered about services: the topic of a message is found, said, and kept in the slots."""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.choice import meaning_of
from actions.copy import copy, render
from actions.detail import Detail
from actions.repetition import not_again
from actions.short import short_outside
from actions.story import question_in_story
from actions.topic import CANDIDATE, LIKELY, OVERVIEW, Topic, aspect_of, decide, is_online, lone_word, names, of_one_kind, on_site
from actions.turn import Turn
from actions.understanding import OUTSIDE, meaning
from actions.voice import SHORT, voice
from core.answer import Antwort
from core.catalogue import Auskunft, Treffer
from core.intents import TALKING_INTENTS
from core.settings import Settings
from katalog.client import CatalogueClient
from katalog.schemas import Suchergebnis
from language.ellipsis import goes_on, keeps_question, object_of, picks_one
from language.naming import coverage, is_special, plain, shared_words
from language.stems import stems

_client: CatalogueClient | None = None
# Questions back in a row: after these the nearest services and the 115 are offered instead.
MOST_QUESTIONS = 2
# Services that a conversation may come back to.
REMEMBERED = 6
# A hit with less than this share of the first one's probability is not meant instead.
MUCH_LESS = 0.2
# A service that is named whole, where the first is not named at all, is meant from this probability on.
MENTIONED = 0.02
FEW_WORDS = 4
# Few words name their object from here on.
SURE_OF_OBJECT = 0.5
SURELY_NAMED = 0.9


def client() -> CatalogueClient:
    """The process's pooled client, made at the first call (inside the running event loop)."""
    global _client
    if _client is None:
        _client = CatalogueClient(Settings().catalogue_url)
    return _client


def say(dispatcher: CollectingDispatcher, answer: Antwort) -> None:
    """Utters a semantic answer."""
    spoken = answer.model_copy(update={"sprache": voice().sprache})
    dispatcher.utter_message(json_message=spoken.model_dump(mode="json"))


async def inform(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
    """Finds the service and answers what was asked, asks back, or offers the nearest. Raises LotseError where the catalogue is away."""
    picked = not turn.pressed and picks_one(turn.text)
    if picked:
        turn = replace(turn, intent=OVERVIEW)  # „zuerst“ sounds like a question for the order of steps
    found = await client().search(turn.text, turn.leistung, turn.checkliste)
    if _only_names(turn) or (picked and turn.text_before):
        # „Ich habe etwas verloren.“ – „Den Reisepass.“ Both together say which service.
        both = await client().search(f"{turn.text} {turn.text_before}", turn.leistung)
        if both.treffer and both.treffer[0].score >= SURE_OF_OBJECT and names(turn.text, both.auskunft):
            found = both
    if asked := None if turn.pressed else question_in_story(turn):
        # „Wir sind neu hier. Was kostet die Kita?“: the question names the service, the story only sounds like another.
        alone = await client().search(asked.text, turn.leistung)
        if alone.treffer and alone.treffer[0].score >= SURE_OF_OBJECT and names(asked.text, alone.auskunft):
            found = alone
    if turn.ranking and not turn.pressed:
        meant = meaning(turn.ranking, turn.text, found)
        if meant.intent == OUTSIDE and (alike := of_one_kind(turn.text, found) or lone_word(turn.text, found)):
            return answered(dispatcher, Topic("auswahl", aspect_of(turn), candidates=alike), turn)
        # In the midst of a topic, or after our own question, a message is about it: the intent alone judges.
        if meant.intent == OUTSIDE and not (turn.leistung or turn.offen):
            return outside(dispatcher, turn)
        found = found.model_copy(update={"treffer": meant.treffer or found.treffer})
    # „und der vorläufige?“ names its object only together with the service so far.
    follows = keeps_question(turn.text) or goes_on(turn.text)
    if found.kontext and follows and not _named_whole(turn.text, found) and (hit := await near(object_of(turn.text), found.kontext)):
        named = (await client().search("", hit.id)).kontext
        return answered(dispatcher, Topic("antwort", aspect_of(turn), named), turn)
    return answered(dispatcher, decide(turn, await _named_first(turn.text, found)), turn)


def _only_names(turn: Turn) -> bool:
    """Whether a message after our question back, or after a misunderstanding, names something and asks nothing."""
    lost = bool(turn.offen or turn.misunderstood) and bool(turn.text_before)
    return lost and not turn.pressed and len(turn.text.split()) <= FEW_WORDS and not turn.intent.startswith("frage_")


async def other_object(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType] | None:
    """„und der vorläufige?“ after an answer: the same question about another service, whatever the few words sound like."""
    if turn.pressed or not (turn.leistung and turn.aspekt) or turn.intent not in TALKING_INTENTS or not keeps_question(turn.text):
        return None
    found = await client().search(turn.text, turn.leistung)
    hit = await near(object_of(turn.text), found.kontext) if found.kontext else None
    if hit is None:
        hit = next((one for one in found.treffer if one.score >= SURE_OF_OBJECT), None)
    if hit is None:
        return None
    return answered(dispatcher, Topic("antwort", turn.aspekt, (await client().search("", hit.id)).kontext), turn)


def _named_whole(text: str, found: Suchergebnis) -> bool:
    """Whether the first hit is named for sure: „und für Hilfe zur Pflege?“ is not about something near the service so far."""
    first = found.treffer[0] if found.treffer else None
    if first is None:
        return False
    sure = first.score >= SURELY_NAMED and names(text, found.auskunft)
    return sure or (first.score >= SURE_OF_OBJECT and coverage(text, plain(first.titel)) == 1)


async def _named_first(text: str, found: Suchergebnis) -> Suchergebnis:
    """The hits with the one first that the words name best, where it is not much less likely than the first.

    „Was kostet der Pass?“ means „Reisepass beantragen“ and not „Verlust oder Diebstahl des Reisepasses melden“.
    """
    if voice().sprache != "de":
        return await _plain_first(text, found)
    if len(found.treffer) < 2:
        return found
    first = found.treffer[0]
    # „Er soll einen Reisepass bekommen“ at the end of a story about a guardian: the one that is named is meant.
    told = None if names(text, found.auskunft) else next((hit for hit in found.treffer[1:] if coverage(text, plain(hit.titel)) == 1), None)
    if told and told.score >= MENTIONED:
        return await _put_first(found, told)
    likely = [hit for hit in found.treffer if hit.score >= max(CANDIDATE, MUCH_LESS * first.score)]
    if on_site(text):
        likely = [hit for hit in likely if not is_online(hit.titel)]
    best = max(likely or [first], key=lambda hit: coverage(text, plain(hit.titel)))
    # Only the plainer of two about the same: each of its words stands in the title of the other.
    named = coverage(text, plain(best.titel)) - coverage(text, plain(first.titel))
    if best is first or coverage(first.titel, plain(best.titel)) < 1 or named <= 0:
        return found
    return await _put_first(found, best)


async def _plain_first(text: str, found: Suchergebnis) -> Suchergebnis:
    """In another language: „Reisepass“ before „Express-Reisepass“ and „Verlust des Reisepasses“, where nothing special is said."""
    first = found.treffer[0] if found.treffer else None
    if first is None or is_special(text):
        return found
    plainer = (hit for hit in found.treffer[1:] if hit.score >= MENTIONED and coverage(first.titel, plain(hit.titel)) == 1)
    best = next(plainer, None)
    return await _put_first(found, best) if best and coverage(best.titel, plain(first.titel)) < 1 else found


async def _put_first(found: Suchergebnis, best: Treffer) -> Suchergebnis:
    meant = (await client().search("", best.id)).kontext
    rest = [hit for hit in found.treffer if hit is not best]
    hits = [best.model_copy(update={"score": max(found.treffer[0].score, LIKELY)}), *rest]
    return found.model_copy(update={"treffer": hits, "auskunft": meant, "satz": None, "verwandt": None})


async def near(words: str, context: Auskunft) -> Treffer | None:
    """The service near the one talked about whose name holds what was said („ABmelden“ after „Gewerbe anmelden“)."""
    found = await client().search(f"{words} {context.titel}", context.kennung)
    # The very words: „Kurzzeitkennzeichen“ is no „Kennzeichen verloren“.
    near_it = [hit for hit in found.naechste if set(stems(words)) & set(stems(hit.titel)) and shared_words(context.titel, hit.titel)]
    return next((hit for hit in near_it if hit.id != context.kennung), None)


async def perhaps_outside(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
    """Says that this is outside; what intent and search together take for a service is answered all the same."""
    found = await client().search(turn.text)
    meant = meaning(turn.ranking, turn.text, found)
    if meant.intent == OUTSIDE and not found.checkliste:
        return outside(dispatcher, turn)
    turn = replace(turn, intent=OVERVIEW if meant.intent == OUTSIDE else meant.intent, misunderstood=0)
    return answered(dispatcher, decide(turn, found), turn)


def answered(dispatcher: CollectingDispatcher, topic: Topic, turn: Turn) -> list[EventType]:
    """Says what the topic calls for and keeps it in the slots."""
    if topic.kind == "checkliste" and topic.checkliste:
        say(dispatcher, reply.checklist(topic.checkliste))
        return [SlotSet("leistung", None), *_state(OVERVIEW)]
    if topic.kind == "antwort" and topic.auskunft:
        beside = reply.Beside(Detail(topic.detail, topic.satz), turn.alter, topic.checkliste)
        answer = reply.about(topic.auskunft, topic.aspect, topic.candidates, beside)
        say(dispatcher, answer if turn.pressed else not_again(answer, turn.last))
        return [SlotSet("leistung", topic.auskunft.kennung), _talked_about(topic.auskunft.kennung, turn), *_state(topic.aspect)]
    if topic.kind == "welche" and turn.last and (steps := _steps(turn.last)):
        topic = replace(topic, candidates=steps)
    if topic.kind in ("auswahl", "welche") and turn.asked_back < MOST_QUESTIONS:
        say(dispatcher, reply.clarification(list(topic.candidates), topic.aspect) if topic.candidates else reply.which_service())
        return _state(topic.aspect, offen=True, rueckfragen=turn.asked_back + 1)
    failures = max(turn.misunderstood, 1 if topic.kind in ("auswahl", "welche") else 0)
    say(dispatcher, reply.not_understood(failures, list(topic.candidates), topic.aspect))
    return _state(topic.aspect, offen=topic.aspect != OVERVIEW, missverstaendnisse=failures + 1)


def _talked_about(key: str, turn: Turn) -> EventType:
    """The services talked about, the last one first."""
    return SlotSet("verlauf", [key, *(one for one in turn.verlauf if one != key)][:REMEMBERED])


def _steps(last: Antwort) -> tuple[Treffer, ...]:
    """The services of a checklist that was shown last: „Bis wann?“ may be about any of them."""
    buttons = [fact.button for fact in last.fakten if fact.button]
    named = [(button.title, meaning_of(button)[1].get("leistung")) for button in buttons]
    return tuple(Treffer(id=key, schluessel=None, titel=title, score=0.0) for title, key in named if key)


def outside(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
    """Says that this is no matter of the city, in other words each time."""
    if voice().sprache in SHORT:
        say(dispatcher, short_outside())
        return []
    texts = [render(f"ausserhalb.{number}", stadt=Settings().city) for number in range(len(copy()["ausserhalb"]))]
    step = turn.misunderstood % len(texts)
    if turn.last and turn.last.text == texts[step]:
        step = (step + 1) % len(texts)
    say(dispatcher, Antwort(text=texts[step]))
    return [SlotSet("missverstaendnisse", float(turn.misunderstood + 1))]


def _state(aspekt: str, *, offen: bool = False, missverstaendnisse: int = 0, rueckfragen: int = 0) -> list[EventType]:
    return [
        SlotSet("aspekt", aspekt),
        SlotSet("offen", offen),
        SlotSet("missverstaendnisse", float(missverstaendnisse)),
        SlotSet("rueckfragen", float(rueckfragen)),
    ]
