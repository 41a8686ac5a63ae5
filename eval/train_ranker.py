"""Learn the ranker's weights from BEIR sets and from pairs, judged leave-one-set-out.

    python -m eval.train_ranker --sets DIR… --pairs FILE.jsonl… --work DIR --out rag/data/ranker.json

Each set is indexed by the real code, once, under `--work`; a question's candidates are those that the real search
gives it, as written and without accents. A softmax over them, trained so that the chunks of right documents win; ridge
on standardised features. The table printed and kept in `--out` leaves the judged set out of training; the weights kept
are trained on all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from eval.inputs import Beir, read_beir
from eval.metrics import ranking_metrics
from eval.perturb import perturbed
from index.embed import Embedder, load_embedder
from index.store import Store
from rag.rank_features import FEATURES
from rag.rank_question import Matrix
from rag.retrieve import DEPTH, RANKED, SearchQuery, measured, search
from rag.scope import places_of
from rag.understand import understand

RIDGE = 50.0
STEPS = 200
RATE = 0.08
TYPED = ("", "no-diacritics")
TRAINED = 300  # questions a set and a way of typing, at most
JUDGED = 1000
PAIRS, BLOCK = 5000, 500  # of a file of pairs at most, in blocks of neighbours: what is alike stands together
LEAST = 4  # words of a question


@dataclass(frozen=True, slots=True)
class Example:
    """One question's candidates in the searches' order: features, right or not, documents; and what is right."""

    table: Matrix
    gold: NDArray[np.bool_]
    documents: tuple[str, ...]
    right: dict[str, int]
    fused: Matrix


def as_folder(pairs: Path, into: Path) -> Path:
    """A file of pairs as a BEIR folder: equal passages are one, a question's passages are right."""
    folder = into / pairs.stem
    if (folder / "qrels").exists():
        return folder
    random = Random(pairs.stem)
    passages: dict[str, str] = {}
    right: dict[str, set[str]] = {}
    for line in _blocks(pairs.read_text(encoding="utf-8").splitlines(), random):
        pair = json.loads(line)
        id = passages.setdefault(pair["p"], f"p{len(passages)}")
        if len(pair["q"].split()) >= LEAST:
            right.setdefault(pair["q"], set()).add(id)
    asked = random.sample(sorted(right), min(len(right), TRAINED))
    (folder / "qrels").mkdir(parents=True)
    rows = [f"q{number}\t{id}\t1" for number, question in enumerate(asked) for id in sorted(right[question])]
    _write(folder / "corpus.jsonl", [json.dumps({"_id": id, "text": text}) for text, id in passages.items()])
    _write(folder / "queries.jsonl", [json.dumps({"_id": f"q{n}", "text": text}) for n, text in enumerate(asked)])
    _write(folder / "qrels" / "test.tsv", rows)
    return folder


