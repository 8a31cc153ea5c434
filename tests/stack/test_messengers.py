"""The same dialogues on the website and on each messenger, through the real bot: one answer, four shapes, every limit kept."""

import asyncio
import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from bench.platforms.messenger import LocalMessenger
from bench.platforms.serving import served
from bench.platforms.telegram import LocalTelegram
from bench.platforms.whatsapp import LocalWhatsApp
from cli.processes import free_port
from connectors.channel.app import mount
from connectors.channel.texts import texts
from connectors.gateway.app import create_app
from connectors.rendering.limits import MESSENGER, TELEGRAM, WHATSAPP, Limits
from connectors.rendering.render import render
from core.answer import Antwort
from core.settings import Settings
from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.bot, pytest.mark.channels]

LIMITS: dict[str, Limits] = {"telegram": TELEGRAM, "whatsapp": WHATSAPP, "messenger": MESSENGER}
# What is said; [in brackets]: the button of this title is pressed.
DIALOGUES = [
    ["Hallo", "Was kostet ein neuer Personalausweis?", "[Welche Unterlagen?]", "und wo muss ich hin?"],
    ["Ich bin umgezogen", "Was brauche ich dafür?", "und bis wann?"],
    ["Ich habe meinen Führerschein verloren", "Was kostet das?"],
    ["Wo bekomme ich eine Meldebescheinigung?", "[Jetzt hier beantragen]", "[Für mich selbst]", "abbrechen", "Ja"],
    ["Wir bekommen ein Kind, was muss ich alles erledigen?"],
    ["How much is a passport?", "Which documents do I need?"],
    ["Einfache Sprache, bitte", "Was kostet ein Reisepass?"],
    ["Ich möchte mit einem Menschen sprechen"],
    ["Wie wird das Wetter morgen?", "asdf qwertz"],
    ["Pasaportumu kaybettim", "Danke, tschüss"],
]


@dataclass
class House:
    """A gateway with all channels in front of the stack's bot."""

    url: str
    platforms: dict[str, Any]


@pytest.fixture(scope="module")
def house(stack: Stack) -> Iterator[House]:
    port = free_port()
    web, own = f"http://127.0.0.1:{port}", stack.settings
    given = {"token": "1:lokal", "secret": "nur-zum-pruefen-0815"}
    platforms = {
        "telegram": LocalTelegram(f"{web}/webhook/telegram", *given.values()),
        "whatsapp": LocalWhatsApp(f"{web}/webhook/whatsapp", *given.values(), "1065550001"),
        "messenger": LocalMessenger(f"{web}/webhook/messenger", *given.values()),
    }
    with contextlib.ExitStack() as running:
        urls = {f"{name}_url": running.enter_context(served(one.app)) for name, one in platforms.items()}
        channels = {f"{channel}_{name}": value for channel in platforms for name, value in given.items()}
        channels |= {"whatsapp_verify": "x", "messenger_verify": "x", "whatsapp_number": "1065550001"}
        # A database of its own in the stack's Redis: the stack's gateway would answer what lies in the same queue.
        inner = {name: getattr(stack.running, name) for name in ("catalogue_url", "rasa_url")}
        place = {"redis_url": f"{own.redis_address}?db=7", "secret_key": own.secret("secret_key"), "port": port}
        place |= {"catalogue_token": own.secret("catalogue_token")}
        settings = Settings.model_validate(own.model_dump() | urls | channels | inner | place)
        app = create_app(settings)
        mount(app, settings)
        running.enter_context(served(app, port))
        yield House(web, platforms)


