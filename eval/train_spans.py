"""Learn which words of a sentence are the answer; called by `eval.train_reader`.

A row is a candidate of one of the likeliest sentences of a paragraph, or of one that holds an answer; what the trees
foretell is its F1 against the nearest gold answer. The edges that a row sees are counted on the other half of the
training paragraphs, so that the trees do not trust them more than they will deserve.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import lightgbm
import numpy as np

from corpus.document import Span
from eval.squad import Gold, Reader
from rag.edges import Edges, Stretch
from rag.line import Line
from rag.pointing import Pointing
from rag.reader_net import ReaderNet
from rag.reading import choose, most_likely, sentence_of
from rag.slot import Slot
from rag.span import SpanReader
from rag.span_features import FEATURES, Matrix, features
from rag.trees import Saved, Trees
from rag.understand import Query

BEST, SOME, OTHERS = 12, 40, 15  # candidates a sentence: the best and some of one with an answer, some of another
ROUNDS = 200
PARAMETERS = {
    "objective": "l2",
    "num_leaves": 40,
    "max_depth": 7,
    "learning_rate": 0.1,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "num_threads": 1,
    "seed": 0,
    "verbose": -1,
}


@dataclass(frozen=True)
class Passage:
    """A question with its paragraph's sentences and their shares."""

    source: Reader
    query: Query
    sentences: tuple[Span, ...]
    shares: Matrix
    weight: float  # of its candidates in training

    @cached_property
    def slot(self) -> Slot:
        return Slot.of(self.query)

    @property
    def half(self) -> int:
        return zlib.crc32(self.source.paragraph.encode()) % 2

    def line(self, at: int) -> Line:
        return Line.of(self.source.paragraph, self.sentences[at])

    @cached_property
    def holding(self) -> list[int]:
        """The sentences in which a gold answer begins."""
        starts = [gold.start for gold in self.source.golds if gold.start is not None]
        return [at for at, span in enumerate(self.sentences) if any(span.start <= start < span.end for start in starts)]

    def looked_at(self) -> list[int]:
        """The likeliest sentences, the likeliest first, then the others that hold an answer."""
        best = most_likely(self.shares)
        return [*best, *(at for at in self.holding if at not in best)]


@dataclass(frozen=True, slots=True)
class SpanModel:
    """What is shipped: trees as they are saved, and edges."""

    trees: list[Saved]
    edges: Edges

    def reader(self) -> SpanReader:
        return SpanReader(Trees.of(self.trees), self.edges)

    def save(self, folder: Path) -> None:
        """`span.json`, a tree a line, and `edges.json`."""
        rows = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in self.trees)
        names = json.dumps(list(FEATURES), ensure_ascii=False)
        (folder / "span.json").write_text(f'{{"features": {names},\n"trees": [\n{rows}\n]}}\n', encoding="utf-8")
        odds = json.dumps(self.edges.odds, ensure_ascii=False, indent=0)
        (folder / "edges.json").write_text(odds + "\n", encoding="utf-8")


def fit_spans(passages: Sequence[Passage]) -> SpanModel:
    """Trees by LightGBM."""
    halves = [count_edges([one for one in passages if one.half != half]) for half in (0, 1)]
    chance = np.random.default_rng(0)
    rows = [row for one in passages for row in _rows(one, halves[one.half], chance)]
    table, near, weight = (np.concatenate(column) for column in zip(*rows, strict=True))
    data = lightgbm.Dataset(table, near, weight=weight)
    booster = lightgbm.train(PARAMETERS, data, ROUNDS)
    trees = [_saved(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    return SpanModel(trees, count_edges(passages))


def words_in(passage: Passage, spans: SpanReader, nets: Sequence[ReaderNet] = ()) -> tuple[Span, Span]:
    """The sentence and the words, as `rag.reading` chooses them."""
    text = passage.source.paragraph
    pointing = Pointing.of(passage.query, text, nets) if nets else None
    logits = np.log(passage.shares + 1e-9)
    unit, answer = choose(text, passage.slot, passage.sentences, logits, spans, pointing)
    return sentence_of(text, unit), answer


def count_edges(passages: Sequence[Passage]) -> Edges:
    lines = ((one, one.line(at)) for one in passages for at in one.holding)
    found = ((line.neighbours(), stretches(line, one.source.golds), one.slot.kind) for one, line in lines)
    return Edges.count(each for each in found if each[1])


def stretches(line: Line, golds: Sequence[Gold]) -> list[Stretch]:
    """Where in a sentence gold answers begin, and their last token in it."""
    within = [
        Span(gold.start, gold.start + len(gold.text))
        for gold in golds
        if gold.start is not None and line.span.start <= gold.start < line.span.end
    ]
    return [stretch for span in within if (stretch := line.stretch(span))]


def nearness(line: Line, golds: Sequence[Stretch]) -> Matrix:
    """The F1 of each candidate, by places, against the nearest gold answer."""
    best = np.zeros(len(line.first))
    for first, last in golds:
        common = np.clip(np.minimum(line.last, last) - np.maximum(line.first, first) + 1, 0, None)
        best = np.maximum(best, 2 * common / ((line.last - line.first + 1) + (last - first + 1)))
    return best


def _rows(passage: Passage, edges: Edges, chance: np.random.Generator) -> list[tuple[Matrix, Matrix, Matrix]]:
    found = []
    for rank, at in enumerate(passage.looked_at()):
        line = passage.line(at)
        golds = stretches(line, passage.source.golds)
        near = nearness(line, golds)
        keep = chance.random(len(near)) < (SOME if golds else OTHERS) / len(near)
        if golds:
            keep[np.argsort(-near)[:BEST]] = True
        table = features(passage.slot, line, edges, float(passage.shares[at]), rank)
        found.append((table[keep], near[keep], np.full(keep.sum(), passage.weight)))
    return found


def _saved(node: object) -> Saved:
    """A node of LightGBM's dump as `rag.trees` reads it."""
    part = cast("dict[str, object]", node)
    if "leaf_value" in part:
        return [_short(part["leaf_value"])]
    children = [_saved(part["left_child"]), _saved(part["right_child"])]
    return cast(Saved, [cast(int, part["split_feature"]), _short(part["threshold"]), *children])


def _short(value: object) -> float:
    return float(f"{cast(float, value):.4g}")
