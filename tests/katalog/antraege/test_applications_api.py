"""The applications over real HTTP, as the actions reach them; and when their process is killed."""

import asyncio
import socket
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from desk import FORM, VALUES
from running_catalogue import TOKEN
from server import Server
from sqlalchemy import func, select

from core import ids
from core.errors import Conflict, Invalid, NotFound, TooMany, Unavailable
from katalog.applications.client import ApplicationsClient
from katalog.applications.tables import postfach, protokoll, vorgang
from katalog.store import engine_for

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
def web(server: Server) -> Iterator[httpx.Client]:
    """Plain HTTP with the token."""
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False) as made:
        yield made


async def filled(client: ApplicationsClient, key: str, gespraech: str = "g") -> str:
    draft = await client.begin("hund", gespraech, key)
    return (await client.put(draft.id, VALUES, draft.fassung)).id


async def test_an_application_from_the_first_question_to_its_withdrawal(client: ApplicationsClient) -> None:
    assert await client.forms() == ["hund"]
    form = await client.form("hund")
    assert (form.titel, form.formular) == ("Hund anmelden", FORM)
    assert list(form.formular["properties"]) == list(FORM["properties"])
    draft = await client.begin("hund", "g-1", "nachricht-1")
    assert await client.begin("hund", "g-1", "nachricht-1") == draft
    draft = await client.put(draft.id, VALUES | {"tierheim": True, "groesse": 0.5}, draft.fassung)
    code = await client.code(draft.id)
    assert code.gueltig_bis == draft.gueltig_bis
    assert await client.resume(code.code, "g-2") == draft == await client.draft(draft.id)
    receipt = await client.submit(draft.id, draft.fassung, "nachricht-9")
    assert await client.submit(draft.id, draft.fassung, "nachricht-9") == receipt
    assert "Bescheinigung des Tierheims" in receipt.unterlagen
    assert (await client.draft(draft.id)).vorgangsnummer == receipt.vorgangsnummer
    assert (await client.status(receipt.vorgangsnummer, receipt.pin, "g-3")).status == "eingegangen"
    assert (await client.withdraw(receipt.vorgangsnummer, receipt.pin, "g-3")).status == "zurueckgenommen"
    await client.delete(draft.id)
    await client.delete(draft.id)
    with pytest.raises(NotFound, match="sieben Tagen"):
        await client.draft(draft.id)


async def test_what_cannot_be_done_is_told_as_our_own_error(client: ApplicationsClient) -> None:
    for leistung in ("katze", "gibt-es-nicht", "ä/../ö"):
        with pytest.raises(NotFound):
            await client.form(leistung)
        with pytest.raises(NotFound):
            await client.begin(leistung, "g", "k")
    draft = await client.begin("hund", "fehler", "k")
    with pytest.raises(Invalid) as invalid:
        await client.put(draft.id, {"plz": "x", "anzahl": 0}, 0)
    assert invalid.value.fehler == [{"feld": "plz", "grund": "pattern"}, {"feld": "anzahl", "grund": "minimum"}]
    with pytest.raises(Invalid) as missing:
        await client.submit(draft.id, 0, "k")
    assert {"feld": "art", "grund": "required"} in missing.value.fehler
    await client.put(draft.id, VALUES, 0)
    with pytest.raises(Conflict) as old:
        await client.put(draft.id, VALUES, 0)
    assert old.value.vorgangsnummer is None
    receipt = await client.submit(draft.id, 1, "k")
    with pytest.raises(Conflict) as submitted:
        await client.submit(draft.id, 1, "anderer")
    assert submitted.value.vorgangsnummer == receipt.vorgangsnummer
    for _ in range(5):
        with pytest.raises(NotFound, match="Code"):
            await client.resume("nichts", "rater")
    with pytest.raises(TooMany, match="15 Minuten"):
        await client.resume("nichts", "rater")


