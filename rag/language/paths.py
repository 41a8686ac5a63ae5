"""The ways through a row of syllables of which each may be read as several: the cheapest one, and how near others come.

Costs are those of `rag.language.accent_model`: integer steps, each syllable's from the two before it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Paths:
    """`rows` (n + 2, k) that each position may be, between two stops; what the first two cost; then each step."""

    rows: Ints
    first: Ints  # (k, k)
    steps: Ints  # (n, k, k, k)

    def best(self) -> list[int]:
        """The rows of the cheapest way, without the stops (Viterbi over pairs of neighbours)."""
        total = self.first
        back = np.empty((len(self.steps), *total.shape), dtype=np.int64)
        for at, costs in enumerate(self.steps):
            reached = total[:, :, None] + costs
            back[at] = reached.argmin(axis=0)
            total = reached.min(axis=0)
        found = np.take_along_axis(self.rows, _trace(total, back)[:, None], axis=1)[1:-1, 0]
        return [int(row) for row in found]

    def near(self, most: int) -> list[list[int]]:
        """The rows of each position, the stops left out, whose cheapest way is at most so much dearer than the best."""
        ahead, behind = [self.first], [np.zeros_like(self.first)]
        for costs in self.steps:
            ahead.append((ahead[-1][:, :, None] + costs).min(axis=0))
        for costs in self.steps[::-1]:
            behind.append((costs + behind[-1][None]).min(axis=2))
        through = (np.array(ahead) + np.array(behind[::-1])).min(axis=1)  # each pair of neighbours, by its second
        kept = through[:-1] <= through[-1].min() + most
        return [rows[mask].tolist() for rows, mask in zip(self.rows[1:-1], kept, strict=True)]


def _trace(total: Ints, back: Ints) -> Ints:
    """The column of each position on the cheapest path."""
    second, third = (int(index) for index in np.unravel_index(int(total.argmin()), total.shape))
    path = [third, second]
    for step in back[::-1]:
        second, third = int(step[second, third]), second
        path.append(second)
    return np.array(path[::-1])
