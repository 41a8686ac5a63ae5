"""True claims with figures, units, periods and persons written in full or in short, and clauses in another order.

Each paraphrase is `(claim, source, random) → claim | None`, None where the claim offers nothing to rewrite.
"""

from __future__ import annotations

import re
from random import Random

from eval.shapes import UPPER, Source, capital, one_of, put

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNTED = (
    r"(?= (?:xã|huyện|tỉnh|thôn|người|đơn|hồ sơ|cán bộ|hộ|nhiệm vụ|tổ chức|ngày|tháng|năm|lần|giờ|tuần|công trình)"
    r"(?!\w))"
)
_FIGURE = re.compile(
    rf"(?<![\w.,/-])(?<!tháng )(?<!đến )(?:[2-9]|10){_COUNTED}(?! \d{{4}})(?! (?:tháng|năm) (?:đầu|cuối|\d))"
)
_WORD = re.compile(
    rf"(?<!\w)(?<!tháng )(?<!thứ )(?<!năm )(?<!những )(?<!đến )(?<!\d )(?<!cuối )(?<!đầu )"
    rf"({'|'.join(_DIGITS[2:])}){_COUNTED}(?! \d{{4}})",
    re.I,
)
_LEADING_ZERO = re.compile(r"(?<![\w.,/-])0([1-9])(?= [^\W\d_])")


def figures_as_words(claim: str, source: Source, random: Random) -> str | None:
    """ "2 xã" and "hai xã", "05 người" and "5 người"."""
    if match := _FIGURE.search(claim):
        return claim[: match.start()] + _DIGITS[int(match[0])] + claim[match.end() :]
    if match := _WORD.search(claim):
        return claim[: match.start()] + str(_DIGITS.index(match[0].lower())) + claim[match.end() :]
    return _LEADING_ZERO.sub(r"\1", claim)


_GROUPED = re.compile(r"(?<![\w.,/-])\d{1,3}(?:\.\d{3})+(?![\w.,/-])")
_PLAIN = re.compile(r"(?<![\w.,/-])[3-9]\d{3}(?![\w/-]|[.,]\d)")
_PER_CENT = re.compile(r"(?<=\d) ?%")
_MILLIONS = re.compile(r"(?<![\w.,/-])([1-9]\d{0,2}) (triệu|tỷ) đồng")


def figures_another_way(claim: str, source: Source, random: Random) -> str | None:
    """ "1.200" and "1200", "99%" and "99 phần trăm", "5 triệu đồng" and "5.000.000 đồng"."""
    options = []
    if match := _GROUPED.search(claim):
        options.append(claim[: match.start()] + match[0].replace(".", "") + claim[match.end() :])
    if match := _PLAIN.search(claim):
        options.append(f"{claim[: match.start()]}{match[0][0]}.{match[0][1:]}{claim[match.end() :]}")
    if _PER_CENT.search(claim):
        options.append(_PER_CENT.sub(random.choice((" %", " phần trăm")), claim))
    if match := _MILLIONS.search(claim):
        zeros = ".000.000" if match[2] == "triệu" else ".000.000.000"
        options.append(f"{claim[: match.start()]}{match[1]}{zeros} đồng{claim[match.end() :]}")
    return random.choice(options) if options else None


_DATE = re.compile(
    r"(?:[Nn]gày )?(?<![\d/-])(\d{1,2})(?:/|-|\.| tháng )(\d{1,2})(?:/|-|\.| năm )((?:19|20)\d\d)(?![\d/-])"
)
_MONTH = re.compile(r"(?<!\d[/-])(?<!\d)(?:tháng )?(\d{1,2})(?:/| năm )((?:19|20)\d\d)(?![\d/-])")


def dates_another_way(claim: str, source: Source, random: Random) -> str | None:
    """ "ngày 5/7/2019", "05/07/2019", "5-7-2019" and "ngày 05 tháng 7 năm 2019"."""
    if match := _DATE.search(claim):
        day, month = int(match[1]), int(match[2])
        forms = (
            f"ngày {day} tháng {month} năm {match[3]}",
            f"ngày {day:02}/{month:02}/{match[3]}",
            f"ngày {day}-{month}-{match[3]}",
        )
        form = random.choice(forms)
        return claim[: match.start()] + (capital(form) if not match.start() else form) + claim[match.end() :]
    if (match := _MONTH.search(claim)) and match[0].startswith("tháng"):
        form = f"tháng {match[1]}/{match[2]}" if " năm " in match[0] else f"tháng {match[1]} năm {match[2]}"
        return claim[: match.start()] + form + claim[match.end() :]
    return None


_TENS = ("", "mười", "hai mươi", "ba mươi", "bốn mươi", "năm mươi", "sáu mươi", "bảy mươi", "tám mươi", "chín mươi")
_ONES = ("", "một", "hai", "ba", "bốn", "lăm", "sáu", "bảy", "tám", "chín")
_SPELT = re.compile(
    r"(?<![\w.,/:%-])(?<!tháng )(?<!năm )(?<!ngày )(?<!đến )(?<!từ )(?<!số )(?<!lần )[1-9]\d"
    r"(?= (?:xã|huyện|tỉnh|thôn|người|hồ sơ|cán bộ|hộ|tổ chức|công trình|dự án|trường hợp|vụ|đại biểu|quốc gia"
    r"|đơn vị)(?!\w))"
)


def numbers_spelt(claim: str, source: Source, random: Random) -> str | None:
    """ "Hai mươi lăm hộ" for "25 hộ"."""
    match = _SPELT.search(claim)
    return put(claim, match, _spelt(int(match[0]))) if match and match.start() else None


