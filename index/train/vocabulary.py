"""The static model's vocabulary: which spelling is which row of the weights, counted from the training text.

Every spelling of a syllable (hoà and hòa, tỷ and tỉ, 05 and 5) is an entry of the tokenizer that points to one
row; a spelling too rare for its own row points to its unaccented one. So the tokenizer needs no rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import NFC, Lowercase, Sequence
from tokenizers.pre_tokenizers import Split

from corpus.text import fold, same_tones
from index.embed import UNKNOWN, WORD, words

ROWS = 32_000  # 99.6 % of the training text's tokens
NUMBERS = 2_100  # every number up to here has a row: days, articles, years


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`mapping[entry]` is the row of a tokenizer entry, `folded[row]` that of the syllable without accents.

    `entries[spelling]` is the tokenizer's id; row 0 is the unknown token, whose vector is zero.
    """

    entries: dict[str, int]
    mapping: NDArray[np.int64]
    folded: NDArray[np.int64]

    @property
    def rows(self) -> int:
        return len(self.folded)

    def encode(self, text: str) -> NDArray[np.int32]:
        """The rows of a text's tokens, shape (tokens,), without the unknown ones."""
        ids = [self.entries[word] for word in words(text) if word in self.entries]
        return self.mapping[ids].astype(np.int32)

    def tokenizer(self) -> Tokenizer:
        """The same as a `tokenizers` tokenizer: NFC, lower case, runs of letters and of digits."""
        tokenizer = Tokenizer(WordLevel(self.entries, unk_token=UNKNOWN))
        tokenizer.normalizer = Sequence([NFC(), Lowercase()])
        tokenizer.pre_tokenizer = Split(Regex(WORD), behavior="removed", invert=True)
        return tokenizer


def canonical(word: str) -> str:
    """One spelling of a token: one tone placement, no leading zeros."""
    return (word.lstrip("0") or "0") if word[0].isdigit() else same_tones(word)


def count(texts: Iterable[str]) -> Counter[str]:
    """How often each token stands in the texts."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(words(text))
    return found


def build(counts: Counter[str], size: int = ROWS) -> Vocabulary:
    """Rows for the `size` most frequent tokens and their unaccented forms, entries for spellings met twice."""
    totals: Counter[str] = Counter()
    for word, n in counts.items():
        totals[canonical(word)] += n
        if not word[0].isdigit():
            totals[fold(canonical(word))] += 1
    for number in range(NUMBERS):
        totals[str(number)] += 1_000
    kept = [UNKNOWN, *(word for word, _ in totals.most_common(size))]
    kept += sorted({fold(word) for word in kept[1:]} - set(kept))
    row = {word: index for index, word in enumerate(kept)}
    spellings = _spellings(counts, row)
    entries = {word: index for index, word in enumerate(spellings)}
    return Vocabulary(
        entries=entries,
        mapping=np.array([spellings[word] for word in entries], np.int64),
        folded=np.array([0, *(row[fold(word)] for word in kept[1:])], np.int64),
    )


def _spellings(counts: Counter[str], row: dict[str, int]) -> dict[str, int]:
    """The row of every spelling: the rows' own names first, then those met in the texts."""
    spellings = dict(row)
    for word, n in counts.items():
        if word in spellings or n < 2:
            continue
        known = row.get(canonical(word)) or row.get(fold(canonical(word)))
        if known:
            spellings[word] = known
    return spellings
