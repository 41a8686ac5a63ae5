"""Whether a unit tells a name where one is asked for: that there are three of something says not which."""

from __future__ import annotations

import re

from corpus.document import Span
from corpus.places import find_places
from corpus.text import fold, tokens
from rag.offices import offices_among
from rag.shapes import names
from rag.tables import BAR
from rag.understand import Query
from rag.units import Unit

COMMUNES = ("xã", "phường", "thị trấn", "thị", "thôn", "bản", "buôn", "ấp", "xóm")
_PERSONS = r"(?:nguoi|doi tuong|can bo|cong chuc|vien chuc|giao vien|hoc sinh|dai bieu|nan nhan|bi can)"
_NAMED_THINGS = (
    r"(?:don vi|doanh nghiep|to chuc|co so|truong|cong ty|hop tac xa|co quan|xa|phuong|thi tran|thon|ap|khom|lang|ho)"
)
_FEW = r"(?:hai|ba|bon|nam|sau|bay|tam|chin|muoi)"
_ASKS_NAMES = re.compile(
    r"\bten (?:la )?gi\b|^(?:ho )?ten (?:cua )?(?:\d+|cac|nhung|tung|may) |"
    rf"\bla (?:nhung |cac ){_NAMED_THINGS} nao\b|(?<!o )(?<!tai )(?<!den )\b(?:nhung|cac|may) (?:noi|dia phuong) nao\b|"
    r"\bdanh sach \d+ .{1,120} gom (?:co )?(?:nhung )?ai\b|"
    rf"^\D{{0,12}}\d+ .{{1,160}} gom (?:co )?(?:nhung |cac ){_NAMED_THINGS} nao\b|"
    rf"^(?:\D{{0,12}}\d+|{_FEW}) .{{1,160}} (?:gom|la) (?:co )?(?:nhung |cac )?ai\b|"
    r"\b(?:ke|neu|liet ke)(?: ro)? (?:ho )?ten (?:du )?(?:\d+ |cac |nhung )?"
    rf"(?:{_PERSONS}|{_NAMED_THINGS}|tap the|ca nhan)\b"
)
_OF_THINGS = re.compile(rf"\bla (?:nhung |cac ){_NAMED_THINGS} nao\b")
_OF_PERSONS = re.compile(rf"\b(?:ten|\d+|may|cac|nhung|{_FEW}) {_PERSONS}\b")
_COUNTED = re.compile(r"(?:^|\| )Số ([^|:]+): ?\d+(?= *(?:\||$))")  # "Số sáng kiến: 1" tells the name of none
_ELSEWHERE = re.compile(r"(?:có )?(?:danh sách|thư mời|phụ lục) (?:kèm theo|đính kèm|riêng)", re.I)
_PERSONS_COUNTED = re.compile(rf"\b(\d{{1,4}}) (?:{_PERSONS}|thanh vien|dong chi|ca nhan)\b")
_ASKS_SIGNER = re.compile(r"\b(?:ai|nguoi nao) (?:da )?ky(?! (?:ket|hop dong|voi|cam))\b|\bnguoi ky\b")
_ASKS_ABSENT = re.compile(
    r"\bvang(?: mat)? (?:nhung |cac )?(?:ai|dong chi nao|dai bieu nao)\b|\b(?:ai|nguoi nao) vang\b"
)
_ABSENT = re.compile(r"(?<!\w)(?:vắng|xin phép|không dự|nghỉ)(?!\w)", re.I)
_ASKS_OFFICE = re.compile(r"\b(?:co quan|phong ban|ban nganh) nao\b")
_OFFICE = re.compile(
    r"(?<!\w)(?:UBND|HĐND|MTTQ|UBMTTQ|Ủy ban|Hội đồng|Phòng|Ban|Sở|Bộ|Cục|Chi cục|Vụ|Viện|Trung tâm|Trường|Trạm|Hạt|"
    r"Đội|Tổ|Hội|Đoàn|Công an|Công ty|Hợp tác xã|HTX|Doanh nghiệp|Văn phòng|Chi nhánh|Bệnh viện|Đài|Tòa án|Thanh tra|"
    r"Kho bạc|Ngân hàng|Quỹ|Nhà máy|Đảng bộ|Đảng ủy|Huyện ủy|Tỉnh ủy|Mặt trận|Liên đoàn|Chi bộ|"
    r"trường|công ty|hợp tác xã|chi bộ|đảng bộ|đơn vị|cơ quan)(?!\w)"
)
_UPPER = "".join(chr(code) for code in (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA)) if chr(code).isupper())
_PROPER = re.compile(rf"(?<!\w)[{_UPPER}][^\W\d_]+(?:[\s-][{_UPPER}][^\W\d_]*)+|[“\"«][^”\"»]{{2,80}}[”\"»]")
_NAMED = re.compile(r"(?:\s|\()(?!UBND|HĐND|MTTQ)[A-ZĐ][^\W\d_]+(?: [A-ZĐ][^\W\d_]*)+")  # by other words than a level


