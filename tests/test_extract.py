"""The reader with the shipped weights: the clause that answers, and not its neighbour."""

from __future__ import annotations

import pytest
from answer_parts import EMBEDDER, asked, found, make, whole

from rag.extract import Reader, answer_span, unpinned

TEXT = (
    "Trong năm, huyện giải quyết đúng hạn 512 hồ sơ đất đai; giải quyết trễ hạn 37 hồ sơ đất đai; trả lại 8 hồ sơ đất"
    " đai. Đồng chí Lê Văn Tám chủ trì hội nghị. Đồng chí Phạm Thị Hoa trình bày báo cáo. Hội nghị họp ngày 05/7/2021."
    " Đường liên thôn hư hỏng do mưa lũ kéo dài. Chợ huyện mở cửa mỗi ngày."
)


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("Huyện giải quyết trễ hạn bao nhiêu hồ sơ đất đai?", "giải quyết trễ hạn 37 hồ sơ đất đai"),
        ("huyen tra lai bao nhieu ho so dat dai", "trả lại 8 hồ sơ đất đai."),
        ("Ai chủ trì hội nghị?", "Đồng chí Lê Văn Tám chủ trì hội nghị."),
        ("Ai trình bày báo cáo?", "Đồng chí Phạm Thị Hoa trình bày báo cáo."),
        ("Hội nghị họp ngày nào?", "Hội nghị họp ngày 05/7/2021."),
        ("Vì sao đường liên thôn hư hỏng?", "Đường liên thôn hư hỏng do mưa lũ kéo dài."),
    ],
)
def test_the_clause_and_not_its_neighbour(question: str, clause: str) -> None:
    _, findings, _ = found(question, make(TEXT, title="Báo cáo"))
    assert findings[0].unit.quote == clause
    assert findings[0].against is None


def test_what_a_constraint_rules_out_comes_last() -> None:
    text = "Năm 2020 xã có 30 hộ nghèo. Năm 2021 xã có 20 hộ nghèo."
    _, findings, _ = found("Năm 2021 xã có bao nhiêu hộ nghèo?", make(text, title="Báo cáo"))
    assert [finding.unit.quote for finding in findings] == [
        "Năm 2021 xã có 20 hộ nghèo.",
        "Năm 2020 xã có 30 hộ nghèo.",
    ]
    assert findings[1].against is not None
    assert findings[1].against.kind == "year"


def test_passages_of_documents_that_are_gone_are_left_out() -> None:
    query, findings, _ = found("Ai chủ trì hội nghị?", make(TEXT))
    reader = Reader(EMBEDDER)
    assert findings
    assert reader.find(query, EMBEDDER.encode_query([query.text])[0], [], {}) == []


def test_features_are_read_by_name() -> None:
    _, findings, _ = found("Ai chủ trì hội nghị?", make(TEXT))
    assert findings[0].feature("name") == 1.0
    with pytest.raises(ValueError, match="not in"):
        findings[0].feature("nothing")


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [("Xã có bao nhiêu hộ nghèo?", "Xã có 34 hộ nghèo, 12 thôn.", "34"), ("Xã làm gì?", "Xã trồng hoa.", None)],
)
def test_the_nearest_thing_of_the_kind_asked_for(question: str, text: str, answer: str | None) -> None:
    span = answer_span(asked(question), whole(text))
    assert (span and span.of(text)) == answer


def test_what_is_held_anyway_does_not_weigh() -> None:
    query = asked("Năm 2021 huyện Lâm Hà có bao nhiêu hộ nghèo?")
    keys = [term.key for term in unpinned(query).terms]
    assert "hà" not in keys
    assert {"hộ", "nghèo"} <= set(keys)
    weights = {term.key: term.weight for term in query.terms}
    light = {term.key: term.weight for term in unpinned(query).terms}
    assert light["2021"] == pytest.approx(0.3 * weights["2021"])
    assert light["nghèo"] == weights["nghèo"]


@pytest.mark.parametrize("question", ["Ông Lê Văn Tám giữ chức vụ gì?", "Đồng chí Lê Văn Tám là ai?"])
def test_a_question_of_a_name_alone_keeps_it_with_its_address(question: str) -> None:
    query = asked(question)
    assert unpinned(query, light=0.0) == query


def test_a_post_before_a_name_is_held_with_it() -> None:
    query = asked("Ông nguyên Chủ tịch nước Lê Văn Tám sinh ở đâu?")
    weights, light = ({term.key: term.weight for term in each.terms} for each in (query, unpinned(query)))
    assert light["chủ"] == pytest.approx(0.3 * weights["chủ"])
    assert light["sinh"] == weights["sinh"]


def test_a_question_of_held_words_only_keeps_them() -> None:
    query = asked("huyện Lâm Hà")
    assert unpinned(query) == query


def test_a_clause_that_continues_a_list_is_chosen_by_its_opening() -> None:
    text = (
        "Tham dự lễ mít tinh có đồng chí Trần Văn Tư, Chủ tịch huyện; đại diện các trường; trưởng các thôn của xã."
        " Trưởng các thôn của xã báo cáo chiều qua."
    )
    _, findings, _ = found("Ở thôn thì ai tham dự lễ mít tinh?", make(text))
    assert findings[0].unit.quote in (
        "trưởng các thôn của xã.",
        "Tham dự lễ mít tinh có đồng chí Trần Văn Tư, Chủ tịch huyện",
    )
