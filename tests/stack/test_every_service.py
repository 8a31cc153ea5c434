"""All services × documents, costs, deadline, office, online through the real bot: what is there is said, what is not is named."""

import json
import re
from typing import Any

import pytest

from core.answer import Antwort, plain_text
from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.bot]

QUESTIONS = {
    "unterlagen": "Welche Unterlagen brauche ich für „{}“?",
    "gebuehren": "Was kostet „{}“?",
    "fristen": "Welche Frist gilt für „{}“?",
    "stelle": "Wer ist zuständig für „{}“?",
    "online": "Geht „{}“ online?",
}
GAP = "nicht vermerkt"
AMOUNT = re.compile(r"\d[\d.]*(?:,\d+)? €")
HOURS = re.compile(r"\d{1,2}(?::\d\d)?\s?-\s?\d{1,2}(?::\d\d)? Uhr")


def euro(amount: float) -> str:
    """As a person writes it; written here once more, so that the bot's own function is tested too."""
    whole, cents = divmod(round(amount * 100), 100)
    grouped = f"{whole:,}".replace(",", ".")
    return f"{grouped},{cents:02d} €" if cents else f"{grouped} €"


def values(field: str, service: dict[str, Any], office: dict[str, Any] | None) -> list[str]:
    """Every value that has to appear."""
    if field == "unterlagen":
        return [part for one in service["unterlagen"] for part in (one["name"], one["bedingung"]) if part]
    if field == "gebuehren":
        fees = service["gebuehren"] or []
        said = [euro(fee["betrag"]) for fee in fees if fee.get("betrag") is not None] + ["kostenlos" for fee in fees if fee.get("frei")]
        return said + [fee["bedingung"] for fee in fees if fee.get("bedingung")]
    if field == "fristen":
        return list(service["fristen"])
    if field == "stelle":
        return (
            [part for part in (office["name"], office["anschrift"]) if part]
            if office
            else [service["referat"]]
            if service["referat"]
            else []
        )
    return [service["online"]["url"]] if service["online"] else []


def sources(field: str, service: dict[str, Any], office: dict[str, Any] | None) -> list[str]:
    """Titles of the sources that have to be named."""
    if field == "gebuehren":
        return [service["quellen"][fee["quelle"]]["titel"] for fee in service["gebuehren"]]
    if field == "stelle":
        return []  # offices' sources have no titles; the site's name is checked by the line's presence
    read = service["feld_quellen"].get(field)
    return [service["quellen"][read[0]]["titel"]] if read else ["Allgemeine Angabe nach Bundes- oder Landesrecht"]


def check(field: str, reply: Antwort, service: dict[str, Any], office: dict[str, Any] | None) -> list[str]:
    """What is wrong with an answer; empty when nothing is."""
    text, held = plain_text(reply), json.dumps([service, office], ensure_ascii=False)
    if reply.leistung is None or reply.leistung.id != service["kennung"]:
        return [f"about {reply.leistung and reply.leistung.id}"]
    expected = values(field, service, office)
    wrong = [f"missing {value!r}" for value in expected if value not in text]
    if expected:
        wrong += [f"source {title!r} not named" for title in sources(field, service, office) if title not in text]
        wrong += [] if "Quelle:" in text and "Stand:" in text else ["no source line"]
    else:
        wrong += [] if GAP in text else ["gap not named"]
        wrong += [] if "115" in text else ["no way to ask"]
    amounts = [float(found.removesuffix(" €").replace(".", "").replace(",", ".")) for found in AMOUNT.findall(text)]
    known = [fee["betrag"] for fee in service["gebuehren"] or [] if fee.get("betrag") is not None]
    wrong += [f"invented amount {amount}" for amount in amounts if amount not in known and euro(amount).removesuffix(" €") not in held]
    wrong += [f"invented hours {found}" for found in HOURS.findall(text) if found not in held]
    wrong += [f"invented link {link.url}" for link in reply.links if link.url not in held]
    return wrong


def test_all_services_and_aspects(stack: Stack, catalogue: dict[str, dict[str, Any]], offices: dict[str, dict[str, Any]]) -> None:
    failures = []
    for service in catalogue.values():
        talk = stack.conversation()
        office = offices.get((service["stelle"] or {}).get("ref", ""))
        for field, question in QUESTIONS.items():
            reply = talk.say(question.format(service["titel"]))["replies"][0]
            failures += [f"{service['kennung']} × {field}: {wrong}" for wrong in check(field, reply, service, office)]
    assert failures == [], f"{len(failures)} of {len(catalogue) * len(QUESTIONS)}:\n" + "\n".join(failures[:60])
