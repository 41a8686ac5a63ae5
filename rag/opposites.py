"""What has an opposite: the income is not the spending, what is paid in is not what is paid out."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import same_tones, tokens
from rag.around import before
from rag.understand import Query
from rag.units import Unit

Differ = tuple[str, str]  # what was asked for, and what stands there instead
_OPPOSITES = tuple(
    (same_tones(one), same_tones(other))
    for one, other in (
        ("tổng thu", "tổng chi"), ("thu ngân sách", "chi ngân sách"), ("đúng hạn", "trễ hạn"), ("đúng hạn", "quá hạn"),
        ("nhập khẩu", "xuất khẩu"), ("cao nhất", "thấp nhất"), ("nhiều nhất", "ít nhất"), ("lớn nhất", "nhỏ nhất"),
        ("đầu nhiệm kỳ", "cuối nhiệm kỳ"), ("thành lập", "giải thể"), ("hộ nghèo", "hộ cận nghèo"),
        ("có hiệu lực", "hết hiệu lực"), ("áp dụng", "hết hiệu lực"), ("đầu năm", "cuối năm"),
        ("thấp còi", "nhẹ cân"), ("học sinh khá", "học sinh giỏi"), ("lúa mùa", "lúa xuân"), ("vụ mùa", "vụ xuân"),
        ("thường trú", "tạm trú"), ("khai sinh", "khai tử"), ("kết hôn", "ly hôn"), ("trâu", "bò"),
        ("bắt đầu", "kết thúc"), ("khai mạc", "bế mạc"), ("lúa lai", "lúa thuần"),
    )
)  # fmt: skip
_MEETINGS = same_tones("trước kỳ họp"), same_tones("sau kỳ họp")
_OTHERWISE = re.compile(r" (?:so với|tháng|quý) (?:đầu|cuối) năm(?= )")  # a measure, or a part of a year
_IN = re.compile(r"(?<!\w)(?:đóng|nộp|thu(?! (?:nhập|hút|hoạch|hồi))|góp|ủng hộ|quyên góp|vận động)(?!\w)", re.I)
_OUT = re.compile(r"(?<!\w)(?:hỗ trợ|chi trả|trợ cấp|khen thưởng|tặng|bồi thường|đền bù)(?!\w)", re.I)
_PAID = re.compile(  # "mỗi năm đóng quỹ bao nhiêu", "được hỗ trợ mấy triệu"
    r"(?<!\w)(?P<way>đóng(?: góp)?|nộp|thu được|hỗ trợ|trợ cấp|đền bù|bồi thường)(?!\w)[^;.?]{0,60}?"
    r"(?<!\w)(?:bao nhiêu|mấy)(?: (?:tiền|đồng|triệu|nghìn|ngàn|tỷ|kinh phí)(?!\w)|\W*$)",
    re.I,
)


_PROCEDURES = tuple(  # what is done to the same thing in another procedure, and all words for it
    tuple(re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I) for words in (asked, told))
    for asked, told in (
        ("xóa|xoá|hủy|huỷ", "xóa|xoá|hủy|huỷ|bỏ"),
        ("cấp lại|cấp đổi", "cấp lại|cấp đổi|đổi|làm lại"),
        ("gia hạn", "gia hạn|kéo dài"),
        ("chấm dứt|tạm ngừng", "chấm dứt|ngừng|ngưng|dừng"),
    )
)


def opposite(query: Query, unit: Unit) -> Differ | None:
    """What is said of the income is not said of the spending: the unit has the opposite of what is asked, not it."""
    pairs = _opposed(query.text)
    there = _OTHERWISE.sub(" ", f" {' '.join(word.key for word in unit.words)} ") if pairs else ""
    return next(((mine, theirs) for mine, theirs in pairs if f" {theirs} " in there and f" {mine} " not in there), None)


def has_opposite(question: str, text: str) -> bool:
    """Whether a short text, a column's name, has the opposite of what is asked for, and not it."""
    there = f" {' '.join(token.key for token in tokens(text))} "
    return any(f" {theirs} " in there and f" {mine} " not in there for mine, theirs in _opposed(question))


@lru_cache(maxsize=512)
def _opposed(question: str) -> tuple[tuple[str, str], ...]:
    """What a question asks about that has an opposite, with it."""
    asked = _OTHERWISE.sub(" ", f" {' '.join(token.key for token in tokens(question))} ")
    both = (ordered for pair in _OPPOSITES for ordered in (pair, pair[::-1]))
    return tuple((mine, theirs) for mine, theirs in both if f" {mine} " in asked)


def of_other_meeting(query: Query, unit: Unit, title: str) -> Differ | None:
    """ "Tiếp xúc cử tri sau kỳ họp" where the unit says neither, and its document's title "trước kỳ họp"."""
    pairs = _of_meetings(query.text)
    there = " ".join(token.key for token in tokens(f"{title}. {unit.quote}")) if pairs else ""
    return next(((mine, theirs) for mine, theirs in pairs if theirs in there and mine not in there), None)


@lru_cache(maxsize=512)
def _of_meetings(question: str) -> tuple[tuple[str, str], ...]:
    asked = " ".join(token.key for token in tokens(question))
    return tuple((mine, theirs) for mine, theirs in (_MEETINGS, _MEETINGS[::-1]) if mine in asked)


def paid_the_other_way(query: Query, unit: Unit) -> Differ | None:
    """ "Mức hỗ trợ từ Quỹ" where it is asked how much is paid into it: the unit, and what stands before it, tells of
    payment the other way only."""
    asked = _PAID.search(query.text) if query.expected.kind == "number" else None
    if asked is None:
        return None
    mine, theirs = (_IN, _OUT) if _IN.match(asked["way"]) else (_OUT, _IN)
    told = theirs.search(unit.quote) if not theirs.search(query.text) else None
    near = f"{before(unit.text, unit.span.start)} {unit.quote}"
    return (asked["way"], told[0]) if told and not mine.search(near) else None


def other_procedure(query: Query, unit: Unit) -> Differ | None:
    """ "Đăng ký thường trú" where "xóa đăng ký thường trú" is asked about: the thing without what is done to it."""
    for procedure, words in _PROCEDURES:
        asked = procedure.search(query.text)
        behind = tokens(query.text[asked.end() :])[:2] if asked else []
        if asked is None or len(behind) < 2 or (behind[0].folded, behind[1].folded) not in unit.pairs:
            continue
        if not words.search(f"{before(unit.text, unit.span.start)} {unit.quote}"):
            return f"{asked[0]} {behind[0].key} {behind[1].key}", f"{behind[0].key} {behind[1].key}"
    return None
