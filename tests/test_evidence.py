"""The features of units, each worked out by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from answer_parts import asked, part, whole

from corpus.document import Span
from index.embed import Vectors
from rag.evidence import FEATURES, Asked, Weights, features, held_words
from rag.terms import Word
from rag.understand import understand
from rag.units import Unit, opened_tokens, units_of


class OneWay:
    """Every text points the same way: its cosine with (1, 0) is 0.6."""

    def encode_document(self, inputs: list[str], /) -> Vectors:
        return np.tile(np.array([0.6, 0.8], dtype=np.float32), (len(inputs), 1))

    encode_query = encode_document


def rows(question: str, *units: Unit) -> list[dict[str, float]]:
    query = asked(question)
    given = Asked(query.terms, query.words, query.expected, np.array([1.0, 0.0], dtype=np.float32))
    return [dict(zip(FEATURES, row, strict=True)) for row in features(given, units, OneWay())]


def test_other_accents_are_another_word_where_a_unit_has_the_questions_own() -> None:
    burial, mourning = whole("Lễ an táng ở xã."), whole("Nhà tang lễ ở xã.")
    own, other = rows("Lễ an táng ở đâu?", burial, mourning)
    assert own["words"] == 1
    assert other["words"] < rows("Lễ an táng ở đâu?", mourning)[0]["words"]  # restored wrongly, perhaps


QUESTION = "Xã Lạc Lâm có bao nhiêu hộ nghèo?"  # terms: xã 2.08, lạc 3.74, lâm 3.69, hộ 2.96, nghèo 4.77 = 17.24


def test_the_unit_that_says_it_all() -> None:
    row, other = rows(QUESTION, whole("Xã Lạc Lâm có 120 hộ nghèo."), whole("Thị trấn Thạnh Mỹ vui."))
    assert row == pytest.approx(
        {
            "coverage": 1, "exact": 1, "telling": 1, "pairs": 1, "before": 0, "after": 0, "missing": 0, "figure": 1,
            "name": 0, "cause": 0,
            "near": 1 / 2,  # "có" stands next to "120"
            "noun": 1,
            "length": math.log(8),  # seven tokens
            "short": 0, "first": 0,
            "run": 4 / 8,  # "xã lạc lâm có" of the question's eight
            "cosine": 0.6, "words": 1, "lacking": 0, "counted": 1, "head": 1,
        }
    )  # fmt: skip
    assert other["before"] == pytest.approx(1)  # all of it stands in the unit before
    assert other["missing"] == pytest.approx(4.77 / 9)  # "nghèo"
    assert (other["coverage"], other["short"], other["figure"]) == (0, 1, 0)


def test_a_part_of_the_terms_is_their_share_of_the_weight() -> None:
    row, other = rows(QUESTION, whole("Xã Lạc Lâm rất vui trong hôm nay."), whole("Hộ nghèo có 120."))
    assert row["coverage"] == pytest.approx((2.08 + 3.74 + 3.69) / 17.24)
    assert row["after"] == pytest.approx((2.96 + 4.77) / 17.24)
    assert other["coverage"] == pytest.approx((2.96 + 4.77) / 17.24)
    assert row["telling"] == pytest.approx(row["coverage"])  # each term stands in one of the two units


def test_a_common_term_tells_less() -> None:
    row, other = rows(QUESTION, whole("Xã vui, hộ nghèo bớt đi nhiều."), whole("Xã vui, xã mới."))
    rare, common = math.log(3 / 1.5), math.log(3 / 2.5)  # in one of two units, in both
    assert other["telling"] == pytest.approx(2.08 * common / (2.08 * common + (2.96 + 4.77) * rare))
    assert row["telling"] == pytest.approx(1)  # "lạc" and "lâm" stand nowhere and tell nothing


def test_accents_count_only_in_exact() -> None:
    (row,) = rows(QUESTION, whole("Xa Lac Lam co 120 ho ngheo."))
    assert (row["coverage"], row["exact"]) == (1, 0)
    (plain,) = rows("xa lac lam co bao nhieu ho ngheo", whole("Xã Lạc Lâm có 120 hộ nghèo."))
    assert (plain["coverage"], plain["exact"]) == (pytest.approx(1), pytest.approx(1))


def test_words_apart_are_no_pair() -> None:
    (row,) = rows("hộ nghèo", whole("Nghèo thì hộ nào cũng lo."))
    assert (row["coverage"], row["pairs"]) == (1, 0)


def test_an_abbreviation_is_read_in_full() -> None:
    (row,) = rows("Ủy ban nhân dân xã", whole("UBND xã họp."))
    assert row["coverage"] == pytest.approx(1)
    assert [token.key for token in opened_tokens("ubnd")][:4] == ["ủy", "ban", "nhân", "dân"]
    assert opened_tokens("dân") == ()


def test_the_questions_own_figure_is_no_offer() -> None:
    same, new = rows("Trong 5 xã có bao nhiêu xã đạt?", whole("Có 5 xã."), whole("Có 3 xã."))
    assert (same["figure"], new["figure"]) == (0, 1)


@pytest.mark.parametrize(
    ("question", "offers", "lacks", "feature"),
    [
        ("Ai chủ trì?", "Hội nghị do đồng chí Vũ Đình Minh chủ trì.", "hội nghị được chủ trì tốt.", "name"),
        ("Nộp ở đâu?", "Hồ sơ nộp tại Thạnh Mỹ.", "hồ sơ nộp ngay.", "name"),
        ("Vì sao chậm?", "Chậm do thiếu người.", "Chậm nhiều lần.", "cause"),
        ("Khi nào họp?", "Họp ngày 05/7/2019.", "Họp rất lâu.", "figure"),
        ("Đạt tỷ lệ bao nhiêu phần trăm?", "Đạt tỷ lệ 80,73%.", "Đạt tỷ lệ cao.", "figure"),
    ],
)
def test_the_kind_asked_for(question: str, offers: str, lacks: str, feature: str) -> None:
    first, second = rows(question, whole(offers), whole(lacks))
    assert (first[feature], second[feature]) == (1, 0)


def test_the_counted_noun_stands_behind_the_figure() -> None:
    all_of_it, half, none = rows(
        "Có bao nhiêu chủ tịch?",
        whole("Kiện toàn 05 chủ tịch."),
        whole("Có 05 chủ nhiệm."),
        whole("Chủ tịch đi 5 nơi."),
    )
    assert (all_of_it["counted"], half["counted"], none["counted"]) == (1, 0.5, 0)


def test_head_looks_at_the_first_twelve_syllables() -> None:
    early, late = rows("hộ nghèo", whole("Hộ nghèo " + "a " * 20), whole("a " * 12 + "hộ nghèo"))
    assert (early["head"], late["head"]) == (1, 0)


def test_a_word_whose_syllables_stand_apart_counts_half() -> None:
    asked_words = [Word(("dan", "so"), 6.0), Word(("huyen",), 3.0)]
    assert held_words(asked_words, {"dan", "so", "huyen"}, {("dan", "so")}) == (1.0, 0.0)
    assert held_words(asked_words, {"dan", "so", "huyen"}, set()) == pytest.approx(((3 + 3) / 9, 6 / 9))
    assert held_words(asked_words, {"dan"}, set()) == pytest.approx((6 * 0.25 / 9, 6 / 9))
    assert held_words((), {"dan"}, set()) == (0.0, 0.0)


def test_no_units_give_an_empty_table() -> None:
    assert rows(QUESTION) == []


def test_units_are_the_clauses_of_a_passage() -> None:
    text = "Trước. Xã A có 3 thôn; xã B có 5 thôn. Sau."
    units = units_of(text, Span(7, len(text)))
    assert [unit.quote for unit in units] == ["Xã A có 3 thôn", "xã B có 5 thôn.", "Sau."]
    assert [unit.first for unit in units] == [True, False, False]
    assert part(text, "xã B").span == Span(23, 27)


def test_the_shipped_weights_fit_the_features(tmp_path: Path) -> None:
    assert Weights.load().values.shape == (len(FEATURES),)
    table = dict.fromkeys(FEATURES, 0.0) | {"figure": 2.0, "short": -1.0}
    path = tmp_path / "reader.json"
    path.write_text(json.dumps({"weights": table}), encoding="utf-8")
    one = np.zeros((1, len(FEATURES)))
    one[0, FEATURES.index("figure")] = one[0, FEATURES.index("short")] = 1.0
    assert Weights.load(path).score(one) == pytest.approx([1.0])


@pytest.mark.parametrize("change", [{"figures": 1.0}, {"figure": None}])
def test_weights_of_another_reader_are_refused(tmp_path: Path, change: dict[str, float | None]) -> None:
    table = {name: value for name, value in (dict.fromkeys(FEATURES, 0.0) | change).items() if value is not None}
    path = tmp_path / "reader.json"
    path.write_text(json.dumps({"weights": table}), encoding="utf-8")
    with pytest.raises(ValueError, match=r"reader\.json weighs .*the reader has"):
        Weights.load(path)


def test_what_is_counted_may_stand_as_it_was_typed() -> None:
    query = understand("Có bao nhiêu đơn KNTC?")
    given = Asked(query.terms, query.words, query.expected, np.array([1.0, 0.0], dtype=np.float32))
    table = features(
        given, [whole("Nhận 376 đơn KNTC."), whole("Gồm 23 đơn Khiếu nại."), whole("Họp 5 lần.")], OneWay()
    )
    assert table[:, FEATURES.index("counted")].tolist() == [1, 1, 0]
