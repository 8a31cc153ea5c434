"""Addresses of mail, also as they are hidden from machines or told to them: "max (at) web punkt de", "max@web. de"."""

import re

_AT = r"(?:\s?(?:@|＠|[(\[{<][ ]?(?:at|ät|@|a)[ ]?[)\]}>])\s?|[ ](?:at|ät|klammeraffe)[ ]|[_-](?:at|ät)[_-])"
_DOT = r"(?:\.|[ ](?:punkt|dot|point)[ ]|[ ]?[(\[{](?:punkt|dot|\.)[)\]}][ ]?|[_-](?:punkt|dot)[_-])"
# Before "at": "anna punkt klein".
_PARTS = r"(?:(?<![\w.+-])[\w.+-]{1,40}[ ](?:punkt|dot|minus|unterstrich|bindestrich)[ ]){0,3}"
_LOCAL = r"(?<![\w.+-])[\w.+-]{1,64}"
# Behind a dot with a blank or a comma only these are the end of an address: a sentence may begin there.
_TLD = r"(?:de|com|net|org|eu|info|at|ch|fr|it|pl|tr|ua|ru|uk|ro|nl|be|lu|me|io|us|gov|mil|edu)\b"
_PROVIDER = r"(?:web|gmx|gmail|googlemail|t-?online|yahoo|outlook|hotmail|freenet|posteo|icloud|mailbox|live|aol|arcor|wp|onet|mail)"

MAIL = tuple(
    re.compile(pattern, re.IGNORECASE | re.VERBOSE)
    for pattern in (
        rf"{_PARTS}{_LOCAL}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,5}}{_DOT}[^\W\d_]{{2,24}}\b",
        rf"{_PARTS}{_LOCAL}{_AT}[\w-]{{1,63}}(?:[ ]?[.,][ ]?|[ ]){_TLD}(?<![ ]at)",
        rf"{_LOCAL}[ ]?@[ ]?{_PROVIDER}\b|{_LOCAL}@[\w-]{{2,63}}",
    )
)
