"""Names of the services for staff, from the catalogue; while it is away, their ids have to do."""

from time import monotonic

from core.errors import Unavailable
from core.settings import Settings
from katalog.client import CatalogueClient

FRESH_SECONDS = 600.0
# The catalogue is away: a page that is opened meanwhile does not wait for it again.
AWAY_SECONDS = 30.0


class Titles:
    """Asked at most every ten minutes. ``client``: the seam for tests."""

    def __init__(self, settings: Settings, client: CatalogueClient | None = None) -> None:
        self._client = client or CatalogueClient(settings.catalogue_url)
        self._known: dict[str, str] = {}
        self._until = 0.0

    async def all(self) -> dict[str, str]:
        """{id: title}, by title; the last ones known, or none."""
        if monotonic() > self._until:
            self._until = monotonic() + AWAY_SECONDS
            try:
                found = await self._client.titles()
            except Unavailable:
                return self._known
            self._known = dict(sorted(found.items(), key=lambda one: one[1].lower()))
            self._until = monotonic() + FRESH_SECONDS
        return self._known

    async def close(self) -> None:
        """Ends the pooled connections."""
        await self._client.close()
