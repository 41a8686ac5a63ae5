"""What claims are made of, and the shapes that mutations and paraphrases look for in them.

The shapes are spelt out here, not asked of the verifier's own readers, so that what those overlook is changed as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
NAME = rf"[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*)*"
NUMBER = re.compile(r"(?<![\w.,/:\[-])\d+(?:[.,]\d+)*(?![\w/:-]|[.,]\d)")
PLACE = re.compile(
    rf"(?<!\w)([Xx]ã|[Pp]hường|[Tt]hị trấn|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hành phố|[Tt]ỉnh|[Tt]hôn) ({NAME})"
)
PERSON = re.compile(
    r"(?<!\w)(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Tt]iến sĩ) "
    rf"([{UPPER}][^\W\d_]+(?: [{UPPER}][^\W\d_]+){{1,3}})"
    r"|(?<!\w)((?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đào|Đoàn|Lâm|Lương"
    rf"|Mai|Trịnh)(?: [{UPPER}][^\W\d_]+){{1,3}})"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A passage, the unit of it that a claim is made of, what its document is called, and names found elsewhere."""

    quote: str
    passage: str
    context: str
    persons: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()  # level, name


Change = Callable[[str, Source, Random], str | None]


def one_of(random: Random, options: Sequence[str]) -> str | None:
    """One of the options; None of none."""
    return random.choice(options) if options else None


def put(claim: str, match: re.Match[str], text: str, group: int | str = 0) -> str:
    return claim[: match.start(group)] + text + claim[match.end(group) :]


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
