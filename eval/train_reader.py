"""Learn to read from SQuAD-layout sets: which sentence answers, and which of its words; judged by folds and by sets.

    python -m eval.train_reader SET/squad.json … --out rag/data

Writes by `eval.train_sentences` `reader.json`, the weights of `rag.evidence`, and `reading.json`, those of
`rag.reading`; by `eval.train_spans` the trees and edges of `rag.span`. Each question is also asked without accents.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import Span
from corpus.text import clean, fold
from eval.metrics import exact_match, f1, mean
from eval.reading import holds_gold
from eval.squad import FOLDS, folds_of, read_squad
from eval.train_sentences import Example, fit, fit_likely
from eval.train_spans import Passage, SpanModel, fit_spans, words_in
from index.embed import Embedder, load_embedder
from rag import evidence
from rag.agreement import Agreement
from rag.evidence import Matrix
from rag.reader_net import ReaderNet
from rag.reader_net import load as load_nets
from rag.reading import FEATURES, Likely, shares_of, table_of
from rag.understand import query_of
from rag.units import units_of

Sets = dict[str, list[Example]]


def read_examples(path: Path, embedder: Embedder, unaccented: bool) -> list[Example]:
    """One example a question; `unaccented` asks it without accents."""
    sources = read_squad(path)
    examples = []
    for source, part in zip(sources, folds_of(sources), strict=True):
        text = clean(source.question)
        asked = fold(text) if unaccented else text
        query = query_of(asked, asked)
        units = tuple(unit for unit in units_of(source.paragraph, Span(0, len(source.paragraph))) if unit.words)
        gold = np.array([float(holds_gold(source, unit.span)) for unit in units])
        examples.append(Example(source, path.parent.name, query, units, table_of(query, units, embedder), gold, part))
    return examples


def logits(example: Example, likely: Likely) -> Matrix:
    return likely.score(example.table, example.slot, example.units)


def accuracy(examples: Sequence[Example], likely: Likely) -> float:
    """Of the likeliest sentence, before its words are looked at."""
    return mean([float(example.gold[int(logits(example, likely).argmax())]) for example in examples])


def passages(examples: Sequence[Example], likely: Likely) -> list[Passage]:
    """What the spans are learned from; every set weighs as much as another."""
    sizes = Counter(example.name for example in examples)
    return [
        Passage(
            example.source,
            example.query,
            tuple(unit.span for unit in example.units),
            shares_of(logits(example, likely)),
            len(examples) / len(sizes) / sizes[example.name],
        )
        for example in examples
    ]


def learn(examples: Sequence[Example], stripped: Sequence[Example]) -> tuple[Likely, SpanModel]:
    """Sentences from both ways of asking, words from the accented one.

    What `rag.agreement` learns is surer of sentences that it has seen than it will be of others. So its words count
    half, and the spans learn what is likely by the features of `rag.evidence` alone (docs/retrieval.md).
    """
    both = [*examples, *stripped]
    further = np.zeros(len(FEATURES) - len(evidence.FEATURES))
    plain = Likely(np.concatenate([fit(both).values, further]), Agreement({}))
    return with_half_the_words(fit_likely(both)), fit_spans(passages(examples, plain))


def with_half_the_words(likely: Likely) -> Likely:
    """The same features, and every word's weight halved."""
    words = {
        way: {word: weight / 2 for word, weight in table.items()} for way, table in likely.agreement.weights.items()
    }
    return Likely(likely.values, Agreement(words))


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one question."""

    alone: float  # the likeliest sentence, before its words are looked at, is right
    sentence: float
    exact: float
    f1: float


def outcomes(
    examples: Sequence[Example], likely: Likely, model: SpanModel, nets: Sequence[ReaderNet] = ()
) -> list[Outcome]:
    """The questions read as `rag.reading` reads them; without networks, if none are given."""
    found, spans = list[Outcome](), model.reader()
    for example, passage in zip(examples, passages(examples, likely), strict=True):
        sentence, answer = words_in(passage, spans, nets)
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


def by_folds(accented: Sets, stripped: Sets, nets: Path | None) -> dict[str, dict[str, float]]:
    """Each set's questions read by what was learned on the other folds of all sets."""
    found: dict[str, list[Outcome]] = {name: [] for name in accented}
    for part in range(FOLDS):
        kept = [[one for each in sets.values() for one in each if one.fold != part] for sets in (accented, stripped)]
        model, own = learn(*kept), load_nets(nets / f"reader_net.{part}.safetensors") if nets else ()
        for name, examples in accented.items():
            found[name] += outcomes([one for one in examples if one.fold == part], *model, own)
        print(part, {name: figures(each) for name, each in found.items()}, flush=True)
    return {name: figures(each) for name, each in found.items()}


def by_sets(accented: Sets, stripped: Sets) -> dict[str, dict[str, float]]:
    """Each set's questions read by what was learned on the other sets."""
    report = {}
    for name in accented:
        kept = [[one for other in sets if other != name for one in sets[other]] for sets in (accented, stripped)]
        likely, spans = learn(*kept)
        report[name] = figures(outcomes(accented[name], likely, spans)) | {
            "alone, no diacritics": round(accuracy(stripped[name], likely), 4)
        }
        print(name, report[name], flush=True)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--nets", type=Path, help="the networks that `eval.train_reader_net --without` made, to judge with"
    )
    arguments = parser.parse_args()
    embedder, model_id = load_embedder()
    accented = {path.parent.name: read_examples(path, embedder, unaccented=False) for path in arguments.sets}
    stripped = {path.parent.name: read_examples(path, embedder, unaccented=True) for path in arguments.sets}
    judged = {"by folds": by_folds(accented, stripped, arguments.nets), "the set left out": by_sets(accented, stripped)}
    kept = [[one for each in sets.values() for one in each] for sets in (accented, stripped)]
    likely, spans = learn(*kept)
    weights = fit([one for each in kept for one in each])
    _write(arguments.out / "reader.json", {"weights": _named(evidence.FEATURES, weights.values), "embedder": model_id})
    _write(
        arguments.out / "reading.json",
        {
            "weights": _named(FEATURES, likely.values),
            "embedder": model_id,
            "judged": judged,
            "agreement": {way: _rounded(table) for way, table in likely.agreement.weights.items()},
        },
    )
    spans.save(arguments.out)


def _named(features: Sequence[str], values: Matrix) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(features, values, strict=True)}


def _rounded(table: Mapping[str, float]) -> dict[str, float]:
    return {word: round(weight, 3) for word, weight in table.items()}


def _write(file: Path, saved: dict[str, object]) -> None:
    file.write_text(json.dumps(saved, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
