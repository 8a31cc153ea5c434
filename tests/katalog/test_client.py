"""The catalogue's client, on the real catalogue and on ones that fail."""

import asyncio
import socket

import httpx
import pytest
from running_catalogue import Catalogue

from core.errors import NotFound, Unavailable
from katalog.client import CatalogueClient

Answer = httpx.Response | httpx.HTTPError


def answering(answer: Answer) -> httpx.MockTransport:
    """A server that gives this answer, or fails so."""

    def handle(_: httpx.Request) -> httpx.Response:
        if isinstance(answer, httpx.HTTPError):
            raise answer
        return answer

    return httpx.MockTransport(handle)


async def test_it_finds_services_with_their_facts(kaiserslautern: Catalogue) -> None:
    async with CatalogueClient("http://katalog", httpx.ASGITransport(kaiserslautern.app)) as client:
        found = await client.search("Hund anmelden", leistung="personalausweis", limit=2)
        assert found.treffer[0].id == "hundesteuer-anmelden"
        assert len(found.treffer) == 2
        assert found.auskunft
        assert found.auskunft.gebuehren
        assert found.auskunft.gebuehren[0].herkunft.titel
        assert found.kontext
        assert found.kontext.kennung == "personalausweis"
        alone = await client.search("Hallo")
        assert (alone.treffer, alone.kontext) == ([], None)


async def test_a_message_of_any_length_is_searched(kaiserslautern: Catalogue) -> None:
    async with CatalogueClient("http://katalog", httpx.ASGITransport(kaiserslautern.app)) as client:
        assert (await client.search("Hund anmelden & mehr? " * 1000)).naechste


async def test_a_connection_that_ended_meanwhile_is_no_outage() -> None:
    """A real server that hangs up once, as a restarted catalogue does with the connections it had."""
    answers = [b"", b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answers.pop(0))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server, CatalogueClient(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}") as client:
        with pytest.raises(NotFound):
            await client.search("Hund")
    assert answers == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(404), NotFound),
        (httpx.Response(500), Unavailable),
        (httpx.Response(503), Unavailable),
        (httpx.Response(422), Unavailable),
        (httpx.ReadTimeout("zu spät"), Unavailable),
        (httpx.ConnectError("weg"), Unavailable),
        (httpx.RemoteProtocolError("abgebrochen"), Unavailable),
    ],
    ids=lambda value: str(value),
)
async def test_a_catalogue_that_fails_is_told_as_our_own_error(answer: Answer, error: type[Exception]) -> None:
    async with CatalogueClient("http://katalog", answering(answer)) as client:
        with pytest.raises(error):
            await client.search("Hund")


async def test_a_catalogue_that_is_not_there_is_told_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with asyncio.timeout(2), CatalogueClient(f"http://127.0.0.1:{port}") as client:
        with pytest.raises(Unavailable, match="Katalog"):
            await client.search("Hund")


async def test_a_proxy_of_the_machine_is_not_asked(monkeypatch: pytest.MonkeyPatch, kaiserslautern: Catalogue) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    async with CatalogueClient("http://katalog", httpx.ASGITransport(kaiserslautern.app)) as client:
        assert (await client.search("Hund anmelden")).treffer
