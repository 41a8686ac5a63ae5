"""Learn the networks that read a known text (`rag.reader_net`).

    python -m eval.train_reader_net SET/squad.json … --pairs FOLDER --out rag/data/reader_net.safetensors --work DIR

They first read questions made of texts (`eval.cloze`), then those written for them (`eval.written`) among the real
ones, some of these or all without accents too. What the made ones teach is kept in DIR. `--without N …` learns without
each of these folds of the sets instead and writes `DIR/reader_net.N.safetensors`: by these `eval.train_reader --nets
DIR` judges.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import cast

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import Tensor, nn

from corpus.document import Span
from corpus.text import clean, fold
from eval.cloze import Cloze, of_headline, of_paragraph
from eval.reader_net_torch import CLOSED, Net
from eval.reader_samples import BATCH, Encoder, Floats, Sample, columns_of, steps_of
from eval.squad import folds_of, read_squad
from eval.written import written
from index import interaction
from index.train.pairs import pairs_of
from rag import word_vectors

CLOZES = {
    "vietnews_abstract_body": 20_000,
    "vietnews_title_body": 24_000,
    "wiki2025_title_section_para": 13_000,
    "viwiki2017_title_section_para": 11_000,
}
RATE, CLOZE_RATE = 0.001, 0.002
WRITTEN_EPOCHS, EPOCHS = 1, 4
DROPPED, CLOZE_DROPPED = 0.25, 0.1
MEMBERS = 2


def clozes(pairs: Path, seed: int) -> Iterator[Cloze]:
    """Those of `CLOZES`, as many as their sources yield."""
    chance = Random(seed)
    for name, wanted in CLOZES.items():
        found = pairs_of(pairs / f"{name}.jsonl")
        chance.shuffle(found)
        made = (
            of_paragraph(text, chance) if "wiki" in name else of_headline(head, text, chance) for head, text in found
        )
        yield from (one for one, _ in zip((one for one in made if one), range(wanted), strict=False))


def train(net: Net, samples: Sequence[Sample], steps: int, rate: float, seed: int) -> None:
    """AdamW, its rate rising and falling once."""
    chance = Random(seed)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.05)
    slope = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, steps, pct_start=0.1)
    started, losses = time.monotonic(), list[float]()
    net.train()
    for step, batch in zip(range(1, steps + 1), steps_of(samples, chance), strict=False):
        of, *golds = columns_of(batch, chance)
        with torch.autocast("cpu", torch.bfloat16):
            logits = net(of)
        known = (golds[0].sum(1) > 0).float()
        parts = [_surprise(one.float(), gold) for one, gold in zip(logits, golds, strict=True)]
        loss = (known * torch.stack(parts).sum(0)).sum() / known.sum().clamp(min=1)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        slope.step()
        losses.append(loss.item())
        if step % 100 == 0:
            speed = (time.monotonic() - started) / step
            print(f"step {step}/{steps}  loss {np.mean(losses[-100:]):.3f}  {speed:.2f} s a step", flush=True)
    net.eval()


def _surprise(logits: Tensor, gold: Tensor) -> Tensor:
    """Of each row: how unlikely it is that one of the places that are right is drawn."""
    right = logits.masked_fill(gold == 0, 10 * CLOSED)
    return logits.logsumexp(1) - right.logsumexp(1)


def new(dropped: float) -> Net:
    scorer = interaction.shipped()
    vectors = torch.from_numpy(np.array(scorer.vectors(range(len(scorer.vocabulary)))))
    return Net(vectors, word_vectors.shipped(), dropped)


def beginning(pairs: Path, work: Path) -> Mapping[str, Tensor]:
    """What the made questions teach; learned once and kept in `work`."""
    file = work / "cloze.pt"
    if not file.exists():
        encoder = Encoder()
        made = (encoder.sample(one.question, one.text, [one.answer]) for one in clozes(pairs, seed=0))
        samples = [one for one in made if one]
        print(f"{len(samples)} made questions", flush=True)
        torch.manual_seed(0)
        net = new(CLOZE_DROPPED)
        train(net, samples, len(samples) // BATCH, CLOZE_RATE, seed=0)
        torch.save(net.state_dict(), file)
    return cast("Mapping[str, Tensor]", torch.load(file))


def written_samples(pairs: Path) -> list[Sample]:
    """The written questions, one in three without accents."""
    encoder = Encoder()
    shown = (
        encoder.sample(clean(question) if number % 3 else fold(clean(question)), text, [answer])
        for number, (question, text, answer) in enumerate(written(pairs))
    )
    return [one for one in shown if one]


def samples_of(sets: Sequence[Path]) -> list[tuple[int, list[Sample]]]:
    """By question its fold and how it is learned: with accents and without, small sets several times."""
    encoder, found = Encoder(), list[tuple[int, list[Sample]]]()
    read = [read_squad(file) for file in sets]
    for sources in read:
        times = max(1, min(3, round(max(map(len, read)) / len(sources))))
        for source, part in zip(sources, folds_of(sources), strict=True):
            asked = clean(source.question)
            golds = [Span(gold.start, gold.start + len(gold.text)) for gold in source.golds if gold.start is not None]
            both = [encoder.sample(one, source.paragraph, golds) for one in (asked, fold(asked))]
            found.append((part, [one for one in both if one] * times))
    return found


def learned(start: Mapping[str, Tensor], samples: Sequence[Sample], members: int) -> dict[str, Floats]:
    """The weights of the networks, each name led by the number of its network."""
    saved: dict[str, Floats] = {}
    for member in range(members):
        torch.manual_seed(member)
        net = new(DROPPED)
        net.load_state_dict(start)
        train(net, samples, len(samples) // BATCH, RATE, seed=member)
        saved |= {f"{member}/{name}": value.numpy().astype(np.float16) for name, value in net.state_dict().items()}
    return saved


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--pairs", type=Path, required=True, help="the folder of the pairs' *.jsonl")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--without", nargs="*", type=int, default=(), help="folds that are left out, one after another")
    parser.add_argument("--members", type=int, default=MEMBERS)
    given = parser.parse_args()
    torch.set_num_threads(1)
    given.work.mkdir(parents=True, exist_ok=True)
    start = beginning(given.pairs, given.work)
    further, samples = written_samples(given.pairs) * WRITTEN_EPOCHS, samples_of(given.sets)
    for part in given.without:
        kept = [one for fold, each in samples if fold != part for one in each] * EPOCHS
        save_file(learned(start, further + kept, given.members), given.work / f"reader_net.{part}.safetensors")
    if given.out:
        kept = [one for _, each in samples for one in each] * EPOCHS
        save_file(learned(start, further + kept, given.members), given.out)


if __name__ == "__main__":
    main()
