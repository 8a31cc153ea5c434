"""What the console tells the desk."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from connectors.gateway.cleaning import MOST_CHARACTERS, clean

Account = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Cleaned = BeforeValidator(lambda text: clean(text) if isinstance(text, str) else text)


class Who(BaseModel):
    """The account of the person who acts."""

    model_config = ConfigDict(frozen=True)

    wer: Account


class Duties(Who):
    """On duty or off; ``name``: as citizens see them."""

    an: bool
    name: Annotated[str, Cleaned, StringConstraints(max_length=40)] = ""


class Said(Who):
    """What a person writes to the citizen. ``id``: of the form; sent twice, it is said once."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,40}$")]
    text: Annotated[str, Cleaned, StringConstraints(min_length=1, max_length=MOST_CHARACTERS)]


class Taken(BaseModel):
    """A conversation that is this person's now."""

    gespraech: str
