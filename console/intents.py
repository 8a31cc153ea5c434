"""The intents in words for the console (absichten.yml)."""

from functools import lru_cache
from pathlib import Path

import yaml


@lru_cache(maxsize=1)
def intents() -> dict[str, str]:
    """{intent: German words}, in the order of a choice."""
    loaded: dict[str, str] = yaml.safe_load(Path(__file__).with_name("absichten.yml").read_text("utf-8"))
    return loaded
