"""Learn the scorer of what states (`rag.stating`) from headlines.

    python -m eval.train_stating --pairs FOLDER --out rag/data/stating.safetensors

Each headline chooses its text among those that our own search takes for it (`index.train.mine`). Three quarters of an
hour on one core, most of it the mining.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from eval.headlines import Headed, headed, led, without_leads
from eval.stating_net import StatingNet, save
from index import interaction
from index.embed import SHIPPED, StaticModel
from index.train.mine import Mined, Plan, candidates_of
from index.train.train_interaction import LISTS, encoded, train

PARTS = 12_000  # texts indexed together
ASKED = {"headed": 14_000, "without_leads": 9_000, "led": 6_000}  # headlines a part
EPOCHS = 2
DENSE_RATE = 0.0006


def sources(pairs: Path) -> dict[str, list[Headed]]:
    """By name, without the headlines that are kept apart."""
    learned, apart = headed(pairs)
    kept = {title for title, _ in apart}
    known = {body for _, body in apart}
    return {
        "headed": learned,
        "without_leads": [one for one in without_leads(pairs) if one[0] not in kept],
        "led": [one for one in led(pairs) if one[1] not in known],
    }


def mined(pairs: Path, seed: int) -> Iterator[Mined]:
    """Each source's headlines with the texts that the search takes for theirs, part by part."""
    random = np.random.default_rng(seed)
    for name, found in sources(pairs).items():
        there = max(1, round(len(found) / PARTS))
        for number in range(there):
            own = found[number * len(found) // there : (number + 1) * len(found) // there]
            pieces, asked = candidates_of(own, [], Plan(ASKED[name]), 1, StaticModel(SHIPPED), random)
            print(f"{name} {number + 1}/{there}: {len(asked)} of {len(own)}", flush=True)
            yield Mined(name, pieces, asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True, help="the folder of the pairs' *.jsonl")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(1)
    pieces, asked = encoded(mined(given.pairs, given.seed), interaction.shipped().vocabulary)
    torch.manual_seed(given.seed)
    net = StatingNet()
    train(net, pieces, asked, EPOCHS * len(asked) // LISTS, given.seed, DENSE_RATE)
    save(net, given.out)


if __name__ == "__main__":
    main()
