"""Whether a unit of text offers the kind of thing a question asks for, and of the noun that it names."""

from __future__ import annotations

import re

from corpus.document import Span
from corpus.text import fold, same_tones, tokens
from rag.asked_shapes import has_shape
from rag.causes import asks_purpose, is_under_purpose, tells_cause, tells_purpose
from rag.cited import is_title, of_another, only_mentions, only_points
from rag.denied import lacks_denial
from rag.figure_words import lacks_figure_word
from rag.language.dates import find_dates
from rag.language.document_numbers import KINDS, DocumentNumber, find_document_numbers, matches, with_kind
from rag.matter import lacks_way
from rag.metadata import HeaderField
from rag.names_told import COMMUNES, asks_signer, lacks_name, names_a_commune
from rag.offered_figures import offers_figure
from rag.planned import asks_done, is_proposed, tells_other_than_plan
from rag.posts import ranked
from rag.shapes import candidates, names
from rag.understand import Query
from rag.units import Unit
from rag.whereabouts import NOWHERE, asks_where, behind_at
from rag.which import names_which


def offers(query: Query, unit: Unit, before: int = 0, section: str | None = None) -> bool:
    """Whether a unit offers the kind of thing asked for: a figure, a share, a day, a person, a number, a cause.

    `before` is the length of its paragraph before it, where a cause may stand; `section` its heading, which may say
    what the unit names or tells.
    """
    kind, quote = query.expected.kind, unit.quote
    if asks_signer(query):
        return bool(names(unit.text, unit.span)) and _SIGNED in unit.keys
    if query.field in _TOLD_BY:
        return bool(_TOLD_BY[query.field] & (unit.found | unit.pairs))
    if kind in ("number", "other", "person", "place") and not has_shape(query, unit):
        return False
    if lacks_name(query, unit):
        return False
    if opens_list(query, unit):
        return True
    if (
        (asks_done(query) and is_proposed(query, unit))
        or tells_other_than_plan(query, unit)
        or lacks_figure_word(query, unit, section)
        or lacks_denial(query, unit, section)
        or lacks_way(query, unit, section)
        or only_mentions(query, unit)
        or is_title(query, unit)
        or only_points(query, unit)
    ):
        return False
    if asks_purpose(query) and not (tells_purpose(query, unit) or is_under_purpose(unit, section)):
        return False
    if _ASKS_HOW_OFTEN.search(" ".join(query.words)):
        return bool(_HOW_OFTEN.search(quote))
    if _ASKS_WEEKDAY.search(" ".join(query.words)):
        return bool(_WEEKDAY.search(quote))
    if kind == "place" and (excepted := _EXCEPTED.match(fold(query.text))):
        beside = {term.folded for term in query.terms if term.folded in excepted[1].split()}
        if beside and beside <= unit.found:
            return False
    match kind:
        case "number":
            return offers_figure(query, unit, before)
        case "percent":
            return "%" in quote or "phần trăm" in quote
        case "date":
            return _offers_day(query, unit)
        case "document":
            return _offers_document(query, unit)
        case "reason":
            return tells_cause(query, unit, before)
        case "place" if asks_where(query):
            return _offers_place(query, unit)
        case "other" if _ASKS_NAME.search(" ".join(query.words)) and ranked(" ".join(query.words)):
            return _names_another(query, unit)
        case "person" if _ASKS_WHO.search(" ".join(query.words)):
            return _names_another(query, unit) or names_post(query, unit)
        case "person" if names(unit.text, unit.span) and not _names_another(query, unit):
            return names_post(query, unit)
        case "place" if query.expected.noun and query.expected.noun[0] in COMMUNES:
            return names_which(query, unit, section) and names_a_commune(unit)
        case _:
            return names_which(query, unit, section)


