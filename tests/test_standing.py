"""Which document holds now: what replaced it, what differs from it, how old it is, over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from answer_parts import asked, finding, make

from corpus.document import Span
from corpus.load import parse
from index.embed import load_embedder
from index.store import Store, Upload
from rag.answer import Answer, Request
from rag.assistant import Assistant
from rag.compose import Quote, citation
from rag.conflicts import DIFFER, says_otherwise
from rag.standing import ages, asks_now

DECISION = """ỦY BAN NHÂN DÂN
HUYỆN LÂM HÀ
Số: {number}
Lâm Hà, ngày {day}

QUYẾT ĐỊNH
Về mức thu phí sử dụng chợ trên địa bàn huyện Lâm Hà

Điều 1. Mức thu phí sử dụng chợ đối với hộ kinh doanh cố định là {fee} đồng một ngày.
Điều 2. Ban quản lý chợ nộp số phí thu được vào ngân sách huyện trước ngày {until} hằng tháng.
Điều 3. {end}
"""
REPORT = """HUYỆN ỦY BẮC HÀ
ĐẢNG CỘNG SẢN VIỆT NAM
Số {number}-BC/HU
Bắc Hà, ngày 10 tháng 12 năm {year}

BÁO CÁO
Kết quả công tác dân vận huyện Bắc Hà

