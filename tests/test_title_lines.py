"""Lines that say what is spoken of: captions, and headings without a mark."""

from __future__ import annotations

import pytest
from answer_parts import asked, make, part

from corpus.document import Span
from rag.title_lines import is_title_line, only_names

PARAGRAPH = "Người đề nghị nộp hồ sơ tại bộ phận một cửa của xã, và nhận kết quả sau năm ngày làm việc tại đó."


@pytest.mark.parametrize(
    ("text", "line", "title"),
    [
        (f"Tin\n\nThủ tục cấp giấy\n{PARAGRAPH}", "Thủ tục cấp giấy", True),
        (f"Thủ tục cấp giấy\n{PARAGRAPH}", "Thủ tục cấp giấy", True),
        (f"Tin\n\nThủ tục cấp giấy có ba bước.\n{PARAGRAPH}", "Thủ tục cấp giấy có ba bước.", False),  # a sentence
        (f"Tin\n\n- Nộp ở xã\n{PARAGRAPH}", "- Nộp ở xã", False),  # an item
        (f"Tin\n\nĐồng chí A, Chủ tịch xã\n\n{PARAGRAPH}", "Đồng chí A, Chủ tịch xã", False),  # nothing stands under it
        (f"Tin\n\n{PARAGRAPH}", PARAGRAPH, False),
        ("Cầu mới của xã (Ảnh: Lê An)", "Cầu mới của xã (Ảnh: Lê An)", True),
        ("Cầu mới của xã (Hình từ Internet)", "Cầu mới của xã (Hình từ Internet)", True),
        ("Cầu mới của xã (dài 30 m)", "Cầu mới của xã (dài 30 m)", False),
    ],
)
def test_a_title_line(text: str, line: str, title: bool) -> None:
    assert is_title_line(part(text, line)) == title


OPENING = "Thực hiện Kế hoạch số 14/KH-UBND của xã, Phòng Tư pháp báo cáo kết quả hòa giải quý I như sau:"
LETTER = "Căn cứ Kế hoạch số 14/KH-UBND ngày 05/6/2024 của huyện, Phòng Tư pháp đề nghị các xã:"


