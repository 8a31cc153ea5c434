"""Sentence vectors from a process of its own, at low priority: the web process neither waits nor holds the encoder's 161 MB.

``python -m console.inbox.vectors`` reads a JSON list of texts and writes their vectors as float32.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence

import numpy as np

from console.inbox.grouping import Vectors
from core.errors import Unavailable
from core.settings import PROJECT

DIMENSION = 512
# 10,000 messages take 20 s on two idle cores.
SECONDS = 180.0
NICENESS = 10


def encode(texts: Sequence[str]) -> Vectors:
    """(n, 512), each of length 1. Blocks; call it off the event loop. Raises Unavailable."""
    if not texts:
        return np.zeros((0, DIMENSION), dtype=np.float32)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "console.inbox.vectors"], input=json.dumps(list(texts)).encode(), capture_output=True, cwd=PROJECT,
            timeout=SECONDS, check=True, env=os.environ | {"PYTHONPATH": str(PROJECT)},
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise Unavailable(f"Satzvektoren: {type(error).__name__}") from None
    return np.frombuffer(done.stdout, dtype=np.float32).reshape(len(texts), DIMENSION).copy()


def main() -> None:
    """The process."""
    from language.encoder import sentence_encoder

    os.nice(NICENESS)
    texts = json.load(sys.stdin)
    sys.stdout.buffer.write(sentence_encoder().encode(texts).tobytes())


if __name__ == "__main__":
    main()
