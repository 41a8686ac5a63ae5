"""Lines that say of what they speak elsewhere: "Thời gian: từ ngày 12/4/2024" in the title, a row above its table."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from corpus.document import Document, Span
from corpus.sentences import sentences
from corpus.text import tokens
from rag.around import opening
from rag.tables import BAR, lines_above, values
from rag.units import Unit, before_in_paragraph, unit

_LABEL = re.compile(
    r"\s*+(?:(?:[-–+•*]|\(?\d{1,2}[.)]|[a-zđ][.)])\s*+)?"
    r"(?:thời gian|địa điểm|kinh phí|thành phần|đối tượng|thời hạn|hình thức|chủ trì|đơn vị (?:tổ chức|chủ trì)|"
    r"thư ký|vắng|có mặt|nơi nộp|hồ sơ|hạn (?:cuối|chót|nộp)|lệ phí|phí|giá |"
    r"nội dung|số lượng|quy mô|phương thức|nguồn (?:vốn|kinh phí)|chủ đầu tư|tổng mức đầu tư|đầu mối|"
    r"liên hệ|mục (?:tiêu|đích)|phạm vi|trụ sở|ngày(?! \d))[^:\n]{0,40}:",
    re.I,
)


_FIGURE = re.compile(  # an item that is only whose a figure is: "- Ngân sách huyện: 850 triệu đồng"
    r"\s*+(?:[-–+•*]|\(?\d{1,2}[.)]|[a-zđ][.)])\s++(?P<whose>[^:\n]{2,60}):\s*+\d"
)
_CAUSE = re.compile(r"\W*+(?:nguyên nhân|lý do|lí do)(?!\w)", re.I)


def with_subject(
    this: Unit, document: Document, asked: frozenset[str], why: bool = False, heading: str | None = None
) -> Unit:
    """A unit that says of what it speaks elsewhere, found by that, too; any other as it is.

    A labelled line, and the item that is `asked` for (folded), by its document's title and `heading`, a row that holds
    a word asked for by the lines above its table, and "nguyên nhân là …" by the sentence before it where it is asked
    `why`.
    """
    if why and _CAUSE.match(this.quote):
        return _also_found_by(this, _sentence_before(this))
    item = _FIGURE.match(this.quote)
    if item and asked.issuperset(token.folded for token in tokens(item["whose"])):
        opened = opening(this.text, this.text.rfind("\n", 0, this.span.start) + 1)
        return _also_found_by(this, ". ".join((document.header.title, heading or "", opened)))
    if _LABEL.match(this.quote):
        return _also_found_by(this, f"{document.header.title}. {heading or ''}")
    if BAR in this.quote and asked & {token.folded for value in values(this.quote) for token in tokens(value)}:
        return _also_found_by(this, lines_above(this.text, this.span.start))
    return this


def _sentence_before(this: Unit) -> str:
    """The sentence of its paragraph before a unit, or its own up to it."""
    above = before_in_paragraph(this)
    return next((span.of(above) for span in reversed(sentences(above))), "")


def _also_found_by(this: Unit, subject: str) -> Unit:
    read = _read(subject)
    return replace(this, found=this.found | read.found, keys=this.keys | read.keys, pairs=this.pairs | read.pairs)


@lru_cache(maxsize=1024)
def _read(text: str) -> Unit:
    return unit(text, Span(0, len(text)))
