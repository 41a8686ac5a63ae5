"""Claims held to their evidence: paraphrases pass; what moved, grew, turned or was made up does not."""

from __future__ import annotations

import time

import pytest
from answer_parts import all_units, asked, make, passages

from corpus.load import parse
from rag.compose import citation, quote_of
from rag.settings import PROJECT
from rag.verify import CitationError, check, holds, supported, to_the_point

CONTEXT = (
    "Công văn số 118-CV/BDVHU ngày 11/10/2019 của Ban Dân vận Huyện ủy Đơn Dương huyện Đơn Dương, tỉnh Lâm Đồng"
    " Kết quả năm 2019"
)
EVIDENCE = {
    "files": (
        "giải quyết 40.766 hồ sơ, giải quyết đúng hạn 40.363 hồ sơ, giải quyết trễ hạn 403 hồ"
        " sơ, tỷ lệ giải quyết đúng hạn đạt 99%."
    ),
    "budget": (
        "Tổng thu ngân sách 9 tháng đầu năm 2019 ước thực hiện được 134 tỷ 869 triệu đồng,"
        " đạt 106% dự toán, tăng 27,1% so cùng kỳ."
    ),
    "communes": (
        "2 xã (Lạc Lâm, Quảng Lập) thực hiện đạt nông thôn mới kiểu mẫu; thị trấn Thạnh Mỹ đạt chuẩn đô thị văn minh."
    ),
    "persons": (
        "Đồng chí Vũ Đình Minh, Phó Bí thư Thường trực Huyện ủy, chủ trì hội nghị ngày"
        " 05/7/2019; đồng chí Trần Quốc Lập, Phó Chủ tịch HĐND huyện, trình bày báo cáo."
    ),
    "number": "Huyện ủy ban hành Nghị quyết số 12-NQ/HU ngày 12/4/2019 về xây dựng nông thôn mới kiểu mẫu.",
    "notyet": "Một số cấp ủy chưa thật sự quan tâm tổ chức thực hiện nên chưa đạt chỉ tiêu đã đăng ký.",
    "must": "Người nộp hồ sơ phải mang theo căn cước công dân, có thể ủy quyền cho người khác nộp thay.",
    "planned": "Dự kiến năm 2020 xã Quảng Lập đạt chuẩn nông thôn mới nâng cao.",
    "free": "Hộ nghèo không phải nộp lệ phí đăng ký khai sinh.",
    "term": "UBND xã tiếp nhận đơn của nhân dân trong thời hạn 15 ngày làm việc.",
    "two": "Xã Lạc Xuân có 120 hộ nghèo và xã Ka Đô có 85 hộ nghèo.",
    "absent": "Hội nghị có 35 đại biểu, vắng 4 đại biểu.",
    "ratio": "Đã giải quyết 146/178 đơn, đạt 86,4%.",
    "above": "Nhân dân ủng hộ quỹ phòng chống dịch trên 600 triệu đồng.",
    "range": "Có từ 30% đến 40% thôn đạt khu dân cư kiểu mẫu.",
    "fall": "Tỷ lệ hộ nghèo giảm 2,5% so với năm 2018.",
    "banned": "Nghiêm cấm đốt rơm rạ trên đường giao thông.",
    "tourists": "Cả xã đón 3.200 lượt khách, tăng 5% so với năm 2021.",
    "row": "STT: 4 | Đơn vị: Thôn Hạ | Số nhà: 210 | Số bò (con): 480 | Diện tích ao (ha): 12",
    "fee": "Lệ phí 30.000 đồng/tháng, nộp từ ngày 05/3/2022 đến ngày 20/3/2022.",
    "force": "Quy định này áp dụng từ ngày 01/7/2022 và thay thế Quy định số 9/QĐ-UBND ngày 15/02/2020.",
    "calves": "Trạm thú y xã tiêm phòng 75 con bò, tỷ lệ cấp xã đạt 90%.",
    "roads": "Dân quân giúp làm được 2,5 km đường bê tông; tu sửa 3 km đường liên thôn.",
    "aid": "Hộ nghèo được hỗ trợ 5 triệu đồng, trừ hộ đã nhận trong năm 2022.",
    "rain": "Nếu trời mưa thì hội nghị họp tại nhà văn hóa.",
    "order": "UBND huyện giao Phòng Nội vụ chủ trì rà soát.",
    "rise": "Thu nhập bình quân tăng lên 45 triệu đồng, tỷ lệ hộ nghèo giảm 2%.",
    "pond": "Xã có 12 ha ao và 3 km đường, gồm thôn Hạ và thôn Thượng.",
    "ages": "Ba hộ gồm hộ ông Lâm (18 tuổi), hộ bà Mai (22 tuổi).",
    "flood": "Thôn Hạ mất điện khi nước lũ tràn về.",
    "deadline": "Các xã gửi báo cáo trước ngày 25/6/2022.",
    "half": "6 tháng đầu năm 2022 xã thu 500 triệu đồng.",
    "second": "Đây là lần thứ hai xã đạt giải.",
    "rumour": "Đoạn đê được cho là đã sạt từ tối.",
    "building": "Xã đang xây nhà văn hóa ba gian.",
    "stretch": "Ông Lâm làm trưởng thôn từ năm 2011 đến năm 2015.",
}
TRUE = [
    ("files", "Huyện giải quyết trễ hạn 403 hồ sơ [1]."),
    ("files", "Có 40.363 hồ sơ được giải quyết đúng hạn."),
    ("files", "Tỷ lệ giải quyết đúng hạn đạt 99%."),
    ("files", "Đã giải quyết 40766 hồ sơ."),
    ("budget", "Tổng thu ngân sách ước thực hiện được 134 tỷ 869 triệu đồng."),
    ("budget", "Tổng thu ngân sách 9 tháng đầu năm 2019 ước đạt 106% dự toán."),
    ("budget", "Thu ngân sách ước thực hiện tăng 27,1% so cùng kỳ."),
    ("communes", "Hai xã Lạc Lâm, Quảng Lập đạt nông thôn mới kiểu mẫu."),
    ("communes", "Thị trấn Thạnh Mỹ đạt chuẩn đô thị văn minh."),
    ("communes", "Các xã đạt nông thôn mới kiểu mẫu là Quảng Lập, Lạc Lâm [2]."),
    ("persons", "Đồng chí Vũ Đình Minh chủ trì hội nghị."),
    ("persons", "Ông Vũ Đình Minh chủ trì hội nghị ngày 5/7/2019."),
    ("persons", "Đồng chí Trần Quốc Lập trình bày báo cáo."),
    ("persons", "Hội nghị diễn ra ngày 05 tháng 7 năm 2019."),
    ("number", "Nghị quyết số 12-NQ/HU được ban hành ngày 12 tháng 4 năm 2019."),
    ("number", "Huyện ủy Đơn Dương ban hành Nghị quyết 12-NQ/HU về nông thôn mới kiểu mẫu."),
    ("notyet", "Một số cấp ủy chưa thật sự quan tâm nên chưa đạt chỉ tiêu."),
    ("must", "Người nộp hồ sơ phải mang căn cước công dân."),
    ("must", "Người nộp có thể ủy quyền cho người khác."),
    ("planned", "Dự kiến năm 2020 xã Quảng Lập đạt chuẩn nông thôn mới nâng cao."),
    ("free", "Hộ nghèo không phải nộp lệ phí khai sinh."),
    ("term", "Ủy ban nhân dân xã tiếp nhận đơn trong 15 ngày làm việc."),
    ("two", "Xã Lạc Xuân có 120 hộ nghèo."),
    ("two", "Xã Ka Đô có 85 hộ nghèo."),
    ("absent", "Có 35 đại biểu dự hội nghị, vắng 4 đại biểu."),
    ("ratio", "Đã giải quyết 146/178 đơn."),
    ("above", "Nhân dân ủng hộ trên 600 triệu đồng."),
    ("range", "Từ 30% đến 40% thôn đạt khu dân cư kiểu mẫu."),
    ("fall", "Tỷ lệ hộ nghèo giảm 2,5% so với năm 2018."),
    ("roads", "Dân quân giúp làm được 2,5 km đường bê tông."),
    ("banned", "Nghiêm cấm đốt rơm rạ trên đường giao thông."),
    ("tourists", "Cả xã đón 3.200 lượt khách, tăng 5% so với năm 2021."),
    ("row", "Thôn Hạ có 210 nhà."),
    ("row", "Số bò của Thôn Hạ là 480 con."),
    ("fee", "Lệ phí là 30.000 đồng mỗi tháng."),
    ("fee", "Lệ phí nộp từ ngày 5/3/2022 đến ngày 20/3/2022."),
    ("force", "Quy định này thay thế Quy định số 9/QĐ-UBND."),
    ("calves", "Trạm thú y xã tiêm phòng 75 con bò."),
    ("aid", "Hộ nghèo được hỗ trợ 5 triệu đồng, trừ hộ đã nhận trong năm 2022."),
    ("rain", "Hội nghị họp tại nhà văn hóa nếu trời mưa."),
    ("order", "Phòng Nội vụ được UBND huyện giao chủ trì rà soát."),
    ("rise", "Thu nhập bình quân tăng lên 45 triệu đồng."),
    ("pond", "Xã có 12 héc ta ao và 3 ki lô mét đường."),
    ("pond", "Xã có tổng cộng 12 ha ao."),
    ("ages", "Hộ bà Mai (22 tuổi)."),
    ("flood", "Khi nước lũ tràn về, thôn Hạ mất điện."),
    ("deadline", "Các xã gửi báo cáo trước ngày 25 tháng 6 năm 2022."),
    ("half", "Nửa đầu năm 2022 xã thu 500 triệu đồng."),
    ("second", "Xã đạt giải lần thứ hai."),
    ("building", "Xã đang xây nhà văn hóa."),
    ("stretch", "Từ năm 2011 đến năm 2015 ông Lâm làm trưởng thôn."),
]
FALSE = [
    ("files", "Huyện giải quyết trễ hạn 404 hồ sơ."),
    ("files", "Huyện giải quyết trễ hạn 40.363 hồ sơ."),
    ("files", "Huyện giải quyết đúng hạn 403 hồ sơ."),
    ("files", "Tỷ lệ giải quyết đúng hạn đạt 9,9%."),
    ("files", "Tỷ lệ giải quyết trễ hạn đạt 99%."),
    ("budget", "Tổng thu ngân sách ước thực hiện được 134 tỷ đồng."),
    ("budget", "Thu ngân sách ước đạt 27,1% dự toán."),
    ("budget", "Thu ngân sách ước tăng 106% so cùng kỳ."),
    ("ratio", "Đã giải quyết 178/146 đơn."),
    ("range", "Từ 40% đến 50% thôn đạt khu dân cư kiểu mẫu."),
    ("range", "Có 40% thôn đạt khu dân cư kiểu mẫu."),
    ("absent", "Hội nghị có 4 đại biểu."),
    ("absent", "Hội nghị có 35 đại biểu vắng."),
    ("roads", "Dân quân giúp tu sửa 2,5 km đường liên thôn."),
    ("budget", "Tổng thu ngân sách ước thực hiện được 134 tỷ 869 triệu USD."),
    ("term", "UBND xã tiếp nhận đơn trong thời hạn 15 tháng."),
    ("files", "Huyện giải quyết trễ hạn 403 đơn."),
    ("roads", "Dân quân giúp làm được 2,5 m đường bê tông."),
    ("above", "Nhân dân ủng hộ trên 600 tỷ đồng."),
    ("range", "Từ 30 đến 40 thôn đạt khu dân cư kiểu mẫu."),
    ("communes", "Xã Ka Đơn đạt nông thôn mới kiểu mẫu."),
    ("communes", "Hai xã Lạc Lâm, Ka Đô đạt nông thôn mới kiểu mẫu."),
    ("communes", "Thị trấn Dran đạt chuẩn đô thị văn minh."),
    ("communes", "Thị trấn Thạnh Mỹ đạt nông thôn mới kiểu mẫu."),
    ("communes", "Xã Quảng Lập đạt chuẩn đô thị văn minh."),
    ("two", "Xã Lạc Xuân có 85 hộ nghèo."),
    ("two", "Xã Ka Đô có 120 hộ nghèo."),
    ("communes", "xã ka đô thực hiện đạt nông thôn mới kiểu mẫu"),
    ("persons", "Đồng chí Vũ Đình Bình chủ trì hội nghị."),
    ("persons", "Đồng chí Trần Quốc Lập chủ trì hội nghị."),
    ("persons", "Đồng chí Vũ Đình Minh trình bày báo cáo."),
    ("persons", "Đồng chí Vũ Đình Minh là Phó Chủ tịch HĐND huyện."),
    ("persons", "Đồng chí Vũ Đình Minh là Bí thư Thường trực Huyện ủy."),
    ("persons", "Đồng chí Trần Quốc Lập là Chủ tịch HĐND huyện."),
    ("persons", "Hội nghị diễn ra ngày 07/5/2019."),
    ("persons", "Đồng chí Vũ Đình Minh chủ trì hội nghị năm 2020."),
    ("budget", "Tổng thu ngân sách 9 tháng đầu năm 2018 ước thực hiện được 134 tỷ 869 triệu đồng."),
    ("budget", "Tổng thu ngân sách 6 tháng đầu năm 2019 ước thực hiện được 134 tỷ 869 triệu đồng."),
    ("fall", "Tỷ lệ hộ nghèo giảm 2,5% so với năm 2017."),
    ("number", "Huyện ủy ban hành Nghị quyết số 13-NQ/HU ngày 12/4/2019."),
    ("number", "Huyện ủy ban hành Nghị quyết số 12-NQ/TU ngày 12/4/2019."),
    ("number", "Huyện ủy ban hành Chỉ thị số 12-CT/HU ngày 12/4/2019."),
    ("notyet", "Một số cấp ủy thật sự quan tâm tổ chức thực hiện."),
    ("notyet", "Một số cấp ủy đã đạt chỉ tiêu đã đăng ký."),
    ("free", "Hộ nghèo phải nộp lệ phí đăng ký khai sinh."),
    ("term", "UBND xã không tiếp nhận đơn của nhân dân."),
    ("banned", "Được đốt rơm rạ trên đường giao thông."),
    ("must", "Người nộp hồ sơ không phải mang theo căn cước công dân."),
    ("absent", "Hội nghị không vắng đại biểu."),
    ("planned", "Năm 2020 xã Quảng Lập đạt chuẩn nông thôn mới nâng cao."),
    ("planned", "Năm 2020 xã Quảng Lập đã đạt chuẩn nông thôn mới nâng cao."),
    ("must", "Người nộp hồ sơ có thể mang theo căn cước công dân."),
    ("must", "Người nộp hồ sơ nên mang theo căn cước công dân."),
    ("must", "Người nộp hồ sơ phải ủy quyền cho người khác nộp thay."),
    ("above", "Nhân dân ủng hộ dưới 600 triệu đồng."),
    ("above", "Nhân dân ủng hộ 600 triệu đồng."),
    ("budget", "Tổng thu ngân sách thực hiện được 134 tỷ 869 triệu đồng."),
    ("fall", "Tỷ lệ hộ nghèo tăng 2,5% so với năm 2018."),
    ("files", "Huyện giải quyết trễ hạn 403 hồ sơ do thiếu cán bộ."),
    ("communes", "Hai xã Lạc Lâm, Quảng Lập và thị trấn Thạnh Mỹ đạt nông thôn mới kiểu mẫu."),
    ("number", "Huyện ủy ban hành Nghị quyết số 12-NQ/HU, hủy bỏ kế hoạch cũ."),
    ("two", "Hai xã Lạc Xuân và Ka Đô có 205 hộ nghèo."),
    ("budget", "Ngân sách bội chi 106% dự toán do lãng phí."),
    ("files", "Theo tài liệu [1]."),
    ("tourists", "Năm 2021 cả xã đón 3.200 lượt khách."),
    ("row", "Thôn Hạ có 480 nhà."),
    ("row", "Thôn Hạ có 12 ha đất."),
    ("row", "Diện tích ao của Thôn Hạ là 210 ha."),
    ("fee", "Lệ phí 30.000 đồng/năm."),
    ("fee", "Lệ phí nộp từ ngày 20/3/2022 đến ngày 05/3/2022."),
    ("fee", "Lệ phí nộp trước ngày 05/3/2022."),
    ("force", "Quy định này áp dụng từ ngày 15/02/2020."),
    ("force", "Quy định này sửa đổi Quy định số 9/QĐ-UBND."),
    ("calves", "Trạm thú y xã tiêm phòng 75 con trâu bò."),
    ("calves", "Trạm thú y xã tiêm phòng 75 con bò, tỷ lệ cấp huyện đạt 90%."),
    ("persons", "Đồng chí Trần Quốc Lập khai mạc hội nghị."),
    ("row", "Thôn Hạ có 210 nhà sàn."),
    ("tourists", "Cả xã đón 3.200 lượt khách nước ngoài, tăng 5% so với năm 2021."),
    ("absent", "Hội nghị có 35 đại biểu nữ, vắng 4 đại biểu."),
    ("aid", "Hộ nghèo được hỗ trợ 5 triệu đồng."),
    ("rain", "Hội nghị họp tại nhà văn hóa."),
    ("order", "Phòng Nội vụ giao UBND huyện chủ trì rà soát."),
    ("rise", "Thu nhập bình quân tăng 45 triệu đồng."),
    ("rise", "Tỷ lệ hộ nghèo giảm còn 2%."),
    ("rise", "Tỷ lệ hộ nghèo giảm 2 điểm phần trăm."),
    ("rise", "Tỷ lệ hộ nghèo giảm 2‰."),
    ("pond", "Xã chỉ gồm thôn Hạ và thôn Thượng."),
    ("pond", "Xã có 12 ha ao lớn nhất."),
    ("pond", "Xã có 12 m2 ao và 3 km đường."),
    ("pond", "Xã có 3 ha ao và 12 km đường."),
    ("pond", "Xã có gần 12 ha ao."),
    ("ages", "Hộ bà Mai (18 tuổi)."),
    ("ages", "Ba hộ gồm hộ bà Lâm (18 tuổi)."),
    ("flood", "Thôn Hạ mất điện vì nước lũ tràn về."),
    ("flood", "Tất cả thôn Hạ mất điện khi nước lũ tràn về."),
    ("deadline", "Các xã gửi báo cáo vào ngày 25/6/2022."),
    ("deadline", "Các xã gửi báo cáo ngày 25/6/2022."),
    ("half", "Năm 2022 xã thu 500 triệu đồng."),
    ("second", "Đây là lần thứ nhất xã đạt giải."),
    ("rumour", "Đoạn đê đã sạt từ tối."),
    ("building", "Xã đã xây nhà văn hóa ba gian."),
    ("stretch", "Ông Lâm làm trưởng thôn trước năm 2011 đến năm 2015."),
]


