"""Whole answers: the items of a list, and what is said of each of two things that are compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from corpus.document import Span
from corpus.sentences import sentences
from rag.extract import Finding
from rag.language.numbers import find_numbers
from rag.offers import opens_list
from rag.understand import Query
from rag.units import Unit, unit

_ITEM = re.compile(r"[ ]*(?:[-–+•*]|\(?\d{1,2}[.)]|\(\d{1,2}\)|[a-zđ]\))[ ]*\S", re.I)
_INLINE = re.compile(r"\(\d{1,2}\)|(?<=[:;.] )\d{1,2}\. (?=[A-ZĐÀ-Ỹ])|(?<=[:;.,] )[-–+•] ?(?=[^\W\d_])")
_OPENED = re.compile(r":\s+\S")
_RETORT = re.compile(
    r"(?:Nội dung|Việc|Vấn đề|Đề xuất|Đề nghị|Kiến nghị|Điều|Phương án|Kế hoạch|Chủ trương) (?:này|trên)(?!\w)"
    r".*(?<!\w)(?:không|chưa)(?!\w)"
)
_LONGEST_RETORT = 200  # characters
_LONGEST_LIST = 700  # characters of a list within a sentence
_MOST_COMPARED = 3
_MOST_ITEMS = 15
_GAIN = 0.2  # share of the question's weight that a further finding must add
_BEHIND = 3.0  # how far behind the best, in logits, a further finding may be


def gather(query: Query, standing: Sequence[Finding]) -> list[Finding]:
    """The best finding with its list's items when a list is asked for, or with what is compared."""
    best = standing[0]
    if query.compares and (compared := _compared(query, best, standing)):
        return compared
    listed = opens_list(query, best.unit)
    if listed or query.expected.many or query.expected.kind in ("other", "reason"):
        items = list_items(best.unit)
        if items:
            return [best, *(_as_finding(best, item) for item in items)]
        best = replace(best, unit=run_on(best.unit, listed or query.expected.many))
    return [best]


def _compared(query: Query, best: Finding, standing: Sequence[Finding]) -> list[Finding]:
    """The best finding with those that tell, in figures, of what is compared and it does not name; in reading order."""
    if len(find_numbers(best.unit.quote)) > 1:  # "(cấp huyện 9 cuộc, cấp xã 52 cuộc)" compares by itself
        return []
    lacking = {term.folded for term in query.terms} - best.unit.found
    near = [
        finding
        for finding in standing[1:]
        if finding.document.id == best.document.id
        and best.score - finding.score < _BEHIND
        and _gain(query, finding, lacking) >= _GAIN / 2  # often a single syllable: "Tân Hà" and "Tân Lập"
        and find_numbers(finding.unit.quote)
    ][: _MOST_COMPARED - 1]
    return sorted([best, *near], key=lambda finding: finding.unit.span.start) if near else []


def _gain(query: Query, finding: Finding, lacking: set[str]) -> float:
    """The share of the question's weight that a finding adds."""
    total = sum(term.weight for term in query.terms) or 1.0
    return sum(t.weight for t in query.terms if t.folded in finding.unit.found and t.folded in lacking) / total


def run_on(this: Unit, many: bool) -> Unit:
    """The unit with the clauses that continue its list: behind "như: …;", or to the sentence's end when many are asked
    for."""
    text, end = this.text, this.span.end
    if text[end : end + 1] != ";" or not (many or _OPENED.search(this.quote)):
        return this
    stop = next((span.end for span in sentences(text, Span(this.span.start, min(len(text), end + _LONGEST_LIST)))), end)
    return unit(text, Span(this.span.start, stop))


def taken_back(this: Unit) -> Unit:
    """The unit with the next sentence of its paragraph where that denies it: "Nội dung này chưa được thống nhất."."""
    text, end = this.text, this.span.end
    line = text.find("\n", end)
    rest = Span(end, line if line >= 0 else len(text))
    following = next((span for span in sentences(text, rest) if span.of(text).strip()), None)
    if following is None or len(following.of(text)) > _LONGEST_RETORT or not _RETORT.match(following.of(text).strip()):
        return this
    return unit(text, Span(this.span.start, following.end))


def list_items(lead: Unit) -> list[Unit]:
    """The items that follow a unit ending in ":" — lines with list marks, or "(1) …; (2) …", "- …; - …" in the running
    text, up to where another list is opened."""
    text, end = lead.text, lead.span.end
    if not lead.quote.rstrip().endswith(":"):
        return []
    line = text.find("\n", end)
    found = [match.start() for match in _INLINE.finditer(text, end, line if line >= 0 else len(text))]
    marks = found[:1] + list(takewhile(lambda at: not text[:at].endswith(": "), found[1:_MOST_ITEMS]))
    if marks:
        last = sentences(text, Span(marks[-1], line if line >= 0 else len(text)))[0]
        stops = [*marks[1:], last.end]
        return [unit(text, _trimmed(text, start, stop)) for start, stop in zip(marks, stops, strict=True)]
    return _lines(text, line)


def _lines(text: str, position: int) -> list[Unit]:
    items: list[Unit] = []
    while position >= 0 and len(items) < _MOST_ITEMS:
        start = position + 1
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        line = text[start:stop]
        if line.strip():
            if not _ITEM.match(line):
                break
            items.append(unit(text, _trimmed(text, start, stop)))
        position = stop if stop < len(text) else -1
    return items


def _trimmed(text: str, start: int, stop: int) -> Span:
    piece = text[start:stop]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip(" ;,\n")))


def _as_finding(lead: Finding, item: Unit) -> Finding:
    return Finding(item, lead.chunk, lead.document, lead.score, lead.row, None)
