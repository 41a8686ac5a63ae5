"""Lines of a page joined into paragraphs: only where the sentence plainly runs on."""

from __future__ import annotations

import pytest

from corpus.canonical import canonical
from corpus.formats.source import Source
from corpus.paragraphs import is_wrapped, runs_on, width

FULL = 80


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Căn cứ Nghị định số 62/2022/NĐ-CP ngày 12 tháng 9 năm 2022 của Chính", "phủ quy định chức năng"),
        ("Quy định mức điều chỉnh tiền lương", "và thu nhập tháng đã đóng"),
        ("được điều chỉnh theo quy định tại khoản 1 và khoản 2 Điều 10 Nghị định", "Bảo hiểm xã hội tự nguyện"),
        ("mức lương hưu của các đối tượng sau khi điều chỉnh theo quy định tại khoản 1", "Điều 1 Thông tư này"),
        ("Bộ Lao động -", "Thương binh và Xã hội"),
        ("TIÊU CHÍ PHÂN LOẠI; ĐIỀU KIỆN THÀNH LẬP, SÁP NHẬP, HỢP", "NHẤT, GIẢI THỂ ĐƠN VỊ"),
        ("BỘ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI"),
        ("Mức điều", "chỉnh 3,17 2,95 2,72 2,21"),
    ],
)
def test_runs_on(above: str, below: str) -> None:
    assert runs_on(above, below, FULL)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("được điều chỉnh theo quy định tại khoản 1 Điều này của Chính phủ về việc làm.", "Điều 2. Đối tượng"),
        ("quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Bộ Lao động", "Căn cứ Luật Việc làm"),
        ("áp dụng đối với các cơ quan, tổ chức, cá nhân có liên quan đến việc thực hiện", "a) Cơ quan nhà nước"),
        ("áp dụng đối với các cơ quan, tổ chức, cá nhân có liên quan đến việc thực hiện", "- Cơ quan nhà nước"),
        ("Thực hiện các nhiệm vụ sau đây theo phân cấp của Ủy ban nhân dân cấp tỉnh:", "Tổ chức thực hiện"),
        ("THÔNG TƯ", "Quy định mức điều chỉnh"),
        ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"),
        ("Số: 01/2025/TT-BLĐTBXH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Độc lập - Tự do - Hạnh phúc", "Hà Nội, ngày 10 tháng 01 năm 2025"),
        ("Năm 2005 2006 2007 2008 2009 2010 2011", "Mức điều chỉnh"),
        ("Nguyễn Bá Hoan", "Tổng thu nhập tháng"),
        ("", "và thu nhập"),
    ],
)
def test_ends(above: str, below: str) -> None:
    assert not runs_on(above, below, FULL)


def test_width_is_that_of_the_usual_full_line() -> None:
    assert width(["a" * 80] * 8 + ["b" * 10, "c" * 300, ""]) == 80
    assert width(["", " "]) == 0


_LETTER = """
Thực hiện chỉ đạo của huyện, xã đã tổ chức tiêm phòng cho đàn trâu
bò trên địa bàn. Đến nay có 412 con được tiêm, đạt 86,5% tổng đàn
và tăng 12% so với năm trước. Còn 64 con chưa được tiêm do chủ hộ
đi làm ăn xa, xã sẽ tiêm bổ sung trong tháng tới theo lịch của trạm
thú y huyện. Kinh phí mua vắc xin là 18 triệu đồng, do ngân sách xã
chi trả.

- Thôn Đông: 112 con;
- Thôn Đoài: 98 con.
""".strip().split("\n")


def test_a_text_that_was_broken_for_paper_is_told_by_its_lines() -> None:
    assert is_wrapped(_LETTER)
    assert not is_wrapped(["".join(_LETTER[:6]), *_LETTER[6:]])  # a paragraph a line
    assert not is_wrapped(["ngắt dòng", "như thơ", "cho đẹp", "mà không", "hết giấy", "bao giờ"])
    assert not is_wrapped([])


def test_paragraphs_of_such_a_text_are_whole() -> None:
    text, _, _ = canonical(Source(("\n".join(_LETTER),), "text/plain"))
    first, *items = text.split("\n\n")
    assert "đàn trâu bò" in first
    assert "\n" not in first
    assert items == ["- Thôn Đông: 112 con;\n- Thôn Đoài: 98 con."]
