"""The numbers: ranking metrics as trec_eval defines them, SQuAD's EM and F1, intervals, a paired test."""

from __future__ import annotations

import math
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Qrels = Mapping[str, Mapping[str, int]]  # query id → document id → relevance
Run = Mapping[str, Mapping[str, float]]  # query id → document id → score


def ranking(scores: Mapping[str, float]) -> list[str]:
    """Document ids, best first, as trec_eval sorts them: score (a C float) descending, then id descending."""
    return sorted(scores, key=lambda id: (float(np.float32(scores[id])), id), reverse=True)


def _gains(ranked: Sequence[str], judged: Mapping[str, int], k: int) -> Floats:
    return np.array([max(judged.get(id, 0), 0) for id in ranked[:k]], dtype=np.float64)


def _discounted(gains: Floats) -> float:
    return float(np.sum(gains / np.log2(np.arange(2, len(gains) + 2))))


def ndcg(ranked: Sequence[str], judged: Mapping[str, int], k: int) -> float:
    """`ndcg_cut_k`: linear gains, discount log2(rank + 1), ideal over all judged documents."""
    ideal = _discounted(np.sort(_gains(list(judged), judged, len(judged)))[::-1][:k])
    return _discounted(_gains(ranked, judged, k)) / ideal if ideal else 0.0


def reciprocal_rank(ranked: Sequence[str], judged: Mapping[str, int], k: int) -> float:
    """`recip_rank` within the first k: 1 / rank of the first relevant document, or 0."""
    places = np.flatnonzero(_gains(ranked, judged, k))
    return 1.0 / (int(places[0]) + 1) if len(places) else 0.0


def recall(ranked: Sequence[str], judged: Mapping[str, int], k: int) -> float:
    """`recall_k`: the share of the relevant documents among the first k."""
    relevant = sum(grade > 0 for grade in judged.values())
    return int(np.count_nonzero(_gains(ranked, judged, k))) / relevant if relevant else 0.0


def accuracy(ranked: Sequence[str], judged: Mapping[str, int], k: int) -> float:
    """`success_k`: 1 when a relevant document is among the first k."""
    return float(_gains(ranked, judged, k).any())


RankingMetric = Callable[[Sequence[str], Mapping[str, int], int], float]
RANKING_METRICS: dict[str, tuple[RankingMetric, int]] = {
    "ndcg@10": (ndcg, 10),
    "mrr@10": (reciprocal_rank, 10),
    "recall@10": (recall, 10),
    "recall@100": (recall, 100),
    "acc@1": (accuracy, 1),
}


def per_query(qrels: Qrels, run: Run) -> dict[str, Floats]:
    """Each metric's value for each query of `qrels`, in its order; a query that the run lacks scores 0."""
    ranked = {id: ranking(run.get(id, {})) for id in qrels}
    return {
        name: np.array([metric(ranked[id], judged, k) for id, judged in qrels.items()], dtype=np.float64)
        for name, (metric, k) in RANKING_METRICS.items()
    }


def ranking_metrics(qrels: Qrels, run: Run) -> dict[str, float]:
    """The mean of each metric over all queries of `qrels`."""
    return {name: mean(values) for name, values in per_query(qrels, run).items()}


_PUNCTUATION = frozenset(string.punctuation)


def squad_words(text: str) -> list[str]:
    """The words after SQuAD's normalisation for Vietnamese: lower case, NFC, no punctuation, no extra space.

    Punctuation is what SQuAD's script removes (ASCII) and Unicode's category P. There are no articles.
    """
    text = unicodedata.normalize("NFC", text.lower())
    return "".join(letter for letter in text if not _is_punctuation(letter)).split()


def _is_punctuation(letter: str) -> bool:
    return letter in _PUNCTUATION or unicodedata.category(letter).startswith("P")


def exact_match(answer: str, golds: Sequence[str]) -> float:
    """1 when the answer is one of the gold answers after normalisation."""
    return float(any(squad_words(answer) == squad_words(gold) for gold in golds))


def f1(answer: str, golds: Sequence[str]) -> float:
    """The best harmonic mean of word precision and recall against one gold answer (SQuAD 1.1)."""
    return max((_f1(squad_words(answer), squad_words(gold)) for gold in golds), default=0.0)


def _f1(answer: list[str], gold: list[str]) -> float:
    common = (Counter(answer) & Counter(gold)).total()
    return 2 * common / (len(answer) + len(gold)) if common else 0.0


def holds(text: str, golds: Sequence[str]) -> float:
    """1 when the words of one gold answer stand in a row in the text."""
    words = f" {' '.join(squad_words(text))} "
    return float(any(f" {' '.join(squad_words(gold))} " in words for gold in golds))


_SPACE = re.compile(r"\s+")


def folded(text: str) -> str:
    """How question sets compare strings: NFC, case-folded, spaces folded."""
    text = unicodedata.normalize("NFC", text).casefold()
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def mean(values: Sequence[float] | Floats) -> float:
    """The mean, or 0 of nothing."""
    return float(np.mean(values)) if len(values) else 0.0


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % confidence interval."""

    mean: float
    low: float
    high: float


def bootstrap(values: Sequence[float] | Floats, resamples: int = 2000, seed: int = 0) -> Interval:
    """The percentile bootstrap of the mean over questions (Efron 1979); an empty sample gives zeros."""
    sample = np.asarray(values, dtype=np.float64)
    if not len(sample):
        return Interval(0.0, 0.0, 0.0)
    random = np.random.default_rng(seed)
    means = [sample[random.integers(0, len(sample), len(sample))].mean() for _ in range(resamples)]
    low, high = np.quantile(means, (0.025, 0.975))
    return Interval(float(sample.mean()), float(low), float(high))


def wilson(values: Sequence[float] | Floats) -> Interval:
    """The mean of values within 0–1 and its score interval (Wilson, JASA 1927): of 17 right in 17 not 1 to 1.

    Resampling would tell nothing of a sample whose values are all the same.
    """
    n, z = len(values), 1.959964
    if not n:
        return Interval(0.0, 0.0, 0.0)
    share, most = mean(values), 1 + z * z / n
    middle = (share + z * z / (2 * n)) / most
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / most
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def paired_test(
    first: Sequence[float] | Floats, second: Sequence[float] | Floats, resamples: int = 5000, seed: int = 0
) -> float:
    """The two-sided p-value that two systems' means over the same questions are equal, by random sign flips.

    Paired randomisation test (Smucker, Allan and Carterette, CIKM 2007); never below 1 / (resamples + 1).
    """
    if len(first) != len(second):
        raise ValueError(f"paired samples differ in length: {len(first)} and {len(second)}")
    differences = np.asarray(first, dtype=np.float64) - np.asarray(second, dtype=np.float64)
    differences = differences[differences != 0]
    if not len(differences):
        return 1.0
    random = np.random.default_rng(seed)
    flipped = [differences @ random.choice((-1.0, 1.0), len(differences)) for _ in range(resamples)]
    extreme = np.count_nonzero(np.abs(flipped) >= abs(differences.sum()) - 1e-12)
    return (int(extreme) + 1) / (resamples + 1)
