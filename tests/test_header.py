"""Headers by genre: every field's value, and its exact place in the text."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Stripped
from corpus.genre import number_kind
from corpus.header import read_header
from corpus.issuer import issuer_name, natural_case
from corpus.names import person_name
from corpus.text import clean

DECISION = """ỦY BAN NHÂN DÂN
HUYỆN BẮC HÀ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 1030 /QĐ-UBND

Bắc Hà, ngày 01 tháng 6 năm 2018

QUYẾT ĐỊNH
Về việc ban hành quy định tiêu chí, thang điểm và phương pháp
đánh giá công tác dân vận

CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN BẮC HÀ

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này quy định tiêu chí.

Nơi nhận:
- Như Điều 3;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
Nguyễn Thị Hoa"""

RESOLUTION = """ĐẢNG BỘ TỈNH LÂM ĐỒNG
HUYỆN ỦY ĐƠN DƯƠNG
Số 12-NQ/HU
ĐẢNG CỘNG SẢN VIỆT NAM
Đơn Dương, ngày 12 tháng 4 năm 2019
NGHỊ QUYẾT
về xây dựng huyện đạt nông thôn mới kiểu mẫu

I. TÌNH HÌNH
Thực hiện Nghị quyết số 25-NQ/TW ngày 03 tháng 6 năm 2013.
T/M BAN CHẤP HÀNH
BÍ THƯ

Trần Văn Bảy"""

LETTER = """UBND HUYỆN MỸ LỘC | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG NỘI VỤ | Độc lập - Tự do - Hạnh phúc
Số: 45/NV-CCHC | Mỹ Lộc, ngày 05/7/2019
V/v báo cáo kết quả
cải cách hành chính

Kính gửi: Ủy ban nhân dân các xã, thị trấn.

Thực hiện Công văn số 12/SNV ngày 01/7/2019 của Sở Nội vụ, đề nghị.

