"""Links read from what a document says, each with its clause; and what says nothing of the kind."""

from __future__ import annotations

import time

import pytest
from store_parts import make

from corpus.document import Document
from corpus.links import find_links


def document(text: str, kind: str = "Quyết định", number: str = "99/QĐ-UBND") -> Document:
    return make(text, kind=kind, number=number)


def links(text: str, kind: str = "Quyết định") -> list[tuple[str, str | None, str | None]]:
    found = find_links(document(text, kind))
    return [(link.relation, link.target.number or link.target.name, link.part) for link in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Căn cứ Nghị định số 24/2014/NĐ-CP ngày 04 tháng 4 năm 2014 của Chính phủ quy định chi tiết thi hành một số"
            " điều của Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015 và Nghị định số 107/2020/NĐ-CP;",
            [("basis", "24/2014/NĐ-CP", None)],
        ),
        (
            "Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024; Nghị định số 12/2024/NĐ-CP ngày 05/02/2024;",
            [("basis", "Luật Đất đai", None), ("basis", "12/2024/NĐ-CP", None)],
        ),
        (
            "Điều 3. Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 15/QĐ-UBND ngày 02/3/2018 của"
            " UBND huyện về việc sửa đổi, bổ sung Quyết định số 7/QĐ-UBND ngày 01/02/2016.",
            [("replaces", "15/QĐ-UBND", None)],
        ),
        (
            "Bãi bỏ Điều 3 của Quyết định số 15/QĐ-UBND ngày 02/3/2018.",
            [("revokes", "15/QĐ-UBND", "Điều 3")],
        ),
        (
            "Bãi bỏ các văn bản sau đây:\n1. Quyết định số 15/QĐ-UBND ngày 02/3/2018 về phí chợ.\n"
            "2. Quyết định số 16/QĐ-UBND ngày 05/3/2018 về bến xe.",
            [("revokes", "15/QĐ-UBND", None), ("revokes", "16/QĐ-UBND", None)],
        ),
        (
            "Thông tư số 20/2023/TT-BTC ngày 29 tháng 12 năm 2023 hết hiệu lực kể từ ngày Thông tư này có hiệu lực.",
            [("revokes", "20/2023/TT-BTC", None)],
        ),
        (
            "Sửa đổi, bổ sung khoản 2 Điều 5 của Thông tư số 17/2022/TT-BTC ngày 06/9/2022 như sau:",
            [("amends", "17/2022/TT-BTC", "khoản 2 Điều 5")],
        ),
        (
            "Thay thế cụm từ “Sở Nội vụ” tại Điều 4 Quyết định số 15/QĐ-UBND.",
            [("amends", "15/QĐ-UBND", "cụm từ “Sở Nội vụ” tại Điều 4")],
        ),
        (
            "Triển khai thực hiện Nghị quyết số 12-NQ/HU ngày 12/4/2019 của Huyện ủy về nông thôn mới; Kế hoạch số"
            " 30-KH/HU.",
            [("implements", "12-NQ/HU", None), ("implements", "30-KH/HU", None)],
        ),
        (
            "Luật Đầu tư số 67/2014/QH14 đã được sửa đổi, bổ sung một số điều theo Luật số 90/2015/QH13, Luật số"
            " 28/2018/QH14 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.",
            [("revokes", "67/2014/QH14", None)],
        ),
        (
            "Bãi bỏ phần định nghĩa của chỉ tiêu số 20 về số ngày điều trị quy định tại Thông tư số 28/2014/TT-BYT.",
            [("revokes", "28/2014/TT-BYT", "phần định nghĩa của chỉ tiêu số 20 về số ngày điều trị quy định")],
        ),
        (
            "Bãi bỏ Quy chế làm việc ban hành kèm theo Quyết định số 15/QĐ-UBND ngày 02/3/2018.",
            [("revokes", "15/QĐ-UBND", None)],
        ),
        (
            "Thông tư này thay thế, bãi bỏ các Thông tư sau: Thông tư số 5/2011/TT-BTC; Thông tư số 6/2012/TT-BTC.",
            [("replaces", "5/2011/TT-BTC", None), ("replaces", "6/2012/TT-BTC", None)],
        ),
        (
            "2. Kể từ ngày Thông tư này có hiệu lực thi hành, Thông tư số 5/2011/TT-BTC hết hiệu lực.",
            [("revokes", "5/2011/TT-BTC", None)],
        ),
        (
            "Nghị định này thay thế các Nghị định sau của Chính phủ: Nghị định số 122/2016/NĐ-CP; bãi bỏ các Quyết định"
            " số 5/2009/QĐ-TTg ngày 31/12/2009 và Quyết định số 6/2012/QĐ-TTg.",
            [
                ("replaces", "122/2016/NĐ-CP", None),
                ("revokes", "5/2009/QĐ-TTg", None),
                ("revokes", "6/2012/QĐ-TTg", None),
            ],
        ),
        (
            "Bãi bỏ Chương II Phần II Thông tư số 17/2016/TT-BTNMT.",
            [("revokes", "17/2016/TT-BTNMT", "Chương II Phần II")],
        ),
        ("Thực hiện Kết luận số 118-KL/HU ngày 15/5/2018.", [("concludes", "118-KL/HU", None)]),
        ("Tiếp theo Công văn số 118-CV/HU ngày 11/10/2019, Ban Dân vận đề nghị", [("follows", "118-CV/HU", None)]),
        (
            "QUY CHẾ LÀM VIỆC\n(Ban hành kèm theo Quyết định số 15/QĐ-UBND ngày 02/3/2018)",
            [("attached", "15/QĐ-UBND", None)],
        ),
    ],
)
def test_links_of_a_text(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert links(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Việc thử nghiệm thực hiện theo Thông tư số 09/2009/TT-BKHCN.",
        "Đơn vị thực hiện công tác khuyến nông cấp xã, Thông tư số 60/2025/TT-BNNMT quy định",
        "Việc chi thực hiện theo quy định tại Thông tư số 40/2017/TT-BTC ngày 28/4/2017.",
        "Quyết định số 15/QĐ-UBND được thay thế bởi Quyết định số 20/QĐ-UBND ngày 01/01/2020.",
        "Luật này đã được sửa đổi, bổ sung theo Luật số 10/2020/QH14.",
        "Đề nghị Chính phủ bãi bỏ Nghị định số 15/2018/NĐ-CP.",
        "Ban hành kèm theo Quyết định này là quy chế làm việc.",
        "Quyết định số 99/QĐ-UBND thay thế cán bộ nghỉ hưu.",
        "Các cơ quan căn cứ Nghị định số 15/2018/NĐ-CP để lập dự toán.",
    ],
)
def test_what_is_no_link(text: str) -> None:
    assert links(text) == []