@pytest.mark.parametrize(("evidence", "claim"), TRUE)
def test_a_true_paraphrase_is_supported(evidence: str, claim: str) -> None:
    assert check(claim, EVIDENCE[evidence], CONTEXT).problem is None


@pytest.mark.parametrize(("evidence", "claim"), FALSE)
def test_a_false_claim_is_refused(evidence: str, claim: str) -> None:
    assert not check(claim, EVIDENCE[evidence], CONTEXT).supported


def test_persons_and_places_apart_by_commas() -> None:
    evidence = "Đồng chí Vũ Đình Minh chủ trì hội nghị, đồng chí Trần Quốc Lập trình bày báo cáo."
    assert check("Đồng chí Vũ Đình Minh chủ trì hội nghị.", evidence).supported
    assert check("Ông Trần Quốc Lập trình bày báo cáo.", evidence).supported
    assert not check("Đồng chí Trần Quốc Lập chủ trì hội nghị.", evidence).supported
    swapped = "Đồng chí Trần Quốc Lập chủ trì hội nghị, đồng chí Vũ Đình Minh trình bày báo cáo."
    assert not check(swapped, evidence).supported
    evidence = "Xã Lạc Lâm trồng hoa ven đường, xã Ka Đô dọn rác bờ suối."
    assert check("Xã Ka Đô dọn rác bờ suối.", evidence).supported
    assert not check("Xã Ka Đô trồng hoa ven đường.", evidence).supported


