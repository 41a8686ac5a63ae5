"""Follow-ups in two turns: what they name takes the place of its like; what stands alone is left as it is."""

from __future__ import annotations

import pytest

from rag.answer import Turn
from rag.follow_up import make_whole
from rag.points_back import accented_back
from rag.swap import replaced

POOR = "Xã Lạc Lâm có bao nhiêu hộ nghèo?"
BUDGET = "Huyện Đơn Dương thu ngân sách năm 2019 được bao nhiêu?"
LETTER = "Công văn số 118-CV/BDVHU nói về việc gì?"
RATE = "Tỷ lệ hộ nghèo của huyện Lâm Hà là bao nhiêu?"


def turn(understood: str, answer: str = "", abstained: bool = False) -> Turn:
    return Turn(understood, understood, answer, abstained)


def whole(before: str, question: str) -> str:
    return make_whole(question, (turn(before),))


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (POOR, "còn xã Quảng Lập thì sao?", "Xã Quảng Lập có bao nhiêu hộ nghèo?"),
        (POOR, "Thế xã Quảng Lập?", "Xã Quảng Lập có bao nhiêu hộ nghèo?"),
        (POOR, "vậy ở xã Pró thì thế nào", "Xã Pró có bao nhiêu hộ nghèo?"),
        (POOR, "xã Quảng Lập thì sao ạ?", "Xã Quảng Lập có bao nhiêu hộ nghèo?"),
        (POOR, "Quảng Lập thì sao?", "Xã Quảng Lập có bao nhiêu hộ nghèo?"),
        (POOR, "thế còn huyện Lâm Hà nhỉ?", "Huyện Lâm Hà có bao nhiêu hộ nghèo?"),
        (RATE, "Còn đối với huyện Đơn Dương?", "Tỷ lệ hộ nghèo của huyện Đơn Dương là bao nhiêu?"),
        (RATE, "Thế còn tỉnh Lâm Đồng nhỉ?", "Tỷ lệ hộ nghèo của tỉnh Lâm Đồng là bao nhiêu?"),
        ("Xã Lạc Lâm và xã Quảng Lập đạt gì?", "còn xã Đạ Ròn?", "Xã Đạ Ròn đạt gì?"),
        ("Có bao nhiêu hộ nghèo?", "còn ở xã Lạc Lâm?", "Có bao nhiêu hộ nghèo ở xã Lạc Lâm?"),
        (POOR, "toàn huyện", "Toàn huyện có bao nhiêu hộ nghèo?"),
        ("Cuối 2023 Trà Vân còn mấy hộ nghèo", "toàn huyện", "Cuối 2023 toàn huyện còn mấy hộ nghèo"),
        ("Lạc Lâm có bao nhiêu hộ nghèo?", "Quảng Lập thì sao?", "Quảng Lập có bao nhiêu hộ nghèo?"),
    ],
)
def test_another_place(before: str, question: str, expected: str) -> None:
    assert whole(before, question) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (BUDGET, "năm trước đó thì sao?", "Huyện Đơn Dương thu ngân sách năm 2018 được bao nhiêu?"),
        (BUDGET, "còn năm sau?", "Huyện Đơn Dương thu ngân sách năm 2020 được bao nhiêu?"),
        (BUDGET, "còn năm 2020?", "Huyện Đơn Dương thu ngân sách năm 2020 được bao nhiêu?"),
        (BUDGET, "Thế năm 2021 thì sao?", "Huyện Đơn Dương thu ngân sách năm 2021 được bao nhiêu?"),
        (BUDGET, "năm 2018 thì sao", "Huyện Đơn Dương thu ngân sách năm 2018 được bao nhiêu?"),
        (BUDGET, "còn 2020?", "Huyện Đơn Dương thu ngân sách năm 2020 được bao nhiêu?"),
        (BUDGET, "còn huyện Lâm Hà năm 2020?", "Huyện Lâm Hà thu ngân sách năm 2020 được bao nhiêu?"),
        (POOR, "còn năm 2020?", "Xã Lạc Lâm có bao nhiêu hộ nghèo năm 2020?"),
        (
            "Hội nghị tổng kết năm 2022 họp ngày nào?",
            "thế tổng kết năm 2023?",
            "Hội nghị tổng kết năm 2023 họp ngày nào?",
        ),
        ("Nhận hồ sơ từ ngày nào?", "còn lớp 10?", "Nhận hồ sơ từ ngày nào lớp 10?"),
        ("Tháng 7 năm 2020 có mấy ca mắc?", "còn tháng 8?", "Tháng 8 năm 2020 có mấy ca mắc?"),
    ],
)
def test_another_period(before: str, question: str, expected: str) -> None:
    assert whole(before, question) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("Xã nào đạt chuẩn năm 2019?", "còn thị trấn thì sao?", "Thị trấn nào đạt chuẩn năm 2019?"),
        ("Xã nào đạt chuẩn năm 2019?", "còn thị trấn nào?", "Thị trấn nào đạt chuẩn năm 2019?"),
        ("Những xã nào đạt chuẩn?", "còn thị trấn thì sao?", "Các thị trấn nào đạt chuẩn?"),
        ("Năm 2019 xã nào đạt chuẩn?", "thế thôn?", "Năm 2019 thôn nào đạt chuẩn?"),
        (RATE, "tỷ lệ hộ cận nghèo thì sao?", "Tỷ lệ hộ cận nghèo của huyện Lâm Hà là bao nhiêu?"),
        (RATE, "còn hộ cận nghèo?", "Tỷ lệ hộ cận nghèo của huyện Lâm Hà là bao nhiêu?"),
        ("Huyện kết nạp bao nhiêu đảng viên?", "Còn đoàn viên thì sao?", "Huyện kết nạp bao nhiêu đoàn viên?"),
        ("Thủ tục khai sinh gồm giấy tờ gì?", "còn khai tử?", "Thủ tục khai tử gồm giấy tờ gì?"),
        ("Ai là Bí thư Huyện ủy Đơn Dương?", "còn Phó Bí thư?", "Ai là Phó Bí thư Huyện ủy Đơn Dương?"),
        (POOR, "còn trường học?", "Xã Lạc Lâm có bao nhiêu trường học?"),
        (LETTER, "còn công văn số 120-CV/BDVHU?", "Công văn số 120-CV/BDVHU nói về việc gì?"),
        ("Ông Lê Văn Hùng giữ chức gì?", "còn bà Trần Thị Lan?", "Bà Trần Thị Lan giữ chức gì?"),
    ],
)
def test_another_thing(before: str, question: str, expected: str) -> None:
    assert whole(before, question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("không, huyện Lâm Hà cơ", "Huyện Lâm Hà thu ngân sách năm 2019 được bao nhiêu?"),
        ("Ý tôi là huyện Đức Trọng", "Huyện Đức Trọng thu ngân sách năm 2019 được bao nhiêu?"),
        ("à không, năm 2020 cơ", "Huyện Đơn Dương thu ngân sách năm 2020 được bao nhiêu?"),
        ("nhầm, năm 2020", "Huyện Đơn Dương thu ngân sách năm 2020 được bao nhiêu?"),
        ("à nhầm, chị hỏi năm 2020", "Huyện Đơn Dương thu ngân sách năm 2020 được bao nhiêu?"),
        ("không phải, tôi hỏi năm 2020", "Huyện Đơn Dương thu ngân sách năm 2020 được bao nhiêu?"),
        (
            "không phải huyện Đơn Dương mà là huyện Lâm Hà",
            "Huyện Lâm Hà thu ngân sách năm 2019 được bao nhiêu?",
        ),
    ],
)
def test_corrections(question: str, expected: str) -> None:
    assert whole(BUDGET, question) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (LETTER, "văn bản đó ai ký?", "Công văn số 118-CV/BDVHU ai ký?"),
        (LETTER, "Cơ quan nào ban hành văn bản này?", "Cơ quan nào ban hành Công văn số 118-CV/BDVHU?"),
        (RATE, "huyện đó có mấy xã?", "huyện Lâm Hà có mấy xã?"),
        (RATE, "ở đó có bao nhiêu hộ dân?", "ở huyện Lâm Hà có bao nhiêu hộ dân?"),
        (BUDGET, "Năm đó chi bao nhiêu?", "năm 2019 chi bao nhiêu?"),
        ("Ông Lê Văn Hùng giữ chức gì?", "ông ấy sinh năm nào?", "Lê Văn Hùng sinh năm nào?"),
        (LETTER, "nó gửi cho ai?", "nó gửi cho ai (Công văn số 118-CV/BDVHU nói)"),
        ("Hội nghị tổ chức ở đâu?", "hội nghị đó ai chủ trì?", "hội nghị đó ai chủ trì (Hội nghị tổ chức)"),
    ],
)
def test_pronouns(before: str, question: str, expected: str) -> None:
    assert whole(before, question) == expected


