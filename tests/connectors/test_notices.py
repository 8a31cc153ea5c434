"""Notices of the city: on every channel from their begin to their end, and then gone."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
import redis
import redis.asyncio
from citizen import Citizen
from fake_bot import FakeBot

from connectors.gateway.notices import Notices
from connectors.gateway.origin import Origin
from connectors.gateway.queue import Queue
from connectors.gateway.schemas import Hinweis
from connectors.gateway.store import ConversationStore
from core.clock import now
from core.errors import BadInput
from core.settings import Settings
from core.vault import Vault


def notice(key: str, begins: float, ends: float, text: str = "Das Bürgercenter hat heute geschlossen.") -> Hinweis:
    return Hinweis(id=key, text=text, von=now() + timedelta(hours=begins), bis=now() + timedelta(hours=ends))


@pytest.fixture
async def later() -> list[timedelta]:
    return [timedelta()]


@pytest.fixture
async def notices(settings: Settings, later: list[timedelta]) -> AsyncIterator[Notices]:
    store = redis.asyncio.from_url(settings.redis_address)
    yield Notices(store, lambda: now() + later[0])
    await store.close()


async def test_they_are_shown_from_then_until_then_and_vanish_by_themselves(
    notices: Notices, later: list[timedelta], store: redis.Redis
) -> None:
    await notices.put(notice("jetzt", -1, 1))
    await notices.put(notice("morgen", 24, 48))
    assert [one.id for one in await notices.all()] == ["jetzt", "morgen"]
    assert [one.id for one in await notices.current()] == ["jetzt"]
    later[0] = timedelta(hours=25)
    assert [one.id for one in await notices.current()] == ["morgen"]
    assert [one.id for one in await notices.all()] == ["morgen"]
    assert store.hkeys("lotse:hinweise") == [b"morgen"]


async def test_what_makes_no_sense_is_refused(notices: Notices) -> None:
    for wrong in (notice("a", 2, 1), notice("a", -2, -1), notice("a", 0, 24 * 400)):
        with pytest.raises(BadInput, match="Ende"):
            await notices.put(wrong)
    for number in range(20):
        await notices.put(notice(f"n{number}", 0, 1))
    with pytest.raises(BadInput, match="20"):
        await notices.put(notice("zuviel", 0, 1))
    await notices.put(notice("n3", 0, 2))  # another in its place


async def test_a_new_conversation_and_every_page_get_them(http: httpx.AsyncClient, session_settings: Settings) -> None:
    owner = {"Lotse-Local": session_settings.secret("catalogue_token")}
    shown = notice("zu", -1, 1, "Heute zu.\u202e <b>")
    try:
        assert (await http.put("/api/v1/beratung/hinweise", content=shown.model_dump_json())).status_code == 401
        long = {"id": "a", "text": "x" * 301, "von": now().isoformat(), "bis": now().isoformat()}
        assert (await http.put("/api/v1/beratung/hinweise", json=long, headers=owner)).status_code == 422
        assert (await http.put("/api/v1/beratung/hinweise", content=shown.model_dump_json(), headers=owner)).status_code == 204
        assert [one["text"] for one in (await http.get("/api/v1/notices")).json()] == ["Heute zu. <b>"]
        assert [one["text"] for one in (await http.post("/api/v1/conversations")).json()["hinweise"]] == ["Heute zu. <b>"]
    finally:
        assert (await http.delete("/api/v1/beratung/hinweise/zu", headers=owner)).status_code == 204
    assert (await http.get("/api/v1/notices")).json() == []


async def test_on_a_messenger_they_come_before_the_first_answer_only(
    http: httpx.AsyncClient, session_settings: Settings, bot: FakeBot
) -> None:
    owner = {"Lotse-Local": session_settings.secret("catalogue_token")}
    await http.put("/api/v1/beratung/hinweise", content=notice("zu", -1, 1, "Heute zu.").model_dump_json(), headers=owner)
    vault, connection = Vault(session_settings.secret("secret_key")), redis.asyncio.from_url(session_settings.redis_address)
    try:
        store = ConversationStore(connection, vault, Queue(connection, vault), 600)
        telegram = Citizen(http, *await store.create(Origin(kanal="telegram")))
        web = Citizen(http, *await store.create(Origin()))
        texts = [[one["text"] for one in (await who.send(text)).json()["replies"]] for who in (telegram, web) for text in ("a", "b")]
    finally:
        await http.delete("/api/v1/beratung/hinweise/zu", headers=owner)
        await connection.close()
        await asyncio.sleep(0)
    assert texts == [["Heute zu.", "Sie schrieben: a"], ["Sie schrieben: b"], ["Sie schrieben: a"], ["Sie schrieben: b"]]
