"""Whether a unit tells a name where one is asked for."""

from __future__ import annotations

import pytest
from answer_parts import asked, whole

from rag.names_told import asks_signer, lacks_name, names_a_commune


@pytest.mark.parametrize(
    ("question", "unit", "lacks"),
    [
        ("Tên 3 tổ chức bị thu hồi đất là gì?", "Thu hồi đất của 68 hộ và 03 tổ chức.", True),
        ("ten 3 to chuc bi thu hoi dat la gi", "Thu hồi đất của 68 hộ và 03 tổ chức.", True),
        ("Tên 3 tổ chức bị thu hồi đất là gì?", "Thu hồi đất của Công ty Minh Phát và hai hợp tác xã.", False),
        ("Tên 3 tổ chức bị thu hồi đất là gì?", "03 tổ chức bị thu hồi đất gồm:", False),
        ("17 doanh nghiệp chưa nộp là những đơn vị nào?", "17/59 đơn vị chưa nộp.", True),
        ("8 tập thể được khen là những đơn vị nào?", "Ông Lê Văn Hùng tặng Giấy khen cho 8 tập thể.", True),
        (
            "8 tập thể được khen là những đơn vị nào?",
            "Chủ tịch UBND huyện Đinh Công Thạch khen 8 tập thể.",
            True,
        ),
        ("8 tập thể được khen là những đơn vị nào?", "Ông Lê Văn Hùng khen Trường Hòa Bình.", False),
        ("6 tập thể được tặng giấy khen gồm những đơn vị nào?", "Tặng Giấy khen cho 06 tập thể.", True),
        ("6 tập thể được tặng giấy khen gồm những đơn vị nào?", "Tặng xã Tân Hà, xã Mỹ Lộc.", False),
        ("Danh sách 11 hồ sơ đủ điều kiện gồm những ai?", "Đợt 1 đủ điều kiện 11 hồ sơ.", True),
        ("12 gương thanh niên được tuyên dương gồm những ai?", "12 gương được tuyên dương (có thư mời riêng).", True),
        ("12 gương thanh niên được tuyên dương gồm những ai?", "Tuyên dương Trần Văn Hùng.", False),
        ("Ba đại biểu không tán thành là những ai?", "61/64 đại biểu tán thành.", True),
        ("ba dai bieu khong tan thanh la nhung ai", "Ông Trần Văn Hùng không tán thành.", False),
        ("Kể tên các tập thể lao động tiên tiến", 'Công nhận 5 "Lao động tiên tiến" (danh sách kèm theo).', True),
        ("Kể tên các tập thể lao động tiên tiến", "Công nhận Huyện đoàn Tân Hà.", False),
        ("Tổ có 6 người, kể tên đủ 6 người", "Tổ gồm 06 người, do ông Trần Văn Hùng làm Tổ trưởng.", True),
        ("Tổ có 2 người, kể tên đủ 2 người", "Tổ gồm 02 người: Trần Văn Hùng, Lê Thị Mai.", False),
        ("Trưởng Thuế cơ sở 4 tên gì?", "Theo ông Trần Văn Hùng, Trưởng Thuế cơ sở 4, xã có 4 hộ.", False),
        ("Tổ có 6 người, kể tên đủ 6 người", "1. Trần Văn Hùng", False),  # one of a list
        ("Kể tên các loại giấy tờ", "Giấy khai sinh, thẻ căn cước.", False),
        ("Sáng kiến của ông Lê Hà tên là gì?", "Họ tên: Ông Lê Hà | Số sáng kiến: 1", True),
        ("Sáng kiến của ông Lê Hà tên là gì?", "Họ tên: Ông Lê Hà | Sáng kiến: Máy gieo hạt", False),
        ("Hội nghị vắng những ai?", "Có 36/39 đồng chí dự họp.", True),
        ("Hội nghị vắng những ai?", "Vắng ông Trần Văn Hùng.", False),
        ("Hội nghị gồm những ai?", "Hội nghị có trưởng các thôn.", False),  # posts will do
        ("Tên 7 người bị thương do bão", "Trạm Cửa Lân đo được 412 mm.", True),  # a name, and no person's
        ("Tên 7 người bị thương do bão", "Ông Trần Văn Hùng bị thương.", False),
        ("3 hội nghị đối thoại với những nhóm nào?", "Đối thoại với đoàn viên, giáo viên.", False),  # kinds, no names
        ("Thủ tục được công khai ở những nơi nào?", "Công khai tại trụ sở.", False),
        ("Tên 7 người bị thương do bão", "Xã: Tân Hà | Nhà sập (cái): 7", True),
        ("Những nơi nào đạt chỉ tiêu?", "Toàn huyện đạt 92% chỉ tiêu.", True),
        ("Những nơi nào đạt chỉ tiêu?", "Gồm xã Tân Hà, Tân Lập.", False),
        ("Cơ quan nào điều tra?", "Nhân dân đã báo tin về vụ việc.", True),
        ("Cơ quan nào điều tra?", "Giao Công an huyện điều tra.", False),
        ("Cơ quan nào điều tra?", "Tên vụ: 1 | Nơi nhận: CAH", False),
    ],
)
def test_that_there_are_some_says_not_which(question: str, unit: str, lacks: bool) -> None:
    assert lacks_name(asked(question), whole(unit)) == lacks


def test_who_signed_is_asked() -> None:
    assert asks_signer(asked("ai ky cong dien so 19"))
    assert not asks_signer(asked("Ai ký kết với huyện?"))


def test_a_communes_name_is_no_persons() -> None:
    assert names_a_commune(whole("Phê bình xã Tân Hà."))
    assert names_a_commune(whole("Các xã gồm: Tân Hà, Tân Lập."))
    assert not names_a_commune(whole("Đồng chí Lê Văn Thuận họp với các xã."))
