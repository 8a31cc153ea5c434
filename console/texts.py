"""German names for what the machine calls otherwise (texts.yml)."""

from functools import lru_cache
from pathlib import Path

import yaml


@lru_cache(maxsize=1)
def texts() -> dict[str, dict[str, str]]:
    """{kind: {name: German}}, read once."""
    loaded: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "texts.yml").read_text("utf-8"))
    return loaded
