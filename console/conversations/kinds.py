"""What the conversations keep for a number of days."""

from console.conversations.tables import gespraech
from console.retention.kind import rows_of

KINDS = (rows_of("gespraeche", "Gespräche", gespraech, gespraech.c.zuletzt, gespraech.c.behalten.is_(False), least=7, most=730),)