def lacks_name(query: Query, unit: Unit) -> bool:
    """Whether names of what is known to exist are asked for ("tên 3 tổ chức"), or an office, and none is told."""
    folded = fold(query.text)
    if _ASKS_ABSENT.search(folded):
        return not (_ABSENT.search(unit.quote) and names(unit.text, unit.span))
    if query.field is None and _ASKS_NAMES.search(folded):
        return not _tells_names(query, unit, bool(_OF_PERSONS.search(folded)), bool(_OF_THINGS.search(folded)))
    if query.expected.kind not in ("other", "person") or BAR in unit.quote or not _ASKS_OFFICE.search(folded):
        return False
    return not (_OFFICE.search(unit.quote) or offices_among(unit.words))


def _tells_names(query: Query, unit: Unit, only_persons: bool, only_things: bool) -> bool:
    """A person, or words in capitals or quotes that are not the question's own; what opens a list, and rows of a
    table, tell them as well. Of things (`only_things`) a person is no name: not "8 tập thể" of whom he rewarded them.
    """
    if any(fold(counted[1]) in " ".join(query.words) for counted in _COUNTED.finditer(unit.quote)):
        return False
    if _names_but_some(query, unit):
        return False
    if (BAR in unit.quote and not only_persons) or unit.quote.endswith(":"):
        return True
    persons = [one for one in names(unit.text, unit.span) if not _OFFICE.match(one.of(unit.text))]
    elsewhere = _ELSEWHERE.search(unit.quote) is not None  # then what is in quotes is what the list is of
    proper = [Span(*found.span()) for found in _PROPER.finditer(unit.text, unit.span.start, unit.span.end)]
    proper = [one for one in proper if not (elsewhere and one.of(unit.text)[0] in '“"«')]
    if only_things:
        told = [one for one in proper if not any(one.overlaps(person) for person in persons)]
    else:
        told = persons + ([] if only_persons else proper)
    return any(any(word.folded not in query.words for word in tokens(name.of(unit.text))) for name in told)


def _names_but_some(query: Query, unit: Unit) -> bool:
    """Whether a sentence counts those whose names are asked for and names fewer: "06 người, do ông Cường làm Tổ
    trưởng"."""
    asked = {int(counted) for counted in _PERSONS_COUNTED.findall(fold(query.text))}
    told = [int(counted) for counted in _PERSONS_COUNTED.findall(fold(unit.quote)) if int(counted) in asked]
    persons = names(unit.text, unit.span)
    return bool(told and persons) and len(persons) < told[0] and not unit.quote.endswith(":")


def asks_signer(query: Query) -> bool:
    """Whether it is asked who signed something."""
    return query.field == "signer" or bool(_ASKS_SIGNER.search(" ".join(query.words)))


def names_a_commune(unit: Unit) -> bool:
    """ "Xã nào" is answered by a name: by none of "Chủ tịch UBND các xã, thị trấn", and by no person's."""
    persons = [span for span in names(unit.text, unit.span) if len(span.of(unit.text).split()) > 2]
    named = (Span(*found.span()) for found in _NAMED.finditer(unit.text, unit.span.start, unit.span.end))
    return any(not any(one.overlaps(person) for person in persons) for one in named) or any(
        place.level in COMMUNES for place in find_places(unit.quote)
    )
