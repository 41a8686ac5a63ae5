"""Train the interaction scorer: `python -m index.train.train_interaction --data shared/data`.

Learns to tell the right passage from those that the search takes for it (`index.train.mine`), by a softmax over each
question's candidates. What the search's own score already tells is given, so that the rest is learned. Half of the
questions lose their accents. Starts from the shipped embedding.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, normalize, pad, softplus

from corpus.text import syllables
from index.embed import SHIPPED, StaticModel
from index.interaction import BLOCK, BLOCKS, BUCKETS, Vocabulary
from index.interaction import SHIPPED as OUT
from index.train.artefact import quantise
from index.train.mine import Mined, mine
from index.train.pairs import read, unpack

WORDS = 32_000
WIDTH, HIDDEN = 128, 96
QUERY, PASSAGE = 24, 168  # syllables of either that a step sees
LISTS, LENGTH = 32, 8  # questions a step, candidates a question
RATE, DENSE_RATE = 0.003, 0.0003  # of the vectors; of their mixing, which soon learns titles instead of questions
ALONE = 0.5  # weight of the loss without the search's score beside the one with it
LOGGED = 50  # every so many steps
PLAIN, HALF = 0.3, 0.15  # questions that lose all, and half, of their accents
Rows = NDArray[np.int64]
Batch = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]  # `queries`, `used`, `places` for a model, `fused` and `goals`


class Model(nn.Module):
    """What `index.interaction.Interaction` computes, on padded texts: row 0 is padding."""

    def __init__(self, start: Tensor, bias: Tensor) -> None:
        super().__init__()
        width = start.shape[1]
        self.vectors = nn.Embedding(len(start), width, _weight=start, sparse=True)
        self.bias = nn.Embedding(len(bias), 1, _weight=bias[:, None], sparse=True)
        side, none = 0.35 * torch.eye(width), torch.zeros(width, width)
        rows = (side, none, none), (none, torch.eye(width), none), (none, none, side)
        self.mix = nn.Parameter(torch.cat([torch.cat(row, 1) for row in rows]))
        self.inner = nn.Parameter(torch.randn(3 * width, HIDDEN) * 0.05)
        self.outer = nn.Parameter(torch.zeros(HIDDEN, 3 * width + 1))
        self.parts = nn.Parameter(torch.tensor([4.0, 4.0]))
        self.search = nn.Parameter(torch.tensor(6.0))

    def forward(self, queries: Tensor, used: Tensor, places: Tensor) -> Tensor:
        """Scores (lists, length) of queries (lists, n) and passages: `used` rows (lists, u), `places` among them."""
        lists, length, size = places.shape
        wanted, weights = self.asked(queries)
        words = normalize(self.vectors(used), dim=2, eps=1e-6) * (used > 0)[:, :, None]
        n = queries.shape[1]
        table = words @ wanted.permute(0, 3, 2, 1).reshape(lists, words.shape[2], 3 * n)
        at = places + torch.arange(lists)[:, None, None] * used.shape[1]
        near = table.reshape(-1, 3 * n).index_select(0, at.reshape(-1)).reshape(lists * length, size, 3, n)
        like = pad(near[:, :-1, 0], (0, 0, 1, 0)) + near[:, :, 1] + pad(near[:, 1:, 2], (0, 0, 0, 1))
        like = like.relu() * (places > 0).reshape(lists * length, size, 1)
        best = like.reshape(lists * length, size // BLOCK, BLOCK, n).amax(2)
        share = weights.repeat_interleave(length, 0)[:, :, None]
        whole = (best.amax(1)[:, None] @ share).reshape(lists, length)
        stretch = best
        for ahead in range(1, BLOCKS):
            stretch = torch.maximum(stretch, pad(best[:, ahead:], (0, 0, 0, ahead)))
        return self.parts[0] * whole + self.parts[1] * (stretch @ share).amax(1).reshape(lists, length)

    def asked(self, queries: Tensor) -> tuple[Tensor, Tensor]:
        """What each syllable looks for (lists, n, 3, width), and its share (lists, n)."""
        there = (queries > 0)[:, :, None]
        own = normalize(self.vectors(queries), dim=2, eps=1e-6) * there
        near = torch.cat((pad(own[:, :-1], (0, 0, 1, 0)), own, pad(own[:, 1:], (0, 0, 0, 1))), 2)
        read = (near @ self.inner).tanh() @ self.outer
        wanted = (near @ self.mix + read[:, :, :-1]) * there
        weights = softplus(read[:, :, -1:] + self.bias(queries)) * there
        return wanted.reshape(*queries.shape, 3, -1), (weights / weights.sum(1, keepdim=True)).squeeze(2)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with accents and without, its candidates (the right one first) and what the search gives each.

    `goal`: the logarithm of each candidate's chance to be the right one, but for a constant.
    """

    query: Rows
    plain: Rows
    pieces: tuple[int, ...]
    fused: NDArray[np.float32]
    goal: NDArray[np.float32]


