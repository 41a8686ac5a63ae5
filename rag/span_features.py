"""What the choice of an answer's words (`rag.span`) looks at: a row a stretch of a sentence, a column a feature."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.edges import EDGES, Edges
from rag.expected import KINDS
from rag.line import Line
from rag.shapes import candidates
from rag.slot import WAYS, Slot

Matrix = NDArray[np.float64]
FEATURES = (
    "length",  # tokens
    "log length",
    "known",  # idf share of the candidate that the question says itself
    "known words",  # … as a count
    "known first",  # the first token is the question's
    "known last",
    "unsaid",  # idf share of what the question does not say of the sentence that the candidate holds
    "near before",  # question words before the candidate, fading with distance
    "near after",
    "left before",  # … those that stand before the asking word
    "right before",
    "left after",
    "right after",
    *(f"{edge}{kind}" for kind in ("", " for this kind") for edge in EDGES),  # log odds of `rag.edges`
    "bond before",  # a word is cut at the start
    "bond after",
    "bonds",  # mean within
    "mark before",  # a kind of `rag.line.MARKS`
    "mark after",
    "marks",  # within
    "capital first",
    "capital before",
    "capital last",
    "capital after",
    "capitals",  # share
    "number first",
    "numbers",
    "number before",
    "number after",
    "overlap",  # Jaccard, with the nearest thing of the kind asked for
    "same",  # as one of them
    "things",  # of that kind that it touches
    "noun first",  # the noun of "đảng nào"
    "noun before",
    "nouns",
    "from start",
    "from end",
    "tokens",  # of the sentence
    "whole before",  # a question word or a mark stands before
    "whole after",
    "run before",  # tokens before that continue the question's as they stand before its asking word
    "run after",
    "share",  # of this sentence among the text's
    "rank",  # of this sentence
    "said",  # idf share of the sentence that the question says
    *KINDS,
    *WAYS,
)
_FADE = 0.8  # a token


def features(slot: Slot, line: Line, edges: Edges, share: float, rank: int) -> Matrix:
    """One row a candidate of the line, one column a name of `FEATURES`."""
    size = len(line.first)
    known = np.array([word.folded in slot.known for word in line.words], np.float64)
    said = float((known * line.weights).sum() / (line.weights.sum() + 1e-9))
    columns = [
        *_size(line, known),
        *_around(slot, line, known),
        *_edges(line, edges.read(line.neighbours(), slot.kind)),
        *_letters(line),
        *_things(slot, line, known),
        *_noun(slot, line),
        *_place(slot, line, known),
        *(np.full(size, value) for value in (share, min(rank, 3), said)),
    ]
    return np.hstack([np.array(columns, np.float64).T, np.tile(slot.ways, (size, 1))])


def _sums(values: Matrix) -> Matrix:
    return np.concatenate([[0.0], np.cumsum(values)])


def _within(line: Line, values: Matrix) -> Matrix:
    """The sum of a row of the tokens over each candidate."""
    sums = _sums(values)
    return np.asarray(sums[line.last + 1] - sums[line.first])


def _outside(line: Line, values: Matrix) -> tuple[Matrix, Matrix]:
    """The value of the token before each candidate and of the one after it; 0 at the edge of the sentence."""
    padded = np.concatenate([[0.0], values, [0.0]])
    return padded[line.first], padded[line.last + 2]


def _size(line: Line, known: Matrix) -> list[Matrix]:
    length = (line.last - line.first + 1).astype(np.float64)
    weight = _within(line, line.weights)
    unknown = (1 - known) * line.weights
    return [
        length,
        np.log(length),
        _within(line, known * line.weights) / weight,
        _within(line, known),
        known[line.first],
        known[line.last],
        _within(line, unknown) / (unknown.sum() + 1e-9),
    ]


def _around(slot: Slot, line: Line, known: Matrix) -> list[Matrix]:
    """What stands before and after, of the whole question and of either side of its asking word."""
    sides = [
        np.array([word.folded in side for word in line.words], np.float64) * line.weights
        for side in (slot.left, slot.right)
    ]
    near_before, near_after = _faded(known * line.weights, line)
    (left_before, left_after), (right_before, right_after) = (_faded(side, line) for side in sides)
    return [near_before, near_after, left_before, right_before, left_after, right_after]


def _faded(values: Matrix, line: Line) -> tuple[Matrix, Matrix]:
    return _fading(values)[line.first], _fading(values[::-1])[::-1][line.last + 1]


def _fading(values: Matrix) -> Matrix:
    """For each place the sum of what stands before it, fading with distance."""
    sums = np.zeros(len(values) + 1)
    for at, value in enumerate(values):
        sums[at + 1] = sums[at] * _FADE + value
    return sums


def _edges(line: Line, odds: Matrix) -> list[Matrix]:
    length = np.maximum(1, line.last - line.first)
    places = (line.first, line.first, line.last, line.last)
    bonds, marks = line.bonds[1:].copy(), (line.gaps[1:] > 0).astype(np.float64)
    inner = [_sums(values)[line.last] - _sums(values)[line.first] for values in (bonds, marks)]
    return [
        *(row[place] for row, place in zip(odds, places * 2, strict=True)),
        line.bonds[line.first],
        line.bonds[line.last + 1],
        inner[0] / length,
        line.gaps[line.first].astype(np.float64),
        line.gaps[line.last + 1].astype(np.float64),
        inner[1],
    ]


def _letters(line: Line) -> list[Matrix]:
    base = line.span.start
    capital = np.array([line.text[base + word.start].isupper() for word in line.words], np.float64)
    number = np.array([word.is_number for word in line.words], np.float64)
    before, after = _outside(line, capital)
    share = _within(line, capital) / (line.last - line.first + 1)
    return [
        *(capital[line.first], before, capital[line.last], after, share),
        *(number[line.first], _within(line, number), *_outside(line, number)),
    ]


def _things(slot: Slot, line: Line, known: Matrix) -> list[Matrix]:
    """How the candidates lie to the things of the kind asked for that the question does not name itself."""
    overlap, same, touched = (np.zeros(len(line.first)) for _ in range(3))
    for thing in candidates(line.text, line.span, slot.kind):
        first, last = line.stretch(thing) or (0, -1)
        if known[first : last + 1].all():
            continue
        common = np.clip(np.minimum(line.last, last) - np.maximum(line.first, first) + 1, 0, None)
        union = (line.last - line.first + 1) + (last - first + 1) - common
        overlap = np.maximum(overlap, common / union)
        same = np.maximum(same, common == union)
        touched += common > 0
    return [overlap, same, touched]


def _noun(slot: Slot, line: Line) -> list[Matrix]:
    noun = np.array([bool(slot.noun) and word.folded == slot.noun for word in line.words], np.float64)
    before, _ = _outside(line, noun)
    return [noun[line.first], before, _within(line, noun)]


def _place(slot: Slot, line: Line, known: Matrix) -> list[Matrix]:
    size = len(line.words)
    before, after = _outside(line, known)
    left, right = _runs(slot, line)
    return [
        line.first / size,
        (size - 1 - line.last) / size,
        np.full(len(line.first), float(size)),
        ((before > 0) | (line.gaps[line.first] > 0)).astype(np.float64),
        ((after > 0) | (line.gaps[line.last + 1] > 0)).astype(np.float64),
        left[line.first],
        right[line.last + 1],
    ]


def _runs(slot: Slot, line: Line) -> tuple[Matrix, Matrix]:
    """For each place, how many tokens right before it are the last before the asking word, and those after alike."""
    folded = [word.folded for word in line.words]
    places = range(len(folded) + 1)
    left = [_same(folded[:at][::-1], slot.left[::-1]) for at in places]
    right = [_same(folded[at:], slot.right) for at in places]
    return np.array(left, np.float64), np.array(right, np.float64)


def _same(one: Sequence[str], two: Sequence[str]) -> int:
    """How many tokens two sequences share from their beginning."""
    pairs = [a == b for a, b in zip(one, two, strict=False)]
    return pairs.index(False) if False in pairs else len(pairs)
