"""``./lotse mask``: what logs, stream and console get to see of a text."""

import json
from typing import BinaryIO

from cli.lines import lines
from language.masking import mask as mask_text


def mask(stream: BinaryIO, *, as_json: bool) -> None:
    """Prints each text masked; with ``as_json`` also where what was found (offsets in the input)."""
    for text in lines(stream):
        masked, spans = mask_text(text)
        found = [{"start": span.start, "end": span.end, "kind": span.kind} for span in spans]
        print(json.dumps({"text": text, "masked": masked, "spans": found}, ensure_ascii=False) if as_json else masked, flush=True)
