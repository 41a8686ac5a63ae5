"""What a question says of whoever asks it, and what it asks for politely: beside the matter, no words of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Span
from corpus.text import tokens
from rag.terms import Term

_LIGHT = 0.3  # of its weight that a word beside the matter keeps: "tôi ở thôn gần rừng" may tell which forest is meant
_I = r"(?:em|tôi|mình|tui|cháu|anh|chị|bác|con)"
_OWN = "nhà|gia đình|vợ|chồng|con|cháu|bố|ba|mẹ|má|anh|chị|bác|chú|cô|dì|ông|bà|trạm|trường|phòng|cơ quan|đơn vị|bên"
_MINE = rf"(?:(?:{_OWN}) ){{1,2}}(?:em|tôi|mình|tui)"
_BOSS = r"(?:sếp|thủ trưởng)(?= (?:đang|bắt|bảo|cần|hỏi|giao|yêu cầu|muốn|vừa)\s)"
_BEHIND = r"\s(?:nên|vì sao|tại sao)\s"
_STORY = re.compile(  # up to "nên …", "vì sao …", behind which the matter stands
    rf"(?<!\w)(?:dạ,? )?(?:{_MINE}|{_BOSS}|"
    rf"{_I}(?= (?:ở|là|làm|đang|mới|vừa|có|lỡ|bị|học|sống|quê|công tác)\s))"
    rf"(?:(?!{_BEHIND})[^,.;:?]){{4,120}}+(?=[,.;:?]|{_BEHIND})",
    re.I,
)
_POLITE = re.compile(  # at the end: at the beginning "giúp tôi tìm quy định về …" is the matter itself
    r"(?<=[,.;?] )(?:(?:\w+ ){0,4}(?:giúp|giùm|dùm) (?:em|tôi|mình|tui|cháu|anh|chị|bác)|(?:cảm|cám) ơn)(?!\w)"
    r"[^,.;?]*+[.?! ]*+$",
    re.I,
)
_ASKS = re.compile(
    r"(?<!\w)(?:bao (?:nhiêu|giờ|lâu|xa)|vì sao|tại sao|thế nào|ra sao|nào|gì|ai|mấy|đâu|không)(?!\w)", re.I
)


def without_asides(text: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms, those that tell of the asker or are only polite lighter; none lighter where nothing else is left."""
    beside = asides(text)
    found = tokens(text) if beside else []

    def lighter(term: Term) -> Term:
        inside = any(span.start <= found[term.position].start < span.end for span in beside)
        return replace(term, weight=term.weight * _LIGHT, kept=term.kept * _LIGHT) if inside else term

    weighed = tuple(map(lighter, terms))
    return weighed if any(term.kept == 1.0 for term in weighed) else tuple(terms)


def asides(text: str) -> list[Span]:
    """Whole clauses beside the matter: "Em ở khối dân vận xã, …", "…, anh chị tra giúp em với". None that asks."""
    found = (Span(*match.span()) for pattern in (_STORY, _POLITE) for match in pattern.finditer(text))
    return [span for span in found if _opens_clause(text, span.start) and not _ASKS.search(span.of(text))]


def _opens_clause(text: str, at: int) -> bool:
    return not text[:at].strip() or text[:at].rstrip().endswith((",", ".", ";", "?"))
