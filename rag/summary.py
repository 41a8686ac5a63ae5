"""A document or one of its sections in a few of its own sentences: those that say most of what the text is about."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document, Span
from corpus.sentences import clauses, sentences
from corpus.structure import Heading, headings
from corpus.text import fold, tokens
from rag.compose import Quote, trimmed
from rag.metadata import header_span
from rag.terms import idf
from rag.understand import Query
from rag.units import Unit, unit

MOST = 6  # sentences of a summary
_LEAST, _LONGEST = 8, 75  # syllables of a sentence worth quoting; a longer one is cut into its clauses
_FLOOR = 25  # syllables below which a sentence gains nothing by being short
_COMMON, _RARE = 3.0, 6.5  # idf of words that say nothing of what a text is about; above which all are alike
_ONCE, _TITLE = 0.2, 1.5  # weight of a word that is said once; of one that is in the title
_OPENS, _BEGINS = 1.6, 1.25  # weight of what stands first under its heading, in its paragraph
_FRAGMENT, _ITEM = 0.5, 0.7  # weight of a clause without its beginning or end, of an item without its lead
_SAID = 0.1  # share of its weight that a word keeps once it was said
_AGAIN = 0.4  # weight of a further sentence of the same section
_ASKS = re.compile(
    r"\b(?:tom (?:tat|luoc|gon)|(?:noi dung|y|diem|net) (?:chinh|co ban|chu yeu|quan trong)|(?:neu )?khai quat)\b"
)
_SECTION = re.compile(
    r"\b(?P<kind>phan|chuong|muc|dieu|khoan)(?: thu)? (?P<mark>\d{1,3}[a-z]?|[ivxl]{1,6}|[a-d])(?![^\W_])"
)
_TITLED = re.compile(  # "phần nhiệm vụ năm 2024 của báo cáo 5"
    r"(?<!\w)(?:phần|mục) (?!\d|[IVXivx]+\b|này|đó|trên)(?:về |nói về )?(.+?)"
    r"(?= (?:của|trong|ở|tại|theo)(?!\w)|[?.]|$)",
    re.I,
)
_SIGNED = re.compile(r"^[ ]*(?:Nơi nhận|NƠI NHẬN|T/M |TM\. |KT\. |TL\. |TUQ\. )", re.M)
_FORMULA = re.compile(  # what stands in every document
    r"(?:\d{1,2}[.)] )?(?:can cu|xet|theo de nghi|theo to trinh|kinh gui|noi nhan|trong qua trinh|tren day la|"
    r"de nghi cac) "
)
_MARKED_ITEM = re.compile(r"\s*(?:[-–+•*]|\(?\d{1,2}[.)]|\(?[a-zđ]\))\s")


@dataclass(frozen=True, slots=True)
class _Candidate:
    unit: Unit
    section: str | None
    group: int  # the widest heading above it
    weight: float  # of its place and form


def asks_summary(query: Query) -> bool:
    """Whether the question asks for a document's or a section's content as a whole."""
    return bool(_ASKS.search(fold(query.text)))


def names_section(query: Query) -> bool:
    return bool(_SECTION.search(fold(query.text)) or _TITLED.search(query.text))


def summary(query: Query, document: Document) -> tuple[Quote, ...]:
    """The telling sentences of the section that the question names, else of the whole document, in its order.

    None where the document has no such section.
    """
    above = [one for one in headings(document.text) if not one.item]
    body = _section(query, document, above) if names_section(query) else _body(document)
    if body is None:
        return ()
    candidates = _candidates(document, body, above)
    chosen = _chosen(candidates, _weights([one.unit for one in candidates], document.header.title))
    in_order = sorted(chosen, key=lambda one: one.unit.span.start)
    return tuple(Quote(document, trimmed(document.text, one.unit.span), one.section) for one in in_order)


def _section(query: Query, document: Document, above: Sequence[Heading]) -> Span | None:
    """From behind the heading that the question names to the next of its level."""
    named = _SECTION.search(fold(query.text))
    if named is None:
        at = _by_words(query, above)
    else:
        mark = re.compile(rf"(?:{named['kind']} )?(?:thu )?{re.escape(named['mark'])}(?=[.:)/ ]|$)")
        at = next((at for at, one in enumerate(above) if mark.match(fold(one.label))), None)
    if at is None:
        return None
    end = next((one.span.start for one in above[at + 1 :] if one.level <= above[at].level), len(document.text))
    return Span(above[at].span.start, end)


def _by_words(query: Query, above: Sequence[Heading]) -> int | None:
    """The heading that holds every word of "phần nhiệm vụ năm 2024"."""
    named = _TITLED.search(query.text)
    asked = {token.folded for token in tokens(named[1])} if named else set[str]()
    return next((at for at, one in enumerate(above) if asked <= {token.folded for token in tokens(one.label)}), None)


def _body(document: Document) -> Span:
    """The text between the letterhead with its addressees and the signature."""
    text, spans = document.text, document.header.spans
    ends = [spans[field].end for field in ("subject", "title", "number", "issued_on") if field in spans]
    addressees = header_span(document, "recipients")
    ends += [addressees.end] if addressees else []
    start = max((end for end in ends if end < len(text) / 2), default=0)
    signed = (match.start() for match in _SIGNED.finditer(text, start) if match.start() > len(text) / 2)
    return Span(start, next(signed, len(text)))


def _candidates(document: Document, body: Span, above: Sequence[Heading]) -> list[_Candidate]:
    """The sentences of a stretch that could be quoted, each with the heading above it."""
    text = document.text
    inside = [one for one in above if body.start <= one.span.start < body.end]
    widest = min((one.level for one in inside[1:]), default=0)
    found: list[_Candidate] = []
    section = next((one.label for one in reversed(above) if one.span.start <= body.start), None)
    at, group, opens = 0, 0, True
    for span in _pieces(text, body):
        while at < len(inside) and inside[at].span.start <= span.start:
            section, opens, group = inside[at].label, True, group + (inside[at].level <= widest)
            at += 1
        this = unit(text, span)
        if at and span.end <= inside[at - 1].span.end and this.quote[-1] != ".":
            continue  # a heading says what is spoken about, not what is said of it; "Điều 2. … không quá 3 ngày." does
        if _LEAST <= len(this.words) <= _LONGEST and this.quote[-1] != ":" and not _FORMULA.match(fold(this.quote)):
            found.append(_Candidate(this, section, group, _form(this) * (_OPENS if opens else 1.0)))
            opens = False
    return found


def _pieces(text: str, body: Span) -> list[Span]:
    pieces: list[Span] = []
    for sentence in sentences(text, body):
        pieces += [sentence] if len(sentence.of(text).split()) <= _LONGEST else clauses(text, sentence)
    return pieces


def _form(this: Unit) -> float:
    """What the form of a sentence adds to or takes from its weight."""
    before = this.text[max(0, this.span.start - 3) : this.span.start].rstrip(" ")[-1:]
    whole = before not in tuple(";,") and this.quote[-1] in ".!…”/" and not this.quote[0].islower()
    weight = (_BEGINS if before in ("", "\n") else 1.0) * (1.0 if whole else _FRAGMENT)
    return weight * _ITEM if _MARKED_ITEM.match(this.quote) else weight


def _weights(units: Sequence[Unit], title: str) -> dict[str, float]:
    """How much each word says of the text: said again and again here, seldom elsewhere, and in the title."""
    counts = Counter(word.folded for one in units for word in one.words if not word.is_number)
    rare = {word.folded: min(idf(word), _RARE) - _COMMON for one in units for word in one.words}
    named = {word.folded for word in tokens(title)}
    return {
        word: (_ONCE + math.log(count)) * max(0.0, rare[word]) * (_TITLE if word in named else 1.0)
        for word, count in counts.items()
    }


def _chosen(candidates: Sequence[_Candidate], weights: dict[str, float]) -> list[_Candidate]:
    """The best one by one; what was said already, and sections that were heard already, count less."""
    chosen: list[_Candidate] = []
    said: set[str] = set()
    heard: Counter[int] = Counter()
    rest = list(candidates)
    while rest and len(chosen) < MOST:
        best = max(rest, key=lambda one: _worth(one, weights, said) * _AGAIN ** heard[one.group])
        rest.remove(best)
        chosen.append(best)
        said |= best.unit.found
        heard[best.group] += 1
    return chosen


def _worth(one: _Candidate, weights: dict[str, float], said: set[str]) -> float:
    told = sum(weights.get(word, 0.0) * (_SAID if word in said else 1.0) for word in one.unit.found)
    return one.weight * told / max(_FLOOR, len(one.unit.words))