def encoded(mined: Iterator[Mined], vocabulary: Vocabulary) -> tuple[list[Rows], list[Asked]]:
    """Every piece as rows, and the questions that choose among them."""
    pieces: list[Rows] = []
    asked: list[Asked] = []
    for part in mined:
        number: dict[int, int] = {}
        for one in part.asked:
            for at in one.pieces:
                if at not in number:
                    number[at] = len(pieces)
                    pieces.append(np.array(vocabulary.rows(part.pieces[at])[:PASSAGE], np.int64))
            query, plain = vocabulary.rows(one.query)[:QUERY], vocabulary.folded(one.query)[:QUERY]
            own = tuple(number[at] for at in one.pieces)
            goal = np.full(len(own), -30, np.float32)
            goal[0] = 0
            asked.append(Asked(np.array(query), np.array(plain), own, np.array(one.fused, np.float32), goal))
    return pieces, asked


def batches(pieces: Sequence[Rows], asked: Sequence[Asked], random: np.random.Generator) -> Iterator[Batch]:
    """Without end."""
    while True:
        order = random.permutation(len(asked))
        for start in range(0, len(order) - LISTS + 1, LISTS):
            yield _batch(pieces, [asked[at] for at in order[start : start + LISTS]], random)


def _batch(pieces: Sequence[Rows], asked: Sequence[Asked], random: np.random.Generator) -> Batch:
    queries = np.zeros((len(asked), max(len(one.query) for one in asked)), np.int64)
    texts = np.zeros((len(asked), LENGTH, PASSAGE), np.int64)
    fused, goals = (np.zeros((len(asked), LENGTH), np.float32) for _ in range(2))
    for at, one in enumerate(asked):
        queries[at, : len(one.query)] = _typed(one, random)
        kept = [0, *(1 + random.permutation(len(one.pieces) - 1)[: LENGTH - 1])]
        fused[at], goals[at] = one.fused[kept], one.goal[kept]
        for place, number in enumerate(kept):
            rows = pieces[one.pieces[number]]
            texts[at, place, : len(rows)] = rows
    found = [np.unique(np.append(0, text), return_inverse=True) for text in texts]  # row 0 stands first
    used = np.zeros((len(asked), max(len(rows) for rows, _ in found)), np.int64)
    for at, (rows, _) in enumerate(found):
        used[at, : len(rows)] = rows
    places = np.stack([place[1:].reshape(texts.shape[1:]) for _, place in found])
    first, second, third, fourth, fifth = map(torch.from_numpy, (queries, used, places, fused, goals))
    return first, second, third, fourth, fifth


def _typed(asked: Asked, random: np.random.Generator) -> Rows:
    chance = random.random()
    if chance < PLAIN or len(asked.plain) != len(asked.query):
        return asked.plain[: len(asked.query)]
    if chance < PLAIN + HALF:
        return np.where(random.random(len(asked.query)) < 0.5, asked.plain, asked.query)
    return asked.query


def initial(vocabulary: Vocabulary, pieces: Sequence[Rows], model: StaticModel) -> tuple[Tensor, Tensor]:
    """The embedding's vectors on their main axes, and a weight that grows with rarity; random where it has none."""
    random = np.random.default_rng(0)
    rows = random.standard_normal((len(vocabulary), model.dimension)).astype(np.float32) * 0.06
    number = random.standard_normal(model.dimension).astype(np.float32) * 0.06
    rows[1 + BUCKETS : 1 + 2 * BUCKETS] += number
    first = len(vocabulary) - len(vocabulary.words)
    known = model.encode_query(list(vocabulary.words))
    there = np.linalg.norm(known, axis=1) > 0
    rows[first:][there] = known[there]
    _, axes = np.linalg.eigh(known.T @ known)
    counts = np.bincount(np.concatenate([np.unique(piece) for piece in pieces]), minlength=len(vocabulary))
    rarity = np.log(len(pieces) / (counts + 1)).clip(0.3).astype(np.float32)
    return torch.from_numpy(rows @ axes[:, -WIDTH:]), torch.from_numpy(np.log(np.expm1(rarity / 2)))


