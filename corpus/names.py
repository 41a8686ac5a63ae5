"""Vietnamese names of persons, as signatures and bylines write them."""

from __future__ import annotations

import re

from corpus.text import fold

# Family names of the Kinh and of the larger minorities, folded.
_SURNAMES = (
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh dao doan lam luong ha "
    "mai trinh truong cao kieu tang "
    "to ta thai chau quach quan luu la lo lu luc ma mac mau mua nghiem nong phi phung phuong quang sam "
    "sung son tan thach than thieu tong "
    "trieu tu tieu ung van vi vien vuong vang giang giap hua khuc khuong kha kim lai au an bach banh be "
    "ca cam chu cu cung dam danh dien "
    "diep giao hau hien hinh hong khong khuat lang lieu ninh nhan nham nghi on ong pho qua rmah ro siu "
    "sinh soan tao thi thao tham thang "
    "thoi thuong trang trung truc vy xa y ya ksor nay kpa rcom rahlan hlang ka cil kon kra ro"
)
SURNAMES = frozenset(_SURNAMES.split())
_MALE = "A"  # opens the names of Xơ Đăng, Ba Na and Giẻ Triêng men, as "Y" those of women: "A Thút"
_TITLES = re.compile(
    r"(?:(?:GS|PGS|TS|ThS|BS|KS|CN|CVC|CKI{1,2}|LS|Ts|Ths|Bs|Đ/c|Ông|Bà|đồng chí|Đồng chí|Thiếu tướng|"
    r"Trung tướng|Thượng tướng|Đại tướng|"
    r"(?:Đại|Thượng|Trung|Thiếu) (?:tá|úy)|Chuẩn đô đốc)[.:]?[ ,]*)*"
)
_SYLLABLE = r"[^\W\d_][^\W\d_'’]{0,7}"
_NAME = re.compile(rf"{_SYLLABLE}(?:[ -]+{_SYLLABLE}){{1,5}}")


def person_name(line: str) -> str | None:
    """The name when a line is nothing but a person's name, perhaps behind a title: "ThS. Lê Đình Thủy"."""
    name = line.strip()[_TITLES.match(line.strip()).end() :].strip(" .")  # type: ignore[union-attr]
    words = re.split(r"[ -]+", name)
    if not _NAME.fullmatch(name) or not (fold(words[0]) in SURNAMES or words[0] == _MALE):
        return None
    return (
        name
        if all(word[0].isupper() and (word[1:].islower() or not word[1:] or name.isupper()) for word in words)
        else None
    )
