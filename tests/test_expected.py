"""What kind of thing is asked for, and where a text offers one."""

from __future__ import annotations

import pytest

from corpus.document import Span
from rag.expected import Expected, Kind, asked_part, expected
from rag.shapes import candidates, names


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Huyện có bao nhiêu hộ nghèo?", "number"),
        ("Mấy phong trào ở huyện bị chê ở điểm nào?", "other"),
        ("Thông tư cũ nào hết hiệu lực?", "document"),
        ("Phí đường bộ 1 năm bao nhiêu?", "number"),
        ("Ông sinh năm bao nhiêu?", "date"),
        ("Lập bao nhiêu tổ là do ai quyết định?", "person"),
        ("Chưa tìm được trẻ nào thì đến đâu đăng ký?", "place"),
        ("Chia làm các khung phần trăm nào?", "percent"),
        ("Đ/c nào chủ trì?", "person"),
        ("Lệ phí phúc khảo bài thi", "number"),
        ("Hạn chót nộp hồ sơ", "date"),
        ("Hạn các xã cấp giấy?", "date"),
        ("Hạn chế của xã", "other"),
        ("Nộp ở quầy số mấy?", "other"),
        ("Hỏi ai, đt số mấy?", "person"),
        ("Thầy cô nào nhận hồ sơ?", "person"),
        ("Sao trường không nhận hồ sơ?", "reason"),
        ("sao y bản chính mất bao nhiêu tiền", "number"),
        ("Xã có mấy sao?", "number"),
        ("số quyết định phê duyệt quy hoạch chợ", "document"),
        ("số quyết định đã ký năm 2023", "number"),
        ("Cụ già không có ai nuôi được hưởng những gì?", "other"),  # "không có ai" asks for nobody
        ("Ai không có đất?", "person"),
        ("huyen co may xa", "number"),
        ("Giải quyết trong bao lâu?", "number"),
        ("Số hóa hồ sơ đạt chỉ tiêu chưa?", "other"),  # no number of anything
        ("Số hộ nghèo đã giảm chưa?", "other"),
        ("Số hộ nghèo của xã", "number"),
        ("Còn thiếu tiêu chí nông thôn mới nào?", "other"),  # no "thôn nào"
        ("Thôn mới nào được lập?", "place"),
        ("Ra quầy số mấy?", "other"),
        ("Bị lỗi thì nhờ thầy cô nào?", "person"),
        ("2 hợp tác xã nào bị xếp loại yếu?", "other"),
        ("Hỏng thì gọi số mấy?", "other"),
        ("Báo cáo vụ hè thu số mấy?", "document"),
        ("qđ của xã số mấy?", "document"),
        ("Đạt bao nhiêu phần trăm?", "percent"),
        ("Tỷ lệ hộ nghèo là bao nhiêu?", "percent"),
        ("tỉ lệ hộ nghèo là mấy", "percent"),
        ("ty le ho ngheo la bao nhieu", "percent"),
        ("Ai ký văn bản?", "person"),
        ("Đồng chí nào chủ trì?", "person"),
        ("dong chi nao chu tri", "person"),
        ("Hội nghị tổ chức ngày nào?", "date"),
        ("Bao giờ có hiệu lực?", "date"),
        ("nam nao dat chuan", "date"),
        ("Nộp hồ sơ ở đâu?", "place"),
        ("Xã nào đạt chuẩn?", "place"),
        ("thi tran nao dat do thi van minh", "place"),
        ("Theo nghị quyết nào?", "document"),
        ("Công văn số mấy?", "document"),
        ("Theo quy chế số bao nhiêu?", "document"),
        ("Ban Dân vận phối hợp với ai?", "other"),  # an office as well as a person
        ("theo quy che so bao nhieu", "document"),
        ("Đạt bao nhiêu % số thôn?", "percent"),
        ("Vì sao chưa giải quyết?", "reason"),
        ("vi sao chua giai quyet", "reason"),
        ("Lý do đội Tân Hà bị loại là gì?", "reason"),
        ("nguyen nhan cham tien do la gi", "reason"),
        ("Tên lý do nghỉ là gì?", "other"),
        ("Nguyên nhân nào dẫn đến khiếu nại?", "reason"),
        ("Tóm tắt nội dung công văn", "other"),
        ("Bí thư Huyện ủy Bắc Hà", "person"),
        ("pho chu tich hdnd tinh?", "person"),
        ("dân số Việt Nam", "number"),
        ("Bí thư", "other"),
        ("", "other"),
    ],
)
def test_kind(question: str, kind: Kind) -> None:
    assert expected(question).kind == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Ai nộp bao nhiêu phần trăm?", "percent"),  # four syllables before one
        ("Văn bản số bao nhiêu quy định điều này?", "document"),  # "văn bản số bao nhiêu" before "bao nhiêu"
        ("Có mấy xã, vào năm bao nhiêu?", "date"),
        ("Xã nào có tỷ lệ hộ nghèo cao nhất?", "place"),  # "tỷ lệ" is only mentioned
        ("Ai có tỷ lệ phiếu cao nhất?", "person"),
        ("lý do nào dẫn đến khiếu nại", "reason"),
        ("Vì sao bao nhiêu hồ sơ trễ?", "reason"),  # both of two syllables: the earlier kind
    ],
)
def test_the_longest_asking_phrase_decides(question: str, kind: Kind) -> None:
    assert expected(question).kind == kind


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("Có bao nhiêu hồ sơ trực tuyến quá hạn?", ("hồ", "sơ", "trực")),  # three syllables at most
        ("Huyện có mấy xã?", ("xã",)),
        ("dân số là bao nhiêu?", ()),
        ("Xã nào đạt chuẩn?", ("xã",)),
        ("Thị trấn nào đạt chuẩn?", ("thị", "trấn")),
        ("Theo nghị quyết nào?", ("nghị", "quyết")),
        ("Ai ký?", ()),
        ("Giá bao nhiêu 1 mét vuông?", ()),  # for each of them
        ("Bao lâu mới được nuôi lại?", ()),
    ],
)
def test_noun(question: str, noun: tuple[str, ...]) -> None:
    assert expected(question).noun == noun


