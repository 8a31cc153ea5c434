"""Stock Rasa's default pipeline on our training sentences: ``python -m bench.evaluate.stock_rasa --texts FILE --epochs N``.

The pipeline is what ``rasa init`` of 3.6 writes, with the fallback's threshold left out of play (the best intent is told).
"""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu

from bot.nlu.further import further
from core.settings import PROJECT

PIPELINE: list[dict[str, object]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": 0},
]


def _config(folder: Path, epochs: int) -> str:
    pipeline = [{**step, "epochs": epochs} if "epochs" in step else step for step in PIPELINE]
    path = folder / "config.yml"
    path.write_text(yaml.safe_dump({"recipe": "default.v1", "assistant_id": "stock", "language": "de", "pipeline": pipeline}), "utf-8")
    return str(path)


def _training_data(folder: Path) -> str:
    """A folder with our training sentences and, as one more file, the further ones that our own model reads beside them."""
    data = folder / "nlu"
    shutil.copytree(PROJECT / "data" / "nlu", data)
    by_intent: dict[str, list[str]] = {}
    for intent, text in further():
        by_intent.setdefault(intent, []).append(" ".join(text.split()))
    lines = ['version: "3.1"', "nlu:"]
    for intent, texts in by_intent.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {text}" for text in texts)]
    (data / "weitere.yml").write_text("\n".join(lines) + "\n", "utf-8")
    return str(data)


async def _intents(model: str, texts: list[str]) -> tuple[list[tuple[str, float]], float]:
    agent = Agent.load(model)
    found, begun = [], time.perf_counter()
    for text in texts:
        intent = (await agent.parse_message(text))["intent"]
        found.append((intent["name"] or "", float(intent["confidence"])))
    return found, (time.perf_counter() - begun) * 1000 / max(len(texts), 1)


def main() -> int:
    """Trains, parses and prints one JSON object: intents, training_s, ms."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=100)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.monotonic()
        model = train_nlu(_config(folder, arguments.epochs), _training_data(folder), str(folder))
        took = time.monotonic() - begun
        if not model:
            return 1
        found, ms = asyncio.run(_intents(model, json.loads(arguments.texts.read_text("utf-8"))))
    print(json.dumps({"intents": found, "training_s": round(took, 1), "ms": round(ms, 2)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
