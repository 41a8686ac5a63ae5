"""Vietnamese number words and Roman numerals as integers: "một trăm linh năm" → 105, XIV → 14."""

from __future__ import annotations

import re
from collections.abc import Iterator

SCALES = {
    "tram": 100, "nghin": 1000, "ngan": 1000, "van": 10_000, "trieu": 1_000_000,
    "ty": 1_000_000_000, "ti": 1_000_000_000,
}  # fmt: skip

_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_PLAIN_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_TEN = {"mười", "muoi"}
_TENS = {"mươi", "muoi"}
_ODD = {"linh", "lẻ", "le"}
_SCALE_WORDS = {
    "nghìn": 1000, "nghin": 1000, "ngàn": 1000, "ngan": 1000, "vạn": 10_000,
    "triệu": 1_000_000, "trieu": 1_000_000,
    "tỷ": 1_000_000_000, "tỉ": 1_000_000_000, "ty": 1_000_000_000,
}  # fmt: skip
_HUNDRED = {"trăm", "tram"}

_YEAR_WORDS = frozenset(["năm", "nam"])  # behind "mười" a year, for five is "lăm" there
_NEVER_FIRST = {"khong", "không", "mốt", "lăm", "nhăm", "lam", "nham", "tư", "tu"}
_STARTS = "|".join(sorted({*_DIGITS, *_PLAIN_DIGITS, *_TEN} - _NEVER_FIRST, key=len, reverse=True))
_START = re.compile(rf"(?<![^\W_])(?:{_STARTS})(?![^\W_])", re.I)
_FIRST = re.compile(r"([^\W\d_]+)")
_WORD_BEFORE = re.compile(r"([^\W_]{1,12})[ ]$")
_NEXT = re.compile(r"[ ]{1,2}([^\W\d_]+)")
_ORDINAL = re.compile(r"(?<![^\W_])th[ứu][ ]$", re.I)

_COUNTED_TEXT = """
        bên xã huyện tỉnh thôn bản làng phường quận người cuộc đơn hồ đồng cán đơn hộ nội nhiệm giải
    tổ điểm lớp đợt lượt mô nhóm     văn nghị vị đồng chí chiếc cái con lĩnh loại cấp ngày tháng tuần
    giờ khu ban hội vụ ý dự đề công trường trạm nước ngành chức     thị ấp buôn đại đoàn chi năm lần
    buổi câu chỉ mục tiêu phần km tấn ha mét kg phó đảng
"""
_PLAIN_COUNTED_TEXT = """
        ben xa huyen tinh thon phuong nguoi cuoc don ho nhiem giai lop vi cai con noi ngay thang tuan
    gio thi ap km
"""
_TIME_TEXT = """
        trong đầu cuối hằng hàng mỗi mấy cả giữa từng nhiều các những qua nay sang ngoái một hai ba
    bốn
"""
_COUNTED = frozenset(_COUNTED_TEXT.split())
_PLAIN_COUNTED = frozenset(_PLAIN_COUNTED_TEXT.split())
_TIME_BEFORE = frozenset(_TIME_TEXT.split())
_YEAR_NOUNS = frozenset(["tháng", "ngày", "đại", "công", "hội", "ban", "đồng", "cuối", "chi"])  # "năm đại hội"
_ONE_NOUNS = frozenset(["xã", "huyện", "người", "tỉnh", "thôn", "nguoi", "huyen"])


def read_words(text: str, folded: str) -> Iterator[tuple[int, int, int, bool]]:
    """`(start, end, value, is ordinal)` of each number in words; lone words only where they count."""
    position = 0
    while match := _START.search(text, position):
        value, end, words = _parse(text, match.start())
        position = max(end, match.end())
        ordinal = _ORDINAL.search(text, max(0, match.start() - 4), match.start()) is not None
        if value is not None and (words > 1 or ordinal or _counts(text, match.start(), end)):
            yield match.start(), end, value, ordinal


def _parse(text: str, start: int) -> tuple[int | None, int, int]:
    """`(value, end, number of words)` of the longest number that starts here."""
    match = _FIRST.match(text, start)
    total, group, last, words, end = 0, 0, -1, 0, start
    tens = hundreds = after_ten = False
    while match is not None and words < 24:
        word = match[1].lower()
        digit = _DIGITS.get(word, _PLAIN_DIGITS.get(word))
        if digit is not None:
            if last >= 0 or not _may_follow(word, words, tens, hundreds) or (word in _YEAR_WORDS and after_ten):
                break
            last = digit
        elif word in _TEN | _TENS and not tens and (last > 0 or word in _TEN):
            if last > 0 and word == "mười":
                break
            group, last, tens = group + 10 * max(last, 1), -1, True
        elif word in _HUNDRED and last >= 0 and not hundreds:
            group, last, hundreds = group + 100 * last, -1, True
        elif word in _ODD and hundreds and last < 0:
            tens = True
        elif word in _SCALE_WORDS and (group or last > 0):
            total += (group + max(last, 0)) * _SCALE_WORDS[word]
            group, last, tens, hundreds = 0, -1, False, False
        else:
            break
        after_ten = word in _TEN | _TENS
        end, words = match.end(), words + 1
        match = _NEXT.match(text, end)
    if not words:
        return None, start, 0
    return total + group + max(last, 0), end, words


def _may_follow(word: str, words: int, tens: bool, hundreds: bool) -> bool:
    """Digits that only stand after tens or hundreds: "mốt", "lăm", "tư"; a first digit stands anywhere."""
    if word in ("mốt", "lăm", "nhăm", "lam", "nham"):
        return tens
    if word in ("tư", "tu"):
        return tens or hundreds
    return True


def _counts(text: str, start: int, end: int) -> bool:
    """Whether a lone number word counts what follows: "hai bên", "năm xã"; not "một số", "Ba Đình"."""
    word = text[start:end].lower()
    following = _NEXT.match(text, end)
    if following is None or following[1][0].isupper():
        return False
    noun = following[1].lower()
    if word == "một" or word == "mot":
        return noun in _ONE_NOUNS
    if word == "năm":
        before = _WORD_BEFORE.search(text, max(0, start - 12), start)
        alone = before is None or (before[1].lower() not in _TIME_BEFORE and not before[1].isdigit())
        return alone and noun in _COUNTED - _YEAR_NOUNS
    if word in _PLAIN_DIGITS and word not in ("hai", "ba", "bon", "chin"):
        return False
    return noun in _COUNTED or (text.isascii() and noun in _PLAIN_COUNTED)


_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def read_roman(numeral: str) -> int | None:
    """The value of a Roman numeral in capitals below 400, None when it is none: "XIV" → 14, "IIX" → None."""
    if not numeral or not _ROMAN.fullmatch(numeral):
        return None
    values = [_ROMAN_DIGITS[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
