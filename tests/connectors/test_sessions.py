"""Conversations: beginning, access, limits, what is kept of them and that it can be deleted."""

import asyncio

import httpx
import pytest
import redis
from citizen import Citizen, begin
from fake_bot import FakeBot
from serving import served

from connectors.gateway.app import create_app
from connectors.gateway.lease import KEY as LEASE
from connectors.gateway.record import STREAM
from core.network import network
from core.settings import Settings


async def test_a_conversation_begins_with_id_and_token(http: httpx.AsyncClient) -> None:
    answer = await http.post("/api/v1/conversations")
    assert answer.status_code == 201
    body = answer.json()
    assert (len(body["id"]), len(body["token"])) == (22, 43)  # 128 and 256 bits
    assert (body["expires_minutes"], body["greeting"]) == (30, None)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("header", ["Bearer falsch", "Bearer", "Basic abc", "", "Bearer ä"])
async def test_a_wrong_token_is_refused(citizen: Citizen, bot: FakeBot, header: str) -> None:
    citizen.headers = {"Authorization": header.encode()}  # type: ignore[dict-item]
    assert (await citizen.send("Hallo")).status_code == 401
    path = f"/api/v1/conversations/{citizen.id}"
    assert (await citizen.http.delete(path, headers=citizen.headers)).status_code == 401
    assert (await citizen.http.get(f"{path}/events", headers=citizen.headers)).status_code == 401
    assert (await citizen.http.get(f"{path}/events?token=falsch")).status_code == 401
    assert bot.turns == []


async def test_the_token_of_one_conversation_does_not_open_another(citizen: Citizen, http: httpx.AsyncClient) -> None:
    citizen.headers = (await begin(http)).headers
    assert (await citizen.send("Hallo")).status_code == 401


async def test_an_unknown_conversation_is_over(citizen: Citizen) -> None:
    citizen.id = "A" * 22
    answer = await citizen.send("Hallo")
    assert answer.status_code == 404
    assert "beendet" in answer.json()["detail"]


def kept(store: redis.Redis) -> list[bytes]:
    """All keys but the queue's own, which hold nothing once a message is answered, and the masked record for staff."""
    keys = list(store.scan_iter("*"))
    queue = [key for key in keys if key.startswith(b"lotse:warteschlange")]
    assert all(store.xlen(key) == 0 for key in queue if key != LEASE.encode())
    return [key for key in keys if key not in queue and key != STREAM.encode()]


async def test_nothing_readable_is_kept_and_all_of_it_expires(citizen: Citizen, store: redis.Redis) -> None:
    await citizen.send("Mein Geheimnis")
    keys = kept(store)
    assert len(keys) == 8
    for key in keys:
        assert 0 < store.ttl(key) <= 1800
        dumped = store.dump(key)
        for readable in (b"Geheimnis", b"frage_kosten", citizen.token.encode()):
            assert readable not in dumped


async def test_each_message_renews_the_session(citizen: Citizen, store: redis.Redis) -> None:
    await citizen.send("Hallo")
    keys = list(store.scan_iter("lotse:gespraech:*"))
    for key in keys:
        store.expire(key, 100)
    await citizen.send("Hallo")
    assert all(store.ttl(key) > 1700 for key in keys)


async def test_deleting_leaves_nothing(citizen: Citizen, store: redis.Redis) -> None:
    other = "lotse:tracker:anderes"
    for key in (f"lotse:tracker:{citizen.id}", f"lotse:tracker:{citizen.id}:slots", other):
        store.set(key, "x")
    await citizen.send("Hallo")
    answer = await citizen.http.delete(f"/api/v1/conversations/{citizen.id}", headers=citizen.headers)
    assert answer.status_code == 204
    assert kept(store) == [other.encode()]
    assert (await citizen.send("Hallo")).status_code == 404


async def test_deleting_waits_for_the_running_turn(citizen: Citizen, bot: FakeBot, store: redis.Redis) -> None:
    bot.seconds = 0.2
    await citizen.send("Hallo", wait=False)
    await asyncio.sleep(0.05)
    await citizen.http.delete(f"/api/v1/conversations/{citizen.id}", headers=citizen.headers)
    await asyncio.sleep(0.3)
    assert kept(store) == []


async def test_another_secret_key_ends_the_conversation(citizen: Citizen, settings: Settings) -> None:
    await citizen.send("Hallo", message_id="gleich")
    other = settings.model_copy(update={"secret_key": settings.secret_key.__class__("anders-0123456789-0123456789-012345")})
    with served(create_app(other)) as url:
        async with httpx.AsyncClient(base_url=url) as client:
            citizen.http = client
            assert (await citizen.send("Hallo", message_id="gleich")).status_code == 404


async def test_too_many_messages_are_refused(apart: Settings) -> None:
    limited = apart.model_copy(update={"messages_per_minute": 2})
    with served(create_app(limited)) as url:
        async with httpx.AsyncClient(base_url=url) as client:
            citizen = await begin(client)
            assert [(await citizen.send("Hallo")).status_code for _ in range(3)] == [200, 200, 429]
            assert (await (await begin(client)).send("Hallo")).status_code == 200


async def test_too_many_conversations_of_one_address_are_refused(settings: Settings, store: redis.Redis) -> None:
    limited = settings.model_copy(update={"new_conversations_per_minute": 2})
    with served(create_app(limited)) as url:
        async with httpx.AsyncClient(base_url=url) as client:
            codes = [(await client.post("/api/v1/conversations")).status_code for _ in range(3)]
    assert codes == [201, 201, 429]
    keys = list(store.scan_iter("lotse:grenze:*"))
    assert len(keys) == 1
    assert b"127.0.0.1" not in keys[0]


async def test_limits_do_not_count_for_the_owner_of_the_machine(apart: Settings) -> None:
    limited = apart.model_copy(update={"messages_per_minute": 1, "new_conversations_per_minute": 1})
    with served(create_app(limited)) as url:
        async with httpx.AsyncClient(base_url=url, headers={"Lotse-Local": apart.secret("catalogue_token")}) as owner:
            citizens = [await begin(owner) for _ in range(3)]
            assert [(await citizens[2].send("Hallo")).status_code for _ in range(3)] == [200, 200, 200]
        async with httpx.AsyncClient(base_url=url, headers={"Lotse-Local": "falsch"}) as other:
            assert [(await other.post("/api/v1/conversations")).status_code for _ in range(2)] == [201, 429]


@pytest.mark.parametrize(
    ("address", "counted"),
    [("203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("testclient", "testclient")],
)
def test_an_ipv6_connection_counts_as_one(address: str, counted: str) -> None:
    assert network(address) == counted


async def test_a_conversation_is_prolonged_without_a_message(citizen: Citizen, store: redis.Redis) -> None:
    assert (await citizen.send("Hallo")).status_code == 200
    keys = [key for key in store.scan_iter(f"lotse:*{citizen.id}*") if store.ttl(key) > 0]
    store.set(f"lotse:tracker:{citizen.id}", "x", ex=60)
    for key in keys:
        store.expire(key, 60)
    path = f"/api/v1/conversations/{citizen.id}/renew"
    assert (await citizen.http.post(path, headers=citizen.headers)).status_code == 204
    assert len(keys) > 3
    own = [key for key in keys if not key.endswith(b":grenze")]
    assert all(store.ttl(key) > 1700 for key in [*own, f"lotse:tracker:{citizen.id}"])
    assert (await citizen.http.post(path, headers={"Authorization": "Bearer falsch"})).status_code == 401
    assert (await citizen.http.post(path.replace(citizen.id, "A" * 22), headers=citizen.headers)).status_code == 404
