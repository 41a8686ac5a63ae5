"""Where a question leaves the answer open, and what it says around that place."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold
from rag.expected import KINDS, Kind
from rag.understand import Query

Matrix = NDArray[np.float64]
_REACH = 6  # tokens of the question on either side
_ALONE = ("gi", "nao", "ai", "may")
_BEHIND = {"nhieu": ("bao",), "dau": ("o", "tai", "tu"), "sao": ("vi", "tai", "ra", "lam"), "gio": ("bao",)} | {
    "lau": ("bao",)
}
_WAYS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "why": r"\b(?:vi sao|tai sao|do dau|ly do|nguyen nhan)\b",
        "what is": r"\bla gi\b",
        "who": r"\bai\b",
        "what does": r"\blam gi\b",
        "how": r"\b(?:the nao|ra sao|nhu nao)\b",
        "which ones": r"\b(?:gom|nhung|cac)\b",
        "to what end": r"\b(?:muc dich|nham)\b|(?m:^)(?>.*?\bde\b).*\bgi\b",
        "to what effect": r"\b(?:tac dung|tac hai|anh huong|vai tro|ket qua|hau qua|dieu gi)\b",
        "what name": r"\b(?:ten|goi la)\b",
        "how long": r"\b(?:bao lau|bao xa|thoi gian)\b",
        "where": r"\b(?:o|tai|tu) dau\b|\bnoi nao\b",
        "when": r"\b(?:khi|nam|ngay|luc|thang) nao\b|\bbao gio\b",
        "how many": r"\b(?:bao nhieu|may)\b",
        "which": r"\bnao\b",
        "what": r"\bgi\b",
    }.items()
}
WAYS = tuple(_WAYS)


@dataclass(frozen=True, slots=True)
class Slot:
    """Folded tokens of a question: all, those `left` and `right` of the asking word, and the noun it belongs to."""

    known: frozenset[str]
    left: tuple[str, ...]
    right: tuple[str, ...]
    noun: str  # "đảng" of "đảng nào"
    kind: Kind
    ways: Matrix  # 1 for the kind and for each way of asking, in the order of KINDS and WAYS

    @classmethod
    def of(cls, query: Query) -> Slot:
        words = query.words
        start, end = asking(words)
        noun = words[start - 1] if 0 < start < len(words) and words[start] in ("nao", "gi") else ""
        folded = fold(query.text)
        kinds = [float(query.expected.kind == kind) for kind in KINDS]
        ways = [float(bool(way.search(folded))) for way in _WAYS.values()]
        return cls(
            frozenset(words),
            words[max(0, start - _REACH) : start],
            words[end : end + _REACH],
            "" if noun in ("la", "lam") else noun,
            query.expected.kind,
            np.array([*kinds, *ways]),
        )


def asking(words: tuple[str, ...]) -> tuple[int, int]:
    """The place of the first word that asks; behind the question where none does."""
    for at, word in enumerate(words):
        if word in _ALONE:
            return at, at + 1
        if at and words[at - 1] in _BEHIND.get(word, ()):
            return at - 1, at + 1
    return len(words), len(words)
