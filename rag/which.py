"""Whether a unit names the thing that "hội trường nào" asks for, or what it is under does."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.document import Span
from corpus.text import Token, fold, same_tones, tokens
from rag.around import before
from rag.expected import Kind, is_cooperative, without_modifiers
from rag.terms import content_terms, words
from rag.understand import Query, as_sure
from rag.units import Unit
from rag.units import unit as read

_LINE, _UNDER = "\n", " › "  # between a list's opening and its items, a heading and the one under it


def names_which(query: Query, unit: Unit, section: str | None = None) -> bool:
    """Whether the noun of "hội trường nào" stands in the unit, in the line that opens its list, or in its heading."""
    noun = _which(query.text, query.expected.kind)
    typed = as_sure(query, " ".join(noun)) == noun
    if _names_the(unit, noun, typed):
        return True
    over = f"{before(unit.text, unit.span.start).rpartition(_LINE)[0]} {(section or '').rpartition(_UNDER)[2]}"
    return _names_the(read(over, Span(0, len(over))), noun, True)


def _names_the(unit: Unit, noun: tuple[str, ...], typed: bool) -> bool:
    """Whether the noun of "hội trường nào" stands in the unit as a word: not "trưởng", not a half of "môi trường".

    Of one syllable whose accents nobody typed any reading will do, but a name: "dao nao" may be "đạo nào", "đảo nào".
    """
    folded = tuple(map(fold, noun))
    strict = typed or len(noun) != 1
    if strict and any(one not in unit.keys and one != plain for one, plain in zip(noun, folded, strict=True)):
        return False
    if len(noun) != 1:
        return not noun or folded in unit.pairs or folded in _spaced(unit)
    if not any(word.syllables[0] == folded[0] for word in words(content_terms(unit.quote))) and not _bears(unit, noun):
        return False
    same = (word for word in unit.words if word.folded == folded[0])
    return typed or any(word.key == noun[0] or unit.quote[word.start].islower() for word in same)


def _bears(unit: Unit, noun: tuple[str, ...]) -> bool:
    """Whether capitals follow the noun: "xã Vĩnh Lương" has no half of a word, "hợp tác xã Vĩnh Lương" has."""
    quote, read_ = unit.quote, unit.words
    return any(
        word.key == noun[0] and quote[read_[at + 1].start].isupper() and (not at or read_[at - 1].key != "tác")
        for at, word in enumerate(read_[:-1])
    )


def _spaced(unit: Unit) -> set[tuple[str, ...]]:
    """Syllables one apart: "thanh niên" in "thanh thiếu niên"."""
    return {(one.folded, other.folded) for one, other in zip(unit.words, unit.words[2:], strict=False)}


@lru_cache(maxsize=512)
def _which(question: str, kind: Kind) -> tuple[str, ...]:
    """The noun of "hội trường nào", which an answer names; none for general ones ("cơ quan nào"), for what is there at
    all ("có xã nào … không") and for the several that the question has told of ("… là những món nào")."""
    folded = fold(question)
    if _ANY_OF.search(folded) and _WHETHER.search(folded):
        return ()
    found = without_modifiers(tokens(question))
    at = next(
        (at for at, token in enumerate(found) if token.key in ("nào", "nao") and at and not _is_any(found, at)), 0
    )
    if not at or found[at - 1].key in _GENERAL or kind not in ("other", "place"):
        return ()
    if is_cooperative(found, at - 1):
        return ("hợp", "tác")
    pair = found[at - 2].key, found[at - 1].key
    if at > 1 and " ".join(pair) in _GENERAL:
        return ()
    whole = at > 1 and words(content_terms(" ".join(pair)))
    noun = pair if whole and len(whole) == 1 and len(whole[0].syllables) == 2 else (found[at - 1].key,)
    return () if _IS_SEVERAL.search(" ".join(token.folded for token in found[: at - len(noun)])) else noun


def _is_any(found: list[Token], at: int) -> bool:
    """ "Chưa tìm được đứa trẻ nào thì …": none is asked for, what comes later is."""
    denied = any(token.key in _DENIES for token in found[max(0, at - _DENIED) : at])
    return denied and any(token.folded in _THEN for token in found[at + 1 : at + 3])


_ANY_OF, _WHETHER = re.compile(r"\bco (?:\w+ ){1,3}nao\b"), re.compile(r"\b(?:khong|chua)\W*$")
_IS_SEVERAL = re.compile(r"\w la (?:nhung|cac|hai|ba|bon|nam|\d+)$")
_DENIES, _THEN, _DENIED = frozenset(("chưa", "không", "chẳng")), frozenset(("thi", "ma")), 6
_GENERAL = frozenset(
    same_tones(noun)
    for noun in (
        "thế", "như", "bao", "khi", "lúc", "người", "nơi", "chỗ", "cách", "mức", "loại", "việc", "cấp", "bên", "phần",
        "mặt", "điều", "điểm", "ai", "đâu", "buổi", "bài", "câu", "vế", "ý", "từ", "khâu", "bước", "văn bản",
        "cơ quan", "đơn vị", "đối tượng", "địa phương", "lĩnh vực", "nội dung", "vấn đề", "hình thức", "biện pháp",
        "giải pháp", "tổ chức", "khu vực", "tài liệu", "nhiệm vụ", "hoạt động", "trường hợp", "mục tiêu", "chức danh",
        "chức vụ", "nhóm", "dạng", "kiểu", "giới", "số", "nguồn", "nguồn vốn", "email", "mail", "hộp thư", "website",
        "giấy tờ", "nhiệm kỳ", "giai đoạn", "tiêu chí", "yêu cầu", "phong trào", "hội nghị", "chương trình", "phía",
        "khoản", "món", "thứ", "chuyện",
    )
)  # fmt: skip
