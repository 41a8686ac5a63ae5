"""How a passage speaks to a question, in numbers: what the ranker weighs.

All candidates of a question are measured at once, on rows of hashes (`rag.rank_tokens`), since it happens on every
question. "Exact" is with the question's accents where it has some; "plain" without any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embed import Vectors
from rag.rank_question import Mask, Matrix, Places, Question, Wanted
from rag.rank_tokens import Numbers, Packed
from rag.telling import TOLD

# Each feature with the part of the score that it is told under.
FEATURES: dict[str, str] = {
    "lexical": "words",  # BM25 of the search, as a share of the question's best
    "cosine": "meaning",
    "alike": "meaning",  # how far each syllable finds its like in the passage (`index.interaction`)
    "alike_stretch": "meaning",  # … in its best stretch of about a sentence
    "told": "meaning",  # the same as `rag.telling` has learned it for what asks and for what states
    "told_stretch": "meaning",
    "told_best_blocks": "meaning",
    "bm25_exact": "words",  # of the candidates' syllables alone, as a share of what it could be
    "bm25_plain": "words",
    "bm25_pairs": "phrases",
    "cover": "words",  # share of the question's content that the passage holds, by weight
    "cover_plain": "words",
    "cover_rare": "words",  # by squared weight
    "cover_general": "words",  # by weight in general Vietnamese
    "missing": "words",  # weight of the heaviest term that it does not hold
    "near_15": "nearness",  # the largest share of the content within so many syllables
    "near_30": "nearness",
    "near_60": "nearness",
    "near_15_plain": "nearness",
    "pairs": "phrases",  # share of the question's neighbouring syllables that are neighbours there too
    "triples": "phrases",
    "run": "phrases",  # the longest stretch of the question that it repeats
    "opening": "place",  # share of the content within its first 40 syllables
    "names": "words",  # share of the question's capitalised syllables
    "numbers": "words",
    "length": "place",
    "ordinal": "place",  # how many chunks of its document stand before it
    "document_mean": "document",  # BM25 of the document's chunks found, over all its chunks
    "document_sum": "document",
    "document_size": "document",
    "document_cover": "document",  # share of the content that the document's candidates hold together
}
_WIDTHS = (15, 30, 60)
_OPENING = 40
_NEAREST_TERMS = 32  # the heaviest terms that nearness looks at
_K1, _B = 0.9, 0.4
_APART = 1000  # syllables between two passages
_NOTHING = 1e-9  # what words in half of a few chunks and words in all of them may weigh together, for these weigh < 0


@dataclass(frozen=True, slots=True)
class Found:
    """Where a question's syllables stand in the passages, in order: `slot` among the distinct, `owner`, `at`."""

    slot: Places
    owner: Places
    at: Places  # far apart from passage to passage
    counts: Matrix  # (passages, distinct)

    @classmethod
    def of(cls, column: Numbers, wanted: Wanted, owners: Places, at: Places, passages: int) -> Found:
        slots = _slots(column, wanted.distinct)
        hit = np.flatnonzero(slots >= 0)
        slot, owner = slots[hit].astype(np.int64), owners[hit]
        size = len(wanted.distinct)
        counts = np.bincount(owner * size + slot, minlength=passages * size).reshape(passages, size)
        return cls(slot, owner, at[hit], counts.astype(np.float64))


def _slots(column: Numbers, distinct: Numbers) -> NDArray[np.int16]:
    """The place of each hash among the distinct, -1 for others; by a table of the low bits."""
    table = np.full(65536, -1, np.int16)
    table[distinct & 0xFFFF] = np.arange(len(distinct), dtype=np.int16)
    slots: NDArray[np.int16] = table[column & 0xFFFF]
    hit = np.flatnonzero(slots >= 0)
    slots[hit[distinct[slots[hit]] != column[hit]]] = -1
    return slots


@dataclass(frozen=True, slots=True)
class Candidates:
    """The passages to be ranked with what the searches know of them, an entry a passage."""

    texts: Packed
    lexical: Matrix  # BM25, 0 where the words' search did not return it
    cosine: Matrix
    alike: tuple[Vectors, Vectors]  # in the whole passage, and in its best stretch
    told: Vectors  # (passages, 3), the columns `rag.telling.TOLD`
    ordinals: Places
    documents: Places  # a number a document
    document_lexical: Matrix  # BM25 of all chunks found of its document, together
    document_sizes: Places  # chunks


