"""A question that asks several things: one query a part, and their answers joined into one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.places import PlaceMention
from corpus.text import tokens
from rag.compose import Quote, quote_of
from rag.confidence import confidence, signals
from rag.decide import Decision, bar
from rag.evidence import held_words
from rag.extract import Finding, unpinned
from rag.offers import offers
from rag.terms import words
from rag.understand import Query, put_as
from rag.units import unit

_MOST_PARTS = 3
_TOPIC = 0.5  # of its weight that a word of the other parts keeps
_ABOUT = 0.5  # share of a part's own words that a quote holds which speaks of it
_SHAPED = ("reason", "date", "percent", "person", "place", "document")  # kinds that tell themselves apart
_JOINT = 3  # characters between two clauses: "; "
_ASKS = re.compile(r"(?<!\w)(?:bao (?:nhiêu|giờ|lâu|xa)|vì sao|tại sao|thế nào|ra sao|nào|gì|ai|mấy|đâu)(?!\w)", re.I)
_BREAK = re.compile(
    r"(?:(?<!\s)\s++)?[?;]\s++(?:(?:và|còn)\s++)?|(?:,|(?<!\s))\s++(?:và|đồng thời|còn|rồi)\s++|,\s++", re.I
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked for: `query` has the rest of the question as its topic, `alone` has not."""

    query: Query
    alone: Query


def parts(query: Query, known: Sequence[PlaceMention] = ()) -> tuple[Part, ...]:
    """The parts of "ai chủ trì hội nghị và hội nghị họp ngày nào"; none when only one thing is asked."""
    pieces = _pieces(query.text)
    if not 2 <= len(pieces) <= _MOST_PARTS:
        return ()
    return tuple(_part(query, pieces, at, known) for at in range(len(pieces)))


def _pieces(text: str) -> list[str]:
    """The text cut where both sides ask; what does not ask stays with the piece before it."""
    cuts = [0]
    for match in _BREAK.finditer(text):
        if _ASKS.search(text[cuts[-1] : match.start()]) and _ASKS.search(text[match.end() :]):
            cuts += match.span()
    cuts.append(len(text))
    return [text[start:end].strip(" ?.,") for start, end in zip(cuts[::2], cuts[1::2], strict=True)]


def _part(query: Query, pieces: Sequence[str], at: int, known: Sequence[PlaceMention]) -> Part:
    """One piece, behind it what the others are about, unless they name other places, documents or years."""
    alone = put_as(query, pieces[at], known)
    others = [piece for place, piece in enumerate(pieces) if place != at]
    if any(_differ(alone, put_as(query, piece, known)) for piece in others):
        return Part(alone, alone)
    topic = " ".join(_ASKS.sub(" ", piece) for piece in others)
    whole = put_as(query, " ".join(f"{pieces[at]}, {topic}".split()), known)
    own = len(tokens(pieces[at]))
    terms = (term if term.position < own else replace(term, weight=term.weight * _TOPIC) for term in whole.terms)
    return Part(replace(whole, terms=tuple(terms), expected=alone.expected), alone)


def _differ(one: Query, other: Query) -> bool:
    return (
        bool(one.places and other.places and not {p.key for p in one.places} & {p.key for p in other.places})
        or bool(one.numbers and other.numbers and one.numbers != other.numbers)
        or bool(one.years and other.years and one.years != other.years)
    )


def held_alone(part: Part, decision: Decision, findings: Sequence[Finding]) -> Decision:
    """The decision on a part, withdrawn when its evidence bears only the topic and not the part itself."""
    standing = next((finding for finding in findings if finding.against is None), None)
    if decision.reason is not None or standing is None or part.query.field:
        return decision
    own = part.alone if part.alone.terms else part.query  # "ở đâu" says nothing of its own
    sure = confidence(signals(unpinned(own, light=0.0), standing, findings))
    return decision if sure >= bar(part.query) else Decision((), sure, "not_in_documents")


def side_by_side(told: Sequence[tuple[Part, Decision]], findings: Sequence[Sequence[Finding]]) -> list[Decision]:
    """The decisions on the parts, each from the clause beside the first part's answer where that answers it, too.

    "23 đơn khiếu nại; 20 đơn tố cáo" are of one count; complaints that were settled, further down, are of another.
    """
    first = next((decision.quotes[0] for _, decision in told if decision.quotes), None)
    return [
        (first is not None and _beside(part, decision, found, first)) or decision
        for (part, decision), found in zip(told, findings, strict=True)
    ]


def told_at_once(asked: Sequence[Part], decision: Decision) -> bool:
    """Whether the one quote of the whole answer offers what each of the parts asks for: it answers them together."""
    if decision.reason is not None or decision.settled or len(decision.quotes) != 1 or not all(map(_is_shaped, asked)):
        return False
    there = unit(decision.quotes[0].document.text, decision.quotes[0].span)
    return all(offers(part.query, there) for part in asked)


def _is_shaped(part: Part) -> bool:
    return part.query.field is None and part.query.expected.kind in _SHAPED


def _beside(part: Part, decision: Decision, findings: Sequence[Finding], first: Quote) -> Decision | None:
    if len(decision.quotes) != 1 or decision.settled or _adjoins(first, decision.quotes[0]):
        return None
    for one in (one for one in findings if one.against is None and _adjoins(first, quote_of(one))):
        sure = confidence(signals(unpinned(part.alone, light=0.0), one))
        if sure >= bar(part.query):
            return replace(decision, quotes=(quote_of(one),), confidence=sure)
    return None


def _adjoins(one: Quote, other: Quote) -> bool:
    """Whether one is the other, or the next clause of its sentence."""
    first, last = sorted((one.span, other.span), key=lambda span: span.start)
    between = one.document.text[first.end : last.start]
    return one.document.id == other.document.id and len(between) <= _JOINT and "\n" not in between


def joined(decision: Decision, answered: Sequence[tuple[Part, Decision]]) -> Decision:
    """The quotes of every part in the question's order; what neither a part nor the whole bears is told as missing."""
    quotes, notes, sure = list[Quote](), list[str](), list[float]()
    for part, own in answered:
        borne = own.quotes or tuple(quote for quote in decision.quotes if _offered(part, quote))
        quotes += [quote for quote in borne if not any(_same(quote, other) for other in quotes)]
        if borne:
            sure.append(own.confidence if own.quotes else decision.confidence)
            notes += own.notes
        else:
            notes.append(f"Chưa tìm thấy trong các tài liệu hiện có: “{part.alone.text}”.")
    return Decision(tuple(quotes), min(sure), notes=tuple(dict.fromkeys(notes))) if quotes else decision


def _same(quote: Quote, other: Quote) -> bool:
    return quote.document.id == other.document.id and quote.span.overlaps(other.span)


def _offered(part: Part, quote: Quote) -> bool:
    """Whether a quote of the whole answer offers what the part asks for, and speaks of it."""
    there = unit(quote.document.text, quote.span)
    about, _ = held_words(words(part.alone.terms), there.found, there.pairs)
    return offers(part.query, there) and about >= _ABOUT
