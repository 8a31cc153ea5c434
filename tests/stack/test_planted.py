"""Personal data that citizens write is found nowhere in clear: not in the logs, the databases, Redis, its file, or the record for staff."""

from collections.abc import Iterator

import httpx
import pytest
import redis

from bench.evaluate.dialogues import load
from connectors.gateway.record import STREAM
from tests.conftest import Stack
from tests.stack.test_applications import sent

pytestmark = [pytest.mark.stack, pytest.mark.bot]

STEP = 8
PLANTED = [
    ("Ich heiße Amelie Zwetschgenbaum und wohne im Pflaumenweg 173, 67659 Kaiserslautern.", ["Zwetschgenbaum", "Pflaumenweg 173"]),
    ("Sie erreichen mich unter 0176 55598761 oder amelie.zwetschge@example.org", ["55598761", "amelie.zwetschge"]),
    ("geboren am 23.11.1971, Ausweis L01X00T471", ["23.11.1971", "L01X00T471"]),
    ("Meine IBAN ist DE89 3704 0044 0532 0130 00, Karte 4111 1111 1111 1111", ["0532 0130", "4111 1111"]),
    ("Steuer-ID 86 095 742 719, Rentenversicherung 15 070649 C 103, Krankenkasse A123456780", ["095 742", "070649 C", "A123456780"]),
    ("Kennzeichen KL-QX 4711, Vorgang KL-7F3K-92QX-M, PIN 48210937", ["KL-QX 4711", "7F3K-92QX", "48210937"]),
    ("Code 7F3K-92QX-M4N8-PQ2R, Link https://antrag.example.de/weiter?token=a8Kd92xq", ["M4N8-PQ2R", "a8Kd92xq"]),
]


def everything(stack: Stack) -> Iterator[tuple[str, bytes]]:
    """All that is kept anywhere: name and content."""
    for path in stack.settings.home.rglob("*"):
        if path.is_file():
            yield str(path), path.read_bytes()
    with redis.from_url(stack.settings.redis_address) as store:
        for key in store.scan_iter("*"):
            yield key.decode(), store.dump(key) or b""
        for _, fields in store.xrange(STREAM):
            yield STREAM, b" ".join(fields.values())
    yield "metrics", httpx.get(f"{stack.running.web_url}/metrics", timeout=5).content


def test_planted_personal_data_is_found_nowhere_in_clear(stack: Stack) -> None:
    # The other dialogues ran before in this system, without a name or a number of anybody.
    for number, dialogue in enumerate(load()[::STEP]):
        talk = stack.conversation()
        talk.say(next(step.sagt for step in dialogue.schritte if step.sagt))
        said = PLANTED[number % len(PLANTED)][0]
        assert talk.say(said)["replies"]
    _, pin = sent(stack)
    secrets = [pin.encode(), b"erika.zwetschge", *(value.encode() for _, values in PLANTED for value in values)]
    kept = list(everything(stack))
    found = {(name, value) for name, content in kept for value in secrets if value.lower() in content.lower()}
    assert found == set()
    # The messages did arrive: staff read them masked.
    assert any(name == STREAM and b"[IBAN]" in content for name, content in kept)
