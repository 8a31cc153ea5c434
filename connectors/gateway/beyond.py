"""What is kept of a conversation beyond the gateway: with the console, masked; and an application's draft in the catalogue."""

import logging
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx

from connectors.gateway.texts import texts
from core.answer import Antwort, Fakt
from core.errors import Unavailable
from core.settings import Settings

logger = logging.getLogger(__name__)


class Beyond:
    """Asks the other rooms over HTTP; ``http`` has a timeout below 5 s."""

    def __init__(self, http: httpx.AsyncClient, settings: Settings) -> None:
        self._http = http
        self._settings = settings
        self._headers = {"Authorization": f"Bearer {settings.secret('catalogue_token')}"}

    async def told(self, conversation: str) -> dict[str, list[dict[str, Any]]]:
        """What the console stores: {kind: rows}. Raises Unavailable."""
        url = f"{self._settings.inner_address}/konsole/intern/gespraeche/{quote(conversation, safe='')}"
        try:
            answer = await self._http.get(url, headers=self._headers)
            answer.raise_for_status()
            found: dict[str, list[dict[str, Any]]] = answer.json()
        except (httpx.HTTPError, ValueError):
            raise Unavailable(texts().gespeichert_unbekannt) from None
        return found

    async def carried_out(self, conversation: str, answer: Antwort) -> list[Antwort]:
        """The answer, and behind it what it asked to be shown. Staff do not read that a second time."""
        if answer.tun != "gespraech_zeigen":
            return [answer]
        try:
            turns = (await self.told(conversation)).get("zug", [])
        except Unavailable as away:
            return [answer, Antwort(text=str(away))]
        shown = Antwort(text=texts().gespeichert if turns else texts().nichts_gespeichert, fakten=[Fakt(text=_line(one)) for one in turns])
        return [answer, shown.model_copy(update={"vertraulich": True})]

    async def forget_draft(self, draft: str | None) -> None:
        """Deletes the draft. A catalogue that is away deletes it by itself after seven days, which stands in the log."""
        if draft is None:
            return
        try:
            url = f"{self._settings.catalogue_url}/antraege/v1/entwuerfe/{quote(draft, safe='')}"
            (await self._http.delete(url, headers=self._headers)).raise_for_status()
        except httpx.HTTPError as error:
            logger.warning("draft of a deleted conversation not deleted: %s", type(error).__name__)


def _line(turn: dict[str, Any]) -> str:
    time = datetime.fromisoformat(turn["zeit"])
    said, answered = turn["text"] or turn["knopf"] or "", " ".join(turn["antworten"])
    return texts().zug.format(zeit=f"{time:%d.%m.%Y, %H:%M}", text=said, antworten=answered)
