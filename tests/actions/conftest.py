"""The shipped catalogue as it is served, without the stack."""

import pytest

from core.catalogue import Auskunft, Stelle
from katalog.own import own_files, own_leistungen
from katalog.provenance import auskunft
from katalog.records import read


@pytest.fixture(scope="session")
def services() -> list[Auskunft]:
    """All services with their offices and sources."""
    records, _ = read({"stellen.json": own_files()["stellen.json"]})
    offices = {key: Stelle.model_validate(record) for key, record in records["stelle"].items()}
    return [auskunft(one, offices.get(one.stelle.ref or "")) for one in own_leistungen()]
