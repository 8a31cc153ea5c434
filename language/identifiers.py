"""Structured personal data: numbers, addresses of mail and web, dates of birth.

A table of kinds, each a pattern and where there is one a check (digit, checksum). The order decides: what a row has claimed,
a later one cannot have. What helps a citizen stays readable: fees, paragraphs, keys of services, deadlines, the number 115.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from core.clock import today
from language import checkdigits

# Kinds that may have no digit.
WITHOUT_DIGITS = frozenset({"url_with_token", "email"})


class Kind(NamedTuple):
    """One row: the group ``x`` of ``pattern`` (or all of it) is masked when ``check`` agrees. ``name`` None: stays readable."""

    name: str | None
    pattern: re.Pattern[str]
    check: Callable[[str], bool] | None = None


_SECRET = re.compile(
    r"""[?&\#/;](?:(?:access_?|auth_?|reset_?|id_?)?token|code|key|api_?key|secret|sig(?:nature)?|session(?:_?id)?|sid|pin
    |otp|auth|passwor[dt]|pw|pwd|jwt|ticket)[=/].""",
    re.IGNORECASE | re.VERBOSE,
)


def _opens_something(url: str) -> bool:
    """An address with a named secret, or with a long part whose letters and digits change places as in random ones."""
    long_parts = re.findall(r"[A-Za-z0-9_-]{24,}", url)
    return bool(_SECRET.search(url)) or any(len(re.findall(r"[A-Za-z][0-9]|[0-9][A-Za-z]", part)) > 2 for part in long_parts)


def _has_digit(code: str) -> bool:
    return any(character.isdigit() for character in code)


def _has_both(code: str) -> bool:
    """Digits, and letters beyond those of the city."""
    return _has_digit(code) and any(character.isalpha() for character in code[3:])


# Deadlines, validity (an identity card has ten years) and moving days lie closer to today than that.
YEARS_AGO = 14


def _born(text: str) -> bool:
    """Whether a full date with a four-digit year lies so long ago that it is most likely somebody's birthday."""
    year = re.search(r"[0-9]{4}", text)
    return year is not None and 1900 <= int(year.group()) <= today().year - YEARS_AGO


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


# Where a number begins and ends, also next to an umlaut or a hyphen.
_B, _E = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_MONTHS = r"(?:jan|feb|mär|mae|mar|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]{0,6}\.?"
_DATE = rf"""(?:[0-9]{{1,2}}\.[ ]?(?:[0-9]{{1,2}}\.[ ]?|{_MONTHS}[ ])(?:[0-9]{{4}}|[0-9]{{2}})
    |[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}[/-][0-9]{{1,2}}[/-][0-9]{{4}})(?![0-9])"""
# What may stand between a name and its value: "PIN 1234", "PIN: 1234", "PIN lautet 1234", "PIN ist die 1234".
_IS = r"(?:[ ]?(?:[:=]|nr\.?|nummer|lautet|lauten|ist|war|sind|meine[rn]?|die|der))*[ :=]{0,3}"
_NR = r"(?:[ -]?(?:nummer|nr\.?|number|no\.?))?"
# Serial numbers of identity documents use no vowels and no letters that look like digits.
_SERIAL = "[CFGHJKLMNPRTVWXYZ0-9]"
# Other countries' documents, after their name.
_DOCUMENT = "(?=[A-Z]*[0-9])[A-Z0-9]{8,10}"
_CROCKFORD = "[0-9A-HJKMNP-TV-Z]"
_SINCE = "".join(rf"(?<!\b{word}[ ])" for word in ("vom", "seit", "seit[ ]dem", "ab", "ab[ ]dem", "bis", "stand", "stand:"))
_PLATE = "[A-ZÄÖÜ]{1,3}(?:-| - ?)[A-Z]{1,2}[ -]?[1-9][0-9]{0,3}[EH]?"
_DAYS = "(?:MO|DI|MI|DO|FR|SA|SO) ?- ?(?:MO|DI|MI|DO|FR|SA|SO)"
_PLATE_BLANK = "[A-ZÄÖÜ]{1,3} (?:[A-Z]{2} ?[1-9][0-9]{1,3}|[A-Z] ?[1-9][0-9]{2,3})[EH]?"

