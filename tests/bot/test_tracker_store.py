"""Conversations in a real Redis, with Rasa's own trackers and events."""

import time
from statistics import median

import pytest
import redis

from core.vault import Vault

pytestmark = pytest.mark.slow  # imports Rasa

SAID = "Mein Kind Amelie Musterfrau braucht einen Reisepass"
KEY = "lotse:tracker:{}"
SLOTS = KEY + ":slots"
ANSWERS = KEY + ":antworten"


@pytest.fixture(scope="module")
def domain():  # type: ignore[no-untyped-def]
    from rasa.shared.core.domain import Domain

    return Domain.from_dict(
        {
            "intents": ["frage_kosten"],
            "entities": ["leistung"],
            "slots": {"leistung": {"type": "text", "influence_conversation": False, "mappings": [{"type": "custom"}]}},
        }
    )


@pytest.fixture
def store(domain, inside: redis.Redis):  # type: ignore[no-untyped-def]
    from bot.tracker_store import RedisTrackerStore

    return RedisTrackerStore(domain)


def tracker(domain, sender: str = "eins", *texts: str):  # type: ignore[no-untyped-def]
    """A conversation in which a citizen has said something."""
    from rasa.shared.core.events import ActionExecuted, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    events = [event for text in texts for event in (ActionExecuted("action_listen"), UserUttered(text, {"name": "frage_kosten"}))]
    made = DialogueStateTracker(sender, domain.slots)
    for event in events:
        made.update(event, domain)
    return made


async def test_a_conversation_comes_back_with_its_words_and_its_topic(store, domain) -> None:  # type: ignore[no-untyped-def]
    from rasa.shared.core.events import BotUttered, SlotSet

    said = tracker(domain, "eins", SAID)
    said.update(SlotSet("leistung", "reisepass"), domain)
    said.update(BotUttered(None, {"custom": {"text": "Das kostet 70 €."}}), domain)
    await store.save(said)
    kept = await store.retrieve("eins")
    assert [event.as_dict() for event in kept.events] == [event.as_dict() for event in said.events]
    assert kept.get_slot("leistung") == "reisepass"
    assert kept.latest_message.text == SAID


async def test_nobody_unknown_has_a_conversation(store) -> None:  # type: ignore[no-untyped-def]
    assert await store.retrieve("niemand") is None


