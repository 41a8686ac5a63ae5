"""Documents that a unit cites by number: whose each is, and whether the unit says what it is about."""

from __future__ import annotations

import re

from corpus.text import fold
from rag.language.document_numbers import KINDS, DocumentNumber, find_document_numbers, matches
from rag.terms import content_terms
from rag.understand import Query
from rag.units import Unit

_ASKS_CONTENT = re.compile(
    r"\b(?:noi dung|ve (?:(?:viec|van de|dieu|noi dung|chuyen) )?gi|"
    r"(?:quy dinh|noi|de cap|yeu cau) (?:den |ve )?(?:\w+ )?gi)\b"
)
_TELLS = re.compile(r"(?<!\w)(?:về|v/v|quy định|nhằm|với nội dung|phê duyệt|ban hành|thực hiện)(?!\w)|[“\":]", re.I)
_KIND = "|".join(sorted((fold(kind) for kind in KINDS), key=len, reverse=True))
_NAMED = re.compile(rf"\W*(?:{_KIND}) (?:lien tich )?so\b")
_ASKS_DOCUMENT = re.compile(rf"\b(?:{_KIND}|van ban|tai lieu|can cu|chi dao|ban hanh|trien khai|quan triet)\b")
_ASKS_BASIS = re.compile(
    r"\b(?:can cu (?:vao )?(?:nao|gi|phap ly)|phap ly|dieu (?:may|nao)|quy dinh (?:o|tai|trong))\b"
)
_POINTS = re.compile(
    r"(?:theo )?(?:quy định|nêu|nói) (?:tại|ở|trong) (?:(?:điểm|khoản|điều|mục|chương|phụ lục)[\w ,]{1,30}){1,3}"
    r"(?:(?:của )?(?:\w+ ){1,3}này)?",
    re.I,
)
_IDLE = frozenset(
    "thuc hien tien hanh khi duoc theo viec phai can ap dung 1 2 3 4 5 6 7 8 9".split()
)  # say nothing yet
_SENTENCE_END = re.compile(r"[.;](?:\s|$)")
_ISSUED_BY = re.compile(
    r"\b(?:cua|do)(?: (?:ban thuong vu|ban chap hanh|thuong truc|btv|bch|hdnd|ubnd|hoi dong nhan dan"
    r"|uy ban nhan dan)){0,2} (?P<level>tinh uy|thanh uy|huyen uy|quan uy|thi uy|dang uy|trung uong|bo chinh tri"
    r"|ban bi thu|chinh phu|thu tuong|quoc hoi|tinh|thanh pho|huyen|xa|bo)\b"
)
_BY_SYMBOL = {"hu": ("huyen uy",), "tu": ("tinh uy", "thanh uy"), "tw": ("trung uong", "bo chinh tri", "ban bi thu")}
_NEAR = 80  # characters behind a number within which its issuer is named


def only_mentions(query: Query, unit: Unit) -> bool:
    """Whether a document's content is asked for and the unit names its number and nothing of it."""
    if not query.numbers or not _ASKS_CONTENT.search(fold(query.text)):
        return False
    there = find_document_numbers(unit.quote)
    mine = [number for number in there if any(matches(asked, number) for asked in query.numbers)]
    return bool(mine) and not any(_TELLS.search(_behind(unit.quote, number)) for number in mine)


def is_title(query: Query, unit: Unit) -> bool:
    """Whether the unit is the name of a document, "Công văn số 488-CV/HU … “Về triển khai …”", where none is asked for.

    What such a name says is what the document is about, not what is so.
    """
    if query.expected.kind != "other" or query.numbers or _ASKS_DOCUMENT.search(fold(query.text)):
        return False
    named = _NAMED.match(fold(unit.quote))
    return named is not None and bool(find_document_numbers(unit.quote[: named.end() + _NEAR]))


def only_points(query: Query, unit: Unit) -> bool:
    """Whether the unit tells nothing but where it stands: "khi có căn cứ theo quy định tại Điều 16 của Luật này"."""
    if query.expected.kind != "other" or _ASKS_BASIS.search(fold(query.text)):
        return False
    pointer = _POINTS.search(unit.quote)
    if pointer is None:
        return False
    said = content_terms(unit.quote[: pointer.start()]) + content_terms(unit.quote[pointer.end() :])
    return all(term.folded in query.words or term.folded in _IDLE for term in said)


def _behind(quote: str, number: DocumentNumber) -> str:
    """What the sentence says behind a number."""
    end = _SENTENCE_END.search(quote, number.span.end)
    return quote[number.span.end : end.start() if end else len(quote)]


def of_another(query: Query, unit: Unit, number: DocumentNumber) -> bool:
    """Whether a number that a unit cites is another level's than asked: "chỉ thị nào của Huyện ủy" is none of the
    Tỉnh ủy."""
    folded = fold(query.text)
    which = re.search(rf"{re.escape(fold(' '.join(query.expected.noun)))} (?:nao|gi|so)\b", folded)
    asked = _ISSUED_BY.search(folded, which.start() if which else 0)
    if asked is None:
        return False
    said = _ISSUED_BY.search(fold(unit.quote), number.span.end, number.span.end + _NEAR)
    symbol = re.split(r"[/\-|]", number.symbol_key)[-1]
    levels = (said["level"],) if said else _BY_SYMBOL.get(symbol, ())
    return bool(levels) and not any(_same_level(asked["level"], level) for level in levels)


def _same_level(one: str, other: str) -> bool:
    """ "Nghị quyết nào của huyện" is the Huyện ủy's as well."""
    return one == other or (one.split()[0] == other.split()[0] != "bo")
