"""Learn how words are used (`rag.word_vectors`) from the pairs' passages: counting, then singular values.

    python -m eval.train_word_vectors --pairs FOLDER --out rag/data/word_vectors.safetensors

A few minutes, most of them for reading forty million syllables; the rest takes half a minute on one core.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from scipy.sparse import csr_matrix, hstack

from corpus.text import tokens
from index import interaction
from index.train.pairs import pairs_of
from rag.line import MARKS, gaps_of
from rag.word_vectors import Matrix, codes_of, packed

SOURCES = {  # syllables of each
    "viwiki2017_title_section_para": 12_000_000,
    "wiki2025_title_section_para": 9_000_000,
    "vietnews_title_body": 11_000_000,
    "rss2025_26_title_summary": 3_000_000,
    "gov_news2025_title_body": 1_000_000,
    "laws_title_text": 2_500_000,
    "phapdien_title_text": 2_500_000,
}
SHORTEST, LONGEST = 12, 1200  # syllables of a passage that is read, and that are read of it
NEIGHBOURS = 6000  # the commonest syllables, as which neighbours are told apart
SYLLABLE, PAIR = 128, 96  # numbers a vector
PAIRS, OFTEN, BOUND = 60_000, 25, 2.0  # words at most; how often one stands there; its mutual information
NEAR = {1: 1.0, 2: 0.6}  # how much a neighbour at each distance counts
MARKED = 2.0  # … and the mark that stands there
SURE = 10  # times that two stand together, from which on their mutual information counts in full
KINDS = len(MARKS) + 2  # of what may stand before a token, nothing and the edge of the text among them
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Texts:
    """Passages joined end to end: the row of each syllable, and the mark before it (the last kind at an edge)."""

    rows: Ints
    marks: Ints


def texts(pairs: Path, sources: dict[str, int]) -> Texts:
    read = [each for name, most in sources.items() for each in _passages(pairs / f"{name}.jsonl", most)]
    rows, marks = (np.concatenate(column).astype(np.int64) for column in zip(*read, strict=True))
    return Texts(rows, marks)


def _passages(file: Path, most: int) -> Iterator[tuple[NDArray[np.uint16], NDArray[np.uint8]]]:
    vocabulary, seen, found = interaction.shipped().vocabulary, 0, pairs_of(file)
    Random(5).shuffle(found)
    for _, passage in found:
        words = tuple(tokens(passage.strip()))[:LONGEST]
        if len(words) >= SHORTEST:
            rows = vocabulary.rows_of([word.key for word in words], [word.folded for word in words])
            yield np.array(rows, np.uint16), gaps_of(passage.strip(), words)[: len(words)].astype(np.uint8)
            seen += len(words)
        if seen >= most:
            break


def words_of(read: Texts, size: int) -> Ints:
    """The codes of two syllables that stand together far more often than by chance, ascending."""
    together = codes_of(read.rows, size)[read.marks[1:] == 0]
    codes, times = np.unique(together, return_counts=True)
    often = np.bincount(read.rows, minlength=size).astype(float)
    bond = np.log(times * len(read.rows) / (often[codes // size] * often[codes % size]))
    bound = np.flatnonzero((times >= OFTEN) & (bond > BOUND))
    return np.sort(codes[bound[np.argsort(-(times * bond)[bound], kind="stable")[:PAIRS]]])


class Beside:
    """What stands beside things of `length` syllables; `things[i]` is the number of the one that begins at i, or −1."""

    def __init__(self, read: Texts, things: Ints, length: int, count: int) -> None:
        self._marks, self._length, self._count = read.marks, length, count
        self._at = np.flatnonzero(things >= 0)
        self._things = things[self._at]
        common = np.argsort(-np.bincount(read.rows), kind="stable")[:NEIGHBOURS]
        numbers = np.full(int(read.rows.max()) + 1, -1)
        numbers[common] = np.arange(len(common))
        self._neighbours = numbers[read.rows]

    def table(self) -> csr_matrix:
        """A row a thing, its mutual information with each neighbour at each distance and each mark."""
        last = self._length - 1
        parts = [
            weight * self._beside(offset)
            for distance, weight in NEAR.items()
            for offset in (-distance, last + distance)
        ]
        return hstack([*parts, *(MARKED * self._marked(offset) for offset in (0, self._length))]).tocsr()

    def _beside(self, offset: int) -> csr_matrix:
        """The next neighbours on either side only where no mark parts them."""
        things, place = self._within(offset)
        neighbours = self._neighbours[place]
        there = neighbours >= 0
        if offset == -1:
            there &= self._marks[place + 1] == 0
        elif offset == self._length:
            there &= self._marks[place] == 0
        return information(things[there], neighbours[there], (self._count, NEIGHBOURS))

    def _marked(self, offset: int) -> csr_matrix:
        things, place = self._within(offset)
        return information(things, self._marks[place], (self._count, KINDS))

    def _within(self, offset: int) -> tuple[Ints, Ints]:
        place = self._at + offset
        there = (place >= 0) & (place < len(self._marks))
        return self._things[there], place[there]


def information(things: Ints, beside: Ints, shape: tuple[int, int]) -> csr_matrix:
    """Positive pointwise mutual information of what stands together twice or more, less of what seldom does."""
    codes, times = np.unique(things * shape[1] + beside, return_counts=True)
    codes, times = codes[times > 1], times[times > 1].astype(float)
    rows, columns = codes // shape[1], codes % shape[1]
    of_row = np.bincount(rows, times, minlength=shape[0])
    of_column = np.bincount(columns, times, minlength=shape[1]) ** 0.75
    of_column *= times.sum() / of_column.sum()
    bond = np.log(times * times.sum() / (of_row[rows] * of_column[columns]))
    values = np.maximum(bond, 0) * np.minimum(1, np.sqrt(times / SURE))
    return csr_matrix((values.astype(np.float32), (rows, columns)), shape=shape)


def directions(table: csr_matrix, width: int) -> Matrix:
    """A vector a row, all of one length but for rows without a neighbour (randomised, Halko et al. 2011)."""
    basis = np.random.default_rng(0).standard_normal((table.shape[1], width + 16)).astype(np.float32)
    for _ in range(4):
        basis = np.linalg.qr(table.T @ np.linalg.qr(table @ basis)[0])[0]
    left, strength, _ = np.linalg.svd(table @ basis, full_matrices=False)
    found = left[:, :width] * np.sqrt(strength[:width])
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(np.where(lengths > 1e-6, found / lengths.clip(1e-6), 0) * np.sqrt(width) / 2, np.float32)


def learned(read: Texts, size: int) -> dict[str, NDArray[np.generic]]:
    """The tensors of `rag.word_vectors`."""
    codes = words_of(read, size)
    at = np.searchsorted(codes, codes_of(read.rows, size)).clip(max=len(codes) - 1)
    there = (codes[at] == codes_of(read.rows, size)) & (read.marks[1:] == 0)
    pairs = np.append(np.where(there, at, -1), -1)
    of_pairs = directions(Beside(read, pairs, 2, len(codes)).table(), PAIR)
    found = {
        "syllables": directions(Beside(read, read.rows, 1, size).table(), SYLLABLE),
        "pairs": np.vstack([np.zeros((1, PAIR), np.float32), of_pairs]),
    }
    saved: dict[str, NDArray[np.generic]] = {"codes": codes}
    for name, vectors in found.items():
        saved[name], saved[f"{name} scale"] = packed(vectors)
    return saved


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True, help="the folder of the pairs' *.jsonl")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    read = texts(given.pairs, SOURCES)
    print(f"{len(read.rows)} syllables", flush=True)
    saved = learned(read, len(interaction.shipped().vocabulary))
    save_file(saved, given.out)
    print(f"{len(saved['codes'])} words of two", flush=True)


if __name__ == "__main__":
    main()
