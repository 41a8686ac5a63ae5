"""Whether a piece of evidence says a claim: figures, dates, document numbers, names, posts, polarity, degree, words.

Refuses rather than guesses: a refused sentence is dropped or quoted instead, a false one would be believed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Span
from corpus.text import Token, clauses, fold, same_tones, tokens
from rag.belonging import TITLES, displaced, folded_words, misplaced
from rag.constraints import ranked
from rag.evidence import opened_tokens
from rag.introduction import without_introduction
from rag.language.dates import find_dates
from rag.language.document_numbers import find_document_numbers, matches
from rag.language.numbers import NumberMention, find_numbers
from rag.terms import content_terms

MARKER = re.compile(r"\s*\[(\d{1,3})\]")
_ENOUGH = 0.8  # idf share of a sentence's words that its evidence must hold
_UPPER = "".join(chr(code) for code in (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA)) if chr(code).isupper())
_NAME = re.compile(rf"(?<!\w)[{_UPPER}][^\W\d_]*(?: [{_UPPER}][^\W\d_]*)+")
_NOT = frozenset(same_tones(word) for word in ("không", "chưa", "chẳng", "trừ", "ngoài", "cấm", "miễn"))
_OPPOSITE = tuple(
    (same_tones(one), same_tones(other))
    for one, other in (
        ("tăng", "giảm"), ("trước", "sau"), ("đầu", "cuối"), ("cao", "thấp"), ("nhiều", "ít"), ("đủ", "thiếu"),
        ("được", "cấm"), ("thêm", "bớt"), ("sớm", "muộn"), ("đúng", "trễ"), ("đúng", "sai"),
    )
)  # fmt: skip
_MAY = tuple(
    tuple(same_tones(phrase).split())
    for phrase in (
        "có thể", "dự kiến", "sẽ", "phấn đấu", "ước", "nên", "phải", "đề nghị", "được phép", "bắt buộc", "khoảng",
        "trên", "dưới", "gần", "hơn", "ít nhất", "tối đa", "tối thiểu",
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
    claim = without_introduction(" ".join(MARKER.sub("", claim).split()), context)
    for part in _clauses(claim) or [claim]:
        problems = [_problem(part, clause, context) for clause in _clauses(evidence) or [evidence]]
        if None not in problems:
            return Verdict(problems[0])
    return Verdict(None)


def _clauses(text: str) -> list[str]:
    """Between semicolons: what two clauses say of two things is not said of either together."""
    return [span.of(text) for span in clauses(text, Span(0, len(text)))]


def _problem(claim: str, evidence: str, context: str) -> str | None:
    checks = (
        _words, _figures, _dates, _document_numbers, _names, _posts, _belonging, _polarity, _modality, _opposites,
    )  # fmt: skip
    return next((problem for find in checks if (problem := find(claim, evidence, context))), None)


def _figures(claim: str, evidence: str, context: str) -> str | None:
    there = find_numbers(evidence)
    for asked in find_numbers(claim):
        same = [known for known in there if _equal(asked, known)]
        if not same and not any(_equal(asked, known) for known in find_numbers(context)):
            return f"số “{asked.text}”"
        if same and all(displaced(claim, asked, evidence, known, there) for known in same):
            return f"điều đi với số “{asked.text}”"
    return None


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
        title, _, rest = name.partition(" ")  # "Ông" and "Xã" open a sentence
        said = (name, _opened(match[0]), *([rest] if title in TITLES and " " in rest else []))
        if not any(f" {form} " in there for form in said):
            return f"tên “{match[0]}”"
    return None


def _posts(claim: str, evidence: str, context: str) -> str | None:
    """ "Phó Bí thư" is no "Bí thư"."""
    there = ranked(folded_words(evidence))
    for post, ranks in ranked(folded_words(claim)).items():
        if post in there and not ranks <= there[post]:
            return f"chức vụ “{post}”"
    return None


def _belonging(claim: str, evidence: str, context: str) -> str | None:
    return misplaced(claim, evidence)


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


def _opposites(claim: str, evidence: str, context: str) -> str | None:
    """ "tăng" is not said by "giảm"."""
    said = {token.key for token in tokens(claim)}
    there = {token.key for token in tokens(evidence)}
    for pair in _OPPOSITE:
        for one, other in (pair, pair[::-1]):
            if one in said - there and other in there - said:
                return f"chiều “{one}”"
    return None


def _words(claim: str, evidence: str, context: str) -> str | None:
    """Most of the claim's words stand in the evidence, with their accents where both write them."""
    terms = content_terms(claim)
    total = sum(term.weight for term in terms)
    if not total:
        return "không có nội dung"
    there = [form for token in tokens(f"{evidence} {context}") for form in (token, *opened_tokens(token.key))]
    keys, folded = {token.key for token in there}, {token.folded for token in there}
    plain = {token.folded for token in there if token.key == token.folded}
    lacking = [t for t in terms if t.key not in keys and t.folded not in (plain if t.accented else folded)]
    if 1 - sum(term.weight for term in lacking) / total < _ENOUGH:
        return f"từ “{max(lacking, key=lambda term: term.weight).key}”"
    return None