def test_those_named_in_a_row_share_what_follows() -> None:
    evidence = "Xã Lạc Lâm, xã Ka Đô và xã Lạc Xuân trồng hoa ven đường."
    assert check("Xã Lạc Lâm trồng hoa ven đường.", evidence).supported


def test_a_plan_is_no_deed() -> None:
    assert not check("Huyện xây cầu mới qua suối.", "Huyện sẽ xây cầu mới qua suối.").supported


def test_every_unit_of_the_corpus_says_itself() -> None:
    for path in sorted((PROJECT / "corpus/documents").glob("*.txt")):
        text = parse(path.read_bytes(), path.name).text
        for span in all_units(text)[::3]:
            assert check(span.of(text), span.of(text)).supported, span.of(text)


@pytest.mark.parametrize("empty", ["", "[1]", "..."])
def test_a_claim_without_words_is_refused(empty: str) -> None:
    assert not check(empty, "Xã trồng hoa.").supported


DOCUMENT = make("Xã Lạc Lâm có 120 hộ nghèo. Chợ mở cửa lúc 6 giờ.", title="Báo cáo")
OTHER = make("Huyện trồng 500 cây thông.", title="Kế hoạch")
BOTH = {each.id: each for each in (DOCUMENT, OTHER)}


def kept(draft: str) -> list[tuple[str, str]]:
    return [(one.sentence, one.quote.text) for one in supported(draft, passages([DOCUMENT, OTHER]), BOTH)]


