"""What a citizen wrote is kept as JSON, sealed (core.vault)."""

import json
from typing import Any

from core.vault import Vault


def sealed(vault: Vault, content: Any) -> bytes:
    """JSON, sealed."""
    return vault.seal(json.dumps(content).encode())


def opened(vault: Vault, kept: bytes) -> Any:
    """What was sealed."""
    return json.loads(vault.open(kept))
