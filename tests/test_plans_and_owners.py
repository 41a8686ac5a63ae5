"""What is planned, whose a figure is, what is denied, and of which part of a year it is."""

from __future__ import annotations

from datetime import date

import pytest
from answer_parts import asked, finding, found, make, part, whole

from rag.about import about_document
from rag.compose import compose, quote_of
from rag.constraints import mismatch
from rag.decide import decide
from rag.denied import denies
from rag.labelled import with_subject
from rag.owned import other_owner, owners_of, smaller_whole
from rag.planned import asks_done, asks_result, frames, is_planned, told_as_done

SCHOOLS = "Xã Tân Hà có 6 trường, 92 lớp; xã Tân Lập, xã Phú Sơn mỗi xã có 4 trường. Toàn huyện có 31 trường."


def test_a_figure_belongs_to_the_place_that_opens_its_part() -> None:
    owners = [tuple(place.name for place in group) for group in owners_of(SCHOOLS)]
    assert owners == [("Tân Hà",), ("Tân Hà",), ("Tân Lập", "Phú Sơn"), ()]


@pytest.mark.parametrize(
    ("question", "text", "ruled_out"),
    [
        ("Huyện Lâm Hà có bao nhiêu trường?", "Xã Tân Hà có 6 trường.", True),
        ("Huyện Lâm Hà có bao nhiêu trường?", "Toàn huyện có 31 trường, riêng xã Tân Hà có 6 trường.", False),
        ("Xã Tân Hà có bao nhiêu trường?", "Xã Tân Hà có 6 trường, xã Tân Lập có 4 trường.", False),
        ("Xã Phú Sơn có bao nhiêu trường?", "Xã Tân Lập, xã Phú Sơn mỗi xã có 4 trường.", False),
        ("Huyện Lâm Hà có bao nhiêu trường?", "Có 31 trường, nhiều nhất là xã Tân Hà.", False),
        ("Huyện Lâm Hà thế nào?", "Xã Tân Hà có 6 trường.", False),
        ("Có bao nhiêu trường?", "Xã Tân Hà có 6 trường.", False),
    ],
)
def test_a_communes_figure_is_no_answer_for_the_district(question: str, text: str, ruled_out: bool) -> None:
    assert (other_owner(asked(question), whole(text)) is not None) == ruled_out


@pytest.mark.parametrize(
    ("question", "place", "text", "ruled_out"),
    [
        ("Toàn huyện có bao nhiêu vụ?", "xã Tân Hà, huyện Lâm Hà", "Xảy ra 2 vụ.", True),
        ("ca huyen co bao nhieu vu", "thị trấn Đinh Văn", "Xảy ra 2 vụ.", True),
        ("Toàn tỉnh có bao nhiêu vụ?", "huyện Lâm Hà, tỉnh Lâm Đồng", "Xảy ra 2 vụ.", True),
        ("Toàn huyện có bao nhiêu vụ?", "huyện Lâm Hà", "Xảy ra 2 vụ.", False),
        ("Toàn huyện có bao nhiêu vụ?", "xã Tân Hà", "Cả huyện xảy ra 9 vụ.", False),
        ("Toàn huyện có bao nhiêu vụ?", "xã Tân Hà", "Huyện có 9 vụ.", False),
        ("Toàn xã có bao nhiêu vụ?", "xã Tân Hà", "Xảy ra 2 vụ.", False),
        ("Có bao nhiêu vụ?", "xã Tân Hà", "Xảy ra 2 vụ.", False),
        ("Toàn huyện có bao nhiêu vụ?", None, "Xảy ra 2 vụ.", False),
    ],
)
def test_a_communes_document_is_none_of_the_whole_district(
    question: str, place: str | None, text: str, ruled_out: bool
) -> None:
    assert (smaller_whole(asked(question), whole(text), place) is not None) == ruled_out


