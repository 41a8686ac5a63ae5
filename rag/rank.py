"""Candidates → their order: a weighted sum of what `rag.rank_features` measures. Made by `eval/train_ranker.py`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from rag.rank_documents import WHOLE
from rag.rank_features import FEATURES
from rag.rank_question import Matrix, Places

WEIGHTS = Path(__file__).parent / "data" / "ranker.json"


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights in the order of `FEATURES` and of `WHOLE`; scores of one question's candidates compare with each other.

    What asks is weighed otherwise than what only states: a title, a heading, a few keywords.
    """

    asking: Matrix
    stating: Matrix
    whole: Matrix  # for what states

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Ranker:
        """Raises `ValueError` when the file weighs other features than the program measures."""
        tables: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))["weights"]
        weighed = {name: list(table) for name, table in tables.items()}
        if weighed != (measured := {"asking": [*FEATURES], "stating": [*FEATURES], "whole": [*WHOLE]}):
            raise ValueError(f"{path.name} weighs {weighed}, measured are {measured}")
        return cls(*(np.array(list(table.values())) for table in tables.values()))

    def parts(self, table: Matrix, asks: bool) -> dict[str, Matrix]:
        """By part, what each candidate has ahead of the average one; their sum orders the candidates."""
        ahead = (table - table.mean(axis=0)) * (self.asking if asks else self.stating)
        named = np.array(list(FEATURES.values()))
        return {part: ahead[:, named == part].sum(axis=1) for part in dict.fromkeys(FEATURES.values())}

    def of_documents(self, rows: Matrix, owners: Places) -> Matrix:
        """What each candidate has ahead by its document, read on; `owners`: its row, -1 where it was not read."""
        told = rows @ self.whole
        ahead = np.where(owners >= 0, told[owners], told.min())
        return np.asarray(ahead - ahead.mean())


@cache
def shipped() -> Ranker:
    return Ranker.load()
