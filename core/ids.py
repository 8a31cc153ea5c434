"""Case numbers, PINs, resume codes and codes of conversations: how they are made and read.

Their forms are those that language's masking knows.
"""

import itertools
import re
import secrets

# Crockford's base 32 has no I, L, O and U, which look like other characters; five more symbols are for its check character.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK = ALPHABET + "*~$=U"
CITY = "KL"
CONVERSATION = "GE"
_LOOK_ALIKE = str.maketrans("OIL", "011")
_NUMBER = re.compile(rf"[{ALPHABET}]{{8}}[{re.escape(CHECK)}]")
_CODE = re.compile(rf"[{ALPHABET}]{{16}}")


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _groups(text: str) -> list[str]:
    return [text[start : start + 4] for start in range(0, len(text), 4)]


def check_character(body: str) -> str:
    """The check character of 8 characters: their number modulo 37 (Crockford); finds one wrong character and two changed places."""
    number = 0
    for character in body:
        number = number * 32 + ALPHABET.index(character)
    return CHECK[number % 37]


def new_case_number() -> str:
    """``KL-XXXX-XXXX-C``, 40 random bits.

    Drawn again where C would be a sign that nobody can spell on the telephone, and where no digit tells it from a row of words.
    """
    while True:
        body = _random(8)
        check = check_character(body)
        if check in ALPHABET and any(map(str.isdigit, body)):
            return "-".join((CITY, *_groups(body), check))


def case_number(text: str) -> str | None:
    """The case number as it is written, however it was typed ("kl 4rp6 fj43 h"); None when it is none or its check character is wrong."""
    return _written(text, CITY)


def _written(text: str, prefix: str) -> str | None:
    compact = re.sub(r"[\s._/:-]", "", text).upper()
    if not compact.startswith(prefix):
        return None
    body = compact[len(prefix) :].translate(_LOOK_ALIKE)
    if not _NUMBER.fullmatch(body) or check_character(body[:8]) != body[8]:
        return None
    return "-".join((prefix, *_groups(body[:8]), body[8]))


def conversation_code(digest: str) -> str:
    """``GE-XXXX-XXXX-C`` out of a keyed digest in hex: what a citizen reads out to name a conversation.

    The same digest gives the same code, of the form of a case number, so that masking knows it. With a million conversations two share
    one with a chance of a third: who looks one up has to look for a second.
    """
    for number in itertools.count(int(digest, 16)):
        body = "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
        check = check_character(body)
        if check in ALPHABET and any(map(str.isdigit, body)):
            return "-".join((CONVERSATION, *_groups(body), check))
    raise AssertionError("unreachable")


def read_conversation_code(text: str) -> str | None:
    """The code as it is written, however it was typed; None when it is none or its check character is wrong."""
    return _written(text, CONVERSATION)


def pin(digest: str) -> str:
    """8 digits out of a keyed digest in hex: the same digest gives the same PIN."""
    return f"{int(digest, 16) % 10**8:08d}"


def pin_digits(text: str) -> str:
    """A PIN as it is kept, however it was typed ("5022 1175")."""
    return re.sub(r"[\s._/-]", "", text)


def new_resume_code() -> str:
    """``XXXX-XXXX-XXXX-XXXX``, 80 random bits; drawn again until each group has a digit and a letter.

    Then masking knows it without a word beside it, also in small letters and with blanks. It costs 1.5 of the 80 bits.
    """
    while True:
        groups = _groups(_random(16))
        if all(any(map(str.isdigit, group)) and any(map(str.isalpha, group)) for group in groups):
            return "-".join(groups)


def resume_code(text: str) -> str | None:
    """The code as it is written, however it was typed; None when it has not the form of one."""
    compact = re.sub(r"[\s._/:-]", "", text).upper().translate(_LOOK_ALIKE)
    return "-".join(_groups(compact)) if _CODE.fullmatch(compact) else None
