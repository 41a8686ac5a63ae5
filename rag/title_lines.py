"""Lines that say what is spoken of and not what is said of it: titles, headings, captions, what opens a document."""

from __future__ import annotations

import re

from corpus.document import Document
from corpus.head import NATIONAL
from corpus.sentences import CAPTION
from corpus.text import fold
from rag.language.dates import find_dates
from rag.language.document_numbers import find_document_numbers
from rag.understand import Query
from rag.units import Unit

_LONGEST = 25  # syllables
_CAPTIONED = re.compile(CAPTION + "$")
_MARKED = re.compile(r"[-–+•*]|\(?\d{1,2}[.)]|\(?[a-zđ]\)")
_TOLD = re.compile(r"[.:;,!?…]\)?$")
_LINE = re.compile(r"[^\n]*")
_LETTERHEAD = 160  # characters of the longest line that an office's or a number's place in the head is
_HEADLINE = 6  # words in capitals that are no name
_MARKUP = "#*_> "
_ABOUT = re.compile(r"\W*(?:(?:v/v|về việc)\W*)?", re.I)
_TELLS_FIGURE = re.compile(  # "1. Tổng số người nghỉ: 169 người", "Điều 2. Mức thưởng: cá nhân 900.000 đồng"
    r": \d[\d.,]* [^\W\d_]|\d ?(?:%|(?:nghìn |ngàn |triệu |tỷ |tỉ )?đồng(?! chí))"
)
_HEADING = re.compile(r"#{1,6} ")
_OPENS = re.compile(  # "…, phòng báo cáo kết quả như sau:": all that the document says stands under it
    r"\b(?:bao cao|thong bao|ban hanh|xay dung|to chuc trien khai)\b[^.;:]{0,160}+:$"
)
_CLOSES = re.compile(r"\W*(?:tren day la|noi nhan|kinh gui)\b")
_CONTACT = re.compile(
    r"\W*(?:dau moi lien he|(?:moi )?(?:chi tiet|thong tin)[\w ,]{0,60} lien he|lien he|dien thoai)\b"
)
_NEXT = 12  # characters between a document's number and its day: " ngày ", ", ngày "
_ASKS_CONTACT = re.compile(
    r"\b(?:lien he|lien lac|dien thoai|so (?:nao|may|dt)|goi|hoi|gap|dau moi|phan anh|thac mac|email|hotline|"
    r"phu trach|la ai|ai la|o dau)\b"
)
_FIRST_PERSON = re.compile(
    r"\W*(?:(?:hỏi|câu hỏi)[\s\d.:]*)?(?:gia đình |nhà |con |vợ chồng |chúng |bố mẹ )?(?:tôi|em|cháu)(?!\w)", re.I
)
_GROUND = re.compile(r"\W*(?:can cu|xet|thuc hien|tiep theo|theo de nghi cua) [^;]++[;,]?$")
_GROUNDED = re.compile(r"\W*(?:can cu|xet|thuc hien|tiep theo|theo de nghi cua|tren co so) [^:]++:$")


def is_title_line(unit: Unit) -> bool:
    """A picture's caption, or a short line without a stop between a blank line and its own paragraph."""
    text, span = unit.text, unit.span
    if _CAPTIONED.search(unit.quote):
        return True
    alone = text[max(0, span.start - 2) : span.start] in ("\n\n", "\n", "") and text[span.end : span.end + 1] == "\n"
    if not alone or len(unit.words) > _LONGEST or _MARKED.match(unit.quote) or _TOLD.search(unit.quote):
        return False
    below = _LINE.match(text, span.end + 1)
    return below is not None and len(below[0]) > 2 * len(unit.quote)


def only_names(query: Query, unit: Unit, document: Document, section: str | None) -> bool:
    """Whether a unit is a question, a heading, the document's title or letterhead, or opens or closes the document."""
    if unit.quote.endswith("?") or (not query.names and _is_of_the_asker(unit)):
        return True
    figure = query.expected.kind in ("number", "percent") and _TELLS_FIGURE.search(unit.quote)
    if section and not figure and (" ".join(unit.quote.split()) in section or _HEADING.match(unit.quote)):
        return True
    return _is_title(unit, document) or _is_letterhead(query, unit, document) or _frames(query, unit)


def _is_of_the_asker(unit: Unit) -> bool:
    """What somebody who writes to the office tells of himself before his question: "Nhà tôi có 4 con bò. Vậy …?"."""
    start, end = unit.text.rfind("\n", 0, unit.span.start) + 1, unit.text.find("\n", unit.span.end)
    paragraph = unit.text[start : end if end >= 0 else None].rstrip()
    return paragraph.endswith("?") and _FIRST_PERSON.match(paragraph) is not None


def _is_title(unit: Unit, document: Document) -> bool:
    """The title, with its "V/v"; a sentence tells something. A headline is in capitals throughout."""
    title = document.header.spans.get("title")
    if title is not None and not title.of(document.text).endswith(".") and unit.span.overlaps(title):
        text, span = document.text, unit.span
        before, behind = text[span.start : title.start], text[max(title.end, span.start) : span.end]
        if _ABOUT.fullmatch(before) and not behind.strip(_MARKUP):
            return True
    return unit.quote.isupper() and len(unit.words) >= _HEADLINE and not unit.quote.endswith(".")


def _is_letterhead(query: Query, unit: Unit, document: Document) -> bool:
    if NATIONAL.search(unit.quote) and unit.quote.isupper():
        return True
    spans = document.header.spans
    fields = ("issuer", "number") if query.field else ("issuer", "number", "issued_on")
    return len(unit.quote) < _LETTERHEAD and any(unit.span.overlaps(spans[field]) for field in fields if field in spans)


def _frames(query: Query, unit: Unit) -> bool:
    """What opens or closes a document answers only where its grounds, its day or itself are asked for; whom to call
    only where that is."""
    if query.expected.kind == "document" or query.field or query.summary:
        return False
    folded = fold(" ".join(unit.quote.split()))
    if query.expected.kind == "date" or query.numbers:
        asks_its_day = query.expected.kind == "date" and bool(query.numbers)
        return not asks_its_day and _only_cites(query, unit, folded)
    if _CLOSES.match(folded) or _OPENS.search(folded) or _only_cites(query, unit, folded):
        return True
    return bool(_CONTACT.match(folded)) and not query.names and not _ASKS_CONTACT.search(fold(query.text))


def _only_cites(query: Query, unit: Unit, folded: str) -> bool:
    """Whether a unit tells on what grounds a document stands, and no day but those of the documents it names."""
    ended = unit.quote.endswith((";", ",")) or unit.text[unit.span.end : unit.span.end + 1] in (";", ",")
    if not (_GROUNDED.match(folded) and not _leads_to(query, folded)) and not (ended and _GROUND.match(folded)):
        return False
    numbers = find_document_numbers(unit.quote)
    days = [date.span for date in find_dates(unit.quote) if date.precision in ("day", "range")]
    return all(any(0 <= day.start - number.span.end <= _NEXT for number in numbers) for day in days)


def _leads_to(query: Query, folded: str) -> bool:
    """Whether what is asked for is what the line opens: "…, Sở yêu cầu các trường:" for "Sở yêu cầu các trường gì"."""
    opened = folded.rpartition(",")[2].split()
    return len({term.folded for term in query.terms}.intersection(opened)) * 2 >= len(query.terms)
