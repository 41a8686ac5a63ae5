import time
from pathlib import Path

import pytest

from rag.language.abbreviation_table import AbbreviationError, load
from rag.language.abbreviations import contract_forms, expand


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("UBND huyện Lâm Hà", "Ủy ban nhân dân huyện Lâm Hà"),
        ("ubnd huyen, hdnd xa", "Ủy ban nhân dân huyen, Hội đồng nhân dân xa"),
        ("MTTQVN", "Mặt trận Tổ quốc Việt Nam"),
        ("sở NN&PTNT", "sở Nông nghiệp và Phát triển nông thôn"),
        ("nhiệm vụ kt-xh", "nhiệm vụ kinh tế - xã hội"),
        ("ntmnc là gì", "nông thôn mới nâng cao là gì"),
        ("cv 118 của bdv", "công văn 118 của Ban Dân vận"),
        ("TU chỉ đạo", "Tỉnh ủy chỉ đạo"),
        ("TP. Đà Lạt", "thành phố Đà Lạt"),
        ("theo TT 200 và TT 79/2025/TT-BTC", "theo thông tư 200 và thông tư 79/2025/TT-BTC"),
        ("CĐ 06 về bão", "công điện 06 về bão"),
        ("cđs và cds", "chuyển đổi số và chuyển đổi số"),
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("phòng LĐ - TB & XH báo cáo", "phòng Lao động - Thương binh và Xã hội báo cáo"),
        ("phong ld-tb&xh", "phong Lao động - Thương binh và Xã hội"),
        ("LĐ TB XH", "Lao động - Thương binh và Xã hội"),
        ("SỞ LĐ–TB&XH", "SỞ Lao động - Thương binh và Xã hội"),
        ("Sở VH, TT & DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở VH, TT và DL, UBND xã", "Sở Văn hóa, Thể thao và Du lịch, Ủy ban nhân dân xã"),
        ("sở tn & mt, gd-đt", "sở Tài nguyên và Môi trường, Giáo dục và Đào tạo"),
        ("Bộ TT & TT", "Bộ Thông tin và Truyền thông"),
        ("CB, CC, VC", "cán bộ, công chức, viên chức"),
        ("nhiệm vụ KT, XH và QP-AN", "nhiệm vụ kinh tế - xã hội và quốc phòng, an ninh"),
        ("UB MTTQ VN", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
        ("UVBTV HU", "Ủy viên Ban Thường vụ Huyện ủy"),
        ("HU-HĐND-UBND", "Huyện ủy-Hội đồng nhân dân-Ủy ban nhân dân"),
        ("q.1 tp.hcm", "q.1 thành phố Hồ Chí Minh"),
        ("PCCC & CNCH", "phòng cháy, chữa cháy và cứu nạn, cứu hộ"),
        ("trường TH-THCS", "trường tiểu học và trung học cơ sở"),
        ("gia đình TB-LS", "gia đình thương binh, liệt sĩ"),
    ],
)
def test_it_opens_abbreviations(text: str, opened: str) -> None:
    assert expand(text).text == opened


@pytest.mark.parametrize(
    "text",
    [
        "xã nào phải đạt nông thôn mới kiểu mẫu",
        "tu nam 2019 hu hong",  # từ, hư: syllables in small letters
        "118-CV/BDVHU",
        "12-nq/hu",
        "ND và CT",  # each has several meanings and nothing near decides
        "ubnd_v2",
        "HĐ",  # hợp đồng, not HD
        "THÔNG TƯ LIÊN TỊCH số 38",  # a word of several in capitals
        "kh biết nd gì, cb xh",  # không biết nội dung gì
        "ld tb xh, tn va mt",  # in small letters no space ties
        "TN_MT và 5TN-MT",
        "",
    ],
)
def test_it_leaves_other_words_alone(text: str) -> None:
    assert expand(text).text == text
    assert expand(text).pairs == ()


def test_the_context_chooses_the_meaning() -> None:
    assert expand("BTV Huyện ủy").text == "Ban Thường vụ Huyện ủy"
    assert expand("BTV đài truyền hình").text == "biên tập viên đài truyền hình"
    assert expand("hội ND huyện").text == "hội nông dân huyện"


def test_an_abbreviation_in_parts_is_one_pair() -> None:
    text = "Phòng LĐ - TB & XH, HĐND-UBND"
    pairs = expand(text).pairs
    assert [pair.span.of(text) for pair in pairs] == ["LĐ - TB & XH", "HĐND", "UBND"]
    assert pairs[0].abbreviation == "LĐ - TB & XH"


