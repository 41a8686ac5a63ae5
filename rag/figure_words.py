"""The word that a figure is told with: what fell is told as a fall, what is left as left, a width as a width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.text import fold, tokens
from rag.around import before
from rag.tables import BAR
from rag.terms import content_terms, words
from rag.understand import Query, typed_syllables
from rag.units import Unit

_HOW_MANY = r"(?:khoảng |tất cả |tổng cộng )?(?:bao nhiêu|mấy)"
_TOLD_WITH = tuple(  # how something is asked, and what an answer says of it
    (re.compile(asked, re.I), re.compile(rf"(?<!\w)(?:{told})(?!\w)", re.I))
    for asked, told in (
        (rf"(?<!hay )(?<!\w)giảm(?: được| thêm)? {_HOW_MANY}", "giảm(?! nghèo)|bớt|thoát|xuống|hạ|ít hơn|thấp hơn|kém"),
        (rf"(?<!hay )(?<!\w)tăng(?: được| thêm)? {_HOW_MANY}", "tăng|thêm|lên|vượt|hơn|so với"),
        (rf"(?<!\w)còn (?:dư|đủ|tồn|thừa) {_HOW_MANY}", "còn|dư|tồn|thừa"),
        (r"(?<!\w)thu (?:ngân sách|nsnn)(?!\w)", "thu"),
        (r"(?<!\w)chi (?:ngân sách|nsnn)(?!\w)", "chi|giải ngân"),
    )
)
_SEASON = re.compile(r"(?<!\w)(?:lúa|vụ) (?P<season>mùa|xuân|đông xuân|hè thu|thu đông)(?!\w)", re.I)
_HEAD = 400  # characters in which a document says what it is
_OF_FIELD = re.compile(r"(?<!\w)(?:bao nhiêu|mấy) (?:\w+ ){1,3}?(?:về|thuộc) lĩnh vực (?P<field>[^,;?]+)", re.I)
_ONE_EVENT = re.compile(r"^\W*(?P<event>vụ|trận|cơn|đợt|ca) [^\W\d_]", re.I)
_WORD = 2  # syllables
_SIDES = {  # of a thing, and what else tells it
    "dài": "dài",
    "rộng": "rộng|diện tích|mặt đường|mặt cắt|lòng đường|bề mặt",
    "cao": "cao",
    "sâu": "sâu|mực nước",
    "dày": "dày",
}
_SIDE = re.compile(rf"(?<!\w)(?P<side>{'|'.join(_SIDES)}) {_HOW_MANY} (?:mét|m|cm|km|mm|cây số|phân)(?!\w)", re.I)
_TOLD_SIDE = re.compile(rf"(?<!\w)(?:{'|'.join(_SIDES)}) (?:(?:là|khoảng|hơn|gần|trên|từ) )?\d", re.I)
_PRICE = re.compile(  # of what: "giá thu mua thuốc lá", not "giá trị", not "đánh giá"
    r"(?<!đánh )(?<!\w)giá (?:(?:bán|mua|thu mua|bình quân|trung bình|của|một|mỗi|1) )*+(?!trị|cả|là|bao|thành)"
    r"(?P<what>[^\W\d_]+)",
    re.I,
)


def lacks_figure_word(query: Query, unit: Unit, section: str | None) -> bool:
    """Whether a figure is asked for with a word that neither the unit nor what is over it has, or the unit tells
    another side of the thing, or the price of another one."""
    if query.expected.kind not in ("number", "percent"):
        return False
    told = _told_with(query.text, "tăng" in typed_syllables(query.asked))
    over = _over(unit, section) if told else ""
    return (
        any(not word.search(over) for word in told)
        or _lacks_season(query, unit, section)
        or _lacks_field(query, unit, section)
        or _tells_other_side(query, unit)
        or _tells_other_price(query, unit)
        or _tells_several(query, unit)
    )


@lru_cache(maxsize=512)
def _told_with(question: str, rises: bool) -> tuple[re.Pattern[str], ...]:
    """What tells of what a question asks; where nobody typed "tăng" it may be "tặng" (`rises`)."""
    return tuple(
        told for asked, told in _TOLD_WITH if (found := asked.search(question)) and (rises or found[0][:4] != "tăng")
    )


def _over(unit: Unit, section: str | None) -> str:
    return f"{section or ''}\n{before(unit.text, unit.span.start)}\n{unit.quote}"


def _lacks_season(query: Query, unit: Unit, section: str | None) -> bool:
    """ "Lúa mùa" where all that is spoken of is the rice of a whole year."""
    asked = _SEASON.search(query.text)
    return asked is not None and fold(asked["season"]) not in fold(f"{unit.text[:_HEAD]}\n{_over(unit, section)}")


def _lacks_field(query: Query, unit: Unit, section: str | None) -> bool:
    """ "47 câu hỏi" where it is asked how many of them are of a field that nothing here names."""
    asked = _OF_FIELD.search(query.text)
    there = {token.folded for token in tokens(_over(unit, section))} if asked else set[str]()
    return asked is not None and not any(term.folded in there for term in content_terms(asked["field"]))


def _tells_several(query: Query, unit: Unit) -> bool:
    """ "02 vụ cháy rừng, tổng diện tích 3,7 ha" where that of one, on a day, is asked for."""
    asked = _ONE_EVENT.search(query.text) if any(day.precision == "day" for day in query.dates) else None
    return (
        asked is not None
        and re.search(rf"(?<!\w)(?:0?[2-9]|\d\d) {asked['event']}(?!\w)", unit.quote, re.I) is not None
    )


def _tells_other_side(query: Query, unit: Unit) -> bool:
    """ "Dài 940 m" where it is asked how wide it is."""
    asked = _SIDE.search(query.text)
    if asked is None or BAR in unit.quote or not _TOLD_SIDE.search(unit.quote):
        return False
    return not re.search(rf"(?<!\w)(?:{_SIDES[asked['side'].lower()]})(?!\w)", unit.quote, re.I)


def _tells_other_price(query: Query, unit: Unit) -> bool:
    """ "Giá thu mua thuốc lá" where the price of ginger is asked for, which was only spoken of before."""
    asked, told = _PRICE.search(query.text), _PRICE.search(unit.quote)
    if asked is None or told is None or BAR in unit.quote:
        return False
    return fold(told["what"]) not in query.words and fold(asked["what"]) not in unit.found


def sounds_alike(noun: Sequence[str], unit: Unit, end: int) -> bool:
    """Whether what stands behind a figure is another word of the same letters: "4.862 hộ kinh doanh" are no hồ sơ."""
    near = [word for word in unit.words if word.start >= end][:_WORD]
    if not near or len(noun) < _WORD or near[0].folded != fold(noun[0]) or noun[0] == fold(noun[0]):
        return False
    other = near[0].key not in (noun[0], near[0].folded) and [word.folded for word in near[1:]] != [fold(noun[1])]
    return other and [len(word.syllables) for word in words(content_terms(" ".join(noun[:_WORD])))] == [_WORD]
