"""Who has the most or the least: tables and sentences of made-up documents, every order worked out by hand."""

from __future__ import annotations

import pytest
from answer_parts import asked, chunk_of, make

from corpus.document import Document
from rag.ranking import Ranking, ranking
from rag.retrieve import Hit
from rag.superlatives import superlative

PLAIN = (
    "Biểu số hộ nghèo năm 2023\nSTT | Xã, thị trấn | Số hộ nghèo | Tỷ lệ hộ nghèo (%)\n1 | Tân Hà | 45 | 3,2\n"
    "2 | Tân Văn | 61 | 2,5\n3 | Tân Lập | 38 | 4,1\n4 | Thị trấn Nam Ban | 70 | 0,9\nTổng cộng | | 214 | 2,6"
)
NAMED = (
    "Xã | Hộ nghèo năm 2022 | Hộ nghèo năm 2023\nXã: Tân Hà | Hộ nghèo năm 2022: 50 | Hộ nghèo năm 2023: 41\n"
    "Xã: Tân Văn | Hộ nghèo năm 2022: 47 | Hộ nghèo năm 2023: 44"
)
SENTENCES = (
    "Năm 2023, xã Tân Hà trồng 1.200 cây xanh. Năm 2023, xã Tân Văn trồng 950 cây xanh. "
    "Năm 2023, xã Tân Lập trồng 1.310 cây xanh. Năm 2023, toàn huyện trồng 3.460 cây xanh."
)


def ranked(question: str, *documents: Document) -> Ranking | None:
    query = asked(question)
    wanted = superlative(query)
    assert wanted is not None
    hits = [Hit(chunk_of(document), 1.0) for document in documents]
    return ranking(query, wanted, hits, {document.id: document for document in documents})


@pytest.mark.parametrize(
    ("text", "question", "opening", "working"),
    [
        (
            PLAIN,
            "Xã nào có số hộ nghèo nhiều nhất?",
            "Nhiều nhất là xã Tân Văn (61), trong 3 số liệu so sánh được.",
            "So sánh: xã Tân Văn 61 > xã Tân Hà 45 > xã Tân Lập 38.",
        ),
        (
            PLAIN,
            "Đơn vị nào có tỷ lệ hộ nghèo thấp nhất năm 2023?",
            "Thấp nhất là Thị trấn Nam Ban (0,9), trong 4 số liệu so sánh được.",
            "So sánh: Thị trấn Nam Ban 0,9 < Tân Văn 2,5 < Tân Hà 3,2 < Tân Lập 4,1.",
        ),
        (
            NAMED,
            "Năm 2022, xã nào nhiều hộ nghèo nhất?",
            "Nhiều nhất là xã Tân Hà (50), trong 2 số liệu so sánh được.",
            "So sánh: xã Tân Hà 50 > xã Tân Văn 47.",
        ),
        (
            NAMED,
            "Năm 2023, xã nào nhiều hộ nghèo nhất?",
            "Nhiều nhất là xã Tân Văn (44), trong 2 số liệu so sánh được.",
            "So sánh: xã Tân Văn 44 > xã Tân Hà 41.",
        ),
        (
            SENTENCES,
            "Xã nào trồng ít cây xanh nhất?",
            "Ít nhất là xã Tân Văn (950), trong 3 số liệu so sánh được.",
            "So sánh: xã Tân Văn 950 < xã Tân Hà 1.200 < xã Tân Lập 1.310.",
        ),
        (
            "Làm đường bê tông: xã Tân Hà 5 km, xã Tân Văn 7 km, xã Tân Lập 7 km.",
            "Xã nào làm đường bê tông dài nhất?",
            "Dài nhất là cùng xã Tân Văn và xã Tân Lập (7), trong 3 số liệu so sánh được.",
            "So sánh: xã Tân Văn 7 = xã Tân Lập 7 > xã Tân Hà 5.",
        ),
        (
            "Đơn vị | Số hồ sơ\nTân Hà | 12\nTân Văn | -\nTân Lập | 15",
            "Đơn vị nào có nhiều hồ sơ nhất?",
            "Nhiều nhất là Tân Lập (15), trong 2 số liệu so sánh được.",
            "So sánh: Tân Lập 15 > Tân Hà 12. Không có số liệu để so sánh: Tân Văn.",
        ),
    ],
)
def test_the_order_with_its_working(text: str, question: str, opening: str, working: str) -> None:
    found = ranked(question, make(text))
    assert found is not None
    assert (found.opening, found.working) == (opening, working)


