"""The chat after a conversation was deleted from inside: nothing of it is left in its window, and the next question begins anew."""

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import needs_chromium
from tests.conftest import Stack
from tests.web.looking import asked, opened

pytestmark = [pytest.mark.stack, pytest.mark.web, pytest.mark.console, needs_chromium]


def test_a_conversation_that_was_deleted_by_a_button_is_gone_from_the_page(browser: Browser, stack: Stack) -> None:
    page = browser.new_page()
    page.goto(stack.running.web_url)
    log = opened(page)
    asked(page, "Was kostet ein neuer Perso?", "46 €")
    asked(page, "Bitte lösch unser Gespräch", "jetzt löschen?")
    page.get_by_role("button", name="Ja, alles löschen").click()
    expect(log).to_contain_text("Ihr Gespräch ist gelöscht", timeout=10_000)
    expect(log).not_to_contain_text("46 €")
    page.reload()
    opened(page)
    expect(log).not_to_contain_text("46 €")
    asked(page, "Was kostet ein Reisepass?", "70 €")
    page.close()
