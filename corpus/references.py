"""Documents that a text names: by number ("Quyết định số 23-QĐ/TW ngày 30/7/2021"), or laws by name and day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.document import Header, Span
from corpus.genre import number_kind
from corpus.text import fold

_SYMBOL = r"[A-ZĐƯÂÔƠÊĂ&.]{1,15}[a-zđ]{0,3}\d{0,3}(?![^\W_])"
_NUMBER = re.compile(
    r"(?<![^\W_])(?<![./-])(?P<digits>\d{1,6}[a-zđ]?(?:,\s?\d{1,6}[a-zđ]?){0,5})\s{0,2}[-–/]\s{0,2}"
    rf"(?P<symbol>(?:\d{{4}}\s?[-–/]\s?)?{_SYMBOL}(?:\s?[-–/]\s?{_SYMBOL}){{0,4}})"
)
_KINDS = (
    "thông báo kết luận|thông tư liên tịch|nghị quyết liên tịch|thông báo|thông tư|nghị quyết|nghị định|quyết định|"
    "quy định|quy chế|"
    "chỉ thị|kế hoạch|kết luận|báo cáo|tờ trình|hướng dẫn|chương trình|đề án|phương án|công điện|công văn|văn bản|"
    "bộ luật|luật|pháp lệnh|lệnh|sắc lệnh|điều lệ"
)
_KIND_BEFORE = re.compile(rf"(?<![^\W\d_])(?P<kind>{_KINDS})(?:\s++(?:liên tịch\s++)?số)?\s*+(?::\s*+)?$", re.I)
_NUMBERED_BEFORE = re.compile(r"(?<![^\W\d_])số\s*+(?::\s*+)?$", re.I)
_BARE = re.compile(rf"(?<![^\W\d_])(?P<kind>{_KINDS})\s++số\s*+(?::\s*+)?(?P<digits>\d{{1,6}})(?=,?\s++ngày\s)", re.I)
_ANY_BARE = re.compile(r"so\s*+(?::\s*+)?\d{1,6},?\s++ngay\s")  # seldom there, and found in a tenth of the time
_DAY = r"(?P<d>\d{1,2})(?:\s+tháng\s+|\s?[/.-]\s?)(?P<m>\d{1,2})(?:\s+năm\s+|\s?[/.-]\s?)(?P<y>\d{4})(?!\d)"
_DAY_BEHIND = re.compile(rf"\s*+(?:,\s*+)?(?:của\s[^;,.\n\d]{{3,90}}?\s)?(?:ban hành\s++|ký\s++)?ngày\s++{_DAY}", re.I)
_LAW = re.compile(
    r"(?<![^\W\d_])(?P<kind>Bộ luật|Luật|Pháp lệnh|Hiến pháp)"
    r"(?=[^;.:\d“”\"()]{0,210}+(?:(?<=ngày\s)|(?<=năm\s)(?:19|20)\d)\d)"  # for speed
    r"(?P<name>\s[^;.:,\d\n“”\"()]{2,180}?|)"
    rf"\s*+(?:,\s*+)?(?:ngày\s++{_DAY}|năm\s++(?P<year>(?:19|20)\d\d)(?!\d))"
)
_LAW_BEFORE = re.compile(
    r"(?<![^\W\d_])(?P<kind>Bộ luật|Luật|Pháp lệnh)"
    r"(?=[^;.:\d“”\"()]{3,210}+(?::|$))(?P<name>\s[^;.:\d\n“”\"()]{2,180}?)\s++số\s*+(?::\s*+)?$"
)
_NO_NAME = re.compile(r" (?:can cu|neu|truong hop|quy dinh|duoc|theo|nay|phap lenh) ")
_BEFORE = 40  # characters before a number in which its kind stands
_LAW_REACH = 200


@dataclass(frozen=True, slots=True)
class Reference:
    """One mention of a document. `number` is written as in `Header.number`; a law may have only its name."""

    span: Span
    kind: str | None
    number: str | None = None
    issued_on: date | None = None
    year: int | None = None
    name: str | None = None  # "Luật Tổ chức chính quyền địa phương"

    @property
    def key(self) -> str:
        """What documents are matched by: `number_key` or `name_key`."""
        return number_key(self.number) if self.number else name_key(self.name or "")


def number_key(number: str) -> str:
    """One spelling of a number: "06/2023/TT-BLĐTBXH" → "6/2023/tt/bldtbxh"."""
    parts = [part for part in re.split(r"[^\w&]+", fold(number)) if part]
    return "/".join(part.lstrip("0") or "0" if part[0].isdigit() else part for part in parts)


def name_key(name: str) -> str:
    """One spelling of a law's name, which no number can have: "= luat dat dai"."""
    return " ".join(("=", *re.findall(r"[^\W_]+", fold(name)))) if name else ""