CALLS = [
    ("GET", "/formulare", None), ("GET", "/formulare/hund", None), ("POST", "/entwuerfe", {"leistung": "hund", "gespraech": "g"}),
    ("GET", "/entwuerfe/x", None), ("PUT", "/entwuerfe/x/werte", {"werte": {}, "fassung": 0}), ("POST", "/entwuerfe/x/code", None),
    ("POST", "/fortsetzen", {"code": "x", "gespraech": "g"}), ("POST", "/entwuerfe/x/absenden", {"fassung": 0}),
    ("DELETE", "/entwuerfe/x", None), ("POST", "/status", {"vorgangsnummer": "x", "pin": "x", "gespraech": "g"}),
    ("POST", "/zuruecknehmen", {"vorgangsnummer": "x", "pin": "x", "gespraech": "g"}), ("POST", "/entwuerfe/x/anlagen/foto", None),
    ("GET", "/postfach", None), ("GET", "/postfach/x", None), ("GET", "/postfach/x/json", None), ("GET", "/postfach/x/pdf", None),
    ("GET", "/postfach/x/dateien/y", None), ("POST", "/postfach/x/status", {"status": "erledigt"}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body"), CALLS, ids=lambda value: str(value)[:30])
@pytest.mark.parametrize("token", ["", "Bearer falsch", f"Bearer {TOKEN}x", "Bearer ü".encode()])
def test_nobody_gets_anything_without_the_token(web: httpx.Client, method: str, path: str, body: Any, token: str | bytes) -> None:
    answer = web.request(method, V1 + path, json=body, headers={"Authorization": token, "Idempotency-Key": "k", "Lotse-Actor": "m"})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert TOKEN not in answer.text


NOT_UNDERSTOOD = [
    ("PUT", "/entwuerfe/x/werte", b'{"werte": {"name": NaN}, "fassung": 0}'),
    ("PUT", "/entwuerfe/x/werte", b'{"werte": {"name": ["a"]}, "fassung": 0}'),
    ("PUT", "/entwuerfe/x/werte", b'{"werte": {"name": null}, "fassung": 0}'),
    ("PUT", "/entwuerfe/x/werte", b'{"werte": {"name": "\\ud800"}, "fassung": 0}'),
    ("PUT", "/entwuerfe/x/werte", b'{"werte": {"name": "' + b"x" * 4001 + b'"}, "fassung": 0}'),
    ("PUT", "/entwuerfe/x/werte", b'{"werte": {"anzahl": ' + b"9" * 5000 + b'}, "fassung": 0}'),
    ("PUT", "/entwuerfe/x/werte", b'{"werte": {}, "fassung": -1}'),
    ("PUT", "/entwuerfe/x/werte", b'{"werte": {}, "fassung": 99999999999999999999}'),
    ("PUT", "/entwuerfe/x/werte", b"{"),
    ("POST", "/entwuerfe", b'{"leistung": "hund"}'),
    ("POST", "/status", b'{"vorgangsnummer": "x", "pin": 12345678, "gespraech": "g"}'),
    ("GET", "/entwuerfe/%00", b""),
    ("GET", "/entwuerfe/" + "x" * 33, b""),
]


@pytest.mark.parametrize(("method", "path", "body"), NOT_UNDERSTOOD, ids=lambda value: str(value)[:50])
def test_what_cannot_be_understood_is_a_problem_of_the_request(web: httpx.Client, method: str, path: str, body: bytes) -> None:
    answer = web.request(method, V1 + path, content=body, headers={"Content-Type": "application/json", "Idempotency-Key": "k"})
    assert 400 <= answer.status_code < 500
    assert answer.json()["detail"]


@pytest.mark.parametrize("key", [None, "", "x" * 201, "a b"])
def test_beginning_and_submitting_need_a_key(web: httpx.Client, key: str | None) -> None:
    headers = {} if key is None else {"Idempotency-Key": key}
    assert web.post(f"{V1}/entwuerfe", json={"leistung": "hund", "gespraech": "g"}, headers=headers).status_code == 422
    assert web.post(f"{V1}/entwuerfe/x/absenden", json={"fassung": 0}, headers=headers).status_code == 422


async def test_a_link_for_a_file_of_a_draft(client: ApplicationsClient) -> None:
    draft = await client.begin("hund", "anlage", "k")
    assert len((await client.upload_link(draft.id, "foto")).removeprefix("/anlagen/")) == 32
    for id, feld in ((draft.id, "name"), (draft.id, "ä/../ö"), ("gibtesnicht", "foto")):
        with pytest.raises(NotFound):
            await client.upload_link(id, feld)


async def test_how_long_a_wrong_pin_takes_does_not_tell_whether_the_number_exists(client: ApplicationsClient) -> None:
    numbers = [(await client.submit(await filled(client, f"zeit-{n}"), 1, "k")).vorgangsnummer for n in range(40)]
    times: dict[bool, list[float]] = {True: [], False: []}
    for place, number in enumerate(numbers):
        for exists in (True, False):
            asked = number if exists else ids.new_case_number()
            begun = time.perf_counter()
            with pytest.raises(NotFound):
                await client.status(asked, "00000000", f"zeit-{place}")
            times[exists].append(time.perf_counter() - begun)
    known, unknown = statistics.median(times[True]), statistics.median(times[False])
    assert abs(known - unknown) / max(known, unknown) < 0.2, (known, unknown)


async def test_the_log_holds_no_value_no_number_and_no_id(server: Server, client: ApplicationsClient) -> None:
    draft = await filled(client, "protokoll")
    receipt = await client.submit(draft, 1, "k")
    await client.status(receipt.vorgangsnummer, receipt.pin, "g")
    said = server.said()
    assert f"GET {V1}/entwuerfe/{{draft}}" in said or f"PUT {V1}/entwuerfe/{{draft}}/werte" in said
    for secret in ("Mustermann", draft, receipt.vorgangsnummer, receipt.pin, TOKEN):
        assert secret not in said


async def test_a_catalogue_that_is_away_is_told_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with asyncio.timeout(2), ApplicationsClient(f"http://127.0.0.1:{port}", TOKEN) as client:
        with pytest.raises(Unavailable, match="Katalog"):
            await client.draft("x")


@pytest.mark.parametrize("status", [401, 422, 500, 503])
async def test_an_answer_that_was_not_agreed_is_told_as_unavailable(status: int) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, text="<html>"))
    async with ApplicationsClient("http://katalog", TOKEN, transport) as client:
        with pytest.raises(Unavailable, match=str(status)):
            await client.draft("x")


