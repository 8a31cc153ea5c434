"""The chat page: what it promises, and that a browser is allowed nothing more than it needs."""

import re
from pathlib import Path

import httpx

STATIC = Path("connectors/web/static")


async def test_the_page_says_what_it_is_and_what_happens_to_the_data(http: httpx.AsyncClient) -> None:
    page = (await http.get("/")).text
    assert "Demonstration, keine Seite der Stadt; es wird nichts übermittelt" in page
    assert "automatischer Assistent" in page
    assert "30 Minuten" in page
    assert 'lang="de"' in page
    assert 'role="log"' in page


async def test_without_javascript_there_is_a_telephone_number(http: httpx.AsyncClient) -> None:
    noscript = re.search("<noscript>(.*?)</noscript>", (await http.get("/")).text, re.DOTALL)
    assert noscript
    assert 'href="tel:115"' in noscript.group(1)


async def test_the_policy_allows_only_our_own_files(http: httpx.AsyncClient) -> None:
    headers = (await http.get("/")).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


async def test_the_page_has_no_inline_script_or_style_and_asks_nobody_else(http: httpx.AsyncClient) -> None:
    page = (await http.get("/")).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
    for address in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert address == "/status" or address.startswith(("/static/", "#", "tel:"))
        if address.startswith("/static/"):
            assert (await http.get(address)).status_code == 200


async def test_the_script_sets_text_and_never_markup(http: httpx.AsyncClient) -> None:
    script = (await http.get("/static/chat.js")).text
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", script)


async def test_the_files_do_not_leave_their_folder(http: httpx.AsyncClient) -> None:
    assert (await http.get("/static/%2e%2e/page.py")).status_code == 404
