"""The training pairs as arrays of vocabulary rows, and the batches drawn from them."""

from __future__ import annotations

import json
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.train.vocabulary import Vocabulary

Rows = NDArray[np.int32]
Ints = NDArray[np.int64]
ARCHIVE = "train_pairs.tar.zst"
BLOCK = 2  # neighbours in a file, often of one document: hard negatives of each other
PASSAGE = 160  # tokens of a passage that one step sees: about the window of the index
QUERY = 48
QUESTION_WORDS = (
    "gì",
    "ai",
    "nào",
    "đâu",
    "bao nhiêu",
    "thế nào",
    "khi nào",
    "mấy",
    "vì sao",
    "có phải không",
)


def unpack(data: Path, into: Path) -> Path:
    """The folder with the pairs' `*.jsonl`: `data`, or the one in `into` where its archive is unpacked."""
    if list(data.glob("*.jsonl")):
        return data
    return next(extract(data / ARCHIVE, into).rglob("*.jsonl")).parent


def extract(archive: Path, into: Path) -> Path:
    """The folder `into`, in which an archive (`*.tar.zst`) is unpacked."""
    if not archive.exists():
        raise FileNotFoundError(f"neither *.jsonl nor {archive.name} in {archive.parent}")
    if shutil.which("zstd") is None:
        raise FileNotFoundError("zstd is needed to unpack the data (apt-get install zstd)")
    into.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(["zstd", "-dc", "--long=27", str(archive)], stdout=subprocess.PIPE) as zstd:
        subprocess.run(["tar", "-x", "-C", str(into)], stdin=zstd.stdout, check=True)
    return into


def read(folder: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each source's name and its (query, passage) pairs, in the file's order."""
    for path in sorted(folder.glob("*.jsonl")):
        yield path.stem, pairs_of(path)


def pairs_of(file: Path) -> list[tuple[str, str]]:
    """The (query, passage) pairs of one source."""
    with file.open(encoding="utf-8") as lines:
        found = (json.loads(line) for line in lines)
        return [(pair["q"], pair["p"]) for pair in found]


@dataclass(frozen=True, slots=True)
class Texts:
    """Many texts as one array of rows; text `i` is `rows[starts[i]:starts[i + 1]]`."""

    rows: Rows
    starts: Ints

    @classmethod
    def of(cls, texts: list[str], vocabulary: Vocabulary) -> Texts:
        encoded = [vocabulary.encode(unicodedata.normalize("NFC", text)) for text in texts]
        starts = np.concatenate(([0], np.cumsum([len(rows) for rows in encoded]))).astype(np.int64)
        return cls(np.concatenate(encoded), starts)

    def __getitem__(self, index: int) -> Rows:
        return self.rows[self.starts[index] : self.starts[index + 1]]


@dataclass(frozen=True, slots=True)
class Pairs:
    """One source: queries and passages in step, with a number for each distinct text of either side."""

    name: str
    queries: Texts
    passages: Texts
    query_ids: Ints
    passage_ids: Ints

    @classmethod
    def of(cls, name: str, pairs: list[tuple[str, str]], vocabulary: Vocabulary) -> Pairs:
        queries, passages = [query for query, _ in pairs], [passage for _, passage in pairs]
        return cls(
            name,
            Texts.of(queries, vocabulary),
            Texts.of(passages, vocabulary),
            np.unique(queries, return_inverse=True)[1].astype(np.int64),
            np.unique(passages, return_inverse=True)[1].astype(np.int64),
        )

    def __len__(self) -> int:
        return len(self.query_ids)


@dataclass(frozen=True, slots=True)
class Batch:
    """Queries and passages as flat rows with the start of each; `same[i, j]`: passage j answers query i, too."""

    queries: tuple[Rows, Ints]
    passages: tuple[Rows, Ints]
    same: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Mix:
    """How a batch is altered: shares of texts without accents, of queries made from a span of the passage."""

    stripped_queries: float = 0.35
    half_stripped_queries: float = 0.1  # each token on its own
    stripped_passages: float = 0.2
    spans: float = 0.15


def batch(
    pairs: Pairs, size: int, folded: Ints, question_rows: list[Rows], mix: Mix, random: np.random.Generator
) -> Batch:
    """`size` pairs in blocks of neighbours, cropped and altered."""
    starts = random.integers(0, max(len(pairs) - BLOCK, 1), size // BLOCK)
    chosen = np.unique(np.minimum((starts[:, None] + np.arange(BLOCK)).ravel(), len(pairs) - 1))
    queries, passages, spans = [], [], random.random(len(chosen)) < mix.spans
    for index, span in zip(chosen, spans, strict=True):
        passage = pairs.passages[index]
        query = _span(passage, question_rows, random) if span and len(passage) > 20 else pairs.queries[index][:QUERY]
        queries.append(_accents(query, folded, mix.stripped_queries, mix.half_stripped_queries, random))
        passages.append(_accents(_crop(passage, random), folded, mix.stripped_passages, 0.0, random))
    same = pairs.passage_ids[chosen][:, None] == pairs.passage_ids[chosen]
    plain = ~spans
    same |= (pairs.query_ids[chosen][:, None] == pairs.query_ids[chosen]) & plain[:, None] & plain
    return Batch(_flat(queries), _flat(passages), same)


def _crop(rows: Rows, random: np.random.Generator) -> Rows:
    """At most PASSAGE tokens, from the start half of the time."""
    spare = len(rows) - PASSAGE
    start = 0 if spare <= 0 or random.random() < 0.5 else int(random.integers(0, spare + 1))
    return rows[start : start + PASSAGE]


def _span(rows: Rows, question_rows: list[Rows], random: np.random.Generator) -> Rows:
    """A question of a kind: 6 to 20 neighbouring tokens, a part of them replaced by a question word."""
    length = int(random.integers(6, 21))
    start = int(random.integers(0, max(len(rows) - length, 1)))
    span = rows[start : start + length]
    gap, width = int(random.integers(0, len(span))), int(random.integers(1, 5))
    word = question_rows[int(random.integers(len(question_rows)))]
    return np.concatenate((span[:gap], word, span[gap + width :]))


def _accents(rows: Rows, folded: Ints, stripped: float, half: float, random: np.random.Generator) -> Rows:
    chance = random.random()
    if chance < stripped:
        return folded[rows].astype(np.int32)
    if chance < stripped + half:
        return np.where(random.random(len(rows)) < 0.5, folded[rows], rows).astype(np.int32)
    return rows


def _flat(texts: list[Rows]) -> tuple[Rows, Ints]:
    starts = np.cumsum([0, *(len(rows) for rows in texts[:-1])]).astype(np.int64)
    return np.concatenate(texts), starts
