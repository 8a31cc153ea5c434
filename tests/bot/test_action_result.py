"""What an action gives back is checked, and Rasa checks it our way."""

from typing import Any

import pytest

pytestmark = pytest.mark.slow  # imports Rasa


def checked(result: dict[str, Any]) -> bool:
    from rasa.core.actions.action import RemoteAction

    from bot.action_result import check_quickly

    check_quickly()
    return bool(RemoteAction("action_auskunft", None)._validate_action_result(result))


def test_lists_of_events_and_responses_are_right() -> None:
    assert checked({"events": [{"event": "slot", "name": "leistung", "value": "reisepass"}], "responses": [{"custom": {}}]})
    assert checked({})


@pytest.mark.parametrize("wrong", [{"events": "slot"}, {"responses": {}}, {"events": ["slot"]}, {"responses": [None]}])
def test_anything_else_is_an_error(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no lists"):
        checked(wrong)