def test_a_pronoun_may_mean_what_the_answer_named() -> None:
    history = (turn("Xã nào đạt chuẩn?", "Xã Lạc Lâm đạt chuẩn [1]."),)
    assert make_whole("xã đó có mấy thôn?", history) == "Xã Lạc Lâm có mấy thôn?"


@pytest.mark.parametrize(
    ("answer", "abstained"),
    [("Xã Lạc Lâm và xã Quảng Lập đạt chuẩn [1].", False), ("Tài liệu chỉ nói về xã Lạc Lâm.", True)],
)
def test_of_two_places_or_a_refusal_none_is_meant(answer: str, abstained: bool) -> None:
    history = (turn("Xã nào đạt chuẩn?", answer, abstained),)
    assert make_whole("xã đó có mấy thôn?", history) == "xã đó có mấy thôn (Xã đạt chuẩn)"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("ai ký?", "ai ký (Công văn số 118-CV/BDVHU nói)"),
        ("gửi cho ai?", "gửi cho ai (Công văn số 118-CV/BDVHU nói)"),
        ("còn ngày nào ban hành?", "ngày nào ban hành (Công văn số 118-CV/BDVHU nói)"),
    ],
)
def test_a_short_question_takes_what_it_leaves_out(question: str, expected: str) -> None:
    """A document number stays in one piece, so that it still names the document."""
    assert whole(LETTER, question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Công an xã Lạc Lâm đã xử lý bao nhiêu vụ việc?",
        "Không có giấy khai sinh thì làm căn cước thế nào?",
        "Thế nào là nông thôn mới kiểu mẫu?",
        "Thế giới có bao nhiêu nước tham gia hội nghị?",
        "Khai giảng năm học mới diễn ra ngày nào?",
        "Các xã trên địa bàn huyện có mấy trạm y tế?",
        "Năm nay giá xăng dầu tăng bao nhiêu?",
        "Văn bản do cơ quan chuyên môn nào soạn thảo?",
        "Công văn số 120-CV/BDVHU ai ký?",
        "cảm ơn",
        "?",
        "",
    ],
)
def test_what_stands_alone_is_left_as_it_is(question: str) -> None:
    assert whole(RATE, question) == question