@pytest.mark.parametrize(
    ("question", "text", "denied"),
    [
        ("Xã nào có chợ nông sản?", "Xã Tân Hà chưa có chợ nông sản.", True),
        ("Bao nhiêu thôn có nhà văn hóa?", "Còn 7 thôn không có nhà văn hóa.", True),
        ("Dự kiến tiêm cho bao nhiêu trẻ?", "Dự kiến tiêm cho 28 trẻ chưa tiêm đủ mũi.", False),  # "đủ" is no "dự"
        ("Xã nào chưa có chợ nông sản?", "Xã Tân Hà chưa có chợ nông sản.", False),
        ("Xã Tân Hà có chợ nông sản chưa?", "Xã Tân Hà chưa có chợ nông sản.", False),
        ("Xã nào có chợ nông sản?", "Xã Tân Hà có chợ nông sản, chưa có siêu thị.", False),
        ("Thôn nào có nhà văn hóa không quá 100 chỗ?", "Thôn Một có nhà văn hóa không quá 100 chỗ.", False),
        ("Vì sao xã Tân Hà có chợ?", "Xã Tân Hà không có chợ vì thiếu đất.", False),
    ],
)
def test_what_is_denied_is_no_answer(question: str, text: str, denied: bool) -> None:
    assert (denies(asked(question), whole(text)) is not None) == denied


@pytest.mark.parametrize(
    ("text", "section", "planned"),
    [
        ("Đạt 68%.", "Tiến độ tiêu chí và kế hoạch đến hết năm › II. Tiến độ các tiêu chí", False),
        ("Đạt 68%.", "Tiến độ tiêu chí và kế hoạch đến hết năm › III. Kế hoạch đến hết năm", True),
        ("Phấn đấu trồng 90 ha chè.", None, True),
        ("Trồng 90 ha chè.", "III. Mục tiêu, giải pháp", True),
        ("Trồng 90 ha chè.", "II. Kết quả thực hiện nhiệm vụ", False),
        ("Hỗ trợ 35 tỷ đồng sửa kè.", "V. Đề xuất", True),
        ("Đã trả lời 35 ý kiến.", "Kết quả giải quyết kiến nghị", False),
        ("Đã trồng 75 ha chè.", None, False),
    ],
)
def test_an_aim_is_told_from_a_result(text: str, section: str | None, planned: bool) -> None:
    assert is_planned(whole(text), section) == planned


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("Trồng được bao nhiêu ha chè?", True),
        ("Phải trồng bao nhiêu ha chè?", False),
        ("Chợ Tân Hà xây xong chưa?", True),
        ("Nêu các giải pháp trồng chè", False),
    ],
)
def test_a_result_is_asked_for(question: str, result: bool) -> None:
    assert asks_result(asked(question)) == result


def test_the_result_is_quoted_before_the_plan() -> None:
    document = make("I. Mục tiêu\nPhấn đấu trồng chè đạt 90 ha.\nII. Kết quả\nTổng diện tích trồng chè đạt 75 ha.")
    query, findings, table = found("Trồng chè đạt bao nhiêu ha?", document)
    assert "75 ha" in decide(query, findings, table).quotes[0].text


def test_a_plan_is_quoted_with_the_heading_that_says_so() -> None:
    document = make("Trồng 90 ha chè.", title="Báo cáo")
    planned = quote_of(finding(document, "Trồng 90 ha chè."))
    headed = type(planned)(document, planned.span, "Phần hai › III. Mục tiêu năm 2022")
    text, _ = compose([headed])
    assert ", phần “III. Mục tiêu năm 2022”: Trồng 90 ha chè. [1]" in text
    assert not frames("I. Đặc điểm tình hình")
    assert frames("Kết quả 6 tháng đầu năm 2022")


DOWN = "Năng suất giảm 1,8 tạ so với vụ mùa năm 2022."
BY = "Hạn nộp phiếu: trước 17 giờ 00 ngày 31/3/2022."


