"""The offices a text names, so that what one office did is not told of another."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from corpus.text import fold, tokens
from rag.evidence import opened_tokens

_TABLE = Path(__file__).parent / "data" / "offices.txt"


@cache
def _offices() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """`(name, pattern over folded words)` of each line of the table; a line lists the names of one office."""
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    named = [tuple(fold(name.strip()) for name in line.split("|")) for line in lines]
    return tuple((names[0], re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b")) for names in named)


def offices(text: str) -> frozenset[str]:
    """The offices named in a text, abbreviations opened, each by its first name in the table, folded."""
    words = " ".join(word.folded for token in tokens(text) for word in (token, *opened_tokens(token.key)))
    return frozenset(name for name, pattern in _offices() if pattern.search(words))
