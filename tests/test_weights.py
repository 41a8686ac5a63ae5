"""BM25 as an inner product: against tantivy, and by hand."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from index.lexical import FIELDS, LexicalQuery, Lexicon, Term, Words, grow
from index.weights import Bag, Counted, dimension, idf, kept_length

TEXTS = [
    "xã Lạc Lâm trồng rau",
    "xã Quảng Lập trồng rau, trồng hoa, trồng rau",
    "thị trấn Thạnh Mỹ họp bàn về rau " + "và hoa " * 60,
    "huyện Đơn Dương",
]
WORDS = [Words(number, number, text, "Báo cáo năm 2019") for number, text in enumerate(TEXTS, 1)]


def test_a_weight_by_hand() -> None:
    """ "rau" once in five syllables where seven are usual: 2.2 · 1 / (1 + 1.2 · (0.25 + 0.75 · 5/7))."""
    reference = dict.fromkeys(FIELDS, 7.0)
    weight = Counted.of(WORDS[0]).weights(reference)[dimension("folded", "rau")]
    assert weight == pytest.approx(2.2 / (1 + 1.2 * (0.25 + 0.75 * 5 / 7)))


def test_rare_tokens_tell_more() -> None:
    assert idf(1, 3) == pytest.approx(math.log(1 + 2.5 / 1.5))
    assert idf(1, 100) > idf(50, 100) > idf(100, 100) > 0


def test_lengths_are_kept_as_coarsely_as_in_one_byte() -> None:
    assert [kept_length(n) for n in (0, 39, 40, 41, 42, 55, 56, 59, 60, 87, 88, 95, 96, 152, 167, 168)] == [
        *(0, 39, 40, 40, 42, 54, 56, 56, 60, 84, 88, 88, 96, 152, 152, 168)
    ]


def test_scores_are_those_of_the_embedded_index(tmp_path: Path) -> None:
    grow(tmp_path, None, [], WORDS, len(WORDS))
    lexicon = Lexicon(tmp_path)
    counted = [Counted.of(words) for words in WORDS]
    averages = {field: sum(each.lengths[field] for each in counted) / len(counted) for field in FIELDS}
    weights = [each.weights(averages) for each in counted]
    asked = [Term("folded", "rau", 0.8), Term("folded", "hoa"), Term("bigrams", "trong_rau", 2.0)]
    asked += [Term("accented", "xã"), Term("context_folded", "2019", 0.3), Term("context_bigrams", "bao_cao", 0.1)]
    ours = {
        number: sum(
            term.boost * idf(lexicon.frequency(term.field, term.text), len(WORDS)) * weight.get(place, 0.0)
            for term in asked
            for place in [dimension(term.field, term.text)]
        )
        for number, weight in enumerate(weights, 1)
    }
    theirs = dict(lexicon.search(LexicalQuery(tuple(asked)), 10))
    assert len(theirs) == 4
    assert theirs == pytest.approx(ours, rel=1e-5)


def test_a_bag_counts_chunks_not_occurrences_and_survives_packing() -> None:
    bag = Bag.of([Counted.of(words) for words in WORDS[:2]])
    held = dict(zip(bag.dimensions.tolist(), bag.chunks.tolist(), strict=True))
    assert held[dimension("folded", "rau")] == 2
    assert held[dimension("folded", "hoa")] == 1
    assert bag.lengths["folded"] == 5 + 9
    again = Bag.unpacked(bag.packed(), bag.lengths)
    assert dict(zip(again.dimensions.tolist(), again.chunks.tolist(), strict=True)) == held
