"""Summaries: the telling sentences of a document or a section, in its order, each a quote of its own."""

from __future__ import annotations

import pytest
from answer_parts import asked, found

from corpus.document import Document
from corpus.load import parse
from rag.decide import Decision, decide
from rag.summary import MOST, asks_summary, summary

TEXT = """HUYỆN ỦY LÂM HÀ
Số 30-KH/HU
Lâm Hà, ngày 10 tháng 12 năm 2022

KẾ HOẠCH
Trồng rừng phòng hộ đầu nguồn

Kính gửi: Các xã trồng rừng phòng hộ đầu nguồn trong toàn huyện Lâm Hà.

I. Mục đích
Kế hoạch trồng rừng phòng hộ nhằm giữ nguồn nước và chống xói mòn đất đầu nguồn.
Trời hôm ấy nắng đẹp và gió nhẹ thổi qua những mái nhà.
II. Nhiệm vụ
1. Các xã trồng 120 ha rừng phòng hộ đầu nguồn trước mùa mưa.
2. Hạt Kiểm lâm cấp cây giống và hướng dẫn kỹ thuật trồng rừng phòng hộ:
- cây keo
III. Tổ chức thực hiện
Trong quá trình thực hiện nếu có vướng mắc thì trồng rừng phòng hộ báo cáo Huyện ủy.
Ban Dân vận theo dõi việc trồng rừng phòng hộ và báo cáo Huyện ủy hằng quý.

Nơi nhận:
- Các xã có rừng phòng hộ đầu nguồn trong toàn huyện để thực hiện.
T/M BAN THƯỜNG VỤ
"""
PLAN = parse(TEXT.encode(), "kh.txt")


def quotes(question: str, document: Document = PLAN) -> list[str]:
    return [quote.text for quote in summary(asked(question), document)]


def test_the_telling_sentences_in_the_documents_order() -> None:
    told = quotes("Tóm tắt kế hoạch 30-KH/HU")
    assert told[0].startswith("Kế hoạch trồng rừng phòng hộ nhằm giữ nguồn nước")
    assert "Các xã trồng 120 ha rừng phòng hộ đầu nguồn trước mùa mưa." in told  # without its list mark
    assert told[-1].startswith("Ban Dân vận theo dõi")
    assert [TEXT.index(quote) for quote in told] == sorted(TEXT.index(quote) for quote in told)


def test_neither_letterhead_addressees_headings_leads_formulas_nor_copies() -> None:
    told = " ".join(quotes("Tóm tắt kế hoạch 30-KH/HU"))
    for outside in ("Kính gửi", "HUYỆN ỦY", "Mục đích", "Hạt Kiểm lâm", "vướng mắc", "để thực hiện"):
        assert outside not in told


def test_a_section_that_the_question_names() -> None:
    assert quotes("Nội dung chính của phần II kế hoạch 30-KH/HU") == [
        "Các xã trồng 120 ha rừng phòng hộ đầu nguồn trước mùa mưa."
    ]
    assert quotes("tom tat phan 7 cua ke hoach 30-KH/HU") == []


def test_every_quote_knows_its_section() -> None:
    sections = [quote.section for quote in summary(asked("Tóm tắt kế hoạch"), PLAN)]
    assert sections[0] == "I. Mục đích"
    assert sections[-1] == "III. Tổ chức thực hiện"


def test_a_long_document_is_told_in_a_few_sentences_from_all_its_sections() -> None:
    lines = (
        f"Điều {n}. Việc thứ {n}\n" + "".join(f"Xã số {n}{k} trồng {k} ha rừng phòng hộ đầu nguồn.\n" for k in range(9))
        for n in range(1, 5)
    )
    sections = "".join(lines)
    told = summary(asked("Tóm tắt quy chế"), parse(f"QUY CHẾ\nTrồng rừng\n{sections}".encode(), "qc.txt"))
    assert len(told) == MOST
    assert {quote.section for quote in told} == {f"Điều {n}. Việc thứ {n}" for n in range(1, 5)}


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("tom tat cong van 118", True),
        ("Nội dung chính của phần II là gì?", True),
        ("Nêu khái quát báo cáo này", True),
        ("Công văn 118 nói về việc gì?", False),  # its subject says it
        ("Có bao nhiêu nội dung?", False),
    ],
)
def test_asking_for_a_summary(question: str, asks: bool) -> None:
    assert asks_summary(asked(question)) is asks


def decided(question: str, *documents: Document) -> Decision:
    return decide(*found(question, *documents))


def test_the_document_that_is_meant_is_summed_up() -> None:
    other = parse(TEXT.replace("30-KH/HU", "31-KH/HU").replace("120 ha", "75 ha").encode(), "kh2.txt")
    told = decided("Tóm tắt kế hoạch 31-KH/HU", PLAN, other)
    assert {quote.document.id for quote in told.quotes} == {other.id}
    assert "75 ha" in " ".join(quote.text for quote in told.quotes)


def test_what_is_not_there_is_refused() -> None:
    assert decided("Tóm tắt kế hoạch 99-KH/HU", PLAN).reason == "not_in_documents"
    assert decided("Tóm tắt phần IX của kế hoạch 30-KH/HU", PLAN).reason == "not_in_documents"


def test_a_section_is_named_by_its_words() -> None:
    text = (
        "Số: 7/BC-UBND\nBÁO CÁO\nI. Tình hình chăn nuôi\nĐàn bò tăng khá so với các năm trước đây của xã.\n"
        "II. Khó khăn, vướng mắc\nChuồng trại của nhiều hộ còn tạm bợ, chưa có chỗ xử lý chất thải."
    )
    document = parse(text.encode(), "bao-cao.txt")
    told = [quote.text for quote in summary(asked("Tóm tắt phần khó khăn, vướng mắc của báo cáo số 7"), document)]
    assert told == ["Chuồng trại của nhiều hộ còn tạm bợ, chưa có chỗ xử lý chất thải."]
    assert summary(asked("Tóm tắt phần tài chính của báo cáo số 7"), document) == ()
