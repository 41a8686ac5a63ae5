"""Trees summed by hand."""

import json
from pathlib import Path

import numpy as np
import pytest

from rag.trees import Trees

STUMP = [0, 0.5, [1.0], [2.0]]
DEEPER = [1, 3.0, [0, 0.0, [10.0], [20.0]], [40.0]]


def saved(tmp_path: Path) -> Path:
    path = tmp_path / "trees.json"
    path.write_text(json.dumps({"features": ["one", "two"], "trees": [STUMP, DEEPER]}), encoding="utf-8")
    return path


def test_each_tree_adds_the_leaf_that_a_row_ends_in(tmp_path: Path) -> None:
    trees = Trees.load(saved(tmp_path), ("one", "two"))
    table = np.array([[0.5, 3.0], [0.6, 3.0], [-1.0, 2.0], [0.0, 3.1]])
    assert trees.score(table).tolist() == [1 + 20, 2 + 20, 1 + 10, 1 + 40]
    assert trees.score(np.zeros((0, 2))).tolist() == []


def test_trees_of_other_features_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="learned on"):
        Trees.load(saved(tmp_path), ("one", "three"))


def test_what_is_no_tree_is_refused() -> None:
    with pytest.raises(ValueError, match="no node"):
        Trees.of([[1, 3.0, [2.0]]])
