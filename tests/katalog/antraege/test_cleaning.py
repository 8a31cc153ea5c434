"""What is too old is deleted as long as the catalogue runs."""

import asyncio

import pytest
from desk import Desk
from sqlalchemy.exc import OperationalError

from katalog.applications.cleaning import clean
from katalog.applications.parts import Applications


async def test_old_drafts_go_while_the_catalogue_runs_also_after_the_database_was_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.filled()
    desk.later(days=8)
    forget, tries = Applications.forget, iter([OperationalError("x", {}, Exception())])

    def away_at_first(applications: Applications) -> None:
        for error in tries:
            raise error
        forget(applications)

    monkeypatch.setattr(Applications, "forget", away_at_first)
    cleaning = asyncio.create_task(clean(desk.applications, seconds=0.01))
    for _ in range(500):
        if desk.rows("antrag_entwurf"):
            await asyncio.sleep(0.01)
    cleaning.cancel()
    assert desk.rows("antrag_entwurf") == []
