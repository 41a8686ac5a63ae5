"""The persons that a question names in small letters, as people type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Span
from corpus.names import SURNAMES
from corpus.text import Token, fold, tokens
from rag.posts import POSTS
from rag.shapes import names
from rag.terms import question_words
from rag.understand import Query

_COMMON = frozenset("nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ ngô đinh trương trịnh".split())
_ADDRESS = frozenset(["ong", "ba", "dong chi", "nuoc", *POSTS])  # "chủ tịch nước lê đức anh"


def with_names(query: Query, passages: Sequence[str]) -> Query:
    """The question with a person whom the passages name, or who is named behind a post with a common surname.

    What it writes with capitals as a person's name is none where the passages write it with a small letter first.
    """
    if query.names:
        return replace(query, names=tuple(s for s in query.names if not _is_thing(s.of(query.text), passages)))
    found = tokens(query.text)
    starts = [at for at, token in enumerate(found) if token.folded in SURNAMES and not _is_noun(query.text, found, at)]
    if not starts:
        return query
    sizes = [(at, size) for at in starts for size in (4, 3) if at + size <= len(found)]
    typed = [_plain(" ".join(token.folded for token in found[at : at + size])) for at, size in sizes]
    written = (name.of(text) for text in passages if _may_name(typed, text) for name in names(text))
    known = {
        tuple(token.key for token in tokens(name))
        for name in set(written)
        if not name.isupper() and not _is_thing(name, passages)
    }
    spans = [_span(found, at, size) for at, size in sizes if tuple(t.key for t in found[at : at + size]) in known]
    spans = spans or [_span(found, at, 3) for at, size in sizes if size == 3 and _is_addressed(found, at)]
    persons = [span for span in spans if not any(span.overlaps(place.span) for place in query.places)]
    return replace(query, names=tuple(persons[:1]))


def _is_noun(question: str, found: Sequence[Token], at: int) -> bool:
    """ "hồ Khe Mây": a small letter before capitals says what bears the name."""
    return question[found[at].start].islower() and at + 1 < len(found) and question[found[at + 1].start].isupper()


def _is_thing(name: str, passages: Sequence[str]) -> bool:
    """ "Vụ Đông Xuân", where "vụ Đông Xuân" is told of: a thing's noun is written so, a surname never."""
    return any(name[0].lower() + name[1:] in text for text in passages) if name[:1].isupper() else False


def _may_name(typed: Sequence[str], text: str) -> bool:
    """Whether one of the names stands in a text with a capital."""
    plain = _plain(text)
    for name in typed:
        at = plain.find(name)
        while at >= 0 and not text[at].isupper():
            at = plain.find(name, at + 1)
        if at >= 0:
            return True
    return False


def _plain(text: str) -> str:
    """Without accents, "Lý" as "Lí": quicker to compare than names, and the same where these are."""
    return fold(text).replace("y", "i")


def _span(found: Sequence[Token], at: int, size: int) -> Span:
    return Span(found[at].start, found[at + size - 1].end)


def _is_addressed(found: Sequence[Token], at: int) -> bool:
    before = found[max(0, at - 2) : at]
    addressed = any(" ".join(token.folded for token in before[-size:]) in _ADDRESS for size in (1, 2))
    asking = any((token.key,) in question_words().get(token.folded, ()) for token in found[at + 1 : at + 3])
    return found[at].key in _COMMON and addressed and not asking
