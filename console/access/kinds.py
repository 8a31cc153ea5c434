"""What access keeps for a number of days."""

from console.access.tables import sitzung, versuch
from console.retention.kind import rows_of

# Not sooner than after a day: a session lives ten hours, a lock 15 minutes.
KINDS = (
    rows_of("sitzungen", "Sitzungen", sitzung, sitzung.c.zuletzt),
    rows_of("versuche", "Falsche Anmeldeversuche", versuch, versuch.c.bis),
)
