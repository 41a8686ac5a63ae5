"""Learn how telling each syllable is: its inverse passage frequency in general Vietnamese text.

    python -m index.train.count_terms --data DIR --out rag/data/idf.tsv

DIR holds the unpacked train pairs (`*.jsonl` with `q` and `p`). Every fourth pair of each source is counted.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus.text import clean, tokens

EVERY = 4
LEAST = 8  # passages; rarer syllables get the highest weight anyway


def texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % EVERY == 0:
                    pair = json.loads(line)
                    yield clean(f"{pair['q']}\n{pair['p']}")[:4000]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    frequency: Counter[str] = Counter()
    passages = 0
    for text in texts(arguments.data):
        passages += 1
        found = tokens(text)
        frequency.update({token.key for token in found if not token.is_number})
        frequency.update({"~" + token.folded for token in found if not token.is_number})
    with arguments.out.open("w", encoding="utf-8") as out:
        for key, count in sorted(frequency.items()):
            if count >= LEAST:
                out.write(f"{key}\t{math.log(passages / count):.2f}\n")
    print(f"{passages} passages, {sum(count >= LEAST for count in frequency.values())} terms → {arguments.out}")


if __name__ == "__main__":
    main()
