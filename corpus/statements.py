"""The statements of a text that name documents: sentences and their clauses, a lead together with its list."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from corpus.document import Span
from corpus.references import Reference
from corpus.sentences import clauses, sentences
from corpus.text import fold

ENDING = re.compile(r"(?<![^\W_])(?:het hieu luc|het gia tri|bi bai bo|duoc bai bo|duoc thay the (?:boi|bang))")
_LEADING = re.compile(rf"thay the|bai bo|huy bo|sua doi|{ENDING.pattern}")
_LISTED = re.compile(r"[ ]*(?:[-–+•*]|\(?\d{1,2}[.)]|\(?[a-zđ]\))\s*")
LONGEST = 600  # characters of a lead and its item that are quoted as one


def statements(text: str, references: Sequence[Reference]) -> Iterator[Span]:
    """The sentences that name a document, lists with their lead; not those of the new wording of what is amended."""
    quoted = _quoted(text)
    for sentence in _led(text, sentences(text)):
        outer = bisect_left(quoted, sentence.start, key=lambda span: span.start) - 1
        inside = outer >= 0 and sentence.end <= quoted[outer].end + 1
        if not inside and within(references, sentence):
            yield sentence


def within(references: Sequence[Reference], span: Span) -> Sequence[Reference]:
    first = bisect_left(references, span.start, key=lambda one: one.span.start)
    return references[first : bisect_left(references, span.end, first, key=lambda one: one.span.start)]


def _led(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Sentences, those that end in ":" and speak of a change together with the list that follows."""
    at = 0
    while at < len(spans):
        start, end = spans[at].start, spans[at].end
        at += 1
        if text[end - 1] == ":" and end - start < LONGEST and _LEADING.search(fold(text[start:end])):
            while at < len(spans) and _LISTED.match(text, spans[at].start) and spans[at].end - start < 8_000:
                end = spans[at].end
                at += 1
        yield Span(start, end)


def clauses_of(text: str, sentence: Span) -> Iterator[Span]:
    """The clauses of a sentence; those of a lead and of each of its items."""
    if text.find(":\n", sentence.start, sentence.end) < 0:
        yield from clauses(text, sentence)
        return
    start = sentence.start
    for line in sentence.of(text).split("\n"):
        yield from clauses(text, Span(start, start + len(line)))
        start += len(line) + 1


def _quoted(text: str) -> list[Span]:
    """Stretches between “ and ”, the outermost, that run over a line."""
    found: list[Span] = []
    start = -1
    for match in re.finditer(r"[“”]", text):
        if match[0] == "“" and start < 0:
            start = match.start()
        elif match[0] == "”" and start >= 0:
            if "\n" in text[start : match.start()]:
                found.append(Span(start, match.end()))
            start = -1
    return found
