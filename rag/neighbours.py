"""How the documents write two syllables that stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from corpus.text import fold, same_tones
from index.lexical import LexicalQuery, Term
from index.snapshot import Snapshot
from rag.language.accent_model import shipped
from rag.language.leaning import Beside, Pair, Written

READ = 5  # passages; more of them settle no more doubts


def beside(snapshot: Snapshot) -> Beside:
    """Looks into the passages that hold the most of the pairs, the rarest first."""

    def written(pairs: Collection[Pair]) -> Written:
        terms = tuple(Term("bigrams", "_".join(pair), 1.0) for pair in sorted(pairs))
        ids = [id for id, _ in snapshot.lexical(LexicalQuery(terms), READ)]
        texts = [chunk.text for chunk in snapshot.chunks(ids)]
        folded = [fold(text).replace("\n", " ") for text in texts]
        return {pair: _ways(texts, folded, pair) for pair in pairs}

    return written


def _ways(texts: Sequence[str], folded: Sequence[str], pair: Pair) -> Counter[Pair]:
    """In how many of the texts the pair is written in each way; "" for a syllable that nobody can have meant."""
    first, second = map(_readings, pair)
    found = Counter[Pair]()
    for text, plain in zip(texts, folded, strict=True):
        spelled = {tuple(same_tones(text[start:end]).split()) for start, end in _places(plain, " ".join(pair))}
        found.update({(one if one in first else "", two if two in second else "") for one, two in spelled})
    return found


def _places(folded: str, words: str) -> Iterator[tuple[int, int]]:
    """Where the words stand, and no longer ones that they are a part of."""
    start = folded.find(words)
    while start >= 0:
        end = start + len(words)
        if not folded[start - 1 : start].isalnum() and not folded[end : end + 1].isalnum():
            yield start, end
        start = folded.find(words, end)


def _readings(letters: str) -> frozenset[str]:
    model = shipped()
    return frozenset(model.keys[row] for row in model.readings.get(letters, ()))