# Length of an IBAN without country and check digits, and who has it (SWIFT's registry).
_IBAN_LENGTHS = {
    11: "NO", 12: "BE", 14: "DK|FI|FO|GL|NL|SD", 15: "MK|SI", 16: "AT|BA|EE|KZ|LT|LU|XK",
    17: "CH|HR|LI|LV", 18: "BG|BH|CR|GB|GE|IE|ME|RS|VA",
    19: "AE|GI|IL|IQ|TL", 20: "AD|CZ|ES|MD|PK|RO|SA|SE|SK|TN|VG", 21: "LY|PT|ST", 22: "IS|TR", 23: "FR|GR|IT|MC|MR|SM",
    24: "AL|AZ|BY|CY|DO|GT|HU|LB|PL|SV", 25: "BR|EG|PS|QA|UA", 26: "JO|KW|MU", 27: "MT|SC",
}  # fmt: skip
_IBAN = "|".join(rf"(?:{countries})[ ]?[0-9]{{2}}(?:[ ]?[A-Z0-9]){{{length}}}" for length, countries in _IBAN_LENGTHS.items())

KINDS = (
    Kind("url_with_token", _re(r"""\b(?:https?://|www\.)[^\s<>"']*[^\s<>"'.,;:!?)\]]"""), _opens_something),
    Kind(
        "email",
        _re(r"""(?<![\w.+-])[\w.+-]{1,64}(?:[ ]?(?:@|\((?:at|ät)\)|\[(?:at|ät)\])[ ]?|[ ](?:at|ät)[ ])
            [\w-]{1,63}(?:(?:\.|[ ](?:punkt|dot)[ ])[\w-]{1,63}){0,5}(?:\.|[ ](?:punkt|dot)[ ])[a-zäöü]{2,24}\b"""),
    ),
    Kind("iban", _re(r"(?<![A-Za-z0-9])DE[ ]?[0-9]{2}(?:[ -]?[0-9]){18}(?![0-9])")),
    # Other countries' differ in length.
    Kind("iban", _re(rf"{_B}(?=[A-Z]{{2}}[ ]?[0-9]{{2}})(?:{_IBAN}){_E}"), checkdigits.iban),
    Kind("kreditkarte", _re(r"(?<![0-9-])[2-6](?:[ -]?[0-9]){12,18}(?![0-9-])"), checkdigits.card),
    Kind(
        "kreditkarte",
        _re(rf"""\b(?:kredit|visa|master|giro|ec-?)(?:[ -]?(?:card|karte))?{_NR}{_IS}
            (?P<x>[0-9](?:[ -]?[0-9]){{12,18}})(?![0-9])"""),
    ),
    Kind("vorgang", _re(rf"{_B}[A-Z]{{2}}(?:[ ]?-[ ]?[0-9A-Z]{{4}}){{2}}[ ]?-[ ]?[0-9A-Z*~$=]{_E}"), _has_digit),
    Kind("code", _re(rf"(?<![\w-]){_CROCKFORD}{{4}}(?:-{_CROCKFORD}{{4}}){{3}}(?![\w-])"), _has_digit),
    # With blanks only in capitals.
    Kind("vorgang", re.compile(rf"{_B}[A-Z]{{2}}(?: {_CROCKFORD}{{4}}){{2}} [0-9A-Z*~$=]{_E}"), _has_both),
    Kind("code", re.compile(rf"(?<![\w-]){_CROCKFORD}{{4}}(?: {_CROCKFORD}{{4}}){{3}}(?![\w-])"), _has_both),
    Kind(
        "vorgang",
        _re(rf"""\b(?:vorgang|aktenzeichen|antrag)s?{_NR}{_IS}
            (?P<x>[A-Z]{{2}}(?:[ -]?[0-9A-Z]{{4}}){{2}}[ -]?[0-9A-Z*~$=]){_E}"""),
        _has_both,
    ),
    Kind("code", _re(rf"code{_IS}(?P<x>[0-9A-Z]{{4}}(?:[ -]?[0-9A-Z]{{4}}){{3}}){_E}"), _has_both),
    Kind(
        "pin",
        _re(rf"""\b(?:pin|geheimzahl|tan)(?:[ -]?(?:code|nummer|nr\.?))?{_IS}
            (?P<x>[0-9](?:[ -]?[0-9]){{7}}|[0-9]{{4,8}})(?![0-9])"""),
    ),
    Kind("pin", _re(r"\bpin\b[^.!?\n0-9]{0,40}(?<![0-9])(?P<x>[0-9]{4}[ -]?[0-9]{4})(?![0-9])")),
    Kind("pin", _re(r"(?<![\w-])(?P<x>[0-9]{4}[ ]?[0-9]{4})(?=[^.!?\n0-9]{1,30}\bpin\b)")),
    # A message of eight digits and nothing else is the answer to "Ihre PIN?".
    Kind("pin", _re(r"\A\s*(?P<x>[0-9]{4}[ ]?[0-9]{4})\s*\.?\s*\Z")),
    Kind("sv_nr", _re(rf"{_B}[0-9]{{2}}[ ]?[0-9]{{6}}[ ]?[A-Z][ ]?[0-9]{{2}}[ ]?[0-9]{_E}"), checkdigits.pension),
    # With their name also where the check digit is wrong: mistyped, they are personal all the same.
    Kind(
        "sv_nr",
        _re(rf"""(?:\bsv|versicherungs|\brv|sozialversicherung){_NR}{_IS}
            (?P<x>[0-9]{{2}}[ ]?[0-9]{{6}}[ ]?[A-Z][ ]?[0-9]{{2}}[ ]?[0-9]){_E}"""),
    ),
    Kind(
        "krankenversichertennr",
        _re(rf"""(?:\bkv|versicherten|kranken(?:kassen|versicherungs|versicherten)|\bkvnr){_NR}{_IS}
            (?P<x>[A-Z][ ]?[0-9](?:[ ]?[0-9]){{8}}){_E}"""),
    ),
    Kind("ausweis_nr", _re(rf"{_B}[LMNPRTVWXY]{_SERIAL}{{8}}[0-9](?:[ ]?D)?{_E}"), checkdigits.identity_card),
    Kind("pass_nr", _re(rf"{_B}[CFGHJK]{_SERIAL}{{8}}[0-9](?:[ ]?D)?{_E}"), checkdigits.identity_card),
    Kind("krankenversichertennr", _re(rf"{_B}[A-Z][ ]?[0-9]{{3}}[ ]?[0-9]{{3}}[ ]?[0-9]{{3}}{_E}"), checkdigits.insurance),
    # Without its check digit, which stands apart on the card: digits tell it from a word, in capitals or after its name two are enough.
    *(
        Kind(name, pattern)
        for name, letter in (("ausweis_nr", "[LMNPRTVWXY]"), ("pass_nr", "[CFGHJK]"))
        for pattern in (
            re.compile(rf"{_B}(?=(?:[A-Z]*[0-9]){{2}}){letter}{_SERIAL}{{8}}[0-9]?{_E}"),
            _re(rf"{_B}(?=(?:[A-Z]*[0-9]){{4}}){letter}{_SERIAL}{{8}}{_E}"),
        )
    ),
    Kind("ausweis_nr", _re(rf"\b(?:personalausweis|ausweis|perso|serien|id[ -]card){_NR}{_IS}(?P<x>{_DOCUMENT}){_E}")),
    Kind("pass_nr", _re(rf"\b(?:reise)?pass(?:port)?{_NR}{_IS}(?P<x>{_DOCUMENT}){_E}")),
    Kind(
        "steuer_id",
        _re(rf"""\b(?:steuer[ -]?id(?:entifikations)?[ -]?(?:nummer|nr\.?)?|idnr\.?){_IS}
            (?P<x>[0-9](?:[ /]?[0-9]){{10}})(?![0-9])"""),
    ),
    Kind("steuer_id", _re(rf"\bidentifikationsnummer{_IS}(?P<x>[0-9](?:[ /]?[0-9]){{10}})(?![0-9])")),
    Kind("steuer_id", _re(rf"\bsteuer{_NR}{_IS}(?P<x>[0-9]{{2,3}}[ /][0-9]{{3,4}}[ /][0-9]{{4,5}}(?:[ /][0-9])?)(?![0-9])")),
    Kind("steuer_id", _re(r"(?<![0-9])[1-9][0-9](?:[ /]?[0-9]{3}){3}(?![0-9])"), checkdigits.tax),
    Kind(
        "birthdate",
        _re(rf"""\b(?:geb(?:oren|urtstag|urtsdatum|\.)?|born|dob)\b[.:]?
            (?:[ ](?:ist|war|am|der|den|on|in[ ][\w-]+))*[ :,]{{0,3}}(?P<x>{_DATE})"""),
    ),
    Kind(
        "birthdate",
        _re(r"""\bgeb(?:oren|urtsdatum|\.)?[.:]?(?:[ ]am)?[ :]{0,2}
            (?P<x>[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2}|[0-9]{8})(?![0-9])"""),
    ),
    Kind(
        "birthdate",
        _re(rf"""\b(?:doğum[ ]\w+|doğdu\w*|urodz\w+|ur\.|родил\w+|народи\w+|дата[ ](?:рождения|народження)|nat[oa]|nascita|sinh|birth\w*)
            (?:[ ](?:ist|is|am|on|il|dnia|ngày|datum|to))?[ :,]{{0,3}}(?P<x>{_DATE})"""),
    ),
    Kind(
        "birthdate",
        _re(r"""\bborn[ ](?:on[ ])?
            (?P<x>(?:[0-9]{1,2}[a-z]{0,2}[ ])?[a-z]{3,9}[ ](?:[0-9]{1,2}[a-z]{0,2},?[ ])?[0-9]{4})"""),
    ),
    # "meine Tochter Lea (12.05.2019)", "ein Baby bekommen, 11/04/2025".
    Kind("birthdate", _re(rf"\b(?:sohn|tochter|kind|baby|enkel\w*|zwillinge)\b[^.!?\n0-9]{{0,40}}[,(][ ]?(?P<x>{_DATE})")),
    Kind("birthdate", _re(rf"\*[ ]?(?P<x>{_DATE})")),
    Kind("birthdate", _re(rf"(?<![0-9])(?P<x>{_DATE})(?=[ ](?:in[ ][\w-]+[ ])?(?:geboren|zur[ ]welt|auf[ ]die[ ]welt))")),
    # A date of long ago is a birthday, unless it says since when or of when.
    Kind("birthdate", _re(rf"(?=[0-9])(?<![0-9.]){_SINCE}{_DATE}"), _born),
    Kind(None, _re(rf"(?<![0-9]){_DATE}")),
    # Keys of services have 14 digits and begin with 99; neither they nor amounts are telephone numbers.
    Kind(None, _re(r"(?<![0-9])99[0-9]{12}(?![0-9])")),
    Kind(None, _re(r"(?<![0-9])[0-9][0-9.]{0,12}(?:,[0-9]{1,2}|,-)?[ ]?(?:€|eur\b|euro\b)")),
    Kind("phone", _re(r"(?<![\w+])(?:\+|00)[ ]?[1-9][0-9]{0,2}(?:[ /.()-]{0,3}[0-9]){6,13}(?![0-9])")),
    Kind(
        "phone",
        _re(r"""(?<![\w,.§-])(?:\(0[1-9][0-9]{1,4}\)(?:[ /-]{0,3}[0-9]){3,10}
            |0[1-9](?:[ /()-]{0,3}[0-9]){5,12})(?![0-9])"""),
    ),
    Kind(
        "phone",
        _re(rf"""\b(?:tel(?:efon)?|handy|mobil|ruf|fon|durchwahl|whatsapp)(?:nummer|nr)?\b\.?{_IS}
            (?P<x>(?!11[0-9]\b|116[ ]?117\b)[0-9](?:[ /-]?[0-9]){{4,14}})(?![0-9])"""),
    ),
    Kind(
        "phone",
        _re(r"""\b(?:erreich\w*|ruf\w*|anruf\w*|rückruf\w*|zurück\w*|vorwahl)\b[^.!?\n0-9]{0,40}(?<![\w§])
            (?P<x>(?!11[0-9]\b|116[ ]?117\b)[1-9][0-9](?:[ /-]?[0-9]){4,10})(?![0-9]|[.,:-][0-9])"""),
    ),
    # With blanks only in capitals: "in kl ab 2024" is a sentence. DIN-A 4 is paper.
    Kind("kfz", re.compile(rf"(?<![\w-])(?!DIN-A |{_DAYS} )(?:{_PLATE}|{_PLATE_BLANK})(?![\w-])")),
    Kind("kfz", _re(r"(?<![\w-])(?!din-)[a-zäöü]{1,3}-[a-z]{1,2}[ ]?[1-9][0-9]{1,3}[eh]?(?![\w-])")),
    Kind(
        "kfz",
        _re(r"""\b(?:kennzeichen|nummernschild)(?:[ ](?:ist|lautet))?[ :]{1,3}
            (?P<x>(?!waren)[a-zäöü]{1,3}[ -]{0,2}[a-z]{1,2}[ -]{0,2}[1-9][0-9]{0,3}[eh]?)(?![\w-])"""),
    ),
)  # fmt: skip
