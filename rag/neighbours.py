"""How the documents write two syllables that stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from itertools import pairwise

from corpus.text import syllables
from index.lexical import LexicalQuery, Term
from index.snapshot import Snapshot
from rag.language.leaning import Beside, Pair, Written

READ = 30  # passages


def beside(snapshot: Snapshot) -> Beside:
    """Looks into the passages that hold the most of the pairs, the rarest first."""

    def written(pairs: Collection[Pair]) -> Written:
        terms = tuple(Term("bigrams", "_".join(pair), 1.0) for pair in sorted(pairs))
        ids = [id for id, _ in snapshot.lexical(LexicalQuery(terms), READ)]
        found = {pair: Counter[Pair]() for pair in pairs}
        for chunk in snapshot.chunks(ids):
            keys, folded = syllables(chunk.text)
            there = {(pair, (keys[at], keys[at + 1])) for at, pair in enumerate(pairwise(folded)) if pair in found}
            for pair, way in there:
                found[pair][way] += 1
        return found

    return written
