"""Whether a unit of text tells what is planned: an aim is no result, and a question after results does not mean it."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import fold
from rag.about import without_plans
from rag.language.dates import find_dates
from rag.language.numbers import find_numbers
from rag.understand import Query
from rag.units import Unit

_AHEAD = re.compile(
    r"\b(?:phuong huong|nhiem vu|muc tieu(?! hao| thu)|chi tieu|giai phap|"
    r"(?<!tai chinh )(?<!tai chinh - )(?<!tai chinh, )ke hoach(?! va dau tu| hoa gia dinh)|du kien|phan dau|de xuat|"
    r"kien nghi|de nghi)\b"
)
_BEHIND = re.compile(r"\b(?:ket qua|tinh hinh|danh gia|thuc trang|ton tai|han che)\b")
_AIMS = re.compile(r"\b(?:phan dau|du kien|du dinh|se)\b(?! khong)")
_ASKED = re.compile(
    r"\b(?:phan dau|du kien|du dinh|ke hoach|chi tieu|muc tieu(?! hao| thu)|nhiem vu|phuong huong|giai phap|se|phai|"
    r"can|toi da|toi thieu|de ra|de xuat|kien nghi|de nghi|xin|duoc giao|khi nao|bao gio|thoi gian nao|toi day)\b"
)
_PROPOSED = re.compile(
    r"(?<!\w)(?:chỉ tiêu(?! đạt)|mục tiêu(?! đạt| quốc gia)|"
    r"đề xuất|đề nghị|kiến nghị|yêu cầu(?! công việc| của)|phấn đấu|dự kiến|dự định|sẽ|cần(?! thiết)|"
    r"phải(?! (?:chi|đóng|nộp|chịu))|đăng ký)(?!\w)",
    re.I,
)
_UNDER = " › "  # between a heading and the one under it
_STATE = re.compile(r"\b(?:chua|khong)\s*\??\s*$")


@lru_cache(maxsize=4096)
def is_ahead(section: str | None) -> bool:
    """Whether a heading opens what is still to do: "III. Nhiệm vụ năm 2024", not "Kết quả thực hiện nhiệm vụ"."""
    over, under, heading = (section or "").rpartition(_UNDER)
    folded = fold(f"{without_plans(over)}{under}{heading}")
    return bool(_AHEAD.search(folded)) and not _BEHIND.search(folded)


def is_planned(unit: Unit, section: str | None) -> bool:
    """Whether a unit aims at something, by its own words or those of its heading."""
    return is_ahead(section) or bool(_AIMS.search(fold(unit.quote)))


def asks_result(query: Query) -> bool:
    """Whether what is so is asked for, and not what is aimed at."""
    return not asks_of_plans(query) and (
        query.expected.kind in ("number", "percent", "place") or bool(_STATE.search(fold(query.text).rstrip(" ?.")))
    )


def asks_of_plans(query: Query) -> bool:
    """Whether a question asks of what is aimed at, ordered or still to be."""
    return bool(_ASKED.search(fold(query.text)))


def really(query: Query) -> bool:
    """Whether it is asked what came of something: "thu được bao nhiêu", "thực tế chi bao nhiêu"."""
    return bool(_REALLY.search(query.text))


def asks_done(query: Query) -> bool:
    """Whether a figure is asked for of what is over, "đã trả xong được bao nhiêu tiền rồi", or when it really was."""
    if query.expected.kind == "date":
        return bool(_ACTUALLY.search(query.text))
    asked = _HOW_MANY.search(query.text) if query.expected.kind in ("number", "percent") else None
    if asked is None or asks_of_plans(query) or _RATE.match(query.text, asked.end()):
        return False
    return bool(_OVER.search(query.text, 0, asked.start()) or _ALREADY.search(query.text, asked.end()))


def is_before_it(query: Query, document_kind: str | None, section: str | None) -> bool:
    """Whether a document says what is to be done, this part of it not how things stand, and it is asked what came of
    it."""
    ordered = fold(document_kind or "") in _TO_DO and not _BEHIND.search(fold(section or ""))
    return (ordered or _is_estimate(section)) and really(query)


def _is_estimate(section: str | None) -> bool:
    """Whether a heading opens what a budget estimates: "Điều 1. Dự toán thu ngân sách năm 2026"."""
    folded = fold(section or "")
    return bool(_ESTIMATE.search(folded)) and not _BEHIND.search(folded)


def tells_other_than_plan(query: Query, unit: Unit) -> bool:
    """Whether the plan is asked for and the unit tells what came instead: "muộn hơn 02 ngày so với kế hoạch"."""
    return bool(_BY_PLAN.search(fold(query.text)) and _AGAINST_PLAN.search(unit.quote))


def asks_whole_year(query: Query) -> bool:
    """Whether a figure of all of a year is asked for: "cả năm 2024"."""
    return query.expected.kind in ("number", "percent") and bool(_WHOLE_YEAR.search(fold(query.text)))


def asks_findings(query: Query) -> bool:
    """Whether it is asked what came out of something, and not what was ordered."""
    folded = fold(query.text)
    return bool(_FINDINGS.search(folded)) and not _ASKED.search(folded) and not _ASSIGNED.search(folded)


def orders(unit: Unit) -> bool:
    """Whether a unit only tells somebody what to do: "Giao Thanh tra huyện kiểm tra …"."""
    return bool(_ORDER.match(unit.quote)) and not tells_done(unit)


def is_proposed(query: Query, unit: Unit) -> bool:
    """Whether every figure of a unit is only proposed, asked for or ordered: "yêu cầu hoàn trả 738 triệu đồng".

    What stands nearest before a figure decides; words that the question has itself do not.
    """
    asked, known = f" {' '.join(query.words)} ", {number.value for number in find_numbers(query.text)}
    aims = [found.start() for found in _PROPOSED.finditer(unit.quote) if f" {fold(found[0])} " not in asked]
    deeds = [found.start() for found in (*_DONE.finditer(unit.quote), *_REACHED.finditer(unit.quote))]
    figures = [number.span.start for number in find_numbers(unit.quote) if number.value not in known]
    return bool(figures) and all(_last(aims, at) > _last(deeds, at) for at in figures)


def _last(places: list[int], before: int) -> int:
    return max((place for place in places if place < before), default=-1)


_WHOLE_YEAR = re.compile(r"\b(?:ca|tron|toan) nam\b")
_FINDINGS = re.compile(r"\b(?:ket luan|ket qua|phat hien|xac minh|dieu tra|kiem tra|thanh tra|xu ly)\b")
_ASSIGNED = re.compile(r"\b(?:giao|phan cong|chi dao|yeu cau|lam gi|viec gi)\b")
_ORDER = re.compile(
    r"\W*+(?:(?:\d{1,2}|[a-zđ])[.)]\W*+)?(?:giao|yêu cầu|đề nghị|phân công|kiến nghị|chỉ đạo) (?!của|trên|này)", re.I
)
_REACHED = re.compile(r"(?<!\w)(?:đạt|được)(?= (?:tổng |hơn |trên |gần |khoảng |số )*\d)", re.I)
_OVER = re.compile(
    r"(?<!\w)(?:đã|xong|hết|được(?! (?:bồi thường|đền bù|đền|hưởng|thưởng|trợ cấp|phụ cấp|vay|nghỉ|miễn|giảm)(?!\w))|"
    r"thực tế|thực thu|thực chi|rốt cuộc|kết quả)(?!\w)",  # what one is entitled to is not over
    re.I,
)
_RATE = re.compile(r" (?:tiền |đồng )?(?:một|mỗi|1) ", re.I)  # "bao nhiêu một mét vuông"
_HOW_MANY = re.compile(r"(?<!\w)(?:bao nhiêu|mấy)(?!\w)", re.I)
_ALREADY = re.compile(r"(?<!\w)(?:rồi|xong|đã)(?!\w)", re.I)
_DONE = re.compile(r"(?<!\w)(?:đã|vừa)(?!\w)(?! (?:định|dự kiến))|(?<!\w)(?:đạt|thu|đón|làm|có) được(?!\w)", re.I)
_TO_DO = frozenset(fold(kind) for kind in ("kế hoạch", "chỉ thị", "phương án", "công điện", "giấy mời"))
_ACTUALLY = re.compile(r"(?<!\w)(?:thực tế|rốt cuộc)(?!\w)", re.I)
_ESTIMATE = re.compile(r"(?<!thuc hien )(?<!quyet toan )(?<!chap hanh )\bdu toan\b")
_BY_PLAN = re.compile(r"^(?:theo|trong) (?:ke hoach|du kien)\b|\b(?:theo|trong) ke hoach(?: ban dau)? thi\b")
_AGAINST_PLAN = re.compile(r"(?<!\w)so với (?:kế hoạch|dự kiến)(?!\w)", re.I)
_REALLY = re.compile(
    r"(?<!\w)(?:đã(?! được)|thực tế|thực thu|thực chi|rốt cuộc)(?!\w)|^kết quả |"
    r"(?<!\w)(?:thu|chi|đạt|làm|cấp|trồng|xây|huy động|quyên góp|vận động|giải ngân|hoàn thành) được (?=bao nhiêu|mấy)",
    re.I,
)
_ORDERS = frozenset(
    fold(kind) for kind in ("kế hoạch", "chương trình", "chỉ thị", "hướng dẫn", "thông báo", "phương án", "đề án")
)


def tells_done(unit: Unit) -> bool:
    """Whether a unit says itself that something is over: "đã thu 12 tỷ đồng"."""
    return bool(_DONE.search(unit.quote))


def told_as_done(claim: str, quote: str, section: str | None, kind: str | None) -> bool:
    """Whether a claim tells as done what its quote, under a heading of plans or in an order, does not."""
    orders = is_ahead(section) or fold(kind or "") in _ORDERS
    return orders and bool(_DONE.search(claim)) and not _DONE.search(quote)


@lru_cache(maxsize=4096)
def frames(section: str | None) -> bool:
    """Whether sentences would be misread without their heading: it says that they are plans, or of a part of a year."""
    parts = (date for date in find_dates(section or "", year=2000) if date.precision in ("half", "months", "quarter"))
    return is_ahead(section) or any(parts)