async def on_the_web(house: House, dialogue: list[str]) -> list[list[Antwort]]:
    """The semantic answers to each turn."""
    async with httpx.AsyncClient(base_url=house.url, timeout=60, verify=False) as client:
        made = (await client.post("/api/v1/conversations")).json()
        path, headers = f"/api/v1/conversations/{made['id']}/messages?wait=true", {"Authorization": f"Bearer {made['token']}"}
        answers: list[list[Antwort]] = []
        for number, turn in enumerate(dialogue):
            offered = {button.title: button.payload for answer in (answers[-1] if answers else []) for button in answer.offered()}
            said = {"payload": offered[turn[1:-1]]} if turn.startswith("[") else {"text": turn}
            body = (await client.post(path, json=said | {"message_id": f"m{number}"}, headers=headers)).json()
            answers.append([Antwort.model_validate(one) for one in body["replies"]])
    return answers


Seen = list[tuple[str, list[str]]]


async def on_a_messenger(house: House, channel: str, person: str, dialogue: list[str], expected: list[int]) -> list[Seen]:
    """What a person sees after each turn: texts with the titles below them; ``expected``: how many messages each turn has."""
    platform, found, before = house.platforms[channel], [], 1  # the first message is the word on privacy
    for turn, count in zip(dialogue, expected, strict=True):
        await (platform.press(person, turn[1:-1]) if turn.startswith("[") else platform.say(person, turn))
        with contextlib.suppress(TimeoutError):
            await platform.until(lambda end=before + count: len(platform.seen(person)) >= end, 30)
        seen = platform.seen(person)
        found.append([(one.text, [title for title, _, _ in one.options]) for one in seen[before:]])
        before = len(seen)
    return found


def shaped(answers: list[Antwort], channel: str) -> Seen:
    messages = render(answers, LIMITS[channel], lambda payload: str(hash(payload)), texts().waehlen)
    return [(message.text, [option.title for option in message.options]) for message in messages]


async def test_ten_dialogues_have_the_same_answers_on_every_channel(house: House) -> None:
    async def one(number: int, dialogue: list[str]) -> None:
        answers = await on_the_web(house, dialogue)
        assert not any(one.stoerung for turn in answers for one in turn)
        wanted = {channel: [shaped(turn, channel) for turn in answers] for channel in LIMITS}
        seen = await asyncio.gather(
            *(on_a_messenger(house, channel, f"{100 + number}", dialogue, [len(turn) for turn in wanted[channel]]) for channel in LIMITS)
        )
        assert dict(zip(LIMITS, seen, strict=True)) == wanted

    for first in range(0, len(DIALOGUES), 2):
        await asyncio.gather(*(one(number, DIALOGUES[number]) for number in (first, first + 1)))
    assert "46 €" in house.platforms["whatsapp"].seen("100")[2].text


@pytest.mark.apply
async def test_an_application_begun_on_telegram_is_finished_on_the_web(house: House) -> None:
    platform, person = house.platforms["telegram"], "900"

    async def say(text: str) -> str:
        before = len(platform.seen(person))
        await (platform.press(person, text[1:-1]) if text.startswith("[") else platform.say(person, text))
        await platform.until(lambda: len(platform.seen(person)) > before, 30)
        await asyncio.sleep(0.4)
        return "\n".join(one.text for one in platform.seen(person)[before:])

    await say("Wo bekomme ich eine Meldebescheinigung?")
    assert "Für wen brauchen Sie die Bescheinigung?" in await say("[Jetzt hier beantragen]")
    for answer in ("[Für mich selbst]", "Erika", "Zwetschgenbaum"):
        asked = await say(answer)
    assert "geboren" in asked
    code = re.search(r"\b\w{4}-\w{4}-\w{4}-\w{4}\b", await say("Ich mache später weiter"))
    assert code
    turns = [code.group(), "12.3.1985", "Pflaumenweg 173", "67655", "zwei", "für die Bank", "erika.zwetschge@example.org", "Absenden"]
    told = await on_the_web(house, turns)
    assert "Vorgangsnummer: KL-" in "\n".join(line for line, _ in shaped(told[-1], "telegram"))
    assert "Zwetschgenbaum" in "\n".join(line for line, _ in shaped(told[-2], "telegram"))