def header_keys(header: Header) -> tuple[str, ...]:
    """The keys under which others may name a document."""
    keys = [number_key(header.number)] if header.number else []
    if header.number and re.fullmatch(r"\d+", keys[0].partition("/")[0]) and "/" in keys[0]:
        keys.append(keys[0].partition("/")[0])  # "Công văn số 118 ngày …"
    if header.kind in ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"):
        subject = header.subject or ""
        named = subject if fold(subject).startswith(fold(header.kind)) else f"{header.kind} {subject}"
        keys.append(name_key(named.strip()))
    return tuple(keys)


def find_references(text: str) -> list[Reference]:
    """All mentions in order, none overlapping."""
    numbered = sorted((*_numbered(text), *_bare(text)), key=lambda one: one.span.start)
    ends = [one.span.end for one in numbered]
    found = list(numbered)
    for law in _laws(text):
        near = bisect_right(ends, law.span.start)
        if near == len(numbered) or not law.span.overlaps(numbered[near].span):
            found.append(law)
    return sorted(found, key=lambda one: one.span.start)


def _numbered(text: str) -> Iterator[Reference]:
    for match in _NUMBER.finditer(text):
        symbol = re.sub(r"\s", "", match["symbol"]).replace("–", "-").rstrip(".")
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        named = _KIND_BEFORE.search(before)
        if not (named or _NUMBERED_BEFORE.search(before)) and sum(map(str.isalpha, symbol)) < 3:
            continue  # "24/24H", "10/A"
        start = match.start() - len(before) + named.start() if named else match.start()
        law = None if named else _LAW_BEFORE.search(text, max(0, match.start() - _LAW_REACH), match.start())
        start = law.start() if law else start
        day, end = _day_behind(text, match.end())
        joint = text[match.end("digits") : match.start("symbol")].strip().replace("–", "-")
        for digits in re.split(r",\s?", match["digits"]):
            number = f"{digits}{joint}{symbol}"
            kind = named["kind"].capitalize() if named else number_kind(number)
            name = " ".join(f"{law['kind']}{law['name']}".split()) if law else None
            yield Reference(Span(start, end), kind, number, day, None, name)


def _bare(text: str) -> Iterator[Reference]:
    """ "Công văn số 118 ngày 11/10/2019": no symbol, so the day must tell which."""
    for match in _BARE.finditer(text) if _ANY_BARE.search(fold(text)) else ():
        day, end = _day_behind(text, match.end())
        if day:
            yield Reference(Span(match.start(), end), match["kind"].capitalize(), match["digits"], day)


def _laws(text: str) -> Iterator[Reference]:
    for match in _LAW.finditer(text):
        if _NO_NAME.search(fold(match["name"])):
            continue
        name = " ".join(f"{match['kind']}{match['name']}".split())
        year = int(match["year"] or match["y"])
        day = _date(match) if match["y"] else None
        yield Reference(Span(*match.span()), match["kind"], None, day, year, name)


def _day_behind(text: str, at: int) -> tuple[date | None, int]:
    match = _DAY_BEHIND.match(text, at)
    day = _date(match) if match else None
    return (day, match.end()) if match and day else (None, at)


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
