"""The inbox when more waits than anybody could answer in time."""

import pytest
import redis.asyncio
from messenger_line import Line

from connectors.channel import inbox
from connectors.channel.incoming import Incoming
from core.errors import Unavailable
from core.vault import Vault

pytestmark = pytest.mark.channels


@pytest.mark.parametrize("line", ["telegram"], indirect=True)
async def test_a_full_inbox_takes_nothing_and_knows_nothing_of_it(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    store = redis.asyncio.Redis.from_url(f"{line.settings.redis_address.partition('?')[0]}?db=6")
    box = inbox.Inbox(store, Vault("x" * 32), "telegram")
    message = Incoming(id="1", chat="7", order=1, kind="text", text="Hallo")
    monkeypatch.setattr(inbox, "MOST_WAITING", 0)
    with pytest.raises(Unavailable):
        await box.put([message])
    monkeypatch.setattr(inbox, "MOST_WAITING", 1)
    assert await box.put([message]) == 1  # delivered again, it is taken
    with pytest.raises(Unavailable):
        await box.put([message.model_copy(update={"id": "2"})])
    await store.close()
