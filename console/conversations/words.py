"""What the search looks for: the words of a text in one spelling, the same on SQLite and on PostgreSQL."""

from language.folding import words

# PostgreSQL takes no word of more than 2,046 bytes; nobody searches for one.
LONGEST = 60


def searchable(text: str) -> str:
    """The folded words of a text, each once, with blanks between them."""
    return " ".join(dict.fromkeys(part[:LONGEST] for word in words(text) for part in word.split("_") if part))