def test_each_sentence_gets_the_unit_that_says_it() -> None:
    assert kept("Xã Lạc Lâm có 120 hộ nghèo [1]. Huyện trồng 500 cây thông [2].") == [
        ("Xã Lạc Lâm có 120 hộ nghèo", "Xã Lạc Lâm có 120 hộ nghèo."),
        ("Huyện trồng 500 cây thông", "Huyện trồng 500 cây thông."),
    ]


@pytest.mark.parametrize("marker", ["", " [2]", " [9]", " [0]", " [999]"])
def test_a_wrong_marker_does_not_decide(marker: str) -> None:
    assert kept(f"Xã Lạc Lâm có 120 hộ nghèo{marker}.") == [
        ("Xã Lạc Lâm có 120 hộ nghèo", "Xã Lạc Lâm có 120 hộ nghèo.")
    ]


def test_false_sentences_are_dropped_and_true_ones_stay() -> None:
    draft = "Xã Lạc Lâm có 210 hộ nghèo. Chợ mở cửa lúc 6 giờ [1]. Chợ có 6 giờ hộ nghèo 500 cây [1]."
    assert [sentence for sentence, _ in kept(draft)] == ["Chợ mở cửa lúc 6 giờ"]


def test_a_sentence_that_says_its_passage_amiss_becomes_the_passages_own_words() -> None:
    assert kept("Chợ mở cửa lúc 6 giờ [1]. Xã Lạc Lâm có 210 hộ nghèo [1].") == [
        ("Chợ mở cửa lúc 6 giờ", "Chợ mở cửa lúc 6 giờ."),
        ("Xã Lạc Lâm có 120 hộ nghèo", "Xã Lạc Lâm có 120 hộ nghèo."),
    ]
    twice = "Xã Lạc Lâm có 120 hộ nghèo [1]. Xã Lạc Lâm có 210 hộ nghèo [1]."
    assert [sentence for sentence, _ in kept(twice)] == ["Xã Lạc Lâm có 120 hộ nghèo"]
    assert kept("Chợ mở cửa lúc 6 giờ [1]. Xã Lạc Lâm có 210 hộ nghèo [2].") == [  # that passage says nothing of it
        ("Chợ mở cửa lúc 6 giờ", "Chợ mở cửa lúc 6 giờ."),
    ]


