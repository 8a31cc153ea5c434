"""Which code a kept model was made by: another one may not be able to read it."""

import hashlib
from functools import lru_cache

from core.settings import PROJECT

_LANGUAGE = ("terms.py", "linear.py", "spelling.py", "stems.py", "stopwords.txt", "folding.py", "focus.py", "encoder.py")


@lru_cache(maxsize=1)
def version() -> str:
    """8 hex digits over the code that makes the search's models."""
    language = [PROJECT / "language" / name for name in _LANGUAGE]
    files = [*sorted((PROJECT / "katalog" / "search").glob("*.py")), *language, PROJECT / "requirements.lock"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
