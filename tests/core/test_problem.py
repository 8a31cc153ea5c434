"""Every error of an HTTP API has the one shape of RFC 9457, and tells nothing that it should not."""

import pytest
from fastapi import FastAPI
from pydantic import BaseModel
from starlette.testclient import TestClient

from core import errors, problem
from core.errors import Conflict, Invalid, LotseError, RecordsRejected, StartError

OWN = [
    one("Es fehlt etwas.")
    for one in vars(errors).values()
    if isinstance(one, type) and issubclass(one, LotseError) and one not in (RecordsRejected, StartError, Invalid)
]


class Body(BaseModel):
    alter: int


def client(error: Exception | None = None) -> TestClient:
    app = FastAPI()
    problem.install(app)

    @app.post("/tun", responses=problem.RESPONSES)
    def act(body: Body) -> dict[str, int]:
        if error:
            raise error
        return {"alter": body.alter}

    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize("error", OWN, ids=lambda error: type(error).__name__)
def test_an_error_of_ours_is_told_with_its_status_and_title(error: LotseError) -> None:
    answer = client(error).post("/tun", json={"alter": 3})
    assert answer.status_code == error.status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {"type": "about:blank", "title": error.title, "status": error.status, "detail": "Es fehlt etwas."}


def test_rejected_records_are_listed() -> None:
    answer = client(RecordsRejected([("a, Zeile 1", "titel fehlt")])).post("/tun", json={"alter": 3})
    assert answer.json()["rejected"] == [["a, Zeile 1", "titel fehlt"]]


def test_values_that_do_not_fit_are_listed_by_field_and_reason() -> None:
    answer = client(Invalid([{"feld": "plz", "grund": "pattern"}])).post("/tun", json={"alter": 3})
    assert answer.status_code == 422
    assert answer.json()["fehler"] == [{"feld": "plz", "grund": "pattern"}]


def test_a_conflict_names_the_case_that_exists_already() -> None:
    answer = client(Conflict("Schon abgesendet.", "KL-0000-0000-0")).post("/tun", json={"alter": 3})
    assert (answer.status_code, answer.json()["vorgangsnummer"]) == (409, "KL-0000-0000-0")


def test_what_was_not_expected_is_told_without_its_text() -> None:
    answer = client(ValueError("select * from geheim")).post("/tun", json={"alter": 3})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "geheim" not in answer.text


def test_a_request_that_does_not_fit_is_told_without_its_content() -> None:
    answer = client().post("/tun", json={"alter": "Erika Mustermann"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "body.alter" in answer.json()["detail"]
    assert "Mustermann" not in answer.text


def test_an_unknown_page_and_a_wrong_method_are_problems_too() -> None:
    assert client().get("/nirgends").headers["content-type"] == "application/problem+json"
    wrong = client().get("/tun")
    assert wrong.status_code == 405
    assert wrong.headers["content-type"] == "application/problem+json"
    assert wrong.headers["allow"] == "POST"


def test_only_a_missing_permission_asks_for_a_token() -> None:
    assert client(errors.NotAllowed("Token fehlt.")).post("/tun", json={"alter": 3}).headers["www-authenticate"] == "Bearer"
    assert "www-authenticate" not in client(errors.NotFound("Nicht da.")).post("/tun", json={"alter": 3}).headers


def test_the_documentation_names_the_media_type_that_is_sent() -> None:
    documented = client().get("/openapi.json").json()["paths"]["/tun"]["post"]["responses"]
    assert set(documented) == {"200", "4XX", "5XX"}
    for status in ("4XX", "5XX"):
        content = documented[status]["content"]
        assert list(content) == ["application/problem+json"]
        assert {"title", "status", "detail"} <= set(content["application/problem+json"]["schema"]["properties"])
