"""A question as the ranker compares passages with it: hashes and weights of its syllables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold, tokens
from index.lexical import Field
from rag.rank_tokens import Numbers, hashed
from rag.terms import content_terms, idf

Matrix = NDArray[np.float64]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]
Frequency = Callable[[Field, str], int]
_ASKING = 0.5  # weight of syllables that only ask, among whole phrases and BM25
_ASKS = frozenset(
    " ".join(spelled)
    for phrase in (
        "ai", "gì", "nào", "mấy", "đâu", "bao nhiêu", "bao giờ", "bao lâu", "bao xa", "vì sao", "tại sao", "ra sao",
        "làm sao", "hay không", "hay chưa", "phải không",
    )
    for spelled in product(*((syllable, fold(syllable)) for syllable in phrase.split()))
)  # fmt: skip
_ENDS = ("không", "khong", "chưa", "chua")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The question's syllables under one spelling: `distinct` hashes, the slot of each `position`, and weights."""

    distinct: Numbers
    positions: Places
    corpus: Matrix  # a weight each distinct syllable: idf among the chunks
    content: Mask

    @classmethod
    def of(cls, hashes: Numbers, idfs: Matrix, content: Mask) -> Wanted:
        distinct, first, positions = np.unique(hashes, return_index=True, return_inverse=True)
        return cls(distinct, positions.astype(np.int64), idfs[first], content[first])

    @property
    def weights(self) -> Matrix:
        """By content alone."""
        return np.asarray(self.corpus * self.content)

    @property
    def asking(self) -> Matrix:
        """With the syllables that only ask, at a part of their weight."""
        return np.asarray(self.corpus * np.where(self.content, 1.0, _ASKING))


@dataclass(frozen=True, slots=True)
class Question:
    """A question as passages are compared with it. `general`, `capital`, `number`: for each distinct of `exact`."""

    exact: Wanted
    plain: Wanted
    accented: bool
    general: Matrix
    capital: Matrix
    number: Matrix

    @classmethod
    def of(cls, text: str, frequency: Frequency, count: int) -> Question:
        """`frequency` of a token in a field among `count` chunks."""
        found = tokens(text)
        asked = {term.position for term in content_terms(text)}
        content = np.array([position in asked for position in range(len(found))], dtype=bool)
        accented = any(token.key != token.folded for token in found)
        folded = np.array([hashed(token.folded) for token in found], np.uint32)
        keys = np.array([hashed(token.key) for token in found], np.uint32) if accented else folded
        plain_idf = _rarity([frequency("folded", token.folded) for token in found], count)
        exact_idf = _rarity([frequency("accented", token.key) for token in found], count) if accented else plain_idf
        first = np.unique(keys, return_index=True)[1]
        flags = [(idf(token), text[token.start].isupper(), token.is_number) for token in found]
        general, capital, number = np.array(flags, dtype=np.float64).reshape(-1, 3)[first].T
        exact = Wanted.of(keys, exact_idf, content)
        return cls(exact, Wanted.of(folded, plain_idf, content), accented, general, capital, number)


def asks(text: str) -> bool:
    """Whether a question asks by a word; a title, a heading and keywords do not."""
    keys = [token.key for token in tokens(text)]
    ends = bool(keys) and keys[-1] in _ENDS
    return ends or not _ASKS.isdisjoint(keys) or not _ASKS.isdisjoint(f"{one} {two}" for one, two in pairwise(keys))


def _rarity(frequencies: Sequence[int], count: int) -> Matrix:
    """BM25's idf."""
    found = np.array(frequencies, dtype=np.float64)
    return np.asarray(np.log1p(np.maximum(count - found, 0) + 0.5) - np.log(found + 0.5))
