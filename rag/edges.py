"""What stands at the edges of an answer: how much more often than elsewhere a token precedes, opens, ends, follows one.

"là" and "do" stand before answers, "của" after them, a comma on either side. Counted by `eval.train_spans`, kept in
`rag/data/edges.json`.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from rag.expected import Kind

_FILE = Path(__file__).parent / "data" / "edges.json"
Edge = Literal["before", "first", "last", "after"]
EDGES: tuple[Edge, ...] = get_args(Edge)
Matrix = NDArray[np.float64]
Stretch = tuple[int, int]  # the first and the last token of an answer
_SMOOTH = 20.0  # occurrences elsewhere that a rare token is given besides its own
_SEEN = 20  # occurrences from which a token has a value of its own …
_TELLING = 0.2  # … if it differs so much from 0, or for a kind of answer from the general one


@dataclass(frozen=True, slots=True)
class Edges:
    """Log odds by `edge token`, and by `edge token kind` for questions that ask for that kind."""

    odds: dict[str, float]

    @classmethod
    def load(cls, path: Path = _FILE) -> Edges:
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def read(self, neighbours: Sequence[Sequence[str]], kind: Kind) -> Matrix:
        """Log odds of each token, shape (8, tokens): at the four edges in general, then for this kind of answer.

        `neighbours` are for each edge the tokens that would stand there if the answer began or ended at each token.
        """
        table = np.zeros((2 * len(EDGES), len(neighbours[0])))
        for row, (edge, names) in enumerate(zip(EDGES, neighbours, strict=True)):
            for at, name in enumerate(names):
                general = self.odds.get(f"{edge} {name}", 0.0)
                table[row, at] = general
                table[row + len(EDGES), at] = self.odds.get(f"{edge} {name} {kind}", general)
        return table

    @classmethod
    def count(cls, lines: Iterable[tuple[Sequence[Sequence[str]], Sequence[Stretch], Kind]]) -> Edges:
        """From the neighbours of sentences that hold answers, where these stand, and what was asked for.

        A token's general odds are drawn towards 1, those for a kind towards its general ones.
        """
        seen, at = Counter[str](), defaultdict[str, float](float)
        for neighbours, answers, kind in lines:
            for edge, names in zip(EDGES, neighbours, strict=True):
                for name in names:
                    seen.update((f"{edge} {name}", f"{edge} {name} {kind}"))
                for first, last in answers:
                    name = names[first if edge in ("before", "first") else last]
                    at[f"{edge} {name}"] += 1 / len(answers)
                    at[f"{edge} {name} {kind}"] += 1 / len(answers)
        return cls(_odds(seen, at))


def _odds(seen: Counter[str], at: dict[str, float]) -> dict[str, float]:
    """Answers stand at as many edges of each sort as there are answers, so one base rate serves all."""
    base = sum(at.values()) / seen.total()
    odds: dict[str, float] = {}
    for key in sorted(seen, key=lambda key: key.count(" ")):
        general = odds.get(key.rpartition(" ")[0], 0.0)
        drawn = _SMOOTH * math.exp(general)
        value = round(math.log((at.get(key, 0.0) / base + drawn) / (seen[key] + _SMOOTH)), 2)
        if seen[key] >= _SEEN and abs(value - general) >= _TELLING:
            odds[key] = value
    return odds