@pytest.mark.parametrize(
    ("question", "quote", "names"),
    [
        ("Ai hòa giải nhiều nhất?", "V/v hòa giải ở cơ sở", True),  # with the mark before the title's own words
        ("Ai hòa giải nhiều nhất?", "V/v hòa giải ở cơ sở quý I, ông Lê An làm 9 vụ", False),
        ("Hòa giải được mấy vụ?", "XÃ TÂN HÀ: HÒA GIẢI 9 VỤ Ở CƠ SỞ", True),
        ("Hòa giải được mấy vụ?", "HÒA GIẢI 9 VỤ", False),
        ("Ai ký báo cáo?", "ỦY BAN NHÂN DÂN   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
        ("Hòa giải quý I được mấy vụ?", OPENING, True),
        ("Nhà tôi được hỗ trợ mấy con bò?", "Tôi xin trả lời: 4 con bò.", False),
        ("Hòa giải quý I theo kế hoạch nào?", OPENING, False),  # that it does say
        ("Hòa giải viên cần gì?", "Hòa giải viên cần có:", False),  # opens a list of what is asked for
        ("Hòa giải quý I được mấy vụ?", "Trên đây là kết quả hòa giải quý I năm 2024.", True),
        ("Ai được hòa giải?", "Căn cứ Luật Hòa giải ở cơ sở năm 2013;", True),
        ("Ai được miễn phí?", "Đầu mối liên hệ: bà Cao Thị Nhung, điện thoại 0912 555 048.", True),
        ("Hòa giải thì gọi cho ai?", "Đầu mối liên hệ: bà Cao Thị Nhung, điện thoại 0912 555 048.", False),
        ("Bà Cao Thị Nhung làm gì?", "Đầu mối liên hệ: bà Cao Thị Nhung, điện thoại 0912 555 048.", False),
        ("Hòa giải ở đâu?", "Xét Tờ trình số 12/TTr-TP của Phòng Tư pháp tại hội nghị,", True),
        ("Họp hòa giải hôm nào?", LETTER, True),
        ("hop hoa giai hom nao", LETTER.replace("Phòng", "ngày 07/6/2024 Phòng"), False),
        ("Quy định số 3/QĐ gồm những gì?", LETTER, True),
        ("Phòng Tư pháp đề nghị các xã việc gì?", LETTER, False),  # opens what is asked for
        ("Hòa giải theo luật nào?", "Căn cứ Luật Hòa giải ở cơ sở năm 2013;", False),
        ("Ai được hòa giải?", "Căn cứ hồ sơ, tổ hòa giải mời hai bên đến làm việc.", False),
    ],
)
def test_what_only_names_the_matter_is_told_from_what_is_said_of_it(question: str, quote: str, names: bool) -> None:
    text = f"Số: 5/BC-TP\n{quote}\nHết."
    at = text.index("hòa giải ở cơ sở") if "V/v" in quote else 0
    spans = {"title": Span(at, at + len("hòa giải ở cơ sở"))} if at else {}
    assert only_names(asked(question), part(text, quote), make(text, spans=spans), None) == names


@pytest.mark.parametrize(
    ("question", "paragraph", "of_the_asker"),
    [
        ("Xã hỗ trợ mấy con bò?", "Nhà tôi mua 4 con bò. Vậy có được hỗ trợ không?", True),
        ("Xã hỗ trợ mấy con bò?", "Nhà tôi được xã hỗ trợ 4 con bò. Bà con mừng lắm.", False),
        ("Xã hỗ trợ mấy con bò?", "Xã hỗ trợ 4 con bò. Còn ai chưa nhận?", False),
        ("Ông Lê Văn Hùng mua mấy con bò?", "Nhà tôi mua 4 con bò. Vậy có được hỗ trợ không?", False),
    ],
)
def test_what_an_asker_tells_of_himself_is_part_of_his_question(
    question: str, paragraph: str, of_the_asker: bool
) -> None:
    text = f"Ông Lê Văn Hùng hỏi:\n{paragraph}\nPhòng trả lời: được."
    unit = part(text, paragraph[: paragraph.index(".") + 1])
    assert only_names(asked(question), unit, make(text), None) == of_the_asker


def test_a_heading_with_its_mark_is_a_heading() -> None:
    text = "## Thu quỹ năm 2023\nMỗi hộ nộp 10.000 đồng."
    heading = part(text, "## Thu quỹ năm 2023")
    assert only_names(asked("Thu quỹ năm 2023 bao nhiêu?"), heading, make(text), "Thu quỹ năm 2023")
    total = part("1. Tổng số hộ nộp quỹ: 169 hộ.\nTrong đó:", "1. Tổng số hộ nộp quỹ: 169 hộ.")
    assert not only_names(asked("Bao nhiêu hộ nộp quỹ?"), total, make(total.text), "1. Tổng số hộ nộp quỹ: 169 hộ.")
    assert only_names(asked("Ai nộp quỹ?"), total, make(total.text), "1. Tổng số hộ nộp quỹ: 169 hộ.")
    assert not only_names(asked("Thu quỹ bao nhiêu?"), part(text, "Mỗi hộ nộp 10.000 đồng."), make(text), "Thu quỹ")


@pytest.mark.parametrize(
    ("question", "quote", "names"),
    [
        ("Cá nhân được thưởng mấy tiền?", "cá nhân 900.000 đồng.", False),
        ("Ai được thưởng?", "cá nhân 900.000 đồng.", True),  # no figure is asked for
        ("Cá nhân được thưởng mấy tiền?", "Điều 2. Mức tiền thưởng:", True),
    ],
)
def test_a_heading_may_tell_an_amount(question: str, quote: str, names: bool) -> None:
    heading = "Điều 2. Mức tiền thưởng: tập thể 1.800.000 đồng; cá nhân 900.000 đồng."
    document = make(f"{heading}\nGiao Phòng Nội vụ trao thưởng.", title="Quyết định")
    assert only_names(asked(question), part(document.text, quote), document, heading) == names
