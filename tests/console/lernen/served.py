"""The console below the chat page, over real HTTP, for a browser."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from cli.processes import free_port
from connectors.gateway.app import create_app
from console.app import mount
from core.settings import Settings
from tests.console.house import House


@contextmanager
def serve(home: Path) -> Iterator[tuple[House, str]]:
    """(the house, its address). Neither catalogue nor Redis runs."""
    port = free_port()
    settings = Settings(home=home, pin_cost="test", port=port)
    app = create_app(settings)
    inner = mount(app, settings)
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", port, log_level="error", ws="none", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield House(inner.state.console, app, inner, None), f"http://127.0.0.1:{port}"  # type: ignore[arg-type]
    server.should_exit = True
    thread.join(10)
