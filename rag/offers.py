"""Whether a unit of text offers the kind of thing a question asks for, and of the noun that it names."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.document import Span
from corpus.places import find_places
from corpus.text import Token, fold, same_tones, tokens
from rag.causes import asks_purpose, tells_cause, tells_purpose
from rag.cited import is_title, of_another, only_mentions, only_points
from rag.expected import Kind, without_modifiers
from rag.language.dates import find_dates
from rag.language.document_numbers import KINDS, DocumentNumber, find_document_numbers, matches, with_kind
from rag.metadata import HeaderField
from rag.offered_figures import offers_figure
from rag.planned import asks_done, is_proposed
from rag.posts import ranked
from rag.shapes import candidates, names
from rag.terms import content_terms, words
from rag.understand import Query, as_sure
from rag.units import Unit
from rag.whereabouts import asks_where


def offers(query: Query, unit: Unit, before: int = 0) -> bool:
    """Whether a unit offers the kind of thing asked for: a figure, a share, a day, a person, a number, a cause.

    `before` is the length of its paragraph before it, where a cause may stand.
    """
    kind, quote = query.expected.kind, unit.quote
    if query.field == "signer":
        return bool(names(unit.text, unit.span)) and _SIGNED in unit.keys
    if query.field in _TOLD_BY:
        return bool(_TOLD_BY[query.field] & (unit.found | unit.pairs))
    if kind in ("number", "other") and not _has_shape(query, unit):
        return False
    if opens_list(query, unit):
        return True
    if (
        (asks_done(query) and is_proposed(query, unit))
        or only_mentions(query, unit)
        or is_title(query, unit)
        or only_points(query, unit)
    ):
        return False
    if asks_purpose(query) and not tells_purpose(query, unit):
        return False
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
            return bool(names(unit.text, unit.span))
        case "person" if _ASKS_WHO.search(" ".join(query.words)):
            return _names_another(query, unit) or names_post(query, unit)
        case "person" if names(unit.text, unit.span) and not _names_another(query, unit):
            return names_post(query, unit)
        case "place" if query.expected.noun and query.expected.noun[0] in _COMMUNES:
            return _names_which(query, unit) and _names_a_commune(unit)
        case _:
            return _names_which(query, unit)


def opens_list(query: Query, unit: Unit) -> bool:
    """Whether a list of what is asked for follows: "vào một trong các ngày sau đây:"."""
    noun = fold(" ".join(query.expected.noun))
    return bool(noun) and any(opens["what"].startswith(noun) for opens in _OPENS.finditer(fold(unit.quote)))


def _names_a_commune(unit: Unit) -> bool:
    """ "Xã nào" is answered by a name: by none of "Chủ tịch UBND các xã, thị trấn"."""
    return bool(_NAMED.search(unit.quote)) or any(place.level in _COMMUNES for place in find_places(unit.quote))


def _names_another(query: Query, unit: Unit) -> bool:
    """A person whom the question does not name itself: "ai thay ông Thông" is not Nguyễn Văn Thông."""
    asked = f" {' '.join(query.words)} "
    given = {called[1] for called in _CALLED.finditer(asked)}
    folded = (fold(span.of(unit.text)) for span in names(unit.text, unit.span))
    return any(f" {name} " not in asked and name.split()[-1] not in given for name in folded)


def names_post(query: Query, unit: Unit) -> bool:
    """ "người phát biểu chủ yếu là ai" is answered by posts; of a post that the question names, only a name is."""
    return not ranked(" ".join(query.words)) and bool(ranked(" ".join(word.folded for word in unit.words)))


def _has_shape(query: Query, unit: Unit) -> bool:
    """Whether a telephone number, an address of mail or of a page stands where one is asked for."""
    return all(shape.search(unit.quote) for phrase, shape in _SHAPED if phrase.search(query.text))


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
    days = [date for date in dates if not of_day or date.precision in ("day", "range")]
    return bool(days or _WEEKDAY.search(unit.quote)) or any(not of_day or _OF_DAY.search(one) for one in spoken)


def _offers_place(query: Query, unit: Unit) -> bool:
    """Somewhere ("tại nhà văn hóa"), or a name that is not the question's own."""
    behind = (unit.words[at + 1 : at + 4] for at, word in enumerate(unit.words) if word.key in ("tại", "ở"))
    if any(word.folded not in query.words for near in behind for word in near):  # not "tại trụ sở", which was asked for
        return True
    named = (span for span in candidates(unit.text, unit.span, "place") if span.start > unit.span.start)
    return any(fold(word.key) not in query.words for span in named for word in tokens(span.of(unit.text)))


