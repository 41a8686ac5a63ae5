"""An abbreviation that no table opens, in the words of the documents found for it: "TCMR" as "tiêm chủng mở rộng"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from corpus.text import fold, tokens
from rag.language.syllables import is_folded
from rag.terms import question_words

_LETTERS = re.compile(r"(?<![\w/.-])[^\W\d_]{3,8}(?![\w/.-])")
_PART = re.compile(r"[.;:?!()\n|\d]")  # no name runs on over it
_SURE = 4  # letters that one place of the documents is enough for; fewer may stand so by chance
_OFTEN = 2  # places


def spelt_out(question: str, texts: Iterable[str]) -> str | None:
    """The question with such abbreviations spelt out; None where the texts spell none, or one in several ways."""
    found = {match[0] for match in _LETTERS.finditer(question) if not is_folded(fold(match[0].lower()))}
    if not found:
        return None
    read = [(text, *_initials(text)) for text in texts]
    full = {each: told for each in found if (told := _told(fold(each.lower()), read))}
    return _LETTERS.sub(lambda match: full.get(match[0], match[0]), question) if full else None


def _told(letters: str, read: Iterable[tuple[str, str, list[tuple[int, int]]]]) -> str | None:
    ways = Counter[str]()
    for text, initials, places in read:
        for at in _all(initials, letters):
            said = " ".join(text[places[at][0] : places[at + len(letters) - 1][1]].lower().split())
            ways[said] += not _little().intersection(token.key for token in tokens(said))
    told = +ways
    if len(told) != 1:
        return None
    [(said, times)] = told.items()
    return said if times >= _OFTEN or len(letters) >= _SURE else None


def _initials(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The first letters of the words in a row, a blank where a part ends, with the place of each."""
    letters, places, end = list[str](), list[tuple[int, int]](), 0
    for token in tokens(text):
        if _PART.search(text, end, token.start):
            letters.append(" ")
            places.append((end, token.start))
        letters.append(token.folded[0] if token.folded[:1].isalpha() else " ")
        places.append((token.start, token.end))
        end = token.end
    return "".join(letters), places


def _all(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


@cache
def _little() -> frozenset[str]:
    """The single syllables that a question does not ask about; no name has them."""
    return frozenset(phrase[0] for group in question_words().values() for phrase in group if len(phrase) == 1)
