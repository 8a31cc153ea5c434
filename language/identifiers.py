"""Structured personal data that shows by itself what it is: numbers with their check digits, addresses of mail and web, plates.

A table of kinds, each a pattern and where there is one a check (digit, checksum). The order decides: what a row has claimed,
a later one cannot have. What needs a word beside it to be known is in ``near``, dates are in ``dates``.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from language import checkdigits
from language.links import opens_something
from language.mail import MAIL
from language.plates import is_plate


class Kind(NamedTuple):
    """One row: ``pattern`` is masked when ``check`` agrees. ``name`` None: stays readable. A text with fewer digits has none."""

    name: str | None
    pattern: re.Pattern[str]
    check: Callable[[str], bool] | None = None
    digits: int = 0


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def _capitals(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


def _digits(least: int) -> Callable[[str], bool]:
    return lambda number: sum(map(str.isdigit, number)) >= least


def _has_both(code: str) -> bool:
    """Digits, and letters beyond those of the city."""
    return any(map(str.isdigit, code)) and any(map(str.isalpha, code[3:]))


def _mixed_groups(code: str) -> bool:
    """Most of its groups have digits, some of them letters as well: no row of words or years."""
    return _groups(code, 1)


def _all_mixed_groups(code: str) -> bool:
    return _groups(code, 0)


def _groups(code: str, without: int) -> bool:
    groups = re.split(r"[^0-9A-Za-z]+", code)
    with_digits = [group for group in groups if any(map(str.isdigit, group))]
    return len(with_digits) >= len(groups) - without and sum(any(map(str.isalpha, group)) for group in with_digits) >= min(2, len(groups))


# Where a number begins and ends, also next to an umlaut or a hyphen.
_B, _E = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
# What parts a number whose check digit is right, or whose form is its own; what parts one that has to look tidier.
_S, _P = r"[\s._/:|()*-]{0,3}", r"[ ._/-]?"
_D = "[0-9O]"
# No more digits behind what parts them.
_END = rf"{_E}(?![\s./_-]{{1,3}}[0-9])"
_URL = r"\b(?:https?://|www\.|(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,8}/)"
# Parts of a code with the same between all of them.
_SAME = r"(?P<p>[ ]?[-._/:][ ]?)"
# Serial numbers of identity documents use no vowels and no letters that look like digits.
_SERIAL = "[CFGHJKLMNPRTVWXYZ0-9O]"
_CROCKFORD = "[0-9A-HJKMNP-TV-Z]"
_PLATE = "[A-ZÄÖÜ]{1,3}[ ]?[-:·_•*][ ]?[A-Z]{1,2}[ ._-]{0,2}[1-9][0-9]{0,3}(?:[ ]?[EH])?"
_PLATE_BLANK = "[A-ZÄÖÜ]{1,3}[ ](?:[A-Z]{2}[ ]?[1-9][0-9]{0,3}|[A-Z][ ]?[1-9][0-9]{1,3})[EH]?"
# Length of an IBAN without country and check digits, and who has it (SWIFT's registry).
_IBAN_LENGTHS = {
    11: "NO", 12: "BE", 14: "DK|FI|FO|GL|NL|SD", 15: "MK|SI", 16: "AT|BA|EE|KZ|LT|LU|XK",
    17: "CH|HR|LI|LV", 18: "BG|BH|CR|GB|GE|IE|ME|RS|VA",
    19: "AE|GI|IL|IQ|TL", 20: "AD|CZ|ES|MD|PK|RO|SA|SE|SK|TN|VG", 21: "LY|PT|ST", 22: "IS|TR", 23: "FR|GR|IT|MC|MR|SM",
    24: "AL|AZ|BY|CY|DO|GT|HU|LB|PL|SV", 25: "BR|EG|PS|QA|UA", 26: "JO|KW|MU", 27: "MT|SC",
}  # fmt: skip
_IBAN = "|".join(rf"(?:{countries}){_S}{_D}{_S}{_D}(?:{_S}[A-Z0-9]){{{length}}}" for length, countries in _IBAN_LENGTHS.items())

# May have no digit.
ALWAYS = (
    Kind("url_with_token", _re(rf"{_URL}[^\s<>\"']*[^\s<>\"'.,;:!?)\]]"), opens_something),
    Kind(None, _re(r"""\bhttps?://[^\s<>"']+""")),
    *(Kind("email", pattern) for pattern in MAIL),
    Kind("vorgang", _re(rf"{_B}KL(?!.XXXX)(?P<p>[ ]?[-./_][ ]?){_CROCKFORD}{{4}}(?P=p){_CROCKFORD}{{4}}(?P=p)[0-9A-Z*~$=]{_E}")),
    Kind("vorgang", _capitals(rf"{_B}KL[ ](?!XXXX){_CROCKFORD}{{4}}[ ]{_CROCKFORD}{{4}}[ ][0-9A-Z*~$=]{_E}")),
)

