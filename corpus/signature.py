"""Who signed an official document, and who wrote a news item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from corpus.document import Span
from corpus.head import Piece, pieces
from corpus.issuer import is_office
from corpus.names import person_name

MOST_OFFICES = 200
LONGEST_LINE = 200  # characters of a line of a signature
BLOCK = 2_000  # characters above a name in which its post stands
WITHIN = 14  # pieces between the office of the signer and the name: "(Đã ký)", a stamp, the list of recipients

_AUTHORITY = re.compile(
    r"(?:^|[\s:;])(?:KT|TM|TL|TUQ|Q|T/M|K/T)\. ?[A-ZĐ]{2}|^(?:Q\. ?)?(?:PHÓ |THỨ |QUYỀN )?(?:CHỦ TỊCH|"
    r"BÍ THƯ|TRƯỞNG|GIÁM ĐỐC|BỘ TRƯỞNG|THỦ TƯỚNG|CHÁNH|"
    r"CỤC TRƯỞNG|TỔNG|VỤ TRƯỞNG|CHI CỤC TRƯỞNG|HIỆU TRƯỞNG|VIỆN TRƯỞNG|THƯ KÝ|CHỦ NHIỆM|"
    r"TỔNG BÍ THƯ)[^a-zà-ỹ]{0,60}$|^Nơi nhận|^\(?Đã ký\)?$"
)
_BEHALF = r"(?:KT|TM|TL|TUQ|T/M|T/L|K/T)(?:\. ?| )"
_FOR = re.compile(rf"{_BEHALF}\S")  # in whose name it is signed
_HELD = (
    r"(?:(?:THƯỜNG TRỰC BAN|QUYỀN|Q\.|PHÓ|THỨ|TỔNG|VIỆN|CHI|CỤC|VỤ|BỘ|HIỆU|ĐỘI) ?){0,4}"
    r"(?:CHỦ (?:TỊCH|NHIỆM|TRÌ|TỌA)|BÍ THƯ|TRƯỞNG|GIÁM ĐỐC|THỦ TƯỚNG|CHÁNH|THƯ KÝ|THỐNG ĐỐC)(?!\w)"
)
_POST = re.compile(rf"{_HELD}[^.;:]{{0,60}}$", re.I)
_FOR_WITH_POST = re.compile(  # on one line: "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"
    rf"(?:K/?T(?:\. ?| )\S.*? (?=PHÓ |CHÁNH )|(?!K)(?:{_BEHALF})\S.*? (?<!BAN )){_HELD}[^.;:]{{0,60}}$"
)
_IN_CELL = re.compile(r"(?P<post>[^()|]{4,100}+)\((?:[Đđ]ã )?ký[^()|]{0,30}\) (?P<name>[^()|]{4,50})")
_BYLINE = re.compile(
    r"(?:(?:Tin|Bài|Ảnh|Tác giả|Người viết|Bài viết|Thực hiện|Biên tập|Nguồn|Theo|Người đăng)(?:(?:,| và|"
    r" -|/)? ?(?:ảnh|bài|tin|clip|video))*)"
    r" ?: ?(?P<name>\S.{1,60})"
)
_LAST_LINE = re.compile(r"(?<=\n) *(?P<line>\S(?:[^\n]*\S)?)")
_CAPITALISED = re.compile(r"[A-ZĐÀ-Ỹ][^\W\d_]{0,7}(?: [A-ZĐÀ-Ỹ][^\W\d_]{0,7}){1,4}(?: ?[-–(,] ?[^\d.;:!?]{2,40}\)?)?")


def find_signer(text: str, after: int) -> tuple[str, Span] | None:
    """The name below the signer's office, or the last line of the text when it is a name."""
    lines = list(pieces(text, after))
    offices = (
        number for number, line in enumerate(lines) if len(line.text) < LONGEST_LINE and _AUTHORITY.search(line.text)
    )
    for number in islice(offices, MOST_OFFICES):
        for at, below in enumerate(lines[number : number + 1 + WITHIN], number):
            if at > number and (found := _signed(below)):
                return _beside(text, lines[at : at + 2]) or found
            if found := _signed_in_cell(below):
                return found
    return _signed(lines[-1]) if lines else None


def _beside(text: str, two: Sequence[Piece]) -> tuple[str, Span] | None:
    """Of two names on one line the right one: a secretary signs minutes on the left of whoever was in the chair."""
    same = len(two) == 2 and "\n" not in text[two[0].span.end : two[1].span.start]
    return _signed(two[1]) if same else None


def _signed_in_cell(piece: Piece) -> tuple[str, Span] | None:
    """Of a table's cell: "KT. TRƯỞNG PHÒNG PHÓ TRƯỞNG PHÒNG (Đã ký) Võ Thị Lệ Thu"."""
    cell = _IN_CELL.fullmatch(piece.text) if len(piece.text) < LONGEST_LINE else None
    above = cell["post"].strip() if cell else ""
    if cell is None or not (above.isupper() and (_FOR.match(above) or _POST.match(above))):
        return None
    start = piece.span.start + cell.start("name")
    return _signed(Piece(Span(start, piece.span.end), cell["name"], piece.after_blank))


def find_post(text: str, signer: Span) -> Span | None:
    """The lines above a signer's name that give the post, with those that say in whose name it is signed."""
    above = list(pieces(text, max(0, signer.start - BLOCK), signer.start))[-WITHIN:]
    for at in range(len(above) - 1, -1, -1):
        if len(above[at].text) >= LONGEST_LINE:
            return None
        if _gives_post(above[at], last=not any(map(_says_something, above[at + 1 :]))):
            first = at
            while first and (_is_for(above[first - 1]) or _gives_post(above[first - 1], last=False)):
                first -= 1
            return Span(above[first].span.start, above[at].span.end)
    return None


def _gives_post(piece: Piece, last: bool) -> bool:
    """Whether a line is a post; in small letters only as the last one above the name, for recipients have posts."""
    written = piece.text.isupper() or last
    return written and bool(_POST.match(piece.text) or _FOR_WITH_POST.match(piece.text))


def _is_for(piece: Piece) -> bool:
    return piece.text.isupper() and bool(_FOR.match(piece.text))


def _says_something(piece: Piece) -> bool:
    """Whether a line is more than "(Đã ký)", a stamp or dots."""
    return bool(re.sub(r"(?i)\W|đã ký|ký tên|đóng dấu|_", "", piece.text))


def _signed(piece: Piece) -> tuple[str, Span] | None:
    name = person_name(piece.text) if len(piece.text) < 60 else None
    if name is None or _AUTHORITY.search(piece.text) or _POST.match(piece.text):
        return None
    start = piece.span.start + piece.text.index(name)
    return (name.title() if name.isupper() else name), Span(start, start + len(name))


def find_author(text: str) -> tuple[str, Span] | None:
    """The byline of a news item: a name, an initialled name or an office, alone on one of the last lines."""
    for match in list(_LAST_LINE.finditer(text, max(text.find("\n"), len(text) - 800, 0)))[:-4:-1]:
        line, start = match["line"], match.start("line")
        if byline := _BYLINE.fullmatch(line):
            return byline["name"], Span(start + byline.start("name"), match.end())
        if len(line) <= 70 and line[-1] not in ".;:!?," and (_CAPITALISED.fullmatch(line) or _is_office(line)):
            return line, Span(start, match.end())
        if len(line) > 200 or "|" in line:
            break
    return None


def _is_office(line: str) -> bool:
    return is_office(line) and len(line.split()) <= 12 and not line.isupper() and "|" not in line
