"""What a portal or a press puts around a document, found by general rules over whole lines; never by a
document's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.formats.table import BETWEEN
from corpus.text import fold


@dataclass(frozen=True, slots=True)
class Cut:
    """What is taken off one line, why (in Vietnamese), and what is left of it."""

    removed: str
    reason: str
    kept: str = ""


COUNTER, BUTTON, STATISTICS, RELATED = (
    "số lượt xem",
    "nút bấm của trang",
    "thống kê truy cập",
    "liên kết, danh sách tin khác",
)
FOOTER, REPEATED, RULE, RUNNING = (
    "chân trang",
    "dòng lặp lại",
    "đường kẻ",
    "đầu trang hoặc số trang",
)

_COUNT = r"[\d.,]{1,15}"
_VIEWS = re.compile(
    rf"(?:so )?(?:luot|lan) (?:xem|doc|truy cap|nghe)(?: bai(?: viet)?)? ?[:-]? ?{_COUNT}(?: (?:luot|"
    rf"lan)(?: xem)?)?"
    rf"|(?:da xem|xem) ?: ?{_COUNT}(?: luot| lan)?|{_COUNT} (?:luot|lan) (?:xem|doc)"
)
_PORTAL_BUTTON = re.compile(
    r"(?:in trang|in bai(?: viet| nay)?|gui (?:e?mail|cho ban be)|chia se (?:bai viet|"
    r"(?:len )?(?:facebook|zalo))|"
    r"(?:ve dau|len dau|ve|quay (?:lai|ve)) trang(?: truoc| chu)?|nghe doc bai(?: viet)?|"
    r"xem theo ngay(?: thang)?)"
)
_WEAK_BUTTON = re.compile(
    r"(?:dang nhap|trang chu|so do (?:trang|cong)|tieng viet|english|rss|lien he|gop y|tim kiem|quay lai)"
)
PRINT_BUTTON = "In trang"
_PRINT = re.compile(rf"(?P<kept>.*\S)(?P<removed> +{PRINT_BUTTON} *)")
_STATISTICS = re.compile(
    r"(?:thong ke|luot|so luot|tinh hinh) truy cap(?: website| trang| cong)? ?:?|bo dem(?: truy cap)? ?:?"
)
_STATISTIC = re.compile(
    r"(?:[•*·>-] ?)*(?:(?:dang |so )?(?:online|truc tuyen|truy cap)|(?:khach|thanh vien)(?: online|"
    r" truc tuyen)?|"
    rf"(?:trong |luot )?(?:hom nay|hom qua|ngay(?: nay)?|tuan(?: nay| truoc)?|thang(?: nay| truoc)?|"
    rf"nam(?: nay| truoc)?)|"
    rf"tat ca|tong(?: so)?(?: luot)?(?: truy cap)?) ?:? ?{_COUNT}(?: luot| khach)?|(?:[•*·>-] ?)*\d{{4,12}}"
)
_ONLINE = re.compile(r"\W*(?:dang |so )?(?:online|truc tuyen|truy cap)\b")
_RELATED = re.compile(
    r"(?:lien ket (?:website|web|trang|nhanh)|thong tin moi nhat|(?:cac )?(?:tin|bai(?: viet)?|"
    r"thong tin) (?:khac|lien quan|moi nhat|moi hon|"
    r"cu hon|cung chuyen muc|da dua|da dang|noi bat)|tin moi|tin lien quan) ?:?"
)
_FOOTER = re.compile(
    r"(?:co quan chu quan|don vi chu quan|tru so|dia chi|dien thoai|dt|hotline|fax|e-?mail|thu dien tu|"
    r"website|nguoi chiu trach nhiem[^:]{0,30}|"
    r"(?:truong )?ban bien tap|tong bien tap|giay phep[^:]{0,40}) ?[:.]|©|(?:copyright|designed by|"
    r"powered by|phat trien boi|thiet ke boi|"
    r"ban quyen|ghi ro nguon|(?:cong|trang) thong tin dien tu)\b"
)
_STRONG_FOOTER = re.compile(
    r"(?:co quan|don vi) chu quan ?:|nguoi chiu trach nhiem (?:chinh|noi dung)|designed by|powered by|"
    r"(?:©|copyright)\W|ban quyen (?:thuoc|cua|©|\d)|(?:phat trien|thiet ke) boi|ghi ro nguon"
)
_RULE = re.compile(r"[-=_*~·•–—.… ]{3,}|\*|-*o0o-*")  # a lone "=" or "-" may be part of a formula
STAMP = re.compile(
    r"(?:(?:Ngày đăng|Đăng ngày|Đăng lúc|Cập nhật(?: lúc| ngày)?|Ngày|Thứ [^\W\d]+|"
    r"Chủ nhật)[:,]? *+)*+"
    r"(?:(?:\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}h\d{2})[\s,|-]*)?(?:ngày )?(\d{1,2})[/-](\d{1,2})[/-](\d{4})"
    r"(?:[\s,|-]*(?:lúc )?\d{1,2}[:h]\d{2}(?::\d{2})?)?(?: ?(?:CH|SA|AM|PM|GMT ?\+7|\(GMT ?\+7\)))*",
    re.I,
)
LONGEST = 300  # no piece of boilerplate is a longer line


def find(lines: Sequence[str]) -> dict[int, Cut]:
    """The cuts by line number. Only whole lines that are nothing but boilerplate, and "In trang" behind a
    headline."""
    folded = [fold(" ".join(line.split())) if len(line) <= LONGEST else "" for line in lines]
    filled = [number for number, line in enumerate(lines) if line.strip()]
    cuts = _rules_and_views(lines, folded) | _print_buttons(lines, filled) | _statistics(lines, folded)
    cuts |= _footer(lines, folded, [number for number in filled if number not in cuts])
    if any(cut.reason != RULE for cut in cuts.values()):
        cuts |= _weak_buttons(lines, folded, [number for number in filled if number not in cuts])
    cuts |= _related(lines, folded, [number for number in filled if number not in cuts])
    cuts |= {number: cut for number, cut in _repeated(lines, cuts, filled).items() if number not in cuts}
    return cuts


def is_portal_page(cuts: Sequence[str]) -> bool:
    """Whether the reasons of a document's cuts show that it was saved from a web portal."""
    return bool({COUNTER, BUTTON, STATISTICS, FOOTER, RELATED}.intersection(cuts))


