"""The ranker's features, worked out by hand on a few short passages."""

from __future__ import annotations

import numpy as np
import pytest

from index.lexical import Field
from rag.rank_features import FEATURES, Candidates, features
from rag.rank_question import Frequency, Matrix, Question
from rag.rank_tokens import Packed, hashed


def equally_rare(field: Field, text: str) -> int:
    return 1


def table(
    question: str,
    *passages: str,
    documents: tuple[int, ...] | None = None,
    frequency: Frequency = equally_rare,
    chunks: int = 100,
) -> dict[str, Matrix]:
    count = len(passages)
    candidates = Candidates(
        texts=Packed.of(passages),
        lexical=np.linspace(4.0, 1.0, count),
        cosine=np.zeros(count),
        alike=(np.full(count, 0.5, np.float32), np.zeros(count, np.float32)),
        told=np.full((count, 3), 0.25, np.float32),
        ordinals=np.arange(count),
        documents=np.array(documents or range(count)),
        document_lexical=np.full(count, 8.0),
        document_sizes=np.full(count, 2),
    )
    rows = features(Question.of(question, frequency, chunks), candidates)
    return dict(zip(FEATURES, rows.T, strict=True))


def test_texts_become_hashes_of_their_syllables() -> None:
    packed = Packed.of(["Xã Lạc-Lâm, năm 2019.", ""])
    assert packed.starts.tolist() == [0, 5, 5]
    assert packed.exact.tolist() == [hashed(key) for key in ("xã", "lạc", "lâm", "năm", "2019")]
    assert packed.plain.tolist() == [hashed(key) for key in ("xa", "lac", "lam", "nam", "2019")]


def test_cover_is_the_share_of_the_questions_content() -> None:
    found = table("xã Lạc Lâm", "Lạc Lâm đạt", "xã khác", "xa Lac Lam", "")
    assert found["cover"] == pytest.approx([2 / 3, 1 / 3, 0, 0])
    assert found["cover_plain"] == pytest.approx([2 / 3, 1 / 3, 1, 0])
    assert found["missing"] == pytest.approx([1, 1, 1, 1])  # all weigh the same
    assert found["names"] == pytest.approx([1, 0, 0, 0])
    assert table("Xã Lạc Lâm", "ở Lạc Lâm, xã")["missing"] == pytest.approx([0])


def test_an_unaccented_question_is_compared_without_accents() -> None:
    found = table("xa lac lam", "xã Lạc Lâm", "xã khác")
    assert found["cover"] == pytest.approx([1, 1 / 3])
    assert found["pairs"] == pytest.approx([1, 0])


def test_words_that_only_ask_are_no_content() -> None:
    assert table("xã nào", "nào là xã", "nào")["cover"] == pytest.approx([1, 0])


def test_phrases_are_what_stands_together_in_the_questions_order() -> None:
    found = table("trồng rừng phòng hộ", "trồng rừng và phòng hộ", "rừng phòng hộ trồng", "hộ phòng rừng trồng")
    assert found["pairs"] == pytest.approx([2 / 3, 2 / 3, 0])  # trồng rừng, phòng hộ; rừng phòng, phòng hộ
    assert found["triples"] == pytest.approx([0, 1 / 3, 0])  # rừng phòng hộ
    assert found["run"] == pytest.approx([1 / 3, 2 / 3, 0])


def test_nearness_is_the_most_content_within_a_width() -> None:
    apart = "trồng " + "và " * 20 + "rừng " + "và " * 8 + "phòng hộ"
    found = table("trồng rừng phòng hộ", apart, "trồng rừng phòng hộ")
    assert found["near_15"] == pytest.approx([3 / 4, 1])
    assert found["near_30"] == pytest.approx([3 / 4, 1])
    assert found["near_60"] == pytest.approx([1, 1])


def test_the_opening_is_the_first_forty_syllables() -> None:
    found = table("trồng rừng", "trồng " + "và " * 39 + "rừng", "trồng " + "và " * 38 + "rừng")
    assert found["opening"] == pytest.approx([1 / 2, 1])


def test_a_documents_passages_cover_a_question_together() -> None:
    found = table("trồng rừng", "trồng cây", "giữ rừng", "rừng", documents=(7, 7, 8))
    assert found["document_cover"] == pytest.approx([1, 1, 1 / 2])
    assert found["document_sum"] == pytest.approx([2, 2, 2])  # 8 of the best passage's 4
    assert found["document_mean"] == pytest.approx([1, 1, 1])
    assert found["lexical"] == pytest.approx([1, 2.5 / 4, 1 / 4])


def test_words_that_weigh_nothing_together_are_near_nothing() -> None:
    def frequency(field: Field, text: str) -> int:  # of two chunks one has "rung", both have "trong": ± log(2.5 / 1.5)
        return 1 if text in ("rung", "rừng") else 2

    with np.errstate(all="raise"):
        found = table("trồng rừng", "trồng rừng", "trồng", frequency=frequency, chunks=2)
    assert all(found[f"near_{width}"].tolist() == [0, 0] for width in (15, 30, 60))
    assert found["cover"].tolist() == [0, 0]


@pytest.mark.parametrize("question", ["?", "nào", "2019", "xã xã xã", "xã " * 200])
@pytest.mark.parametrize("passages", [("",), ("", "xã"), ("2019. " * 300, "…")])
def test_odd_questions_and_passages_have_finite_features(question: str, passages: tuple[str, ...]) -> None:
    found = table(question, *passages)
    assert all(np.isfinite(column).all() for column in found.values())
