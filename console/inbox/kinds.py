"""What of the inbox is kept for a number of days. Its messages go with their conversations."""

from console.inbox.tables import aufgabe, eintrag, gruppe
from console.retention.kind import Kind, rows_of

KINDS: list[Kind] = [
    rows_of("posteingang", "Nachrichten im Posteingang", eintrag, eintrag.c.zeit),
    rows_of("gruppen", "Entschiedene Gruppen ohne Nachrichten", gruppe, gruppe.c.am, gruppe.c.anzahl == 0, gruppe.c.am.is_not(None)),
    rows_of("aufgaben", "Erledigte fehlende Angaben", aufgabe, aufgabe.c.bearbeitet_am, aufgabe.c.zustand == "erledigt"),
]
