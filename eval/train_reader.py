"""Learn to read from SQuAD-layout sets: which sentence answers, and which of its words; judged by folds and by sets.

    python -m eval.train_reader SET/squad.json … --out rag/data

Writes `reader.json`, the weights of `rag.evidence`, and by `eval.train_spans` the trees and edges of `rag.span`. The
sentence is learned as a softmax over the units of a paragraph, so that those holding a gold answer win; ridge on
standardised features. Each question is also asked without accents.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import Span
from corpus.text import clean, fold
from eval.inputs import Reader, read_squad
from eval.metrics import exact_match, f1, mean
from eval.reading import holds_gold
from eval.train_spans import Passage, SpanModel, fit_spans, words_in
from index.embed import Embedder, load_embedder
from rag.evidence import FEATURES, Matrix, Weights
from rag.reading import shares_of, table_of
from rag.understand import Query, query_of
from rag.units import Unit, units_of

RIDGE = 2.0
STEPS = 400
RATE = 0.05
FOLDS = 5  # of neighbouring paragraphs


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the features of its paragraph's units, and which of these hold a gold answer."""

    source: Reader
    name: str  # of the set
    query: Query
    units: tuple[Unit, ...]
    table: Matrix  # a row a unit
    gold: Matrix  # 1 where the unit holds a gold answer
    fold: int


Sets = dict[str, list[Example]]


def read_examples(path: Path, embedder: Embedder, unaccented: bool) -> list[Example]:
    """One example a question; `unaccented` asks it without accents."""
    sources = read_squad(path)
    order = {text: at for at, text in enumerate(dict.fromkeys(source.paragraph for source in sources))}
    examples = []
    for source in sources:
        text = clean(source.question)
        asked = fold(text) if unaccented else text
        query = query_of(asked, asked)
        units = tuple(unit for unit in units_of(source.paragraph, Span(0, len(source.paragraph))) if unit.words)
        gold = np.array([float(holds_gold(source, unit.span)) for unit in units])
        part = order[source.paragraph] * FOLDS // len(order)
        examples.append(Example(source, path.parent.name, query, units, table_of(query, units, embedder), gold, part))
    return examples


def fit(examples: Sequence[Example]) -> Weights:
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
    return Weights(np.asarray(weights / spread))


def accuracy(examples: Sequence[Example], weights: Weights) -> float:
    """Of the sentence chosen by the weights alone."""
    return mean([float(example.gold[int(weights.score(example.table).argmax())]) for example in examples])


def passages(examples: Sequence[Example], weights: Weights) -> list[Passage]:
    """What the spans are learned from; every set weighs as much as another."""
    sizes = Counter(example.name for example in examples)
    return [
        Passage(
            example.source,
            example.query,
            tuple(unit.span for unit in example.units),
            shares_of(weights.score(example.table)),
            len(examples) / len(sizes) / sizes[example.name],
        )
        for example in examples
    ]


def learn(examples: Sequence[Example], stripped: Sequence[Example]) -> tuple[Weights, SpanModel]:
    """Sentences from both ways of asking, words from the accented one."""
    weights = fit([*examples, *stripped])
    return weights, fit_spans(passages(examples, weights))


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one question."""

    alone: float  # the sentence by the weights alone is right
    sentence: float
    exact: float
    f1: float


def outcomes(examples: Sequence[Example], weights: Weights, model: SpanModel) -> list[Outcome]:
    """The questions read as `rag.reading` reads them."""
    found, spans = list[Outcome](), model.reader()
    for example, passage in zip(examples, passages(examples, weights), strict=True):
        sentence, answer = words_in(passage, spans)
        said = answer.of(example.source.paragraph)
        found.append(
            Outcome(
                float(example.gold[int(passage.shares.argmax())]),
                float(holds_gold(example.source, sentence)),
                exact_match(said, example.source.answers),
                f1(said, example.source.answers),
            )
        )
    return found


def figures(found: Sequence[Outcome]) -> dict[str, float]:
    names = ("alone", "sentence", "exact", "f1")
    return {name: round(mean([float(getattr(one, name)) for one in found]), 4) for name in names}


def by_folds(accented: Sets, stripped: Sets) -> dict[str, dict[str, float]]:
    """Each set's questions read by what was learned on the other folds of all sets."""
    found: dict[str, list[Outcome]] = {name: [] for name in accented}
    for part in range(FOLDS):
        kept = [[one for each in sets.values() for one in each if one.fold != part] for sets in (accented, stripped)]
        model = learn(*kept)
        for name, examples in accented.items():
            found[name] += outcomes([one for one in examples if one.fold == part], *model)
        print(part, {name: figures(each) for name, each in found.items()}, flush=True)
    return {name: figures(each) for name, each in found.items()}


def by_sets(accented: Sets, stripped: Sets) -> dict[str, dict[str, float]]:
    """Each set's questions read by what was learned on the other sets."""
    report = {}
    for name in accented:
        kept = [[one for other in sets if other != name for one in sets[other]] for sets in (accented, stripped)]
        weights, spans = learn(*kept)
        report[name] = figures(outcomes(accented[name], weights, spans)) | {
            "alone, no diacritics": round(accuracy(stripped[name], weights), 4)
        }
        print(name, report[name], flush=True)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    embedder, model_id = load_embedder()
    accented = {path.parent.name: read_examples(path, embedder, unaccented=False) for path in arguments.sets}
    stripped = {path.parent.name: read_examples(path, embedder, unaccented=True) for path in arguments.sets}
    judged = {"by folds": by_folds(accented, stripped), "the set left out": by_sets(accented, stripped)}
    weights, spans = learn(*([one for each in sets.values() for one in each] for sets in (accented, stripped)))
    table = {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights.values, strict=True)}
    report = {"weights": table, "embedder": model_id, "judged": judged}
    (arguments.out / "reader.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    spans.save(arguments.out)
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
