"""Learn how telling each syllable and two-syllable word is: its inverse passage frequency in Vietnamese text.

    python -m index.train.count_terms --data DIR --out rag/data/idf.tsv

DIR holds the unpacked train pairs (`*.jsonl` with `q` and `p`). Every sixth pair of each source is counted.
A pair of syllables is a word when passages hold it far oftener than its parts would meet by chance.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from corpus.text import Token, clean, tokens

EVERY = 6
LEAST = 8  # passages; rarer syllables get the highest weight anyway
LEAST_PAIR = 25  # passages
COHESION = 2.0  # log of how much oftener than by chance the two syllables stand side by side


def texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % EVERY == 0:
                    pair = json.loads(line)
                    yield clean(f"{pair['q']}\n{pair['p']}")[:4000]


class Counts:
    """Passages that hold a syllable or pair, and how often each stands; as written, and folded behind a "~"."""

    def __init__(self) -> None:
        self.passages = 0
        self.frequency: Counter[str] = Counter()
        self._together: Counter[tuple[str, str]] = Counter()  # passages
        self._standing: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()

    def add(self, text: str) -> None:
        found = tokens(text)
        for keys in ([_key(token) for token in found], ["~" + token.folded for token in found]):
            pairs = [pair for pair, (a, b) in zip(pairwise(keys), pairwise(found), strict=True) if b.start - a.end == 1]
            self.frequency.update(set(keys))
            self._together.update(set(pairs))
            self._standing.update(keys)
            self._pairs.update(pairs)
        self.passages += 1

    def words(self) -> dict[str, int]:
        """The pairs that are words: "first second" → passages."""
        total = self._standing.total() / 2
        return {
            f"{first} {second}": self._together[first, second]
            for (first, second), count in self._pairs.items()
            if self._together[first, second] >= LEAST_PAIR
            and math.log(count * total / (self._standing[first] * self._standing[second])) >= COHESION
        }


def _key(token: Token) -> str:
    return "0" if token.is_number else token.key


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    counts = Counts()
    for text in texts(arguments.data):
        counts.add(text)
    table = counts.frequency | counts.words()
    with arguments.out.open("w", encoding="utf-8") as out:
        for key, count in sorted(table.items()):
            if count >= LEAST:
                out.write(f"{key}\t{math.log(counts.passages / count):.2f}\n")
    print(f"{counts.passages} passages, {sum(count >= LEAST for count in table.values())} terms → {arguments.out}")


if __name__ == "__main__":
    main()