@pytest.mark.parametrize(
    ("question", "many"),
    [
        ("Những xã nào đạt chuẩn?", True),
        ("nhung xa nao dat chuan", True),
        ("Các nhiệm vụ trọng tâm là gì?", True),
        ("Hồ sơ gồm những giấy tờ gì?", True),
        ("ho so bao gom giay to nao", True),
        ("Liệt kê các đơn vị", True),
        ("ke ten cac don vi", True),
        ("Xã nào đạt chuẩn?", False),
        ("Ai ký?", False),
        ("Các xã có bao nhiêu hộ nghèo?", False),
    ],
)
def test_many(question: str, many: bool) -> None:
    assert expected(question).many is many


def test_nothing_asked() -> None:
    assert expected("Xin chào") == Expected("other", (), False)


def found(text: str, kind: Kind) -> list[str]:
    return [span.of(text) for span in candidates(text, Span(0, len(text)), kind)]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("do đồng chí Trương Văn Bình chủ trì", ["Trương Văn Bình"]),
        ("Ông Nguyễn Văn Hùng và bà Trần Thị Lan", ["Nguyễn Văn Hùng", "Trần Thị Lan"]),
        ("ký bởi Lê Thị Kim Oanh ngày 5", ["Lê Thị Kim Oanh"]),
        ("Đ/c Hùng phụ trách", ["Hùng"]),
        ("Đ/c Bí thư Huyện ủy phụ trách", []),  # a post
        ("đồng chí Phó Chủ tịch", []),
        ("Chủ tịch UBND huyện Đinh Công Thạch phát biểu", ["Đinh Công Thạch"]),
        ("đường huyện Đinh Công Thạch", []),  # behind a level alone it may be a place
        ("Chủ tịch UBND xã Tân Lộc Dương Thế Vinh chia sẻ", ["Dương Thế Vinh"]),
        ("họp tại xã Tân Lộc Thượng Hạ", []),
        ("huyện Đơn Dương có 8 xã", []),  # two capitals may be a place
        ("Ủy ban nhân dân huyện", []),
        ("không có ai", []),
    ],
)
def test_names_of_persons(text: str, persons: list[str]) -> None:
    assert [span.of(text) for span in names(text)] == persons


def test_spans_are_exact_and_stay_in_their_unit() -> None:
    text = "Bà Trần Thị Lan đến. Ông Nguyễn Văn Hùng đi."
    unit = Span(21, len(text))
    assert candidates(text, unit, "person") == [Span(25, 40)]  # behind "Ông "
    assert text[25:40] == "Nguyễn Văn Hùng"


def test_capitalised_words_offer_a_person_only_without_a_full_name() -> None:
    assert found("Người phụ trách là Hùng", "person") == ["Hùng"]
    assert found("Đồng chí Lan gặp Hùng", "person") == ["Lan"]
    assert found("Theo Ban Dân vận", "person") == []


@pytest.mark.parametrize(
    ("text", "kind", "offered"),
    [
        ("đạt 99,72% trong 1.200 hồ sơ", "percent", ["99,72%", "99,72%", "1.200"]),
        ("có 19/19 xã, ba thôn", "number", ["19/19", "ba"]),
        ("ngày 11/10/2019 họp", "date", ["ngày 11/10/2019"]),
        ("từ năm 2020 đến tháng 7", "date", ["năm 2020", "tháng 7"]),
        ("đầu năm và quý III", "date", ["đầu năm", "quý III"]),
        ("Công văn 118-CV/BDVHU", "document", ["118-CV/BDVHU"]),
        ("số 30/2021/NĐ-CP", "document", ["30/2021/NĐ-CP"]),
        ("trễ do thiếu giấy tờ", "reason", ["do"]),
        ("nộp tại huyện Đơn Dương", "place", ["Đơn Dương"]),
        ("có 5 xã", "other", []),
        ("", "number", []),
    ],
)
def test_candidates(text: str, kind: Kind, offered: list[str]) -> None:
    assert found(text, kind) == offered


def test_a_number_word_inside_another_word_is_none() -> None:
    assert found("haivui mườihai", "number") == []


def test_the_document_whose_number_is_asked_for_is_named() -> None:
    assert expected("Quy chế ban hành bằng quyết định số mấy?") == Expected("document", ("quyết", "định"))


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Vụ mùa 2025 sao lúa lại hụt?", "reason"),
        ("xa nay sao chua co nuoc sach", "reason"),
        ("Bản sao giấy khai sinh còn dùng được không?", "other"),
        ("Khách sạn 3 sao bị phạt gì?", "other"),
        ("Uống vào có sao không ạ?", "other"),
        ("Nộp báo cáo về huyện, hạn nào?", "date"),
        ("Còn ba khoản nào chưa thu?", "other"),
    ],
)
def test_why_amid_a_question(question: str, kind: Kind) -> None:
    assert expected(question).kind == kind


def test_several_items_are_no_part_of_a_document() -> None:
    assert asked_part("Còn ba khoản nào chưa thu?") == ""
    assert asked_part("Mức phạt ở khoản nào?") == "khoan"


def test_nothing_is_counted_behind_a_comma() -> None:
    assert expected("Kinh phí còn bao nhiêu, xử lý sao?").noun == ()
    assert expected("Có bao nhiêu hồ sơ, quá hạn mấy?").noun == ("hồ", "sơ")
