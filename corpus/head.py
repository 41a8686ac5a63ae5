"""The head of a document as pieces: its lines, parted where two columns ran together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.document import Span

HEAD_LINES = 60
BODY_LINE = 350  # letters; no line of a head is longer

_PIECE = re.compile(r"[^\s|](?:[^\n|]*[^\s|])?")
_COLUMN = re.compile(
    r"\s+(?=CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập ?[-–] ?Tự do)|\s{4,}|"
    r"(?<=\d{4})\s+(?=(?:THÔNG TƯ|NGHỊ|QUYẾT|CHỈ THỊ|LUẬT|KẾ HOẠCH|BÁO CÁO)(?: |$))"
)
NATIONAL = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập ?[-–] ?Tự do|ĐẢNG CỘNG SẢN VIỆT NAM$|VĂN BẢN QUY PHẠM|CÔNG BÁO|"
    r"MỤC LỤC$|PHẦN [^\n]{0,20}VĂN BẢN |"
    r"Mẫu số|MẪU SỐ|"
    r"(?:HỎA|HOẢ) TỐC|KHẨN$|MẬT$|DỰ THẢO|BẢN SAO"
)
_BODY = re.compile(
    r"(?:- *)?Kính gửi|Căn cứ|Xét |Theo đề nghị|Thực hiện |Điều 1\b|Chương |CHƯƠNG |Phần |PHẦN |"
    r"[IA1][.)] |Hôm nay|Ngày \d|Nơi nhận"
)


_SITE = re.compile(  # above the headline of a page kept from a web site
    r"(?:CỔNG|TRANG) THÔNG TIN ĐIỆN TỬ(?: [^\W\d_]+){0,12}$|Trang chủ\s*[>»/›]|"
    r"(?:Chuyên mục|Ban biên tập|Đường dây nóng|Điện thoại|Thư điện tử|Email|Địa chỉ) ?:"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the text, or one column's part of it; `after_blank` when an empty line stands above."""

    span: Span
    text: str
    after_blank: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """Pieces as one string, a line each, with the way back to the canonical text."""

    pieces: tuple[Piece, ...]
    text: str
    starts: tuple[int, ...]  # of the pieces, in `text`

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> Lines:
        ends = accumulate(len(piece.text) + 1 for piece in pieces)
        return cls(tuple(pieces), "\n".join(piece.text for piece in pieces), (0, *ends)[: len(pieces)])

    def span(self, start: int, end: int) -> Span:
        return Span(self._place(start), self._place(end - 1) + 1)

    def _place(self, offset: int) -> int:
        number = bisect_right(self.starts, offset) - 1
        return self.pieces[number].span.start + offset - self.starts[number]


def pieces(text: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """The non-empty pieces, in order."""
    last = start
    for match in _PIECE.finditer(text, start, len(text) if end is None else end):
        for piece in _columns(match.start(), match[0]):
            yield Piece(piece, piece.of(text), text.count("\n", last, piece.start) > 1)
            last = piece.end


def _columns(offset: int, line: str) -> Iterator[Span]:
    start = 0
    for gap in _COLUMN.finditer(line) if len(line) < BODY_LINE else ():
        yield Span(offset + start, offset + gap.start())
        start = gap.end()
    yield Span(offset + start, offset + len(line))


def head_pieces(text: str) -> list[Piece]:
    """The pieces above the body: before "Kính gửi", "Căn cứ", "Điều 1", the first heading or the first
    long line."""
    head: list[Piece] = []
    for piece in pieces(text, 0, 20_000):
        if len(head) == HEAD_LINES or len(piece.text) > BODY_LINE or _begins_body(piece.text):
            break
        head.append(piece)
    return head


def _begins_body(line: str) -> bool:
    return bool(_BODY.match(line)) and not NATIONAL.match(line)


def first_line(text: str, start: int) -> Piece | None:
    """The first line from `start` on that tells something: below a site's name and path, if a headline is there."""
    site: Piece | None = None
    for piece in pieces(text):
        if piece.span.end < start or not any(map(str.isalnum, piece.text)) or NATIONAL.match(piece.text):
            continue
        if not _SITE.match(piece.text):
            return site if site and piece.text.endswith(":") else piece
        site = site or piece
    return site
