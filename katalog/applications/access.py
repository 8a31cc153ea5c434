"""The applications for a request that shows the token; everything below /antraege, /status and /anlagen depends on it."""

from typing import Annotated

from fastapi import Depends, Header, Request

from katalog.applications.pages import Pages
from katalog.applications.parts import Applications
from katalog.applications.texts import texts
from katalog.bearer import require


def _applications(request: Request, authorization: Annotated[str | None, Header()] = None) -> Applications:
    applications: Applications = request.app.state.applications
    require(authorization, applications.token, texts().kein_zugang)
    return applications


Here = Annotated[Applications, Depends(_applications)]


def _pages(here: Here) -> Pages:
    return here.pages


# The gateway fetches pages with the token, too, so that nobody else can say from which address somebody asks.
Shown = Annotated[Pages, Depends(_pages)]
Address = Annotated[str, Header(alias="Lotse-Address", max_length=200)]
