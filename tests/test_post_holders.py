"""Whether a unit tells of the post whose holder is asked for."""

from __future__ import annotations

import pytest
from answer_parts import asked, part, whole

from rag.post_holders import post_of_another

TWO = "Bầu ông Lâm Đông giữ chức Chủ tịch HĐND tỉnh và ông Lê Hà giữ chức Phó Chủ tịch UBND tỉnh."


@pytest.mark.parametrize(
    ("question", "unit", "other"),
    [
        ("Ai là Chủ tịch UBND tỉnh?", TWO, True),
        ("Ai là Phó Chủ tịch UBND tỉnh?", TWO, False),
        ("Chủ tịch Hội đồng nhân dân tỉnh là ai?", TWO, False),
        ("chu tich hdnd tinh la ai", TWO, False),
        ("Bí thư Thành ủy là ai?", "Có đồng chí Lê Hà, Bí thư Trung ương Đảng.", True),
        ("Bí thư Huyện ủy là ai?", "Có đồng chí Lê Hà, Bí thư Huyện ủy.", False),
        ("Phó Bí thư Huyện ủy là ai?", "Có đồng chí Lê Hà, Phó Bí thư Thường trực Huyện ủy.", False),
        ("Bí thư Huyện ủy?", "Ý kiến của Bí thư và Trưởng thôn.", True),
        ("Chi cục trưởng Chi cục Thủy lợi tên gì?", "Giao Chi cục Thủy lợi (ông Lê Hà, Chi cục trưởng).", False),
        ("Chi cục trưởng Chi cục Thủy lợi tên gì?", "Giao Chi cục Dân số (ông Lê Hà, Chi cục trưởng).", True),
        ("Trưởng Thuế cơ sở 7 tên gì?", "Liên hệ bà Lê Thị Hà hoặc Thuế cơ sở 7.", True),
        ("Trưởng Thuế cơ sở 7 tên gì?", "Bà Lê Thị Hà, Trưởng Thuế cơ sở 7.", False),
        ("Trưởng Thuế cơ sở 7 tên gì?", "Bà Lê Thị Hà, Trưởng phòng, Thuế cơ sở 7.", True),
        ("Trưởng Thuế cơ sở 7 tên gì?", "Thuế cơ sở 7 do bà Lê Thị Hà đứng đầu.", False),
        ("Trưởng Thuế cơ sở 7 tên gì?", "Bà Lê Thị Hà, Phó Trưởng Thuế cơ sở 7.", True),
        ("Phó Trưởng công an huyện là ai?", "Ông Lê Hà, Phó Trưởng công an huyện.", False),
        ("Trưởng 2 ban chỉ đạo là ai?", "Ông Lê Hà làm Trưởng ban.", False),
        ("Trưởng thôn Hòa Bình là ai?", "Ông Lê Hà, Trưởng thôn Hòa Bình.", False),
        ("Trưởng Ban Giám sát kỳ thi là ai?", "Ban Giám sát do bà Lê Thị Hà làm Trưởng ban.", False),
        ("Trưởng Ban Đề thi là ai?", "Ban Coi thi do bà Lê Thị Hà làm Trưởng ban.", True),
        ("Trưởng đoàn kiểm tra phòng cháy là ai?", "Đoàn kiểm tra do ông Lê Hà làm Trưởng đoàn.", False),  # no office
        ("Trưởng đoàn kiểm tra phòng Tư pháp là ai?", "Đoàn kiểm tra do ông Lê Hà làm Trưởng đoàn.", True),
        ("Phó Trưởng phòng Văn hóa là ai?", "Khiếu nại gửi Phòng Văn hóa, gặp bà Lê Thị Hà.", True),
        ("Ai chủ trì cùng Bí thư Huyện ủy?", "Đồng chí Lê Hà chủ trì.", False),  # another is asked for
    ],
)
def test_a_post_is_told_with_its_office_and_rank(question: str, unit: str, other: bool) -> None:
    assert bool(post_of_another(asked(question), whole(unit))) == other


def test_the_paragraph_may_have_named_it() -> None:
    text = "Họp bầu Bí thư Huyện ủy. Đồng chí Lê Hà trúng cử."
    assert post_of_another(asked("Bí thư Huyện ủy là ai?"), part(text, "Đồng chí Lê Hà trúng cử.")) is None


def test_what_opens_the_list_may_have_named_the_office() -> None:
    question = "Ai là Phó Trưởng Ban Thường trực Ban Chỉ đạo chuyển đổi số?"
    text = "Thành lập Ban {} gồm:\n1. Ông Lê Hà, Phó Chủ tịch UBND huyện - Trưởng Ban;\n2. Bà Vũ Mai - Phó Trưởng Ban;"
    steering, other = text.format("Chỉ đạo chuyển đổi số"), text.format("Chỉ huy phòng thủ dân sự")
    assert post_of_another(asked(question), part(steering, "2. Bà Vũ Mai - Phó Trưởng Ban")) is None
    assert post_of_another(asked(question), part(other, "2. Bà Vũ Mai - Phó Trưởng Ban"))
    assert post_of_another(asked(question), part(steering, "1. Ông Lê Hà, Phó Chủ tịch UBND huyện - Trưởng Ban"))


def test_a_post_is_no_persons_name() -> None:
    assert asked("Trưởng Ban Giám sát kỳ thi là ai?").names == ()
    assert [span.start for span in asked("Trương Văn Giám là ai?").names] == [0]
