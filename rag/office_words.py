"""A question in the words that documents use: "điểm yếu" is asked, "hạn chế" is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "office_words.txt"


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    """For each line of the table what to look for, the longest first, and what to put there."""
    rules = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            written, _, asked = line.partition(": ")
            forms = "|".join(re.escape(form) for form in sorted(asked.split(", "), key=len, reverse=True))
            rules.append((re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.I), written))
    return tuple(rules)


def in_office_words(text: str) -> Iterator[str]:
    """The question with one phrase after the other in the documents' words; nothing where it has none to change."""
    for pattern, written in _rules():
        if (other := pattern.sub(written, text)) != text:
            yield other
