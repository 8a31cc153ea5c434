"""When the bot, Redis or the catalogue does not answer: an honest sentence, and the same message may be sent again."""

import asyncio
import logging
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from citizen import Citizen, begin
from fake_bot import FakeBot
from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response
from serving import free_port, served

from connectors.gateway.app import create_app
from connectors.gateway.bot import BotClient
from core.settings import Settings

pytestmark = pytest.mark.slow

INTENT = {"name": "dank", "confidence": 1.0}


@pytest.mark.parametrize(
    "reply",
    [
        {"messages": [], "intent": INTENT},
        {"messages": [{}], "intent": INTENT},
        {"messages": [{"text": "Gut."}]},
        {"messages": [{"custom": {"version": 2, "text": "Mein Geheimnis"}}], "intent": INTENT},
        {"messages": [{"custom": {"text": "x", "links": [{"title": "x", "url": "javascript:alert(1)"}]}}], "intent": INTENT},
        [],
        JSONResponse({"error": "x"}, 500),
        Response(b"", 200),
        Response(b"<html>", 200),
    ],
)
async def test_an_answer_without_sense_is_a_failure(citizen: Citizen, bot: FakeBot, reply: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    bot.reply = lambda _: reply
    answer = await citizen.send("Was ich schrieb")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert "115" in answer.json()["detail"]
    own = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("connectors"))
    assert "m1" in own
    assert "Geheimnis" not in caplog.text
    assert "Was ich schrieb" not in caplog.text


async def test_nothing_of_a_question_is_logged(citizen: Citizen, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await citizen.send("Was ich schrieb")
    await citizen.http.get("/katalog/v1/suche?q=Was+ich+schrieb")
    assert "answered" in caplog.text
    messages = [r.getMessage() for r in caplog.records if not r.name.startswith(("httpcore", "urllib3"))]
    assert not any("schrieb" in one for one in messages)


async def test_a_slow_bot_is_not_waited_for_longer_than_its_deadline(citizen: Citizen, bot: FakeBot) -> None:
    bot.seconds = 3
    begun = time.monotonic()
    assert (await citizen.send("Hallo")).status_code == 503
    assert time.monotonic() - begun < 1.5
    assert len(bot.turns) == 1  # a second turn might answer twice


async def test_a_failed_message_may_be_sent_again(citizen: Citizen, bot: FakeBot) -> None:
    bot.reply = lambda _: Response(b"", 500)
    assert (await citizen.send("Hallo", message_id="gleich")).status_code == 503
    bot.reply = bot.echo
    assert (await citizen.send("Hallo", message_id="gleich")).status_code == 200


async def test_a_failing_turn_of_a_ready_bot_is_not_waited_for(citizen: Citizen, bot: FakeBot) -> None:
    bot.reply = lambda _: JSONResponse({"error": "ValueError"}, 503)
    assert (await citizen.send("Hallo")).status_code == 503
    assert len(bot.turns) == 2


async def test_an_action_server_that_is_away_is_waited_for(citizen: Citizen, bot: FakeBot) -> None:
    """Rasa is ready and says that nobody has answered: it is asked again until somebody does."""
    bot.reply = lambda turn: bot.echo(turn) if len(bot.turns) > 2 else JSONResponse({"error": "NoAnswer"}, 503)
    assert (await citizen.send("Hallo")).status_code == 200
    assert len(bot.turns) == 3


async def test_a_bot_that_loads_its_model_is_waited_for(citizen: Citizen, bot: FakeBot) -> None:
    bot.ready = False

    def soon(turn: dict[str, Any]) -> Any:
        return bot.echo(turn) if len(bot.turns) > 2 else JSONResponse({}, 503)

    bot.reply = soon
    assert (await citizen.send("Hallo")).status_code == 200


async def test_a_dead_bot_is_waited_for_until_it_is_back(apart: Settings, bot: FakeBot) -> None:
    port = free_port()
    settings = apart.model_copy(update={"rasa_url": f"http://127.0.0.1:{port}"})
    with served(create_app(settings)) as url:
        async with httpx.AsyncClient(base_url=url, timeout=10) as client:
            citizen = await begin(client)
            answer = asyncio.create_task(citizen.send("Hallo"))
            await asyncio.sleep(0.3)
            with served(bot.app, port):
                assert (await answer).status_code == 200


async def test_a_bot_that_stays_dead_is_admitted(apart: Settings) -> None:
    away = BotClient(f"http://127.0.0.1:{free_port()}", patience=0.5)
    with served(create_app(apart, away)) as url:
        async with httpx.AsyncClient(base_url=url) as client:
            answer = await (await begin(client)).send("Hallo")
            assert answer.status_code == 503
            assert "115" in answer.json()["detail"]
            assert 'lotse_dependency_failures_total{dependency="rasa"} 1.0' in (await client.get("/metrics")).text


async def test_without_redis_the_citizen_is_told_so(settings: Settings, tmp_path: Path) -> None:
    settings = settings.model_copy(update={"redis_url": f"unix://{tmp_path}/none"})
    with served(create_app(settings)) as url:
        async with httpx.AsyncClient(base_url=url) as client:
            answer = await client.post("/api/v1/conversations")
            assert answer.status_code == 503
            assert "115" in answer.json()["detail"]
            ready = await client.get("/readyz")
            assert (ready.status_code, ready.json()) == (503, {"ready": False, "missing": ["redis"]})
            assert (await client.get("/healthz")).status_code == 200


async def test_ready_when_everything_answers(http: httpx.AsyncClient, bot: FakeBot) -> None:
    ready = await http.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "missing": []})
    bot.ready = False
    assert (await http.get("/readyz")).json()["missing"] == ["rasa"]


