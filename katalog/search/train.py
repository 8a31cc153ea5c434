"""Learns the search's model for the services that the catalogue holds now: ``python -m katalog.search.train``.

``./lotse start`` and ``./lotse train`` run it in a process of its own, beside the training of the intents. It does nothing where the
model is there already, which a hash over names and example questions tells.
"""

import pickle

from core.settings import Settings
from katalog.search import learned, nothing
from katalog.search.learned import FEWEST_QUESTIONS, ServiceModel
from katalog.snapshot import leistungen_of
from katalog.store import CatalogueStore, engine_for
from language.encoder import CachedEncoder

# The model of today's catalogue and the one before; each has 105 MB.
KEPT = 2


def main() -> None:
    """Writes LOTSE_CACHE/models/suche-<code>-<hash>.pickle."""
    settings = Settings()
    leistungen, none = leistungen_of(CatalogueStore(engine_for(settings)).all()[1]), nothing.sentences()
    path = learned.path_for(settings, leistungen, none)
    if path.exists() or not any(len(one.beispielfragen) >= FEWEST_QUESTIONS for one in leistungen):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    encoder = CachedEncoder.open(settings.cache_folder, "suche")
    part = path.with_suffix(".part")
    part.write_bytes(pickle.dumps(ServiceModel(leistungen, none, encoder), protocol=pickle.HIGHEST_PROTOCOL))
    part.replace(path)
    for old in sorted(path.parent.glob("suche-*.pickle"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
        old.unlink()
    encoder.save()


if __name__ == "__main__":
    main()
