"""Trains the model for today's data: ``python -m bot.train --output FOLDER --name NAME``.

``./lotse train`` runs it in a process of its own: importing Rasa takes 12 s and half a gigabyte.
"""

import argparse
import sys
from pathlib import Path

from rasa.model_training import train

from core import learned
from core.settings import PROJECT, Settings


def main() -> int:
    """Writes FOLDER/NAME.tar.gz; exit code 1 when training failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--name", required=True)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    version = learned.folder(Settings())
    taught = [str(version / "nlu")] if version and any((version / "nlu").glob("*.yml")) else []
    result = train(
        domain=str(PROJECT / "domain.yml"),
        config=str(PROJECT / "config.yml"),
        training_files=[str(PROJECT / "data" / "nlu"), str(PROJECT / "data" / "rules"), *taught],
        output=str(arguments.output),
        fixed_model_name=arguments.name,
        force_training=True,
    )
    return 0 if result.model else 1


if __name__ == "__main__":
    sys.exit(main())
