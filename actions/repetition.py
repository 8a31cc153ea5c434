"""The same answer to another question: said with a hint the second time, and the third time the way to a person."""

from actions.copy import copy
from actions.short import short_question
from actions.voice import SHORT, voice
from core.answer import Antwort, Button


def not_again(answer: Antwort, last: Antwort | None) -> Antwort:
    """The answer, or what is said instead where a citizen would read the same lead and the same facts as in ``last``."""
    if last is None or (answer.text, answer.fakten, answer.leistung) != (last.text, last.fakten, last.leistung):
        return answer
    texts = copy()["dasselbe"]
    if voice().sprache not in SHORT and not (last.nachtrag or "").endswith(texts["hinweis"]):
        return answer.model_copy(update={"nachtrag": "\n\n".join(part for part in (answer.nachtrag, texts["hinweis"]) if part)})
    person = Antwort(text=texts["mensch"], buttons=[Button(title=copy()["mensch"], payload="/mensch_sprechen")], leistung=answer.leistung)
    return short_question(person, "nicht_verstanden") if voice().sprache in SHORT else person
