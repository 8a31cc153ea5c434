"""The one question in a story: „Ich bin 76 und verwitwet. Die Miete ist gestiegen. Was muss ich für Wohngeld einreichen?“."""

from actions.turn import Clause, Turn
from language.clauses import asks

# Shorter messages are judged as a whole.
LONG_STORY = 12


def question_in_story(turn: Turn) -> Clause | None:
    """The only part of a long message that asks."""
    asked = [one for one in turn.clauses if asks(one.text)]
    return asked[0] if len(asked) == 1 and len(turn.text.split()) >= LONG_STORY else None
