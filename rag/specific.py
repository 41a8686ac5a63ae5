"""Of clauses in one paragraph, the one that itself names what is asked for: "13/18 đơn khiếu nại", not the total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.text import fold
from rag.extract import Finding, unpinned
from rag.language.numbers import find_numbers
from rag.singled_out import confirms
from rag.terms import Word, words
from rag.understand import Query

_CLOSE = 2.5  # logits behind the best
_FAR = 4.0  # … that a total may be
_HEAVY = 4.0  # weight of a word that tells one thing from another …
_KEPT = 4.0  # … and of one that must not be lost for it
_ALL = re.compile(r"\b(?:tat ca|tong cong|ca thay|toan bo)\b")
_SUM = re.compile(r"(?<!\w)(?:tổng(?: cộng| số| kinh phí| số tiền| mức| giá trị)|cộng)(?!\w)", re.I)
_SHAPED = ("number", "percent", "date", "person", "place")


def specific(query: Query, standing: Sequence[Finding]) -> Finding:
    """The best finding, or one close to it in its paragraph that holds a telling word which the best lacks."""
    best = _total(query, standing) or _of_those(query, standing) or standing[0]
    if query.expected.kind not in _SHAPED and not confirms(query):
        return best
    asked = [word for word in words(unpinned(query).terms) if not word.syllables[0].isdigit()]
    missed = [word for word in asked if word.weight >= _HEAVY and not _holds(best, word)]
    kept = [word for word in asked if word.weight >= _KEPT and _holds(best, word)]
    rivals = [one for one in standing[1:] if best.score - one.score < _CLOSE and _same_paragraph(best, one)]
    rivals.sort(key=lambda one: abs(one.unit.span.start - best.unit.span.start))
    telling = (one for one in rivals if any(_holds(one, word) for word in missed))
    return next((one for one in telling if all(_holds(one, word) for word in kept)), best)


def _total(query: Query, standing: Sequence[Finding]) -> Finding | None:
    """Where all of something is asked for, the largest of the figures that count it: no total is below a part."""
    if query.expected.kind != "number" or not _ALL.search(fold(query.text)):
        return None
    best = standing[0]
    near = [one for one in standing if best.score - one.score < _FAR and one.document.id == best.document.id]
    told = [(value, one) for one in near if (value := _counted(query, one)) is not None]
    if len(told) > 1:
        return max(told, key=lambda each: each[0])[1]
    return None if _SUM.search(best.unit.quote) else next((one for one in near if _SUM.search(one.unit.quote)), None)


def _of_those(query: Query, standing: Sequence[Finding]) -> Finding | None:
    """Of "mấy đại biểu có mặt" the finding that counts those present, where the best counts others."""
    best, counted = standing[0], query.expected.noun
    if query.expected.kind != "number" or not counted:
        return None
    asked = words(query.terms)
    at = next((at for at, word in enumerate(asked) if fold(counted[0]) == word.syllables[0]), len(asked))
    if at + 1 >= len(asked) or len(asked[at].syllables) == 1 or _holds(best, asked[at + 1]):
        return None
    near = (one for one in standing[1:] if best.score - one.score < _CLOSE and one.document.id == best.document.id)
    title = fold(best.document.header.title)
    kept = (word for word in asked if word.weight >= _KEPT and " ".join(word.syllables) not in title)
    wanted = [asked[at], asked[at + 1], *(word for word in kept if _holds(best, word))]
    return next((one for one in near if all(_holds(one, word) for word in wanted)), None)


def _counted(query: Query, finding: Finding) -> Decimal | None:
    """The figure before the counted noun."""
    if not query.expected.noun:
        return None
    noun = query.expected.noun[0]
    figures = find_numbers(finding.unit.quote)
    return next((one.value for one in figures if one.unit and one.unit.split()[0] == noun), None)


def _holds(finding: Finding, word: Word) -> bool:
    pair = len(word.syllables) == 2
    return word.syllables in finding.unit.pairs if pair else word.syllables[0] in finding.unit.found


def _same_paragraph(one: Finding, other: Finding) -> bool:
    first, last = sorted((one.unit.span, other.unit.span), key=lambda span: span.start)
    return one.document.id == other.document.id and "\n" not in one.unit.text[first.end : last.start]
