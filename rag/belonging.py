"""What goes with what: the words that a text ties to one figure, person or place and not to another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import Span
from corpus.places import find_places
from corpus.text import tokens
from rag.expected import names
from rag.language.numbers import NumberMention
from rag.terms import content_terms

_BREAK = re.compile(r"[,;()]\s|\s[–-]\s| và | còn | trong đó ")
_PREDICATE = re.compile(r"(?:đạt|tăng|giảm|chiếm|bằng|vượt)\b", re.I)
_LINKS = frozenset(["va", "cung", "voi", "hoac"])
TITLES = frozenset(
    "ong ba anh chi co thay dong chi xa phuong thi tran huyen quan tinh thanh pho thon ban lang buon ap".split()
)


def displaced(
    claim: str, asked: NumberMention, evidence: str, known: NumberMention, there: list[NumberMention]
) -> bool:
    """Whether the claim ties the figure to words that the evidence ties to another figure."""
    here = figure_part(evidence, known.span)
    own = _content(_with_subject(evidence, here))
    others = [figure_part(evidence, other.span) for other in there if other is not known]
    theirs = {word for segment in others if segment != here for word in _content(segment.of(evidence))}
    return bool((_content(figure_part(claim, asked.span).of(claim)) & theirs) - own)


def figure_part(text: str, figure: Span) -> Span:
    """The part of a clause around a figure, between commas, brackets and "và"."""
    start, end = 0, len(text)
    for match in _BREAK.finditer(text):
        if match.end() <= figure.start:
            start = match.end()
        elif match.start() >= figure.end:
            end = match.start()
            break
    return Span(start, end)


def _with_subject(text: str, segment: Span) -> str:
    """A part that opens with its predicate ("…, tăng 27,1%") shares the subject of the nearest part that does not."""
    subject = segment
    while subject.start and _PREDICATE.match(subject.of(text)):
        before = [match.start() for match in _BREAK.finditer(text, 0, subject.start)][-1]
        subject = figure_part(text, Span(before, before))
    return f"{subject.of(text)} {segment.of(text)}"


def _content(text: str) -> frozenset[str]:
    return frozenset(term.folded for term in content_terms(text) if not term.folded[0].isdigit())


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What a text says from one person or place on to the next; those that stand in a row share it."""

    keys: frozenset[str]
    words: frozenset[str]


def misplaced(claim: str, evidence: str) -> str | None:
    """What the evidence says of one person or place the claim may not say of another."""
    lead, there = _stretches(evidence)
    opening, here = _stretches(claim)
    for said in here:
        own = [known for known in there if known.keys & said.keys]
        allowed = lead.union(*(known.words for known in own))
        theirs = frozenset[str]().union(*(known.words for known in there if known not in own))
        words = said.words | opening if len(here) == 1 else said.words
        if own and (wrong := (words & theirs) - allowed):
            return f"điều nói về người hay nơi khác: “{min(wrong)}”"
    return None


def _stretches(text: str) -> tuple[frozenset[str], list[_Stretch]]:
    """The words before the first person or place, and a stretch for each group of them."""
    named = [(span, frozenset([folded_words(span.of(text))])) for span in names(text)]
    named += [
        (place.span, frozenset([place.key]))
        for place in find_places(text)
        if not any(place.span.overlaps(span) for span, _ in named)
    ]
    named.sort(key=lambda pair: pair[0].start)
    groups: list[tuple[frozenset[str], int, int]] = []  # keys, where its words begin and end
    for span, keys in named:
        if groups and not _content(text[groups[-1][1] : span.start]) - TITLES - _LINKS:
            groups[-1] = groups[-1][0] | keys, span.end, len(text)
        else:
            if groups:
                groups[-1] = groups[-1][0], groups[-1][1], span.start
            groups.append((keys, span.end, len(text)))
    lead = text[: named[0][0].start] if named else text
    return _content(lead), [_Stretch(keys, _content(text[start:end]) - TITLES) for keys, start, end in groups]


def folded_words(text: str) -> str:
    return " ".join(token.folded for token in tokens(text))
