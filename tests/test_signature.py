"""Signatures: the name, and the post of whoever signed."""

from __future__ import annotations

import pytest

from corpus.signature import find_post, find_signer


def post(block: str) -> tuple[str, str | None]:
    text = f"Điều 2. Quyết định này có hiệu lực từ ngày ký.\n{block}"
    signer = find_signer(text, 0)
    assert signer is not None
    span = find_post(text, signer[1])
    return signer[0], span and span.of(text)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nNguyễn Thị Hoa", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"),
        ("T/M BAN CHẤP HÀNH\nBÍ THƯ\n\nTrần Văn Bảy", "T/M BAN CHẤP HÀNH\nBÍ THƯ"),
        ("TRƯỞNG PHÒNG\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nPhạm Văn Long", "TRƯỞNG PHÒNG"),
        ("Nơi nhận: | TRƯỞNG PHÒNG\n- Như trên; |\n- Lưu: NV. | Phạm Văn Long", "TRƯỞNG PHÒNG"),
        ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH\nLê Văn Tám", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"),
        ("TM. ỦY BAN NHÂN DÂN CHỦ TỊCH\nLê Văn Tám", "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"),
        ("KT. TỔNG GIÁM ĐỐC\nPHÓ TỔNG GIÁM ĐỐC\nLê Văn Tám", "KT. TỔNG GIÁM ĐỐC\nPHÓ TỔNG GIÁM ĐỐC"),
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nLê Văn Tám", "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG"),
        ("K/T. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN THƯỜNG TRỰC\nLê Văn Tám", "K/T. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN THƯỜNG TRỰC"),
        ("TM. BAN BÍ THƯ\nTHƯỜNG TRỰC BAN BÍ THƯ\nLê Văn Tám", "TM. BAN BÍ THƯ\nTHƯỜNG TRỰC BAN BÍ THƯ"),
        ("Phó Trưởng ban\n(Đã ký)\nLê Văn Tám", "Phó Trưởng ban"),
        ("HIỆU TRƯỞNG\n(ký tên, đóng dấu)\nNguyễn Văn Chánh", "HIỆU TRƯỞNG"),
    ],
)
def test_the_post_stands_above_the_name(block: str, expected: str) -> None:
    assert post(block)[1] == expected
    assert post(block)[0] == block.splitlines()[-1].split("| ")[-1]


@pytest.mark.parametrize(
    "block",
    [
        "KT. CHỦ TỊCH\nLê Văn Tám",  # in the chairman's name: the post of who signed is not told
        "Nơi nhận:\nChủ tịch UBND huyện\n- Lưu: VT.\nLê Văn Tám",  # a recipient's post
        "TM. ỦY BAN NHÂN DÂN\nLê Văn Tám",
        "Lê Văn Tám",
    ],
)
def test_what_gives_no_post(block: str) -> None:
    assert post(block) == ("Lê Văn Tám", None)


def test_a_post_far_above_is_not_the_signers() -> None:
    assert post(f"TRƯỞNG PHÒNG\n{'Phòng báo cáo kết quả. ' * 20}\nLê Văn Tám")[1] is None


@pytest.mark.parametrize(
    ("block", "signer"),
    [
        ("Nơi nhận | KT. TRƯỞNG PHÒNG: PHÓ TRƯỞNG PHÒNG (Đã ký) Võ Thị Sen", "Võ Thị Sen"),
        ("Nơi nhận: - Lưu: VT. | TM. ỦY BAN NHÂN DÂN: CHỦ TỊCH (đã ký) Lê Văn Tám", "Lê Văn Tám"),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(đã ký)\nA Kiên", "A Kiên"),
        ("Nơi nhận:          TRƯỞNG BAN\n- Huyện ủy,         (đã ký)\n- Lưu: VT,         A Thương", "A Thương"),
        ("   THƯ KÝ            CHỦ TRÌ\n  (đã ký)            (đã ký)\nTrần Thị Ánh      Lê Đình Khải", "Lê Đình Khải"),
    ],
)
def test_signatures_in_columns_and_cells(block: str, signer: str) -> None:
    assert post(block)[0] == signer


def test_whoever_presides_is_no_name() -> None:
    assert find_signer("Biên bản đã thông qua.\nTHƯ KÝ\nCHỦ TRÌ", 0) is None


def test_a_cell_about_a_signature_is_none() -> None:
    assert find_signer("Nơi nhận: | Bản kê có Chủ tịch (đã ký) Lê Văn Tám", 0) is None
