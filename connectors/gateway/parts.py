"""What the gateway is made of, built once per application."""

from dataclasses import dataclass

import httpx
import redis.asyncio as redis
from fastapi import Request

from connectors.gateway.address import BotAddress
from connectors.gateway.beyond import Beyond
from connectors.gateway.bot import BotClient
from connectors.gateway.desk.callbacks import Callbacks
from connectors.gateway.desk.duty import Duty
from connectors.gateway.desk.failures import Failures
from connectors.gateway.desk.hours import Desk
from connectors.gateway.desk.talk import Talk
from connectors.gateway.handover import Handover
from connectors.gateway.lease import Lease
from connectors.gateway.limits import Limits
from connectors.gateway.metrics import Metrics
from connectors.gateway.notices import Notices
from connectors.gateway.queue import Queue
from connectors.gateway.service import Conversations
from connectors.gateway.store import ConversationStore
from connectors.gateway.worker import Worker
from core.settings import Settings
from core.vault import Vault

# Below the 5 s a citizen waits; Redis answers in less than a millisecond when it answers.
REDIS_SECONDS = 2.0
HTTP_SECONDS = 4.5


@dataclass(frozen=True)
class Parts:
    """Everything the routes work with. ``owner``: what ``./lotse talk`` proves itself with, read once."""

    settings: Settings
    owner: str
    vault: Vault
    redis: "redis.Redis"
    store: ConversationStore
    limits: Limits
    bot: BotClient
    conversations: Conversations
    beyond: Beyond
    talk: Talk
    notices: Notices
    worker: Worker
    metrics: Metrics
    http: httpx.AsyncClient

    async def close(self) -> None:
        """Ends running turns and pooled connections."""
        await self.worker.stop()
        await self.bot.close()
        await self.http.aclose()
        await self.redis.close(close_connection_pool=True)


def build(settings: Settings, bot: BotClient | None) -> Parts:
    """The parts on what the settings name. Connects to nothing yet."""
    connection = redis.from_url(settings.redis_address, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS)
    vault, metrics = Vault(settings.secret("secret_key")), Metrics()
    queue = Queue(connection, vault)
    store = ConversationStore(connection, vault, queue, settings.session_minutes * 60)
    bot = bot or BotClient(BotAddress(connection, settings.rasa_url))
    http = httpx.AsyncClient(timeout=HTTP_SECONDS, trust_env=False)
    beyond = Beyond(http, settings)
    conversations = Conversations(store, metrics, beyond)
    desk, seconds, notices = Desk.read(settings), settings.session_minutes * 60, Notices(connection)
    talk = Talk(
        desk, Handover(connection, vault, seconds, desk.warteplaetze), Duty(connection, desk.dienst_minuten * 60),
        Callbacks(connection, vault, desk.rueckruf_tage), Failures(connection, seconds),
    )  # fmt: skip
    return Parts(
        settings=settings,
        owner=settings.secret("catalogue_token"),
        vault=vault,
        redis=connection,
        store=store,
        limits=Limits(connection, vault),
        bot=bot,
        conversations=conversations,
        beyond=beyond,
        talk=talk,
        notices=notices,
        worker=Worker(queue, Lease(connection), store, bot, metrics, conversations.tell, beyond, talk, notices),
        metrics=metrics,
        http=http,
    )


def parts(request: Request) -> Parts:
    """The application's parts (FastAPI dependency)."""
    found: Parts = request.app.state.parts
    return found
