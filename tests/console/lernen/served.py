"""The console below the chat page, over real HTTP, for a browser; and what each page has to be like."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from cli.processes import free_port
from connectors.gateway.app import create_app
from console.app import mount
from core.settings import Settings
from tests.console.house import House

WIDTHS = {"wide": (1280, 800), "narrow": (320, 640), "zoomed": (640, 400)}  # zoomed: 1280 x 800 at 200 %


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


@contextmanager
def window(browser: Browser, url: str, scheme: Any, width: str, **more: Any) -> Iterator[Page]:
    """At the end nothing was asked of another host and nothing against the policy."""
    size: ViewportSize = {"width": WIDTHS[width][0], "height": WIDTHS[width][1]}
    context = browser.new_context(viewport=size, color_scheme=scheme, base_url=url, **more)
    page = context.new_page()
    hosts: set[str] = set()
    page.on("request", lambda made: hosts.add("/".join(made.url.split("/")[:3])))
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text) if "Content Security Policy" in message.text else None)
    yield page
    assert hosts == {url}
    assert broken == []
    context.close()


def accessible(page: Page, name: str) -> None:
    """No violation known to axe, no sideways scrolling, buttons high enough for a finger; a picture where LOTSE_PICTURES names a folder."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
    least = "one => one.offsetHeight < (one.closest('table') ? 24 : 44) && one.offsetHeight > 0"
    small = f"[...document.querySelectorAll('main button, main .check, main select, main textarea')].filter({least}).length"
    assert page.evaluate(small) == 0, name
    assert page.locator("h1").count() == 1
    if folder := os.environ.get("LOTSE_PICTURES"):
        dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        size = page.viewport_size or {"width": 0}
        page.screenshot(path=Path(folder) / f"{name}-{size['width']}-{'dark' if dark else 'light'}.png", full_page=True)
