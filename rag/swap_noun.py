"""A noun put in place of the one that an earlier question asks for, or that resembles it."""

from __future__ import annotations

import re

from corpus.document import Span
from corpus.text import fold, tokens
from rag.expected import expected
from rag.language.units import counts, unit_after
from rag.terms import content_terms

_COUNTED = re.compile(r"\d+ (?:thị trấn|đơn vị|địa phương|[^\W\d_]+)")
_MOMENTS = frozenset(("ngày", "tháng", "năm", "giờ", "lúc", "khi", "hôm", "buổi", "nơi", "chỗ"))  # no noun of a kind
_GAP = 3  # syllables that a phrase may have more than the one put in its place


def is_other_noun(said: str, before: str) -> bool:
    """ "thị trấn nào" behind a question after "xã nào"."""
    found = tokens(said)
    return 2 <= len(found) <= 4 and found[-1].folded == "nao" and _asked_noun(before) is not None


def with_noun(before: str, said: str) -> str:
    """The earlier question with a noun in place of the one that was asked for or that it resembles."""
    asked = _asked_noun(before)
    if asked is not None and (told := _told_otherwise(before, said, asked)):
        return told
    if asked is not None and len(tokens(said)) <= 4:
        plural = "các " if fold(asked.of(before)).startswith(("nhung", "cac")) else ""
        return put(before, asked, said if "nao" in fold(said).split() else f"{plural}{said} nào")
    alike = _alike(before, said) or _counted(before, said)
    return put(before, alike, said) if alike else added(before, said)


def _told_otherwise(before: str, said: str, asked: Span) -> str | None:
    """ "4 xã phải đạt tiêu chí nâng cao" behind "xã nào phải đạt nông thôn mới": what stands behind the same verb."""
    there, here = tokens(before), tokens(said)
    keys, pairs = [token.key for token in there], {}
    for at in range(len(here) - 2, 0, -1):
        pairs[here[at].key, here[at + 1].key] = at + 1
    for at in range(len(keys) - 1):
        last = pairs.get((keys[at], keys[at + 1]))
        if last is not None and last + 1 < len(here):
            end = "?" if before.rstrip().endswith("?") else ""
            told = before[: there[at + 1].end] + said[here[last].end :].rstrip(" ?.!") + end
            counted = _COUNTED.match(said)
            return put(told, asked, f"{counted[0]} nào") if counted and _ends(asked, before, counted[0]) else told
    return None


def _ends(asked: Span, before: str, counted: str) -> bool:
    """Whether "4 xã" is of what "những xã nào" asks for."""
    return fold(asked.of(before)).removesuffix(" nao").endswith(fold(counted).split()[-1])


def _asked_noun(question: str) -> Span | None:
    """ "xã nào", "những thị trấn nào": what "còn thị trấn thì sao?" replaces."""
    found = tokens(question)
    noun = expected(question).noun
    for at, token in enumerate(found):
        if token.folded == "nao" and at and found[at - 1].key not in _MOMENTS:
            first = at - (len(noun) if noun and at >= len(noun) else 1)
            if first and found[first - 1].folded in ("nhung", "cac"):
                first -= 1
            return Span(found[first].start, token.end)
    return None


def _alike(before: str, said: str) -> Span | None:
    """The phrase that begins and ends alike, or ends, or begins: "đảng viên" for "đoàn viên"."""
    there, here = tokens(before), tokens(said)
    plain = all(token.key == token.folded for token in here)
    keys = [token.folded if plain else token.key for token in there]
    wanted = [token.key for token in here]
    content = {term.position for term in content_terms(before)}
    for start, key in enumerate(keys):
        reach = keys[start + 1 : start + len(wanted) + _GAP]
        if key == wanted[0] and wanted[-1] in reach:
            return Span(there[start].start, there[start + 1 + reach.index(wanted[-1])].end)
    if wanted[-1] in keys:
        last = first = keys.index(wanted[-1])
        while last - first + 1 < len(wanted) and first - 1 in content:
            first -= 1
        return Span(there[first].start, there[last].end)
    if wanted[0] in keys:
        last = first = keys.index(wanted[0])
        while last - first + 1 < len(wanted) and last + 1 in content:
            last += 1
        return Span(there[first].start, there[last].end)
    return None


def _counted(before: str, said: str) -> Span | None:
    """What is counted behind "bao nhiêu", or what tells it apart: "tố cáo" for "khiếu nại" in "đơn khiếu nại"."""
    found, noun = tokens(before), expected(before).noun
    if expected(before).kind != "number" or not noun or said[0].isupper():
        return None
    content = {term.position for term in content_terms(before)}
    keys = [token.key for token in found]
    for first in range(len(keys) - len(noun) + 1):
        if tuple(keys[first : first + len(noun)]) == noun and first in content:
            counted = unit_after(before, found[first].start) or ""
            behind = first + len(counted.split())
            if counts(said) or behind not in content:
                return Span(found[first].start, found[max(first, behind - 1)].end)
            last = behind
            while last + 1 in content and last + 1 < behind + len(tokens(said)):
                last += 1
            return Span(found[behind].start, found[last].end)
    return None


def put(text: str, span: Span, written: str) -> str:
    """`written` in place of a span, with a capital letter where it opens the question."""
    if span.start == 0:
        written = written[:1].upper() + written[1:] if text[0].isupper() else written
    return text[: span.start] + written + text[span.end :]


def added(question: str, written: str) -> str:
    """The question with words behind it, before its question mark."""
    end = "?" if question.rstrip().endswith("?") else ""
    return f"{question.rstrip(' ?.!')} {written}{end}"
