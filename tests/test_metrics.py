"""Ranking metrics by hand and against trec_eval through ir-measures; EM, F1, intervals, paired test."""

from random import Random

import ir_measures
import numpy as np
import pytest
from ir_measures import RR, R, Success, nDCG

from eval.metrics import (
    Interval,
    bootstrap,
    exact_match,
    f1,
    folded,
    holds,
    paired_test,
    per_query,
    ranking,
    ranking_metrics,
    wilson,
)

TREC = {"ndcg@10": nDCG @ 10, "recall@10": R @ 10, "recall@100": R @ 100, "acc@1": Success @ 1}


Judged = dict[str, dict[str, int]]
Scored = dict[str, dict[str, float]]


def random_case(seed: int, depth: int, ties: bool) -> tuple[Judged, Scored]:
    random = Random(seed)
    documents = [f"d{n}" for n in range(300)]
    qrels: Judged = {}
    run: Scored = {}
    for number in range(40):
        judged = random.sample(documents, random.randint(1, 30))
        qrels[f"q{number}"] = {id: random.randint(-1, 3) for id in judged}
        if number > 2:  # three questions that nothing was found for
            scores = random.choices(range(9), k=depth) if ties else random.sample(range(10_000), depth)
            run[f"q{number}"] = dict(zip(random.sample(documents, depth), map(float, scores), strict=True))
    return qrels, run


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_ranking_metrics_are_trec_evals(seed: int, ties: bool) -> None:
    qrels, run = random_case(seed, 150, ties)
    ours, ids = per_query(qrels, run), list(qrels)
    for name, measure in TREC.items():
        for theirs in ir_measures.iter_calc([measure], qrels, run):
            assert ours[name][ids.index(theirs.query_id)] == pytest.approx(theirs.value), theirs


@pytest.mark.parametrize("seed", range(5))
def test_mrr_is_trec_evals(seed: int) -> None:
    qrels, run = random_case(seed, 10, ties=True)  # ten deep: recip_rank, which has no cut, is then MRR@10
    expected = ir_measures.calc_aggregate([RR], qrels, run)[RR]
    assert ranking_metrics(qrels, run)["mrr@10"] == pytest.approx(expected)
    qrels, run = random_case(seed, 60, ties=False)
    expected = ir_measures.calc_aggregate([RR @ 10], qrels, run)[RR @ 10]
    assert ranking_metrics(qrels, run)["mrr@10"] == pytest.approx(expected)


def test_by_hand() -> None:
    qrels = {"q1": {"a": 1, "b": 2, "c": 0}, "q2": {"x": 1}}
    run = {"q1": {"c": 3.0, "a": 2.0, "b": 1.0}}
    values = per_query(qrels, run)
    gained, ideal = 1 / np.log2(3) + 2 / np.log2(4), 2 / np.log2(2) + 1 / np.log2(3)
    assert values["ndcg@10"].tolist() == pytest.approx([gained / ideal, 0])
    assert values["mrr@10"].tolist() == [0.5, 0]
    assert values["recall@10"].tolist() == [1, 0]
    assert values["acc@1"].tolist() == [0, 0]
    assert ranking_metrics(qrels, run)["mrr@10"] == 0.25


def test_ties_in_single_precision_go_to_the_greater_id() -> None:
    assert ranking({"a": 0.5, "b": 0.5, "c": 0.4}) == ["b", "a", "c"]
    assert ranking({"a": 0.5 + 1e-12, "b": 0.5}) == ["b", "a"]  # trec_eval keeps scores as C floats


def test_exact_match_and_f1() -> None:
    assert exact_match("  Lạc Lâm, Quảng Lập. ", ["lạc lâm quảng lập"]) == 1
    assert exact_match("Lạc Lâm", ["Lac Lâm"]) == 0
    assert exact_match("Hòa", ["Hòa"]) == 1  # NFD against NFC
    assert f1("ngày 5 tháng 7", ["5 tháng 7"]) == pytest.approx(2 * 3 / (4 + 3))
    assert f1("a a b", ["a b b"]) == pytest.approx(2 / 3)
    assert f1("không", ["có", "không"]) == 1
    assert f1("", ["có"]) == 0


def test_holds_whole_words() -> None:
    assert holds("Đạt 40 ngày, lạnh.", ["40 NGÀY"]) == 1
    assert holds("Năm 1945.", ["45"]) == 0


def test_folded() -> None:
    assert folded(" Hòa \n  BÌNH\u00a0ạ") == "hòa bình ạ"


def test_bootstrap_covers_the_mean() -> None:
    interval = bootstrap([1.0] * 80 + [0.0] * 20)
    assert interval.mean == 0.8
    # the normal interval: 0.8 ± 1.96 × sqrt(0.8 × 0.2 / 100) = 0.722 … 0.878
    assert interval.low == pytest.approx(0.722, abs=0.02)
    assert interval.high == pytest.approx(0.878, abs=0.02)
    assert bootstrap([0.5] * 9).low == bootstrap([0.5] * 9).high == 0.5
    assert bootstrap([]).mean == 0


def test_paired_test() -> None:
    assert paired_test([1, 0, 1], [1, 0, 1]) == 1
    assert paired_test([1.0] * 20, [0.0] * 20) < 0.001
    # three wins, no loss: all signs alike in 2 of 2^3 = 8 flips
    assert paired_test([1, 1, 1, 0], [0, 0, 0, 0]) == pytest.approx(0.25, abs=0.02)
    with pytest.raises(ValueError, match="3 and 2"):
        paired_test([1, 2, 3], [1, 2])


def test_a_share_of_few_is_not_certain() -> None:
    """By hand, with z² = 3.8415: 17 of 17 → low = 17 / (17 + 3.8415) = 0.8157; 8 of 10 → 0.4902 … 0.9433."""
    assert wilson([1.0] * 17).low == pytest.approx(0.8157, abs=1e-4)
    assert wilson([1.0] * 17).high == 1.0
    found = wilson([1.0] * 8 + [0.0] * 2)
    assert (found.mean, found.low, found.high) == pytest.approx((0.8, 0.4902, 0.9433), abs=1e-4)
    assert wilson([]) == Interval(0.0, 0.0, 0.0)
