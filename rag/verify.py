"""Holds every sentence of an answer to its quote: figures, dates, document numbers, names, polarity, modality, words.

A sentence is supported when one unit of a retrieved passage says all of it. What no unit supports is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document, Span
from corpus.text import Token, fold, same_tones, sentences, tokens
from rag.answer import Citation, Passage
from rag.compose import Quote, introduction
from rag.evidence import opened_tokens, units_of
from rag.language.dates import find_dates
from rag.language.document_numbers import find_document_numbers, matches
from rag.language.numbers import NumberMention, find_numbers
from rag.terms import content_terms

_MARKER = re.compile(r"\s*\[(\d{1,3})\]")
_ENOUGH = 0.8  # idf share of a sentence's words that its evidence must hold
_BREAK = re.compile(r"[,;()]\s|\s[–-]\s| và | còn | trong đó ")
_UPPER = "".join(chr(code) for code in (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA)) if chr(code).isupper())
_NAME = re.compile(rf"(?<!\w)[{_UPPER}][^\W\d_]*(?: [{_UPPER}][^\W\d_]*)+")
_NOT = frozenset(same_tones(word) for word in ("không", "chưa", "chẳng", "trừ", "ngoài", "cấm", "miễn"))
_MAY = tuple(
    tuple(same_tones(phrase).split())
    for phrase in (
        "có thể", "dự kiến", "phấn đấu", "ước", "nên", "phải", "đề nghị", "được phép", "bắt buộc", "khoảng", "trên",
        "dưới", "gần", "hơn", "ít nhất", "tối đa", "tối thiểu",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """`problem` names the first thing that the evidence does not say; None: supported."""

    problem: str | None

    @property
    def supported(self) -> bool:
        return self.problem is None


def check(claim: str, evidence: str, context: str = "") -> Verdict:
    """Whether `evidence` (with `context`: its document's name, place and headings) says what `claim` says."""
    claim = " ".join(_MARKER.sub("", claim).split())
    for find in (_figures, _dates, _document_numbers, _names, _polarity, _modality, _words):
        if problem := find(claim, evidence, context):
            return Verdict(problem)
    return Verdict(None)


def _figures(claim: str, evidence: str, context: str) -> str | None:
    there = find_numbers(evidence)
    for asked in find_numbers(claim):
        same = [known for known in there if _equal(asked, known)]
        if not same and not any(_equal(asked, known) for known in find_numbers(context)):
            return f"số “{asked.text}”"
        if same and all(_displaced(claim, asked, evidence, known, there) for known in same):
            return f"điều đi với số “{asked.text}”"
    return None


def _displaced(
    claim: str, asked: NumberMention, evidence: str, known: NumberMention, there: list[NumberMention]
) -> bool:
    """Whether the claim ties the figure to words that the evidence ties to another figure."""
    here = _segment(evidence, known.span)
    own = _content(here.of(evidence))
    others = [_segment(evidence, other.span) for other in there if other is not known]
    theirs = {word for segment in others if segment != here for word in _content(segment.of(evidence))}
    return bool((_content(_segment(claim, asked.span).of(claim)) & theirs) - own)


def _segment(text: str, figure: Span) -> Span:
    """The part of a clause around a figure, between commas, brackets and "và"."""
    start, end = 0, len(text)
    for match in _BREAK.finditer(text):
        if match.end() <= figure.start:
            start = match.end()
        elif match.start() >= figure.end:
            end = match.start()
            break
    return Span(start, end)


def _content(text: str) -> frozenset[str]:
    return frozenset(term.folded for term in content_terms(text) if not term.folded[0].isdigit())


def _equal(asked: NumberMention, known: NumberMention) -> bool:
    if (asked.value, asked.other) != (known.value, known.other):
        return False
    if asked.unit is None or known.unit is None:
        return True
    first, second = fold(asked.unit), fold(known.unit)
    return first.startswith(second) or second.startswith(first) or first.split()[0] == second.split()[0]


def _dates(claim: str, evidence: str, context: str) -> str | None:
    there = find_dates(f"{evidence}\n{context}")
    for asked in find_dates(claim):
        if asked.start is None or asked.end is None:
            continue
        if any(known.start == asked.start and known.end == asked.end for known in there):
            continue
        inside = [k for k in there if k.start and k.end and asked.start <= k.start and k.end <= asked.end]
        if asked.precision not in ("year", "month") or not inside:
            return f"thời gian “{asked.span.of(claim)}”"
    return None


def _document_numbers(claim: str, evidence: str, context: str) -> str | None:
    there = find_document_numbers(f"{evidence}\n{context}")
    for asked in find_document_numbers(claim):
        if not any(matches(asked, known) for known in there):
            return f"số văn bản “{asked.text}”"
    return None


def _names(claim: str, evidence: str, context: str) -> str | None:
    there = f" {_opened(f'{evidence} {context}')} "
    for match in _NAME.finditer(claim):
        name = " ".join(token.folded for token in tokens(match[0]))
        if f" {name} " not in there and f" {_opened(match[0])} " not in there:
            return f"tên “{match[0]}”"
    return None


def _opened(text: str) -> str:
    """Folded words, each abbreviation followed by its full forms."""
    return " ".join(word.folded for token in tokens(text) for word in (token, *opened_tokens(token.key)))


def _polarity(claim: str, evidence: str, context: str) -> str | None:
    """What the evidence denies the claim may not say plainly, nor the other way round."""
    said, denied = _denials(tokens(claim))
    there, denied_there = _denials(tokens(evidence))
    if wrong := (denied & there) - denied_there or (said & denied_there) - there:
        return f"ý phủ định quanh “{sorted(wrong)[0]}”"
    return None


def _denials(found: Sequence[Token]) -> tuple[frozenset[str], frozenset[str]]:
    """Words said plainly, and words right behind a negation."""
    plain, denied = set[str](), set[str]()
    for at, token in enumerate(found):
        behind = any(other.key in _NOT for other in found[max(0, at - 2) : at])
        (denied if behind else plain).add(token.folded)
    return frozenset(plain), frozenset(denied)


def _modality(claim: str, evidence: str, context: str) -> str | None:
    """ "dự kiến đạt" is not "đạt": a modal stands in both or in neither, when what follows it does."""
    claimed, there = tokens(claim), tokens(evidence)
    for phrase in _MAY:
        for first, second in ((claimed, there), (there, claimed)):
            followers = _followers(first, phrase)
            other = _followers(second, phrase)
            plain = {token.folded for token in second}
            if any(word in plain and word not in other for word in followers) and not other:
                return f"mức độ “{' '.join(phrase)}”"
    return None


def _followers(found: Sequence[Token], phrase: tuple[str, ...]) -> set[str]:
    size = len(phrase)
    return {
        found[at + size].folded
        for at in range(len(found) - size)
        if tuple(token.key for token in found[at : at + size]) == phrase
    }


def _words(claim: str, evidence: str, context: str) -> str | None:
    held = set(_opened(f"{evidence} {context}").split())
    terms = content_terms(claim)
    total = sum(term.weight for term in terms)
    if not total:
        return "không có nội dung"
    lacking = [term for term in terms if term.folded not in held]
    if 1 - sum(term.weight for term in lacking) / total < _ENOUGH:
        return f"từ “{max(lacking, key=lambda term: term.weight).key}”"
    return None


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence of a draft without its markers, and the quote that supports it."""

    sentence: str
    quote: Quote


def supported(draft: str, passages: Sequence[Passage], documents: dict[str, Document]) -> list[Checked]:
    """The sentences of an LLM's draft that a passage supports, in order; markers only say where to look first."""
    kept: list[Checked] = []
    for span in sentences(draft):
        sentence = span.of(draft)
        plain = _MARKER.sub("", sentence).strip(" -–•*")
        if not tokens(plain):
            continue
        named = [int(number) - 1 for number in _MARKER.findall(sentence)]
        order = [
            *(at for at in named if 0 <= at < len(passages)),
            *(at for at in range(len(passages)) if at not in named),
        ]
        quote = next((found for at in order if (found := _evidence(plain, passages[at], documents))), None)
        if quote:
            kept.append(Checked(plain.rstrip(" ."), quote))
    return kept


def _evidence(claim: str, passage: Passage, documents: dict[str, Document]) -> Quote | None:
    """The unit of a passage that says the claim, if one does."""
    document = documents.get(passage.document_id)
    if document is None:
        return None
    context = f"{introduction(document)} {document.header.place or ''} {document.header.title} {passage.section or ''}"
    for unit in units_of(document.text, Span(passage.start, passage.end)):
        if check(claim, unit.quote, context).supported:
            return Quote(document, unit.span, passage.section)
    return None


class CitationError(AssertionError):
    """A citation that its document does not bear out: never shown, since the answer is not sent."""


def holds(citations: Sequence[Citation], documents: dict[str, Document]) -> None:
    """Raises `CitationError` unless every quote stands in its document at its place."""
    for cited in citations:
        document = documents.get(cited.document_id)
        if document is None or document.text[cited.start : cited.end] != cited.quote:
            raise CitationError(f"{cited.document_id}[{cited.start}:{cited.end}] is not the quote")
