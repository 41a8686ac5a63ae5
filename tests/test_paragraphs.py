"""Lines of a page joined into paragraphs: only where the sentence plainly runs on."""

from __future__ import annotations

import pytest

from corpus.paragraphs import runs_on, width

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
