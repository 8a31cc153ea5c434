"""Case numbers, PINs and resume codes in a message."""

import re

from core.ids import case_number, resume_code

_S = r"[\s._/:-]{0,3}"
_NUMBER = re.compile(rf"(?<![A-Za-z0-9])KL{_S}[0-9A-Z]{{4}}{_S}[0-9A-Z]{{4}}{_S}[0-9A-Z*~$=](?![A-Za-z0-9])", re.IGNORECASE)
_CODE = re.compile(
    r"(?<![A-Za-z0-9-])[0-9A-Z]{4}(?:[\s._/:-]{1,3}[0-9A-Z]{4}){3}(?![A-Za-z0-9-])|(?<![A-Za-z0-9])[0-9A-Z]{16}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_PIN = re.compile(r"(?<![A-Za-z0-9])[0-9]{4}[ -]?[0-9]{4}(?![A-Za-z0-9])")

# Of the four or more that a code has, one may be typed as a letter.
FEWEST_DIGITS = 3


def number_in(text: str) -> str | None:
    """The case number as it is written; None where there is none, or its check character is wrong."""
    found = _NUMBER.search(text)
    # „klaner Kiosk“ has the form and, one time in 37, the check character.
    words = found is None or not (re.search(r"[\d-]", found.group()) or found.group().isupper())
    return None if words or found is None else case_number(found.group())


def looks_like_number(text: str) -> bool:
    """Whether something has the form of a case number; a wrong one only with a digit: „kl“ may begin a sentence."""
    found = _NUMBER.search(text)
    return found is not None and (any(map(str.isdigit, found.group())) or number_in(text) is not None)


def pin_in(text: str) -> str | None:
    """The eight digits beside the case number; None where there are none, or several."""
    found = _PIN.findall(_NUMBER.sub(" ", text))
    return re.sub(r"\D", "", found[0]) if len(found) == 1 else None


def code_in(text: str) -> str | None:
    """The resume code as it is written: each of its groups has a digit and a letter."""
    # Digits as they are typed: Crockford's alphabet would read „Sohn wird bald 17“ as „S0HN W1RD BA1D 17“.
    codes = (found.group() for found in _CODE.finditer(text) if sum(map(str.isdigit, found.group())) >= FEWEST_DIGITS)
    code = next((known for one in codes if (known := resume_code(one))), None)
    mixed = code and all(any(map(str.isdigit, group)) and any(map(str.isalpha, group)) for group in code.split("-"))
    return code if mixed else None
