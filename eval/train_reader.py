"""Learn the reader's weights from SQuAD-layout sets, judged leave-one-set-out.

    python -m eval.train_reader SET/squad.json … --out rag/data/reader.json

A softmax over the units of a paragraph, trained so that units holding a gold answer win; ridge on standardised
features.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import Span
from corpus.text import clean, fold
from index.embed import Embedder, load_embedder
from rag.evidence import FEATURES, Asked, Matrix, features, units_of
from rag.understand import query_of

RIDGE = 2.0
STEPS = 400
RATE = 0.05


@dataclass(frozen=True, slots=True)
class Example:
    table: Matrix  # a row a unit
    gold: Matrix  # 1 where the unit holds a gold answer


def read_examples(path: Path, embedder: Embedder, unaccented: bool) -> list[Example]:
    """One example a question; `unaccented` asks it without accents."""
    examples = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            text = clean(paragraph["context"])
            units = units_of(text, Span(0, len(text)))
            folded = [fold(this.quote) for this in units]
            for entry in paragraph["qas"]:
                golds = [fold(clean(answer["text"])) for answer in entry["answers"]]
                question = fold(clean(entry["question"])) if unaccented else clean(entry["question"])
                query = query_of(question, question)
                vector = embedder.encode_query([question])[0]
                table = features(Asked(query.terms, query.words, query.expected, vector), units, embedder)
                gold = np.array([float(any(answer in unit for answer in golds)) for unit in folded])
                examples.append(Example(table, gold))
    return examples


def fit(examples: Sequence[Example]) -> Matrix:
    """Weights in the features' own scale, by full-batch Adam on the softmax likelihood."""
    usable = [example for example in examples if 0 < example.gold.sum() < len(example.gold)]
    table = np.vstack([example.table for example in usable])
    gold = np.concatenate([example.gold for example in usable])
    sizes = np.array([len(example.gold) for example in usable])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(sizes)), sizes)
    spread = table.std(axis=0) + 1e-9
    scaled = (table - table.mean(axis=0)) / spread
    weights = np.zeros(table.shape[1])
    momentum, scale = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = scaled @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        share = powers / np.add.reduceat(powers, starts)[group]
        right = powers * gold / np.add.reduceat(powers * gold, starts)[group]
        slope = (scaled.T @ (share - right) + 2 * RIDGE * weights) / len(usable)
        momentum = 0.9 * momentum + 0.1 * slope
        scale = 0.99 * scale + 0.01 * slope**2
        weights -= RATE * (momentum / (1 - 0.9**step)) / (np.sqrt(scale / (1 - 0.99**step)) + 1e-8)
    return np.asarray(weights / spread)


def accuracy(examples: Sequence[Example], weights: Matrix) -> float:
    return float(np.mean([example.gold[int((example.table @ weights).argmax())] for example in examples]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    embedder, model_id = load_embedder()
    accented = {path.parent.name: read_examples(path, embedder, unaccented=False) for path in arguments.sets}
    stripped = {path.parent.name: read_examples(path, embedder, unaccented=True) for path in arguments.sets}
    left_out = {}
    for name in accented:
        weights = fit([row for other in accented if other != name for row in (*accented[other], *stripped[other])])
        left_out[name] = {
            "accuracy": round(accuracy(accented[name], weights), 4),
            "no-diacritics": round(accuracy(stripped[name], weights), 4),
            "coverage alone": round(accuracy(accented[name], np.eye(len(FEATURES))[0]), 4),
        }
        print(name, left_out[name], flush=True)
    weights = fit([row for name in accented for row in (*accented[name], *stripped[name])])
    table = {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights, strict=True)}
    report = {"weights": table, "embedder": model_id, "sentence accuracy, the set left out of training": left_out}
    arguments.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
