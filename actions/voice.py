"""How the Lotse speaks in this conversation: the language, and whether in Einfache Sprache."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from language.detection import language_of
from language.folding import fold

# Languages with a short answer only (data/responses/sprachen.yml); German and English have a whole dialogue.
SHORT = ("tr", "ar", "ru", "uk", "pl", "fr")

_NAMES = {
    "de": r"deutsch|german|allemand|niemieck\w*|almanca|немецк\w*|німецьк\w*|الالمانيه|الألمانية",
    "en": r"englis(?:c?h|ch\w*)|anglais|angielsk\w*|ingilizce|английск\w*|англійськ\w*|الإنجليزية",
    "tr": r"tuerkis\w*|turkis\w*|tuerkce|turkce",
    "ar": r"arabis\w*|arabic|العربيه|العربية|عربي",
    "ru": r"russis\w*|russian|русск\w*",
    "uk": r"ukrainis\w*|ukrainian|украі?нськ\w*|украинск\w*",
    "pl": r"polnis\w*|polish|polsk\w*",
    "fr": r"franzoesis\w*|french|francais\w*",
}
_LANGUAGE = {code: re.compile(rf"\b(?:{fold(names)})\b") for code, names in _NAMES.items()}
_PLAIN_AGAIN = re.compile(r"normal\w*( deutsch\w*| sprache| text\w*)?|(nicht|keine) (mehr )?(einfach|leicht)\w*|standardsprache")

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|,\s+(?=(?:bitte )?(?:in|auf) )")
_ABOUT_WORDS = re.compile(
    r"sprach|deutsch|verst|erkl|wort|woert|text|schreib|red|sag|les|kapier|kompliziert|schwer|einfacher|leichter|easy|simple|plain"
)


@dataclass(frozen=True)
class Voice:
    """``sprache``: ISO 639-1 code; ``einfach``: Einfache Sprache, in German only."""

    sprache: str = "de"
    einfach: bool = False

    @property
    def variant(self) -> str:
        """Which texts: de, en or einfach. A short answer is put together from the German ones."""
        if self.sprache == "en":
            return "en"
        return "einfach" if self.einfach and self.sprache == "de" else "de"


GERMAN = Voice()
_current: ContextVar[Voice] = ContextVar("voice", default=GERMAN)


def voice() -> Voice:
    """The voice of the answer that is being put together."""
    return _current.get()


@contextmanager
def speaking(one: Voice) -> Iterator[None]:
    """Everything inside is said in this voice."""
    token = _current.set(one)
    try:
        yield
    finally:
        _current.reset(token)


def heard(text: str, before: Voice) -> Voice:
    """The voice for the answer to this message: its language where it can be told, else the one before."""
    return Voice(language_of(text, before.sprache), before.einfach)


def switched(text: str, intent: str, before: Voice) -> Voice | None:
    """The voice that a message asks for; None where it asks for none."""
    folded = fold(text)
    if before.einfach and len(folded.split()) <= 8 and _PLAIN_AGAIN.search(folded):
        return Voice(before.sprache, False)
    if intent == "einfache_sprache" and _ABOUT_WORDS.search(folded):
        return Voice("de", True)
    named = [code for code, pattern in _LANGUAGE.items() if pattern.search(folded)]
    if named and (intent == "sprache_wechseln" or len(folded.split()) <= 3):
        return Voice(named[-1], before.einfach)
    return None


def beside_the_switch(text: str) -> str:
    """What a message that asks for another voice says beside that; "" where it says nothing else."""
    return " ".join(one for one in _SENTENCE.split(text) if not _asks_for_voice(fold(one)))


def _asks_for_voice(folded: str) -> bool:
    return bool(_ABOUT_WORDS.search(folded)) or any(pattern.search(folded) for pattern in _LANGUAGE.values())
