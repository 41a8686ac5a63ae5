"""Lines like "Thời gian: từ ngày 12/4/2024": their document's title says of what."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from corpus.document import Document, Span
from rag.units import Unit, unit

_LABEL = re.compile(
    r"\s*+(?:(?:[-–+•*]|\(?\d{1,2}[.)]|[a-zđ][.)])\s*+)?"
    r"(?:thời gian|địa điểm|kinh phí|thành phần|đối tượng|thời hạn|hình thức|chủ trì|đơn vị (?:tổ chức|chủ trì)|"
    r"nội dung|số lượng|quy mô|phương thức|nguồn (?:vốn|kinh phí)|chủ đầu tư|tổng mức đầu tư|đầu mối|"
    r"liên hệ)[^:\n]{0,40}:",
    re.I,
)


def under_title(this: Unit, document: Document) -> Unit:
    """A labelled line with its document's title among the words it is found by; any other unit as it is."""
    if not _LABEL.match(this.quote):
        return this
    title = _title(document.header.title)
    return replace(this, found=this.found | title.found, keys=this.keys | title.keys, pairs=this.pairs | title.pairs)


@lru_cache(maxsize=1024)
def _title(title: str) -> Unit:
    return unit(title, Span(0, len(title)))
