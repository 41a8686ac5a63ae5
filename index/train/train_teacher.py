"""For a machine with a GPU: train a cross-encoder, and the interaction scorer by its judgement.

`python -m index.train.train_teacher --data shared/data --minutes 25`. A transformer of 24 million parameters reads a
question and a passage together. It first learns the language by filling in masked syllables, then to choose among the
passages that the search confuses; what it makes of every candidate is then the scorer's goal, which stays as small and
fast as it is. Judge the outcome on the dev sets before it ships.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from index.interaction import SHIPPED as OUT
from index.train.train_interaction import LENGTH, PASSAGE, QUERY, Asked, Rows, prepared, save, train

WIDTH, LAYERS, HEADS = 384, 8, 6
LISTS = 32  # questions a step, with LENGTH candidates each
MASKED = 0.2  # of the syllables, while the language is learned
RATE, WARM = 4e-4, 200  # steps until the rate is reached; then it falls with the time that is left
LANGUAGE = 0.5  # share of the time spent on the language
CLOSED, SHARPNESS = -30.0, 1.0


class Teacher(nn.Module):
    """Rows of `index.interaction.Vocabulary`, then three marks: start, between, masked. Row 0 is padding."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.start, self.between, self.mask = rows, rows + 1, rows + 2
        self.rows = nn.Embedding(rows + 3, WIDTH, padding_idx=0)
        self.places = nn.Parameter(torch.randn(QUERY + PASSAGE + 2, WIDTH) * 0.02)
        layer = nn.TransformerEncoderLayer(
            WIDTH, HEADS, 4 * WIDTH, dropout=0.1, activation="gelu", batch_first=True, norm_first=True
        )
        self.layers = nn.TransformerEncoder(layer, LAYERS, nn.LayerNorm(WIDTH), enable_nested_tensor=False)
        self.head = nn.Linear(WIDTH, 1)
        nn.init.normal_(self.rows.weight, std=0.02)

    def forward(self, tokens: Tensor) -> Tensor:
        """Hidden states (n, length, WIDTH) of rows (n, length)."""
        found: Tensor = self.layers(
            self.rows(tokens) + self.places[: tokens.shape[1]], src_key_padding_mask=tokens == 0
        )
        return found

    def scores(self, tokens: Tensor) -> Tensor:
        return torch.as_tensor(self.head(self(tokens)[:, 0]).squeeze(1))


def joined(teacher: Teacher, pairs: Sequence[tuple[Rows, Rows]]) -> Tensor:
    """Questions with passages as rows (n, longest)."""
    texts = [np.array([teacher.start, *query, teacher.between, *passage]) for query, passage in pairs]
    tokens = np.zeros((len(texts), max(map(len, texts))), np.int64)
    for at, text in enumerate(texts):
        tokens[at, : len(text)] = text
    return torch.from_numpy(tokens)


def language_losses(
    teacher: Teacher, pieces: Sequence[Rows], asked: Sequence[Asked], random: np.random.Generator
) -> Iterator[Tensor]:
    """Syllables of a question and its passage that are masked, to be filled in."""
    device = teacher.head.weight.device
    while True:
        chosen = [asked[at] for at in random.integers(len(asked), size=LISTS * LENGTH)]
        tokens = joined(teacher, [(one.query, pieces[one.pieces[random.integers(len(one.pieces))]]) for one in chosen])
        hidden = torch.from_numpy(random.random(tokens.shape) < MASKED) & (tokens > 0) & (tokens < teacher.start)
        seen = teacher(tokens.masked_fill(hidden, teacher.mask).to(device))[hidden.to(device)]
        yield cross_entropy(seen @ teacher.rows.weight.T, tokens[hidden].to(device))


def choice_losses(
    teacher: Teacher, pieces: Sequence[Rows], asked: Sequence[Asked], random: np.random.Generator
) -> Iterator[Tensor]:
    """The right passage among some that the search takes for it."""
    device = teacher.head.weight.device
    while True:
        pairs = []
        for at in random.integers(len(asked), size=LISTS):
            one = asked[at]
            query = one.plain if random.random() < 0.2 else one.query
            kept = [0, *(1 + random.permutation(len(one.pieces) - 1)[: LENGTH - 1])]
            pairs += [(query, pieces[one.pieces[place]]) for place in kept]
        scores = teacher.scores(joined(teacher, pairs).to(device)).reshape(LISTS, -1)
        yield cross_entropy(scores, torch.zeros(LISTS, dtype=torch.long, device=device))


def learn(teacher: Teacher, losses: Iterator[Tensor], minutes: float, name: str) -> None:
    """AdamW until the time is over, one step at least."""
    optimizer = torch.optim.AdamW(teacher.parameters(), lr=RATE, weight_decay=0.01)
    started, step, told = time.monotonic(), 0, 0.0
    while step == 0 or (spent := (time.monotonic() - started) / (60 * minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM) * (1 - spent if step else 1)
        optimizer.zero_grad()
        with autocast(teacher):
            loss = next(losses)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
        optimizer.step()
        step += 1
        told = 0.98 * told + 0.02 * loss.item() if step > 1 else loss.item()
        if step % 100 == 0:
            print(f"{name} step {step}  loss {told:.3f}", flush=True)


def autocast(teacher: Teacher) -> torch.autocast:
    device = teacher.head.weight.device.type
    return torch.autocast(device, torch.bfloat16, enabled=device == "cuda")


@torch.no_grad()
def judged(teacher: Teacher, pieces: Sequence[Rows], asked: Sequence[Asked]) -> list[Asked]:
    """The questions with the teacher's judgement as their goal."""
    teacher.eval()
    device = teacher.head.weight.device
    found = []
    for one in asked:
        tokens = joined(teacher, [(one.query, pieces[at]) for at in one.pieces]).to(device)
        with autocast(teacher):
            scores = teacher.scores(tokens).float().cpu().numpy()
        found.append(replace(one, goal=(SHARPNESS * (scores - scores.max())).clip(CLOSED)))
    right = float(np.mean([one.goal.argmax() == 0 for one in found]))
    print(f"the teacher finds {right:.3f} of the right ones first", flush=True)
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="shared/data, or a folder with the pairs' *.jsonl")
    arguments.add_argument("--out", type=Path, default=OUT)
    arguments.add_argument("--minutes", type=float, default=25.0, help="of the teacher's training")
    arguments.add_argument("--steps", type=int, default=800, help="of the scorer's")
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    model, vocabulary, pieces, asked = prepared(given.data, given.seed)
    random = np.random.default_rng(given.seed)
    teacher = Teacher(len(vocabulary)).to("cuda" if torch.cuda.is_available() else "cpu")
    phases: tuple[tuple[str, float, Callable[..., Iterator[Tensor]]], ...] = (
        ("language", LANGUAGE, language_losses),
        ("choice", 1 - LANGUAGE, choice_losses),
    )
    for name, share, losses in phases:
        learn(teacher, losses(teacher, pieces, asked, random), share * given.minutes, name)
    train(model, pieces, judged(teacher, pieces, asked), given.steps, given.seed)
    save(model, vocabulary, given.out)


if __name__ == "__main__":
    main()
