"""Which documents a question wants listed, read off its words."""

from __future__ import annotations

from datetime import date

import pytest
from answer_parts import asked

from corpus.document import Header
from rag.wanted import Wanted, spoken, wanted


def made(question: str) -> Wanted:
    found = wanted(asked(question))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "kind", "office", "topic"),
    [
        ("những văn bản nào nói về nhà ở?", None, "", "nhà ở"),
        ("các nghị quyết nào của Hội đồng nhân dân huyện?", "Nghị quyết", "hoi dong nhan dan huyen", ""),
        ("Ủy ban nhân dân huyện đã ban hành những quyết định nào?", "Quyết định", "uy ban nhan dan huyen", ""),
        ("liệt kê các kế hoạch của Ủy ban nhân dân xã Tân Hà", "Kế hoạch", "uy ban nhan dan xa", ""),
        ("danh sách bài viết về nông thôn mới", "Tin bài", "", "nông thôn mới"),
        ("có tài liệu nào nhắc đến cơ sở hạ tầng?", None, "", "cơ sở hạ tầng"),
        ("các quyết định về độ cao nhà ở", "Quyết định", "", "độ cao nhà ở"),  # "độ" is no "do"
    ],
)
def test_kind_office_and_topic(question: str, kind: str | None, office: str, topic: str) -> None:
    found = made(question)
    assert (found.kind, found.office, found.subject) == (kind, office, topic)


@pytest.mark.parametrize(
    "question",
    [
        "Nghị quyết nào của Huyện ủy nói về nông thôn mới?",  # one, that a text may name
        "những xã nào đạt chuẩn?",
        "các quyết định về xe ô tô công quy định bao nhiêu lít xăng?",  # asks what they say
        "những văn bản nào không nói về nhà ở?",
        "văn bản nào được nghị quyết 05/NQ-HĐND căn cứ?",  # the other way round
        "nghị quyết 05/NQ-HĐND căn cứ những văn bản nào?",
        "liệt kê các nhiệm vụ của công văn 118",
        "những văn bản nào?",
    ],
)
def test_what_wants_no_list_of_documents(question: str) -> None:
    assert wanted(asked(question)) is None


def test_what_they_rest_on() -> None:
    found = made("văn bản nào căn cứ Nghị quyết số 05/NQ-HĐND ngày 15/7/2023?")
    assert (found.keys, found.relations, found.periods) == (("5/nq/hdnd",), (("basis",),), ())
    assert made("những văn bản nào căn cứ Luật Nhà ở năm 2014?").keys == ("= luat nha o",)


def test_a_header_as_wanted() -> None:
    found = made("những nghị quyết nào của Hội đồng nhân dân huyện năm 2023?")
    header = Header("a", "Nghị quyết", issued_on=date(2023, 5, 1), issuer="HĐND huyện Tân Phú")
    assert found.is_of(header)
    assert not found.is_of(Header("a", "Quyết định", issued_on=date(2023, 5, 1), issuer="HĐND huyện Tân Phú"))
    assert not found.is_of(Header("a", "Nghị quyết", issued_on=date(2022, 5, 1), issuer="HĐND huyện Tân Phú"))
    assert not found.is_of(Header("a", "Nghị quyết", issued_on=date(2023, 5, 1), issuer="HĐND tỉnh Đồng Nai"))
    assert not found.is_of(Header("a", "Nghị quyết", issued_on=date(2023, 5, 1)))


def test_about_a_year_or_issued_then() -> None:
    found = made("những văn bản nào nói về ngân sách năm 2023?")
    assert found.is_of(Header("Dự toán ngân sách năm 2023", issued_on=date(2022, 12, 20)))
    assert not found.is_of(Header("Dự toán ngân sách", issued_on=date(2022, 12, 20)))


def test_spoken() -> None:
    assert spoken("UBND xã Lạc Lâm") == "uy ban nhan dan xa lac lam"
