"""The catalogue that ships in data/catalogue: which files, and how to read them without a database."""

from functools import lru_cache

from core.catalogue import Leistung
from core.errors import RecordsRejected
from core.settings import PROJECT
from katalog.records import read

FOLDER = PROJECT / "data" / "catalogue"


def own_files() -> dict[str, bytes]:
    """{name: content} of services, offices, example questions and checklists."""
    paths = [
        FOLDER / "kaiserslautern.jsonl",
        FOLDER / "stellen.json",
        FOLDER / "lebenslagen.yml",
        *sorted((FOLDER / "beispielfragen").glob("*.yml")),
    ]
    return {path.name: path.read_bytes() for path in paths}


@lru_cache(maxsize=1)
def own_leistungen() -> tuple[Leistung, ...]:
    """The services with their example questions, ordered by id. Raises RecordsRejected."""
    records, rejected = read(own_files())
    if rejected:
        raise RecordsRejected(rejected)
    questions = records["beispielfragen"]
    return tuple(
        Leistung.model_validate(record | {"beispielfragen": questions.get(key, {}).get("beispielfragen", [])})
        for key, record in sorted(records["leistung"].items())
    )
