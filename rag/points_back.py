"""What a follow-up points back to: "văn bản đó", "huyện ấy", "ở đó", "ông ấy", "khoản này" of the turn before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.places import find_places
from corpus.text import fold, tokens
from rag.answer import Turn
from rag.expected import expected
from rag.language.dates import find_dates
from rag.language.document_numbers import DocumentNumber, find_document_numbers
from rag.shapes import names
from rag.swap import with_kind
from rag.terms import content_terms

_BACK = r"(?:đó|ấy|này|kia|trên(?! (?:địa bàn|toàn|cả|đất))|vừa rồi|vừa nêu|nói trên)\b"
_ANY_DOCUMENT = ("văn bản", "tài liệu")
_DOCUMENT = (
    r"công văn|văn bản|nghị quyết|quyết định|báo cáo|kế hoạch|thông báo|chỉ thị|kết luận|tài liệu|tờ trình|hướng dẫn"
    r"|quy định|quy chế|đề án|chương trình|nghị định|thông tư|luật"
)
_LEVEL = r"xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tỉnh|địa phương|nơi"
_THING = (
    r"bài viết|bài|hội nghị|cuộc họp|cơ quan|đơn vị|việc|số|thủ tục|khoản|chỉ tiêu|tiêu chí|nội dung|dự án|đề tài"
    r"|công trình|mô hình|phong trào|nhiệm vụ|vấn đề|con số|tỷ lệ|kết quả"
)
_PERSON = r"ông|bà|đồng chí|anh|chị|người"
_POINTS_BACK = re.compile(
    rf"\b(?:(?P<document>{_DOCUMENT}) {_BACK}|(?P<place>{_LEVEL}) {_BACK}|(?P<there>(?:ở|tại) (?:đó|đấy|đây))\b"
    rf"|(?P<date>năm|tháng) {_BACK}|(?P<person>{_PERSON}) {_BACK}"
    rf"|(?:{_THING}) {_BACK}|nó\b|như vậy\b)",
    re.I,
)
_PLAIN = {"do": "đó", "ay": "ấy", "nay": "này", "kia": "kia"}
_POINTED = "|".join(
    sorted({fold(noun) for noun in f"{_DOCUMENT}|{_LEVEL}|{_THING}|{_PERSON}".split("|")}, key=len)[::-1]
)
_PLAIN_BACK = re.compile(  # "huong dan do ban hanh": behind "do" stands a verb, no office that does something
    rf"\b(?P<noun>{_POINTED}) (?P<back>do(?= (?:ban hanh|do|ky|co|ve|noi|quy dinh|la|duoc|gui|het|thi|con|ap dung"
    r"|dat|ra|ngay|het|nam|o|gom|thuoc|bao|may|ten|ai|giu|lam|sinh)\b| ?[?.!]|$)|ay|nay|kia)\b"
)
_OPENINGS = {"con": "còn", "the": "thế", "vay": "vậy", "nham": "nhầm"}
_PLAIN_OPENING = re.compile(  # "con nuôi", "the BHYT", "vay vốn" are other words
    r"^(?:(?:vay|the) con|con|vay|the|nham(?=,| roi))(?= |,)(?! (?:nuoi|duong|em|cai|nguoi|so|dau|trai|gai|liet si"
    r"|thuong binh|de|ruot|chung|rieng|song|do|vat|tom|lon|bo|gia|von|tien|ngan hang|uu dai|tin chap|no|bhyt|bao hiem"
    r"|can cuoc|dang vien|nha bao|atm|hoi vien|tu)\b)",
    re.I,
)
_SOURCE = re.compile(r"(?m)^Theo [^\n]*?(?:: |:\n|, (?=[a-zà-ỹ]))")  # what the answer rests on, before what it says
_NEAR = 160  # characters behind a document's number that say what it is about


def points_back(question: str) -> re.Match[str] | None:
    return _POINTS_BACK.search(question)


def accented_back(question: str) -> str:
    """The question with "van ban do", "huyen ay" and an opening "con", "the" accented, where they are typed without."""
    if not question.isascii():
        opening = _PLAIN_OPENING.match(question)  # before a name with its accents: "con Lâm Đồng thì sao"
        return question if opening is None else _opened(question)
    question = _opened(question)
    return _PLAIN_BACK.sub(lambda back: f"{back['noun']} {_PLAIN[back['back']]}", question)


def _opened(question: str) -> str:
    return _PLAIN_OPENING.sub(lambda said: " ".join(_OPENINGS[word.lower()] for word in said[0].split()), question)


def meant(back: re.Match[str], last: Turn) -> str | None:
    """What is pointed at: named in the last question or in its answer; None where neither names one such thing."""
    found = list(dict.fromkeys(_referents(back, last.understood)))
    if found:
        return found[-1]
    if last.abstained:
        return None
    if back["document"]:
        return _document(back, last)
    found = list(dict.fromkeys(_referents(back, last.answer)))
    return found[0] if len(found) == 1 else None


def _document(back: re.Match[str], last: Turn) -> str | None:
    """The document that the last question was after, or else the one that its answer rests on."""
    told = _SOURCE.sub(lambda source: " " * len(source[0]), last.answer)
    if expected(last.understood).kind == "document":
        asked = {term.folded for term in content_terms(last.understood)}
        numbers = [number for number in find_document_numbers(told) if _is_of_kind(back, told, number)]
        best = max(numbers, key=lambda number: _said_of(told, number, asked), default=None)
        return with_kind(told, best.span).of(told) if best and _said_of(told, best, asked) else None
    sources = " ".join(source[0] for source in _SOURCE.finditer(last.answer))
    rests = list(dict.fromkeys(_referents(back, sources)))
    found = rests or list(dict.fromkeys(_referents(back, told)))
    return found[0] if len(found) == 1 else None


def _said_of(text: str, number: DocumentNumber, asked: set[str]) -> int:
    """How many words of a question stand right behind a document's number, up to the next clause."""
    behind = re.split(r"[;\n\[]", text[number.span.end : number.span.end + _NEAR])[0]
    return len(asked & {token.folded for token in tokens(behind)})


def _is_of_kind(back: re.Match[str], text: str, number: DocumentNumber) -> bool:
    kind = back["document"].lower()
    return kind in _ANY_DOCUMENT or with_kind(text, number.span).of(text).lower().startswith(kind)


def _referents(back: re.Match[str], text: str) -> Iterator[str]:
    if back["document"]:
        numbers = [number for number in find_document_numbers(text) if _is_of_kind(back, text, number)]
        yield from (with_kind(text, number.span).of(text) for number in numbers)
    elif back["place"] or back["there"]:
        any_level = back["there"] or back["place"].lower() in ("địa phương", "nơi")
        for place in find_places(text):
            if any_level or place.level == back["place"].lower():
                yield ("ở " if back["there"] else "") + place.span.of(text)
    elif back["date"]:
        yield from (date.span.of(text) for date in find_dates(text) if date.start)
    elif back["person"]:
        yield from (name.of(text) for name in names(text))
