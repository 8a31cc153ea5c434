"""The sentence that asks: in a long story the request stands in one sentence, and its neighbours mislead."""

import re

_END = re.compile(r"(?<=[.!?…])\s+|\n+")


def focus(text: str) -> str:
    """The first sentence that is a question, of two or more; else the whole text. Two questions: the first is the intent (DESIGN)."""
    sentences = [one for one in _END.split(text.strip()) if one.strip()]
    if len(sentences) < 2:
        return text
    return next((one for one in sentences if one.rstrip().endswith(("?", "؟"))), text)
