"""Official titles of services, to be put into training sentences."""

import csv
import json

from core.settings import PROJECT


def official_titles() -> list[str]:
    """What services are called, so that a title („Online-Ausweis sperren“) does not change what is asked about it.

    Half from the LeiKa, for services of any city, half from the catalogue that ships.
    """
    folder = PROJECT / "data" / "catalogue"
    with (folder / "leika_titel.csv").open(encoding="utf-8", newline="") as file:
        general = [row["titel"] for row in csv.DictReader(file)]
    own = [json.loads(line)["titel"] for line in (folder / "kaiserslautern.jsonl").read_text("utf-8").splitlines()]
    return general + own * (len(general) // len(own))
