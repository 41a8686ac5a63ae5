"""Where the characters of one text stand in another that says the same: what was cleaned, in what it was made from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from corpus.document import Span
from corpus.text import clean

NOWHERE = -1
_WORD = re.compile(r"\S+")
_MOST = 250_000  # pairs of equal words or letters to choose from; a page has thousands, one word over and over billions
_LEAST = 3  # letters in a row that show that a changed piece is the same one


def matched(text: str, source: str, read_as: str | None = None) -> list[int]:
    """For each character of `text` its place in `source`, or NOWHERE; spaces are nowhere.

    A text that repeats itself too much to be laid on another is nowhere.
    `read_as` is the source as it was read, word for word, where that is another spelling: a converted old code.
    """
    ours, theirs = _words(text), _words(source)
    read = _WORD.findall(read_as) if read_as else []
    keys = [clean(word) for word in (read if len(read) == len(theirs) else _WORD.findall(source))]
    places = [NOWHERE] * len(text)
    if _pairs([span.of(text) for span in ours], keys) > _MOST:
        return places
    blocks = SequenceMatcher(None, [span.of(text) for span in ours], keys, autojunk=False).get_opcodes()
    for what, first, last, other, end in blocks:
        if what == "equal":
            for mine, its in zip(ours[first:last], theirs[other:end], strict=True):
                _stretch(places, mine, its)
        elif what == "replace":
            _by_letters(places, text, _letters(ours[first:last]), source, _letters(theirs[other:end]))
    return places


def _pairs(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many pairs of equal items there are, which is what matching looks through."""
    counted = Counter(theirs)
    return sum(counted[each] for each in ours)


def _words(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def _letters(words: Sequence[Span]) -> list[int]:
    return [place for word in words for place in range(word.start, word.end)]


def _stretch(places: list[int], mine: Span, its: Span) -> None:
    """One word onto the other, evenly where an accent is a character of its own."""
    last, other = mine.end - mine.start - 1, its.end - its.start - 1
    for step in range(last + 1):
        places[mine.start + step] = its.start + (step * other // last if last else 0)


def _by_letters(places: list[int], text: str, mine: Sequence[int], source: str, its: Sequence[int]) -> None:
    """Words that were parted or joined otherwise: "nh ững" for "những"."""
    letters, others = [text[at] for at in mine], [source[at] for at in its]
    if _pairs(letters, others) > _MOST:
        return
    matcher = SequenceMatcher(None, letters, others, autojunk=False)
    for block in matcher.get_matching_blocks():
        if block.size >= _LEAST or block.size == len(mine):
            for step in range(block.size):
                places[mine[block.a + step]] = its[block.b + step]
