"""Learn the ranker's weights from BEIR sets and from pairs, judged leave-one-set-out.

    python -m eval.train_ranker --sets DIR… --pairs FILE.jsonl… --headlines FOLDER --work DIR \
        --out rag/data/ranker.json

Each set is indexed by the real code, once, under `--work`; a question's candidates are those that the real search
gives it, as written and without accents. A softmax over them, trained so that the chunks of right documents win; ridge
on standardised features. What states (titles, keywords) has weights of its own, which ridge holds near the others, and
then further ones for the documents read on; headlines (`eval.headlines`) teach these alone. The table printed and kept
in `--out` leaves the judged set out of training; the weights kept are trained on all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from eval.beir import Beir, read_beir
from eval.headlines import bodies, headed
from eval.metrics import ranking_metrics
from eval.perturb import perturbed
from eval.softmax import ahead, climb, scaled
from index.embed import Embedder, load_embedder
from index.records import StoredChunk
from index.snapshot import Snapshot
from index.store import Store
from rag.rank import Ranker
from rag.rank_documents import WHOLE, likeliest, read_on
from rag.rank_features import FEATURES
from rag.rank_question import Matrix, asks
from rag.retrieve import DEPTH, RANKED, SearchQuery, measured, search
from rag.scope import places_of
from rag.understand import understand

RIDGE, STATING_RIDGE = 50.0, 20.0
STEPS = 200
RATE = 0.08
TYPED = ("", "no-diacritics")
TRAINED = 300  # questions a set and a way of typing, at most
JUDGED = 600
PAIRS = 5000  # of a file at most …
BLOCK = 500  # … in blocks of neighbours: what is alike stands together
HEADLINES = 600
HEADLINE = 4.0  # what one counts beside another statement; with the ridge above best on headlines left out in turn
LEAST = 4  # words of a question
SCORE = 0.3  # of the score beside what is read on, before anything is learned: what was ranked by it is too sure of it


@dataclass(frozen=True, slots=True)
class Example:
    """One question's candidates in the searches' order: features, right or not, documents; and what is right."""

    table: Matrix
    whole: Matrix | None  # the features of each candidate's document, of what states
    gold: NDArray[np.bool_]
    documents: tuple[str, ...]
    right: dict[str, int]
    fused: Matrix


def drawn_pairs(pairs: Path) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Of a file of pairs the passages with their ids, and the drawn questions with the ids of what is right.

    Equal passages are one, a question's passages are all right.
    """
    random = Random(pairs.stem)
    passages: dict[str, str] = {}
    right: dict[str, set[str]] = {}
    for line in _blocks(pairs.read_text(encoding="utf-8").splitlines(), random, PAIRS):
        pair = json.loads(line)
        id = passages.setdefault(pair["p"], f"p{len(passages)}")
        if len(pair["q"].split()) >= LEAST:
            right.setdefault(pair["q"], set()).add(id)
    asked = random.sample(sorted(right), min(len(right), TRAINED))
    return passages, {question: sorted(right[question]) for question in asked}


def as_folder(pairs: Path, into: Path) -> Path:
    """A file of pairs as a BEIR folder."""
    if ((folder := into / pairs.stem) / "qrels").exists():
        return folder
    return _as_beir(folder, *drawn_pairs(pairs))


def headlines_as_folder(pairs: Path, into: Path) -> Path:
    """Headlines from which nothing else is learned, and all texts that one of them may head, as a BEIR folder."""
    if ((folder := into / "headlines") / "qrels").exists():
        return folder
    _, apart = headed(pairs)
    passages = {body: f"p{number}" for number, body in enumerate(bodies(pairs))}
    return _as_beir(folder, passages, {title: [passages[body]] for title, body in apart[:HEADLINES]})


def _as_beir(folder: Path, passages: Mapping[str, str], right: Mapping[str, Sequence[str]]) -> Path:
    """`passages`: their ids by their text; `right`: by question the ids of its passages."""
    (folder / "qrels").mkdir(parents=True)
    rows = [f"q{number}\t{id}\t1" for number, ids in enumerate(right.values()) for id in ids]
    _write(folder / "corpus.jsonl", [json.dumps({"_id": id, "text": text}) for text, id in passages.items()])
    _write(folder / "queries.jsonl", [json.dumps({"_id": f"q{n}", "text": text}) for n, text in enumerate(right)])
    _write(folder / "qrels" / "test.tsv", rows)
    return folder