async def test_a_citizen_who_leaves_finds_the_answer_later(citizen: Citizen, bot: FakeBot) -> None:
    bot.seconds = 0.3
    with pytest.raises(httpx.ReadTimeout):
        await citizen.http.post(
            f"/api/v1/conversations/{citizen.id}/messages?wait=true",
            json={"text": "Hallo", "message_id": "m1"}, headers=citizen.headers, timeout=0.1,
        )  # fmt: skip
    assert len(await citizen.events(1)) == 1
    assert len(bot.turns) == 1


async def test_the_metrics_count_outcomes(apart: Settings) -> None:
    with served(create_app(apart)) as url:
        async with httpx.AsyncClient(base_url=url) as client:
            citizen = await begin(client)
            await citizen.send("Hallo", message_id="a")
            await citizen.send("Hallo", message_id="a")
            await citizen.send("")
            told = (await client.get("/metrics")).text
    for outcome in ("answered", "repeated", "empty"):
        assert f'lotse_messages_total{{outcome="{outcome}"}} 1.0' in told
    assert "lotse_answer_seconds_count 2.0" in told


def _catalogue() -> FastAPI:
    app = FastAPI(openapi_url="/katalog/v1/openapi.json")

    @app.get("/katalog/v1/leistungen/{kennung}")
    async def one(kennung: str, q: str = "") -> Response:
        return JSONResponse({"kennung": kennung, "q": q}, headers={"ETag": '"e1"', "Cache-Control": "no-cache", "X-Innen": "1"})

    return app


async def test_the_catalogue_is_passed_through(settings: Settings) -> None:
    catalogue = _catalogue()
    seen: list[Any] = []

    @catalogue.middleware("http")
    async def look(request: Any, call_next: Any) -> Any:
        seen.append((request.method, request.headers.get("if-none-match"), request.headers.get("authorization"),
                     len(await request.body())))  # fmt: skip
        if request.headers.get("if-none-match") == '"e1"':
            return Response(status_code=304, headers={"ETag": '"e1"'})
        return await call_next(request)

    @catalogue.post("/katalog/v1/importe")
    async def import_records() -> dict[str, int]:
        return {"neu": 1}

    with served(catalogue) as behind, served(create_app(settings.model_copy(update={"catalogue_url": behind}))) as url:
        async with httpx.AsyncClient(base_url=url) as client:
            answer = await client.get("/katalog/v1/leistungen/L%C3%A4?q=M%C3%BCll+%26")
            assert answer.json() == {"kennung": "Lä", "q": "Müll &"}
            assert answer.headers["etag"] == '"e1"'
            assert "x-innen" not in answer.headers
            again = await client.get("/katalog/v1/leistungen/L1", headers={"If-None-Match": '"e1"'})
            assert (again.status_code, again.content) == (304, b"")
            assert "paths" in (await client.get("/katalog/v1/openapi.json")).json()
            assert (await client.post("/katalog/v1/leistungen/L1")).status_code == 405
            sent = await client.post("/katalog/v1/importe", content=b"x" * 100_000, headers={"Authorization": "Bearer t"})
            assert sent.json() == {"neu": 1}
            assert seen[-1] == ("POST", None, "Bearer t", 100_000)
            before = len(seen)
            assert (await client.get("/katalog/v1/%2e%2e/%2e%2e/metrics")).status_code == 404
            assert len(seen) == before


async def test_a_catalogue_that_is_gone_is_a_problem(settings: Settings) -> None:
    away = settings.model_copy(update={"catalogue_url": f"http://127.0.0.1:{free_port()}"})
    with served(create_app(away)) as url:
        async with httpx.AsyncClient(base_url=url) as client:
            answer = await client.get("/katalog/v1/leistungen")
            assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