Toàn huyện có {models} mô hình dân vận khéo được công nhận.
Hội nghị do đồng chí Nguyễn Văn An chủ trì.
"""
REPLACES = "Quyết định này thay thế Quyết định số 15/QĐ-UBND ngày 02 tháng 3 năm 2018 của UBND huyện Lâm Hà."
FILES = {
    "cu.txt": DECISION.format(
        number="15/QĐ-UBND",
        day="02 tháng 3 năm 2018",
        fee="5.000",
        until="10",
        end="Quyết định có hiệu lực từ ngày ký.",
    ),
    "moi.txt": DECISION.format(number="20/QĐ-UBND", day="05 tháng 01 năm 2024", fee="7.000", until="10", end=REPLACES),
    "bc22.txt": REPORT.format(number=12, year=2022, models=45),
    "bc25.txt": REPORT.format(number=19, year=2025, models=62),
}
FEE = "Mức thu phí sử dụng chợ đối với hộ kinh doanh cố định là bao nhiêu?"
MODELS = "Huyện Bắc Hà có bao nhiêu mô hình dân vận khéo được công nhận?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    embedder, model = load_embedder("")
    store = Store.open(tmp_path_factory.mktemp("data"), embedder, model)
    store.add(Upload(parse(text.encode(), name), text.encode()) for name, text in FILES.items())
    yield Assistant(store, embedder)
    store.close()


def ask(assistant: Assistant, question: str, *files: str) -> Answer:
    ids = tuple(each.id for each in assistant.store.documents() if each.file in files) if files else None
    answer = assistant.ask(Request(question, document_ids=ids))
    for cited in answer.citations:
        document = assistant.store.document(cited.document_id)
        assert document is not None
        assert document.text[cited.start : cited.end] == cited.quote
        assert f"[{cited.marker}]" in answer.answer
    return answer


def files_of(answer: Answer) -> list[str]:
    return [cited.file for cited in answer.citations]


def test_both_values_are_told_the_newer_first_and_that_one_replaced_the_other(assistant: Assistant) -> None:
    answer = ask(assistant, FEE)
    assert files_of(answer) == ["moi.txt", "cu.txt", "moi.txt"]
    assert [("7.000" in cited.quote, "5.000" in cited.quote) for cited in answer.citations[:2]] == [
        (True, False),
        (False, True),
    ]
    assert answer.citations[2].quote == REPLACES
    assert answer.answer.startswith(DIFFER)
    assert answer.answer.endswith(
        "Lưu ý: Quyết định số 15/QĐ-UBND ngày 02/03/2018 của Ủy ban nhân dân huyện Lâm Hà đã được thay thế bởi"
        " Quyết định số 20/QĐ-UBND ngày 05/01/2024 của Ủy ban nhân dân huyện Lâm Hà [3]."
    )


def test_what_both_say_alike_is_told_from_the_newer(assistant: Assistant) -> None:
    answer = ask(assistant, "Ban quản lý chợ nộp số phí thu được vào ngân sách huyện trước ngày nào?")
    assert files_of(answer) == ["moi.txt"]
    assert DIFFER not in answer.answer


def test_a_document_asked_for_by_its_number_answers_itself_and_says_that_it_is_replaced(assistant: Assistant) -> None:
    answer = ask(assistant, "Quyết định số 15/QĐ-UBND quy định mức thu phí sử dụng chợ là bao nhiêu?")
    assert files_of(answer) == ["cu.txt", "moi.txt"]
    assert "5.000" in answer.citations[0].quote
    assert "đã được thay thế bởi" in answer.answer


@pytest.mark.parametrize(
    "question",
    ["Quyết định số 15/QĐ-UBND còn hiệu lực không?", "quyet dinh so 15/QD-UBND bi thay the boi van ban nao"],
)
def test_whether_a_document_holds_is_told_by_what_changed_it(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    assert [cited.quote for cited in answer.citations] == [REPLACES]


@pytest.mark.parametrize(
    "question",
    [
        "Quyết định số 20/QĐ-UBND thay thế văn bản nào?",
        "quyet dinh 20/QD-UBND thay the nhung quyet dinh nao",
        "Quyết định 20/QĐ-UBND ra đời thì quyết định nào bị thay thế?",
        "Quyết định về mức thu phí sử dụng chợ làm quyết định cũ nào hết hiệu lực?",
        "Quyết định 20/QĐ-UBND có hiệu lực thì quyết định nào hết hiệu lực?",
        "Văn bản nào bị quyết định số 20/QĐ-UBND thay thế?",
    ],
)
def test_what_a_document_replaced_is_told_by_its_own_clause(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    assert [(cited.file, cited.quote) for cited in answer.citations] == [("moi.txt", REPLACES)]


def test_a_document_that_is_there_is_not_said_to_be_missing(assistant: Assistant) -> None:
    answer = ask(assistant, "Quyết định số 20/QĐ-UBND giao bao nhiêu tỷ đồng cho trường học?")
    assert answer.abstained
    assert "không nhắc đến văn bản" not in answer.answer


def test_a_search_kept_to_one_document_stays_in_it(assistant: Assistant) -> None:
    answer = ask(assistant, FEE, "cu.txt")
    assert "5.000" in answer.citations[0].quote
    assert "7.000" not in answer.answer


def test_only_the_newest_is_told_where_today_is_meant(assistant: Assistant) -> None:
    assert files_of(ask(assistant, "Mức thu phí sử dụng chợ đối với hộ kinh doanh cố định hiện nay là bao nhiêu?")) == [
        "moi.txt"
    ]
    newest = ask(assistant, "Số liệu mới nhất: huyện Bắc Hà có bao nhiêu mô hình dân vận khéo được công nhận?")
    assert files_of(newest) == ["bc25.txt"]


def test_two_reports_that_differ_are_both_told_unless_the_year_is_given(assistant: Assistant) -> None:
    answer = ask(assistant, MODELS)
    assert files_of(answer) == ["bc25.txt", "bc22.txt"]
    assert answer.answer.startswith(DIFFER)
    assert files_of(ask(assistant, f"Năm 2022 {MODELS}")) == ["bc22.txt"]


def test_what_agrees_is_told_once(assistant: Assistant) -> None:
    assert len(ask(assistant, "Ai chủ trì hội nghị ở huyện Bắc Hà?").citations) == 1


@pytest.mark.parametrize(
    ("question", "first", "second", "otherwise"),
    [
        ("Có bao nhiêu mô hình?", "Có 45 mô hình.", "Có 62 mô hình.", True),
        ("Có bao nhiêu mô hình?", "Có 45 mô hình.", "Có bốn mươi lăm mô hình.", False),
        ("Có bao nhiêu mô hình?", "Có 45 mô hình.", "Có nhiều mô hình.", False),
        ("Tỷ lệ đạt bao nhiêu phần trăm?", "Đạt 97,5%.", "Đạt 99,1%.", True),
        ("Tỷ lệ đạt bao nhiêu phần trăm?", "Đạt 97,5% (45 hồ sơ).", "Đạt 97,5% (62 hồ sơ).", False),
        ("Hội nghị họp ngày nào?", "Họp ngày 05/7/2019.", "Họp ngày 5 tháng 7 năm 2019.", False),
        ("Hội nghị họp ngày nào?", "Họp ngày 05/7/2019.", "Họp ngày 06/7/2019.", True),
        ("Ai chủ trì?", "Đồng chí Nguyễn Văn An chủ trì.", "Đồng chí Trần Thị Bình chủ trì.", True),
    ],
)
def test_values_that_differ(question: str, first: str, second: str, otherwise: bool) -> None:
    one, other = finding(make(first), first), finding(make(second), second)
    assert says_otherwise(asked(question), one, other) is otherwise


TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("question", "issued_on", "told"),
    [
        (FEE, date(2019, 10, 11), ("Tài liệu được trích ban hành ngày 11/10/2019, cách nay 7 năm.",)),
        (FEE, date(2023, 11, 23), ()),  # a day short of three years
        (FEE, date(2023, 11, 22), ("Tài liệu được trích ban hành ngày 22/11/2023, cách nay 3 năm.",)),
        (
            "Mức thu hiện nay là bao nhiêu?",
            date(2024, 5, 1),
            ("Tài liệu được trích ban hành ngày 01/05/2024, cách nay 2 năm.",),
        ),
        ("Năm 2019 mức thu là bao nhiêu?", date(2019, 10, 11), ()),
        ("Công văn số 118-CV/HU nói gì về mức thu?", date(2019, 10, 11), ()),
        (FEE, None, ()),
    ],
)
def test_how_old_an_answer_is(question: str, issued_on: date | None, told: tuple[str, ...]) -> None:
    document = make("Mức thu là 5.000 đồng.")
    cited = replace(citation(Quote(document, Span(0, len(document.text)), None), 1), issued_on=issued_on)
    assert ages(asked(question), [cited], TODAY) == told


@pytest.mark.parametrize(
    ("question", "now"),
    [("muc thu hien nay", True), ("Số liệu mới nhất là bao nhiêu?", True), ("Năm 2021 thu bao nhiêu?", False)],
)
def test_asking_for_today(question: str, now: bool) -> None:
    assert asks_now(asked(question)) is now


RULES = {
    "cu.txt": (
        "ỦY BAN NHÂN DÂN\nHUYỆN LÂM HÀ\nSố: 5/2019/QĐ-UBND\nLâm Hà, ngày 02 tháng 3 năm 2019\n\nQUYẾT ĐỊNH\n"
        "Về việc quản lý nhà văn hóa thôn\n\nĐiều 1. Giờ mở cửa\nNhà văn hóa thôn mở cửa từ 7 giờ đến 21 giờ.\n"
        "Điều 2. Tiền điện\nThôn trả tiền điện của nhà văn hóa, mức khoán 500.000 đồng mỗi tháng.\n"
    ),
    "moi.txt": (
        "ỦY BAN NHÂN DÂN\nHUYỆN LÂM HÀ\nSố: 8/2021/QĐ-UBND\nLâm Hà, ngày 05 tháng 4 năm 2021\n\nQUYẾT ĐỊNH\n"
        "Về việc sửa đổi quy định về nhà văn hóa thôn\n\n"
        "Điều 1. Sửa đổi Điều 1 của Quyết định số 5/2019/QĐ-UBND ngày 02 tháng 3 năm 2019: mở cửa đến 22 giờ.\n"
        "Điều 2. Bãi bỏ Điều 2 của Quyết định số 5/2019/QĐ-UBND ngày 02 tháng 3 năm 2019.\n"
    ),
}


def test_the_change_of_the_article_that_is_quoted_is_told(tmp_path: Path) -> None:
    embedder, model = load_embedder("")
    store = Store.open(tmp_path / "data", embedder, model)
    store.add(Upload(parse(text.encode(), name), text.encode()) for name, text in RULES.items())
    answer = ask(Assistant(store, embedder), "Mức khoán tiền điện nhà văn hóa thôn mỗi tháng là bao nhiêu?")
    store.close()
    assert "500.000" in answer.citations[0].quote
    assert answer.citations[-1].quote.startswith("Bãi bỏ Điều 2")
    assert "Lưu ý: Điều 2 của Quyết định số 5/2019/QĐ-UBND" in answer.answer
