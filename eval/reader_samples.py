"""What a reading network learns from: questions with texts and answers as arrays, and the batches drawn from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import pad

from corpus.document import Span
from eval.reader_net_torch import Columns
from index import interaction
from rag.reader_input import QuestionInput, TextInput, Words
from rag.understand import query_of

READING = 224  # tokens of a text that a step sees
BATCH, SORTED = 32, 1024  # questions a step; among so many, those of like length stand together
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Part:
    """The tokens of a text or a question; equal forms have equal numbers."""

    rows: Ints
    pairs: Ints
    folded: Ints
    key: Ints
    weights: Floats
    marks: Floats


@dataclass(frozen=True, slots=True)
class Text:
    """A text as `rag.reader_input` reads it, without its letters."""

    part: Part
    starts: Ints
    sentences: Ints
    gaps: Floats


@dataclass(frozen=True, slots=True)
class Sample:
    """A question, a text, and where its answers stand: their first and last tokens."""

    question: Part
    ways: Floats
    text: Text
    golds: tuple[tuple[int, int], ...]


class Encoder:
    """Numbers forms as it meets them."""

    def __init__(self) -> None:
        self._forms: dict[str, int] = {}
        self._texts: dict[str, Text] = {}
        self._vocabulary = interaction.shipped().vocabulary

    def sample(self, question: str, text: str, golds: Sequence[Span]) -> Sample | None:
        """`None` where the question has no words or no answer begins in the text."""
        asked = QuestionInput.of(query_of(question, question), self._vocabulary)
        read = self._texts.get(text) or self._text(text)
        places = [np.flatnonzero((read.starts >= gold.start) & (read.starts < gold.end)) for gold in golds]
        found = tuple((int(at[0]), int(at[-1])) for at in places if len(at))
        return Sample(self._part(asked.words), asked.ways, read, found) if found and asked.words.tokens else None

    def _text(self, text: str) -> Text:
        read = TextInput.of(text, self._vocabulary)
        self._texts = {text: Text(self._part(read.words), read.starts, read.sentences, read.gaps)}
        return self._texts[text]

    def _part(self, words: Words) -> Part:
        folded, key = (
            np.array([self._forms.setdefault(form, len(self._forms) + 1) for form in forms], np.int64)
            for forms in ([one.folded for one in words.tokens], [one.key for one in words.tokens])
        )
        return Part(words.rows.astype(np.int64), words.pairs.astype(np.int64), folded, key, words.weights, words.marks)


def steps_of(samples: Sequence[Sample], chance: Random) -> Iterator[list[Sample]]:
    """Batches of samples of like length, without end."""
    while True:
        order = chance.sample(range(len(samples)), len(samples))
        batches: list[list[int]] = []
        for start in range(0, len(order), SORTED):
            near = sorted(order[start : start + SORTED], key=lambda at: len(samples[at].text.starts))
            batches += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
        chance.shuffle(batches)
        yield from ([samples[at] for at in batch] for batch in batches)


def columns_of(samples: Sequence[Sample], chance: Random) -> tuple[Columns, Tensor, Tensor, Tensor]:
    """What `Net` reads, and 1 where answers begin, end, and the sentences in which they begin."""
    windows = [_window(sample, chance) for sample in samples]
    texts = [sample.text for sample in samples]
    of = {
        f"text {name}": _padded([getattr(text.part, name)[at] for text, at in zip(texts, windows, strict=True)])
        for name in ("rows", "pairs", "folded", "key", "weights", "marks")
    }
    of |= {
        f"question {name}": _padded([getattr(sample.question, name) for sample in samples])
        for name in ("rows", "pairs", "folded", "key", "weights", "marks")
    }
    numbers = [text.sentences[at] - text.sentences[at.start] for text, at in zip(texts, windows, strict=True)]
    of["sentences"] = _padded(numbers)
    of["gaps"] = _padded([text.gaps[at] for text, at in zip(texts, windows, strict=True)])
    of["ways"] = torch.from_numpy(np.stack([sample.ways for sample in samples]))
    starts, ends = (torch.zeros(of["text rows"].shape) for _ in range(2))
    told = torch.zeros(len(samples), int(of["sentences"].max()) + 1)
    for row, (sample, at, sentence) in enumerate(zip(samples, windows, numbers, strict=True)):
        for first, last in sample.golds:
            if at.start <= first and last < at.stop:
                starts[row, first - at.start] = ends[row, last - at.start] = 1
                told[row, sentence[first - at.start]] = 1
    return of, starts, ends, told


def _window(sample: Sample, chance: Random) -> slice:
    """The tokens that are read: all, or so many around an answer."""
    size = len(sample.text.starts)
    if size <= READING:
        return slice(0, size)
    first, _ = chance.choice(sample.golds)
    start = max(0, min(size - READING, first - chance.randint(20, READING - 20)))
    return slice(start, start + READING)


def _padded(arrays: Sequence[Ints | Floats]) -> Tensor:
    longest = max(len(one) for one in arrays)
    tensors = [torch.from_numpy(one) for one in arrays]
    return torch.stack([pad(one, (0, 0) * (one.dim() - 1) + (0, longest - len(one))) for one in tensors])
