"""What a question pins down, one thing at a time, kept and not kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from answer_parts import asked, make, part, whole

from corpus.document import Span
from rag.about import about_document
from rag.constraints import Mismatch, mismatch
from rag.posts import ranked
from rag.understand import query_of
from rag.whose_act import is_elsewhere

BUDGET = "Thu ngân sách đạt 5 tỷ đồng."
BAC_HA = {"title": "Báo cáo", "place": "huyện Bắc Hà, tỉnh Lào Cai"}
PLAIN: dict[str, object] = {"title": "Báo cáo"}


def against(question: str, text: str, quote: str | None = None, section: str | None = None, **header: object) -> str:
    """The kind of mismatch, "" for none."""
    unit = part(text, quote) if quote else whole(text)
    found = mismatch(asked(question), unit, make(text, **(PLAIN | header)), section)
    return found.kind if found else ""


@pytest.mark.parametrize(
    ("question", "quote", "kind"),
    [
        ("Sau khi gia hạn, nộp phiếu trước ngày nào?", "Phiếu nộp trước ngày 20/4/2026.", "title"),
        ("sau khi gia han, nop phieu truoc ngay nao", "Gia hạn nộp phiếu đến ngày 29/4/2026.", ""),
        ("Sau khi tập huấn, nộp phiếu trước ngày nào?", "Phiếu nộp trước ngày 20/4/2026.", ""),
    ],
)
def test_what_held_before_a_change(question: str, quote: str, kind: str) -> None:
    assert against(question, quote) == kind
    assert against(question, f"V/v gia hạn nộp phiếu\n{quote}", quote) == ""


TWO_PLACES = "Tỉnh Lào Cai họp. Tỉnh thu 5 tỷ đồng. TPHCM cũng họp. Dân số 13 triệu người."


@pytest.mark.parametrize(
    ("question", "quote", "header", "kind"),
    [
        ("Tỉnh Lào Cai thu được bao nhiêu đồng?", "Tỉnh thu 5 tỷ đồng.", {}, ""),
        ("Thành phố Hồ Chí Minh thu được bao nhiêu đồng?", "Tỉnh thu 5 tỷ đồng.", {}, "place"),  # named only later
        ("Dân số Thành phố Hồ Chí Minh là bao nhiêu?", "Dân số 13 triệu người.", {}, ""),  # by its abbreviation
        ("Dân số tỉnh Lào Cai là bao nhiêu?", "Dân số 13 triệu người.", {}, "place"),  # another was named since
        ("Dân số Thành phố Hồ Chí Minh là bao nhiêu?", "Dân số 13 triệu người.", BAC_HA, "place"),
    ],
)
def test_the_last_place_named_is_spoken_of_where_a_document_is_about_none(
    question: str, quote: str, header: dict[str, object], kind: str
) -> None:
    assert against(question, TWO_PLACES, quote, **header) == kind


def test_a_heading_names_the_place_of_what_is_under_it() -> None:
    question, text = "Đất ở thị trấn Bắc Hà giá bao nhiêu?", "Đất ở giá 2 triệu đồng."
    header = {"place": "huyện Mai Sơn, tỉnh Sơn La"}
    assert against(question, text, None, "Điều 3 › 1. Đất ở tại thị trấn Bắc Hà", **header) == ""
    assert against(question, text, None, "Điều 3 › 2. Đất ở tại xã Tân Hà", **header) == "place"
    assert against(question, text, None, "1. Đất thị trấn Bắc Hà › 2. Đất ở xã Tân Hà", **header) == "place"


def test_the_letterhead_of_a_village_names_it() -> None:
    text = "XÃ TÂN HÀ\nTHÔN NÀ LỐC\n\nHọp thôn. Quỹ còn 14 triệu đồng."
    assert against("Thôn Nà Lốc quỹ còn bao nhiêu tiền?", text, "Quỹ còn 14 triệu đồng.") == ""
    assert against("Thôn Nà Hối quỹ còn bao nhiêu tiền?", text, "Quỹ còn 14 triệu đồng.") == "place"
    told = text.replace("THÔN NÀ LỐC", "Họp tại thôn Nà Lốc, bàn về xã Tân Hà")
    assert against("Thôn Nà Lốc quỹ còn bao nhiêu tiền?", told, "Quỹ còn 14 triệu đồng.", **BAC_HA) == "place"


def test_a_column_of_localities_names_no_ward() -> None:
    row = "Địa phương: {} | Tỷ lệ hộ phân loại rác (%): 19,4"
    question, header = "Tỷ lệ hộ phân loại rác ở huyện Mai Sơn?", {"place": "tỉnh Sơn La"}
    assert against(question, row.format("Mai Sơn"), **header) == ""
    assert against(question, row.format("Phường Mai Sơn"), **header) != ""


@pytest.mark.parametrize(
    ("question", "text", "title"),
    [
        ("Công chức nào có thái độ thiếu tôn trọng?", "02 công chức có thái độ thiếu tôn trọng", True),
        ("Công chức nào có thái độ thiếu tôn trọng?", "02 người nói công chức có thái độ thiếu tôn trọng", False),
        ("Công chức nào có thái độ thiếu tôn trọng?", "02 người có thái độ thiếu tôn trọng", True),
        ("8 công chức được khen là những người thế nào?", "08 công chức được khen", True),
        ("Ba câu chuyển cấp tỉnh là câu gì?", "03 câu chuyển cấp tỉnh", True),
        ("Ba câu chuyển cấp tỉnh là câu gì?", "05 câu chuyển cấp tỉnh", False),
        ("Mấy công chức có thái độ thiếu tôn trọng?", "02 công chức có thái độ thiếu tôn trọng", False),
    ],
)
def test_how_many_there_are_is_an_echo_where_it_is_asked_who(question: str, text: str, title: bool) -> None:
    assert (against(question, text) == "title") == title


def test_an_echo_of_the_question_is_no_answer() -> None:
    text = "Tiêu chuẩn hòa giải viên\nCó uy tín."
    assert against("tiêu chuẩn hòa giải viên", text, "Tiêu chuẩn hòa giải viên") == "title"
    assert against("tiêu chuẩn hòa giải viên", text, "Có uy tín.") == ""
    assert against("Hòa giải viên có tiêu chuẩn không?", text, "Tiêu chuẩn hòa giải viên") == ""


@pytest.mark.parametrize(
    ("question", "text", "header", "kind"),
    [
        ("Tháng 7/2023 tăng bao nhiêu phần trăm?", "Từ ngày 01/7/2023, tăng 12% trên mức của tháng 6/2023.", {}, ""),
        (
            "Tháng 8/2023 tăng bao nhiêu phần trăm?",
            "Từ ngày 01/7/2023, tăng 12% trên mức của tháng 6/2023.",
            {},
            "period",
        ),
        ("Nghị quyết số 12-NQ/HU nêu điều gì?", "Nghị quyết số 12-NQ/HU nêu tám việc.", {}, ""),
        ("Nghị quyết số 12-NQ/HU nêu điều gì?", "Nêu tám việc.", {"number": "12-NQ/HU"}, ""),
        ("Nghị quyết số 13-NQ/HU nêu điều gì?", "Nghị quyết số 12-NQ/HU nêu tám việc.", {}, "number"),
        ("Nghị quyết số 12-NQ/TU nêu điều gì?", "Nghị quyết số 12-NQ/HU nêu tám việc.", {}, "number"),
        ("Huyện Bắc Hà thu được bao nhiêu đồng?", BUDGET, BAC_HA, ""),
        ("Tỉnh Lào Cai thu được bao nhiêu đồng?", BUDGET, BAC_HA, ""),
        ("Huyện Lâm Hà thu được bao nhiêu đồng?", BUDGET, BAC_HA, "place"),
        ("Huyện Lâm Hà thu được bao nhiêu đồng?", "Huyện Lâm Hà thu 5 tỷ đồng.", BAC_HA, ""),
        ("Xã Bắc Hà thu được bao nhiêu đồng?", BUDGET, BAC_HA, "place"),  # the commune in the district of that name
        ("Bắc Hà thu được bao nhiêu đồng?", BUDGET, BAC_HA, ""),
        ("Huyện Bắc Hà thu được bao nhiêu đồng?", BUDGET, {"place": "xã Bắc Hà, tỉnh Lào Cai"}, "place"),
        ("Xã Bắc Hà thu được bao nhiêu đồng?", "Xã Bắc Hà thu 5 tỷ đồng.", BAC_HA, ""),
        ("Xã Mỹ Hưng thu được bao nhiêu đồng?", "Xã Mỹ Hưng thu 5 tỷ đồng.", BAC_HA, ""),  # y and i are one letter
        ("Xã Tân Hà hay xã Tân Lập thu nhiều hơn?", "Xã Tân Hà thu 5 tỷ đồng.", BAC_HA, ""),  # half of a comparison
        ("Xã Tân Hà hay xã Tân Lập thu nhiều hơn?", "Xã Phú Sơn thu 5 tỷ đồng.", BAC_HA, "place"),
        ("Ông Vũ Đình Minh nói thế nào?", "Đồng chí Vũ Đình Minh nói ngắn.", {}, ""),
        ("Ông Vũ Đình Minh nói thế nào?", "Đồng chí Trần Quốc Lập nói ngắn.", {}, "name"),
        ("Năm 2019 thu thế nào?", "Năm 2019 thu khá.", {}, ""),
        ("Năm 2019 thu thế nào?", "Năm 2020 thu khá.", {}, "year"),
        ("Năm 2019 thu thế nào?", "Thu khá.", {"issued_on": date(2019, 10, 1)}, ""),
        ("Năm 2019 thu thế nào?", "Thu khá.", {"issued_on": date(2020, 10, 1)}, "year"),
        ("Năm 2019 thu thế nào?", "Thu khá.", {}, ""),  # nothing says otherwise
        ("9 tháng đầu năm thu thế nào?", "9 tháng đầu năm 2019 thu khá.", {}, ""),
        ("9 tháng đầu năm thu thế nào?", "Sáu tháng đầu năm thu khá.", {}, "period"),
        ("9 tháng đầu năm thu thế nào?", "3 tháng cuối năm 2019 thu khá.", {}, "period"),
        ("Quý III năm 2019 thu thế nào?", "Quý 3/2019 thu khá.", {}, ""),
        ("Quý III năm 2019 thu thế nào?", "Quý 2/2019 thu khá.", {}, "period"),
        ("Tháng 5 thu thế nào?", "Tháng 6/2019 thu khá.", {}, "period"),
        ("9 tháng đầu năm thu thế nào?", "Năm nay thu khá.", {}, ""),  # it speaks of no part of a year
        ("Vụ đông xuân 2020-2021 thu thế nào?", "Thu khá.", {"title": "Kết quả vụ đông xuân 2020 - 2021"}, ""),
        ("Vụ đông xuân 2020-2021 thu thế nào?", "Thu khá.", {"title": "Kết quả vụ đông xuân 2021 - 2022"}, "year"),
        ("Năm 2022 thu thế nào?", "Thu khá.", {"title": "Kết quả vụ đông xuân 2021 - 2022"}, ""),  # its second half
        ("Năm học 2023-2024 thu thế nào?", "Năm học 2024-2025 thu khá.", {}, "year"),
        ("Dịp Noel 2019 thăm ai?", "Dịp Noel 2018 thăm các cơ sở.", {}, "year"),
        ("Công an huyện làm gì?", "Công an huyện tuần tra ban đêm.", {}, ""),
        ("Công an huyện làm gì?", "Ban Dân vận họp.", {}, "office"),
        ("Công an huyện làm gì?", "Tuần tra ban đêm.", {"issuer": "Công an huyện"}, ""),
        ("Trưởng công an huyện dự hội nghị nào?", "Trưởng công an huyện dự hội nghị sơ kết.", {}, ""),
        ("Trưởng công an huyện dự hội nghị nào?", "Phó trưởng công an huyện dự hội nghị sơ kết.", {}, "rank"),
        ("Nguyên chủ tịch xã dự hội nghị nào?", "Chủ tịch xã dự hội nghị sơ kết.", {}, "rank"),
        ("Có bao nhiêu hộ nghèo?", "Có 12 hộ nghèo.", {}, ""),
        ("Có bao nhiêu hộ nghèo?", "Hộ nghèo còn nhiều.", {}, "kind"),
    ],
)
def test_each_thing_both_ways(question: str, text: str, header: dict[str, object], kind: str) -> None:
    assert against(question, text, None, None, **header) == kind


def test_the_difference_is_named() -> None:
    found = mismatch(asked("Huyện Lâm Hà thu được bao nhiêu đồng?"), whole(BUDGET), make(BUDGET, **BAC_HA), None)
    assert found == Mismatch("place", "huyện Lâm Hà", "huyện Bắc Hà, tỉnh Lào Cai")
    text = "Năm 2020 thu khá."
    assert mismatch(asked("Năm 2019 thu sao?"), whole(text), make(text, title="A"), None) == Mismatch(
        "year", "2019", "2020"
    )


def test_the_period_before_it_in_its_paragraph_governs() -> None:
    text = "Năm 2018 thu thấp. Chi cao.\nNăm 2019 thu khá. Chi vừa."
    assert against("Năm 2019 chi thế nào?", text, "Chi cao.") == "year"
    assert against("Năm 2019 chi thế nào?", text, "Chi vừa.") == ""


def test_a_part_of_the_year_named_before_in_the_paragraph_counts() -> None:
    text = "Sơ kết 9 tháng đầu năm; nhiệm vụ 3 tháng cuối năm, đồng chí Vũ Đình Minh kết luận."
    clause = text.partition("; ")[2]
    assert against("Ai kết luận hội nghị 9 tháng đầu năm?", text, clause) == ""
    assert against("Ai kết luận hội nghị 6 tháng đầu năm?", text, clause) == "period"


def test_a_headings_year_governs_unless_the_paragraph_has_one() -> None:
    text = "Chi vừa."
    heading = "II. Kết quả năm 2019"
    assert against("Năm 2019 chi thế nào?", text, None, heading, issued_on=date(2020, 1, 5)) == ""
    assert against("Năm 2020 chi thế nào?", text, None, heading, issued_on=date(2020, 1, 5)) == "year"


CITING = "Huyện chi theo Nghị quyết số 12-NQ/HU ngày 12/4/2018."


@pytest.mark.parametrize(
    ("text", "section", "kind"),
    [
        ("Thu 5 tỷ đồng, tăng 6% so với năm 2022. Chi cao.", None, ""),  # only measured by
        ("Thu năm 2023 tăng 2,1% (năm 2022 là 2,6%). Chi cao.", None, ""),  # an aside
        ("So với năm 2022, thu giảm 551 triệu (năm 2022: 2.867 triệu). Chi cao.", None, ""),
        ("Hội nghị (ngày 5/7/2022) bàn về thu. Chi cao.", None, "year"),
        ("Thu năm 2022 tăng 2,1% (năm 2023 là 2,6%). Chi cao.", None, "year"),
        ("Chi cao.", "Kết quả năm 2023, phương hướng năm 2024 › I. TÌNH HÌNH", ""),
        ("Chi cao.", "Kết quả năm 2022, phương hướng năm 2023 › I. TÌNH HÌNH", "year"),
        ("Chi cao.", "Kết quả năm 2022, phương hướng năm 2023 › II. PHƯƠNG HƯỚNG", ""),
        ("Chi cao.", "2. Thu, chi (năm 2023 - năm 2022)", ""),
    ],
)
def test_what_others_are_measured_by_governs_nothing(text: str, section: str | None, kind: str) -> None:
    found = against("Năm 2023 chi thế nào?", text, "Chi cao.", section, issued_on=date(2023, 12, 5))
    assert found == kind


def test_a_day_by_which_something_is_due_is_no_period() -> None:
    weak = "Năm 2023 xếp loại 14 hợp tác xã. Hai hợp tác xã yếu phải củng cố xong trước ngày 31/12/2024."
    quote = weak.partition(". ")[2]
    header = {"issued_on": date(2024, 6, 20)}
    assert against("Năm 2023 xã nào xếp loại yếu?", weak, quote, **header) != "year"
    assert against("Năm 2024 xã nào xếp loại yếu?", weak, quote, **header) != "year"
    assert against("Năm 2022 xã nào xếp loại yếu?", weak, quote, **header) == "year"
    assert against("Năm 2023 xã nào xếp loại yếu?", weak.replace("trước", "từ"), quote.replace("trước", "từ")) == "year"


def test_a_part_of_a_year_that_others_are_measured_by_is_not_spoken_of() -> None:
    header = {"title": "Báo cáo quý I năm 2026"}
    said = "Thời gian chờ là 11 phút, giảm 6 phút so với quý IV/2025."
    assert against("Quý I/2026 chờ mấy phút?", said, **header) == ""
    assert against("Quý II/2026 chờ mấy phút?", said, **header) == "period"
    assert against("Quý I/2026 chờ mấy phút?", "Quý IV/2025 chờ 17 phút.", **header) in ("period", "year")


def test_the_office_of_plans_opens_none() -> None:
    paid = "Lợn nái được đền 30 nghìn đồng."
    assert against("Lợn nái được đền bao nhiêu đồng?", paid, None, "3. Phòng Tài chính - Kế hoạch") == ""


def test_a_period_in_the_name_of_the_meeting_is_no_period_of_what_was_said_there() -> None:
    clause = "Kết luận hội nghị, đồng chí Lê Văn Tám giao 3 việc của 6 tháng cuối năm."
    titled = {"title": "Hội nghị sơ kết 6 tháng đầu năm"}
    assert against("Ai kết luận hội nghị 6 tháng đầu năm?", clause, **titled) == ""
    assert against("Giao mấy việc của 6 tháng đầu năm?", clause, **titled) == "period"
    assert against("Ai kết luận hội nghị 9 tháng đầu năm?", clause, **titled) == "period"


def test_the_day_of_a_cited_document_is_no_period() -> None:
    assert against("Năm 2018 huyện chi thế nào?", CITING, issued_on=date(2019, 5, 1)) == "year"
    assert against("Năm 2019 huyện chi thế nào?", CITING, issued_on=date(2019, 5, 1)) == ""


def test_it_is_where_the_cited_document_is_asked_for() -> None:
    assert against("Nghị quyết số 12-NQ/HU năm 2018 được chi thế nào?", CITING, issued_on=date(2019, 5, 1)) == ""
    assert against("Năm 2018 huyện chi theo nghị quyết nào?", CITING, issued_on=date(2019, 5, 1)) == ""


def test_the_plans_years_do_not_speak_for_the_unit() -> None:
    text = "Huyện thực hiện đề án giai đoạn 2021-2025."
    assert against("Năm 2020 huyện thực hiện thế nào?", text, issued_on=date(2020, 5, 1)) == ""


def test_a_question_is_no_answer() -> None:
    text = "Xe cũ có được đăng kiểm không?"
    assert against("Xe cũ được đăng kiểm trong bao lâu?", text, text, **PLAIN) == "title"


def test_a_title_is_no_answer() -> None:
    text = "Kết quả công tác dân vận\nCông tác dân vận đạt kết quả tốt."
    spans = {"title": Span(0, 24)}
    question = "Kết quả công tác dân vận thế nào?"
    assert against(question, text, "Kết quả công tác dân vận", spans=spans) == "title"
    assert against(question, text, "Công tác dân vận đạt kết quả tốt.", spans=spans) == ""


def test_a_person_named_before_in_the_paragraph_counts() -> None:
    text = "Đồng chí Vũ Đình Minh dự. Đồng chí nói ngắn.\nĐồng chí nói dài."
    assert against("Ông Vũ Đình Minh nói thế nào?", text, "Đồng chí nói ngắn.") == ""
    assert against("Ông Vũ Đình Minh nói thế nào?", text, "Đồng chí nói dài.") == "name"


def test_an_office_named_anywhere_counts_where_the_paragraph_names_none() -> None:
    text = "Công an huyện họp.\nTuần tra ban đêm.\nBan Dân vận tuần tra."
    assert against("Công an huyện làm gì?", text, "Tuần tra ban đêm.") == ""
    assert against("Công an huyện làm gì?", text, "Ban Dân vận tuần tra.") == "office"


def test_what_opens_with_another_office_is_not_of_the_one_asked_for() -> None:
    text = "MTTQ huyện vui. Hội Nông dân huyện đã kiện toàn 5 chức danh; phối hợp với Hội Nông dân kiện toàn 3."
    question = "MTTQ huyện kiện toàn thế nào?"
    assert against(question, text, "Hội Nông dân huyện đã kiện toàn 5 chức danh") == "office"
    assert against(question, text, "phối hợp với Hội Nông dân kiện toàn 3.") == ""


def test_the_opposite_is_no_answer() -> None:
    text = "Tổng thu ngân sách được 134 tỷ đồng. Tổng chi ngân sách là 90 tỷ đồng, tổng thu đạt dự toán."
    assert against("Tổng chi ngân sách là bao nhiêu?", text, "Tổng thu ngân sách được 134 tỷ đồng.") == "opposite"
    both = "Tổng chi ngân sách là 90 tỷ đồng, tổng thu đạt dự toán."
    assert against("Tổng chi ngân sách là bao nhiêu?", text, both) == ""
    assert against("Tổng thu ngân sách là bao nhiêu?", text, "Tổng thu ngân sách được 134 tỷ đồng.") == ""


def test_elsewhere_is_another_office() -> None:
    query = asked("Công an huyện làm gì?")
    assert is_elsewhere(query, whole("Ban Dân vận họp."))
    assert not is_elsewhere(query, whole("Công an họp với Ban Dân vận."))
    assert not is_elsewhere(query, whole("Mọi người họp."))


def test_what_a_document_is_about() -> None:
    about = about_document(make("x", title="Kết quả năm 2021", place="huyện Bắc Hà, tỉnh Lào Cai", number="12-NQ/HU"))
    assert {"bac ha", "lao cai"} <= about.places
    assert about.year == 2021
    assert [number.digits for number in about.number] == ["12"]


def test_ranks_of_posts() -> None:
    assert ranked("pho chu tich va chu tich gap nguyen bi thu") == {"chu tich": {"pho", ""}, "bi thu": {"nguyen"}}
    assert ranked("khong co chuc gi") == {}


def test_a_name_whose_accents_nobody_typed_may_have_others() -> None:
    unit = whole("Đồng chí Lê Đức Quynh dự họp.")
    text = make(unit.text, **PLAIN)
    restored = query_of("Le Duc Quynh du hop gi", "Lê Đức Quỳnh dự họp gì")
    assert mismatch(restored, unit, text, None) is None
    typed = mismatch(asked("Lê Đức Quỳnh dự họp gì"), unit, text, None)
    assert typed is not None
    assert typed.kind == "name"


def test_a_title_that_is_a_sentence_tells_something() -> None:
    told = "Thôn Đông sáp nhập với thôn Tây từ ngày 1/3/2024."
    document = make(told, title=told)
    spans = {"title": Span(0, len(told))}
    document = replace(document, header=replace(document.header, spans=spans))
    assert mismatch(asked("Thôn Đông sáp nhập với thôn nào?"), whole(told), document, None) is None
    heading = told.rstrip(".")
    titled = replace(document, text=heading, header=replace(document.header, spans={"title": Span(0, len(heading))}))
    differ = mismatch(asked("Thôn Đông sáp nhập với thôn nào?"), whole(heading), titled, None)
    assert differ is not None
    assert differ.kind == "title"


def test_a_document_without_a_letterhead_is_of_the_district_it_keeps_naming() -> None:
    text = "UBND huyện Phú Sơn tuyển viên chức. Nộp tại UBND huyện Phú Sơn. Phí là 500.000 đồng."
    assert against("Huyện Phú Sơn thu phí bao nhiêu tiền?", text, "Phí là 500.000 đồng.") == ""
    other = text.replace("tại UBND huyện Phú Sơn", "tại UBND huyện Trà Lý, huyện Đắc Song")
    assert against("Huyện Phú Sơn thu phí bao nhiêu tiền?", other, "Phí là 500.000 đồng.") == "place"


def test_what_is_ahead_is_not_reached() -> None:
    question, text = "Xã đạt được bao nhiêu % tiêu chí?", "Xã đạt 80% tiêu chí."
    assert against(question, text, section="II. Phương hướng, nhiệm vụ") == "kind"
    assert against(question, text, section="I. Kết quả") == ""
    assert against("Xã phải đạt bao nhiêu % tiêu chí?", text, section="II. Phương hướng, nhiệm vụ") == ""


def test_a_day_on_which_something_was_passed_is_no_year_of_it() -> None:
    text, header = "Dự toán được thông qua ngày 20/12/2023, với 31/32 đại biểu.", {"title": "Dự toán năm 2024"}
    assert against("Dự toán năm 2024 được bao nhiêu đại biểu thông qua?", text, **header) == ""
    assert against("Dự toán năm 2025 được bao nhiêu đại biểu thông qua?", text, **header) == "year"


def test_the_only_district_named_is_that_of_a_document_without_a_place() -> None:
    text = "Theo kế hoạch của UBND huyện Phú Sơn. Phí là 500.000 đồng."
    assert against("Huyện Phú Sơn thu phí bao nhiêu tiền?", text, "Phí là 500.000 đồng.") == ""
    assert against("Huyện Phú Sơn thu phí bao nhiêu tiền?", text, "Phí là 500.000 đồng.", **BAC_HA) == "place"


ROWS = "\n".join(
    [
        "Kết quả rà soát hộ nghèo các thôn năm 2025:",
        "Thôn: Thạch Bình | Số hộ: 246 | Hộ nghèo: 9",
        "Thôn: Bó Luông | Số hộ: 187 | Hộ nghèo: 22",
        "Thôn: Suối Cạn | Số hộ: 151 | Hộ nghèo: 24",
        "Tổng số | 584 | 55",
    ]
)


@pytest.mark.parametrize(
    ("question", "row", "kind"),
    [
        ("Xã Bình Thạch có bao nhiêu hộ nghèo?", "Thôn: Thạch Bình | Số hộ: 246 | Hộ nghèo: 9", "title"),
        ("Toàn xã còn bao nhiêu hộ nghèo?", "Thôn: Bó Luông | Số hộ: 187 | Hộ nghèo: 22", "title"),
        ("thon bo luong con bao nhieu ho ngheo", "Thôn: Bó Luông | Số hộ: 187 | Hộ nghèo: 22", ""),
        ("Thôn Bó Luông có bao nhiêu phần trăm đường bê tông?", "Thôn: Bó Luông | Số hộ: 187 | Hộ nghèo: 22", "title"),
        ("Số hộ nghèo cả xã tăng hay giảm?", "Thôn: Bó Luông | Số hộ: 187 | Hộ nghèo: 22", "title"),
        ("Thôn nào còn hộ nghèo?", "Thôn: Bó Luông | Số hộ: 187 | Hộ nghèo: 22", ""),  # any row may be meant
    ],
)
def test_one_row_of_many_that_the_question_does_not_name(question: str, row: str, kind: str) -> None:
    assert against(question, ROWS, row) == kind


def test_a_row_of_the_year_that_is_asked_about() -> None:
    rows = "Hệ số của mức phí:\nNăm: 2020 | Hệ số: 1,12\nNăm: 2021 | Hệ số: 1,10\nNăm: 2022 | Hệ số: 1,05"
    assert against("Hệ số của mức phí năm 2021 là bao nhiêu?", rows, "Năm: 2021 | Hệ số: 1,10") == ""
    assert against("Hệ số của mức phí là bao nhiêu?", rows, "Năm: 2021 | Hệ số: 1,10") == "title"


@pytest.mark.parametrize(
    ("question", "quote", "kind"),
    [
        ("Đầu năm huyện còn bao nhiêu hộ nghèo?", "Cuối năm huyện còn 389 hộ nghèo, giảm so với đầu năm.", "opposite"),
        ("Cuối năm huyện còn bao nhiêu hộ nghèo?", "Đầu năm huyện còn 865 hộ nghèo.", "opposite"),
        ("Đầu năm huyện còn bao nhiêu hộ nghèo?", "Đầu năm huyện còn 865 hộ nghèo.", ""),
        ("6 tháng đầu năm xóa bao nhiêu hộ nghèo?", "Xóa 39 hộ nghèo, cuối năm còn 40 hộ.", ""),
    ],
)
def test_the_beginning_of_a_year_is_not_its_end(question: str, quote: str, kind: str) -> None:
    assert against(question, quote) == kind


REPORT = {"title": "Kết quả năm 2023", "issued_on": date(2023, 12, 14)}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Theo báo cáo tháng 12/2023, xã còn nợ bao nhiêu?", ""),  # the month of the document
        ("Theo báo cáo tháng 11/2023, xã còn nợ bao nhiêu?", "period"),
        ("Tháng 12/2023 xã còn nợ bao nhiêu?", "period"),
    ],
)
def test_a_month_may_only_tell_which_document_is_meant(question: str, kind: str) -> None:
    assert against(question, "Xã còn nợ 5 tỷ đồng.", **REPORT) == kind


@pytest.mark.parametrize(("lead", "kind"), [("Đối tượng: trẻ sinh năm 2016.", ""), ("Kết quả năm 2016.", "year")])
def test_the_year_of_birth_is_no_period(lead: str, kind: str) -> None:
    question, quote = "Năm 2023 dự kiến tiêm bao nhiêu trẻ?", "Dự kiến tiêm 2.318 trẻ."
    assert against(question, f"{lead} {quote}", quote, title="Kế hoạch tiêm năm 2023") == kind