def features(question: Question, candidates: Candidates) -> Matrix:
    """A row a candidate, a column a feature, in the order of `FEATURES`."""
    texts = candidates.texts
    passages = len(texts.starts) - 1
    lengths = texts.lengths
    owners = np.repeat(np.arange(passages), lengths)
    at = np.arange(len(texts.exact)) + owners * _APART
    plain = Found.of(texts.plain, question.plain, owners, at, passages)
    exact = Found.of(texts.exact, question.exact, owners, at, passages) if question.accented else plain
    held = exact.counts > 0
    weights = question.exact.weights
    shares: Matrix = (lengths / max(float(lengths.mean()), 1.0))[:, None]
    damping = np.asarray(_K1 * (1 - _B + _B * shares) + 1e-9, np.float64)
    best = float(candidates.lexical.max(initial=0.0)) or 1.0
    columns = {
        "lexical": candidates.lexical / best,
        "cosine": candidates.cosine,
        "alike": candidates.alike[0].astype(np.float64),
        "alike_stretch": candidates.alike[1].astype(np.float64),
        **dict(zip(TOLD, candidates.told.T.astype(np.float64), strict=True)),
        "bm25_exact": _share(exact.counts / (exact.counts + damping), question.exact.asking),
        "bm25_plain": _share(plain.counts / (plain.counts + damping), question.plain.asking),
        "cover": _share(held, weights),
        "cover_plain": _share(plain.counts > 0, question.plain.weights),
        "cover_rare": _share(held, weights**2),
        "cover_general": _share(held, question.general * question.exact.content),
        "missing": (~held * weights).max(axis=1, initial=0.0) / (weights.max(initial=0.0) or 1.0),
        "opening": _opening(exact, weights, texts.starts[:-1] + np.arange(passages) * _APART),
        "names": _share(held, weights * question.capital, nothing=1.0),
        "numbers": _share(held, question.number, nothing=1.0),
        "length": np.log1p(lengths),
        "ordinal": np.log1p(candidates.ordinals),
        "document_mean": candidates.document_lexical / candidates.document_sizes / best,
        "document_sum": candidates.document_lexical / best,
        "document_size": np.log(candidates.document_sizes),
        "document_cover": _share(_together(held, candidates.documents), weights),
        **_phrases(exact, question.exact, damping, passages),
        **{f"near_{width}": near for width, near in _nearness(exact, weights, _WIDTHS).items()},
        "near_15_plain": _nearness(plain, question.plain.weights, (15,))[15],
    }
    return np.stack([columns[name] for name in FEATURES], axis=1)


def _share(held: Matrix | Mask, weights: Matrix, nothing: float = 0.0) -> Matrix:
    """What of the weights' sum each passage holds; `nothing` when there is nothing to hold."""
    total = float(weights.sum())
    return np.asarray(held @ weights / total) if total > _NOTHING else np.full(len(held), nothing)


def _together(held: Mask, documents: Places) -> Mask:
    """For each passage what the passages of its document hold together."""
    return np.asarray((documents[:, None] == documents) @ held)


def _opening(found: Found, weights: Matrix, starts: Places) -> Matrix:
    early = np.flatnonzero(found.at - starts[found.owner] < _OPENING)
    held = np.zeros_like(found.counts)
    held[found.owner[early], found.slot[early]] = 1.0
    return _share(held, weights)


def _phrases(found: Found, wanted: Wanted, damping: Matrix, passages: int) -> dict[str, Matrix]:
    """Pairs, triples and the longest run of the question's syllables that stand together in a passage."""
    count = max(len(wanted.positions) - 1, 0)
    pairs = np.full((len(wanted.distinct), len(wanted.distinct)), -1, np.int64)
    left, right = wanted.positions[:-1][::-1], wanted.positions[1:][::-1]
    pairs[left, right] = np.arange(count)[::-1]  # a pair that comes twice counts as its first
    together = np.flatnonzero(np.diff(found.at) == 1)
    pair = pairs[found.slot[together], found.slot[together + 1]]
    owner, at, pair = found.owner[together][pair >= 0], found.at[together][pair >= 0], pair[pair >= 0]
    weights = np.zeros(count)
    kept = np.unique(pairs[pairs >= 0])
    asking = wanted.asking[wanted.positions]
    weights[kept] = (asking[:-1] + asking[1:])[kept]
    goes_on = (np.diff(at) == 1) & (np.diff(pair) == 1)
    counts = _counted(owner, pair, passages, count)
    return {
        "bm25_pairs": _share(counts / (counts + damping), weights),
        "pairs": _share(counts > 0, weights),
        "triples": _share(_counted(owner[1:][goes_on], pair[1:][goes_on], passages, count) > 0, weights),
        "run": _longest(owner, weights[pair], goes_on, passages) / (weights.sum() or 1.0),
    }


def _counted(owner: Places, item: Places, passages: int, items: int) -> Matrix:
    return np.bincount(owner * items + item, minlength=passages * items).reshape(passages, items).astype(np.float64)


def _longest(owner: Places, weights: Matrix, goes_on: Mask, passages: int) -> Matrix:
    """The heaviest run of each passage; `goes_on[i]`: item `i + 1` is in the run of item `i`."""
    longest = np.zeros(passages)
    if len(owner):
        begins = np.flatnonzero(np.concatenate(([True], ~goes_on)))
        np.maximum.at(longest, owner[begins], np.add.reduceat(weights, begins))
    return longest


def _nearness(found: Found, weights: Matrix, widths: Sequence[int]) -> dict[int, Matrix]:
    """By width, the largest share of the weights that stands within so many syllables of each passage."""
    passages, total = len(found.counts), float(weights.sum())
    heavy = np.argsort(-weights, kind="stable")[:_NEAREST_TERMS]
    heavy = heavy[weights[heavy] > 0]
    place = np.full(len(weights), -1, np.int64)
    place[heavy] = np.arange(len(heavy))
    kept = np.flatnonzero(place[found.slot] >= 0)
    nearness = {width: np.zeros(passages) for width in widths}
    if not len(kept) or abs(total) <= _NOTHING:
        return nearness
    owner, at = found.owner[kept], found.at[kept]
    last = np.full((len(kept), len(heavy)), -(10**9), np.int64)  # where each term stood last, up to here
    last[np.arange(len(kept)), place[found.slot[kept]]] = at
    np.maximum.accumulate(last, axis=0, out=last)
    begins = np.flatnonzero(np.diff(owner, prepend=-1))
    for width in widths:
        within = (last > (at - width)[:, None]) @ weights[heavy] / total
        nearness[width][owner[begins]] = np.maximum.reduceat(within, begins)
    return nearness