def _rules_and_views(lines: Sequence[str], folded: Sequence[str]) -> dict[int, Cut]:
    cuts: dict[int, Cut] = {}
    for number, line in enumerate(folded):
        if not line:
            continue
        if _RULE.fullmatch(line):
            cuts[number] = Cut(lines[number], RULE)
        elif _VIEWS.fullmatch(line):
            cuts[number] = Cut(lines[number], COUNTER)
        elif _PORTAL_BUTTON.fullmatch(line):
            cuts[number] = Cut(lines[number], BUTTON)
    return cuts


def _print_buttons(lines: Sequence[str], filled: Sequence[int]) -> dict[int, Cut]:
    """ "In trang" behind the headline. A slogan above it stays: it may name a resolution that is asked about."""
    matches = ((number, _PRINT.fullmatch(lines[number])) for number in filled[:10])
    return next(({number: Cut(match["removed"], BUTTON, match["kept"])} for number, match in matches if match), {})


def _statistics(lines: Sequence[str], folded: Sequence[str]) -> dict[int, Cut]:
    """A visitor counter: its heading with figures below, or two figures of which one says "online"."""
    cuts: dict[int, Cut] = {}
    number = 0
    while number < len(folded):
        titled = bool(folded[number] and _STATISTICS.fullmatch(folded[number]))
        end = number + titled
        figures: list[int] = []
        while end < len(folded) and (not lines[end].strip() or _STATISTIC.fullmatch(folded[end])):
            figures += [end] if folded[end] else []
            end += 1
        online = len(figures) > 1 and any(_ONLINE.match(folded[figure]) for figure in figures)
        if (titled and (figures or end == len(folded))) or online:
            block = ([number] if titled else []) + figures
            cuts |= {member: Cut(lines[member], STATISTICS) for member in block}
        number = max(end, number + 1)
    return cuts


