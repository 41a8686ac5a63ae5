"""Lists of documents: by topic, by header, by what they rest on; each with a quote, and how many were looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from office_files import assistant_over, official, told

from rag.answer import Request
from rag.assistant import Assistant

COUNCIL, OFFICE, COMMUNE = (
    "HỘI ĐỒNG NHÂN DÂN\nHUYỆN TÂN PHÚ", "ỦY BAN NHÂN DÂN\nHUYỆN TÂN PHÚ", "ỦY BAN NHÂN DÂN\nXÃ PHÚ AN"
)  # fmt: skip
FILES = {
    "nq05.txt": official(
        COUNCIL,
        "05/NQ-HĐND",
        "Tân Phú, ngày 15 tháng 7 năm 2023",
        "NGHỊ QUYẾT",
        "Về phát triển nhà ở xã hội giai đoạn 2023-2025",
        "Căn cứ Luật Nhà ở ngày 25 tháng 11 năm 2014;\n\nĐiều 1. Đến năm 2025 xây 320 căn nhà cho công nhân.",
    ),
    "nq06.txt": official(
        COUNCIL,
        "06/NQ-HĐND",
        "Tân Phú, ngày 20 tháng 12 năm 2022",
        "NGHỊ QUYẾT",
        "Về dự toán thu, chi ngân sách năm 2023",
        "Điều 1. Tổng thu ngân sách là 512 tỷ đồng.",
    ),
    "kh12.txt": official(
        OFFICE,
        "12/KH-UBND",
        "Tân Phú, ngày 02 tháng 8 năm 2023",
        "KẾ HOẠCH",
        "Phát triển nhà ở xã hội trên địa bàn huyện",
        "Căn cứ Nghị quyết số 05/NQ-HĐND ngày 15 tháng 7 năm 2023 của Hội đồng nhân dân huyện Tân Phú;\n\n"
        "1. Phòng Kinh tế rà soát quỹ đất trước ngày 30/9/2023.",
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Thị Hoa",
    ),
    "bc77.txt": official(
        COMMUNE,
        "77/BC-UBND",
        "Phú An, ngày 05 tháng 12 năm 2023",
        "BÁO CÁO",
        "Kết quả giảm nghèo năm 2023",
        "Năm 2023 xã giảm 54 hộ nghèo. Xã đã bàn giao 12 căn nhà ở xã hội cho hộ nghèo.",
        "CHỦ TỊCH\nPhạm Văn Long",
    ),
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = assistant_over(tmp_path_factory.mktemp("office"), FILES)
    yield opened
    opened.store.close()


@pytest.mark.parametrize(
    ("question", "files", "quote"),
    [
        ("những văn bản nào nói về nhà ở xã hội?", ["bc77", "kh12", "nq05"], "12 căn nhà ở xã hội"),
        ("nhung van ban nao noi ve nha o xa hoi", ["bc77", "kh12", "nq05"], "12 căn nhà ở xã hội"),
        ("các văn bản về nhà ở xã hội", ["kh12", "nq05"], "Phát triển nhà ở xã hội"),  # by what they are called
        ("các nghị quyết nào của HĐND huyện Tân Phú?", ["nq05", "nq06"], "phát triển nhà ở"),
        ("HĐND huyện đã ban hành những nghị quyết nào năm 2022?", ["nq06"], "dự toán thu, chi ngân sách"),
        ("liệt kê các nghị quyết của HĐND huyện về nhà ở", ["nq05"], "phát triển nhà ở"),
        ("những văn bản nào do bà Nguyễn Thị Hoa ký?", ["kh12"], "Phát triển nhà ở"),
        ("những văn bản nào ban hành trong tháng 12 năm 2023?", ["bc77"], "giảm nghèo"),
        ("văn bản nào căn cứ nghị quyết 05/NQ-HĐND?", ["kh12"], "Căn cứ Nghị quyết số 05/NQ-HĐND"),
        ("nghị quyết 05 được những văn bản nào triển khai?", ["kh12"], "Căn cứ Nghị quyết số 05/NQ-HĐND"),
        ("những văn bản nào căn cứ Luật Nhà ở?", ["nq05"], "Căn cứ Luật Nhà ở"),
    ],
)
def test_a_quote_for_each_document_the_newest_first(
    assistant: Assistant, question: str, files: list[str], quote: str
) -> None:
    answer = told(assistant, question)
    assert [cited.file.removesuffix(".txt") for cited in answer.citations] == files
    assert quote in answer.citations[0].quote
    assert answer.answer.startswith(f"Có {len(files)} văn bản trong 4 tài liệu đã xem.")


@pytest.mark.parametrize(
    "question",
    [
        "những chỉ thị nào của HĐND huyện?",  # none of this kind
        "những nghị quyết nào của HĐND tỉnh năm 2023?",  # another council's
        "những văn bản nào nói về giá vàng?",
        "văn bản nào căn cứ nghị quyết 99/NQ-HĐND?",
    ],
)
def test_no_list_without_a_document(assistant: Assistant, question: str) -> None:
    assert "tài liệu đã xem" not in told(assistant, question).answer


def test_what_may_not_be_seen_is_neither_listed_nor_counted(assistant: Assistant) -> None:
    [plan] = [each.id for each in assistant.store.documents() if each.file == "kh12.txt"]
    answer = assistant.ask(Request("những văn bản nào nói về nhà ở xã hội?", document_ids=(plan,)))
    assert [cited.document_id for cited in answer.citations] == [plan]
    assert answer.answer.startswith("Có 1 văn bản trong 1 tài liệu đã xem.")


def test_the_most_is_compared_or_not_told(assistant: Assistant) -> None:
    answer = told(assistant, "xã nào giảm nhiều hộ nghèo nhất?")
    assert answer.abstained  # one commune's figure is no comparison
