"""Weights by which the right ones of several win: the likelihood of a softmax over each group, climbed by Adam."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from rag.evidence import Matrix

Slope = Callable[[Matrix], Matrix]


def ahead(golds: Sequence[Matrix], counts: Matrix | None = None) -> Slope:
    """Scores of the rows → how much more of its group's probability each has than it should; `counts` of each group.

    `golds` has 1 for what is right, at least once a group.
    """
    gold = np.concatenate(golds).astype(np.float64)
    sizes = np.array([len(each) for each in golds])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(sizes)), sizes)
    weights = np.ones(len(group)) if counts is None else (counts / counts.mean())[group]

    def slope(scores: Matrix) -> Matrix:
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        given = powers / np.add.reduceat(powers, starts)[group]
        return np.asarray((given - powers * gold / np.add.reduceat(powers * gold, starts)[group]) * weights)

    return slope


def climb(slope: Slope, start: Matrix, steps: int, rate: float) -> Matrix:
    """Full-batch Adam down the slope."""
    weights = start.copy()
    momentum, scale = np.zeros(len(start)), np.zeros(len(start))
    for step in range(1, steps + 1):
        now = slope(weights)
        momentum = 0.9 * momentum + 0.1 * now
        scale = 0.99 * scale + 0.01 * now**2
        weights -= rate * (momentum / (1 - 0.9**step)) / (np.sqrt(scale / (1 - 0.99**step)) + 1e-8)
    return weights


def scaled(table: Matrix) -> tuple[Matrix, Matrix]:
    """Standardised columns, and what each was divided by."""
    spread = table.std(axis=0) + 1e-9
    return (table - table.mean(axis=0)) / spread, spread
