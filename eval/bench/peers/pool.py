"""The passages and questions of a run: BEIR sets pooled, as many documents as make the passages that are wanted.

Every judged document of the questions is in; the rest is drawn from all the sets. A pool is a folder in BEIR's layout
with `passages.jsonl` beside it: the documents cut as Hỏi cuts them, which is what every other library gets.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from eval.beir import Beir, read_beir
from eval.bench.peers.engine import Passage
from eval.inputs import InputError
from eval.train_ranker import JUDGED, TRAINED, drawn
from index.chunk import chunk
from index.store import Upload


@dataclass(frozen=True, slots=True)
class Pool:
    """`queries` and `qrels` by id; `passages`: how many there are."""

    folder: Path
    passages: int
    documents: int
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Sets:
    """BEIR sets as one: documents in the order in which pools take them, the judged ones of the questions first."""

    documents: dict[str, Upload]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]
    judged: int


def read_sets(folders: Iterable[Path], questions: int) -> Sets:
    """`questions` in all, as evenly from the sets as they have some; ids get their set's name before them."""
    sets = {folder.name: read_beir(folder) for folder in folders}
    asked = dict(pair for name, ids in _asked(sets, questions).items() for pair in _named(name, sets[name], ids))
    judged_of = {f"{name}--{id}": (name, beir.qrels[id]) for name, beir in sets.items() for id in beir.qrels}
    order = Random(0).sample(sorted(asked), len(asked))  # so that the first ones are a sample of all
    qrels = {
        id: {f"{name}--{document}": grade for document, grade in right.items()}
        for id, (name, right) in ((id, judged_of[id]) for id in order)
    }
    uploads = {f"{name}--{id}": upload for name, beir in sets.items() for id, upload in beir.uploads.items()}
    judged = dict.fromkeys(document for right in qrels.values() for document in right if document in uploads)
    others = sorted(uploads.keys() - judged)
    Random(0).shuffle(others)
    questions_in_order = {id: asked[id] for id in order}
    return Sets({id: uploads[id] for id in (*judged, *others)}, questions_in_order, qrels, len(judged))


def _named(name: str, beir: Beir, ids: Iterable[str]) -> Iterable[tuple[str, str]]:
    return ((f"{name}--{id}", beir.queries[id]) for id in ids)


def _asked(sets: dict[str, Beir], questions: int) -> dict[str, list[str]]:
    """Questions that the ranker's weights were not learnt from, drawn anew."""
    fresh = {name: sorted(beir.queries.keys() - drawn(beir, JUDGED)[:TRAINED]) for name, beir in sets.items()}
    asked: dict[str, list[str]] = {}
    for left, name in zip(range(len(fresh), 0, -1), sorted(fresh, key=lambda name: len(fresh[name])), strict=True):
        share = (questions - sum(map(len, asked.values()))) // left
        asked[name] = Random(name).sample(fresh[name], min(share, len(fresh[name])))
    return asked


def make(sets: Sets, passages: int, into: Path) -> Pool:
    """Writes the pool with the first documents that make `passages` at least.

    Raises `InputError` when the sets hold fewer, or the judged documents alone hold more.
    """
    cut: list[Passage] = []
    taken: list[str] = []
    for id, upload in sets.documents.items():
        if len(cut) >= passages and len(taken) >= sets.judged:
            break
        taken.append(id)
        cut += _passages(id, upload, len(cut))
    if not passages <= len(cut) <= passages * 1.1:
        raise InputError(f"Không lấy được {passages} đoạn từ các bộ này: có {len(cut)}.")
    (into / "qrels").mkdir(parents=True, exist_ok=True)
    _write(into / "passages.jsonl", map(asdict, cut))
    _write(into / "corpus.jsonl", (_document(id, sets.documents[id]) for id in taken))
    _write(into / "queries.jsonl", ({"_id": id, "text": text} for id, text in sets.queries.items()))
    rows = (
        f"{query}\t{document}\t{grade}\n" for query, right in sets.qrels.items() for document, grade in right.items()
    )
    (into / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(rows), encoding="utf-8")
    return Pool(into, len(cut), len(taken), sets.queries, sets.qrels)


def _passages(id: str, upload: Upload, first: int) -> list[Passage]:
    document = upload.document
    return [
        Passage(f"p{first + n}", id, document.header.title or "", part.span.of(document.text), part.context)
        for n, part in enumerate(chunk(document))
    ]


def _document(id: str, upload: Upload) -> dict[str, str]:
    return {"_id": id, "title": upload.document.header.title or "", "text": upload.document.text}


def _write(path: Path, objects: Iterable[object]) -> None:
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects), encoding="utf-8")
