"""Documents that a unit cites by number: whose each is, and whether the unit says what it is about."""

from __future__ import annotations

import re

from corpus.text import fold
from rag.language.document_numbers import DocumentNumber, find_document_numbers, matches
from rag.understand import Query
from rag.units import Unit

_ASKS_CONTENT = re.compile(
    r"\b(?:noi dung|ve (?:(?:viec|van de|dieu|noi dung|chuyen) )?gi|"
    r"(?:quy dinh|noi|de cap|yeu cau) (?:den |ve )?(?:\w+ )?gi)\b"
)
_TELLS = re.compile(r"(?<!\w)(?:về|v/v|quy định|nhằm|với nội dung|phê duyệt|ban hành|thực hiện)(?!\w)|[“\":]", re.I)
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


def _behind(quote: str, number: DocumentNumber) -> str:
    """What the sentence says behind a number."""
    end = _SENTENCE_END.search(quote, number.span.end)
    return quote[number.span.end : end.start() if end else len(quote)]


def of_another(query: Query, unit: Unit, number: DocumentNumber) -> bool:
    """Whether a number that a unit cites is another level's than asked: "chỉ thị nào của Huyện ủy" is none of the
    Tỉnh ủy."""
    asked = _ISSUED_BY.search(fold(query.text))
    if asked is None:
        return False
    said = _ISSUED_BY.search(fold(unit.quote), number.span.end, number.span.end + _NEAR)
    symbol = re.split(r"[/\-|]", number.symbol_key)[-1]
    levels = (said["level"],) if said else _BY_SYMBOL.get(symbol, ())
    return bool(levels) and asked["level"] not in levels
