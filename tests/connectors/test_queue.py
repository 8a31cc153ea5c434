"""The queue before the bot: nothing that was taken is lost, nothing is done twice, the order is kept."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import redis
from citizen import Citizen, begin
from fake_bot import FakeBot
from serving import free_port, served

from cli.letters import letters
from connectors.gateway.app import create_app
from connectors.gateway.bot import BotClient
from connectors.gateway.lease import EVERY_SECONDS
from connectors.gateway.queue import DEAD, stream_of
from connectors.gateway.schemas import Message
from core.settings import Settings
from core.vault import Vault

pytestmark = [pytest.mark.slow, pytest.mark.faults]


@asynccontextmanager
async def gateway(settings: Settings, bot: BotClient | None = None) -> AsyncIterator[httpx.AsyncClient]:
    with served(create_app(settings, bot)) as url:
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            yield client


def waiting(settings: Settings) -> int:
    with redis.Redis.from_url(settings.redis_address) as store:
        return sum(store.xlen(key) for key in store.scan_iter("lotse:warteschlange:*") if store.type(key) == b"stream")


async def test_many_deliveries_of_one_message_get_the_same_answer(citizen: Citizen, bot: FakeBot) -> None:
    """A thousand of them go through the whole stack in tests/stack/test_faults_queue.py."""
    bot.seconds = 0.2
    limits = httpx.Limits(max_connections=50)
    async with httpx.AsyncClient(base_url=citizen.http.base_url, limits=limits, timeout=30) as many:
        citizen.http = many
        answers = await asyncio.gather(*(citizen.send("Hallo", message_id="gleich") for _ in range(200)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert len(bot.turns) == 1


async def test_twenty_messages_at_once_keep_their_order(citizen: Citizen, bot: FakeBot) -> None:
    for number in range(20):
        assert (await citizen.send(f"Nachricht {number}", wait=False)).status_code == 202
    assert len(await citizen.events(20)) == 20
    assert [turn["message"] for turn in bot.turns] == [f"Nachricht {number}" for number in range(20)]


async def test_what_waits_when_the_gateway_ends_is_answered_by_the_next(apart: Settings, bot: FakeBot) -> None:
    """Five hundred wait for a bot that is away; the next gateway answers each of them once, in their order."""
    port = free_port()
    settings = apart.model_copy(update={"rasa_url": f"http://127.0.0.1:{port}"})
    async with gateway(settings) as first:
        citizens = [await begin(first) for _ in range(25)]
        for number in range(20):
            sent = await asyncio.gather(*(one.send(str(number), message_id=f"m{number}", wait=False) for one in citizens))
            assert {answer.status_code for answer in sent} == {202}
    assert waiting(settings) == 500
    with served(bot.app, port):
        async with gateway(settings) as second:
            for one in citizens:
                one.http = second
                answer = await one.send("19", message_id="m19")
                assert answer.status_code == 200
                assert len(await one.events(20)) == 20
    assert waiting(settings) == 0
    assert len(bot.turns) == 500
    for one in citizens:
        assert [turn["message"] for turn in bot.turns if turn["sender"] == one.id] == [str(number) for number in range(20)]


async def test_a_message_that_cannot_be_answered_is_laid_aside_sealed(apart: Settings) -> None:
    async with gateway(apart, BotClient(f"http://127.0.0.1:{free_port()}", patience=0.3)) as http:
        citizen = await begin(http)
        assert (await citizen.send("Mein Geheimnis")).status_code == 503
    with redis.Redis.from_url(apart.redis_address) as store:
        ((_, letter),) = store.xrange(DEAD)
    assert letter[b"gespraech"].decode() == citizen.id
    assert b"Geheimnis" not in letter[b"inhalt"]
    message = Message.model_validate_json(Vault(apart.secret("secret_key")).open(letter[b"inhalt"]))
    assert message.text == "Mein Geheimnis"


async def test_what_was_laid_aside_is_shown_without_its_text_and_sent_once_more(apart: Settings, bot: FakeBot) -> None:
    async with gateway(apart, BotClient(f"http://127.0.0.1:{free_port()}", patience=0.3)) as http:
        citizen = await begin(http)
        assert (await citizen.send("Schreiben Sie an amelie@example.org")).status_code == 503
    (line,) = await asyncio.to_thread(letters, apart, replay=False)
    assert "Schreiben" not in line
    assert "Rasa: not back in time" in line
    async with gateway(apart) as http:
        citizen.http = http
        await asyncio.to_thread(letters, apart, replay=True)
        assert [event.get("event") for event in await citizen.events(2)] == ["failed", None]
    assert len(bot.turns) == 1
    assert await asyncio.to_thread(letters, apart, replay=False) == []


async def test_what_was_laid_aside_goes_with_its_conversation(apart: Settings) -> None:
    async with gateway(apart, BotClient(f"http://127.0.0.1:{free_port()}", patience=0.3)) as http:
        citizens = [await begin(http) for _ in range(2)]
        for one in citizens:
            await one.send("Hallo")
        await http.delete(f"/api/v1/conversations/{citizens[0].id}", headers=citizens[0].headers)
    with redis.Redis.from_url(apart.redis_address) as store:
        assert [letter[b"gespraech"].decode() for _, letter in store.xrange(DEAD)] == [citizens[1].id]
        assert 0 < store.ttl(DEAD) <= 1800


async def test_a_turn_that_outlives_its_conversation_leaves_nothing(apart: Settings, bot: FakeBot) -> None:
    bot.seconds = 6.0  # longer than deleting waits
    async with gateway(apart, BotClient(apart.rasa_url, deadline=8.0)) as http:
        citizen = await begin(http)
        await citizen.send("Hallo", wait=False)
        await asyncio.sleep(0.2)
        await http.delete(f"/api/v1/conversations/{citizen.id}", headers=citizen.headers)
        await asyncio.sleep(2)
        with redis.Redis.from_url(apart.redis_address) as store:
            assert list(store.scan_iter(f"*{citizen.id}*")) == []
    assert len(bot.turns) == 1
    assert waiting(apart) == 0


async def test_two_gateways_do_not_work_on_the_same_queue(apart: Settings, bot: FakeBot) -> None:
    """The second stands by, and both give the answers."""
    async with gateway(apart) as first, gateway(apart) as second:
        citizen = await begin(first)
        for number in range(10):
            citizen.http = (first, second)[number % 2]
            assert (await citizen.send(str(number), wait=False)).status_code == 202
        assert len(await citizen.events(10)) == 10
    assert [turn["message"] for turn in bot.turns] == [str(number) for number in range(10)]


async def test_a_queue_that_is_full_says_so(apart: Settings) -> None:
    """One message is at a bot that is away, the others wait behind it."""
    async with gateway(apart, BotClient(f"http://127.0.0.1:{free_port()}")) as http:
        citizen = await begin(http)
        codes = [(await citizen.send("Hallo", wait=False)).status_code for _ in range(170)]
        await asyncio.sleep(EVERY_SECONDS + 0.5)
        assert "lotse_queue_depth 157.0" in (await http.get("/metrics")).text
    assert codes == [202] * 157 + [503] * 13


async def test_what_was_sealed_with_an_earlier_key_does_not_stop_the_queue(apart: Settings, bot: FakeBot) -> None:
    async with gateway(apart) as http:
        citizen = await begin(http)
        with redis.Redis.from_url(apart.redis_address) as store:
            other = Vault("anders-0123456789-0123456789-012345").seal(b"{}")
            store.xadd(stream_of(citizen.id), {"gespraech": citizen.id, "inhalt": other})
        assert (await citizen.send("Hallo")).status_code == 200
    assert waiting(apart) == 0


async def test_a_redis_that_has_lost_its_data_gets_a_new_queue(apart: Settings, bot: FakeBot) -> None:
    async with gateway(apart) as http:
        await (await begin(http)).send("Hallo")
        with redis.Redis.from_url(apart.redis_address) as store:
            store.flushdb()
        assert (await (await begin(http)).send("Hallo")).status_code == 200


def test_a_conversation_has_one_partition() -> None:
    assert stream_of("abc") == stream_of("abc")
    assert len({stream_of(str(number)) for number in range(1000)}) == 32
