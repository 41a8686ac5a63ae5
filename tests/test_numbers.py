import time
from decimal import Decimal

import pytest

from rag.language.number_words import read_roman
from rag.language.numbers import figures_of, find_numbers


@pytest.mark.parametrize(
    ("text", "written", "value", "unit", "kind"),
    [
        ("tiếp nhận 40.363 hồ sơ", "40.363", "40363", "hồ sơ", "figure"),
        ("tỷ lệ 80,73%", "80,73%", "80.73", "%", "figure"),
        ("5 phần trăm", "5 phần trăm", "5", "%", "figure"),
        ("2,5 tỷ đồng", "2,5 tỷ", "2500000000", "đồng", "figure"),
        ("được 134 tỷ 869 triệu đồng", "134 tỷ 869 triệu", "134869000000", "đồng", "figure"),
        ("134 ty 869 trieu dong", "134 ty 869 trieu", "134869000000", "dong", "figure"),
        ("2 triệu rưỡi", "2 triệu rưỡi", "2500000", None, "figure"),
        ("kiện toàn 05 chức danh chủ tịch", "05", "5", "chức danh", "figure"),
        ("2 xã (Lạc Lâm, Quảng Lập)", "2", "2", "xã", "figure"),
        ("61 cuộc tiếp xúc", "61", "61", "cuộc", "figure"),
        ("dài 5km", "5", "5", "km", "figure"),
        ("tăng 27.1", "27.1", "27.1", None, "figure"),
        ("mười lăm xã", "mười lăm", "15", "xã", "words"),
        ("muoi lam xa", "muoi lam", "15", "xa", "words"),
        ("hai mươi mốt người", "hai mươi mốt", "21", "người", "words"),
        ("ba mươi tư", "ba mươi tư", "34", None, "words"),
        ("một trăm linh năm", "một trăm linh năm", "105", None, "words"),
        ("mot tram linh nam", "mot tram linh nam", "105", None, "words"),
        ("một nghìn hai trăm ba mươi bốn", "một nghìn hai trăm ba mươi bốn", "1234", None, "words"),
        (
            "bảy mươi bảy tỷ năm trăm triệu đồng",
            "bảy mươi bảy tỷ năm trăm triệu",
            "77500000000",
            "đồng",
            "words",
        ),
        ("giữa hai bên", "hai", "2", "bên", "words"),
        ("lần thứ XIII", "XIII", "13", None, "roman"),
        ("Chương II", "II", "2", None, "roman"),
        ("thứ ba", "ba", "3", None, "ordinal"),
    ],
)
def test_it_reads_a_number(text: str, written: str, value: str, unit: str | None, kind: str) -> None:
    (mention,) = find_numbers(text)
    assert (mention.text, mention.value, mention.unit, mention.kind) == (written, Decimal(value), unit, kind)
    assert mention.span.of(text) == written


@pytest.mark.parametrize(
    ("text", "written", "value", "other", "unit", "kind"),
    [
        ("19/19 xã", "19/19", 19, 19, "xã", "ratio"),
        ("từ 30% đến 40%", "30% đến 40%", 30, 40, "%", "range"),
        ("100 - 200 triệu đồng", "100 - 200 triệu", 100_000_000, 200_000_000, "đồng", "range"),
        ("15-20 người", "15-20", 15, 20, "người", "range"),
        ("2019-2025", "2019-2025", 2019, 2025, None, "range"),
    ],
)
def test_it_reads_a_pair(text: str, written: str, value: int, other: int, unit: str | None, kind: str) -> None:
    (mention,) = find_numbers(text)
    assert (mention.text, mention.value, mention.other, mention.unit) == (written, value, other, unit)
    assert mention.kind == kind


def test_numbers_of_different_things_are_no_range() -> None:
    assert [(m.value, m.unit) for m in find_numbers("từ 3 xã đến 5 huyện")] == [(3, "xã"), (5, "huyện")]


@pytest.mark.parametrize(
    "text",
    [
        "năm 2019",
        "ngày 11/10/2019",
        "118-CV/BDVHU",
        "một số xã",
        "cơ chế một cửa",
        "trong năm xã đã",
        "quận Ba Đình",
        "đầu tư",
        "hàng trăm người",
        "lúc 02:59",
        "lúc 9:05",
        "1. Mục tiêu",
        "sau nguoi",
    ],
)
def test_it_leaves_other_words_alone(text: str) -> None:
    assert find_numbers(text) == []


def test_a_long_id_keeps_its_digits() -> None:
    digits = "123456789012345678901234567890123456789"
    assert str(find_numbers(digits)[0].value) == digits


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("I", 1), ("IV", 4), ("XIV", 14), ("XXIX", 29), ("XC", 90), ("IIX", None), ("", None)],
)
def test_roman_numerals(numeral: str, value: int | None) -> None:
    assert read_roman(numeral) == value


@pytest.mark.parametrize("piece", ["1", "nam ", "mot ", "1,", "a", " ", "thu x", "muoi "])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    find_numbers(text)
    assert time.process_time() - start < 1  # 0.12 on an idle core


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1185", "1.185"), ("0.5", "0,5"), ("2.50", "2,50"), ("57309000000", "57 tỷ 309 triệu"), ("2000000", "2 triệu"),
        ("1234000000000", "1.234 tỷ"), ("2500001", "2.500.001"), ("0", "0"),
    ],
)  # fmt: skip
def test_values_are_written_as_offices_do(value: str, written: str) -> None:
    assert figures_of(Decimal(value)) == written


def test_a_year_behind_ten_is_a_year() -> None:
    assert [(number.value, number.unit) for number in find_numbers("tổng kết mười năm thực hiện")] == [(10, "năm")]
    assert [(number.value, number.unit) for number in find_numbers("hai mươi năm qua")] == [(20, "năm")]
    assert [number.value for number in find_numbers("mười lăm xã và một trăm linh năm hộ")] == [15, 105]