def _footer(lines: Sequence[str], folded: Sequence[str], filled: Sequence[int]) -> dict[int, Cut]:
    """The portal's own address at the very end: a run of labelled lines, one of which no letter would
    carry."""
    block: list[int] = []
    for number in reversed(filled):
        if not folded[number] or not _FOOTER.match(folded[number]):
            break
        block.append(number)
    strong = sum(bool(_STRONG_FOOTER.match(folded[number])) for number in block)
    sentence = len(block) == 1 and lines[block[0]].rstrip().endswith((".", ";"))
    return {number: Cut(lines[number], FOOTER) for number in block} if strong and not sentence else {}


def _related(lines: Sequence[str], folded: Sequence[str], filled: Sequence[int]) -> dict[int, Cut]:
    """A list of other headlines behind the text: its heading, then nothing but short lines that end no
    sentence."""
    half = len(filled) // 2
    for place, number in enumerate(filled):
        if place >= half and folded[number] and _RELATED.fullmatch(folded[number]):
            rest = filled[place + 1 :]
            if all(len(lines[other]) <= 200 and lines[other].rstrip()[-1] not in ".;:!?" for other in rest):
                return {member: Cut(lines[member], RELATED) for member in (number, *rest)}
    return {}


def _weak_buttons(lines: Sequence[str], folded: Sequence[str], filled: Sequence[int]) -> dict[int, Cut]:
    """Words that are a button only on a page already known as a portal's, and only at its edges."""
    edges = {*filled[:3], *filled[-3:]}
    return {n: Cut(lines[n], BUTTON) for n in edges if folded[n] and _WEAK_BUTTON.fullmatch(folded[n].strip("•*- "))}


def _repeated(lines: Sequence[str], cuts: dict[int, Cut], filled: Sequence[int]) -> dict[int, Cut]:
    """A caption or a headline set twice in a row, with at most a time stamp between."""
    found: dict[int, Cut] = {}
    previous = ""
    for number in filled:
        cut = cuts.get(number)
        line = " ".join((cut.kept if cut else lines[number]).split())
        if not line or STAMP.fullmatch(line):
            continue
        if line == previous and BETWEEN not in line and sum(map(str.isalpha, line)) >= 8:
            found[number] = Cut(lines[number], REPEATED)
        previous = line
    return found


_PAGE_NUMBER = re.compile(r"(?:trang )?[-–]? ?\d{1,4} ?(?:/ ?\d{1,4})? ?[-–]?", re.I)
_GAZETTE = re.compile(r"(?:\d{1,4} )?CÔNG BÁO/Số [\d +]{1,30}/Ngày \d{1,2}-\d{1,2}-\d{4}(?: \d{1,4})?")


def find_running(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """`(page, line)` of page numbers and of heads and feet that come back on other pages."""
    edges = [_edges(page) for page in pages]
    seen = Counter(
        key for page, found in zip(pages, edges, strict=True) for key in {_masked(page[line]) for line in found}
    )
    often = max(3, 0.4 * len(pages))  # a head may stand on every other page only
    running: set[tuple[int, int]] = set()
    for number, (page, found) in enumerate(zip(pages, edges, strict=True)):
        for line in found:
            text = " ".join(page[line].split())
            key = _masked(text)
            if _PAGE_NUMBER.fullmatch(text) or _GAZETTE.fullmatch(text) or (len(key) >= 8 and seen[key] >= often):
                running.add((number, line))
    return running


def _edges(page: Sequence[str]) -> list[int]:
    filled = [number for number, line in enumerate(page) if line.strip()]
    return sorted(number for number in {*filled[:3], *filled[-1:]} if BETWEEN not in page[number])


def _masked(line: str) -> str:
    return re.sub(r"^\d+ | \d+$", "", " ".join(line.split()))