def test_a_question_of_its_own_loses_only_its_opening() -> None:
    assert whole(RATE, "Vậy huyện Đơn Dương có bao nhiêu xã?") == "huyện Đơn Dương có bao nhiêu xã"


@pytest.mark.parametrize("question", ["còn xã Quảng Lập thì sao?", "văn bản đó ai ký?", "ai ký?"])
def test_without_a_conversation_nothing_changes(question: str) -> None:
    assert make_whole(question, ()) == question


def test_only_the_last_turn_counts() -> None:
    history = (turn(LETTER), turn(POOR))
    assert make_whole("còn xã Pró?", history) == "Xã Pró có bao nhiêu hộ nghèo?"


def test_what_has_no_like_is_added() -> None:
    assert replaced("Ai ký?", "công văn 118") == "Ai ký công văn 118?"
    assert replaced("Ai ký?", "") == "Ai ký?"


@pytest.mark.timeout(10)
@pytest.mark.parametrize("piece", ["không, ", "à ", "thế ", "còn ", "xã ", "đó ", "thì sao ", "1/1 ", "a"])
def test_long_input_ends_quickly(piece: str) -> None:
    text = (piece * 4000)[:4000]
    assert isinstance(whole(text, text), str)
    assert isinstance(whole(text, "còn xã Pró?"), str)


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("Có mấy đơn khiếu nại?", "còn tố cáo?", "Có mấy đơn tố cáo?"),
        ("Có mấy đơn khiếu nại?", "còn đơn tố cáo?", "Có mấy đơn tố cáo?"),
        ("Có bao nhiêu xã đạt chuẩn?", "còn thị trấn?", "Có bao nhiêu thị trấn đạt chuẩn?"),
    ],
)
def test_another_thing_that_is_counted(before: str, question: str, expected: str) -> None:
    assert whole(before, question) == expected


@pytest.mark.parametrize(
    ("answer", "question", "expected"),
    [
        (
            "Theo Công văn số 12-CV/HU: thực hiện Hướng dẫn số 02-HD/BDVTU [1]",
            "Hướng dẫn ấy đề ngày nào?",
            "Hướng dẫn số 02-HD/BDVTU đề ngày nào?",
        ),
        (
            "Theo Công văn số 12-CV/HU: thực hiện Hướng dẫn số 02-HD/BDVTU [1]",
            "công văn đó ai ký?",
            "Công văn số 12-CV/HU ai ký?",
        ),
    ],
)
def test_a_document_that_the_answer_names_by_its_kind(answer: str, question: str, expected: str) -> None:
    assert make_whole(question, (turn("Có hướng dẫn gì về dân vận khéo?", answer),)) == expected