_EXCEPTED = re.compile(r"ngoai ((?:\w+ ){1,8}?\w+)(?: ra)?(?: thi)?,? (?:.*\b)?con\b")  # "ngoài Hà Nội, … còn ở đâu"
_OPENS = re.compile(r"\b(?:cac|nhung) (?P<what>\w+(?: \w+){0,3}?) (?:sau|sau day|duoi day|nhu sau) ?(?::|$)")
_CALLED = re.compile(r"\b(?:ong|ba|anh|chi|co|thay|dong chi|dc) (?=(\w+))")
_COMMUNES = ("xã", "phường", "thị trấn", "thị", "thôn", "bản", "buôn", "ấp", "xóm")
_NAMED = re.compile(r"(?:\s|\()(?!UBND|HĐND|MTTQ)[A-ZĐ][^\W\d_]+(?: [A-ZĐ][^\W\d_]*)+")  # by other words than a level
_WEEKDAY = re.compile(r"(?<!\w)(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)(?!\w)", re.I)
_ASKS_HOUR = re.compile(r"\b(?:may gio|gio nao|bao nhieu gio)\b")
_HOUR = re.compile(r"(?<!\d)\d{1,2} ?(?:giờ|h|:)(?!\w*[a-zà-ỹ]{2})|(?<!\w)(?:sáng|trưa|chiều|tối|đêm)(?!\w)", re.I)
_DAY = ("ngày",)
_OF_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}|(?:ngày|mùng|mồng) \d", re.I)
_NEXT = 12  # characters between a document's number and its day: " ngày ", ", ngày "


def _names_which(query: Query, unit: Unit) -> bool:
    noun = _which(query.text, query.expected.kind)
    return _names_the(unit, noun, as_sure(query, " ".join(noun)) == noun)


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
    if not any(word.syllables[0] == folded[0] for word in words(content_terms(unit.quote))):
        return False
    same = (word for word in unit.words if word.folded == folded[0])
    return typed or any(word.key == noun[0] or unit.quote[word.start].islower() for word in same)


def _spaced(unit: Unit) -> set[tuple[str, ...]]:
    """Syllables one apart: "thanh niên" in "thanh thiếu niên"."""
    return {(one.folded, other.folded) for one, other in zip(unit.words, unit.words[2:], strict=False)}


@lru_cache(maxsize=512)
def _which(question: str, kind: Kind) -> tuple[str, ...]:
    """The noun of "hội trường nào", which an answer names; none for general ones ("cơ quan nào")."""
    found = without_modifiers(tokens(question))
    at = next(
        (at for at, token in enumerate(found) if token.key in ("nào", "nao") and at and not _is_any(found, at)), 0
    )
    if not at or found[at - 1].key in _GENERAL or kind not in ("other", "place"):
        return ()
    pair = found[at - 2].key, found[at - 1].key
    if at > 1 and " ".join(pair) in _GENERAL:
        return ()
    whole = at > 1 and words(content_terms(" ".join(pair)))
    return pair if whole and len(whole) == 1 and len(whole[0].syllables) == 2 else (found[at - 1].key,)


def _is_any(found: list[Token], at: int) -> bool:
    """ "Chưa tìm được đứa trẻ nào thì …": none is asked for, what comes later is."""
    denied = any(token.key in _DENIES for token in found[max(0, at - _DENIED) : at])
    return denied and any(token.folded in _THEN for token in found[at + 1 : at + 3])


_DENIES, _THEN, _DENIED = frozenset(("chưa", "không", "chẳng")), frozenset(("thi", "ma")), 6
_GENERAL = frozenset(
    same_tones(noun)
    for noun in (
        "thế", "như", "bao", "khi", "lúc", "người", "nơi", "chỗ", "cách", "mức", "loại", "việc", "cấp", "bên",
        "phần", "mặt", "điều", "điểm", "ai", "đâu", "bài", "câu", "vế", "ý", "từ", "khâu", "bước", "văn bản", "cơ quan",
        "đơn vị", "đối tượng", "địa phương", "lĩnh vực", "nội dung", "vấn đề", "hình thức", "biện pháp", "giải pháp",
        "tổ chức", "khu vực", "tài liệu", "nhiệm vụ", "hoạt động", "trường hợp", "mục tiêu", "chức danh", "chức vụ",
        "nhóm", "dạng", "kiểu", "giới",
        "giấy tờ", "nhiệm kỳ", "giai đoạn", "tiêu chí", "yêu cầu", "phong trào", "hội nghị", "chương trình", "phía",
    )
)  # fmt: skip


_SHAPED = tuple(
    (re.compile(rf"\b(?:{asked}|{fold(asked)})\b", re.I), re.compile(shape, re.I))
    for asked, shape in (
        (
            "số điện thoại|số máy|số fax|đường dây nóng|hotline",
            r"(?<!\d)(?:\+?84|0)(?:[ .]?\d){8,10}(?!\d)|(?<!\d)1[89]00",
        ),
        ("email|e-mail|thư điện tử|hộp thư", r"\S@\S"),
        ("website|địa chỉ web|địa chỉ trang", r"https?:|www\.|\w\.(?:vn|com|org|net)(?!\w)"),
        ("số tài khoản|mã số thuế|số căn cước|số chứng minh", r"\d(?:[ .-]?\d){7,}"),
    )
)
_SIGNED = same_tones("ký")
_TOLD_BY: dict[HeaderField | None, frozenset[object]] = {  # what tells of a field that the header lacks
    "recipients": frozenset(["gui", "nhan", ("bao", "cao")]),
    "copies": frozenset(["gui", "nhan", ("bao", "cao")]),
    "effective": frozenset([("hieu", "luc"), ("ap", "dung"), ("thi", "hanh")]),
}
_ASKS_NAME = re.compile(r"\bten (?:la )?gi\b")
_ASKS_WHO = re.compile(
    r"\b(?:la ai|ai la|ten gi|ten la gi|ho ten|ai (?:da |se )?(?:chu tri|ket luan|phat bieu|khai mac|be mac|dieu hanh|"
    r"trinh bay|tham luan|ky))\b"
)