Nơi nhận: | TRƯỞNG PHÒNG
- Như trên; |
- Lưu: NV. | Phạm Văn Long"""

CIRCULAR = """BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI
BỘ LAO ĐỘNG - THƯƠNG BINH
VÀ XÃ HỘI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 03/2023/TT-BLĐTBXH Hà Nội, ngày 31 tháng 5 năm 2023
THÔNG TƯ
Sửa đổi Thông tư số 17/2022/TT-BLĐTBXH ngày 06 tháng 9 năm 2022 của Bộ trưởng
Căn cứ Nghị định số 62/2022/NĐ-CP ngày 12 tháng 9 năm 2022 của Chính phủ;
KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Lê Văn Thanh"""

CODE = """QUỐC HỘI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Luật số: 45/2019/QH14
BỘ LUẬT
LAO ĐỘNG
Căn cứ Hiến pháp;
Điều 1. Phạm vi điều chỉnh
Bộ luật này được Quốc hội thông qua ngày 20 tháng 11 năm 2019.
CHỦ TỊCH QUỐC HỘI
(Đã ký)
Nguyễn Thị Kim Ngân"""

NEWS = """Huyện Lâm Hà tổng kết công tác cải cách hành chính
Thứ Sáu, 05/04/2024, 14:59 (GMT+7)
Theo Quyết định số 12/QĐ-UBND ngày 01 tháng 02 năm 2023, huyện đã làm tốt.
Ngày 07 tháng 10 năm 2019, Thường trực họp.
Tin, ảnh: Nguyễn Văn Nam"""


def fields(text: str) -> dict[str, object]:
    header = read_header(text, "a.txt", ())
    named = ("title", "kind", "number", "issued_on", "issuer", "subject", "signer", "author", "place")
    return {name: getattr(header, name) for name in named if getattr(header, name) is not None}


def quotes(text: str) -> dict[str, str]:
    return {name: span.of(text) for name, span in read_header(text, "a.txt", ()).spans.items()}


def test_a_government_decision() -> None:
    subject = "Về việc ban hành quy định tiêu chí, thang điểm và phương pháp đánh giá công tác dân vận"
    assert fields(DECISION) == {
        "title": subject,
        "kind": "Quyết định",
        "number": "1030/QĐ-UBND",
        "issued_on": date(2018, 6, 1),
        "issuer": "Ủy ban nhân dân huyện Bắc Hà",
        "subject": subject,
        "signer": "Nguyễn Thị Hoa",
        "place": "huyện Bắc Hà, tỉnh Lào Cai",
    }
    verbatim = "Về việc ban hành quy định tiêu chí, thang điểm và phương pháp\nđánh giá công tác dân vận"
    assert quotes(DECISION) == {
        "number": "1030 /QĐ-UBND",
        "kind": "QUYẾT ĐỊNH",
        "issued_on": "ngày 01 tháng 6 năm 2018",
        "issuer": "ỦY BAN NHÂN DÂN\nHUYỆN BẮC HÀ",
        "subject": verbatim,
        "title": verbatim,
        "signer": "Nguyễn Thị Hoa",
        "place": "HUYỆN BẮC HÀ",
    }


def test_a_party_resolution() -> None:
    assert fields(RESOLUTION) == {
        "title": "về xây dựng huyện đạt nông thôn mới kiểu mẫu",
        "kind": "Nghị quyết",
        "number": "12-NQ/HU",
        "issued_on": date(2019, 4, 12),
        "issuer": "Huyện ủy Đơn Dương",
        "subject": "về xây dựng huyện đạt nông thôn mới kiểu mẫu",
        "signer": "Trần Văn Bảy",
        "place": "huyện Đơn Dương, tỉnh Lâm Đồng",
    }


def test_a_letter_set_in_two_columns() -> None:
    assert fields(LETTER) == {
        "title": "báo cáo kết quả cải cách hành chính",
        "kind": "Công văn",
        "number": "45/NV-CCHC",
        "issued_on": date(2019, 7, 5),
        "issuer": "Phòng Nội vụ huyện Mỹ Lộc",
        "subject": "báo cáo kết quả cải cách hành chính",
        "signer": "Phạm Văn Long",
        "place": "huyện Mỹ Lộc, tỉnh Nam Định",
    }
    assert quotes(LETTER)["issued_on"] == "ngày 05/7/2019"


def test_a_ministry_is_nowhere_in_particular() -> None:
    found = fields(CIRCULAR)
    assert found["issuer"] == "Bộ Lao động - Thương binh và Xã hội"
    assert (found["number"], found["issued_on"]) == ("03/2023/TT-BLĐTBXH", date(2023, 5, 31))
    assert found["signer"] == "Lê Văn Thanh"
    assert "place" not in found
    assert quotes(CIRCULAR)["kind"] == "THÔNG TƯ"


def test_a_law_says_when_it_was_passed() -> None:
    found = fields(CODE)
    assert (found["kind"], found["number"], found["title"]) == ("Bộ luật", "45/2019/QH14", "LAO ĐỘNG")
    assert (found["issued_on"], found["signer"]) == (date(2019, 11, 20), "Nguyễn Thị Kim Ngân")


def test_news_takes_its_stamp_and_never_a_cited_date() -> None:
    assert fields(NEWS) == {
        "title": "Huyện Lâm Hà tổng kết công tác cải cách hành chính",
        "kind": "Tin bài",
        "issued_on": date(2024, 4, 5),
        "author": "Nguyễn Văn Nam",
        "place": "huyện Lâm Hà, tỉnh Lâm Đồng",
    }
    without = NEWS.replace("Thứ Sáu, 05/04/2024, 14:59 (GMT+7)\n", "")
    assert "issued_on" not in fields(without)


def test_an_office_may_sign_news_and_the_footer_tells_where() -> None:
    text = "HỘI NGHỊ SƠ KẾT\nHội nghị được tổ chức.\nBan Dân vận Huyện ủy"
    footer = Stripped(
        "Cơ quan chủ quản: UBND huyện Mỹ Lộc tỉnh Nam Định\nĐịa chỉ: Thị trấn Mỹ Lộc", "chân trang", len(text)
    )
    header = read_header(text, "a.txt", (footer,))
    assert (header.author, header.issuer) == ("Ban Dân vận Huyện ủy", "Ban Dân vận Huyện ủy Mỹ Lộc")
    assert header.place == "huyện Mỹ Lộc, tỉnh Nam Định"
    assert "place" not in header.spans


@pytest.mark.parametrize(
    ("letterhead", "place"),
    [
        ("ỦY BAN NHÂN DÂN\nXÃ PHÚ NGÀN", "xã Phú Ngàn"),  # in no gazetteer
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG ĐÔNG KIỀU", "phường Đông Kiều"),  # not the known "phường Đông"
        ("HUYỆN ỦY TÂN GIỒNG\nBAN DÂN VẬN", "huyện Tân Giồng"),
        ("UBND HUYỆN TÂN GIỒNG\nPHÒNG NỘI VỤ", "huyện Tân Giồng"),
        ("ỦY BAN NHÂN DÂN\nHUYỆN BẮC HÀ", "huyện Bắc Hà, tỉnh Lào Cai"),
        ("HỘI LIÊN HIỆP PHỤ NỮ\nHUYỆN ĐOÀN", None),  # names no place
    ],
)
def test_an_office_is_of_its_place_known_or_not(letterhead: str, place: str | None) -> None:
    text = f"{letterhead}\n\nSố: 12/BC-UBND\n\nBÁO CÁO\nKết quả công tác quý I\n\nNội dung báo cáo về xã Cẩm Hưng."
    header = read_header(text, "a.txt", ())
    assert header.place == place
    if place:
        assert header.spans["place"].of(text).lower().endswith(place.split(",")[0].split(" ", 1)[1].lower())


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("UBND xã báo cáo UBND huyện Đông Lạc.", "xã Bình Lãng"),  # another district than the known one's
        ("UBND xã báo cáo UBND huyện Tân Trụ.", "xã Bình Lãng, huyện Tân Trụ, tỉnh Long An"),
        ("UBND xã báo cáo.", "xã Bình Lãng, huyện Tân Trụ, tỉnh Long An"),
    ],
)
def test_the_gazetteers_district_is_not_given_where_the_text_names_another(body: str, place: str) -> None:
    text = f"ỦY BAN NHÂN DÂN\nXÃ BÌNH LÃNG\n\nSố: 12/BC-UBND\n\nBÁO CÁO\nKết quả quý I\n\n{body}"
    assert read_header(text, "a.txt", ()).place == place


def test_the_place_of_last_resort_is_what_the_body_keeps_naming() -> None:
    body = "Huyện Bắc Hà đạt. Huyện Bắc Hà tăng. Trên địa bàn huyện Bắc Hà, khác huyện Lâm Hà."
    text = f"Kết quả năm 2021\n\n{body}"
    assert fields(text)["place"] == "huyện Bắc Hà, tỉnh Lào Cai"
    assert "place" not in fields("Ghi chép\n\nHuyện Bắc Hà và huyện Lâm Hà cùng đạt.")


def test_minutes_and_a_blank_date() -> None:
    head = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBIÊN BẢN\nHội nghị thôn\n\n"
    minutes = head + "Hôm nay, hồi 8 giờ 00 ngày 05 tháng 7 năm 2019, tại"
    assert fields(minutes)["issued_on"] == date(2019, 7, 5)
    blank = RESOLUTION.replace("ngày 12 tháng", "ngày    tháng")
    assert "issued_on" not in fields(blank)
    assert "issued_on" not in fields(RESOLUTION.replace("12 tháng 4", "31 tháng 2"))


def test_a_subject_that_was_left_empty() -> None:
    assert fields("Số 5-CV/BDVHU\nV/v") == {
        "title": "Công văn số 5-CV/BDVHU",
        "kind": "Công văn",
        "number": "5-CV/BDVHU",
    }


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN SƠN ĐÔNG\nTrang chủ > Tin\n\nGần 900 người chạy vì sức khỏe\n\nSáng 5/4, …",
            "Gần 900 người chạy vì sức khỏe",
        ),
        (
            "TRANG THÔNG TIN ĐIỆN TỬ XÃ TÂN HÀ\nChuyên mục: Đời sống\n\nNGÀY HỘI ĐỌC SÁCH\n\nSáng 5/4, …",
            "NGÀY HỘI ĐỌC SÁCH",
        ),
        (  # no headline: the site's name is all that names the page
            "CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN SƠN ĐÔNG\nBan biên tập: B | Điện thoại: 9\n\nCâu 1. Bà Hoa hỏi:\nAi nộp?",
            "CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN SƠN ĐÔNG",
        ),
        (  # told about the site, no masthead
            "CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN SƠN ĐÔNG: MỘT NĂM NHÌN LẠI\n\nSau một năm, …",
            "CỔNG THÔNG TIN ĐIỆN TỬ HUYỆN SƠN ĐÔNG: MỘT NĂM NHÌN LẠI",
        ),
    ],
)
def test_the_headline_stands_below_the_name_of_the_site(page: str, title: str) -> None:
    assert fields(page)["title"] == title


def test_plain_notes_have_only_a_title() -> None:
    assert fields("# Cách nấu phở\n\nNinh xương trong 6 giờ.") == {"title": "Cách nấu phở"}
    assert fields("Thông báo nghỉ lễ") == {"title": "Thông báo nghỉ lễ"}


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["HUYỆN ỦY ĐƠN DƯƠNG", "BAN DÂN VẬN"], "Ban Dân vận Huyện ủy Đơn Dương"),
        (["UBND TỈNH LÂM ĐỒNG", "SỞ NỘI VỤ"], "Sở Nội vụ tỉnh Lâm Đồng"),
        (["ỦY BAN NHÂN DÂN", "XÃ KA ĐÔ"], "Ủy ban nhân dân xã Ka Đô"),
        (["HUYỆN UỶ LÂM HÀ", "VĂN PHÒNG"], "Văn phòng Huyện ủy Lâm Hà"),
        (["BỘ TÀI CHÍNH"], "Bộ Tài chính"),
        (["BỘ KẾ HOẠCH VÀ ĐẦU TƯ", "TỔNG CỤC THỐNG KÊ"], "Tổng cục Thống kê, Bộ Kế hoạch và Đầu tư"),
        (["SỞ GIÁO DỤC VÀ ĐÀO TẠO LÂM ĐỒNG", "TRƯỜNG THPT ĐƠN DƯƠNG"], "Trường THPT Đơn Dương"),
        (["ĐẢNG BỘ TỈNH LÀO CAI", "HUYỆN ỦY BẮC HÀ"], "Huyện ủy Bắc Hà"),
        (["Khẩu hiệu"], None),
    ],
)
def test_issuer(lines: list[str], name: str | None) -> None:
    assert issuer_name(lines) == name


@pytest.mark.parametrize(
    ("upper", "natural"),
    [
        ("BỘ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN", "Bộ Nông nghiệp và Phát triển nông thôn"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH NAM ĐỊNH", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Nam Định"),
        ("CÔNG AN HUYỆN MỸ LỘC", "Công an huyện Mỹ Lộc"),
        ("BỘ CÔNG THƯƠNG", "Bộ Công Thương"),
        ("UBND XÃ PRÓ", "UBND xã Pró"),
        ("Ban Dân vận", "Ban Dân vận"),
    ],
)
def test_natural_case(upper: str, natural: str) -> None:
    assert natural_case(upper) == natural


@pytest.mark.parametrize(
    ("heading", "subject"),
    [
        ("## Kết quả rà soát hộ nghèo năm 2024", "Kết quả rà soát hộ nghèo năm 2024"),
        ("## Mục đích, yêu cầu", None),
        ("## I. Đặc điểm tình hình chung của huyện", None),
        ("## 1. Kết quả rà soát hộ nghèo năm 2024", None),
        ("## Điều 1. Phạm vi điều chỉnh của quy chế này", None),
    ],
)
def test_the_heading_below_the_kind_is_the_subject(heading: str, subject: str | None) -> None:
    text = f"UBND HUYỆN BẮC HÀ\n\nSố: 94/BC-UBND\n\nBÁO CÁO\n\n{heading}\n\nNăm qua, huyện đã rà soát.\n"
    header = read_header(text, "a.md", [])
    assert header.subject == subject
    assert (header.spans["subject"].of(text) if subject else None) == subject


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("118-CV/BDVHU", "Công văn"),
        ("12-NQ/HU", "Nghị quyết"),
        ("1030/QĐ-UBND", "Quyết định"),
        ("11-QĐi/TW", "Quy định"),
        ("15/TTr-NV", "Tờ trình"),
        ("06/2023/TT-BLĐTBXH", "Thông tư"),
        ("45/2019/QH14", "Luật"),
        ("45/UBND-VX", "Công văn"),
        ("126/NNPTNT-TT", "Công văn"),
        ("07/2024/CT", "Chỉ thị"),
    ],
)
def test_number_kind(number: str, kind: str) -> None:
    assert number_kind(number) == kind


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Lê Đình Thủy", "Lê Đình Thủy"),
        ("  ThS. Nguyễn Thị Bích Ngọc ", "Nguyễn Thị Bích Ngọc"),
        ("Đại tá Trần Văn Minh", "Trần Văn Minh"),
        ("NGUYỄN VĂN A", "NGUYỄN VĂN A"),
        ("Lưu: Văn thư", None),
        ("Như trên", None),
        ("Lê Văn phòng", None),
        ("Nguyễn", None),
    ],
)
def test_person_name(line: str, name: str | None) -> None:
    assert person_name(line) == name


@given(
    st.text(max_size=400)
    | st.lists(st.sampled_from(f"{DECISION}\n{LETTER}\n{NEWS}".split("\n")), max_size=25).map("\n".join)
)
def test_spans_are_always_inside_the_text(text: str) -> None:
    text = clean(text)
    header = read_header(text, "tệp.txt", ())
    assert header.title
    for name, span in header.spans.items():
        assert 0 <= span.start < span.end <= len(text), name
        assert span.of(text) == span.of(text).strip()


@pytest.mark.parametrize(
    "piece",
    [
        "Số ",
        "Số: 1/",
        "Số: 1-A-",
        "A, ngày ",
        "ngày 1 tháng ",
        "QUYẾT ĐỊNH\n",
        "BAN ",
        "BAN\n",
        "Lê ",
        "KT. CHỦ TỊCH\n",
        "| ",
        "    a",
        "1/1/2020 ",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    read_header("x", "a", ())
    text = clean(piece * (100_000 // len(piece)))
    started = time.process_time()
    read_header(text, "a.txt", ())
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("ending", "author"),
    [
        ("Xuân Định", "Xuân Định"),
        ("              Lê Thị Hải - BDV", "Lê Thị Hải - BDV"),
        ("Bài, ảnh: Hoàng Minh", "Hoàng Minh"),
        ("Nguồn: Cổng thông tin điện tử tỉnh", "Cổng thông tin điện tử tỉnh"),
        ("Văn phòng HĐND và UBND huyện", "Văn phòng HĐND và UBND huyện"),
        ("Đ/c Nguyễn Lương Thịnh, Phó trưởng công an huyện", None),
        ("Tổ chức do Nhà nước nắm giữ từ 50%", None),
        ("Lâm Hà | 120 | Nguyễn Văn Nam", None),
        ("Hội nghị kết thúc lúc 17 giờ.", None),
    ],
)
def test_byline(ending: str, author: str | None) -> None:
    header = read_header(f"Bắc Hà tổng kết năm\nHội nghị diễn ra sôi nổi.\n{ending}", "a.txt", ())
    assert header.author == author


def test_a_headline_is_no_byline() -> None:
    assert read_header("Nguyễn Thái Học\n\nÔng là anh hùng dân tộc.", "a.txt", ()).author is None


# Heads as PDF text layers and OCR give them

MINISTRY = "BỘ TÀI CHÍNH\n"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
DAY = "Hà Nội, ngày 05 tháng 6 năm 2024\n"
BODY = "THÔNG TƯ\nQuy định mức thu phí\nCăn cứ Luật Phí số 97/2015/QH13 ngày 25 tháng 11 năm 2015;\nĐiều 1. Mức thu"
STAMP = (
    "Ký bởi: Cổng Thông tin điện tử Chính phủ\nCơ quan: Văn phòng Chính phủ\nThời gian ký: 12.06.2024 15:33:11 +07:00\n"
)
ARRIVED = "CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ\nVĂN BẢN ĐẾN\nSố: 5512\nNgày: 12/6/2024\n"


def head_of(number: str = "Số: 12/2024/TT-BTC\n", day: str = DAY, before: str = "") -> str:
    return before + MINISTRY + number + NATION + day + BODY


@pytest.mark.parametrize(
    "text",
    [
        head_of("Số: 12 /2024/TT-BTC\n"),
        head_of("Số: 12/ 2024/ TT- BTC\n"),
        head_of("Số : 12/2024/TT - BTC\n"),
        head_of("Số: 1 2/2024/TT-BTC\n"),
        head_of("Số: 12/20 24/TT-BTC\n"),
        head_of("Số 12/2024/TT-BTC\n"),
        head_of("Số: 12/2024/TT-\nBTC\n"),
        head_of("Số:\n12/2024/TT-BTC\n"),
        head_of("Số: 12\n/2024/TT-BTC\n"),
        head_of("S ố: 12/2024/TT-BTC\n"),
        head_of("Số: 12/2024/TT–BTC\n"),
        head_of("Số: 12/2024/TT\u2011BTC\n"),
        head_of("Sô: 12/2024/TT-BTC\n"),
        head_of("_ Số: 12/2024/TT-BTC\n", ". Hà Nội, ngày 05 tháng 6 năm 2024 `\n"),
        head_of("SỐ: 12/2024/TT-BTC\n", "HÀ NỘI, NGÀY 05 THÁNG 6 NĂM 2024\n"),
        head_of(day="Hà Nội, ngày 05\ntháng 6 năm 2024\n"),
        head_of(day="Hà Nội, ngày 05 tháng 6\nnăm 2024\n"),
        head_of(day="Hà Nội,\nngày 05 tháng 6 năm 2024\n"),
        head_of(day="Hà Nội, ngày 0 5 tháng 6 năm 20 24\n"),
        head_of(day="Hà Nội, ngày05 tháng6 năm2024\n"),
        head_of(day="Hà N ội, ng ày 05 th áng 6 n ăm 2024\n"),
        head_of(day="Hà Nội ngày 05 tháng 6 năm 2024\n"),
        head_of(day="TP. Hồ Chí Minh ngày 05 tháng 6 năm 2024\n"),
        head_of(day="Hà Nội, ngày 05/6/2024\n"),
        head_of(day="Hà Nội, ngày 05 tháng 6 năm 2024 "),  # and the kind on the same line
        head_of(before=STAMP),
        head_of(before=ARRIVED),
        head_of(before="PHẦN I. VĂN BẢN QUY PHẠM PHÁP LUẬT\nMỤC LỤC\n"),
        MINISTRY[:-1] + " " + NATION + "Số: 12/2024/TT-BTC " + DAY + BODY,
        MINISTRY + NATION + "THÔNG TƯ\nSố: 12/2024/TT-BTC\n" + DAY + "Quy định mức thu phí\nCăn cứ Luật Phí;\n",
    ],
    ids=range(30),
)
def test_a_head_torn_by_its_text_layer_is_read(text: str) -> None:
    header = read_header(clean(text), "a.pdf", ())
    assert (header.number, header.issued_on) == ("12/2024/TT-BTC", date(2024, 6, 5))
    assert (header.issuer, header.kind, header.subject) == ("Bộ Tài chính", "Thông tư", "Quy định mức thu phí")


@pytest.mark.parametrize(
    "text",
    [
        head_of("Số:      /2024/TT-BTC\n", "Hà Nội, ngày     tháng     năm 2024\n"),
        head_of("Số: ..../2024/TT-BTC\n", "Hà Nội, ngày … tháng … năm 2024\n"),
        head_of("", ""),
    ],
    ids=range(3),
)
def test_a_draft_has_neither_number_nor_date(text: str) -> None:
    header = read_header(text, "a.pdf", ())
    assert (header.number, header.issued_on, header.kind) == (None, None, "Thông tư")


def test_an_old_head_that_says_all_in_capitals() -> None:
    text = "THÔNG TƯ\nCỦA BỘ TÀI CHÍNH SỐ 12/2004/TT-BTC\nNGÀY 05 THÁNG 01 NĂM 2004\nVỀ VIỆC THU PHÍ\n\nCăn cứ Luật"
    header = read_header(text, "a.txt", ())
    assert (header.number, header.issued_on) == ("12/2004/TT-BTC", date(2004, 1, 5))


def test_the_first_sentence_of_the_body_is_no_subject() -> None:
    text = "BÁO CÁO\nKết quả rà soát hộ nghèo\nDưới đây là kết quả của các xã:\nXã | Hộ"
    assert read_header(text, "a.txt", ()).subject == "Kết quả rà soát hộ nghèo"
