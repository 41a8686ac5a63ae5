"""Why a passage came: matched stretches, what is missing, what was read into the question, scores with their names."""

from __future__ import annotations

from answer_parts import chunk_of
from store_parts import make

from rag.explain import LABELS, Change, Match, ScorePart, changes, explain
from rag.rank_features import FEATURES
from rag.retrieve import Hit
from rag.understand import query_of
from ui import schemas, why

TEXT = "Xã Lạc Lâm có 125 hộ nghèo. Cuộc họp ngheo nàn."


def explained(question: str, text: str = TEXT, **parts: float) -> tuple[list[Match], list[str]]:
    found = explain(query_of(question, question), (), Hit(chunk_of(make(text)), 1.0, parts))
    return list(found.matched), list(found.missing)


def test_stretches_of_the_question_that_the_passage_has() -> None:
    matched, missing = explained("Xã Lạc Lâm có bao nhiêu hộ nghèo đa chiều?")
    assert matched == [Match("Xã Lạc Lâm có", True), Match("hộ nghèo", True)]
    assert missing == ["đa", "chiều"]


def test_other_accents_are_told() -> None:
    assert explained("hộ nghẻo")[0] == [Match("hộ nghẻo", False)]


def test_a_passage_without_words() -> None:
    assert explained("Xã Lạc Lâm?", "–") == ([], ["xã", "lạc", "lâm"])


def test_what_was_read_otherwise_than_typed() -> None:
    assert changes("UBND xa nào?", "Ủy ban nhân dân xã nào?") == (Change("UBND xa", "Ủy ban nhân dân xã"),)
    assert changes("Xã nào?", "xã nào") == ()
    assert changes("công  văn", "công văn 118") == (Change("", "118"),)


def test_every_part_of_the_ranking_has_its_words_and_a_new_one_its_name() -> None:
    assert set(FEATURES.values()) <= set(LABELS)
    question = query_of("", "hộ nghèo")
    found = explain(question, (), Hit(chunk_of(make(TEXT)), 1.0, {"lexical": 3.5, "late_interaction": -0.25}))
    assert found.parts == (
        ScorePart("lexical", "từ khóa (BM25)", 3.5),
        ScorePart("late_interaction", "late interaction", -0.25),
    )


def test_lines_for_people() -> None:
    hit = Hit(chunk_of(make(TEXT)), 1.0, {"lexical": 3.5, "dense": 0.5, "words": 1.25, "place": -0.5})
    found = explain(query_of("ho ngheo đa chiều", "hộ nghèo đa chiều"), ("NTM", "Ka Đô"), hit)
    told = schemas.Explanation.model_validate(found)
    assert why.of_question(told) == [
        "Đã hiểu: hộ nghèo đa chiều",
        "Đọc lại: “ho ngheo” → “hộ nghèo”",
        "Tìm thêm: “NTM”, “Ka Đô”",
    ]
    assert why.of_passage(told) == [
        "Khớp: “hộ nghèo”",
        "Không có: đa, chiều",
        "Điểm tìm: từ khóa (BM25) 3,50; gần nghĩa (cosine) 0,50",
        "Xếp hạng, so với các đoạn khác: từ ngữ +1,25; vị trí trong văn bản −0,50",
    ]
