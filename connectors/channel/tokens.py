"""What stands for a button's payload on a messenger: 64 bits that mean nothing elsewhere and fit into Telegram's 64 bytes.

Nothing is stored for it: the gateway keeps the buttons that were offered, and only those can be found again.
"""

import hmac

from connectors.gateway.store import ConversationStore
from core.vault import Vault

LENGTH = 16


def token(vault: Vault, conversation: str, payload: str) -> str:
    """The payload's token in this conversation: 16 hex digits."""
    return vault.pseudonym(f"{conversation} {payload}")[:LENGTH]


async def payload(store: ConversationStore, vault: Vault, conversation: str, pressed: str) -> str | None:
    """The payload that was offered under this token, the latest first; None where there is none."""
    wanted = pressed[:LENGTH].encode()
    offered = reversed(await store.buttons(conversation))
    return next((one for one in offered if hmac.compare_digest(token(vault, conversation, one).encode(), wanted)), None)
