"""Claims laid over their evidence, with places counted by hand."""

from __future__ import annotations

from rag.alignment import Gap, align
from rag.pieces import pieces


def laid(claim: str, evidence: str) -> tuple[dict[int, int], dict[int, int]]:
    found = align(pieces(claim), pieces(evidence))
    return found.kept, found.moved


def test_what_is_kept_in_order() -> None:
    assert laid("xã đạt chuẩn", "hai xã đã đạt chuẩn") == ({0: 0 + 1, 1: 3, 2: 4}, {})
    assert laid("", "xã đạt chuẩn") == laid("xã đạt chuẩn", "") == ({}, {})


def test_a_part_that_stands_elsewhere_is_moved() -> None:
    # 0 xã 1 đạt 2 chuẩn 3 [năm 2020] over 0 [năm 2020] 1 xã 2 đạt 3 chuẩn
    assert laid("xã đạt chuẩn năm 2020", "năm 2020 xã đạt chuẩn") == ({0: 1, 1: 2, 2: 3}, {3: 0})


def test_long_runs_are_preferred_to_scattered_words() -> None:
    # of the two "xã" the one in the run is taken
    kept, _ = laid("xã Lạc Lâm đạt chuẩn", "xã nào cũng vui, xã Lạc Lâm đạt chuẩn")
    assert kept == {0: 4, 1: 5, 2: 6, 3: 7, 4: 8}


def test_gaps_lie_between_what_is_kept() -> None:
    found = align(pieces("xã Ka Đô đạt chuẩn"), pieces("xã Lạc Lâm sớm đạt chuẩn"))
    assert found.kept == {0: 0, 3: 4, 4: 5}
    assert [gap for gap in found.gaps if gap.claim or gap.evidence] == [Gap(range(1, 3), range(1, 4))]
    assert found.missing() == [1, 2]
    assert found.left_out() == {1, 2, 3}


def test_figures_are_laid_by_value() -> None:
    # "có" and the number, however it is written
    assert laid("có 1200 hộ", "có 1.200 hộ")[0] == {0: 0, 1: 1, 2: 2}
    assert laid("có hai xã", "có 2 xã")[0] == {0: 0, 1: 1, 2: 2}
    assert laid("có 200 hộ", "có 1.200 hộ")[0] == {0: 0, 2: 2}
