"""Learn the scorers of `rag.telling` from questions and from headlines.

    python -m eval.train_telling --pairs FOLDER --out rag/data/telling.safetensors

Each question and each headline chooses its text among those that our own search takes for it (`index.train.mine`). The
two scorers learn in turn, for they share their vectors. About 80 minutes on one core, two thirds of it the mining.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from eval.asked_pairs import asked_pairs
from eval.headlines import Headed, headed, led, summed, without_leads
from eval.telling_net import Tables, TellingNet, save
from index import interaction
from index.embed import SHIPPED, StaticModel
from index.train.mine import Mined, Plan, candidates_of
from index.train.train_interaction import LISTS, batches, encoded, learn
from rag.telling import ASKING, HEADS, STATING

PARTS = 12_000  # texts of headlines indexed together
ASKED = {"headed": 14_000, "without_leads": 9_000, "led": 6_000, "summed": 8_000}  # headlines a part
EPOCHS = {ASKING: 2.0, STATING: 1.5}
DENSE_RATE = 0.0006


def headlines(pairs: Path) -> dict[str, list[Headed]]:
    """By name, without the headlines that are kept apart."""
    learned, apart = headed(pairs)
    kept = {title for title, _ in apart}
    known = {body for _, body in apart}
    return {
        "headed": learned,
        "without_leads": [one for one in without_leads(pairs) if one[0] not in kept],
        "led": [one for one in led(pairs) if one[1] not in known],
        "summed": [one for one in summed(pairs) if one[0] not in kept],
    }


def stated(pairs: Path, model: StaticModel, random: np.random.Generator) -> Iterator[Mined]:
    """Each source's headlines with the texts that the search takes for theirs, part by part."""
    for name, found in headlines(pairs).items():
        there = max(1, round(len(found) / PARTS))
        for number in range(there):
            own = found[number * len(found) // there : (number + 1) * len(found) // there]
            pieces, chosen = candidates_of(own, [], Plan(ASKED[name]), 1, model, random)
            print(f"{name} {number + 1}/{there}: {len(chosen)} of {len(own)}", flush=True)
            yield Mined(name, pieces, chosen)


def asked(pairs: Path, model: StaticModel, random: np.random.Generator) -> Iterator[Mined]:
    """Each source's questions with the passages that the search takes for their answers."""
    for one in asked_pairs(pairs, random):
        plan = Plan(len(one.pairs), one.made)
        pieces, chosen = candidates_of(one.pairs, one.beside, plan, 1, model, random)
        print(f"{one.name}: {len(chosen)} questions, {len(pieces)} pieces", flush=True)
        yield Mined(one.name, pieces, chosen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True, help="the folder of the pairs' *.jsonl")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(1)
    random, model = np.random.default_rng(given.seed), StaticModel(SHIPPED)
    vocabulary = interaction.shipped().vocabulary
    mined = {ASKING: asked(given.pairs, model, random), STATING: stated(given.pairs, model, random)}
    learned = {head: encoded(mined[head], vocabulary) for head in HEADS}
    steps = {head: int(EPOCHS[head] * len(questions) / LISTS) for head, (_, questions) in learned.items()}
    torch.manual_seed(given.seed)
    tables = Tables()
    nets = {head: TellingNet(tables) for head in HEADS}
    drawn = {head: batches(*learned[head], random) for head in HEADS}
    order = random.permutation([head for head in HEADS for _ in range(steps[head])]).tolist()
    learn(list(nets.values()), ((nets[head], next(drawn[head])) for head in order), len(order), DENSE_RATE)
    save(nets, given.out)


if __name__ == "__main__":
    main()
