"""The chat's HTTP routes below ``/api/v1``."""

import hmac
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sse_starlette import EventSourceResponse, ServerSentEvent

from connectors.gateway import body
from connectors.gateway.origin import Origin
from connectors.gateway.parts import Parts, parts
from connectors.gateway.schemas import Accepted, Beginning, Hinweis, Message, MessageId, NewConversation, Rating, Reply, Solved, Stored
from core.ids import conversation_code
from core.problem import RESPONSES

router = APIRouter(prefix="/api/v1", responses=RESPONSES, tags=["Gespräch"])

Gateway = Annotated[Parts, Depends(parts)]


def _takes(model: type[BaseModel], required: bool = True) -> dict[str, Any]:
    """The body for the machine's description: it is read by ourselves, with a limit."""
    return {"requestBody": {"required": required, "content": {"application/json": {"schema": model.model_json_schema()}}}}


def _bearer(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _unlimited(gateway: Gateway, lotse_local: Annotated[str, Header()] = "") -> bool:
    """Whether the machine's owner asks: ``./lotse talk`` has no limits and proves it with the catalogue's token for writing."""
    return hmac.compare_digest(lotse_local.encode("utf-8", "replace"), gateway.owner.encode())


Unlimited = Annotated[bool, Depends(_unlimited)]


async def _own(
    gateway: Gateway,
    conversation: Annotated[str, Path(max_length=64)],
    authorization: Annotated[str | None, Header()] = None,
) -> str:
    """The id of the conversation that the token belongs to."""
    await gateway.store.check(conversation, _bearer(authorization))
    return conversation


async def _own_stream(
    gateway: Gateway,
    conversation: Annotated[str, Path(max_length=64)],
    authorization: Annotated[str | None, Header()] = None,
    token: Annotated[str, Query(max_length=100, description="Für EventSource, das keinen Kopf senden kann")] = "",
) -> str:
    await gateway.store.check(conversation, _bearer(authorization) or token)
    return conversation


async def _to_delete(
    gateway: Gateway,
    owner: Unlimited,
    conversation: Annotated[str, Path(max_length=64)],
    authorization: Annotated[str | None, Header()] = None,
) -> str:
    """Also for the console, where a citizen has named the code; then it may be over already."""
    if not owner:
        await gateway.store.check(conversation, _bearer(authorization))
    return conversation


Own = Annotated[str, Depends(_own)]
OwnStream = Annotated[str, Depends(_own_stream)]


@router.post(
    "/conversations", status_code=201, summary="Ein Gespräch beginnen", openapi_extra=_takes(Beginning, required=False)
)  # fmt: skip
async def begin(
    request: Request, gateway: Gateway, unlimited: Unlimited, how: Annotated[Beginning, Depends(body.beginning)]
) -> NewConversation:
    address = request.client.host if request.client else ""
    await gateway.limits.address(address, 0 if unlimited else gateway.settings.new_conversations_per_minute)
    # The machine's owner tries something, too.
    conversation, token = await gateway.store.create(Origin(pruefung=how.pruefung or unlimited))
    code = conversation_code(gateway.vault.conversation(conversation))
    shown = await gateway.notices.current()
    return NewConversation(id=conversation, token=token, code=code, expires_minutes=gateway.settings.session_minutes, hinweise=shown)


@router.get("/notices", summary="Hinweise der Stadt, die gerade gelten")
async def notices(gateway: Gateway) -> list[Hinweis]:
    return await gateway.notices.current()


@router.post(
    "/conversations/{conversation}/messages",
    summary="Eine Nachricht senden",
    description="Ohne wait kommt die Antwort nur im Ereignisstrom (202).",
    response_model=Reply,
    responses={202: {"model": Accepted}},
    openapi_extra=_takes(Message),
)
async def send(
    gateway: Gateway,
    conversation: Own,
    unlimited: Unlimited,
    said: Annotated[Message, Depends(body.message)],
    wait: bool = False,
) -> Reply | JSONResponse:
    await gateway.limits.conversation(conversation, 0 if unlimited else gateway.settings.messages_per_minute)
    await gateway.conversations.submit(conversation, said)
    if not wait:
        return JSONResponse(Accepted(message_id=said.message_id).model_dump(), 202)
    return await gateway.conversations.reply(conversation, said.message_id)


@router.post(
    "/conversations/{conversation}/messages/{message_id}/rating",
    status_code=204,
    summary="Eine Antwort bewerten",
    description="Daumen hoch oder runter zu der Antwort auf diese Nachricht; die letzte Bewertung gilt.",
    openapi_extra=_takes(Rating),
)
async def rate(
    gateway: Gateway, conversation: Own, unlimited: Unlimited, message_id: MessageId, given: Annotated[Rating, Depends(body.rating)]
) -> Response:
    await gateway.limits.conversation(conversation, 0 if unlimited else gateway.settings.messages_per_minute)
    await gateway.conversations.rate(conversation, message_id, given)
    return Response(status_code=204)


@router.post(
    "/conversations/{conversation}/solved",
    status_code=204,
    summary="Die Abschlussfrage beantworten",
    description="Ob das Gespräch geholfen hat; die letzte Antwort gilt.",
    openapi_extra=_takes(Solved),
)
async def solve(gateway: Gateway, conversation: Own, unlimited: Unlimited, told: Annotated[Solved, Depends(body.solved)]) -> Response:
    await gateway.limits.conversation(conversation, 0 if unlimited else gateway.settings.messages_per_minute)
    await gateway.conversations.solve(conversation, told.solved)
    return Response(status_code=204)


@router.get("/conversations/{conversation}/events", summary="Antworten als Ereignisstrom", response_model=None)
async def events(gateway: Gateway, conversation: OwnStream, last_event_id: Annotated[str, Header()] = "") -> EventSourceResponse:
    gateway.conversations.check_streams(conversation)
    after = int(last_event_id) if last_event_id.isascii() and last_event_id.isdecimal() else 0
    # X-Accel-Buffering: nginx in front would otherwise hold the events back. 10 s: below the usual idle limits of proxies.
    return EventSourceResponse(_stream(gateway, conversation, after), headers={"X-Accel-Buffering": "no"}, ping=10, send_timeout=30)


async def _stream(gateway: Parts, conversation: str, after: int) -> AsyncIterator[ServerSentEvent]:
    """Replies as plain messages, failures named "failed"."""
    async for event in gateway.conversations.events(conversation, after):
        yield ServerSentEvent(event.content, id=str(event.number), event="failed" if event.failed else None)


@router.post("/conversations/{conversation}/renew", status_code=204, summary="Die Zeit bis zum Ende des Gesprächs neu beginnen")
async def renew(gateway: Gateway, conversation: Own) -> Response:
    await gateway.store.renew(conversation)
    return Response(status_code=204)


@router.get("/conversations/{conversation}/data", summary="Was von einem Gespräch gespeichert ist")
async def data(gateway: Gateway, conversation: Own) -> Stored:
    code = conversation_code(gateway.vault.conversation(conversation))
    return Stored(code=code, gespeichert=await gateway.beyond.told(conversation))


@router.delete("/conversations/{conversation}", status_code=204, summary="Ein Gespräch löschen")
async def delete(gateway: Gateway, conversation: Annotated[str, Depends(_to_delete)]) -> Response:
    await gateway.conversations.delete(conversation)
    return Response(status_code=204)
