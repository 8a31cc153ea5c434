"""The searchable texts of a service."""

from dataclasses import dataclass
from typing import Literal

from core.catalogue import Leistung

Kind = Literal["name", "frage", "kurz"]


@dataclass(frozen=True)
class SearchText:
    """One text of the service at position ``service``: a name (title, synonym), an example question, or its short description."""

    service: int
    kind: Kind
    text: str


def texts_of(leistungen: list[Leistung]) -> list[SearchText]:
    """All searchable texts, ordered by service; each service has at least its title."""
    texts = []
    for position, one in enumerate(leistungen):
        names = [one.titel, one.titel_amtlich, one.titel_en, *one.synonyme]
        texts += [SearchText(position, "name", name) for name in dict.fromkeys(filter(None, names))]
        texts += [SearchText(position, "frage", question) for question in dict.fromkeys(one.beispielfragen)]
        if one.kurz:
            texts.append(SearchText(position, "kurz", one.kurz))
    return texts
