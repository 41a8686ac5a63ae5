"""Questions after the most or the least: "xã nào nhiều hộ nghèo nhất", read into whom, of what, and which end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import Span
from corpus.text import fold, tokens
from rag.terms import Word, words
from rag.understand import Query

_MOST = ("nhieu", "cao", "lon", "to", "dong", "dai", "rong", "nang")
_LEAST = ("it", "thap", "nho", "ngan", "hep", "nhe")
_DEGREE = re.compile(rf"\b(?P<degree>{'|'.join((*_MOST, *_LEAST))})(?= (?P<of>(?:\w+ ){{0,4}}?)(?P<end>nhat)\b)")
_ACCENTED = frozenset("nhiều cao lớn to đông dài rộng nặng ít thấp nhỏ ngắn hẹp nhẹ".split())
_QUALITY = re.compile(r"\b(?P<degree>ngheo|giau)(?= (?P<end>nhat)\b)")  # is measured by the share of what it says
_WHO = re.compile(
    r"\b(?P<noun>(?:xa, thi tran|xa, phuong|thi tran|don vi|dia phuong|linh vuc|co quan|thu tuc|to dan pho|\w+)) nao\b|"
    r"\b(?P<anyone>ai)\b"
)
_WITHIN = re.compile(  # of which all: "cao nhất huyện", "toàn tỉnh"
    r"\b(?:(?<=nhat )(?:toan |ca |trong |o |tai |cua )?|toan |ca |trong )(?:huyen|tinh|xa|phuong|thanh pho|nuoc|bang)\b"
)
ANYONE = ("ai", "don vi", "dia phuong", "noi", "co quan", "xa, thi tran", "xa, phuong")  # of any level
_KIND = 24  # characters
HELD = 0.9  # of the measure's weight that a column's name, or the part of a clause around a figure, must say
_NO_THING = [[noun] for noun in "nhu the khi luc ngay thang nam nguoi nghi quyet dinh ban".split()]
_NO_MEASURE = frozenset("số tỉ tỷ lệ lượng phần trăm đạt có là mức còn đang hiện tốn hết mất cần".split())
_HOW_MANY_TOO = re.compile(r",[^,?]{0,20}\b(?:may|bao nhieu)\b[^?]*+")  # "…, mấy hộ?"
_WHOSE_KIND = re.compile(r"(?:^|, )(?:[a-z]+ ){1,2}$")  # "lớp nghề nào": what stands before its noun is of it
_SHARE = re.compile(r"(?<!\w)(?:tỷ lệ|tỉ lệ|phần trăm|bao nhiêu %)(?!\w)|%", re.I)
_STATES = re.compile(
    r"(?<!\w)(?:(?<!thống )(?<!thứ )(?<!duy )(?<!hợp )(?<!giải )(?<!hạng )(?<!bậc )nhất(?! định| trí| là)|"
    r"(?:dẫn|đứng) đầu|(?:đứng|xếp) cuối)(?!\w)",
    re.I,
)
_CHANGES = ("giam", "tang", "them", "bot", "thoat", "vuot", "thieu")  # "giảm nhiều nhất" is not who has the most
_ANY = "|".join((*_MOST, *_LEAST))
_SAID = re.compile(
    rf"\b(?P<change>(?:{'|'.join(_CHANGES)}) (?:\w+ ){{0,2}}?)?"
    rf"(?P<degree>{_ANY})(?: (?!(?:{_ANY})\b)\w+){{0,4}}? nhat\b(?! (?:dinh|tri)\b)"
)
_AT_LEAST = re.compile(r"(?<!\w)ít nhất(?= (?:là |phải |có |cũng )?(?:\d|một |hai |ba |nửa ))", re.I)


@dataclass(frozen=True, slots=True)
class Superlative:
    """`noun` is the kind of thing ("xa", "don vi"); `words` what is counted or measured of each; `most` or least."""

    noun: str
    words: tuple[Word, ...]
    most: bool
    share: bool
    called: str  # the noun as it was asked: "xã"
    said: str  # the degree as it was asked: "nhiều nhất"


def superlative(query: Query) -> Superlative | None:
    """What a question asks the most or the least of; None when it asks for neither."""
    folded = fold(query.text)
    who, degree, quality = _WHO.search(folded), _degree(query.text, folded), None
    if degree is None:
        degree = quality = _QUALITY.search(folded)
    if who is None or degree is None or (who["noun"] or "").split()[-1:] in _NO_THING:
        return None
    cut = [Span(*who.span()), Span(*degree.span("end"))]
    cut += [Span(*degree.span("degree"))] if quality is None else []
    cut += [Span(*found.span()) for found in _HOW_MANY_TOO.finditer(folded, degree.end("end"))]
    kind = _WHOSE_KIND.search(folded, max(0, who.start() - _KIND), who.start())
    cut += [Span(*kind.span())] if kind and who["noun"] else []
    cut += [Span(*within.span()) for within in _WITHIN.finditer(folded)]
    cut += [*(place.span for place in query.places), *(day.span for day in query.dates)]
    found = tokens(query.text)
    terms = tuple(
        term
        for term in query.terms
        if term.key not in _NO_MEASURE
        and not term.folded.isdigit()
        and not any(span.start <= found[term.position].start < span.end for span in cut)
    )
    if not terms:
        return None
    said = f"{Span(*degree.span('degree')).of(query.text)} nhất".lower()
    called = Span(*who.span(who.lastgroup or "noun")).of(query.text).lower()
    most, share = bool(quality) or degree["degree"] in _MOST, bool(quality) or bool(_SHARE.search(query.text))
    return Superlative(who["noun"] or who["anyone"], words(terms), most, share, called, said)


def _degree(question: str, folded: str) -> re.Match[str] | None:
    """The last word of degree before "nhất": "ngân sách" and "đồng" are none."""
    found = (match for match in _DEGREE.finditer(folded) if _is_degree(Span(*match.span("degree")).of(question)))
    return next(iter(reversed(list(found))), None)


def _is_degree(said: str) -> bool:
    return said.lower() in _ACCENTED or said.isascii()


def states(asked: Superlative, text: str) -> bool:
    """Whether a text itself says who has the most or the least, whichever is asked for."""
    text = _AT_LEAST.sub(lambda least: "-" * len(least[0]), text)
    folded = fold(text)
    told = [match for match in _SAID.finditer(folded) if _is_degree(Span(*match.span("degree")).of(text))]
    if not told:
        return bool(_STATES.search(text))
    asked_end = [match for match in told if (match["degree"] in _MOST) == asked.most]
    changes = any(change in word.syllables for word in asked.words for change in _CHANGES)
    return any(changes or not match["change"] for match in asked_end) and _is_of(asked, folded)


def _is_of(asked: Superlative, folded: str) -> bool:
    """Whether a text tells anything of what is measured: "nộp cao nhất" is not of who is poorest."""
    syllables = {token.folded for token in tokens(folded)}
    return any(syllables.issuperset(word.syllables) for word in asked.words)
