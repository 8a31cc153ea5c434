"""Which code a stored search model was made by: another one may not be able to read it."""

import hashlib
from functools import lru_cache

from core.settings import PROJECT

_PARTS = (
    "katalog/search/learned.py", "katalog/search/texts.py", "language/terms.py", "language/linear.py", "language/spelling.py",
    "language/stems.py", "language/stopwords.txt", "language/folding.py", "language/encoder.py", "requirements.lock",
)  # fmt: skip


@lru_cache(maxsize=1)
def version() -> str:
    """8 hex digits over the code that makes the model."""
    return hashlib.sha256(b"".join((PROJECT / part).read_bytes() for part in _PARTS)).hexdigest()[:8]