def test_a_report_tells_of_changes_and_makes_none() -> None:
    text = "Nghị quyết này thay thế Nghị quyết số 5-NQ/HU ngày 02/3/2018."
    assert links(text, "Tin bài") == []
    assert links(text, "Nghị quyết") == [("replaces", "5-NQ/HU", None)]


def test_the_new_wording_of_what_is_amended_is_not_the_documents_own() -> None:
    text = (
        "Sửa đổi Điều 9 của Quyết định số 15/QĐ-UBND như sau:\n"
        "“Điều 9. Hiệu lực\nQuyết định này thay thế Quyết định số 3/QĐ-UBND.”\n"
    )
    assert links(text) == [("amends", "15/QĐ-UBND", "Điều 9")]


def test_the_span_is_the_clause_and_of_an_item_also_its_lead() -> None:
    lead = "Bãi bỏ các văn bản sau đây:\n1. Quyết định số 15/QĐ-UBND về phí chợ"
    this = document(f"Điều 1. Nội dung\n{lead}.\n2. Quyết định số 16/QĐ-UBND.\nĐiều 2. Hiệu lực.")
    first, second = find_links(this)
    assert first.span.of(this.text) == f"{lead}."
    assert second.span.of(this.text) == f"{lead}.\n2. Quyết định số 16/QĐ-UBND."


def test_a_document_has_no_link_to_itself_and_one_for_each_relation() -> None:
    text = "Thực hiện Nghị quyết số 12-NQ/HU. Thực hiện Nghị quyết số 12-NQ/HU ngày 12/4/2019. Thực hiện Quyết định số"
    [link] = find_links(document(f"{text} 99/QĐ-UBND."))
    assert str(link.target.issued_on) == "2019-04-12"


@pytest.mark.parametrize(
    "piece", ["bãi bỏ ", "Quyết định số 1/QĐ-UB, ", "thay thế Quyết định số 1/QĐ-UB ", "“a\n", "Căn cứ:\n- ", "này "]
)
def test_hostile_text_is_read_in_a_moment(piece: str) -> None:
    started = time.perf_counter()
    find_links(document(piece * (100_000 // len(piece))))
    assert time.perf_counter() - started < 3
