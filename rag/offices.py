"""The offices a text names, so that what one office did is not told of another."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from corpus.text import fold, tokens
from rag.units import opened_tokens

_TABLE = Path(__file__).parent / "data" / "offices.txt"


@cache
def _offices() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern over folded words for all names of the table, and each name's office: the first on its line."""
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    office = {
        name: names[0]
        for line in lines
        for names in ([fold(name.strip()) for name in line.split("|")],)
        for name in names
    }
    longest_first = sorted(office, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"), office


def offices(text: str) -> frozenset[str]:
    """The offices named in a text, abbreviations opened, each by its first name in the table, folded."""
    words = " ".join(word.folded for token in tokens(text) for word in (token, *opened_tokens(token.key)))
    pattern, office = _offices()
    return frozenset(office[match[0]] for match in pattern.finditer(words))
