"""The inbox over real HTTP, as other systems of the administration reach it."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from desk import VALUES
from running_catalogue import TOKEN
from server import Server

from katalog.applications.client import ApplicationsClient

V1 = "/antraege/v1"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("antraege"))
    running.start()
    yield running
    running.kill()


@pytest.fixture
async def client(server: Server) -> AsyncIterator[ApplicationsClient]:
    async with ApplicationsClient(server.url, TOKEN) as made:
        yield made


@pytest.fixture
async def web(server: Server) -> AsyncIterator[httpx.AsyncClient]:
    """Plain HTTP with the token."""
    async with httpx.AsyncClient(base_url=server.url, headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False) as made:
        yield made


async def filled(client: ApplicationsClient, key: str) -> str:
    draft = await client.begin("hund", "g", key)
    return (await client.put(draft.id, VALUES, draft.fassung)).id


async def test_an_office_reads_decides_and_takes_out(web: httpx.AsyncClient, client: ApplicationsClient) -> None:
    receipt = await client.submit(await filled(client, "postfach"), 1, "k")
    path, actor = f"{V1}/postfach/{receipt.vorgangsnummer}", {"Lotse-Actor": "meier"}
    listed = (await web.get(f"{V1}/postfach", params={"referat": "Referat Finanzen", "status": "eingegangen"}, headers=actor)).json()
    assert receipt.vorgangsnummer in [one["vorgangsnummer"] for one in listed]
    shown = (await web.get(path, headers=actor)).json()
    assert {"feld": "name", "titel": "Name", "text": "Erika Mustermann"} in shown["angaben"]
    assert "werte" not in shown
    assert (await web.get(f"{path}/json", headers=actor)).json()["werte"] == VALUES
    document = await web.get(f"{path}/pdf", headers=actor)
    assert document.content.startswith(b"%PDF-")
    assert document.headers["content-disposition"] == f"attachment; filename*=UTF-8''{receipt.vorgangsnummer}.pdf"
    asked = await web.post(f"{path}/status", json={"status": "rueckfrage", "antwort": "Wie heißt er?"}, headers=actor)
    assert asked.json()["status"] == "rueckfrage"
    assert (await client.status(receipt.vorgangsnummer, receipt.pin, "g")).antwort == "Wie heißt er?"


@pytest.mark.parametrize(
    ("body", "status"),
    [({"status": "rueckfrage"}, 400), ({"status": "abgelehnt", "antwort": " "}, 422), ({"status": "zurueckgenommen"}, 422),
     ({"status": "eingegangen"}, 422), ({"status": "erledigt", "antwort": "x" * 4001}, 422)],
)  # fmt: skip
async def test_a_decision_that_is_none_is_refused(web: httpx.AsyncClient, client: ApplicationsClient, body: Any, status: int) -> None:
    receipt = await client.submit(await filled(client, f"nein-{body}".replace(" ", "")[:100]), 1, "k")
    answer = await web.post(f"{V1}/postfach/{receipt.vorgangsnummer}/status", json=body, headers={"Lotse-Actor": "m"})
    assert answer.status_code == status


@pytest.mark.parametrize("actor", [None, "", "ä".encode(), "x" * 101, "a\tb"])
async def test_nobody_without_a_name_sees_the_inbox(web: httpx.AsyncClient, actor: str | bytes | None) -> None:
    headers = {} if actor is None else {"Lotse-Actor": actor}
    assert (await web.get(f"{V1}/postfach", headers=headers)).status_code == 422