def opens_list(query: Query, unit: Unit) -> bool:
    """Whether a list of what is asked for follows: "vào một trong các ngày sau đây:"."""
    noun = fold(" ".join(query.expected.noun))
    return bool(noun) and any(opens["what"].startswith(noun) for opens in _OPENS.finditer(fold(unit.quote)))


def _names_another(query: Query, unit: Unit) -> bool:
    """A person whom the question does not name itself: "ai thay ông Thông" is not Nguyễn Văn Thông."""
    asked = f" {' '.join(query.words)} "
    given = {called[1] for called in _CALLED.finditer(asked)}
    folded = (fold(span.of(unit.text)) for span in names(unit.text, unit.span))
    folded = (name for name in folded if not _HANDED_TO.match(name))
    return any(f" {name} " not in asked and name.split()[-1] not in given for name in folded)


def names_post(query: Query, unit: Unit) -> bool:
    """ "người phát biểu chủ yếu là ai" is answered by posts; of a post that the question names, only a name is."""
    return not ranked(" ".join(query.words)) and bool(ranked(" ".join(word.folded for word in unit.words)))


def _offers_document(query: Query, unit: Unit) -> bool:
    """A document number that is not the question's own, of the kind asked for: "thông tư nào" wants no nghị định."""
    others = (
        number for number in find_document_numbers(unit.quote) if not any(matches(number, own) for own in query.numbers)
    )
    fitting = (number for number in others if not of_another(query, unit, number))
    return any(_is_of_kind(query, unit, number) for number in fitting)


def _is_of_kind(query: Query, unit: Unit, number: DocumentNumber) -> bool:
    """By its sign ("nd" of "89/2022/NĐ-CP"), or by the word before it: "Công văn số 388/UBND-NN" has no sign."""
    noun = " ".join(query.expected.noun)
    kinds, signs = KINDS.get(noun, ()), set(number.symbol_key.partition("/")[0].split("|"))
    named = fold(with_kind(unit.quote, number).of(unit.quote)).startswith(fold(noun))
    return not kinds or bool(signs & set(kinds)) or named


def _offers_day(query: Query, unit: Unit) -> bool:
    """A day; of a document that the unit cites, the one behind its number."""
    if _ASKS_HOUR.search(" ".join(query.words)):
        return bool(_HOUR.search(unit.quote))
    numbers = find_document_numbers(unit.quote)
    cited = [number for number in numbers if any(matches(n, number) for n in query.numbers)]
    dates = find_dates(unit.quote)
    if cited and not query.dates:
        return any(0 <= date.span.start - number.span.end <= _NEXT for number in cited for date in dates)
    of_day = query.expected.noun == _DAY  # "hằng tháng" is none, "ngày 10 hằng tháng" is
    there = [Span(number.span.start + unit.span.start, number.span.end + unit.span.start) for number in numbers]
    said = [span for span in candidates(unit.text, unit.span, "date") if not any(span.overlaps(one) for one in there)]
    spoken = [span.of(unit.text) for span in said]  # no year of "85/2023/NĐ-CP"
    if _ASKS_LATEST.search(fold(query.text)):
        dates = tuple(date for date in dates if date.precision != "year")
        return bool(dates or _WEEKDAY.search(unit.quote) or _LATEST.search(unit.quote))
    days = [date for date in dates if not of_day or date.precision in ("day", "range")]
    return bool(days or _WEEKDAY.search(unit.quote)) or any(not of_day or _OF_DAY.search(one) for one in spoken)


def _offers_place(query: Query, unit: Unit) -> bool:
    """Somewhere ("tại nhà văn hóa"), or a name that is not the question's own."""
    behind = (unit.words[at : at + 3] for at in behind_at(unit))
    if any(word.folded not in query.words for near in behind for word in near):  # not "tại trụ sở", which was asked for
        return True
    spans = candidates(unit.text, Span(unit.span.start + 1, unit.span.end), "place")
    named = (span for span in spans if not NOWHERE.match(fold(unit.text[span.start : unit.span.end])))
    return any(fold(word.key) not in query.words for span in named for word in tokens(span.of(unit.text)))


