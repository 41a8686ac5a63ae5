"""The scorers of `rag.telling` as they learn: the same sums on padded texts, with gradients."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from torch import Tensor, nn
from torch.nn.functional import normalize, pad, softplus

from index import interaction
from index.interaction import BLOCK, BLOCKS
from index.train.artefact import quantise
from index.train.train_interaction import Model
from rag import word_vectors
from rag.telling import BEST, HEADS, TOLD

WORDS = 0.3  # what the likeness of words counts beside that of syllables before anything is learned
PARTS = (4.0, 4.0, 0.5)  # … and the parts of the score


class Tables(nn.Module):
    """The vectors that all scorers share, from the shipped interaction scorer and word vectors. Row 0 is padding."""

    def __init__(self) -> None:
        super().__init__()
        words = word_vectors.shipped()
        vectors = torch.from_numpy(load_file(interaction.SHIPPED)["vectors"].astype(np.float32))
        pairs = torch.from_numpy(words.pairs)
        self.vectors = nn.Embedding(len(vectors), vectors.shape[1], _weight=normalize(vectors, dim=1), sparse=True)
        self.pairs = nn.Embedding(len(pairs), pairs.shape[1], _weight=normalize(pairs, dim=1), sparse=True)
        self.register_buffer("codes", torch.from_numpy(words.codes), persistent=False)


class TellingNet(Model):
    """One scorer over the tables. Starts from the shipped interaction scorer."""

    def __init__(self, tables: Tables) -> None:
        start = load_file(interaction.SHIPPED)
        super().__init__(tables.vectors.weight.detach(), torch.from_numpy(start["bias"].copy()))
        self.vectors, self.pairs, self.codes = tables.vectors, tables.pairs, cast(Tensor, tables.codes)
        further = 2 * tables.pairs.embedding_dim
        mix, inner, outer = (torch.from_numpy(start[name].astype(np.float32)) for name in ("mix", "inner", "outer"))
        wide = WORDS * torch.eye(len(mix) + further)
        wide[: len(mix), : len(mix)] = mix
        self.mix = nn.Parameter(wide)
        self.inner = nn.Parameter(torch.cat((inner, torch.zeros(further, inner.shape[1]))))
        none = torch.zeros(len(outer), further)
        self.outer = nn.Parameter(torch.cat((outer[:, :-1], none, outer[:, -1:]), 1))
        self.parts = nn.Parameter(torch.tensor(PARTS))

    def forward(self, queries: Tensor, used: Tensor, places: Tensor) -> Tensor:
        """Scores (lists, length) of queries (lists, n) and passages: `used` rows (lists, u), `places` among them."""
        return self.told(queries, used, places) @ self.parts

    def told(self, queries: Tensor, used: Tensor, places: Tensor) -> Tensor:
        """What `rag.telling.Telling.told` says, (lists, length, 3)."""
        lists, length, size = places.shape
        wanted, words, weights = self.asks(queries)
        like = self._of_syllables(wanted, used, places) + self._of_words(words, used, places)
        there = (places > 0).reshape(lists * length, size)
        best = (like.relu() * there[:, :, None]).reshape(lists * length, size // BLOCK, BLOCK, -1).amax(2)
        share = weights.repeat_interleave(length, 0)[:, :, None]
        stretch = best
        for ahead in range(1, BLOCKS):
            stretch = torch.maximum(stretch, pad(best[:, ahead:], (0, 0, 0, ahead)))
        parts = (
            (best.amax(1)[:, None] @ share)[:, 0, 0],
            (stretch @ share)[:, :, 0].amax(1),
            ((best.topk(min(BEST, best.shape[1]), 1).values.sum(1) / BEST)[:, None] @ share)[:, 0, 0],
        )
        return torch.stack(parts, 1).reshape(lists, length, len(TOLD))

    def asks(self, queries: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What each syllable looks for around a place and as words, and its share."""
        there = (queries > 0)[:, :, None]
        own = self._vector(queries)
        ended = self._word(self._words(queries))
        near = torch.cat((_before(own), own, _behind(own), ended, _behind(ended)), 2)
        read = (near @ self.inner).tanh() @ self.outer
        wanted = (near @ self.mix + read[:, :, :-1]) * there
        weights = softplus(read[:, :, -1:] + self.bias(queries)) * there
        syllables = 3 * own.shape[2]
        return wanted[:, :, :syllables], wanted[:, :, syllables:], (weights / weights.sum(1, keepdim=True)).squeeze(2)

    def _of_syllables(self, wanted: Tensor, used: Tensor, places: Tensor) -> Tensor:
        lists, length, size = places.shape
        columns = wanted.reshape(lists, wanted.shape[1], 3, -1).permute(0, 3, 2, 1).flatten(2)
        table = self._vector(used) @ columns
        at = places + torch.arange(lists)[:, None, None] * used.shape[1]
        near = table.flatten(0, 1).index_select(0, at.reshape(-1)).reshape(lists * length, size, 3, -1)
        return pad(near[:, :-1, 0], (0, 0, 1, 0)) + near[:, :, 1] + pad(near[:, 1:, 2], (0, 0, 0, 1))

    def _of_words(self, wanted: Tensor, used: Tensor, places: Tensor) -> Tensor:
        lists, length, size = places.shape
        rows = used.gather(1, places.flatten(1)).reshape(lists * length, size)
        words, at = torch.unique(self._words(rows).reshape(lists, -1), return_inverse=True)
        columns = wanted.reshape(lists, wanted.shape[1], 2, -1).permute(0, 3, 2, 1).flatten(2)
        near = self._word(words)[at].bmm(columns).reshape(lists * length, size, 2, -1)
        return near[:, :, 0] + pad(near[:, 1:, 1], (0, 0, 0, 1))

    def _vector(self, rows: Tensor) -> Tensor:
        return normalize(self.vectors(rows), dim=-1, eps=1e-6) * (rows > 0)[..., None]

    def _word(self, words: Tensor) -> Tensor:
        return normalize(self.pairs(words), dim=-1, eps=1e-6) * (words > 0)[..., None]

    def _words(self, rows: Tensor) -> Tensor:
        """By place (…, n) the word that it ends, as `rag.word_vectors.WordVectors.pairs_of` finds it."""
        wanted = rows[..., :-1] * len(self.vectors.weight) + rows[..., 1:]
        at = torch.searchsorted(self.codes, wanted).clamp(max=len(self.codes) - 1)
        return pad(torch.where(self.codes[at] == wanted, at + 1, 0), (1, 0))


def _before(values: Tensor) -> Tensor:
    return pad(values[:, :-1], (0, 0, 1, 0))


def _behind(values: Tensor) -> Tensor:
    return pad(values[:, 1:], (0, 0, 0, 1))


def save(nets: Mapping[str, TellingNet], file: Path) -> None:
    """The weights as `rag.telling.Telling` reads them; the nets, one for each of `HEADS`, share their tables."""
    tensors: dict[str, NDArray[np.generic]] = {}
    for head in HEADS:
        for name in ("mix", "inner", "outer"):
            tensors[f"{head}.{name}"] = getattr(nets[head], name).detach().numpy().astype(np.float16)
        tensors[f"{head}.bias"] = nets[head].bias.weight.detach().numpy()[:, 0].copy()
    for name in ("vectors", "pairs"):
        tensors[name], _ = quantise(normalize(getattr(nets[HEADS[0]], name).weight.detach(), dim=1).numpy())
        tensors[name][0] = 0
    save_file(tensors, file)
    file.chmod(0o644)
