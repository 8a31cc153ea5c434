"""What is said inside a form is nobody else's to read."""

from rasa_sdk.executor import CollectingDispatcher


def confidential(dispatcher: CollectingDispatcher) -> None:
    """Marks everything said in this turn: it answers a message that may hold a value."""
    for message in dispatcher.messages:
        if message.get("custom"):
            message["custom"]["vertraulich"] = True
