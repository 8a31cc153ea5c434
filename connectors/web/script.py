"""The widget's script: its files joined to one, with its style and its German words. No build, no step before the start."""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from connectors.web.words import GERMAN, spoken, words
from core.errors import NotFound
from core.settings import Settings

FOLDER = Path(__file__).with_name("widget")
FIRST = "element.js"
# A site that embeds the script gets a new version within an hour, and asks for it once in that time.
CACHE = "public, max-age=3600"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([a-z]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async |const |class |function ))", re.MULTILINE)
# Whole lines only: a part of a string is never taken for one.
_COMMENTS = re.compile(r"^[ ]*(?://[^\n]*|/\*\*(?:(?!\*/).)*\*/)[ ]*\n", re.MULTILINE | re.DOTALL)
_CSS_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Script:
    """``plain`` and ``packed``: the same bytes, the latter with gzip. ``etag`` is theirs."""

    plain: bytes
    packed: bytes
    etag: str


def joined(settings: Settings) -> Script:
    """One classic script. Modules become one scope: their names are unique (tested), and what imports comes after what it imports."""
    style = re.sub(r"\s+", " ", _CSS_COMMENTS.sub("", (FOLDER / "widget.css").read_text("utf-8")))
    given = {"style": style, "texts": spoken(GERMAN, settings), "languages": words().names}
    modules = "".join(_EXPORT.sub("", _IMPORT.sub("", (FOLDER / name).read_text("utf-8"))) for name in _ordered(FIRST, []))
    code = re.sub(r"^ +", "", _COMMENTS.sub("", modules), flags=re.MULTILINE)
    plain = f'(() => {{\n"use strict";\nconst GIVEN = {json.dumps(given, ensure_ascii=False)};\n{code}}})();\n'.encode()
    return Script(plain, gzip.compress(plain, mtime=0), f'"{hashlib.sha256(plain).hexdigest()[:20]}"')


def _ordered(name: str, known: list[str]) -> list[str]:
    """The module and all it imports, those first."""
    for other in _IMPORT.findall((FOLDER / name).read_text("utf-8")):
        if other not in known:
            _ordered(other, known)
    known.append(name)
    return known


def router(settings: Settings) -> APIRouter:
    """``/widget.js`` and the words of the other languages."""
    script = joined(settings)
    texts = {language: spoken(language, settings) for language in words().texts}
    routes = APIRouter(include_in_schema=False)

    @routes.get("/widget.js")
    async def widget(request: Request) -> Response:
        # CORP: also for pages that isolate themselves from what does not say this.
        headers = {"Cache-Control": CACHE, "ETag": script.etag, "Vary": "Accept-Encoding", "Cross-Origin-Resource-Policy": "cross-origin"}
        if request.headers.get("if-none-match") == script.etag:
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(script.packed, headers=headers | {"Content-Encoding": "gzip"}, media_type="text/javascript")
        return Response(script.plain, headers=headers, media_type="text/javascript")

    @routes.get("/widget/texte/{language}.json")
    async def language(language: str) -> JSONResponse:
        if language not in texts:
            raise NotFound(f"Es gibt: {', '.join(texts)}.")
        return JSONResponse(texts[language], headers={"Cache-Control": CACHE})

    return routes