FEES = "Tên thủ tục | Mức thu\nA | 15.000\nB | Miễn phí\nC | 8/bản\nD | 28.000\nE | 9.000"
PLACES = "Địa phương | Số xã | Cán bộ dôi dư (người)\nHuyện Tân Hà | 28 | 57\nHuyện Tân Văn | 24 | 62"
ESCAPED = "Xã Tân Hà có hộ thoát nghèo.\nBiểu 1\nXã | Hộ nghèo\nTân Hà | 45\nTân Văn | 61"
ABOUT = (
    "Số liệu theo địa phương\nĐơn vị | Số trẻ dưới 1 tuổi | Tiêm đầy đủ | Tỷ lệ (%) | Quá hạn | So với vụ trước\n"
    "Xã Tân Hà | 180 | 171 | 95,0 | 3 | tăng 20 tấn\nXã Tân Văn | 134 | 118 | 88,1 | 9 | giảm 75 tấn\n"
    "Xã Tân Lập | 157 | 149 | 94,9 | 5 | tăng 31 tấn\nTổng số hồ sơ: 17."
)


@pytest.mark.parametrize(
    ("text", "question", "first"),
    [
        (ABOUT, "Xã nào đạt tỷ lệ trẻ dưới 1 tuổi tiêm đầy đủ cao nhất huyện?", "Xã Tân Hà (95,0)"),
        (ABOUT, "Xã nào có nhiều hồ sơ trễ hạn nhất?", "Xã Tân Văn (9)"),  # says the same, counts what is told below
        (ABOUT, "Xã nào tăng nhiều nhất so với vụ trước?", "Xã Tân Lập (tăng 31 tấn)"),
        (ABOUT, "Xã nào giảm nhiều nhất so với vụ trước?", "Xã Tân Văn (giảm 75 tấn)"),
        (PLAIN, "xã nào nghèo nhất huyện, tỉ lệ bao nhiêu", "xã Tân Lập (4,1)"),
        ("Tên | Diện tích\nÔng Lê Tám | 97,6\nBà Vũ Hoa | 86,0", "Ai có diện tích lớn nhất?", "Ông Lê Tám (97,6)"),
        (PLACES, "Huyện nào nhiều cán bộ dôi dư nhất?", "Huyện Tân Văn (62)"),  # "Địa phương" is no phường
        (PLACES, "Huyện nào trong kế hoạch có nhiều cán bộ dôi dư nhất?", "Huyện Tân Văn (62)"),
        (FEES, "Thủ tục nào mức thu cao nhất?", "D (28.000)"),  # others are free, or by the page
    ],
)  # fmt: skip
def test_the_column_that_tells_it(text: str, question: str, first: str) -> None:
    found = ranked(question, make(text, title="Biểu tổng hợp"))
    assert found is not None
    assert f"là {first}," in found.opening


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (ABOUT, "Xã nào đạt tỷ lệ hộ nghèo cao nhất?"),
        (ABOUT, "Xã nào có nhiều hồ sơ trả lại nhất?"),
        (PLACES, "Cấp 2 trường nào nhiều cán bộ dôi dư nhất?"),
        (ESCAPED, "Xã nào nhiều hộ thoát nghèo nhất?"),
        (FEES, "Thủ tục nào có mức thu thấp nhất?"),
        ("Tên thủ tục | Mức thu\nA | 15.000\nB | 90.000/bản\nC | 28.000", "Thủ tục nào có mức thu cao nhất?"),
    ],
)  # fmt: skip
def test_no_column_tells_it(text: str, question: str) -> None:
    assert ranked(question, make(text, title="Biểu tổng hợp")) is None


