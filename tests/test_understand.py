"""Reading a question: cleaned, restored, opened, and what it names read off; hostile input ends quickly."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.places import find_places
from rag.answer import MAX_QUESTION, QuestionError, Turn
from rag.understand import Query, query_of, read_question, understand

KNOWN = tuple(find_places("xã Lạc Lâm, huyện Đơn Dương; xã Quảng Lập"))


def text_of(question: str) -> str:
    return understand(question, (), KNOWN).text


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Xã \t nào\n đạt chuẩn?  ", "Xã nào đạt chuẩn?"),
        ("Xa\u0303 na\u0300o?", "Xã nào?"),  # combining marks
        ("Xã\u200b nào\x00?", "Xã nào?"),
        ("Xã\u00a0nào?", "Xã nào?"),
        ("\ud800Xã nào?\udfff", "Xã nào?"),  # halves of a pair
        ("\u202eXã nào?", "Xã nào?"),  # right to left
        ("118", "118"),
    ],
)
def test_cleaning(typed: str, cleaned: str) -> None:
    assert read_question(typed) == cleaned


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "\u200b\x00", "\ud800"])
def test_an_empty_question_is_told_so(question: str) -> None:
    with pytest.raises(QuestionError, match=r"^Câu hỏi đang trống\. Xin nhập điều cần hỏi\.$"):
        understand(question)


@pytest.mark.parametrize("question", ["???", "…", "👍👍", "( - )"])
def test_a_question_without_letters_is_told_so(question: str) -> None:
    with pytest.raises(QuestionError, match="chưa có chữ hay số nào"):
        understand(question)


def test_a_question_may_be_as_long_as_allowed_and_no_longer() -> None:
    assert read_question("a" * MAX_QUESTION) == "a" * 4000
    with pytest.raises(QuestionError, match="dài quá 4000 ký tự"):
        read_question("a" * (MAX_QUESTION + 1))


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("Xã Lạc Lâm có bao nhiêu hộ nghèo?", "Xã Lạc Lâm có bao nhiêu hộ nghèo?"),
        ("xa lac lam co bao nhieu ho ngheo", "xã Lạc Lâm có bao nhiêu hộ nghèo"),
        ("don duong co bao nhieu dang vien", "Đơn Dương có bao nhiêu đảng viên"),
        ("xax Lacj Laam cos bao nhieeu hooj ngheof", "xã Lạc Lâm có bao nhiêu hộ nghèo"),
        ("UBND huyện có mấy phòng?", "Ủy ban nhân dân huyện có mấy phòng?"),
        ("bao nhiêu xã đạt NTM?", "bao nhiêu xã đạt nông thôn mới?"),
        ("HĐND xã họp khi nào?", "Hội đồng nhân dân xã họp khi nào?"),
    ],
)
def test_accents_keystrokes_and_abbreviations(typed: str, understood: str) -> None:
    query = understand(typed, (), KNOWN)
    assert query.text == understood
    assert query.asked == typed


def test_a_known_place_counts_by_its_bare_name_in_small_letters() -> None:
    assert [place.key for place in understand("lạc lâm có mấy thôn?", (), KNOWN).places] == ["lac lam"]
    assert understand("lạc lâm có mấy thôn?").places == ()


def test_a_place_is_read_once_though_it_is_known() -> None:
    (place,) = understand("huyện Đơn Dương có mấy xã?", (), KNOWN).places
    assert place.span.of("huyện Đơn Dương có mấy xã?") == "huyện Đơn Dương"


def test_what_a_question_names() -> None:
    query = understand("Công văn số 118-CV/BDVHU ngày 11/10/2019 của Ban Dân vận do ai ký?")
    (number,) = query.numbers
    assert (number.digits, number.text) == ("118", "118-CV/BDVHU")
    assert [(mention.start, mention.end) for mention in query.dates] == [(date(2019, 10, 11), date(2019, 10, 11))]
    assert query.years == (frozenset({2019}),)
    assert "ban dan van" in query.offices
    assert (query.field, query.expected.kind) == ("signer", "person")


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("Năm 2019 thu bao nhiêu?", [{2019}]),
        ("Giai đoạn 2016-2020 có mấy xã đạt?", [{2016, 2020}]),
        ("Thu ngân sách 2021?", [{2021}]),  # no "năm"
        ("Năm 2020, 2021 thu bao nhiêu?", [{2020}, {2021}]),
        ("9 tháng đầu năm 2019 có mấy vụ?", [{2019}]),
        ("Nghị định 30/2020/NĐ-CP quy định gì?", []),  # of the number, no period
        ("Có 2.019 hộ nghèo?", []),
        ("Có bao nhiêu hộ nghèo?", []),
    ],
)
def test_years(question: str, years: list[set[int]]) -> None:
    assert list(understand(question).years) == years


def test_names_of_persons_are_exact_and_posts_are_none() -> None:
    query = understand("Ông Nguyễn Văn Hùng giữ chức gì?")
    assert [span.of(query.text) for span in query.names] == ["Nguyễn Văn Hùng"]
    assert understand("Đ/c Bí thư Huyện ủy là ai?").names == ()


@pytest.mark.parametrize(
    ("question", "summary"),
    [
        ("Tóm tắt công văn 118", True),
        ("tom tat cong van 118", True),
        ("Nội dung chính của nghị quyết?", True),
        ("Công văn 118 nói về việc gì?", True),
        ("Công văn 118 ai ký?", False),
        ("Có bao nhiêu nội dung được thảo luận?", False),
    ],
)
def test_summary(question: str, summary: bool) -> None:
    assert understand(question).summary is summary


def test_all_words_are_kept_folded_and_terms_have_no_question_words() -> None:
    query = query_of("", "Huyện có bao nhiêu hộ?")
    assert query.words == ("huyen", "co", "bao", "nhieu", "ho")
    assert [term.key for term in query.terms] == ["huyện", "hộ"]


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("còn quang lap thì sao", "Xã Quảng Lập có bao nhiêu hộ nghèo?"),
        ("conf xax Quangr Laapj thif sao", "Xã Quảng Lập có bao nhiêu hộ nghèo?"),
        ("khong, huyen don duong co", "Huyện Đơn Dương có bao nhiêu hộ nghèo?"),
        ("còn UBND xã Quảng Lập?", "Xã Quảng Lập có bao nhiêu hộ nghèo Ủy ban nhân dân?"),
    ],
)
def test_a_follow_up_is_restored_before_it_is_made_whole(typed: str, understood: str) -> None:
    before = "Xã Lạc Lâm có bao nhiêu hộ nghèo?"
    assert understand(typed, (Turn(before, before, ""),), KNOWN).text == understood


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "question",
    [
        "a" * 4000,
        "đ" * 4000,
        "A" * 4000,
        "1" * 4000,
        "xã " + "\u0323\u0301" * 1900,
        "a" + "\u0301" * 3999,
        "\ud800 xã \udfff nào " * 200,
        "xã\x00 " * 900,
        "xa lac lam " * 360,
        "tieengs vieetj " * 260,
        "UBND " * 800,
        "1/1/" * 1000,
        "ông Nguyễn " * 360,
        "118-CV/" * 500,
        "xã " * 1333,
        "bao nhiêu " * 400,
        "İ" * 4000,
    ],
    ids=lambda question: ascii(question[:12]),
)
def test_hostile_questions_end_quickly(question: str) -> None:
    query = understand(question[:MAX_QUESTION], (), KNOWN)
    assert isinstance(query, Query)
    query.text.encode()  # no half of a pair is left


@pytest.mark.timeout(5)
def test_ten_thousand_marks_are_refused_before_they_are_ordered() -> None:
    with pytest.raises(QuestionError, match="dài quá"):
        understand("a" + "\u0323\u0301" * 5000)


def test_the_words_are_kept_as_they_were_before_abbreviations_were_opened() -> None:
    query = understand("ubnd huyện họp ngày nào")
    assert "Ủy ban nhân dân" in query.text
    assert query.unopened == "ubnd huyện họp ngày nào"
    assert understand("xã nào đạt").unopened == understand("xã nào đạt").text


def test_what_is_counted_is_known_as_typed_too() -> None:
    assert understand("Có bao nhiêu đơn KNTC?").expected.short == ("đơn", "kntc")
    assert understand("Có bao nhiêu đơn thư?").expected.short == ()
