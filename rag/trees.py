"""Boosted regression trees, read from a file that can be looked at and summed with numpy alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Trees:
    """All nodes in a row. An inner node sends a value ≤ `threshold` to the first of its children, others to the second.

    A leaf is its own child, so that every row of a table can take `depth` steps.
    """

    roots: Places
    feature: Places
    threshold: Matrix
    children: Places  # two a node
    value: Matrix  # 0 but at leaves
    depth: int

    @classmethod
    def load(cls, path: Path, features: Sequence[str]) -> Trees:
        """Raises `ValueError` when the file was learned on other features."""
        saved = json.loads(path.read_text(encoding="utf-8"))
        if saved["features"] != list(features):
            raise ValueError(f"{path.name} was learned on {saved['features']}, the code has {list(features)}")
        return cls.of(saved["trees"])

    @classmethod
    def of(cls, saved: Sequence[Saved]) -> Trees:
        """From trees as a file holds them."""
        nodes: list[Node] = []
        roots = [_add(tree, nodes) for tree in saved]
        return cls(
            np.array(roots, np.intp),
            np.array([node.feature for node in nodes], np.intp),
            np.array([node.threshold for node in nodes], np.float64),
            np.array([child for node in nodes for child in (node.left, node.right)], np.intp),
            np.array([node.value for node in nodes], np.float64),
            max(_depth(nodes, root) for root in roots),
        )

    def score(self, table: Matrix) -> Matrix:
        """The sum of all trees for each row of the table."""
        at = np.tile(self.roots, (len(table), 1))
        values = np.ascontiguousarray(table).ravel()
        rows = (np.arange(len(table)) * table.shape[1])[:, None]
        for _ in range(self.depth):
            above = values.take(rows + self.feature.take(at)) > self.threshold.take(at)
            at = self.children.take(2 * at + above)
        return np.asarray(self.value.take(at).sum(axis=1))


@dataclass(frozen=True, slots=True)
class Node:
    feature: int
    threshold: float
    left: int
    right: int
    value: float


Saved = list["Saved | float | int"]  # [feature, threshold, left, right], or [value] for a leaf


def _add(part: Saved, nodes: list[Node]) -> int:
    """Puts a node and those under it behind the others; gives its place."""
    at = len(nodes)
    nodes.append(Node(0, 0.0, at, at, 0.0))
    match part:
        case [float() | int() as value]:
            nodes[at] = Node(0, 0.0, at, at, float(value))
        case [int() as feature, float() | int() as threshold, list() as left, list() as right]:
            nodes[at] = Node(feature, float(threshold), _add(left, nodes), _add(right, nodes), 0.0)
        case _:
            raise ValueError(f"no node of a tree: {part}")
    return at


def _depth(nodes: Sequence[Node], at: int) -> int:
    node = nodes[at]
    return 0 if node.left == at else 1 + max(_depth(nodes, node.left), _depth(nodes, node.right))