async def test_each_turn_adds_only_what_is_new(store, domain, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    from rasa.shared.core.events import UserUttered

    said = tracker(domain, "eins", "Hallo")
    await store.save(said)
    first = inside.lrange(KEY.format("eins"), 0, -1)
    for number in range(3):
        again = await store.retrieve("eins")
        again.update(UserUttered(f"Nachricht {number}"), domain)
        await store.save(again)
    entries = inside.lrange(KEY.format("eins"), 0, -1)
    assert entries[:1] == first
    assert len(entries) == 4
    assert max(len(one) for one in entries[1:]) < 2 * min(len(one) for one in entries[1:])
    assert [event.text for event in (await store.retrieve("eins")).events if isinstance(event, UserUttered)] == [
        "Hallo",
        *(f"Nachricht {number}" for number in range(3)),
    ]


async def test_the_same_tracker_may_be_saved_many_times(store, domain, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    """Rasa saves within a turn, too."""
    said = tracker(domain, "eins", "Hallo")
    for _ in range(3):
        await store.save(said)
    assert inside.llen(KEY.format("eins")) == 1


async def test_conversations_do_not_mix(store, domain) -> None:  # type: ignore[no-untyped-def]
    await store.save(tracker(domain, "eins", "Hallo"))
    await store.save(tracker(domain, "zwei", "Guten Tag"))
    assert (await store.retrieve("eins")).latest_message.text == "Hallo"
    assert (await store.retrieve("zwei")).latest_message.text == "Guten Tag"
    assert sorted(await store.keys()) == ["eins", "zwei"]


async def test_a_conversation_expires_a_little_after_the_session_and_every_turn_begins_anew(  # type: ignore[no-untyped-def]
    store, domain, inside: redis.Redis
) -> None:
    from rasa.shared.core.events import UserUttered

    said = tracker(domain, "eins", "Hallo")
    await store.save(said)
    assert 30 * 60 < inside.ttl(KEY.format("eins")) <= 31 * 60
    inside.expire(KEY.format("eins"), 5)
    said.update(UserUttered("Noch da?"), domain)
    await store.save(said)
    assert inside.ttl(KEY.format("eins")) > 30 * 60


async def test_nothing_that_was_said_stands_in_redis_in_clear(store, domain, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    from rasa.shared.core.events import SlotSet

    said = tracker(domain, "eins", SAID)
    said.update(SlotSet("leistung", "reisepass"), domain)
    await store.save(said)
    entries = [*inside.lrange(KEY.format("eins"), 0, -1), inside.get(SLOTS.format("eins"))]
    assert sorted(inside.keys()) == sorted(key.format("eins").encode() for key in (KEY, SLOTS))
    for word in (b"Amelie", b"Reisepass", b"reisepass", b"frage_kosten", b"event"):
        assert not any(word in entry for entry in entries)


async def test_with_another_key_a_conversation_cannot_be_read(store, domain, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    from cryptography.fernet import InvalidToken

    from bot.tracker_store import RedisTrackerStore

    await store.save(tracker(domain, "eins", SAID))
    monkeypatch.setenv("LOTSE_SECRET_KEY", "ein-anderer-schluessel-0123456789-0123456789")
    with pytest.raises(InvalidToken):
        await RedisTrackerStore(domain).retrieve("eins")


async def test_what_was_changed_in_redis_is_not_taken_for_a_conversation(  # type: ignore[no-untyped-def]
    store, domain, inside: redis.Redis
) -> None:
    from cryptography.fernet import InvalidToken

    await store.save(tracker(domain, "eins", SAID))
    inside.rpush(KEY.format("eins"), Vault("ein-anderer-schluessel-0123456789-0123456789").seal(b"[]"))
    with pytest.raises(InvalidToken):
        await store.retrieve("eins")


@pytest.mark.parametrize("address", ["unix:///nirgends/redis.sock", "redis://127.0.0.1:9/0"])
async def test_an_unreachable_redis_is_an_error_within_seconds(  # type: ignore[no-untyped-def]
    domain, inside: redis.Redis, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.tracker_store import RedisTrackerStore

    monkeypatch.setenv("LOTSE_REDIS_URL", address)
    unreachable = RedisTrackerStore(domain)
    begun = time.monotonic()
    with pytest.raises(redis.RedisError):
        await unreachable.save(tracker(domain, "eins", SAID))
    with pytest.raises(redis.RedisError):
        await unreachable.retrieve("eins")
    assert time.monotonic() - begun < 4


async def test_connections_that_redis_has_closed_are_opened_anew(store, domain, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    await store.save(tracker(domain, "eins", "Hallo"))
    inside.client_kill_filter(_type="normal", skipme=True)
    assert (await store.retrieve("eins")).latest_message.text == "Hallo"


async def test_rasas_fallback_to_memory_is_taken_away(store, domain) -> None:  # type: ignore[no-untyped-def]
    from types import SimpleNamespace

    from rasa.core.tracker_store import FailSafeTrackerStore

    from bot.channel import fail_loudly

    # Only what the function looks at: an agent of Rasa needs a trained model.
    agent = SimpleNamespace(tracker_store=FailSafeTrackerStore(store), processor=SimpleNamespace(tracker_store=FailSafeTrackerStore(store)))
    fail_loudly(agent)
    assert agent.tracker_store is store
    assert agent.processor.tracker_store is store
    fail_loudly(agent)
    assert agent.tracker_store is store


async def test_only_the_last_turns_are_loaded_and_every_slot(store, domain, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    from rasa.shared.core.events import SlotSet, UserUttered

    said = tracker(domain, "eins", "Hallo")
    said.update(SlotSet("leistung", "reisepass"), domain)
    await store.save(said)
    for number in range(20):
        again = await store.retrieve("eins")
        again.update(UserUttered(f"Nachricht {number}"), domain)
        await store.save(again)
    kept = await store.retrieve("eins")
    assert [event.text for event in kept.events] == [f"Nachricht {number}" for number in range(14, 20)]
    assert kept.get_slot("leistung") == "reisepass"


async def test_turn_200_takes_no_longer_than_turn_5(store, domain) -> None:  # type: ignore[no-untyped-def]
    """At most twice as long; stock Rasa takes eight times as long at turn 150 already."""
    from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered

    times: list[float] = []
    await store.save(tracker(domain, "eins", "Hallo"))
    for number in range(205):
        begun = time.perf_counter()
        again = await store.retrieve("eins")
        for event in (UserUttered(f"Nachricht {number}"), BotUttered("Antwort " * 50), ActionExecuted("action_listen")):
            again.update(event, domain)
        await store.save(again)
        times.append(time.perf_counter() - begun)
    assert median(times[190:]) <= 2 * median(times[5:20])


async def test_a_turn_is_kept_with_its_answer_and_only_then_counts_as_answered(  # type: ignore[no-untyped-def]
    store, domain, inside: redis.Redis
) -> None:
    from bot.turn import NoAnswer, RunningTurn, running

    with running(RunningTurn("m1", lambda: {"messages": []})), pytest.raises(NoAnswer):
        await store.save(tracker(domain, "eins", SAID))
    assert inside.keys() == []
    assert await store.answer("eins", "m1") is None
    with running(RunningTurn("m1", lambda: {"messages": [{"text": "Das kostet 70 €."}]})):
        await store.save(tracker(domain, "eins", SAID))
    assert await store.answer("eins", "m1") == {"messages": [{"text": "Das kostet 70 €."}]}
    assert await store.answer("eins", "m2") is None
    assert inside.ttl(ANSWERS.format("eins")) > 30 * 60
    # Also when others were answered since.
    with running(RunningTurn("m2", lambda: {"messages": [{"text": "Gern."}]})):
        await store.save(tracker(domain, "eins", SAID))
    assert await store.answer("eins", "m1") == {"messages": [{"text": "Das kostet 70 €."}]}
