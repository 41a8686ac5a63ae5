"""Whether a unit tells why, or what for, in words that are not the question's own."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.document import Span
from corpus.text import fold, tokens
from rag.shapes import candidates
from rag.understand import Query
from rag.units import Unit

_LEADS = ("để", "do", "vì", "bởi")
_AIM = 3  # syllables of a purpose, of a cause
_REACH = 40  # characters that hold them
_ASKS_PURPOSE = re.compile(
    r"\b(?:de lam gi|de (?:lam )?cai gi|nham (?:muc dich )?(?:gi|lam gi)|muc dich (?:la )?gi|vi muc dich)\b"
)
_PURPOSE = re.compile(
    r"(?<!\w)(?:để|nhằm|mục đích|mục tiêu|phục vụ|góp phần|hướng tới|giúp|"
    r"(?<!đào )(?<!sáng )(?<!tôn )(?<!cải )(?<!tái )(?<!chế )(?<!cấu )(?<!nhân )(?<!giả )tạo|bảo đảm|đảm bảo)(?!\w)",
    re.I,
)
_HEADS_PURPOSE = re.compile(r"^\W*(?:[ivx\d]{1,4}[.)] )?muc (?:dich|tieu)\b")
_ITS_PURPOSE = re.compile(r"^[ \t]{0,8}(?:[-+•]|\w{1,2}[.)])?[ \t]{0,8}Mục đích:", re.M | re.I)
_POINTED_AT = re.compile(  # the sentence behind says that this is why
    r"[.;]?\s{1,2}(?:Đây|Đó)(?: cũng)? (?:chính )?là (?:một trong (?:các|những) )?(?:nguyên nhân|lý do)(?!\w)"
)
_UNTOLD = re.compile(  # "vắng 02 đại biểu có lý do"
    r"(?<!\w)(?:có|không|chưa rõ|không rõ|làm rõ|xác định|tìm|điều tra) $", re.I
)
_OTHER = re.compile(r" khác(?!\w)", re.I)  # "nguyên nhân khác"
_BEFORE = 10  # characters
_PHRASE_END = re.compile(r"[,;:.](?:\s|$)")


def asks_purpose(query: Query) -> bool:
    """Whether a question asks what something is for."""
    return bool(_ASKS_PURPOSE.search(fold(query.text)))


def tells_purpose(query: Query, unit: Unit) -> bool:
    """A purpose that the question does not name itself: "khoan lỗ để đổ thuốc" does not tell what the holes are for,
    "thông tuyến để phục vụ lễ hội" not what the festival is for."""
    aims = [found for found in _PURPOSE.finditer(unit.quote) if not _is_for_it(query, unit.quote, found)]
    behind = (tokens(unit.quote[found.end() :])[:_AIM] for found in aims)
    return any(word.folded not in query.words for words in behind for word in words)


def _is_for_it(query: Query, quote: str, aim: re.Match[str]) -> bool:
    """Whether the purpose itself is most of what is asked about: something else is for it."""
    asked = {term.folded for term in query.terms}
    end = _PHRASE_END.search(quote, aim.end())
    behind = {token.folded for token in tokens(quote[aim.end() : end.start() if end else len(quote)])}
    return len(asked) > 1 and len(asked & behind) * 2 >= len(asked)


def is_under_purpose(unit: Unit, section: str | None) -> bool:
    """Whether a unit's heading says that purposes follow, "I. Mục đích, yêu cầu", and no line of its own tells them."""
    heads = _HEADS_PURPOSE.search(fold((section or "").rpartition(" › ")[2]))
    return heads is not None and not _tells_its_purpose(unit.text)


@lru_cache(maxsize=256)
def _tells_its_purpose(text: str) -> bool:
    return _ITS_PURPOSE.search(text) is not None


def tells_cause(query: Query, unit: Unit, before: int) -> bool:
    """A word of cause, not before the question's own words: "để chậm khởi công" is what was asked, and "thiệt hại do
    dịch bệnh" tells not why there was the disease."""
    causes = candidates(unit.text, Span(unit.span.start - before, unit.span.end), "reason")
    told = (cause for cause in causes if not _UNTOLD.search(unit.text, max(0, cause.start - _BEFORE), cause.start))
    told = (cause for cause in told if not _OTHER.match(unit.text, cause.end))
    told = (cause for cause in told if not _is_of_its_effect(query, unit, cause))
    if any(not (_leads(one.of(unit.text)) and _is_asked(query, unit.text, one.end)) for one in told):
        return True
    return bool(_POINTED_AT.match(unit.text, unit.span.end))


def _is_of_its_effect(query: Query, unit: Unit, cause: Span) -> bool:
    """Whether what is asked about is itself the cause: "giá tăng do cự ly từ bãi rác (đóng cửa …)" tells not why the
    dump was closed."""
    asked = {term.folded for term in query.terms}
    effect = {token.folded for token in tokens(unit.text[unit.span.start : cause.start])}
    behind = {token.folded for token in tokens(unit.text[cause.end : unit.span.end])}
    return len(effect) >= _AIM and not asked & effect and len(asked & behind) * 2 >= len(asked) > 1


def _leads(word: str) -> bool:
    """Whether what leads to it stands behind a word of cause: not before it, as with "nên"."""
    return word.lower() in _LEADS


def _is_asked(query: Query, text: str, at: int) -> bool:
    return all(word.folded in query.words for word in tokens(text[at : at + _REACH])[:_AIM])
