"""Candidates → their order: a weighted sum of what `rag.rank_features` measures. Made by `eval/train_ranker.py`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from rag.rank_features import FEATURES
from rag.rank_question import Matrix

WEIGHTS = Path(__file__).parent / "data" / "ranker.json"


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights in the order of `FEATURES`; the scores of one question's candidates compare with each other alone."""

    weights: Matrix

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Ranker:
        """Raises `ValueError` when the file weighs other features than the program measures."""
        table: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))["weights"]
        if list(table) != list(FEATURES):
            raise ValueError(f"{path.name} weighs {list(table)}, measured are {list(FEATURES)}")
        return cls(np.array(list(table.values())))

    def parts(self, table: Matrix) -> dict[str, Matrix]:
        """By part, what each candidate has ahead of the average one; their sum orders the candidates."""
        ahead = (table - table.mean(axis=0)) * self.weights
        named = np.array(list(FEATURES.values()))
        return {part: ahead[:, named == part].sum(axis=1) for part in dict.fromkeys(FEATURES.values())}


@cache
def shipped() -> Ranker:
    return Ranker.load()