@pytest.mark.parametrize(
    ("question", "text", "section", "title", "kind"),
    [
        ("6 tháng đầu năm 2022 trồng bao nhiêu ha chè?", "Trồng 75 ha chè.", None, "Báo cáo năm 2022", "period"),
        ("6 tháng đầu năm 2022 trồng bao nhiêu ha chè?", "Trồng 75 ha chè.", None, "Báo cáo 6 tháng đầu năm 2022", ""),
        ("Quý II năm 2022 trồng bao nhiêu ha chè?", "Trồng 75 ha chè.", "Kết quả 6 tháng đầu năm 2022", "", "period"),
        ("Năm 2022 trồng bao nhiêu ha chè?", "Trồng 75 ha chè, tăng 5% so với năm 2021.", None, "Báo cáo năm 2022", ""),
        ("Năm 2021 trồng bao nhiêu ha chè?", "Trồng 75 ha chè, tăng 5% so với năm 2021.", None, "Tin năm 2022", "year"),
        ("Vụ mùa năm 2023 năng suất giảm mấy tạ?", DOWN, None, "Báo cáo năm 2023", ""),
        ("Vụ mùa năm 2022 năng suất giảm mấy tạ?", DOWN, None, "Báo cáo năm 2023", "year"),
        ("Quý II năm 2022 gửi trước mấy ngày?", "Gửi trước 05 ngày.", None, "Chương trình năm 2022", ""),
        ("Năm 2023 nộp phiếu hạn hôm nào?", BY, "Đề xuất năm 2023", "Công văn năm 2022", ""),
        ("Năm 2024 nộp phiếu hạn hôm nào?", BY, "Đề xuất năm 2023", "Công văn năm 2022", "year"),
        ("Năm 2022 trồng bao nhiêu ha chè?", "Trồng 75 ha chè.", None, "Kết quả năm 2022 và nhiệm vụ năm 2023", ""),
        ("Năm 2023 trồng bao nhiêu ha chè?", "Trồng 75 ha chè.", None, "Kết quả năm 2022 và nhiệm vụ năm 2023", "year"),
    ],
)  # fmt: skip
def test_a_figure_is_of_its_own_period(question: str, text: str, section: str | None, title: str, kind: str) -> None:
    document = make(text, title=title or "Báo cáo")
    against = mismatch(asked(question), whole(text), document, section)
    assert (against.kind if against else "") == kind


@pytest.mark.parametrize(
    ("question", "document_kind", "section", "kind"),
    [
        ("Năm 2023 thu được bao nhiêu tiền quỹ?", "Kế hoạch", None, "kind"),
        ("Năm 2023 thu được bao nhiêu tiền quỹ?", "Báo cáo", None, ""),
        ("Năm 2023 thu được bao nhiêu tiền quỹ?", "Kế hoạch", "I. Đánh giá tình hình năm 2023", ""),
        ("Đến nay đã thu bao nhiêu tiền quỹ?", "Nghị quyết", "Điều 1. Dự toán thu năm 2023", "kind"),
        ("Đến nay đã thu bao nhiêu tiền quỹ?", "Nghị quyết", "Tình hình thực hiện dự toán thu", ""),
        ("Quỹ được giao thu bao nhiêu tiền?", "Nghị quyết", "Điều 1. Dự toán thu năm 2023", ""),
        ("Năm 2023 thu hết bao nhiêu tiền quỹ?", "Kế hoạch", None, ""),
        ("Đã thu quỹ rồi, hộ nộp thêm tối đa mấy triệu?", "Kế hoạch", None, ""),  # a limit
        ("Năm 2023 hộ được hỗ trợ bao nhiêu tiền quỹ?", "Kế hoạch", None, ""),  # what they are to get
    ],
)
def test_a_plan_tells_not_what_came_of_it(question: str, document_kind: str, section: str | None, kind: str) -> None:
    against = mismatch(asked(question), whole("Quỹ 46 triệu đồng."), make("x", kind=document_kind), section)
    assert (against.kind if against else "") == kind


@pytest.mark.parametrize(
    ("question", "document_kind", "kind"),
    [
        ("Thực tế tiêm ngày nào?", "Kế hoạch", "kind"),
        ("Thực tế tiêm ngày nào?", "Báo cáo", ""),
        ("Tiêm ngày nào?", "Kế hoạch", ""),
    ],
)
def test_a_plan_tells_not_when_it_really_was(question: str, document_kind: str, kind: str) -> None:
    against = mismatch(asked(question), whole("Tiêm ngày 16/10/2023."), make("x", kind=document_kind), None)
    assert (against.kind if against else "") == kind


