"""Lines broken by the paper's width → paragraphs, as answers quote them."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.formats.table import BETWEEN

FULL_LINE = 0.72  # of the widest lines; shorter ones end a paragraph unless the text plainly runs on
FULL_CAPITALS = 0.6  # capitals are wider
FIGURES = 0.5  # of a line's characters
LEAST_WRAPPED, SHARE_WRAPPED = 5, 0.15  # lines that plainly run on where a text was broken for paper, of all
PAPER = (40, 120)  # letters that a line of paper holds

_STARTS = re.compile(
    r"(?:(?:Điều|ĐIỀU) \d{1,3}[a-zđ]?(?:[.:]|$)|Chương |CHƯƠNG |Mục [IVX\d]|MỤC |Phần |PHẦN |Phụ lục|PHỤ LỤC|Bảng \d|"
    r"Căn cứ |"
    r"Theo đề nghị|Xét |Nơi nhận|Kính gửi|"
    r"V/v|Số *:|(?:[IVX]{1,5}|[A-ZĐ])[.)/] |\d{1,2}(?:\.\d{1,2}){0,3}[.)] |[a-zđ]\) |[-–+*•] ?[^\W\d]|"
    r"\(?\d{1,2}\) )"
)
_HEAD = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập - Tự do|ĐẢNG CỘNG SẢN VIỆT NAM|"
    r"[^\W\d_][^\d\n]{1,40}, *ngày +\d{1,2} +tháng|Số *:|"
    r"(?:THÔNG TƯ|NGHỊ ĐỊNH|QUYẾT ĐỊNH|NGHỊ QUYẾT|LUẬT|CHỈ THỊ|KẾ HOẠCH|BÁO CÁO|THÔNG BÁO|TỜ TRÌNH|"
    r"HƯỚNG DẪN|KẾT LUẬN)$"
)
_OPEN_END = re.compile(
    r"(?:[,(–-]|(?<!\w)(?:và|của|các|số|với|cho|tại|theo|về|là|từ|đến|hoặc|trong|ngày|tháng|năm|Điều|khoản|điểm))$"
)
_CLOSED = (".", ";", ":", "!", "?", "…", "./.", ".”", ";”")


def width(lines: list[str]) -> int:
    """The usual width of a full line in letters: the nine-tenths point of the lines that hold something."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def is_wrapped(lines: list[str]) -> bool:
    """Whether a text without pages was broken for paper as well: many full lines end amid a sentence."""
    written = [line.strip() for line in lines if line.strip()]
    full = width(written)
    broken = sum(
        below[0].islower()
        and len(above) >= FULL_LINE * full
        and not above.endswith(_CLOSED)
        and _is_prose(above, below)
        for above, below in pairwise(written)
    )
    return PAPER[0] <= full <= PAPER[1] and broken >= max(LEAST_WRAPPED, SHARE_WRAPPED * len(written))


def _is_prose(above: str, below: str) -> bool:
    return not _STARTS.match(below) and BETWEEN not in above and BETWEEN not in below


def runs_on(above: str, below: str, full: int) -> bool:
    """Whether a line belongs to the paragraph of the one above it."""
    above, below = above.rstrip(), below.strip()
    if not above or not below or _STARTS.match(below) or _HEAD.search(above) or _HEAD.match(below):
        return False
    if BETWEEN in above or BETWEEN in below:
        return False
    if _is_figures(above) or (_is_figures(below) and not below[0].islower()):
        return False
    if below[0].islower() and not above.endswith((".", "./.", ";", ":")):
        return True
    if above.endswith(_CLOSED) or above.isupper() != below.isupper():
        return False
    if above.isupper():
        return bool(re.search(r"[,-]$", above)) or below.startswith("VÀ ") or len(above) >= FULL_CAPITALS * full
    return bool(_OPEN_END.search(above)) or len(above) >= FULL_LINE * full


def _is_figures(line: str) -> bool:
    """A row of a table of figures: "Năm 2005 2006 2007", "3,17 2,95 2,72"."""
    return len(line) >= 12 and sum(map(str.isdigit, line)) > FIGURES * sum(not letter.isspace() for letter in line)