def test_nothing_is_quoted_for_a_draft_that_says_nothing_true() -> None:
    assert kept("Xã Lạc Lâm có 210 hộ nghèo [1].") == []


@pytest.mark.parametrize(
    ("question", "to_the_point_"),
    [
        ("Xã Lạc Lâm có bao nhiêu hộ nghèo?", True),
        ("Xã Ka Đô có bao nhiêu hộ nghèo?", False),
        ("Giá xăng là bao nhiêu?", False),
    ],
)
def test_what_is_true_of_another_place_is_no_answer(question: str, to_the_point_: bool) -> None:
    checked = supported("Xã Lạc Lâm có 120 hộ nghèo [1].", passages([DOCUMENT]), BOTH)
    assert to_the_point(asked(question), checked) is to_the_point_
    assert not to_the_point(asked(question), [])


def test_a_sentence_of_several_clauses_may_be_copied_whole() -> None:
    told = "Huyện không đạt 5 tiêu chí; xã Lạc Lâm đạt 7 tiêu chí; chợ mở cửa lúc 6 giờ."
    document = make(told, title="Báo cáo")

    def quotes(draft: str) -> list[str]:
        return [one.quote.text for one in supported(draft, passages([document]), {document.id: document})]

    assert quotes(f"{told[:-1]} [1].") == [told]
    assert quotes("Xã Lạc Lâm đạt 7 tiêu chí; chợ mở cửa lúc 6 giờ [1].") == []  # not word for word, nor one clause's
    assert quotes("đạt 5 tiêu chí; xã Lạc Lâm đạt 7 tiêu chí [1].") == []  # cut within a clause
    assert quotes("Huyện không đạt 5 tiêu chí; chợ mở cửa lúc 6 giờ [1].") == []  # not in a row