@pytest.mark.parametrize("milliseconds", [15, 60, 150])
def test_whatever_is_under_way_when_the_process_is_killed_becomes_one_case(
    tmp_path_factory: pytest.TempPathFactory, milliseconds: int
) -> None:
    server = Server(tmp_path_factory.mktemp("tot"))
    server.start()
    headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "k"}

    def post(path: str, body: Any, **more: str) -> dict[str, Any] | None:
        try:
            answer = httpx.post(server.url + V1 + path, json=body, headers=headers | more, timeout=10, trust_env=False)
        except httpx.HTTPError:
            return None
        assert answer.status_code == 201, answer.text
        told: dict[str, Any] = answer.json()
        return told

    drafts = []
    for number in range(24):
        begun = post("/entwuerfe", {"leistung": "hund", "gespraech": str(number)})
        assert begun
        drafts.append(begun["id"])
        path = f"{V1}/entwuerfe/{begun['id']}/werte"
        httpx.put(server.url + path, json={"werte": VALUES, "fassung": 0}, headers=headers, trust_env=False).raise_for_status()

    def submit(draft: str) -> dict[str, Any] | None:
        return post(f"/entwuerfe/{draft}/absenden", {"fassung": 1})

    with ThreadPoolExecutor(8) as pool:
        under_way = [pool.submit(submit, draft) for draft in drafts for _ in range(2)]
        time.sleep(milliseconds / 1000)
        server.kill()
        before = [one.result() for one in under_way]
        server.start()
        after = list(pool.map(submit, [draft for draft in drafts for _ in range(2)]))
    server.kill()
    assert before.count(None) > 0
    assert None not in after
    assert after[::2] == after[1::2]
    for answered, replayed in zip(before, after, strict=True):
        assert answered in (None, replayed)  # who was told a number keeps it
    with engine_for(server.settings).connect() as connection:
        for table in (vorgang, postfach):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == len(drafts)
        sent = select(func.count()).select_from(protokoll).where(protokoll.c.was == "abgesendet")
        assert connection.execute(sent).scalar_one() == len(drafts)
