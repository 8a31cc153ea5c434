"""Numbers as people type them: „drei“, „3 Stück“, „1.200“, „etwa 2,5 m³“."""

import re

from language.folding import fold

_WORDS = [
    "null", "eins", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwoelf", "dreizehn",
    "vierzehn", "fuenfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn", "zwanzig", "einundzwanzig", "zweiundzwanzig",
    "dreiundzwanzig", "vierundzwanzig", "fuenfundzwanzig",
]  # fmt: skip
NUMBER_WORDS = {word: number for number, word in enumerate(_WORDS)} | {"ein": 1, "zwo": 2}
_MORE = NUMBER_WORDS | {
    "dreissig": 30, "vierzig": 40, "fuenfzig": 50, "sechzig": 60,
    "siebzig": 70, "achtzig": 80, "neunzig": 90, "hundert": 100, "tausend": 1000, "anderthalb": 1.5, "eineinhalb": 1.5, "zweieinhalb": 2.5,
}  # fmt: skip
# „eine“ counts where hardly anything else is said: „keine Ahnung“ and „ich habe eine Frage“ are no numbers.
_ARTICLE = re.compile(r"(?:nur |ja,? )?(?P<none>k)?ein(?:e|en|er|em|s)?(?: (?!ahnung|frage|antwort)[a-z]+)?[.! ]*")
_DIGITS = re.compile(r"(?<![\w.,])[+-]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:[.,][0-9]+)?(?![\w]|[.,][0-9])")
_WORD = re.compile(r"[^\W\d_]+")
# Longer messages say more than a number.
MOST_WORDS = 8
# Beyond this a float is no longer exact.
LARGEST = 10.0**15


def number_of(text: str) -> float | None:
    """The one number of a short message; None where there is none, several („2-3“) or much else. „1.200“ are thousands, „2.5“ is not."""
    folded = fold(text).replace("m3", "m").replace("m2", "m")
    if len(folded.split()) > MOST_WORDS:
        return None
    found = [_value(digits) for digits in _DIGITS.findall(folded)]
    if re.search(r"[0-9]", _DIGITS.sub("", folded)):
        return None  # digits that are no number: „3a“, „1.2.2026“
    if not found and (article := _ARTICLE.fullmatch(folded)):
        return 0.0 if article["none"] else 1.0
    if not found:
        found = [float(_MORE[word]) for word in _WORD.findall(folded) if word in _MORE]
    return found[0] if len(found) == 1 and abs(found[0]) <= LARGEST else None


def _value(digits: str) -> float:
    if re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?", digits):
        digits = digits.replace(".", "")
    return float(digits.replace(",", "."))