@pytest.mark.parametrize(
    ("question", "text", "kind"),
    [
        ("Thanh tra huyện kết luận thế nào?", "3. Giao Thanh tra huyện kiểm tra việc chi tiền.", "kind"),
        ("Thanh tra huyện kết luận thế nào?", "Thanh tra huyện kết luận chi tiền sai 9 hộ.", ""),
        ("Thanh tra huyện được giao kiểm tra việc gì?", "Giao Thanh tra huyện kiểm tra rừng thông.", ""),
        ("Hội nghị kết luận thế nào?", "Giao Thanh tra huyện kiểm tra việc chi tiền.", ""),  # that is what it concluded
    ],
)
def test_what_is_ordered_is_not_what_was_found(question: str, text: str, kind: str) -> None:
    against = mismatch(asked(question), whole(text), make("x"), None)
    assert (against.kind if against else "") == kind


@pytest.mark.parametrize(
    ("question", "section", "period"),
    [
        ("Cả năm 2026 hồ sơ trực tuyến đạt bao nhiêu %?", "Kết quả quý I năm 2026", True),
        ("Cả năm 2026 hồ sơ trực tuyến đạt bao nhiêu %?", "Kết quả năm 2026", False),
        ("Quý I năm 2026 hồ sơ trực tuyến đạt bao nhiêu %?", "Kết quả quý I năm 2026", False),
    ],
)
def test_a_part_of_the_year_is_not_all_of_it(question: str, section: str, period: bool) -> None:
    against = mismatch(asked(question), whole("Hồ sơ trực tuyến đạt 89%."), make("x"), section)
    assert (against is not None and against.kind == "period") == period


@pytest.mark.parametrize(
    ("question", "text", "kind"),
    [
        ("Xã có bao nhiêu hộ đã nộp qua mạng?", "Mục tiêu có ít nhất 600 hộ nộp qua mạng.", "kind"),
        ("Xã có bao nhiêu hộ đã nộp qua mạng?", "Có 412 hộ đã nộp qua mạng, đạt mục tiêu.", ""),
        ("Mục tiêu có bao nhiêu hộ nộp qua mạng?", "Mục tiêu có ít nhất 600 hộ nộp qua mạng.", ""),
        ("Đã thu được bao nhiêu đơn vị máu?", "Chỉ tiêu thu 150 đơn vị máu.", "kind"),
        ("Đã thu được bao nhiêu đơn vị máu?", "Đã thu 150 đơn vị máu, vượt chỉ tiêu.", ""),
    ],
)
def test_a_target_is_none_of_what_was_reached(question: str, text: str, kind: str) -> None:
    against = mismatch(asked(question), whole(text), make("x"), None)
    assert (against.kind if against else "") == kind


def test_a_document_tells_nothing_of_how_it_came_out_later() -> None:
    question, text = asked("Cuối năm 2023 xã có bao nhiêu hội viên?"), whole("Năm 2023 có 110 hội viên.")
    before, behind = (make("x", issued_on=date(year, 12, 20)) for year in (2022, 2023))
    assert mismatch(question, text, before, None) is not None
    assert mismatch(question, text, behind, None) is None


@pytest.mark.parametrize(
    ("section", "kind"),
    [("3. Lịch trả tiền tháng 10/2024", "period"), ("3. Lịch trả tiền tháng 12/2024", ""), (None, "")],
)
def test_the_month_of_a_heading_is_that_of_its_sentences(section: str | None, kind: str) -> None:
    question, text = asked("Lịch trả tiền tháng 12/2024 thế nào?"), whole("Lịch trả tiền ở xã như sau.")
    against = mismatch(question, text, make("x"), section)
    assert (against.kind if against else "") == kind


@pytest.mark.parametrize(
    ("question", "section", "kind"),
    [
        ("Thực tế năm 2024 thu nhập đạt bao nhiêu?", "IV. Nhiệm vụ năm 2024", "kind"),
        ("Năm 2024 thu nhập phấn đấu đạt bao nhiêu?", "IV. Nhiệm vụ năm 2024", ""),
        ("Thực tế năm 2024 thu nhập đạt bao nhiêu?", "II. Kết quả năm 2024", ""),
    ],
)
def test_what_is_aimed_at_is_no_actual_figure(question: str, section: str, kind: str) -> None:
    against = mismatch(asked(question), whole("Thu nhập đạt 46 triệu đồng."), make("x"), section)
    assert (against.kind if against else "") == kind