def test_where_and_when_carry_on_over_short_questions() -> None:
    second = whole("Hội nghị sơ kết 6 tháng đầu năm 2019 ở huyện Mỹ Lộc họp ngày nào?", "mấy ý kiến tham luận")
    assert second == "mấy ý kiến tham luận (6 tháng đầu năm 2019, huyện Mỹ Lộc)"
    assert whole(second, "ai chủ trì?") == "ai chủ trì (6 tháng đầu năm 2019 huyện Mỹ Lộc)"


def test_a_name_of_one_syllable_and_an_apology() -> None:
    assert whole("Thị trấn Thạnh Mỹ phải đạt gì?", "Còn Dran?") == "Thị trấn Dran phải đạt gì?"
    assert whole("Chỉ thị 71-CT/TU nói gì?", "Xin lỗi, 17-CT/TU") == "Chỉ thị 17-CT/TU nói gì?"


def test_greetings_and_thanks_end_no_subject() -> None:
    history = (turn(BUDGET, "134 tỷ"), turn("cảm ơn bạn nhé", abstained=True))
    assert make_whole("còn năm 2020?", history) == "Huyện Đơn Dương thu ngân sách năm 2020 được bao nhiêu?"
    assert make_whole("cảm ơn nhiều", history) == "cảm ơn nhiều"


def test_back_to_an_earlier_subject() -> None:
    history = (turn(BUDGET), turn("Huyện Mỹ Lộc họp ngày nào?"))
    asked = make_whole("quay lại Đơn Dương, tăng bao nhiêu phần trăm?", history)
    assert asked == "tăng bao nhiêu phần trăm (Huyện Đơn Dương thu ngân sách năm 2019)"
    assert make_whole("Trở lại chuyện thu ngân sách", history) == BUDGET


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (LETTER, "áp dụng cho giai đoạn nào?", "áp dụng cho giai đoạn nào (Công văn số 118-CV/BDVHU nói)"),
        (LETTER, "của cơ quan nào?", "của cơ quan nào (Công văn số 118-CV/BDVHU nói)"),
        (POOR, "khoản này tăng mấy phần trăm?", "khoản này tăng mấy phần trăm (Xã Lạc Lâm hộ nghèo)"),
        (
            "Hội Nông dân huyện Bắc Hà kiện toàn mấy chủ tịch Hội Nông dân xã?",
            "không, ý tôi là Hội Cựu chiến binh",
            "Hội Cựu chiến binh huyện Bắc Hà kiện toàn mấy chủ tịch Hội Cựu chiến binh xã?",
        ),
        (
            "Xã nào của Đơn Dương phải đạt nông thôn mới kiểu mẫu?",
            "không, ý tôi là 4 xã phải đạt các tiêu chí nâng cao",
            "4 xã nào của Đơn Dương phải đạt các tiêu chí nâng cao?",
        ),
    ],
)
def test_what_leaves_its_subject_out_or_changes_it(before: str, question: str, expected: str) -> None:
    assert whole(before, question) == expected


def test_the_document_that_was_asked_for_is_the_one_meant() -> None:
    asked = "Quy chế công tác dân vận của huyện Đơn Dương ban hành bằng văn bản nào?"
    answer = (
        "Theo Công văn số 118-CV/BDVHU ngày 11/10/2019: theo Nghị quyết số 25-NQ/TW của Trung ương;"
        " Quyết định số 137-QĐ/HU của Huyện ủy về việc ban hành quy chế công tác dân vận huyện Đơn Dương [1]"
    )
    assert make_whole("văn bản đó ban hành ngày nào?", (turn(asked, answer),)) == (
        "Quyết định số 137-QĐ/HU ban hành ngày nào?"
    )
    source = make_whole("văn bản đó ai ký?", (turn("Huyện Đơn Dương có mấy xã?", answer),))
    assert source == "Công văn số 118-CV/BDVHU ai ký?"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("huong dan do ban hanh ngay nao", "huong dan đó ban hanh ngay nao"),
        ("quyet dinh do UBND huyen ban hanh", "quyet dinh do UBND huyen ban hanh"),
        ("con huyen ay thi sao", "còn huyen ấy thi sao"),
        ("con nuoi la gi", "con nuoi la gi"),
        ("nham, nam 2023", "nhầm, nam 2023"),
        ("vay von the nao", "vay von the nao"),
    ],
)
def test_pointing_words_typed_without_accents(typed: str, expected: str) -> None:
    assert accented_back(typed) == expected
