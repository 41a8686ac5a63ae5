"""How much work a search puts into what it finds, as whoever runs the program sets it. Answers have all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EffortName = Literal["full", "brisk", "quick"]


@dataclass(frozen=True, slots=True)
class Effort:
    """`understood`: whether the question's accents, slips and abbreviations are mended first, its numbers looked up.

    Else its words are looked for as they are typed, by BM25 alone. `ranked`: how many of the best candidates are put in
    the ranker's order.
    """

    understood: bool
    ranked: int


FULL = Effort(understood=True, ranked=50)
EFFORTS: dict[EffortName, Effort] = {"full": FULL, "brisk": Effort(True, 20), "quick": Effort(False, 0)}