def _write(path: Path, lines: Sequence[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _blocks(lines: Sequence[str], random: Random) -> list[str]:
    if len(lines) <= PAIRS:
        return list(lines)
    starts = random.sample(range(0, len(lines) - BLOCK, BLOCK), PAIRS // BLOCK)
    return [line for start in starts for line in lines[start : start + BLOCK]]


def read_examples(folder: Path, work: Path, embedder: Embedder, model: str, most: int) -> dict[str, list[Example]]:
    """The examples of a BEIR folder by way of typing."""
    beir = read_beir(folder)
    store = Store.open(work / "stores" / folder.name, embedder, model)
    store.add(beir.uploads.values())
    asked = drawn(beir, most)
    found = {typed: _examples(beir, asked, typed, store, embedder) for typed in TYPED}
    store.close()
    return found


def drawn(beir: Beir, most: int) -> list[str]:
    """The ids of the questions that are judged, the same every time; the first `TRAINED` are learnt from."""
    return Random(0).sample(sorted(beir.queries), min(most, len(beir.queries)))


def _examples(beir: Beir, asked: Sequence[str], typed: str, store: Store, embedder: Embedder) -> list[Example]:
    snapshot = store.snapshot()
    known = places_of(snapshot)
    ids = {upload.document.id: id for id, upload in beir.uploads.items()}
    examples = []
    for id in asked:
        text = beir.queries[id]
        text = understand(perturbed(typed, text, id) if typed else text, known=known).text
        query = SearchQuery(text, embedder.encode_query([text])[0])
        found = search(snapshot, query, DEPTH)
        chunks = snapshot.chunks(found.best(RANKED))
        documents = tuple(ids[chunk.document_id] for chunk in chunks)
        right = beir.qrels[id]
        gold = np.array([right.get(document, 0) > 0 for document in documents], dtype=bool)
        fused = np.array([found.fused[chunk.id] for chunk in chunks])
        if chunks:
            examples.append(Example(measured(snapshot, query, found, chunks), gold, documents, right, fused))
    return examples


def fit(sets: Sequence[Sequence[Example]]) -> Matrix:
    """Weights in the features' own scale, by full-batch Adam on the likelihood; a set counts as its size's root."""
    usable = [(e, len(s) ** -0.5) for s in sets for e in s if e.gold.any() and not e.gold.all()]
    table = np.vstack([example.table for example, _ in usable])
    gold = np.concatenate([example.gold for example, _ in usable])
    sizes = np.array([len(example.gold) for example, _ in usable])
    share = np.array([share for _, share in usable])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(sizes)), sizes)
    spread = table.std(axis=0) + 1e-9
    scaled = (table - table.mean(axis=0)) / spread
    counts = (share / share.mean())[group]
    weights = np.zeros(table.shape[1])
    momentum, scale = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = scaled @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        given = powers / np.add.reduceat(powers, starts)[group]
        right = powers * gold / np.add.reduceat(powers * gold, starts)[group]
        slope = (scaled.T @ ((given - right) * counts) + 2 * RIDGE * weights) / len(usable)
        momentum = 0.9 * momentum + 0.1 * slope
        scale = 0.99 * scale + 0.01 * slope**2
        weights -= RATE * (momentum / (1 - 0.9**step)) / (np.sqrt(scale / (1 - 0.99**step)) + 1e-8)
    return np.asarray(weights / spread)


def ndcg(examples: Sequence[Example], weights: Matrix | None) -> float:
    """nDCG@10 of the order that the weights give, or of the searches' own."""
    run: dict[str, dict[str, float]] = {}
    for number, example in enumerate(examples):
        scores = example.fused if weights is None else example.table @ weights
        found = run.setdefault(str(number), {})
        for document, score in zip(example.documents, scores.tolist(), strict=True):
            found[document] = max(found.get(document, score), score)
    qrels = {str(number): example.right for number, example in enumerate(examples)}
    return round(ranking_metrics(qrels, run)["ndcg@10"], 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="+", type=Path, required=True, help="BEIR folders, judged and trained on")
    parser.add_argument("--pairs", nargs="*", type=Path, default=[], help="files of pairs, trained on")
    parser.add_argument("--work", type=Path, required=True, help="where folders and stores are made and kept")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    embedder, model = load_embedder()
    judged = {folder.name: read_examples(folder, given.work, embedder, model, JUDGED) for folder in given.sets}
    folders = [as_folder(pairs, given.work / "pairs") for pairs in given.pairs]
    trained = {folder.name: read_examples(folder, given.work, embedder, model, TRAINED) for folder in folders}
    trained |= {name: {typed: found[typed][:TRAINED] for typed in TYPED} for name, found in judged.items()}
    left_out = {}
    for name, found in judged.items():
        weights = fit([e for other, sets in trained.items() if other != name for e in sets.values()])
        before, after = ([ndcg(found[typed], w) for typed in TYPED] for w in (None, weights))
        left_out[name] = {"fused": before[0], "ranked": after[0], "fused bare": before[1], "ranked bare": after[1]}
        print(name, left_out[name], flush=True)
    weights = fit([examples for sets in trained.values() for examples in sets.values()])
    table = {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights, strict=True)}
    report = {"weights": table, "embedder": model, "trained on": sorted(trained)}
    report["nDCG@10, the set left out of training; bare: without accents"] = left_out
    given.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