def train(
    model: Model, pieces: list[Rows], asked: list[Asked], steps: int, seed: int, dense_rate: float = DENSE_RATE
) -> None:
    """One model, from one list of questions."""
    drawn = batches(pieces, asked, np.random.default_rng(seed))
    learn([model], ((model, batch) for batch in drawn), steps, dense_rate)


def learn(models: Sequence[Model], drawn: Iterator[tuple[Model, Batch]], steps: int, dense_rate: float) -> None:
    """Adam, its rates falling linearly to nothing. Each step teaches the model that is drawn; tables may be shared."""
    modules = [module for model in models for module in model.modules() if isinstance(module, nn.Embedding)]
    tables = [table for module in dict.fromkeys(modules) for table in module.parameters()]
    sparse = torch.optim.SparseAdam(tables, lr=RATE)
    dense = torch.optim.Adam([weights for one in models for weights in (one.mix, one.inner, one.outer)], lr=dense_rate)
    parts = [weights for one in models for weights in (one.parts, one.search)]
    dense.add_param_group({"params": parts, "lr": 10 * dense_rate})
    optimizers: list[torch.optim.Optimizer] = [sparse, dense]
    slopes = [torch.optim.lr_scheduler.LinearLR(each, 1.0, 0.02, total_iters=steps) for each in optimizers]
    started, losses, right = time.monotonic(), [], []
    for step, (model, (queries, used, places, fused, goals)) in zip(range(1, steps + 1), drawn, strict=False):
        alone = model(queries, used, places)
        logits = alone + model.search * fused
        chances = goals.softmax(1)
        loss = cross_entropy(logits, chances) + ALONE * cross_entropy(alone, chances)
        for each in optimizers:
            each.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        for each, slope in zip(optimizers, slopes, strict=True):
            each.step()
            slope.step()
        losses.append(loss.item())
        right.append(float((logits.argmax(1) == 0).float().mean()))
        if step % LOGGED == 0:
            speed = (time.monotonic() - started) / step
            print(
                f"step {step}/{steps}  loss {np.mean(losses[-LOGGED:]):.3f}  first {np.mean(right[-LOGGED:]):.3f}"
                f"  search {model.search.item():.2f}  {speed:.2f} s a step",
                flush=True,
            )


def save(model: Model, vocabulary: Vocabulary, file: Path) -> None:
    """The weights as `index.interaction.Interaction` reads them."""
    vectors, _ = quantise(normalize(model.vectors.weight.detach(), dim=1).numpy())
    vectors[0] = 0
    tensors = {name: getattr(model, name).detach().numpy().copy() for name in ("mix", "inner", "outer", "parts")}
    tensors |= {"bias": model.bias.weight.detach().numpy()[:, 0].copy(), "vectors": vectors}
    tensors["words"] = np.frombuffer("\n".join(vocabulary.words).encode(), np.uint8)
    save_file(tensors, file)
    file.chmod(0o644)


def words_of(mined: Sequence[Mined]) -> list[str]:
    """The most frequent syllables and numbers, and their unaccented forms."""
    counts: Counter[str] = Counter()
    for part in mined:
        for text in (*part.pieces, *(one.query for one in part.asked)):
            keys, folded = syllables(text)
            counts.update(keys)
            counts.update(dict.fromkeys(folded, 1))
    return [word for word, n in counts.most_common(WORDS) if n > 2]


def prepared(data: Path, seed: int) -> tuple[Model, Vocabulary, list[Rows], list[Asked]]:
    """The model as it starts, and the questions with the pieces they choose among."""
    torch.manual_seed(seed)
    embedding = StaticModel(SHIPPED)
    with tempfile.TemporaryDirectory() as scratch:
        mined = list(mine(dict(read(unpack(data, Path(scratch)))), embedding, seed))
    vocabulary = Vocabulary(words_of(mined))
    pieces, asked = encoded(iter(mined), vocabulary)
    print(f"{len(asked)} questions, {len(pieces)} pieces, {len(vocabulary)} rows", flush=True)
    return Model(*initial(vocabulary, pieces, embedding)), vocabulary, pieces, asked


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="shared/data, or a folder with the pairs' *.jsonl")
    arguments.add_argument("--out", type=Path, default=OUT)
    arguments.add_argument("--steps", type=int, default=800)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    torch.set_num_threads(1)
    model, vocabulary, pieces, asked = prepared(given.data, given.seed)
    train(model, pieces, asked, given.steps, given.seed)
    save(model, vocabulary, given.out)


if __name__ == "__main__":
    main()