def _spelt(value: int) -> str:
    tens, ones = divmod(value, 10)
    last = "mốt" if ones == 1 and tens > 1 else _ONES[ones]
    return f"{_TENS[tens]} {last}".strip()


_UNITS = (
    ("ha", ("héc ta", "hecta")), ("km", ("ki lô mét", "kilômét")), ("m2", ("mét vuông",)),
    ("km2", ("ki lô mét vuông",)),
    ("kg", ("ki lô gam", "kilôgam")), ("m", ("mét",)), ("m3", ("mét khối",)), ("USD", ("đô la Mỹ",)),
    ("cm", ("xăng ti mét",)),
    ("mét vuông", ("m2",)), ("mét", ("m",)), ("hecta", ("ha",)), ("đô la Mỹ", ("USD",)), ("tỉ đồng", ("tỷ đồng",)),
)  # fmt: skip


def units_spelt(claim: str, source: Source, random: Random) -> str | None:
    """ "12 héc ta" for "12 ha"."""
    options = [
        put(claim, match, f" {other}")
        for unit, others in _UNITS
        for match in re.finditer(rf"(?<=\d) ?{unit}(?![\w²³/])(?! (?:vuông|khối))", claim)
        for other in others
    ]
    return one_of(random, options)


_MONEY = re.compile(r"(?<![\w.,/-])(\d{1,3}),([1-9]) (tỷ|tỉ) đồng")
_ROUND_MILLIONS = re.compile(r"(?<![\w.,/-])([1-9])\.(\d)00 (triệu) đồng")


def money_another_way(claim: str, source: Source, random: Random) -> str | None:
    """ "2 tỷ 500 triệu đồng" and "2.500 triệu đồng" for "2,5 tỷ đồng"."""
    options = []
    for match in _MONEY.finditer(claim):
        options += [put(claim, match, f"{match[1]} {match[3]} {match[2]}00 triệu đồng")]
        options += [put(claim, match, f"{match[1]}.{match[2]}00 triệu đồng")]
    for match in _ROUND_MILLIONS.finditer(claim):
        options.append(
            put(claim, match, f"{match[1]},{match[2]} tỷ đồng" if match[2] != "0" else f"{match[1]} tỷ đồng")
        )
    return one_of(random, options)


_HALF = re.compile(r"(?<!\w)(?:6|sáu) tháng (đầu|cuối) năm")
_NINE = re.compile(r"(?<!\w)(3|6|9) tháng đầu năm")
_QUARTER = re.compile(r"(?<!\w)([Qq])uý (I{1,3}|IV|[1-4])(?=[ /,.;]|$)(?! và)")
_ROMAN = ("I", "II", "III", "IV")


def periods_another_way(claim: str, source: Source, random: Random) -> str | None:
    """ "Nửa đầu năm" for "6 tháng đầu năm", "quý 1" for "quý I"."""
    options = [put(claim, match, f"nửa {match[1]} năm") for match in _HALF.finditer(claim)]
    words = {"3": "ba", "6": "sáu", "9": "chín"}
    options += [put(claim, match, words[match[1]], 1) for match in _NINE.finditer(claim)]
    for match in _QUARTER.finditer(claim):
        other = str(_ROMAN.index(match[2]) + 1) if match[2] in _ROMAN else _ROMAN[int(match[2]) - 1]
        options.append(put(claim, match, other, 2))
    return one_of(random, options)


_ADDRESSED = re.compile(rf"(?<!\w)([Đđ]ồng chí|[Ôô]ng|[Bb]à) (?=[{UPPER}][^\W\d_]+ [{UPPER}])")
_AFTER_A_NAME = re.compile(rf"(?<=\w )(?:[{UPPER}][^\W\d_]*|[^\W_]*[.:“\"]) $")


def address_changed(claim: str, source: Source, random: Random) -> str | None:
    """ "Ông A" for "đồng chí A", or the name alone."""
    match = _ADDRESSED.search(claim)
    if match is None or _AFTER_A_NAME.search(claim[: match.start()]):
        return None
    other = random.choice(("", "đồng chí ") if match[1].lower() != "đồng chí" else ("", "ông "))
    changed = put(claim, match, other)
    return capital(changed)


_LED = re.compile(
    r"((?:Nếu|Khi|Để|Nhằm|Do|Vì|Sau khi|Trước khi|Trong quá trình|Đối với) [^,;:]{8,80}), (?:thì )?([^,;:]{15,})"
)
_NO_OTHER_ORDER = re.compile(r"(?<!\w)(?:nhưng|mà|còn|này|đó|họ|nó|như sau|lúc này|vẫn|cũng|lại|song)(?!\w)|\.")


def clauses_reordered(claim: str, source: Source, random: Random) -> str | None:
    """ "B khi A" for "Khi A, B"."""
    match = _LED.fullmatch(claim.rstrip(" ."))
    if match is None or _NO_OTHER_ORDER.search(match[2]):
        return None
    return f"{capital(match[2])} {match[1][:1].lower()}{match[1][1:]}"


_BEFORE_A_COUNT = re.compile(
    r"(?<!\w)(có|là|gồm|bao gồm) "
    r"(?=\d+ (?:xã|huyện|tỉnh|thôn|người|hồ sơ|hộ|tổ chức|công trình|dự án|trường hợp|vụ|đại biểu"
    r"|đơn vị)(?!\w))"
)


def linked(claim: str, source: Source, random: Random) -> str | None:
    """Words that add nothing: "có tổng cộng 5 xã", "cụ thể là"."""
    options = [
        put(claim, match, f"{match[1]} {random.choice(('tổng cộng', 'cả thảy'))} ")
        for match in _BEFORE_A_COUNT.finditer(claim)
    ]
    return one_of(random, options)
