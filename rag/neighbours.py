"""How the documents write two syllables that stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import numpy as np

from index.lexical import LexicalQuery, Term
from index.snapshot import Snapshot
from rag.language.accent_model import shipped
from rag.language.leaning import Beside, Pair, Written
from rag.rank_tokens import Packed, hashed

READ = 30  # passages


def beside(snapshot: Snapshot) -> Beside:
    """Looks into the passages that hold the most of the pairs, the rarest first."""

    def written(pairs: Collection[Pair]) -> Written:
        terms = tuple(Term("bigrams", "_".join(pair), 1.0) for pair in sorted(pairs))
        ids = [id for id, _ in snapshot.lexical(LexicalQuery(terms), READ)]
        texts = Packed.of([chunk.text for chunk in snapshot.chunks(ids)])
        return {pair: _ways(texts, pair) for pair in pairs}

    return written


def _ways(texts: Packed, pair: Pair) -> Counter[Pair]:
    """In how many of the texts the pair is written in each way; "" for a syllable that nobody can have meant."""
    first, second = map(hashed, pair)
    at = np.flatnonzero((texts.plain[:-1] == first) & (texts.plain[1:] == second))
    owners = np.searchsorted(texts.starts, at, "right")
    inside = at + 1 < texts.starts[owners]
    found = zip(owners[inside], texts.exact[at[inside]], texts.exact[at[inside] + 1], strict=True)
    known, following = map(_spelled, pair)
    return Counter((known.get(int(one), ""), following.get(int(two), "")) for _, one, two in set(found))


def _spelled(folded: str) -> dict[int, str]:
    """The readings of a folded syllable by their hashes."""
    model = shipped()
    return {hashed(key): key for key in (model.keys[row] for row in model.readings.get(folded, ()))}
