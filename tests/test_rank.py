"""The ranker: its file, its parts, and the order they give."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from rag.rank import Ranker, shipped
from rag.rank_documents import WHOLE
from rag.rank_features import FEATURES


def test_the_shipped_weights_are_those_of_the_features_and_small() -> None:
    ranker = shipped()
    assert ranker.asking.shape == ranker.stating.shape == (len(FEATURES),)
    assert ranker.whole.shape == (len(WHOLE),)
    assert all(np.isfinite(weights).all() for weights in (ranker.asking, ranker.stating, ranker.whole))


def test_weights_of_other_features_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "ranker.json"
    path.write_text(json.dumps({"weights": {"asking": {"lexical": 1.0}, "stating": {}, "whole": {}}}), encoding="utf-8")
    with pytest.raises(ValueError, match=r"ranker\.json"):
        Ranker.load(path)


def test_the_parts_are_what_a_candidate_has_ahead_and_sum_up_to_its_score() -> None:
    weights = np.zeros(len(FEATURES))
    names = list(FEATURES)
    weights[names.index("cover")], weights[names.index("missing")], weights[names.index("cosine")] = 2.0, -1.0, 3.0
    rows = np.zeros((2, len(FEATURES)))
    rows[:, names.index("cover")] = 1.0, 0.5
    rows[:, names.index("missing")] = 0.0, 0.4
    rows[:, names.index("cosine")] = 0.2, 0.4
    parts = Ranker(weights, 2 * weights, np.zeros(len(WHOLE))).parts(rows, asks=True)
    assert parts["words"] == pytest.approx([0.5 + 0.2, -0.5 - 0.2])  # 2 × ±0.25, −1 × ∓0.2
    assert parts["meaning"] == pytest.approx([-0.3, 0.3])
    assert sum(parts.values()) == pytest.approx([0.4, -0.4])
    assert sum(Ranker(weights, 2 * weights, np.zeros(len(WHOLE))).parts(rows, asks=False).values()) == pytest.approx(
        [0.8, -0.8]
    )


def test_what_was_not_read_on_is_as_the_least_of_what_was() -> None:
    ranker = Ranker(np.zeros(len(FEATURES)), np.zeros(len(FEATURES)), np.full(len(WHOLE), 0.5))
    rows = np.zeros((2, len(WHOLE)))
    rows[:, 0] = 4.0, 2.0
    ahead = ranker.of_documents(rows, np.array([0, -1, 1, 0]))  # 2, 1, 1, 2 less their mean
    assert ahead.tolist() == [0.5, -0.5, -0.5, 0.5]
