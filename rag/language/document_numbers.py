"""Document numbers as offices write them ("118-CV/BDVHU") and as people type them ("cv 118", "12 nq hu")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Span
from corpus.text import fold
from rag.language.cover import Cover
from rag.language.syllables import is_folded

KINDS: dict[str, tuple[str, ...]] = {
    "công văn": ("cv",),
    "nghị quyết liên tịch": ("nqlt",),
    "nghị quyết": ("nq",),
    "quyết định": ("qd",),
    "chỉ thị": ("ct",),
    "kết luận": ("kl",),
    "kế hoạch": ("kh",),
    "thông báo": ("tb",),
    "hướng dẫn": ("hd",),
    "quy chế": ("qc",),
    "quy định": ("qdi", "qd"),
    "đề án": ("da",),
    "thông tư liên tịch": ("ttlt",),
    "thông tư": ("tt",),
    "thông tri": ("tt",),
    "nghị định": ("nd",),
    "tờ trình": ("ttr", "tt"),
    "báo cáo": ("bc",),
    "chương trình": ("ctr", "ct", "cthd"),
    "bộ luật": ("l", "qh"),
    "luật": ("l", "qh"),
    "pháp lệnh": ("pl",),
    "công điện": ("cd",),
    "phương án": ("pa",),
    "giấy mời": ("gm",),
    "biên bản": ("bb",),
    "văn bản hợp nhất": ("vbhn",),
    "văn bản": (),
    "vb": (),
}
"""Kinds of document and the symbols that stand for them (folded), the usual one first; () takes any."""

SYMBOLS = frozenset(symbol for symbols in KINDS.values() for symbol in symbols) - {"qh"}
_PHRASES = {fold(phrase): symbols for phrase, symbols in KINDS.items()}
_PHRASES |= {f"qui{phrase[3:]}": symbols for phrase, symbols in _PHRASES.items() if phrase.startswith("quy")}
_PHRASES |= {symbol: (symbol,) for symbol in SYMBOLS - {"l"}}
# "nq12" is typed for "nq 12"; "cd4" and "bc1" are other things.
_GLUED = frozenset(["cv", "nq", "qd", "ct", "kl", "kh", "tt", "nd"])
_ISSUERS = frozenset(["hu", "tu", "tw", "du", "qu", "thu", "txu", "thanhu", "cp", "ttg", "ctn"])

_SEPARATOR = r"[ ]{0,2}[-/.][ ]{0,2}"
_DIGITS = r"(?<![^\W_])(?<!\d[./-])(?P<digits>\d{1,6}(?:[a-d](?![^\W_]))?)"
_YEAR = rf"(?:{_SEPARATOR}(?P<year>(?:19|20)\d\d))?"
_PART = r"[a-z][a-z0-9&]{0,19}"
_WRITTEN = re.compile(
    rf"{_DIGITS}{_YEAR}(?P<gap>{_SEPARATOR}|[ ]{{0,2}})"
    rf"(?P<first>{_PART})(?P<rest>(?:[ ]?[-/.][ ]?{_PART}){{0,5}})(?![^\W_])"
)
_DIGIT = re.compile(r"\d")
_LISTED = re.compile(r"(?<![^\W_])(\d{1,6}[a-d]?)(?: ?, ?| va )$")
_NAMED = re.compile(
    r"(?<![^\W_])(?P<kind>"
    + "|".join(sorted((re.escape(phrase) for phrase in _PHRASES), key=len, reverse=True))
    + r")(?P<so>[ ]?:?[ ]{1,2}so[ ]?:?)?[ ]{0,2}"
    + r"(?P<digits>\d{1,6}[a-d]?)(?:[ ]?[-/][ ]?(?P<year>(?:19|20)\d\d)|[ ]nam[ ](?P<later>(?:19|20)\d\d))?"
    + r"(?![^\W_])(?![.,/-]\d|[ ]?%)"
)
_KIND_BEFORE = re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(_PHRASES, key=len, reverse=True))})(?: so)? +$")
_COUNTED = re.compile(
    r" ?(?:%|nam|thang|ngay(?! \d)|tuan|gio|phut|quy(?! dinh| che| trinh| hoach)|nguoi|ty|ti|trieu|nghin|ngan|dong|xa"
    r"|huyen|tinh|thon|to|cuoc|don|ho|buoi|lop|dot|lan|nhiem vu|muc tieu|chi tieu|linh vuc|van de|cap|bo|phan|ca|giai"
    r"|diem|y|can|vu|viec|mo hinh|cong trinh|du an|dia phuong)(?![^\W_])"
)
_LIKE_YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d$")
_NUMBERED = re.compile(r"(?<![^\W_])so ?:? {0,2}$")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """One mention. `digits` has no leading zeros.

    `symbol_key` is folded, its parts joined by "/", alternatives of the kind by "|":
    "Số 118 -CV/BDVHU" → digits "118", symbol_key "cv/bdvhu"; "quy định 605" → "605", "qdi|qd".
    """

    span: Span
    text: str
    digits: str
    year: int | None
    symbol_key: str

    @property
    def figures(self) -> Span:
        """The span without the words before the digits: "118" of "công văn 118"."""
        words = next(at for at, letter in enumerate(self.text) if letter.isdigit())
        return Span(self.span.start + words, self.span.end)

    @property
    def kinds(self) -> frozenset[str]:
        """The symbols of kind it may have; none in "126/NNPTNT-TT": only what stands first is a kind."""
        return frozenset(_kinds_of(self.symbol_key.partition("/")[0]))

    @property
    def issuers(self) -> tuple[str, ...]:
        return tuple(part for part in self.symbol_key.split("/")[bool(self.kinds) :] if part)


def with_kind(text: str, number: DocumentNumber) -> Span:
    """The number with the kind of document before it: "Thông tư số 01/2025/TT-BTC"."""
    kind = _KIND_BEFORE.search(fold(text[: number.span.start]))
    return Span(kind.start() if kind else number.span.start, number.span.end)


def find_document_numbers(text: str, like_years: bool = False) -> list[DocumentNumber]:
    """All document numbers of a text (NFC), in order, none overlapping.

    "Kết luận 1963" is one only with `like_years`: it is more often the conclusion of that year.
    """
    if not _DIGIT.search(text):
        return []
    folded = fold(text)
    found = list(_written(text, folded))
    taken = Cover.of(text, (number.span for number in found))
    named = _named(text, folded, like_years)
    found += [number for number in named if not taken.touches(number.span.start, number.span.end)]
    return sorted(found, key=lambda number: number.span.start)


def matches(first: DocumentNumber, second: DocumentNumber) -> bool:
    """Whether two mentions can be the same document: what both state agrees, one symbol within the other."""
    if first.digits != second.digits or (first.year and second.year and first.year != second.year):
        return False
    return _same_kind(first, second) and _same_issuers(first.issuers, second.issuers)


def _written(text: str, folded: str) -> Iterator[DocumentNumber]:
    """Numbers with a symbol: "06/2023/TT-BLĐTBXH", "217,218-QĐ/TW", "118 cv bdvhu"."""
    for match in _WRITTEN.finditer(folded):
        if (end := _symbol_end(text, folded, match)) is None:
            continue
        symbol = re.sub(r"[ ./-]+", "/", folded[match.start("first") : end])
        year = int(match["year"]) if match["year"] else None
        head = match.start()
        while listed := _LISTED.search(folded, max(0, head - 14), head):
            yield _number(text, Span(listed.start(), listed.end(1)), listed[1], year, symbol)
            head = listed.start()
        yield _number(text, Span(match.start(), end), match["digits"], year, symbol)


def _symbol_end(text: str, folded: str, match: re.Match[str]) -> int | None:
    """Where the symbol after the digits ends, or None when it is no symbol: "24/24h", "5 - Hội", "19/19"."""
    first, start, end = match["first"], match.start("first"), match.end("first")
    known = first in SYMBOLS
    upper = sum(letter.isupper() for letter in text[start:end]) >= 2
    if not (known or upper) and is_folded(first):
        return None
    separated = match["gap"].strip() != ""
    whole = match.end("rest")
    parts = re.split(r"[ ./-]+", folded[start:whole])
    if known and (len(parts) > 1 or separated):
        return whole if len(parts) > 1 else _spaced_issuer(text, folded, end) or _lone(text, folded, match)
    if known:
        numbered = _NUMBERED.search(folded, max(0, match.start() - 6), match.start()) is not None
        return _spaced_issuer(text, folded, end) or (_lone(text, folded, match) if numbered else None)
    if not separated or " " in match["gap"]:
        return None
    numbered = bool(match["year"]) or _introduced(folded, match.start())
    plain = upper and (len(parts) > 1 or "/" in match["gap"])
    return whole if plain or (numbered and (upper or not is_folded(first))) else None


def _lone(text: str, folded: str, match: re.Match[str]) -> int | None:
    """A kind symbol alone ("118-CV") counts in capitals or when it is no syllable: "bão số 4 đã" is no đề án."""
    end = match.end("first")
    return end if text[match.start("first") : end].isupper() or not is_folded(match["first"]) else None


def _spaced_issuer(text: str, folded: str, end: int) -> int | None:
    """The end of an issuer after a space: "118 cv bdvhu", "12 NQ HU"; an ordinary word is none."""
    match = _SPACED.match(folded, end)
    if match is None:
        return None
    word, original = match[1], text[match.start(1) : match.end(1)]
    if word in _ISSUERS or (not is_folded(word) and word.isalnum()) or (original.isupper() and len(word) > 1):
        return match.end()
    return None


_SPACED = re.compile(rf"[ ]([a-z][a-z0-9&]{{1,19}})(?:[-/]{_PART}){{0,4}}(?![^\W_])")


def _introduced(folded: str, start: int) -> bool:
    """Whether "số" or a kind of document stands right before."""
    before = folded[max(0, start - 24) : start].rstrip(" :")
    if before.endswith(" so") or before == "so":
        return True
    return any(before.endswith(phrase) for phrase in _PHRASES if len(phrase) > 3)


def _named(text: str, folded: str, like_years: bool) -> Iterator[DocumentNumber]:
    """Numbers with only a kind: "công văn 118", "nghi quyet so 12", "TT 06/2023"."""
    for match in _NAMED.finditer(folded):
        kind, digits, year = match["kind"], match["digits"], match["year"] or match["later"]
        if match["so"] is None and not year:
            if (_LIKE_YEAR.match(digits) and not like_years) or _COUNTED.match(folded, match.end()):
                continue
            if kind in SYMBOLS and is_folded(kind) and not text[match.start() : match.end("kind")].isupper():
                continue  # "da 5" may be "đã 5"; "ĐA 5" is a symbol
        if text[match.start("digits") - 1].isalpha() and kind not in _GLUED:
            continue
        end = match.end("year") if match["year"] else match.end("digits")
        symbol = "|".join(_PHRASES[kind])
        yield _number(text, Span(match.start(), end), digits, int(year) if year else None, symbol)


def _number(text: str, span: Span, digits: str, year: int | None, symbol: str) -> DocumentNumber:
    return DocumentNumber(span, span.of(text), digits.lstrip("0") or "0", year, symbol)


def _kinds_of(part: str) -> tuple[str, ...]:
    if "|" in part:
        return tuple(part.split("|"))
    if part.startswith("qh") and part[2:].isdigit():
        return ("qh", "nq")  # laws and resolutions of the National Assembly carry its term: 45/2019/QH14
    if part.startswith("ubtvqh"):
        return ("pl", "nq")
    return (part,) if part in SYMBOLS else ()


def _same_kind(first: DocumentNumber, second: DocumentNumber) -> bool:
    if first.kinds and second.kinds:
        return bool(first.kinds & second.kinds)
    named, other = (first, second) if first.kinds else (second, first)
    # A state office's công văn bears no kind: 355/UBND-VX.
    return not named.kinds or not other.issuers or "cv" in named.kinds


def _same_issuers(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    shorter, longer = sorted((first, second), key=len)
    if not shorter or "".join(shorter) == "".join(longer):
        return True
    return all(any(_same_part(part, other) for other in longer) for part in shorter)


def _same_part(first: str, second: str) -> bool:
    """Equal, or one cut short: "bdv" for "bdvhu", not "hu" for "huyen"."""
    shorter, longer = sorted((first.replace("&", ""), second.replace("&", "")), key=len)
    return shorter == longer or (len(shorter) >= 3 and longer.startswith(shorter))
