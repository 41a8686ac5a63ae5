"""Places: old and new units, with and without accents, in lists and alone; never ordinary words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.gazetteer import load_gazetteer
from corpus.places import find_places
from corpus.text import clean


def names(text: str) -> list[str]:
    return [mention.full_name for mention in find_places(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("huyện Đơn Dương", ["huyện Đơn Dương, tỉnh Lâm Đồng"]),
        ("ở nông thôn Đơn Dương", ["huyện Đơn Dương, tỉnh Lâm Đồng"]),
        ("các xã, thị trấn Lâm Hà", ["huyện Lâm Hà, tỉnh Lâm Đồng"]),
        ("mặt hồ Dầu Tiếng", []),
        ("yêu cầu Lâm Hà báo cáo", ["huyện Lâm Hà, tỉnh Lâm Đồng"]),
        ("thu ngân sách huyen don duong nam 2019", ["huyện Đơn Dương, tỉnh Lâm Đồng"]),
        ("Tỷ lệ của Lâm Hà là bao nhiêu?", ["huyện Lâm Hà, tỉnh Lâm Đồng"]),
        ("HUYỆN ỦY ĐƠN DƯƠNG", ["huyện Đơn Dương, tỉnh Lâm Đồng"]),
        ("pho truong cong an huyen My Loc la ai", ["huyện Mỹ Lộc, tỉnh Nam Định"]),
        ("huyện Mĩ Lộc", ["huyện Mỹ Lộc, tỉnh Nam Định"]),
        ("TP. Đà Lạt", ["thành phố Đà Lạt, tỉnh Lâm Đồng"]),
        ("tp hồ chí minh", ["thành phố Hồ Chí Minh"]),
        ("TP.HCM", ["thành phố Hồ Chí Minh"]),
        ("thành phố đà nẵng", ["thành phố Đà Nẵng"]),
        ("Quận 1", ["quận 1, thành phố Hồ Chí Minh"]),
        ("xã Pró vẫn còn", ["xã Pró"]),
        ("xã Mỹ Hưng, Đặng Thị Lan Anh", ["xã Mỹ Hưng"]),
        ("xã Bảo Nhai, huyện Bắc Hà, tỉnh Lào Cai", [
            "xã Bảo Nhai, huyện Bắc Hà, tỉnh Lào Cai",
            "huyện Bắc Hà, tỉnh Lào Cai",
            "tỉnh Lào Cai",
        ]),
        ("UBND huyện Mỹ Lộc tỉnh Nam Định", ["huyện Mỹ Lộc, tỉnh Nam Định", "tỉnh Nam Định"]),
    ],
)  # fmt: skip
def test_find(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_name_of_one_syllable_may_begin_an_unknown_one() -> None:
    named = {
        text: find_places(text)[0].name for text in ("xã Đông Bãi năm 2023", "xã Lát Lạc Dương", "xã Đông tổ chức")
    }
    assert list(named.values()) == ["Đông Bãi", "Lát", "Đông"]


def test_lists_behind_one_level_word() -> None:
    mentions = find_places("4 xã (Lạc Lâm, Quảng Lập, Ka Đô, Lạc Xuân) thực hiện đạt các tiêu chí")
    assert [(mention.name, mention.level, mention.district) for mention in mentions] == [
        (name, "xã", "Đơn Dương") for name in ("Lạc Lâm", "Quảng Lập", "Ka Đô", "Lạc Xuân")
    ]
    assert [mention.name for mention in find_places("các huyện Lâm Hà, Đức Trọng và Đơn Dương")] == [
        "Lâm Hà",
        "Đức Trọng",
        "Đơn Dương",
    ]


def test_keys_agree_however_it_is_written() -> None:
    ways = [
        "huyện Đơn Dương",
        "huyen don duong",
        "Đơn Dương",
        "HUYỆN ĐƠN DƯƠNG",
        "Don Duong",
        "Huyện ủy Đơn Dương",
    ]
    assert {mention.key for way in ways for mention in find_places(way)} == {"don duong"}


@pytest.mark.parametrize(
    "text",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "tình hình kinh tế - xã hội, phương hướng nhiệm vụ",
        "tinh hinh kinh te xa hoi, phuong huong nhiem vu, quan doi nhan dan",
        "xã nào phải đạt nông thôn mới kiểu mẫu",
        "xa nao phai dat nong thon moi kieu mau",
        "Huyện Đoàn, Huyện ủy, Ủy ban nhân dân huyện. Đẩy mạnh tuyên truyền",
        "trên địa bàn huyện.\nTham dự hội nghị",
        "đồng chí Lê Bình Dương, Chủ tịch UBND xã Nguyễn Văn An",
        "các xã, thị trấn; phường; quận; tỉnh",
    ],
)
def test_ordinary_words_are_no_places(text: str) -> None:
    assert names(text) == []


def test_an_ambiguous_name_has_no_province_until_the_text_says() -> None:
    (alone,) = find_places("xã Mỹ Lộc")
    assert alone.province is None
    assert find_places("xã Mỹ Lộc, tỉnh Vĩnh Long")[0].province == "Vĩnh Long"


def test_gazetteer_knows_old_and_new_provinces() -> None:
    successors = load_gazetteer().successors
    assert len(set(successors.values())) == 34
    assert len(successors) == 64  # 63 and Thừa Thiên Huế by its name before 2025
    assert (successors["Nam Định"], successors["Lào Cai"], successors["Đắk Nông"]) == (
        "Ninh Bình",
        "Lào Cai",
        "Lâm Đồng",
    )


@given(st.text(max_size=300))
def test_mentions_lie_in_order_in_the_text(text: str) -> None:
    text = clean(text)
    end = 0
    for mention in find_places(text):
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end


@pytest.mark.parametrize("piece", ["huyện ", "xã A ", "Bắc Hà, ", "xã Ka Đô, ", "tỉnh-", "HÀ ", "("])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    find_places("")
    text = piece * (100_000 // len(piece))
    started = time.process_time()
    find_places(text)
    assert time.process_time() - started < 3


def test_the_words_behind_a_place_say_where_it_is() -> None:
    assert names("xã Lộc Thành, huyện Bảo Lâm")[0] == "xã Lộc Thành, huyện Bảo Lâm, tỉnh Lâm Đồng"
    assert names("TP. Nha Trang, TP. Hải Phòng") == ["thành phố Nha Trang, tỉnh Khánh Hòa", "thành phố Hải Phòng"]
    assert names("xã Mỹ Hưng, huyện Mỹ Lộc, tỉnh Nam Định")[0] == "xã Mỹ Hưng, huyện Mỹ Lộc, tỉnh Nam Định"
    assert names("Hợp tác xã Anh Đào, Thông tấn xã Việt Nam") == []


def test_a_cooperative_is_no_commune() -> None:
    assert [place.name for place in find_places("hợp tác xã Thuận Phát và xã Tân Lập")] == ["Tân Lập"]
    assert [place.name for place in find_places("công tác xã Tân Lập")] == ["Tân Lập"]
