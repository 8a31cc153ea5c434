"""Check digits of the numbers that belong to a person: whether a row of digits and letters is one of them."""

import re

from stdnum import iban as stdnum_iban
from stdnum import luhn
from stdnum.de import idnr

# Weights of the pension insurance number (§ 2 VKVV), its letter counted as two digits.
_PENSION = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)


def _compact(number: str) -> str:
    """Without what parts it."""
    return re.sub(r"[\W_]", "", number).upper()


def _zeros(number: str) -> str:
    """O typed for 0."""
    return number.replace("O", "0")


def _letter(letter: str) -> str:
    """A is 01, Z is 26."""
    return f"{ord(letter) - 64:02d}"


def _cross_sum(number: int) -> int:
    return sum(divmod(number, 10))


def iban(number: str) -> bool:
    """An IBAN of any country."""
    return bool(stdnum_iban.is_valid(_compact(number)) or stdnum_iban.is_valid(_zeros(_compact(number))))


def card(number: str) -> bool:
    """A payment card: 13 to 19 digits, Luhn."""
    compact = _compact(number)
    return 13 <= len(compact) <= 19 and bool(luhn.is_valid(compact))


def tax(number: str) -> bool:
    """A Steuer-Identifikationsnummer (§ 139b AO): 11 digits."""
    return bool(idnr.is_valid(_compact(number)))


def pension(number: str) -> bool:
    """A Versicherungsnummer of the pension insurance (§ 147 SGB VI): 65 180539 W 00 1."""
    compact = _compact(number)
    compact = _zeros(compact[:8]) + compact[8:9] + _zeros(compact[9:])
    if not re.fullmatch(r"[0-9]{8}[A-Z][0-9]{3}", compact):
        return False
    digits = compact[:8] + _letter(compact[8]) + compact[9:11]
    total = sum(_cross_sum(int(digit) * weight) for digit, weight in zip(digits, _PENSION, strict=True))
    return total % 10 == int(compact[11])


def insurance(number: str) -> bool:
    """A Krankenversichertennummer (§ 290 SGB V): a letter and nine digits."""
    compact = _compact(number)
    compact = compact[:1] + _zeros(compact[1:])
    if not re.fullmatch(r"[A-Z][0-9]{9}", compact):
        return False
    digits = _letter(compact[0]) + compact[1:9]
    total = sum(_cross_sum(int(digit) * (1 + place % 2)) for place, digit in enumerate(digits))
    return total % 10 == int(compact[9])


def identity_card(number: str) -> bool:
    """Serial number of a German identity card or passport with its check digit (ICAO 9303: weights 7, 3, 1)."""
    compact = _zeros(_compact(number)[:10])
    if not re.fullmatch(r"[A-Z0-9]{9}[0-9]", compact):
        return False
    values = [int(character, 36) * (7, 3, 1)[place % 3] for place, character in enumerate(compact[:9])]
    return sum(values) % 10 == int(compact[9])