def _write(path: Path, lines: Sequence[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _blocks(lines: Sequence[str], random: Random, most: int) -> list[str]:
    if len(lines) <= most:
        return list(lines)
    starts = random.sample(range(0, len(lines) - BLOCK, BLOCK), most // BLOCK)
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
            whole = None if asks(text) else _whole(snapshot, query, chunks)
            examples.append(Example(measured(snapshot, query, found, chunks), whole, gold, documents, right, fused))
    return examples


def _whole(snapshot: Snapshot, query: SearchQuery, chunks: Sequence[StoredChunk]) -> Matrix:
    """Of all documents, for which of them will be likeliest is not known yet."""
    places = {id: at for at, id in enumerate(dict.fromkeys(chunk.document_id for chunk in chunks))}
    owners = np.array([places[chunk.document_id] for chunk in chunks])
    return np.asarray(read_on(snapshot, query.readings, chunks, owners)[owners])


Kept = tuple[Matrix, NDArray[np.bool_], float]  # a table, which of its rows are right, how much the question counts


def fit(sets: Sequence[Sequence[Example]], titles: Sequence[Sequence[Example]] = ()) -> Ranker:
    """Weights in the features' own scale; a set counts as its size's root. `titles` teach only what states."""
    asking = learnt([(e.table, e.gold, len(s) ** -0.5) for s in sets for e in s], np.zeros(len(FEATURES)), RIDGE)
    counted = [*((s, 1.0) for s in sets), *((s, HEADLINE) for s in titles)]
    stating = [(e, times * len(kept) ** -0.5) for s, times in counted if (kept := _stating(s)) for e in kept]
    said = learnt([(e.table, e.gold, weight) for e, weight in stating], asking, STATING_RIDGE)
    start = SCORE * np.eye(1 + len(WHOLE))[0]
    further = learnt([(*_read_on(e, said), weight) for e, weight in stating], start, STATING_RIDGE)
    return Ranker(asking, said, further[1:] / further[0])


def _stating(examples: Sequence[Example]) -> list[Example]:
    return [one for one in examples if one.whole is not None]


def _read_on(example: Example, stating: Matrix) -> tuple[Matrix, NDArray[np.bool_]]:
    """The candidates whose documents are read on: their score and the features of their documents."""
    score = example.table @ stating
    read = likeliest(example.documents, score) >= 0
    assert example.whole is not None
    return np.hstack([score[:, None], example.whole])[read], example.gold[read]


def learnt(kept: Sequence[Kept], start: Matrix, ridge: float) -> Matrix:
    """The likeliest weights, held near those of the start by ridge on standardised features."""
    usable = [one for one in kept if one[1].any() and not one[1].all()]
    table, spread = scaled(np.vstack([one[0] for one in usable]))
    above = ahead([one[1].astype(np.float64) for one in usable], np.array([one[2] for one in usable]))
    near = start * spread

    def slope(weights: Matrix) -> Matrix:
        return np.asarray((table.T @ above(table @ weights) + 2 * ridge * (weights - near)) / len(usable))

    return np.asarray(climb(slope, near, STEPS, RATE) / spread)


def scores_of(example: Example, ranker: Ranker | None) -> Matrix:
    """As `rag.retrieve` orders the candidates; without a ranker as the searches do."""
    if ranker is None:
        return example.fused
    told = np.asarray(sum(ranker.parts(example.table, example.whole is None).values()))
    if example.whole is None:
        return told
    owners = likeliest(example.documents, told)
    rows = np.array([example.whole[int(np.argmax(owners == at))] for at in range(int(owners.max()) + 1)])
    return np.asarray(told + ranker.of_documents(rows, owners))


def ndcg(examples: Sequence[Example], ranker: Ranker | None) -> float:
    """nDCG@10 of the order that the ranker gives, or of the searches' own."""
    run: dict[str, dict[str, float]] = {}
    for number, example in enumerate(examples):
        found = run.setdefault(str(number), {})
        for document, score in zip(example.documents, scores_of(example, ranker).tolist(), strict=True):
            found[document] = max(found.get(document, score), score)
    qrels = {str(number): example.right for number, example in enumerate(examples)}
    return round(ranking_metrics(qrels, run)["ndcg@10"], 4)


def _tables(ranker: Ranker) -> dict[str, dict[str, float]]:
    weighed = {
        "asking": (FEATURES, ranker.asking),
        "stating": (FEATURES, ranker.stating),
        "whole": (WHOLE, ranker.whole),
    }
    return {
        name: {feature: round(float(weight), 4) for feature, weight in zip(features, weights, strict=True)}
        for name, (features, weights) in weighed.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="+", type=Path, required=True, help="BEIR folders, judged and trained on")
    parser.add_argument("--pairs", nargs="*", type=Path, default=[], help="files of pairs, trained on")
    parser.add_argument("--headlines", type=Path, help="the folder of the pairs, whose headlines teach what states")
    parser.add_argument("--work", type=Path, required=True, help="where folders and stores are made and kept")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    embedder, model = load_embedder()
    judged = {folder.name: read_examples(folder, given.work, embedder, model, JUDGED) for folder in given.sets}

    def learnt_from(folder: Path, most: int) -> dict[str, list[Example]]:
        return read_examples(folder, given.work, embedder, model, most)

    into = given.work / "pairs"
    trained = {file.stem: learnt_from(as_folder(file, into), TRAINED) for file in given.pairs}
    headlines = learnt_from(headlines_as_folder(given.headlines, into), HEADLINES) if given.headlines else {}
    titles = list(headlines.values())
    trained |= {name: {typed: found[typed][:TRAINED] for typed in TYPED} for name, found in judged.items()}
    left_out = {}
    for name, found in judged.items():
        ranker = fit([e for other, sets in trained.items() if other != name for e in sets.values()], titles)
        before, after = ([ndcg(found[typed], by) for typed in TYPED] for by in (None, ranker))
        left_out[name] = {"fused": before[0], "ranked": after[0], "fused bare": before[1], "ranked bare": after[1]}
        print(name, left_out[name], flush=True)
    ranker = fit([examples for sets in trained.values() for examples in sets.values()], titles)
    report = {"weights": _tables(ranker), "embedder": model, "trained on": sorted(trained)}
    report["nDCG@10, the set left out of training; bare: without accents"] = left_out
    given.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
