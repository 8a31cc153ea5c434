"""The real catalogue, started for a test."""

import base64
import json
from functools import cache
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from core.catalogue import Leistung
from core.settings import PROJECT, Settings
from katalog.app import create_app
from katalog.importer import import_files
from katalog.own import own_leistungen
from katalog.service import CatalogueService
from katalog.snapshot import Snapshot
from katalog.store import CatalogueStore, engine_for

TOKEN = "nur-zum-pruefen-0123456789-0123456789"
CACHE = PROJECT / ".lotse" / "cache" / "tests"
HERE = Path(__file__).parent


class Catalogue(TestClient):
    """The running catalogue, as another program reaches it; and what it serves, as its rooms see it."""

    at_first: Snapshot

    @property
    def service(self) -> CatalogueService:
        service: CatalogueService = self.app.state.service
        return service

    def give(self, files: dict[str, bytes], herkunft: str = "prüfung", token: str = TOKEN, **more: Any) -> Any:
        """The response to an import of these files."""
        sent = [{"name": name, "base64": base64.b64encode(content).decode()} for name, content in files.items()]
        return self.post(
            "/katalog/v1/importe", json={"herkunft": herkunft, "dateien": sent} | more, headers={"Authorization": f"Bearer {token}"}
        )


@cache
def shipped_services() -> list[Leistung]:
    """The shipped services with their example questions, read once."""
    return [*own_leistungen()]


def lines(*records: dict[str, Any]) -> bytes:
    """Records as JSON lines."""
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def started(home: Path, files: dict[str, bytes]) -> Catalogue:
    """The application on a state folder with these records; enter it to start."""
    settings = Settings(home=home, cache=CACHE, catalogue_token=TOKEN)
    if files:
        import_files(CatalogueStore(engine_for(settings)), files, "bestand")
    return Catalogue(create_app(settings))
