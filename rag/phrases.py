"""The words of a text, of one or two syllables: a pair is a word where its syllables belong together most."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.text import Token
from rag.terms import cohesion


def phrases(found: Sequence[Token]) -> list[tuple[int, ...]]:
    """The places of each word's tokens, in order; every token is in one word."""
    words: list[tuple[int, ...]] = []
    bonds = [cohesion(one, two) for one, two in pairwise(found)]
    at = 0
    while at < len(found):
        here, following = (*bonds[at : at + 2], 0.0, 0.0)[:2]
        pair = here > 0 and here >= following
        words.append((at, at + 1) if pair else (at,))
        at += 1 + pair
    return words
