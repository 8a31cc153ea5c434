"""In a crisis the right help lines come at once, before anything else."""

from actions.copy import render
from actions.short import say_short
from actions.voice import SHORT, voice
from core.answer import Antwort
from core.catalogue import Herkunft
from language.danger import help_lines


def help_for(kind: str) -> Antwort:
    """The help lines for this kind of danger, with their sources."""
    said = help_lines()[kind]
    sources = [render("quelle", q=Herkunft(titel=name, art="belegt")) for name in said["quellen"]]
    text = say_short("notfall") if voice().sprache in SHORT else said[voice().variant]
    return Antwort(text=" ".join(text.split()), quellenangaben=sources, notfall=True)
