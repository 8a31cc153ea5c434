"""The website's pages: what they promise, and that a browser is allowed nothing more than it needs."""

import re

import httpx
import pytest
from serving import free_port, served

from connectors.gateway.app import create_app
from connectors.web.words import words
from core.settings import Settings

PAGES = ("/", "/so-funktioniert-es", "/einbettung", "/suche")


async def test_the_page_says_what_it_is(http: httpx.AsyncClient) -> None:
    page = (await http.get("/")).text
    assert "Demonstration, keine Seite der Stadt; es wird nichts übermittelt" in page
    assert "automatischer Assistent, kein Mensch" in page
    assert 'lang="de"' in page
    assert "<amts-lotse>" in page


async def test_the_chat_says_what_it_is_and_what_happens_to_the_data(http: httpx.AsyncClient) -> None:
    script = (await http.get("/widget.js")).text
    assert "automatischer Assistent und kein Mensch" in script
    assert "30 Minuten" in script
    assert "Kaiserslautern" in script


async def test_data_protection_is_explained_in_plain_words(http: httpx.AsyncClient) -> None:
    page = (await http.get("/so-funktioniert-es")).text
    for said in ("Artikel 13", "verantwortlich", "30 Minuten", "30 Tage", "Meine Daten löschen", "keine Cookies", "beschweren"):
        assert said in page
    assert page.count("Das trägt die Stadt ein.") == 3  # what only the city can say


async def test_without_javascript_there_is_a_telephone_number_and_a_search(http: httpx.AsyncClient) -> None:
    page = (await http.get("/")).text
    noscript = re.search("<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert noscript
    assert 'href="tel:115"' in noscript.group(1)
    assert 'action="/suche" method="get"' in page


@pytest.mark.parametrize("path", [*PAGES, "/widget.js", "/widget/texte/en.json"])
async def test_the_policy_allows_only_our_own_files(http: httpx.AsyncClient, path: str) -> None:
    headers = (await http.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_has_no_inline_script_or_style_and_its_addresses_lead_somewhere(http: httpx.AsyncClient, path: str) -> None:
    page = (await http.get(path)).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
    for address in set(re.findall(r'<[a-z]+ [^>]*(?:src|href)="([^"]+)"', page)):
        assert address.startswith(("/", "#", "tel:"))
        if address.startswith("/") and not address.startswith(("/status", "/suche?", "/katalog")):  # these ask the catalogue
            assert (await http.get(address)).status_code == 200


async def test_search_and_services_say_when_the_catalogue_is_away(apart: Settings) -> None:
    away = apart.model_copy(update={"catalogue_url": f"http://127.0.0.1:{free_port()}"})
    with served(create_app(away)) as url:
        async with httpx.AsyncClient(base_url=url, verify=False) as http:
            for path in ("/suche?q=Perso", "/leistungen/personalausweis"):
                page = await http.get(path)
                assert (page.status_code, page.headers["content-type"]) == (503, "text/html; charset=utf-8")
                assert "gerade nicht erreichbar" in page.text
                assert 'href="tel:115"' in page.text
            assert (await http.get("/suche?q=%20")).status_code == 200  # nothing is asked


async def test_the_words_of_the_chat_come_in_nine_languages(http: httpx.AsyncClient) -> None:
    german = words().texts["de"]
    for language in ("de", "einfach", "en", "tr", "ar", "ru", "uk", "pl", "fr"):
        served = (await http.get(f"/widget/texte/{language}.json")).json()
        assert served.keys() == german.keys()
        assert "{stadt}" not in str(served)
        for key, text in served.items():
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", german[key])) - {"{stadt}", "{minuten}"}, (language, key)
    assert (await http.get("/widget/texte/xx.json")).status_code == 404


async def test_the_files_do_not_leave_their_folder(http: httpx.AsyncClient) -> None:
    for path in ("/static/%2e%2e/page.py", "/widget/texte/%2e%2e%2fde.json"):
        assert (await http.get(path)).status_code == 404
