"""The catalogue over HTTP: search, services, offices, life situations, import."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from running_catalogue import TOKEN, Catalogue, lines, started

from core.catalogue import Auskunft, StelleAuskunft

V1 = "/katalog/v1"
NEW = {
    "kennung": "drohne", "titel": "Drohnenflug im Stadtpark erlauben",
    "synonyme": ["Quadrocopter"], "kurz": "Drohnen fliegen nur mit Erlaubnis.",
    "gebuehren": [{"betrag": 17.5, "waehrung": "EUR", "quelle": 0, "stand": "2026-11"}],
    "quellen": [{"url": "https://example.org/drohne", "gesehen": "2026-11", "titel": "Satzung Stadtpark", "art": "stadt"}],
}  # fmt: skip
QUESTION = "Darf ich meine Drohne im Park fliegen lassen?"


def is_problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body


def all_pages(catalogue: Catalogue, path: str, limit: int, **params: Any) -> tuple[list[dict[str, Any]], set[int], list[int]]:
    """(all items, the totals that the pages told, the length of each page)."""
    items: list[dict[str, Any]] = []
    totals, lengths = set(), []
    after: str | None = ""
    while after is not None:
        answer = catalogue.get(f"{V1}/{path}", params=params | {"limit": limit} | ({"nach": after} if after else {}))
        assert answer.status_code == 200
        body = answer.json()
        items += body[path]
        totals.add(body["gesamt"])
        lengths.append(len(body[path]))
        after = body["weiter"]
    return items, totals, lengths


def test_a_question_finds_its_service(kaiserslautern: Catalogue) -> None:
    body = kaiserslautern.get(f"{V1}/suche", params={"q": "Ich habe meinen Führerschein verloren", "limit": 3}).json()
    assert body["treffer"][0]["id"] == "fuehrerschein-verlust"
    assert body["treffer"][0]["schluessel"] == "99023001036003"
    assert len(body["treffer"]) == 3
    assert 0 < body["treffer"][0]["score"] <= 1
    assert body["auskunft"] is None


def test_a_search_brings_the_facts_of_the_first_service_and_of_the_one_talked_about(kaiserslautern: Catalogue) -> None:
    params = {"q": "Hund anmelden", "voll": "true", "leistung": "personalausweis"}
    body = kaiserslautern.get(f"{V1}/suche", params=params).json()
    assert body["auskunft"]["kennung"] == body["treffer"][0]["id"] == "hundesteuer-anmelden"
    assert body["kontext"]["kennung"] == "personalausweis"
    follow_up = kaiserslautern.get(f"{V1}/suche", params=params | {"q": "und was kostet das?"}).json()
    assert follow_up["treffer"] == []
    assert follow_up["kontext"]["gebuehren"][0]["betrag"] == 46


@pytest.mark.parametrize("q", ["", "   ", "🙂", "\x00", "x" * 3000, "%", "'; drop table leistung; --"])
def test_any_text_may_be_searched_for(kaiserslautern: Catalogue, q: str) -> None:
    answer = kaiserslautern.get(f"{V1}/suche", params={"q": q})
    assert answer.status_code == 200
    assert set(answer.json()) == {
        "treffer", "naechste", "ohne_leistung", "auskunft", "kontext", "detail", "saetze", "kontext_saetze", "checkliste", "verwandt",
    }  # fmt: skip


def test_a_service_is_found_by_its_id_and_by_its_leika_key(kaiserslautern: Catalogue, catalogue: dict[str, dict[str, Any]]) -> None:
    by_id = kaiserslautern.get(f"{V1}/leistungen/personalausweis")
    assert by_id.json() == kaiserslautern.get(f"{V1}/leistungen/99008001012000").json()
    served = Auskunft.model_validate(by_id.json())
    assert served.titel == "Personalausweis beantragen"
    assert served.stelle_auskunft
    assert served.stelle_auskunft.id == "buergercenter"
    for key, record in catalogue.items():
        if record.get("schluessel"):
            assert kaiserslautern.service.snapshot.by_key(record["schluessel"]) is kaiserslautern.service.snapshot.by_key(key)


def test_every_served_fee_names_its_source(kaiserslautern: Catalogue) -> None:
    served = all_pages(kaiserslautern, "leistungen", 100)[0]
    fees = [fee for one in served for fee in one["gebuehren"] or []]
    assert len(fees) > 100
    assert all(fee["herkunft"]["titel"] and fee["herkunft"]["art"] in ("belegt", "allgemein") for fee in fees)


def test_a_record_is_served_as_it_was_imported(kaiserslautern: Catalogue, catalogue: dict[str, dict[str, Any]]) -> None:
    for one in all_pages(kaiserslautern, "leistungen", 100)[0]:
        record = catalogue[one["kennung"]]
        for name in (
            "titel",
            "kurz",
            "fristen",
            "ablauf",
            "voraussetzungen",
            "bearbeitungsdauer",
            "rechtsgrundlagen",
            "schluessel",
            "synonyme",
        ):
            if record.get(name) is not None:
                assert one[name] == record[name], (one["kennung"], name)


@pytest.mark.parametrize("limit", [1, 7, 50, 100])
def test_paging_shows_every_service_exactly_once(kaiserslautern: Catalogue, catalogue: dict[str, Any], limit: int) -> None:
    items, totals, lengths = all_pages(kaiserslautern, "leistungen", limit)
    assert [one["kennung"] for one in items] == sorted(catalogue)
    assert totals == {220}
    assert lengths[:-1] == [limit] * (len(lengths) - 1)
    assert 0 < lengths[-1] <= limit


def test_paging_keeps_to_a_filter(kaiserslautern: Catalogue, catalogue: dict[str, dict[str, Any]]) -> None:
    land, totals, _ = all_pages(kaiserslautern, "leistungen", 4, zustaendig="land")
    assert {one["kennung"] for one in land} == {key for key, record in catalogue.items() if record["zustaendig"] == "land"}
    assert totals == {len(land)}
    cards, _, _ = all_pages(kaiserslautern, "leistungen", 5, lebenslage="Ausweise & Dokumente")
    assert {one["lebenslage"] for one in cards} == {"Ausweise & Dokumente"}
    assert all_pages(kaiserslautern, "leistungen", 5, lebenslage="Gibt es nicht") == ([], {0}, [0])


def test_offices_are_paged_and_served_with_their_sources(kaiserslautern: Catalogue, offices: dict[str, Any]) -> None:
    items, totals, _ = all_pages(kaiserslautern, "stellen", 9)
    assert [one["id"] for one in items] == sorted(offices)
    assert totals == {len(offices)}
    assert all(one["herkunft"] for one in items)
    one = StelleAuskunft.model_validate(kaiserslautern.get(f"{V1}/stellen/buergercenter").json())
    assert one.telefon == offices["buergercenter"]["telefon"]
    assert one.oeffnungszeiten == offices["buergercenter"]["oeffnungszeiten"]
    assert {source.stand for source in one.herkunft} == {offices["buergercenter"]["stand"]}


def test_life_situations_hold_their_services(kaiserslautern: Catalogue, catalogue: dict[str, dict[str, Any]]) -> None:
    groups = kaiserslautern.get(f"{V1}/lebenslagen").json()["lebenslagen"]
    names = [group["name"] for group in groups]
    assert names == sorted({record["lebenslage"] for record in catalogue.values() if record.get("lebenslage")})
    held = {(group["name"], one["id"]) for group in groups for one in group["leistungen"]}
    assert held == {(record["lebenslage"], key) for key, record in catalogue.items() if record.get("lebenslage")}


@pytest.mark.parametrize("path", ["leistungen", "leistungen/personalausweis", "stellen", "stellen/buergercenter", "lebenslagen"])
def test_what_has_not_changed_is_not_sent_again(kaiserslautern: Catalogue, path: str) -> None:
    first = kaiserslautern.get(f"{V1}/{path}")
    etag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    for known in (etag, f"W/{etag}", f'"alt", {etag}', "*"):
        again = kaiserslautern.get(f"{V1}/{path}", headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    for old in ('"alt"', etag.strip('"'), ""):
        assert kaiserslautern.get(f"{V1}/{path}", headers={"If-None-Match": old}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("leistungen/gibt-es-nicht", 404),
        ("leistungen/99999999999999", 404),
        ("leistungen/" + "x" * 500, 404),
        ("stellen/gibt-es-nicht", 404),
        ("gibt-es-nicht", 404),
        ("suche", 422),
        ("suche?q=" + "x" * 3001, 422),
        ("suche?q=Hund&limit=0", 422),
        ("suche?q=Hund&limit=21", 422),
        ("suche?q=Hund&limit=viele", 422),
        ("suche?q=Hund&voll=vielleicht", 422),
        ("leistungen?limit=101", 422),
        ("leistungen?nach=" + "x" * 81, 422),
        ("stellen?limit=-1", 422),
        ("importe", 405),
    ],
)
def test_what_cannot_be_answered_is_a_problem(kaiserslautern: Catalogue, path: str, status: int) -> None:
    problem = is_problem(kaiserslautern.get(f"{V1}/{path}"), status)
    assert len(problem["detail"]) < 300


def test_the_documentation_has_examples_and_every_route_tells_its_problems(kaiserslautern: Catalogue) -> None:
    told = kaiserslautern.get(f"{V1}/openapi.json").json()
    operations = {f"{method} {path}": one for path, methods in told["paths"].items() for method, one in methods.items()}
    assert len(operations) == 8
    for name, one in operations.items():
        assert one["summary"], name
        for status in ("4XX", "5XX"):
            assert list(one["responses"][status]["content"]) == ["application/problem+json"], name
        for parameter in one.get("parameters", []):
            if parameter["required"]:
                assert parameter["schema"]["examples"], (name, parameter["name"])
    schemas = told["components"]["schemas"]
    assert schemas["ImportRequest"]["properties"]["herkunft"]["examples"]
    assert schemas["ImportFile"]["properties"]["name"]["examples"]


def test_it_says_that_it_is_alive(kaiserslautern: Catalogue) -> None:
    assert kaiserslautern.get("/healthz").json() == {"status": "ok"}


def test_an_import_is_served_when_it_returns_and_the_old_version_stays_whole(musterstadt: Catalogue) -> None:
    old = musterstadt.service.snapshot
    kept, etag = dict(old.leistungen), musterstadt.get(f"{V1}/leistungen").headers["etag"]
    assert "drohne" not in [one["id"] for one in musterstadt.get(f"{V1}/suche", params={"q": QUESTION}).json()["naechste"]]

    answer = musterstadt.give({"neu.jsonl": lines(NEW)})

    assert (answer.status_code, answer.json()["added"]) == (200, 1)
    found = musterstadt.get(f"{V1}/suche", params={"q": QUESTION, "voll": "true"}).json()
    assert found["treffer"][0]["id"] == "drohne"
    assert found["auskunft"]["gebuehren"][0]["herkunft"]["titel"] == "Satzung Stadtpark"
    assert musterstadt.get(f"{V1}/leistungen", headers={"If-None-Match": etag}).json()["gesamt"] == len(kept) + 1
    assert musterstadt.service.snapshot is not old
    assert musterstadt.service.snapshot.revision == old.revision + 1
    assert old.leistungen == kept
    assert "drohne" not in [one.id for one in old.index.search(QUESTION).naechste]
    assert f'"{old.etag}"' == etag


def test_while_an_import_runs_every_answer_is_of_one_version(musterstadt: Catalogue) -> None:
    seen: set[tuple[str, int, int]] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            answer = musterstadt.get(f"{V1}/leistungen", params={"limit": 100})
            seen.add((answer.headers["etag"], answer.json()["gesamt"], len(answer.json()["leistungen"])))

    watcher = threading.Thread(target=watch)
    watcher.start()
    new = lines(*(NEW | {"kennung": f"zusatz-{number}"} for number in range(3)))
    answer = musterstadt.give({"neu.jsonl": new, "fragen.yml": f"zusatz-1: ['{QUESTION}']".encode()})
    done.set()
    watcher.join()
    assert answer.json()["added"] == 4
    assert musterstadt.get(f"{V1}/leistungen/zusatz-1").json()["beispielfragen"] == [QUESTION]
    totals = {total for _, total, _ in seen}
    assert len({etag for etag, _, _ in seen}) == len(seen) == len(totals)
    assert all(total == length for _, total, length in seen)
    assert max(totals) - min(totals) in (0, 3)


BROKEN = lines(NEW | {"kennung": "eins"}) + b'\n{"kennung": "zwei"}\nkaputt'
REFUSED = [
    ({"a.jsonl": BROKEN}, [("a.jsonl, Zeile 2", "titel"), ("a.jsonl, Zeile 3", "Expecting")]),
    ({"gut.jsonl": lines(NEW | {"kennung": "eins"}), "leer.json": b""}, [("leer.json", "ist leer")]),
    ({"a.json": "Bürger".encode("latin-1")}, [("a.json", "UTF-8")]),
]


@pytest.mark.parametrize(("files", "reasons"), REFUSED)
def test_one_record_that_does_not_fit_keeps_all_out_and_each_is_listed(
    musterstadt: Catalogue, files: dict[str, bytes], reasons: Any
) -> None:
    before = musterstadt.service.snapshot
    problem = is_problem(musterstadt.give(files), 422)
    assert [where for where, _ in problem["rejected"]] == [where for where, _ in reasons]
    assert all(why in told for (_, told), (_, why) in zip(problem["rejected"], reasons, strict=True))
    assert musterstadt.service.snapshot is before
    is_problem(musterstadt.get(f"{V1}/leistungen/eins"), 404)


@pytest.mark.parametrize("token", ["", "falsch", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "ü"])
def test_nobody_writes_without_the_token(musterstadt: Catalogue, token: str) -> None:
    before = musterstadt.service.snapshot
    headers = {"Authorization": f"Bearer {token}".encode()} if token else {}
    body = {"herkunft": "x", "dateien": [{"name": "a.json", "base64": ""}]}
    answer = musterstadt.post(f"{V1}/importe", json=body, headers=headers)
    assert TOKEN not in is_problem(answer, 401)["detail"]
    assert answer.headers["www-authenticate"] == "Bearer"
    assert musterstadt.service.snapshot is before


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"herkunft": "x", "dateien": []}, 422),
        ({"herkunft": "x", "dateien": [], "ersetzen": True}, 422),
        ({"herkunft": "", "dateien": [{"name": "a", "base64": ""}]}, 422),
        ({"herkunft": "a\x00b", "dateien": [{"name": "a", "base64": ""}]}, 422),
        ({"dateien": [{"name": "a", "base64": ""}]}, 422),
        ({"herkunft": "x", "dateien": [{"name": "a", "base64": "das ist kein base64!"}]}, 400),
        ({"herkunft": "x", "dateien": [{"name": "a", "base64": "e30="}, {"name": "a", "base64": "e30="}]}, 400),
        ([], 422),
    ],
)
def test_an_import_that_cannot_be_understood_is_a_problem(musterstadt: Catalogue, body: Any, status: int) -> None:
    is_problem(musterstadt.post(f"{V1}/importe", json=body, headers={"Authorization": f"Bearer {TOKEN}"}), status)


def test_replacing_most_of_a_source_is_refused(musterstadt: Catalogue) -> None:
    before = musterstadt.service.snapshot
    problem = is_problem(musterstadt.give({"a.jsonl": lines(NEW)}, herkunft="bestand", ersetzen=True), 409)
    assert "--force" in problem["detail"]
    assert musterstadt.service.snapshot is before


def test_an_empty_catalogue_starts_and_takes_its_first_import(tmp_path: Path) -> None:
    with started(tmp_path, {}) as fresh:
        assert fresh.get(f"{V1}/suche", params={"q": "Hund"}).json()["naechste"] == []
        assert fresh.get(f"{V1}/leistungen").json() == {"leistungen": [], "weiter": None, "gesamt": 0}
        assert fresh.get(f"{V1}/lebenslagen").json() == {"lebenslagen": []}
        assert fresh.give({"a.json": json.dumps(NEW).encode()}).json()["added"] == 1
        assert fresh.get(f"{V1}/suche", params={"q": NEW["titel"]}).json()["treffer"][0]["id"] == "drohne"