def test_a_count_is_no_share() -> None:
    against = mismatch(asked("Còn bao nhiêu thôn?"), whole("Số thôn chưa có điện còn 4%."), make("x"), None)
    assert against is not None
    assert against.kind == "kind"


def test_a_title_names_the_year_it_reports_on() -> None:
    assert about_document(make("x", title="Kết quả năm 2022, phương hướng năm 2023")).year == 2022
    assert about_document(make("x", title="Kế hoạch và nhiệm vụ năm 2023")).year == 2023
    cites = "Sơ kết Chương trình số 14-CTr/HU ngày 16/9/2021 đến năm 2023"  # the day of what is carried out
    assert about_document(make("x", title=cites)).year == 2023


def test_a_labelled_line_is_found_by_its_documents_title() -> None:
    document = make("Thời gian: ngày 9/9/2022.\nXã cử 9 người.", title="Hội thi nấu ăn xã Tân Hà")
    assert {"thi", "nau"} <= with_subject(part(document.text, "Thời gian: ngày 9/9/2022."), document, frozenset()).found
    assert "nau" not in with_subject(part(document.text, "Xã cử 9 người."), document, frozenset()).found


def test_an_item_with_a_figure_is_found_by_what_stands_above_it() -> None:
    document = make("Nguồn chi:\n- Ngân sách huyện: 850 triệu đồng\n- Xã Tân Hà: cử 9 người nấu", title="Lễ hội hoa")
    item = part(document.text, "- Ngân sách huyện: 850 triệu đồng")
    asked = frozenset({"ngan", "sach", "huyen", "chi"})
    assert {"hoi", "phi", "nguon"} <= with_subject(item, document, asked, heading="V. KINH PHÍ").found
    assert "hoi" not in with_subject(item, document, asked - {"huyen"}, heading="V. KINH PHÍ").found
    plain = part(document.text, "Xã Tân Hà: cử 9 người nấu")
    assert "hoi" not in with_subject(plain, document, frozenset({"xa", "tan", "ha"}), heading="V. KINH PHÍ").found


def test_a_cause_is_found_by_what_it_is_the_cause_of() -> None:
    document = make("Xã họp xong. Việc trả lương còn chậm. Nguyên nhân là do lỗi mạng.\nLý do: thiếu người.")
    cause = part(document.text, "Nguyên nhân là do lỗi mạng.")
    told = with_subject(cause, document, frozenset(), why=True).found
    assert {"tra", "luong"} <= told
    assert "hop" not in told  # a sentence further up
    assert "luong" not in with_subject(cause, document, frozenset()).found  # it is not asked why
    assert "loi" not in with_subject(part(document.text, "Lý do: thiếu người."), document, frozenset(), why=True).found


@pytest.mark.parametrize(
    ("claim", "section", "kind", "wrong"),
    [
        ("Đã trồng 90 ha chè", "III. Mục tiêu", None, True),
        ("Trồng được 90 ha chè", None, "Báo cáo", False),
        ("Xã đã trồng 90 ha chè", None, "Kế hoạch", True),
        ("Trồng 90 ha chè", "III. Mục tiêu", None, False),
    ],
)
def test_a_plan_is_not_told_as_done(claim: str, section: str | None, kind: str | None, wrong: bool) -> None:
    assert told_as_done(claim, "Trồng 90 ha chè.", section, kind) == wrong


@pytest.mark.parametrize(
    ("question", "done"),
    [
        ("Đất ở được đền bù bao nhiêu?", False),  # what one is entitled to
        ("Năm qua chi được bao nhiêu tiền một hộ?", False),  # a rate
        ("Năm qua chi được bao nhiêu tiền?", True),
    ],
)
def test_what_is_over(question: str, done: bool) -> None:
    assert asks_done(asked(question)) == done
