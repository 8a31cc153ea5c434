"""What a candidate is measured by, and how much worse it may be: data/lernen.yml, or the file that LOTSE_LEARNING names."""

from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import ConfigurationError
from core.settings import PROJECT, Settings


class Gate(BaseModel):
    """Points of 100 that the candidate may lie below the live model, and errors more that an intent may have."""

    model_config = ConfigDict(extra="forbid")

    macro_f1: float = Field(ge=0, le=100)
    leistung_top1: float = Field(ge=0, le=100)
    gespraeche: float = Field(ge=0, le=100)
    fehler_je_absicht: int = Field(ge=0)


class Learning(BaseModel):
    """Sets of tests/nlu and files of tests/conversations; ``hoechstens``: so many of them, spread evenly; None: all.

    ``suche``: whether the search's model learns anew, too; without, it learns at the next start.
    """

    model_config = ConfigDict(extra="forbid")

    pruefsaetze: list[str]
    hoechstens_saetze: int | None = Field(None, ge=1)
    gespraeche: list[str]
    hoechstens_gespraeche: int | None = Field(None, ge=1)
    suche: bool = True
    tor: Gate

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """Raises ConfigurationError with the place of what is wrong."""
        path = settings.learning or PROJECT / "data" / "lernen.yml"
        try:
            return cls.model_validate(yaml.safe_load(path.read_text("utf-8")))
        except OSError as error:
            raise ConfigurationError(f"{path} ist nicht lesbar: {error.strerror}") from error
        except (ValidationError, yaml.YAMLError) as error:
            wrong = error.errors()[0] if isinstance(error, ValidationError) else None
            told = f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}" if wrong else str(error)
            raise ConfigurationError(f"{path} passt nicht: {told}") from error
