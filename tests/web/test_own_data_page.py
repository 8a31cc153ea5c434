"""The chat page after a conversation was deleted from inside: nothing of it is left on the page, and the next question begins anew."""

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import needs_chromium
from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.web, pytest.mark.console, needs_chromium]


def test_a_conversation_that_was_deleted_by_a_button_is_gone_from_the_page(browser: Browser, stack: Stack) -> None:
    page = browser.new_page()
    page.goto(stack.running.web_url)
    log, box = page.get_by_role("log"), page.get_by_role("textbox")
    for said, heard in (("Was kostet ein neuer Perso?", "46 €"), ("Bitte lösch unser Gespräch", "jetzt löschen?")):
        box.fill(said)
        box.press("Enter")
        expect(log).to_contain_text(heard, timeout=10_000)
    page.get_by_role("button", name="Ja, alles löschen").click()
    expect(log).to_contain_text("Ihr Gespräch ist gelöscht", timeout=10_000)
    expect(log).not_to_contain_text("46 €")
    page.reload()
    expect(log).not_to_contain_text("Perso")
    box.fill("Was kostet ein Reisepass?")
    box.press("Enter")
    expect(log).to_contain_text("70 €", timeout=10_000)
    page.close()
