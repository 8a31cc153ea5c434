"""Debian's headless Chromium for the tests that look at pages."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

_FOUND = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(_FOUND is None, reason="Chromium fehlt (apt-get install chromium)")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for a module, and no longer: while it runs, Playwright's event loop does, and no test can be async. As root it starts without
    its sandbox only."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_FOUND, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()
