"""The language of a short message (langidentify: .99 right on 1-6 words in de, en, tr, ar, uk, ru; 0.1 ms)."""

from functools import lru_cache
from typing import Any

from language.folding import words

LANGUAGES = "de,en,tr,ar,ru,uk,pl,fr"
# One or two words ("Perso", "Reisepass", "ok") are too few to tell; in a German city they are German.
FEWEST_WORDS = 3


@lru_cache(maxsize=1)
def _detector() -> Any:
    from langidentify import Detector, Language, Model

    return Detector(Model.load(Language.from_comma_separated(LANGUAGES)))


def _script(text: str) -> str | None:
    """A language told by most of its letters; a foreign name in a German sentence is not enough."""
    letters = [c for c in text if c.isalpha()]
    if 2 * sum("\u0600" <= c <= "\u06ff" for c in letters) > len(letters):
        return "ar"
    if 2 * sum("\u0400" <= c <= "\u04ff" for c in letters) > len(letters):
        return "uk" if any(c in "іїєґІЇЄҐ" for c in letters) else "ru"
    return None


def detect(text: str) -> str:
    """ISO 639-1 code; "de" when nothing can be told."""
    by_script = _script(text)
    if by_script and by_script != "ru":
        return by_script
    if by_script is None and len(words(text)) < FEWEST_WORDS:
        return "de"
    return str(_detector().detect(text).iso_code) or "de"


# A language written in Latin letters counts only with one of its commonest words: „ausweis perso verloren“ is no Polish.
_COMMON = {
    "en": """the a an is are how what where when who which my your do does can could need want would for to of on in it i'm have has
        and if please no yes with""",
    "fr": """je le la les un une des du de pour ou où comment est mon ma mes faut il et quel quelle quels combien dois bonjour merci
        avec""",
    "pl": """jak gdzie ile jest czy na do się mam dla nie kiedy jakie co moje mój moja chcę potrzebuję dzień proszę dziękuję po za
        mi to""",
    "tr": """bir için nasıl nerede ve var kaç istiyorum mı mu mü bu ben benim gerekli gerekiyor lazım merhaba teşekkürler evet hayır
        nereye ne""",
}
_COMMON_WORDS = {code: frozenset(words(text)) for code, text in _COMMON.items()}

# Greetings and thanks are often all that is said at first.
_ALONE = {
    "hello": "en", "thanks": "en", "thank": "en", "bonjour": "fr", "merci": "fr", "salut": "fr", "merhaba": "tr", "tesekkuerler": "tr",
    "tesekkurler": "tr", "selam": "tr", "dziekuje": "pl", "dzien": "pl", "czesc": "pl",
}  # fmt: skip


def language_of(text: str, before: str = "de") -> str:
    """The language of a message in a conversation; ``before`` where it is too short or mixed to tell."""
    told, said = detect(text), words(text)
    if said and len(said) < FEWEST_WORDS and said[0] in _ALONE:
        return _ALONE[said[0]]
    if told == "de":
        return "de" if len(said) >= FEWEST_WORDS else before
    common = _COMMON_WORDS.get(told)
    return told if common is None or len(common & set(said)) >= (1 if len(said) < 6 else 2) else before
