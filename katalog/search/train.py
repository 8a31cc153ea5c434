"""Learns the search's model for the services that the catalogue holds now: ``python -m katalog.search.train``.

``./lotse start`` and ``./lotse train`` run it in a process of its own, beside the training of the intents. It does nothing where the
model is there already, which a hash over names and example questions tells.
"""

from core.settings import Settings
from katalog.search import nothing
from katalog.search.kept import path_for, write
from katalog.search.learned import FEWEST_QUESTIONS, KIND, ServiceModel, learned_from
from katalog.snapshot import leistungen_of
from katalog.store import CatalogueStore, engine_for
from language.encoder import CachedEncoder


def main() -> None:
    """Writes LOTSE_CACHE/models/suche-<code>-<data>.pickle."""
    settings = Settings()
    leistungen, none = leistungen_of(CatalogueStore(engine_for(settings)).all()[1]), nothing.sentences()
    path = path_for(settings, KIND, learned_from(leistungen, none))
    if path.exists() or not any(len(one.beispielfragen) >= FEWEST_QUESTIONS for one in leistungen):
        return
    encoder = CachedEncoder.open(settings.cache_folder, "suche")
    write(path, ServiceModel(leistungen, none, encoder))
    encoder.save()


if __name__ == "__main__":
    main()
