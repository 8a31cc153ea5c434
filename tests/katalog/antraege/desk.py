"""The applications on a real database, with a clock that can be turned."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine

from core.catalogue import Leistung
from core.clock import ZONE
from core.settings import Settings
from katalog.applications.parts import Applications
from katalog.applications.schemas import Entwurf, Quittung
from katalog.applications.tables import metadata

FORM = json.loads((Path(__file__).parent / "hund.json").read_text("utf-8"))
RECORD: dict[str, Any] = {
    "kennung": "hund", "titel": "Hund anmelden", "referat": "Referat Finanzen",
    "unterlagen": [
        {"name": "Personalausweis"},
        {"name": "Bescheinigung des Tierheims", "bedingung": "für die Befreiung"},
        {"name": "Schwerbehindertenausweis", "pflicht": False},
        {"name": "Vollmacht", "bedingung": "wenn jemand Sie vertritt"},
        {"name": "Foto des Hundes", "pflicht": False},
    ],
}  # fmt: skip
VALUES = {"name": "Erika Mustermann", "anzahl": 1, "art": "sonst"}
CITIZEN = "gespraech-1"


@dataclass
class Desk:
    """``clock`` moves only when it is told to."""

    engine: Engine
    home: Path
    clock: datetime = datetime(2026, 3, 10, 9, 0, tzinfo=ZONE)
    applications: Applications = field(init=False)

    def __post_init__(self) -> None:
        settings = Settings(home=self.home, pin_cost="test")
        service = Leistung.model_validate(RECORD)
        self.forms = {"hund": FORM, "ohne-leistung": FORM}
        self.applications = Applications.open(self.engine, settings, self.forms, {"hund": service}.get, lambda: self.clock)
        here = self.applications
        self.drafts, self.codes, self.submission, self.cases = here.drafts, here.codes, here.submission, here.cases
        self.uploads, self.inbox = here.uploads, here.inbox

    def later(self, **time: float) -> None:
        self.clock += timedelta(**time)

    def filled(self, key: str = "begin", **values: Any) -> Entwurf:
        """A draft with all that must be told."""
        draft = self.drafts.begin("hund", CITIZEN, key)
        return self.drafts.put(draft.id, VALUES | values, draft.fassung)

    def submitted(self, key: str = "begin", **values: Any) -> Quittung:
        draft = self.filled(key, **values)
        return self.submission.submit(draft.id, draft.fassung, "submit")

    def rows(self, name: str) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(select(metadata.tables[name]))]

    def deeds(self) -> list[tuple[str, str]]:
        """(who, what) of the audit trail."""
        return [(row["wer"], row["was"]) for row in sorted(self.rows("antrag_protokoll"), key=lambda row: row["id"])]