def test_two_units_together_support_nothing() -> None:
    assert kept("Xã Lạc Lâm có 120 hộ nghèo và 500 cây thông [1][2].") == []


def test_nothing_is_kept_of_a_document_that_is_gone() -> None:
    assert supported("Xã Lạc Lâm có 120 hộ nghèo [1].", passages([DOCUMENT]), {}) == []


def test_a_citation_holds_or_raises() -> None:
    from dataclasses import replace

    from answer_parts import finding

    cited = citation(quote_of(finding(DOCUMENT, "Chợ mở cửa lúc 6 giờ.")), 1)
    holds([cited], BOTH)
    moved = [
        replace(cited, start=cited.start + 1),
        replace(cited, quote=cited.quote.replace("6", "7")),
        replace(cited, document_id=OTHER.id),
    ]
    for wrong in moved:
        with pytest.raises(CitationError, match="is not the quote"):
            holds([wrong], BOTH)
    with pytest.raises(CitationError):
        holds([cited], {})


@pytest.mark.parametrize("part", ["Xã có 5 hộ ", "không ", "UBND ", "5/7/2019 ", "Ka ", "12-NQ/HU, ", "trên 5% và "])
def test_an_endless_claim_is_refused_at_once(part: str) -> None:
    begun = time.process_time()
    assert not check(part * (20_000 // len(part)), EVIDENCE["files"], CONTEXT).supported
    assert time.process_time() - begun < 2.0