def test_a_pair_says_where_the_abbreviation_stood() -> None:
    (pair,) = expand("của UBND xã").pairs
    assert (pair.span.of("của UBND xã"), pair.abbreviation, pair.full) == ("UBND", "UBND", "Ủy ban nhân dân")


@pytest.mark.parametrize(
    ("text", "abbreviations"),
    [
        ("Mặt trận Tổ quốc Việt Nam huyện", {"MTTQ", "MTTQVN"}),
        ("uy ban nhan dan xa", {"UBND"}),
        ("giải quyết khiếu nại, tố cáo", {"KNTC"}),
        ("Ban Dân vận Huyện ủy", {"BDV", "BDVHU"}),
        ("ủy bản nhân dân", set()),
        ("nghị quyết", set()),
    ],
)
def test_full_forms_give_their_abbreviations(text: str, abbreviations: set[str]) -> None:
    assert {pair.abbreviation for pair in contract_forms(text)} == abbreviations


def test_an_office_adds_its_own_table(tmp_path: Path) -> None:
    path = tmp_path / "office.tsv"
    path.write_text("# ours\nPXYZ\tPhòng Xét yêu zăng\nUBND\tỦy ban của chúng tôi\n", encoding="utf-8")
    extra = load(path)
    assert expand("pxyz và UBND, HĐND", extra).text == "Phòng Xét yêu zăng và Ủy ban của chúng tôi, Hội đồng nhân dân"
    assert [pair.abbreviation for pair in contract_forms("Phòng Xét yêu zăng", extra)] == ["PXYZ"]


@pytest.mark.parametrize("piece", ["a", "a-b-", "BTV ", " ", "TP."])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    expand(text)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("phó CT UBND huyện", "phó Chủ tịch Ủy ban nhân dân huyện"),
        ("CT số 16 của bí thư", "chỉ thị số 16 của bí thư"),
        ("thông tư của BTC về thuế", "thông tư của Bộ Tài chính về thuế"),
        ("BTC hội nghị", "Ban Tổ chức hội nghị"),
        ("HS giải quyết đúng hạn", "hồ sơ giải quyết đúng hạn"),
        ("HS lớp 5 của trường", "học sinh lớp 5 của trường"),
        ("ký HĐ lao động", "ký hợp đồng lao động"),
        ("Thư ký HĐ tuyển sinh", "Thư ký hội đồng tuyển sinh"),
        ("đoạt giải HSG", "đoạt giải học sinh giỏi"),
        ("đoàn viên CĐ cơ sở", "đoàn viên công đoàn cơ sở"),
        ("sinh viên CĐ", "sinh viên cao đẳng"),
        ("TT Thạnh Mỹ thuộc huyện", "thị trấn Thạnh Mỹ thuộc huyện"),
        ("TT HĐND xã họp", "Thường trực Hội đồng nhân dân xã họp"),
        ("ĐH Hội Nông dân", "Đại hội Hội Nông dân"),
        ("BCT, thương mại và điện", "Bộ Công Thương, thương mại và điện"),
        ("nghị quyết của BCT", "nghị quyết của Bộ Chính trị"),
        ("trưởng CA xã", "trưởng công an xã"),
        ("giá HS", "giá HS"),  # nothing near decides
    ],
)
def test_the_words_around_decide_what_an_ambiguous_one_means(text: str, opened: str) -> None:
    assert expand(text).text == opened


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("PXYZ Phòng Xét\n", r"dòng 1: cần chữ viết tắt, một dấu tab, rồi dạng đầy đủ\."),
        ("# của ta\n\nPX\t\n", r"dòng 3: cần chữ viết tắt"),
        ("P X\tPhòng Xét\n", r"dòng 1: “P X” không phải chữ viết tắt"),
        ("PX\tPhòng Xét\tphòng\tthừa\n", r"dòng 1: có hơn ba cột"),
        ("PX\tpx\n", r"dòng 1: dạng đầy đủ trùng"),
    ],
)
def test_a_bad_line_is_told_in_vietnamese(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "office.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AbbreviationError, match=told):
        load(path)


def test_a_table_that_cannot_be_read_is_told_in_vietnamese(tmp_path: Path) -> None:
    with pytest.raises(AbbreviationError, match=r"Không đọc được bảng viết tắt .*: không có tệp này\."):
        load(tmp_path / "không có.tsv")
    (tmp_path / "latin.tsv").write_bytes(b"PX\tPh\xf2ng\n")
    with pytest.raises(AbbreviationError, match="không phải văn bản UTF-8"):
        load(tmp_path / "latin.tsv")
