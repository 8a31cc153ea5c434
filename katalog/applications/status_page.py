"""The page that tells how an application stands, for who has number and PIN; and takes it back."""

from typing import Annotated

from fastapi import APIRouter, Form, Response

from core.errors import LotseError, NotFound, TooMany
from katalog.applications.access import Address, Here, Shown
from katalog.applications.cases import WITHDRAWABLE
from katalog.applications.pages import Pages
from katalog.applications.parts import Applications
from katalog.applications.schemas import Vorgang
from katalog.applications.texts import texts

PATH = "/status"
# Longer than any number; what is cut off makes no other one right.
MOST_CHARACTERS = 100

router = APIRouter(prefix=PATH, include_in_schema=False)
Typed = Annotated[str, Form()]


@router.get("")
def form(pages: Shown) -> Response:
    return pages.show("status.html", vorgangsnummer="")


@router.post("")
def status(here: Here, pages: Shown, address: Address, vorgangsnummer: Typed = "", pin: Typed = "") -> Response:
    number, pin = vorgangsnummer.strip()[:MOST_CHARACTERS], pin.strip()[:MOST_CHARACTERS]
    told = texts().seite
    wrong = [{"feld": "vorgangsnummer", "text": told.nummer_fehlt}] if not number else []
    wrong += [{"feld": "pin", "text": told.pin_fehlt}] if not pin else []
    if wrong:
        return pages.show("status.html", 422, vorgangsnummer=number, fehler=wrong)
    try:
        found = here.cases.status(number, pin, f"adresse {address}")
    except NotFound as error:  # one sentence, whichever of the two is wrong
        return pages.show("status.html", error.status, vorgangsnummer=number, fehler=[{"feld": "vorgangsnummer", "text": str(error)}])
    except TooMany as error:
        return pages.show("status.html", error.status, vorgangsnummer=number, fehler=[{"feld": None, "text": str(error)}])
    return _result(here, pages, found)


@router.post("/zurueckziehen")
def withdraw(here: Here, pages: Shown, ausweis: Typed = "", sicher: Typed = "") -> Response:
    """First asks whether they are sure."""
    try:
        number = here.passes.read(ausweis)
        if sicher != "ja":
            return pages.show("zurueckziehen.html", vorgang=here.cases.seen(number), ausweis=ausweis)
        return _result(here, pages, here.cases.take_back(number))
    except LotseError as error:
        return pages.refused(error, PATH)


def _result(here: Applications, pages: Pages, found: Vorgang) -> Response:
    ausweis = here.passes.give(found.vorgangsnummer) if found.status in WITHDRAWABLE else None
    return pages.show("vorgang.html", vorgang=found, ausweis=ausweis)
