"""The desk's HTTP routes, for the console only: it proves itself as the machine's owner, and says who of the staff acts.

Rooms talk over HTTP: the console keeps nothing of a talk, and shows what stands here only to the person whose talk it is.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response

from connectors.gateway import body, transcript
from connectors.gateway.desk.schemas import Duties, Said, Taken, Who
from connectors.gateway.desk.texts import desk_texts
from connectors.gateway.handover import ANSWERED, Held
from connectors.gateway.parts import Parts, parts
from connectors.gateway.routes import Unlimited
from connectors.gateway.schemas import Act, Hinweis
from core.clock import now
from core.errors import Conflict, NotAllowed, NotFound

Gateway = Annotated[Parts, Depends(parts)]
Key = Annotated[str, Path(max_length=64)]


async def _owner(owner: Unlimited) -> None:
    if not owner:
        raise NotAllowed("Dafür fehlt der Zugang.")


router = APIRouter(prefix="/api/v1/beratung", include_in_schema=False, dependencies=[Depends(_owner)])
GONE = "Dieses Gespräch ist nicht mehr bei Ihnen: Es ist beendet oder wieder beim Lotsen."


async def _body(request: Request, model: type[Any]) -> Any:
    return await body.parsed(request, model)


@router.get("")
async def overview(gateway: Gateway, wer: str = "") -> dict[str, Any]:
    """Everything the desk's page shows; being asked for ``wer`` says that this person's page is open."""
    talk = gateway.talk
    on_duty = await talk.duty.seen(wer) if wer else False
    running = []
    for conversation, since in await talk.handover.running():
        held = await talk.handover.held(conversation)
        waits = since if since < ANSWERED else None
        running.append({"gespraech": conversation, "wer": held.wer, "seit": float(held.seit or 0), "wartet_seit": waits})
    return {
        "offen": gateway.talk.desk.is_open(now()),
        "zeiten": talk.desk.in_words(desk_texts("de")),
        "im_dienst": on_duty,
        "name": await talk.duty.name(wer) if wer else "",
        "dienst": await talk.duty.everybody(),
        "gleichzeitig": talk.desk.gleichzeitig,
        "wartend": [{"gespraech": one, "seit": since} for one, since in await talk.handover.waiting()],
        "laufend": running,
        "rueckrufe": [one.model_dump() for one in await talk.callbacks.all()],
    }


@router.post("/dienst", status_code=204)
async def duty(request: Request, gateway: Gateway) -> Response:
    told: Duties = await _body(request, Duties)
    if told.an:
        await gateway.talk.duty.begin(told.wer, told.name)
    else:
        await gateway.talk.duty.end(told.wer)
    return Response(status_code=204)


@router.delete("/rueckrufe/{conversation}", status_code=204)
async def called_back(gateway: Gateway, conversation: Key) -> Response:
    if not await gateway.talk.callbacks.forget(conversation):
        raise NotFound("Diesen Rückruf gibt es nicht mehr.")
    return Response(status_code=204)


@router.get("/hinweise")
async def notices(gateway: Gateway) -> list[Hinweis]:
    """Those of now and of later."""
    return await gateway.notices.all()


@router.put("/hinweise", status_code=204)
async def set_notice(request: Request, gateway: Gateway) -> Response:
    await gateway.notices.put(await _body(request, Hinweis))
    return Response(status_code=204)


@router.delete("/hinweise/{key}", status_code=204)
async def remove_notice(gateway: Gateway, key: Key) -> Response:
    if not await gateway.notices.remove(key):
        raise NotFound("Diesen Hinweis gibt es nicht mehr.")
    return Response(status_code=204)


@router.post("/gespraeche/{conversation}/nehmen")
async def take(request: Request, gateway: Gateway, conversation: Key) -> Taken:
    who: Who = await _body(request, Who)
    handover = gateway.talk.handover
    mine = [one for one, _ in await handover.running() if (await handover.held(one)).wer == who.wer]
    if conversation not in mine and len(mine) >= gateway.talk.desk.gleichzeitig:
        raise Conflict(f"Sie führen schon {len(mine)} Gespräche. Bitte beenden Sie zuerst eines.")
    act = Act(was="nimmt", name=await gateway.talk.duty.name(who.wer))
    if await handover.act(conversation, act, "wartet", by=who.wer) != 1:
        if (await handover.held(conversation)).wer == who.wer:
            return Taken(gespraech=conversation)  # pressed twice
        raise Conflict("Dieses Gespräch wartet nicht mehr: Jemand anderes war schneller, oder es ist beendet.")
    await handover.move_up()
    return Taken(gespraech=conversation)


async def _mine(gateway: Parts, conversation: str, who: str) -> Held:
    held = await gateway.talk.handover.held(conversation)
    if held.zustand != "mensch" or held.wer != who or not await gateway.store.exists(conversation):
        raise NotFound(GONE)
    return held


@router.get("/gespraeche/{conversation}")
async def lines(gateway: Gateway, conversation: Key, wer: str) -> dict[str, Any]:
    """The conversation in clear, for the person whose it is, and only as long."""
    held = await _mine(gateway, conversation, wer)
    said = await transcript.read(gateway.redis, gateway.vault, conversation)
    return {
        "seit": float(held.seit),
        "name": held.name,
        "zeilen": [one.model_dump() for one in said],
        "bausteine": gateway.talk.desk.bausteine,
    }


@router.post("/gespraeche/{conversation}/sagen", status_code=202)
async def say(request: Request, gateway: Gateway, conversation: Key) -> Response:
    said: Said = await _body(request, Said)
    held = await _mine(gateway, conversation, said.wer)
    act = Act(was="sagt", name=held.name, text=said.text)
    if await gateway.talk.handover.act(conversation, act, "mensch", wer=said.wer, message_id=f"amt-{said.id}") != 1:
        raise NotFound(GONE)
    return Response(status_code=202)


@router.post("/gespraeche/{conversation}/{deed}", status_code=204)
async def end(
    request: Request, gateway: Gateway, conversation: Key, deed: Annotated[str, Path(pattern="^(zurueck|schliessen)$")]
) -> Response:
    who: Who = await _body(request, Who)
    held = await _mine(gateway, conversation, who.wer)
    act = Act(was="gibt_zurueck" if deed == "zurueck" else "schliesst", name=held.name)
    if await gateway.talk.handover.act(conversation, act, "mensch", wer=who.wer) != 1:
        raise NotFound(GONE)
    return Response(status_code=204)
