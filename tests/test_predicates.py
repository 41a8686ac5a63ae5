"""Whether a unit tells of the very event or role that is asked for."""

from __future__ import annotations

import pytest
from answer_parts import asked, whole

from rag.predicates import lacks_predicate


@pytest.mark.parametrize(
    ("question", "unit", "lacks"),
    [
        ("Cầu Tân Hà khởi công ngày nào?", "Cầu Tân Hà được phê duyệt ngày 28/11/2025.", True),
        ("Cầu Tân Hà khởi công ngày nào?", "Cầu Tân Hà khởi công ngày 28/11/2025.", False),
        ("Cầu Tân Hà khởi công xây dựng ngày nào?", "Dự án xây dựng cầu Tân Hà được duyệt ngày 28/11/2025.", True),
        ("Hội đồng họp buổi nào, ngày nào?", "Ngày 15/01/2025, Hội đồng có phiên đầu.", False),
        ("Ông Lê Hà sinh năm nào?", "Ông Lê Hà nhận chức ngày 15/10/2025.", True),
        ("Hội nghị diễn ra khi nào?", "Hội nghị họp ngày 15/10/2025.", False),  # said of any event
        ("Hội đồng họp ngày nào?", "Hội đồng nhóm họp đầu năm, ngày 15/01/2025.", False),
        ("Hội đồng họp ngày nào?", "Ngày 15/01/2025, Hội đồng có phiên đầu.", False),
        ("Công văn số 5-CV/HU gửi ngày nào?", "Công văn số 5-CV/HU, ngày 1/2/2020.", False),  # the day behind a number
        ("Ai là chủ đầu tư dự án?", "Chủ tịch tỉnh nêu ý kiến về dự án.", True),
        ("Ai là chủ đầu tư dự án?", "Ban quản lý là chủ đầu tư dự án.", False),
        ("Tháng Thanh niên trồng được mấy cây?", "Thanh niên đóng 2.100 cây cừ.", True),  # "trồng" is no "trong"
        ("Tháng Thanh niên trồng được mấy cây?", "Thanh niên trồng 2.100 cây.", False),
        ("Vụ chặt thông cứu được mấy cây?", "Vụ chặt thông có 50 cây bị khoan.", True),
        ("Vụ chặt thông cứu được mấy cây?", "Vụ chặt thông có 50 cây bị khoan, 40 cây được cứu.", False),
        ("Quỹ đã chi hết bao nhiêu tiền?", "Quỹ được chỉ đạo quyên góp 600 triệu đồng.", True),  # "chi" is not "chỉ"
        ("Quỹ đã chi hết bao nhiêu tiền?", "Quỹ đã chi 600 triệu đồng.", False),
        ("Đoàn kiểm tra phạt mấy cơ sở?", "Đoàn kiểm tra 36 cơ sở.", True),
        ("Đoàn kiểm tra phạt mấy cơ sở?", "Đoàn xử phạt 6 cơ sở.", False),
        ("Có mấy hộ phải sơ tán?", "Có 312 hộ được miễn phí.", True),
        ("Có mấy hộ phải sơ tán?", "Đã sơ tán 312 hộ.", False),
        ("Cầu sửa xong đưa vào sử dụng ngày nào?", "Cầu bị sạt lở ngày 03/8/2024.", True),
        ("Cầu sửa xong đưa vào sử dụng ngày nào?", "Cầu được sử dụng lại từ ngày 03/8/2024.", False),
        ("Trường phải trả tiền cho phụ huynh chậm nhất ngày nào?", "Trả cho phụ huynh trước ngày 15/11.", False),
        ("Quỹ ở xã Tân Hà được bao nhiêu tiền?", "Quỹ quyên góp được 5 triệu đồng.", False),  # the place is no deed
        ("Xã phải được bao nhiêu hộ đồng ý?", "Đủ 80% số hộ đồng thuận.", False),  # nothing was reached yet
        ("Mua máy thổi gió, can nước hết bao nhiêu?", "Mua 12 máy thổi gió, kinh phí 368 triệu đồng.", False),
        ("Quỹ đã chi hết bao nhiêu tiền?", "Quỹ quyên góp 600 triệu đồng.", True),
        ("Nhà đã xong hết chưa, được mấy căn rồi?", "Nhà hoàn thành 67 căn.", False),
        ("Tủ cũ bỏ đi thì hôm nào xe lấy?", "Rác thu vào ngày 10 hằng tháng.", False),  # what happens stands behind it
        ("tu cu bo di thì bao giờ xe lấy", "Rác thu vào ngày 10 hằng tháng.", False),
        ("Đường vào làng bao giờ sửa xong?", "Đường làng hoàn thành trước ngày 31/01/2026.", False),
        ("Cầu Tân Hà khi nào khởi công?", "Cầu Tân Hà được phê duyệt ngày 28/11/2025.", True),
        ("Đăng ký hạn chót mấy giờ ngày nào?", "Lễ bắt đầu lúc 7 giờ ngày 10/3/2024.", True),  # no event behind it
        ("Chợ cho thuê được bao nhiêu lô?", "Có 138/150 lô được thuê.", False),
        ("Chợ cho thuê được bao nhiêu lô?", "Chợ có 150 lô.", True),
        ("Trả cho dân tổng cộng hết bao nhiêu?", "Tổng số tiền chi trả: 71 tỷ đồng.", False),
        ("Cơ quan nào là thường trực?", "Phòng Kinh tế báo cáo huyện.", True),
        ("Cơ quan nào là thường trực?", "Phòng Kinh tế là cơ quan thường trực.", False),
        ("Thư ký hội đồng thi là ai?", "Bà Lê Hà - Chủ tịch hội đồng thi.", True),
        ("thu ky hoi dong thi la ai", "Bà Lê Hà - Thư ký.", False),
        ("Đợt rà soát tốn hết bao nhiêu tiền?", "Kinh phí rà soát 412 triệu đồng.", False),
        ("Đợt rà soát tốn hết bao nhiêu tiền?", "Đợt rà soát thu 412 triệu đồng.", True),
        ("Hạn nộp quỹ với cơ quan nhà nước là ngày nào?", "Khấu trừ vào lương, nộp trước ngày 15/7/2023.", False),
        ("Đăng ký chốt ngày nào?", "Trực tuyến đến 17 giờ ngày 10/6/2025.", False),  # a term is set
        ("Đăng ký chốt ngày nào?", "Trực tuyến từ ngày 02/6/2025.", True),
        ("Cống Tân Hà đóng kín từ ngày nào?", "Đóng hoàn toàn cống Tân Hà từ ngày 10/5/2023.", False),
        ("Cống Tân Hà đóng kín từ ngày nào?", "Cống Tân Hà được thanh tra ngày 10/5/2023.", True),
        ("Hạn khởi công cầu Tân Hà là ngày nào?", "Nộp hồ sơ cầu Tân Hà trước ngày 10/5/2023.", True),
        ("Phòng Xã hội phải thu hồi bao nhiêu tiền?", "Thu hồi số tiền 38 triệu đồng.", False),  # "hội" is elsewhere
        ("Phòng Xã hội phải thu hồi bao nhiêu tiền?", "Phòng được cấp 38 triệu đồng.", True),
        ("Tôi mới bàn giao việc, hỏi: báo cáo nộp ngày nào?", "Báo cáo nộp ngày 15/3.", False),
        ("Văn phòng mở cửa buổi sáng từ mấy giờ?", "Văn phòng mở cửa sáng từ 7 giờ.", False),
        ("Gặp bão thì hội thi dời sang hôm nào?", "Hội thi lùi sang ngày 25/5.", False),
        ("Gặp bão thì hội thi dời sang hôm nào?", "Hội thi khen thưởng ngày 25/5.", True),
        ("Có bao nhiêu xã khởi công?", "Có 3 xã.", False),  # neither a day nor a person is asked for
    ],
)
def test_when_and_who_are_of_what_is_asked(question: str, unit: str, lacks: bool) -> None:
    assert lacks_predicate(asked(question), whole(unit)) == lacks


def test_a_heading_names_the_event_too() -> None:
    query, unit = asked("Văn phòng làm việc từ mấy giờ?"), whole("Sáng từ 7 giờ 00 đến 11 giờ 30.")
    assert lacks_predicate(query, unit, "Chương I › Điều 3. Tiếp công dân")
    assert not lacks_predicate(query, unit, "Chương I › Điều 4. Giờ làm việc")
