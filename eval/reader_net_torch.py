"""The reading network (`rag.reader_net`) as it learns: the same sums on padded batches, with gradients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn.functional import one_hot, relu

from rag.expected import KINDS
from rag.reader_input import GAPS
from rag.reader_net import ASKED, ATTENDED, LAST, NO_SENTENCE, READ
from rag.slot import WAYS
from rag.word_vectors import WordVectors

HIDDEN = 96
CLOSED = -1e4  # the logit of a place that is no place
Columns = dict[str, Tensor]


class Net(nn.Module):
    """What `rag.reader_net.ReaderNet` computes, on padded batches; its parameters are named as there."""

    def __init__(self, vectors: Tensor, used: WordVectors, dropped: float) -> None:
        super().__init__()
        width, ways = vectors.shape[1], len(KINDS) + len(WAYS)
        syllables, pairs = torch.from_numpy(used.syllables), torch.from_numpy(used.pairs)
        for name, values in (("vectors", vectors), ("syllables", syllables), ("pairs", pairs)):
            self.register_buffer(name, values, persistent=False)
        uses = syllables.shape[1] + 2 * pairs.shape[1] + 2
        self.dropped = nn.Dropout(dropped)
        self.sharpness = nn.Parameter(torch.tensor(12.0))
        self.word, self.question = nn.Linear(width, HIDDEN), nn.Linear(2 * HIDDEN + 4, HIDDEN)
        self.used, self.used_asking, self.edge = (nn.Linear(uses, HIDDEN) for _ in range(3))
        self.asked = _stack(3, ASKED, dropped)
        self.gist, self.way = nn.Linear(HIDDEN, 1), nn.Linear(HIDDEN + ways, HIDDEN)
        self.text, self.tone = nn.Linear(3 * HIDDEN + 9 + GAPS, HIDDEN), nn.Linear(HIDDEN, 2 * HIDDEN)
        self.read = _stack(5, READ, dropped)
        self.attention, self.both = nn.Linear(HIDDEN, HIDDEN), nn.Linear(3 * HIDDEN, HIDDEN)
        self.attended = _stack(5, ATTENDED, dropped)
        self.sentence, self.sentence_out = nn.Linear(3 * HIDDEN, HIDDEN), nn.Linear(HIDDEN, 1)
        self.whole, self.last = nn.Linear(3 * HIDDEN, HIDDEN), _stack(3, LAST, dropped)
        self.out, self.wanted = nn.Linear(HIDDEN, 2), nn.Linear(HIDDEN, 2 * HIDDEN)

    def forward(self, of: Columns) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of starts and ends (questions, tokens) and of sentences (questions, sentences)."""
        there, asked_there = (of[f"{name} rows"] > 0 for name in ("text", "question"))
        there, asked_there = there.float()[:, :, None], asked_there.float()[:, :, None]
        read, asked = (cast(Tensor, self.vectors)[of[f"{name} rows"]] for name in ("text", "question"))
        both_there = there * asked_there.transpose(1, 2)
        folded, exact = (
            (of[f"text {form}"][:, :, None] == of[f"question {form}"][:, None]).float() * both_there
            for form in ("folded", "key")
        )
        closed = (1 - asked_there.transpose(1, 2)) * CLOSED
        like = torch.maximum(read @ asked.transpose(1, 2), folded)
        known = self.word(asked)
        own = (of["question weights"][:, :, None], of["question marks"], folded.amax(1)[:, :, None])
        used, used_asking = (self.dropped(self._used(of[f"{n} rows"], of[f"{n} pairs"])) for n in ("text", "question"))
        said = torch.cat((self.dropped(known), self.dropped(self.used_asking(used_asking)), *own), 2)
        said = self.question(said) * asked_there
        said = _through(self.asked, said, asked_there)
        gist = ((self.gist(said) + (1 - asked_there) * CLOSED).softmax(1) * said).sum(1)
        way = relu(self.way(torch.cat((gist, of["ways"]), 1)))
        near = (like * self.sharpness + closed).softmax(2) @ known
        parts = (self.word(read), near, self.used(used))
        seen = torch.cat((*map(self.dropped, parts), _matches(of, folded, exact, like, closed)), 2)
        shift, scale = self.tone(way)[:, None].chunk(2, 2)
        words = _through(self.read, self.text(seen) * (1 + scale) + shift, there)
        attended = (self.attention(words) @ said.transpose(1, 2) / HIDDEN**0.5 + closed).softmax(2) @ said
        words = relu(self.both(torch.cat((words, attended, words * attended), 2)))
        return self._point(_through(self.attended, words, there), self.edge(used), way, of["sentences"], there)

    def _used(self, rows: Tensor, pairs: Tensor) -> Tensor:
        """What `rag.word_vectors.WordVectors.of` finds."""
        begun = nn.functional.pad(pairs[:, 1:], (0, 1))
        table = cast(Tensor, self.pairs)
        there = torch.stack((pairs > 0, begun > 0), 2).float()
        return torch.cat((cast(Tensor, self.syllables)[rows], table[pairs], table[begun], there), 2)

    def _point(
        self, words: Tensor, edges: Tensor, way: Tensor, sentences: Tensor, there: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        count = int(sentences.max()) + 1
        places = one_hot(sentences, count).float() * there
        mean = places.transpose(1, 2) @ words / places.sum(1).clamp(min=1)[:, :, None]
        at = sentences[:, :, None].expand(-1, -1, HIDDEN)
        highest = torch.zeros_like(mean).scatter_reduce(1, at, relu(words) * there, "amax")
        whole = torch.cat((mean, highest, way[:, None].expand(-1, count, -1)), 2)
        chances = self.sentence_out(self.dropped(relu(self.sentence(whole))))[:, :, 0]
        chances = chances.masked_fill(places.sum(1) == 0, NO_SENTENCE)
        own = torch.gather(whole, 1, sentences[:, :, None].expand(-1, -1, 3 * HIDDEN))
        words = _through(self.last, words + relu(self.whole(own)) + edges, there)
        wanted = self.wanted(way).reshape(len(way), 2, HIDDEN).transpose(1, 2) / HIDDEN**0.5
        ends = self.out(self.dropped(words)) + words @ wanted
        starts = (ends[:, :, 0] + torch.gather(chances, 1, sentences)).masked_fill(there[:, :, 0] == 0, CLOSED)
        return starts, ends[:, :, 1].masked_fill(there[:, :, 0] == 0, CLOSED), chances


class _Convolution(nn.Module):
    def __init__(self, width: int, dilation: int, dropped: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(HIDDEN)
        self.conv = nn.Conv1d(HIDDEN, HIDDEN, width, padding=dilation * (width - 1) // 2, dilation=dilation)
        self.dropped = nn.Dropout(dropped)

    def forward(self, values: Tensor, there: Tensor) -> Tensor:
        seen = self.conv((self.norm(values) * there).transpose(1, 2)).transpose(1, 2)
        return values + cast(Tensor, self.dropped(relu(seen)))


def _stack(width: int, dilations: Sequence[int], dropped: float) -> nn.ModuleList:
    return nn.ModuleList([_Convolution(width, dilation, dropped) for dilation in dilations])


def _through(stack: nn.ModuleList, values: Tensor, there: Tensor) -> Tensor:
    for part in stack:
        values = part(values, there)
    return values


def _matches(of: Columns, folded: Tensor, exact: Tensor, like: Tensor, closed: Tensor) -> Tensor:
    pairs = torch.zeros_like(folded)
    pairs[:, :-1, :-1] += folded[:, 1:, 1:]
    pairs[:, 1:, 1:] += folded[:, :-1, :-1]
    held, weights = folded.amax(2), of["text weights"]
    first = (of["sentences"] == 0).float()
    likest = (like + closed).amax(2).clamp(min=-1)
    columns = torch.stack((held, exact.amax(2), (pairs * folded).amax(2), likest, weights), 2)
    return torch.cat((columns, of["text marks"], torch.stack((held * weights, first), 2), of["gaps"]), 2)
