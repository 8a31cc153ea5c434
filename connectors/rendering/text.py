"""Text in pieces and in short: cut where a reader would pause, never inside what is seen as one character or in an address."""

import re

import regex

_ADDRESS = re.compile(r"(?:https?://|tel:)\S+")
_SENTENCE_ENDS = (".", "!", "?", ":", "…")
_PARAGRAPH, _LINE, _SENTENCE, _WORD = 3, 2, 1, 0
# A piece cut at a good place may be shorter, but no shorter than this part of what fits.
_LEAST = 1 / 3


def units(text: str) -> int:
    """Length in UTF-16 units: an emoji counts two."""
    return len(text) + sum(character > "\uffff" for character in text)


def clusters(text: str) -> list[str]:
    """What a reader sees as single characters."""
    found: list[str] = regex.findall(r"\X", text)
    return found


def shortened(text: str, most: int) -> str:
    """``text`` in one line of at most ``most`` units; "…" stands for what is missing."""
    line = " ".join(text.split()) or "…"
    if units(line) <= most:
        return line
    return "".join(clusters(line)[: _fitting(clusters(line), 0, most - 1)]).rstrip() + "…"


def split(text: str, most: int) -> list[str]:
    """``text`` in pieces of at most ``most`` units, without the white space between them; none where there is nothing to read."""
    parts = [piece for cluster in clusters(text) for piece in ([cluster] if units(cluster) <= most else cluster)]
    runs, addresses = _runs(parts), _addresses(parts)
    start = runs[0][1] if runs and runs[0][0] == 0 else 0
    end = runs[-1][0] if runs and runs[-1][1] == len(parts) else len(parts)
    pieces = []
    while start < end:
        furthest = min(_fitting(parts, start, most), end)
        cut, after = (end, end) if furthest == end else _border(runs, addresses, start, furthest)
        pieces.append("".join(parts[start:cut]))
        start = after
    return pieces


def _fitting(parts: list[str], start: int, most: int) -> int:
    """The end of the longest run of parts from ``start`` that fits; at least one part."""
    length, end = 0, start
    while end < len(parts) and (length := length + units(parts[end])) <= most:
        end += 1
    return max(end, start + 1)


def _runs(parts: list[str]) -> list[tuple[int, int, int]]:
    """White space: (begin, end, how good a place to cut it is)."""
    found, at = [], 0
    while at < len(parts):
        begin = at
        while at < len(parts) and parts[at].isspace():
            at += 1
        if at > begin:
            found.append((begin, at, _level("".join(parts[begin:at]), parts[begin - 1] if begin else "")))
        at += 1
    return found


def _level(space: str, before: str) -> int:
    lines = len(space.splitlines()) if space[-1:] not in "\r\n" else len(space.splitlines()) + 1
    if lines > 2:
        return _PARAGRAPH
    if lines > 1:
        return _LINE
    return _SENTENCE if before.endswith(_SENTENCE_ENDS) else _WORD


def _addresses(parts: list[str]) -> list[tuple[int, int]]:
    """Where web addresses stand, as (begin, end) in parts."""
    place, places = 0, []
    for part in parts:
        places.append(place)
        place += len(part)
    return [
        (sum(one < found.start() for one in places), sum(one < found.end() for one in places))
        for found in _ADDRESS.finditer("".join(parts))
    ]


def _border(runs: list[tuple[int, int, int]], addresses: list[tuple[int, int]], start: int, furthest: int) -> tuple[int, int]:
    """Where to cut, and where the next piece begins."""
    open_to = [(begin, end, level) for begin, end, level in runs if start < begin <= furthest]
    for wanted in (_PARAGRAPH, _LINE, _SENTENCE):
        good = [one for one in open_to if one[2] >= wanted and one[0] - start >= (furthest - start) * _LEAST]
        if good:
            return good[-1][:2]
    if open_to:
        return open_to[-1][:2]
    inside = next((begin for begin, end in addresses if start < begin < furthest < end), furthest)
    return inside, inside
