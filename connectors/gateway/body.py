"""Reads a request's body up to a limit, whether or not the client says how long it is."""

import json
from typing import Any, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from connectors.gateway.cleaning import MOST_CHARACTERS
from connectors.gateway.errors import TextTooLong, TooLarge
from connectors.gateway.schemas import Beginning, Message, Rating, Solved
from connectors.gateway.texts import texts
from core.errors import BadInput

# 3,000 characters of four bytes, each escaped in JSON ("\ud83d\ude00"), are 36 kB.
MOST_BYTES = 64 * 1024
Model = TypeVar("Model", bound=BaseModel)


async def read(request: Request, most: int) -> bytes:
    """The body. Raises TooLarge as soon as more than ``most`` bytes are announced or have come."""
    too_large = TooLarge(texts().zu_gross.format(most=most // 1024))
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > most:
        raise too_large
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise too_large
    return bytes(body)


async def read_whole(request: Request, most: int, drained: int) -> bytes | None:
    """The body, or None where it has more than ``most`` bytes. Up to ``drained`` are read all the same: a browser shows the
    answer only when it could send everything. Raises TooLarge beyond them."""
    body, came = bytearray(), 0
    async for chunk in request.stream():
        came += len(chunk)
        if came > drained:
            raise TooLarge(texts().zu_gross.format(most=most // 1024))
        if came <= most:
            body += chunk
        else:
            body.clear()
    return bytes(body) if came <= most else None


async def parsed(request: Request, model: type[Model], empty: Model | None = None) -> Model:
    """The body as ``model``; ``empty`` for an empty one. Raises TooLarge, BadInput, RequestValidationError."""
    body = await read(request, MOST_BYTES)
    if empty is not None and not body.strip():
        return empty
    try:
        # Not pydantic's own JSON reader: it refuses half an emoji, which a phone's keyboard may leave behind.
        content: Any = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise BadInput(texts().nicht_lesbar) from None
    try:
        return model.model_validate(content)
    except ValidationError as error:
        # Without input and context: they hold what the citizen wrote.
        details = error.errors(include_url=False, include_context=False, include_input=False)
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in details]) from None


async def message(request: Request) -> Message:
    """The message in the body (FastAPI dependency). Raises TextTooLong besides."""
    found = await parsed(request, Message)
    if (found.text is None) == (found.payload is None):
        raise RequestValidationError([{"loc": ("body",), "msg": texts().entweder_oder, "type": "value_error"}])
    if found.text is not None and len(found.text) > MOST_CHARACTERS:
        raise TextTooLong(texts().zu_lang.format(most=f"{MOST_CHARACTERS:,}".replace(",", ".")))
    return found


async def beginning(request: Request) -> Beginning:
    """How a conversation begins; mostly without a body (FastAPI dependency)."""
    return await parsed(request, Beginning, Beginning())


async def rating(request: Request) -> Rating:
    """The rating in the body (FastAPI dependency)."""
    return await parsed(request, Rating)


async def solved(request: Request) -> Solved:
    """The answer to the closing question in the body (FastAPI dependency)."""
    return await parsed(request, Solved)