# Sure by their form or their check digit: before words nearby are asked.
SURE = (
    # Keys of services have 14 digits and begin with 99.
    Kind(None, _re(r"(?<![0-9])99(?:[ .]?[0-9]){12}(?![0-9])"), None, 14),
    Kind("iban", _re(rf"{_B}D{_S}E{_S}{_D}(?:{_S}{_D}){{19}}(?![A-Z0-9])"), _digits(15), 10),
    # Other countries' differ in length.
    Kind("iban", _re(rf"{_B}(?=[A-Z]{{2}}{_S}{_D}{_S}{_D})(?:{_IBAN}){_E}"), checkdigits.iban, 10),
    Kind("sv_nr", _re(rf"{_B}{_D}(?:{_S}{_D}){{7}}{_S}[A-Z](?:{_S}{_D}){{3}}{_E}"), checkdigits.pension, 8),
    Kind("sv_nr", _re(rf"{_B}[0-9]{{2}}{_P}[0-9]{{6}}{_P}[A-Z]{_P}[0-9]{{2}}{_P}[0-9]{_E}"), None, 8),
    Kind("kreditkarte", _re(rf"(?<![0-9O-])(?<![0-9O][ ./_])[2-6](?:{_S}[0-9]){{12,18}}(?![0-9O-])"), checkdigits.card, 13),
    Kind("vorgang", _re(rf"{_B}[A-Z]{{2}}{_SAME}[0-9A-Z]{{4}}(?P=p)[0-9A-Z]{{4}}(?P=p)[0-9A-Z*~$=]{_E}"), _digits(1), 1),
    Kind("code", _re(rf"(?<![\w-])[0-9A-Z]{{4}}{_SAME}[0-9A-Z]{{4}}(?:(?P=p)[0-9A-Z]{{4}}){{2}}(?![\w-])"), _mixed_groups, 3),
    # With blanks in capitals, or where each group has its digits.
    Kind("vorgang", _capitals(rf"{_B}[A-Z]{{2}}(?:[ ]?{_CROCKFORD}{{4}}){{2}}[ ]?[0-9A-Z*~$=]{_E}"), _has_both, 1),
    Kind("vorgang", _re(rf"{_B}KL(?:[ ]?[0-9A-Z]{{4}}){{2}}[ ]?[0-9A-Z*~$=]{_E}"), _mixed_groups, 1),
    Kind("code", _capitals(rf"(?<![\w-]){_CROCKFORD}{{4}}(?:[ ]{_CROCKFORD}{{4}}){{3}}(?![\w-])"), _has_both, 3),
    Kind("code", _re(r"(?<![\w-])[0-9A-Z]{4}(?:[ ][0-9A-Z]{4}){3}(?![\w-])"), _all_mixed_groups, 3),
    # A message of eight digits and nothing else is the answer to "Ihre PIN?".
    Kind("pin", _re(r"\A\W*[0-9]{4}[ -]?[0-9]{4}\W*\Z"), None, 8),
    Kind("ausweis_nr", _re(rf"{_B}[LMNPRTVWXY](?:{_P}{_SERIAL}){{8}}{_P}[0-9O](?:{_P}D)?{_E}"), checkdigits.identity_card, 2),
    Kind("pass_nr", _re(rf"{_B}[CFGHJK](?:{_P}{_SERIAL}){{8}}{_P}[0-9O](?:{_P}D)?{_E}"), checkdigits.identity_card, 2),
    Kind("krankenversichertennr", _re(rf"{_B}[A-Z](?:{_S}{_D}){{9}}{_END}"), checkdigits.insurance, 7),
    Kind("krankenversichertennr", _capitals(rf"{_B}[A-Z]{_P}[0-9]{{3}}{_P}[0-9]{{3}}{_P}[0-9]{{3}}{_END}"), None, 7),
    # Without its check digit, which stands apart on the card: digits tell it from a word, in capitals or after its name two are enough.
    *(
        Kind(name, pattern, None, 2)
        for name, letter in (("ausweis_nr", "[LMNPRTVWXY]"), ("pass_nr", "[CFGHJK]"))
        for pattern in (
            _capitals(rf"{_B}(?=(?:[A-Z]*[0-9]){{2}}){letter}{_SERIAL}{{8}}[0-9]?D?{_E}"),
            _re(rf"{_B}(?=(?:[A-Z]*[0-9]){{3}}){letter}{_SERIAL}{{8}}[0-9]?{_E}"),
        )
    ),
    Kind("ausweis_nr", _re(rf"{_B}[0-9]{{9,10}}[ ]?D{_E}"), None, 2),
    Kind("steuer_id", _re(rf"(?<![A-Z0-9])[1-9](?:{_S}[0-9]){{10}}(?![A-Z0-9])"), checkdigits.tax, 9),
    Kind("steuer_id", _re(r"(?<![A-Za-z0-9/])[0-9]{2,3}/[0-9]{3,4}/[0-9]{4,5}(?:/[0-9])?(?![0-9/])"), None, 9),
)

