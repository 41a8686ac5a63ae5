"""The ways through a row of syllables of which each may be read as several: the cheapest one, and how near others come.

Costs are those of `rag.language.accent_model`: integer steps, each syllable's from the two before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Paths:
    """`rows` (n + 2, k) that each position may be, between two stops; what the first two cost; then each step."""

    rows: Ints
    first: Ints  # (k, k)
    steps: Ints  # (n, k, k, k)
    totals: Ints = field(init=False)  # (n + 1, k, k): what the cheapest way to each pair of neighbours costs

    def __post_init__(self) -> None:
        totals = np.empty((len(self.steps) + 1, *self.first.shape), dtype=np.int64)
        totals[0] = self.first
        for at, costs in enumerate(self.steps):
            np.minimum.reduce(totals[at][:, :, None] + costs, out=totals[at + 1])
        object.__setattr__(self, "totals", totals)

    def best(self) -> list[int]:
        """The rows of the cheapest way, without the stops (Viterbi over pairs of neighbours)."""
        second, third = divmod(int(self.totals[-1].argmin()), self.rows.shape[1])
        found = list[int]()
        for total, costs, rows in zip(self.totals[-2::-1], self.steps[::-1], self.rows[-2:0:-1], strict=True):
            found.append(int(rows[second]))
            second, third = int((total[:, second] + costs[:, second, third]).argmin()), second
        return found[::-1]

    def near(self, most: int) -> list[list[int]]:
        """The rows of each position, the stops left out, whose cheapest way is at most so much dearer than the best."""
        behind = np.zeros_like(self.totals)
        for at in range(len(self.steps) - 1, -1, -1):
            np.minimum.reduce(self.steps[at] + behind[at + 1], axis=2, out=behind[at])
        second = np.minimum.reduce(self.totals + behind, axis=1)  # of each pair of neighbours
        kept = second[:-1] <= second[-1].min() + most
        return [rows[mask].tolist() for rows, mask in zip(self.rows[1:-1], kept, strict=True)]

    def dearer(self, extra: Mapping[int, Sequence[int]]) -> Paths:
        """The ways where some positions' readings, the stops left out, cost more: in the order of `rows`."""
        own = np.zeros_like(self.rows)
        for at, costs in extra.items():
            own[at + 1] = costs
        return Paths(self.rows, self.first + own[1], self.steps + own[2:, None, None, :])
