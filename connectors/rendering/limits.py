"""What each messenger takes, as its public documentation says. Lengths in UTF-16 units: never fewer than a platform counts."""

from dataclasses import dataclass
from typing import Literal

FormName = Literal["keyboard", "buttons", "list", "quick_replies", "template"]


@dataclass(frozen=True)
class Form:
    """One way to offer choices: how many, how long a title (and a description below it), how long the text above them.

    ``fleeting``: it disappears with the next message, so only the last message may have it.
    """

    name: FormName
    most: int
    title: int
    text: int
    description: int = 0
    fleeting: bool = False


@dataclass(frozen=True)
class Limits:
    """``text``: a message without choices. ``forms``: the handiest first. ``overflow``: for more choices than any form takes."""

    text: int
    forms: tuple[Form, ...]
    overflow: Form


# core.telegram.org/bots/api: 4,096 characters. A title and the number of buttons have no documented limit: 60 characters fit a phone in
# two lines, and 40 rows stay far below the 100 that the server takes.
KEYBOARD = Form("keyboard", 40, 60, 4096)
TELEGRAM = Limits(4096, (KEYBOARD,), KEYBOARD)
# developers.facebook.com/docs/whatsapp/cloud-api: reply buttons and list messages.
LIST = Form("list", 10, 24, 4096, description=72)
WHATSAPP = Limits(4096, (Form("buttons", 3, 20, 1024), LIST), LIST)
# developers.facebook.com/docs/messenger-platform: quick replies and the button template.
MESSENGER = Limits(2000, (Form("quick_replies", 13, 20, 2000, fleeting=True),), Form("template", 3, 20, 640))