def test_each_figure_has_its_quote_and_a_plain_table_its_head() -> None:
    document = make(PLAIN)
    found = ranked("Xã nào có số hộ nghèo nhiều nhất?", document)
    assert found is not None
    assert [quote.text for quote in found.quotes] == [
        "STT | Xã, thị trấn | Số hộ nghèo | Tỷ lệ hộ nghèo (%)",
        "2 | Tân Văn | 61 | 2,5",
        "1 | Tân Hà | 45 | 3,2",
        "3 | Tân Lập | 38 | 4,1",
    ]
    told = ranked("Xã nào trồng nhiều cây xanh nhất?", make(SENTENCES))
    assert told is not None
    assert told.quotes[0].text == "Năm 2023, xã Tân Lập trồng 1.310 cây xanh."


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (NAMED, "Xã nào nhiều hộ nghèo nhất?"),  # of which year?
        (PLAIN, "Xã nào nhiều hộ khá nhất?"),
        (PLAIN, "Xã nào có số hộ nghèo nhiều nhất năm 2021?"),
        (PLAIN, "Huyện nào có số hộ nghèo nhiều nhất?"),
        (PLAIN, "Xã nào ở huyện Bắc Hà có số hộ nghèo nhiều nhất?"),
        ("Xã | Số hộ nghèo\nTân Hà | 1.200\nTân Văn | 2.5", "Xã nào có số hộ nghèo nhiều nhất?"),  # 2,5 or 2.500?
        ("Xã | Hộ nghèo\nTân Hà | 12 hộ\nTân Văn | 9%", "Xã nào có nhiều hộ nghèo nhất?"),
        ("Xã | Kế hoạch hộ nghèo\nTân Hà | 12\nTân Văn | 9", "Xã nào có nhiều hộ nghèo nhất?"),
        ("Xã Tân Hà trồng 12 cây xanh. Xã Tân Văn trồng 3 ha cây xanh.", "Xã nào trồng nhiều cây xanh nhất?"),
        (
            "Năm 2022, xã Tân Hà trồng 12 cây xanh. Năm 2023, xã Tân Văn trồng 30 cây xanh.",
            "Xã nào trồng nhiều cây xanh nhất?",
        ),
        (
            "Xã Tân Hà trồng 12 cây xanh. Xã Tân Hà trồng 15 cây xanh. Xã Tân Văn trồng 9 cây xanh.",
            "Xã nào trồng nhiều cây xanh nhất?",
        ),
        ("Xã Tân Hà trồng 12 cây xanh. Toàn huyện trồng 90 cây xanh.", "Xã nào trồng nhiều cây xanh nhất?"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_surely(text: str, question: str) -> None:
    assert ranked(question, make(text, title="Báo cáo năm 2023")) is None


def test_across_the_documents_of_several_districts() -> None:
    one = make("Toàn huyện tiếp nhận 376 đơn tố cáo.", place="huyện Lâm Hà", title="Báo cáo năm 2023")
    other = make("Cả huyện tiếp nhận 120 đơn tố cáo.", place="huyện Bắc Hà", title="Báo cáo năm 2023")
    found = ranked("Huyện nào tiếp nhận nhiều đơn tố cáo nhất?", one, other)
    assert found is not None
    assert found.working == "So sánh: huyện Lâm Hà 376 > huyện Bắc Hà 120."
    assert [quote.document.id for quote in found.quotes] == [one.id, other.id]
    older = make("Cả huyện tiếp nhận 500 đơn tố cáo.", place="huyện Mỹ Lộc", title="Báo cáo năm 2020")
    assert ranked("Huyện nào tiếp nhận nhiều đơn tố cáo nhất?", one, other, older) is None  # of another year


TWO = (
    "Xã Tân Hà còn 54 hộ nghèo, giảm 12 hộ so với năm 2022. Xã Tân Văn còn 38 hộ nghèo, giảm 20 hộ so với năm 2022.\n"
    "Tổng thu ngân sách của xã Tân Hà đạt 4 tỷ đồng, tăng 9% so với cùng kỳ. Tổng thu ngân sách của xã Tân Văn đạt 5 tỷ"
    " đồng, tăng 7% so với cùng kỳ."
)
YEARS = (
    "Năm 2022, xã Tân Hà có 9 mô hình, xã Tân Văn có 7 mô hình."
    " Năm 2023, xã Tân Hà có 8 mô hình, xã Tân Văn có 12 mô hình."
)


@pytest.mark.parametrize(
    ("text", "question", "working"),
    [
        (TWO, "Xã nào còn nhiều hộ nghèo nhất?", "So sánh: xã Tân Hà 54 > xã Tân Văn 38."),
        (
            TWO,
            "Xã nào nhiều hộ nghèo nhất?",
            "So sánh: xã Tân Hà 54 > xã Tân Văn 38.",
        ),  # 20 is the fall
        (TWO, "Xã nào giảm nhiều hộ nghèo nhất?", "So sánh: xã Tân Văn 20 > xã Tân Hà 12."),
        (TWO, "Xã nào thu ngân sách nhiều nhất?", "So sánh: xã Tân Văn 5 tỷ > xã Tân Hà 4 tỷ."),
        (YEARS, "Xã nào có nhiều mô hình nhất?", "So sánh: xã Tân Văn 12 > xã Tân Hà 8."),
        (YEARS, "Xã nào có nhiều mô hình nhất năm 2022?", "So sánh: xã Tân Hà 9 > xã Tân Văn 7."),
    ],
)
def test_the_figure_of_what_is_asked(text: str, question: str, working: str) -> None:
    found = ranked(question, make(text))
    assert found is not None
    assert found.working == working


def test_the_year_is_told_where_others_have_figures() -> None:
    found = ranked("Xã nào có nhiều mô hình nhất?", make(YEARS))
    assert found is not None
    assert found.opening == "Nhiều nhất là xã Tân Văn (12), trong 2 số liệu năm 2023 so sánh được."


def test_of_very_many_the_first_are_quoted() -> None:
    rows = "\n".join(f"{n} | Thôn {chr(65 + n // 26)}{chr(65 + n % 26)} | {500 - n}" for n in range(1, 41))
    found = ranked("Thôn nào nhiều hộ nghèo nhất?", make(f"STT | Thôn | Số hộ nghèo\n{rows}"))
    assert found is not None
    assert len(found.entries) == 40
    assert len(found.quotes) == 31  # the head, and 30 rows
    assert found.working.endswith("; 10 số liệu còn lại đều không nhiều hơn.")
