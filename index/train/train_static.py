"""Train the shipped model: `python -m index.train.train_static --data shared/data --out index/model`.

A sentence-transformers `StaticEmbedding`: a vector a token, their mean for a text. Contrastive with in-batch
negatives as in https://huggingface.co/blog/static-embeddings, without its loss on leading dimensions, which changed
nothing here; part of the texts is stripped of accents. About 15 minutes on one idle core.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from torch.nn.functional import normalize

from index.train import pairs as data
from index.train import vocabulary as vocab
from index.train.artefact import save

DIMENSION = 256
REVERSE = 0.5  # weight of finding the query of a passage
BATCH = 2048
SCALE = 20.0
RATE = 0.02
# Draws a pair, relative to the others: the short, single-source and office-like ones count more.
SHARES = {
    "tvpl_qa2025_question_answer": 8.0,
    "mailong_question_passage": 4.0,
    "zalo2021_train_question_article": 8.0,
    "tthc_procedure_field": 4.0,
    "semviqa_claim_context": 4.0,
    "gov_news2025_title_body": 4.0,
    "phapdien_title_text": 1.5,
    "laws_title_text": 1.5,
    "rss2025_26_title_summary": 0.7,
    "viwiki2017_title_section_para": 0.7,
}


def initial(vocabulary: vocab.Vocabulary, generator: torch.Generator) -> torch.Tensor:
    """Random rows, an accented syllable's half made of the unaccented one's; the unknown token's is zero."""
    rows = torch.randn(vocabulary.rows, DIMENSION, generator=generator)
    folded = torch.from_numpy(vocabulary.folded)
    accented = folded != torch.arange(vocabulary.rows)
    rows[accented] = (rows[accented] + rows[folded[accented]]) / 2**0.5
    rows[0] = 0
    return rows


def averaging(batch: data.Batch, rows: int) -> tuple[NDArray[np.int64], csr_matrix]:
    """The rows a batch meets, and the matrix (texts, rows met) that averages them: queries, then passages."""
    ids = np.concatenate((batch.queries[0], batch.passages[0]))
    starts = np.concatenate((batch.queries[1], batch.passages[1] + len(batch.queries[0]), [len(ids)]))
    met, places = np.flatnonzero(np.bincount(ids, minlength=rows)), np.zeros(rows, np.int32)
    places[met] = np.arange(len(met))
    lengths = np.diff(starts)
    shares = np.repeat(1 / np.maximum(lengths, 1), lengths).astype(np.float32)
    matrix = csr_matrix((shares, places[ids], starts), shape=(len(lengths), len(met)))
    matrix.sum_duplicates()
    return met, matrix


def contrast(
    queries: torch.Tensor, passages: torch.Tensor, other: torch.Tensor
) -> tuple[float, torch.Tensor, torch.Tensor]:
    """Loss and gradients by queries and passages (n, width): which passage is whose query's, and the reverse.

    Cosines are at most 1, so one exponential of the scores serves both directions; `other` marks the pairs not
    to count. Autograd through two cross-entropies takes five times as long.
    """
    unit_q, unit_p = normalize(queries), normalize(passages)
    scores = (SCALE * unit_q @ unit_p.T).masked_fill_(other, -1e4)
    right = scores.diagonal().clone()
    powers = scores.exp_()
    by_query, by_passage = powers.sum(1, keepdim=True), powers.sum(0, keepdim=True)
    loss = (by_query.log().squeeze() - right).mean() + REVERSE * (by_passage.log().squeeze() - right).mean()
    slope = powers * (1 / by_query + REVERSE / by_passage)
    slope.diagonal().sub_(1 + REVERSE)
    slope *= SCALE / len(queries)
    return (
        float(loss),
        _through_norm(queries, unit_q, slope @ unit_p),
        _through_norm(passages, unit_p, slope.T @ unit_q),
    )


def _through_norm(vectors: torch.Tensor, unit: torch.Tensor, slope: torch.Tensor) -> torch.Tensor:
    norms = vectors.norm(dim=1, keepdim=True).clamp_min(1e-6)
    result: torch.Tensor = (slope - unit * (unit * slope).sum(1, keepdim=True)) / norms
    return result


def backward(weight: torch.Tensor, batch: data.Batch) -> float:
    """The loss; leaves in `weight.grad` the gradient of the rows met, so that Adam lets the others be.

    The averaging is done by a sparse matrix: ten times as fast as EmbeddingBag's own backward.
    """
    met, matrix = averaging(batch, len(weight))
    vectors = torch.from_numpy(matrix @ weight.detach().numpy()[met])
    half = len(batch.queries[1])
    other = torch.from_numpy(batch.same).fill_diagonal_(False)
    loss, by_queries, by_passages = contrast(vectors[:half], vectors[half:], other)
    slopes = torch.cat((by_queries, by_passages))
    rows = torch.from_numpy(matrix.T @ slopes.numpy())
    indices = torch.from_numpy(met)[None]
    weight.grad = torch.sparse_coo_tensor(indices, rows, weight.shape, is_coalesced=True, check_invariants=False)
    return loss


def train(
    sources: list[data.Pairs], vocabulary: vocab.Vocabulary, steps: int, seed: int, log_every: int = 100
) -> np.ndarray:
    """The rows after `steps` batches, shape (rows, DIMENSION)."""
    random = np.random.default_rng(seed)
    start = initial(vocabulary, torch.Generator().manual_seed(seed))
    weight = StaticEmbedding(vocabulary.tokenizer(), embedding_weights=start).embedding.weight
    optimizer = torch.optim.SparseAdam([weight], lr=RATE)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.01, total_iters=steps)
    weights = np.array([len(source) * SHARES.get(source.name, 1.0) for source in sources])
    question_rows = [vocabulary.encode(word) for word in data.QUESTION_WORDS]
    started, losses = time.monotonic(), []
    for step in range(1, steps + 1):
        source = sources[random.choice(len(sources), p=weights / weights.sum())]
        batch = data.batch(source, BATCH, vocabulary.folded, question_rows, data.Mix(), random)
        losses.append(backward(weight, batch))
        optimizer.step()  # type: ignore[no-untyped-call]
        schedule.step()
        if step % log_every == 0:
            speed = (time.monotonic() - started) / step
            print(
                f"step {step}/{steps}  loss {np.mean(losses[-log_every:]):.3f}  {speed:.2f} s a step",
                flush=True,
            )
    return weight.detach().numpy()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="shared/data, or a folder with the pairs' *.jsonl")
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--steps", type=int, default=2600)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    torch.set_num_threads(1)  # two wait for each other longer than they work
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        texts = list(data.read(data.unpack(given.data, Path(scratch))))
    counts: Counter[str] = Counter()
    for _, pairs in texts:
        counts += vocab.count(text for pair in pairs for text in pair)
    vocabulary = vocab.build(counts)
    sources = [data.Pairs.of(name, pairs, vocabulary) for name, pairs in texts]
    known = sum(n for word, n in counts.items() if word in vocabulary.entries) / counts.total()
    print(
        f"{sum(map(len, sources))} pairs, {vocabulary.rows} rows, {len(vocabulary.entries)} spellings, "
        f"{known:.2%} of tokens known, read in {time.monotonic() - started:.0f} s",
        flush=True,
    )
    del texts
    rows = train(sources, vocabulary, given.steps, given.seed)
    save(rows, vocabulary, given.out)
    print(f"done in {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