# What the digits of telephone numbers must not take: amounts, times, names of keys and articles.
READABLE = (
    Kind(None, _re(r"(?<![0-9])[0-9][0-9.]{0,12}(?:,[0-9]{1,2}|,-)?[ ]?(?:€|eur\b|euro\b)")),
    Kind(None, _re(r"(?<![0-9])[0-2]?[0-9][.:][0-5][0-9](?:[ ]?(?:uhr|h\b)|[ ]?(?:-|–|bis)[ ]?[0-2]?[0-9][.:][0-5][0-9])")),
    Kind(
        None,
        _re(r"""\b(?:artikel|gemeinde|regional|leistungs|isbn|ean|din|formular|ags|ars|leika)[a-zäöüß]{0,15}[ -]?
            (?:nr\.?)?[: ]{1,2}[0-9][0-9 -]{4,20}"""),
    ),
)

# Known by their form alone, when nothing else has claimed them.
LOOSE = (
    Kind("phone", _re(r"(?<![\w+])(?:\+|00)[ ]?[1-9O][0-9O]{0,2}(?:[ /._()-]{0,3}[0-9O]){6,13}(?![A-Z0-9])")),
    Kind(
        "phone",
        _re(r"""(?<![\w,.§-])(?:\([ ]?0[1-9][0-9]{1,4}[ ]?\)(?:[ /._-]{0,3}[0-9]){3,10}
            |0[1-9](?:[ /._()-]{0,3}[0-9O]){6,12})(?![A-Z0-9])"""),
    ),
    Kind("phone", _re(r"\b(?:(?:null|eins?|zwo|zwei|drei|vier|fünf|sechs|sieben|acht|neun)\b[ ,/-]{0,2}){5,20}")),
    # DIN-A 4 is paper; with blanks only in capitals, for "in kl ab 2024" is a sentence.
    Kind("kfz", _capitals(rf"(?<![\w-])(?:{_PLATE}|{_PLATE_BLANK})(?![\w-])"), is_plate),
    Kind("kfz", _re(r"(?<![\w-])[a-zäöü]{1,3}[-:·][a-z]{1,2}[-:_/. ]?[1-9][0-9]{0,3}(?:[ ]?[eh])?(?![\w-])"), is_plate),
    Kind("kfz", _capitals(r"(?<![\w-])KL[A-Z]{1,2}[ ]?[1-9][0-9]{1,3}[EH]?(?![\w-])"), is_plate),
)
