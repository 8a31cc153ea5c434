"""The messengers' own German copy, from data/responses/kanaele.yml."""

from functools import lru_cache

import yaml
from pydantic import BaseModel, ConfigDict

from core.channels import Channel
from core.settings import PROJECT, Settings

FILE = PROJECT / "data" / "responses" / "kanaele.yml"


class Texts(BaseModel):
    """One field per key of the file: a missing or an unknown key stops the start."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    waehlen: dict[str, str]
    liste: str
    gruss: str
    vorstellung: str
    demonstration: str
    datenschutz: dict[Channel, str]
    loeschen: str
    stoppwoerter: list[str]
    gestoppt: str
    hinweise: dict[str, str]

    def notice(self, channel: Channel, settings: Settings) -> str:
        """What a citizen reads first: who answers, who reads along, how it is deleted."""
        sentences = [self.vorstellung, *([self.demonstration] if settings.demonstration else [])]
        told = "\n\n".join((" ".join(sentences), self.datenschutz[channel], self.loeschen))
        return told.format(stadt=settings.city, minuten=settings.session_minutes, adresse=settings.public_address)


@lru_cache(maxsize=1)
def texts() -> Texts:
    """The texts, read once."""
    return Texts.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
