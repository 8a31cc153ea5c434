"""CORS: the chat's API for the sites that the city names, and nothing else for nobody else."""

from collections.abc import AsyncIterator

import httpx
import pytest
from serving import served

from connectors.gateway.app import create_app
from core.settings import Settings

ALLOWED = "https://www.beispielstadt.example"


@pytest.fixture
async def open_http(apart: Settings) -> AsyncIterator[httpx.AsyncClient]:
    settings = apart.model_copy(update={"embed_origins": f"{ALLOWED}, https://zwei.example:8443"})
    with served(create_app(settings)) as url:
        async with httpx.AsyncClient(base_url=url, verify=False) as client:
            yield client


def asking(origin: str, method: str = "POST") -> dict[str, str]:
    return {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": "authorization,content-type"}


async def test_an_allowed_site_may_talk_and_delete(open_http: httpx.AsyncClient) -> None:
    for origin in (ALLOWED, "https://zwei.example:8443"):
        for method in ("POST", "GET", "DELETE"):
            before = await open_http.options("/api/v1/conversations/x/messages", headers=asking(origin, method))
            assert before.status_code == 200
            assert before.headers["access-control-allow-origin"] == origin
        begun = await open_http.post("/api/v1/conversations", headers={"Origin": origin})
        assert begun.status_code == 201
        assert begun.headers["access-control-allow-origin"] == origin
        assert "access-control-allow-credentials" not in begun.headers
        refused = await open_http.delete("/api/v1/conversations/unbekannt", headers={"Origin": origin})
        assert refused.headers["access-control-allow-origin"] == origin  # the page can read why


@pytest.mark.parametrize("origin", ["https://boese.example", "null", f"{ALLOWED}.boese.example", "http://www.beispielstadt.example"])
async def test_another_site_may_not(open_http: httpx.AsyncClient, origin: str) -> None:
    before = await open_http.options("/api/v1/conversations", headers=asking(origin))
    assert before.status_code == 400
    assert "access-control-allow-origin" not in before.headers
    assert "access-control-allow-origin" not in (await open_http.post("/api/v1/conversations", headers={"Origin": origin})).headers


@pytest.mark.parametrize("path", ["/", "/status", "/metrics", "/katalog/v1/suche?q=x", "/readyz"])
async def test_nothing_but_the_chat_is_for_other_sites(open_http: httpx.AsyncClient, path: str) -> None:
    assert "access-control-allow-origin" not in (await open_http.get(path, headers={"Origin": ALLOWED})).headers


async def test_without_a_setting_nobody_may(http: httpx.AsyncClient) -> None:
    assert (await http.options("/api/v1/conversations", headers=asking(ALLOWED))).status_code == 400
    assert "access-control-allow-origin" not in (await http.post("/api/v1/conversations", headers={"Origin": ALLOWED})).headers


@pytest.mark.parametrize("wrong", ["www.beispielstadt.de", "https://www.beispielstadt.de/", "*", "https://a.de,b.de", "https://a.de/pfad"])
def test_what_is_no_origin_is_refused_at_the_start(wrong: str) -> None:
    with pytest.raises(ValueError, match="keine Herkunft"):
        Settings(embed_origins=wrong)
