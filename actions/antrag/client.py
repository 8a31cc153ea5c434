"""The process's pooled client of the applications."""

from core.settings import Settings
from katalog.applications.client import ApplicationsClient

_client: ApplicationsClient | None = None


def client() -> ApplicationsClient:
    """Made at the first call, inside the running event loop."""
    global _client
    if _client is None:
        settings = Settings()
        _client = ApplicationsClient(settings.catalogue_url, settings.secret("catalogue_token"))
    return _client