_ASKS_HOW_OFTEN = re.compile(r"\bbao lau (?:\w+ ){0,6}(?:mot|1) lan\b")
_HOW_OFTEN = re.compile(
    r"(?<!\w)(?:(?:mỗi|hằng|hàng|từng|một|\d+) (?:giờ|ngày|tuần|tháng|quý|năm|học kỳ|nhiệm kỳ)|định kỳ \d+)(?!\w)", re.I
)
_EXCEPTED = re.compile(r"ngoai ((?:\w+ ){1,8}?\w+)(?: ra)?(?: thi)?,? (?:.*\b)?con\b")  # "ngoài Hà Nội, … còn ở đâu"
_OPENS = re.compile(r"\b(?:cac|nhung) (?P<what>\w+(?: \w+){0,3}?) (?:sau|sau day|duoi day|nhu sau) ?(?::|$)")
_CALLED = re.compile(r"\b(?:ong|ba|anh|chi|co|thay|dong chi|dc) (?=(\w+))")
_HANDED_TO = re.compile(r"(?:giao|do|cu|moi|theo|yeu cau|de nghi) (?:phong|ban|so|uy ban|cong an|trung tam|hoi|doan)\b")
_WEEKDAY = re.compile(r"(?<!\w)(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)(?!\w)", re.I)
_ASKS_WEEKDAY = re.compile(
    r"\b(?:lam viec|hoat dong|mo cua|tiep dan|to chuc|dien ra|hop|truc|vao|nham) (?:ngay )?thu may\b"
)
_ASKS_HOUR = re.compile(r"\b(?:may gio|gio nao|bao nhieu gio)\b")
_HOUR = re.compile(r"(?<!\d)\d{1,2} ?(?:giờ|h|:)(?!\w*[a-zà-ỹ]{2})|(?<!\w)(?:sáng|trưa|chiều|tối|đêm)(?!\w)", re.I)
_ASKS_LATEST = re.compile(r"\b(?:cham|tre|muon) nhat\b|\bhan (?:chot|cuoi)\b")
_LATEST = re.compile(  # "trong năm 2024", "sau 10 ngày", not "kế hoạch năm 2024"
    r"(?<!\w)(?:trong|vào|trước|sau|đến|hết|đầu|giữa|cuối|qua|quá|từ) (?:năm|tháng|quý|ngày|\d)"
    r"|(?<!\d)\d{1,2}[/.-]\d{1,2}(?!\d)|(?:ngày|mùng|mồng|tháng) \d|\d (?:ngày|giờ)"
    r"|(?<!\w)(?:ngay|hằng|hàng) (?:ngày|tuần|tháng|quý|năm)",
    re.I,
)
_DAY = ("ngày",)
_OF_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}|(?:ngày|mùng|mồng) \d", re.I)
_NEXT = 12  # characters between a document's number and its day: " ngày ", ", ngày "
_SIGNED = same_tones("ký")
_TOLD_BY: dict[HeaderField | None, frozenset[object]] = {  # what tells of a field that the header lacks
    "recipients": frozenset(["gui", "nhan", ("bao", "cao")]),
    "copies": frozenset(["gui", "nhan", ("bao", "cao")]),
    "effective": frozenset([("hieu", "luc"), ("ap", "dung"), ("thi", "hanh")]),
}
_ASKS_NAME = re.compile(r"\bten (?:la )?gi\b")
_ASKS_WHO = re.compile(
    r"\b(?:la ai|ai la|ai cua|ten gi|ten la gi|ho ten|ai (?:da |se )?(?:chu tri|ket luan|phat bieu|khai mac|be mac|"
    r"dieu hanh|ghi bien ban|trinh bay|tham luan|ky|dan dau|dan doan|lam truong)|(?:lanh dao|dong chi) nao)\b"
)
