"""Names of offices: from the upper-case lines of a letterhead to how one writes them in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.places import find_places

_OFFICE_WORDS = (
    "BỘ", "SỞ", "UBND", "HĐND", "ỦY BAN", "UỶ BAN", "HỘI", "BAN", "PHÒNG", "HUYỆN ỦY", "HUYỆN UỶ",
    "TỈNH ỦY", "TỈNH UỶ", "THÀNH ỦY", "THÀNH UỶ", "THỊ ỦY", "THỊ UỶ", "QUẬN ỦY", "QUẬN UỶ", "ĐẢNG ỦY",
    "ĐẢNG UỶ", "ĐẢNG BỘ", "CHI BỘ", "CHI CỤC", "CỤC", "TỔNG CỤC", "VỤ", "TRUNG TÂM", "TRƯỜNG", "BỆNH VIỆN",
    "CÔNG AN", "LIÊN ĐOÀN", "ĐOÀN", "MẶT TRẬN", "VĂN PHÒNG", "QUỐC HỘI", "CHÍNH PHỦ", "THỦ TƯỚNG",
    "CHỦ TỊCH NƯỚC", "VIỆN", "TÒA ÁN", "TOÀ ÁN", "THANH TRA", "KHO BẠC", "BẢO HIỂM", "NGÂN HÀNG",
    "TẬP ĐOÀN", "TỔNG CÔNG TY", "CÔNG TY", "ĐẠI HỌC", "HỌC VIỆN", "TỈNH ĐOÀN", "HUYỆN ĐOÀN", "THÀNH ĐOÀN",
    "ĐÀI", "KIỂM TOÁN", "HẢI QUAN", "THUẾ", "THƯỜNG TRỰC", "TRẠM",
)  # fmt: skip
_OFFICE = re.compile(rf"(?:{'|'.join(sorted(_OFFICE_WORDS, key=len, reverse=True))})(?![^\W\d_])")
_UNFINISHED = re.compile(r"(?:[-–,]|\bVÀ|^BAN CHẤP HÀNH|^BAN THƯỜNG VỤ|^THƯỜNG TRỰC|^ĐOÀN ĐẠI BIỂU|^BAN CHỈ ĐẠO)$")
_CENTRAL = re.compile(
    r"(?:Bộ|Chính phủ|Quốc hội|Thủ tướng|Chủ tịch nước|Ủy ban Thường vụ Quốc hội|Ban Chấp hành Trung ương|"
    r"Ban Bí thư|Trung ương|"
    r"Thanh tra Chính phủ|Văn phòng (?:Chính phủ|Quốc hội|Trung ương)|(?:Tòa án|"
    r"Viện kiểm sát) nhân dân tối cao|Kiểm toán Nhà nước|"
    r"Ngân hàng Nhà nước|Bảo hiểm xã hội Việt Nam|Tổng cục)(?! chỉ huy)"
)
_PARTY = re.compile(r"(?:Huyện|Tỉnh|Thành|Thị|Quận|Đảng) ủy")
_COUNCIL = re.compile(r"(?:Ủy ban nhân dân|Hội đồng nhân dân|UBND|HĐND|Đảng bộ) ")

_PHRASES = (
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Ủy ban Mặt trận Tổ quốc Việt Nam", "Ủy ban Mặt trận Tổ quốc",
    "Mặt trận Tổ quốc Việt Nam", "Mặt trận Tổ quốc", "Ban Dân vận", "Ban Tổ chức", "Ban Tuyên giáo",
    "Ban Nội chính", "Ban Chỉ đạo", "Ban Chấp hành", "Ban Thường vụ", "Ban Quản lý", "Ban Chỉ huy Quân sự",
    "Bộ Chỉ huy Quân sự", "Bộ Tư lệnh", "Ủy ban Kiểm tra", "Huyện ủy", "Tỉnh ủy", "Thành ủy", "Thị ủy",
    "Quận ủy", "Đảng ủy", "Đảng bộ", "Chi bộ", "Văn phòng", "Hội Nông dân", "Hội Liên hiệp Phụ nữ Việt Nam",
    "Hội Liên hiệp Phụ nữ", "Hội Cựu chiến binh", "Hội Chữ thập đỏ", "Đoàn Thanh niên Cộng sản Hồ Chí Minh",
    "Liên đoàn Lao động", "Công an", "Thanh tra", "Chính phủ", "Quốc hội", "Ủy ban Thường vụ Quốc hội",
    "Thủ tướng Chính phủ", "Chủ tịch nước", "Trung ương", "Tòa án nhân dân", "Viện kiểm sát nhân dân",
    "Bảo hiểm xã hội Việt Nam", "Kho bạc Nhà nước", "Ngân hàng Nhà nước Việt Nam",
    "Ngân hàng Chính sách xã hội", "Đoàn đại biểu Quốc hội", "Công Thương", "Việt Nam", "Hồ Chí Minh",
    "Nhà nước", "Tỉnh đoàn", "Huyện đoàn", "Thành đoàn", "Quân sự", "UBND", "HĐND", "UBMTTQ", "MTTQ",
    "Thường trực", "Đảng Cộng sản Việt Nam", "THPT", "THCS", "GDNN", "GDTX", "TNHH", "MTV", "VNPT", "BHXH",
)  # fmt: skip
_CASED = {phrase.lower(): phrase for phrase in _PHRASES}
_PHRASE = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(sorted(map(re.escape, _CASED), key=len, reverse=True))})(?![^\W\d_])")
_FIELD_HEAD = re.compile(
    r"(?<![^\W\d_])(?:bộ|sở|phòng|cục|tổng cục|chi cục|vụ|ban|trung tâm|viện|trường|hội|đài|văn phòng|"
    r"bệnh viện|công ty|trạm|học viện) "
    r"(?=[^\W\d_])|(?: - | – |, | và )(?=[^\W\d_])"
)
_LEVEL = re.compile(
    r"(?<![^\W\d_])(?:(?:huyện|tỉnh|thành|thị|quận|đảng) ủy(?! )|(?:huyện|quận|thị xã|thị trấn|phường|"
    r"thành phố|tỉnh|xã(?! hội))) "
)
_PARTY_NAME = re.compile(r"(?:huyện|tỉnh|thành|thị|quận) ủy (?!khối)")


def is_office(line: str) -> bool:
    """Whether a line begins like the name of an office."""
    return bool(_OFFICE.match(line.upper()))


def is_central(office: str) -> bool:
    """Whether the office governs the whole country: its seat is not the place of its documents."""
    return bool(_CENTRAL.match(office)) and "Bộ Chỉ huy" not in office


def issuer_name(lines: Sequence[str]) -> str | None:
    """The office that a letterhead names, in full: ("HUYỆN ỦY ĐƠN DƯƠNG", "BAN DÂN VẬN") → "Ban Dân vận
    Huyện ủy Đơn Dương"."""
    offices = [natural_case(office) for office in _offices(lines)]
    if not offices:
        return None
    child, parent = offices[-1], offices[-2] if len(offices) > 1 else ""
    if not parent or find_places(child) or (is_central(child) and not is_central(parent)):
        return child
    if is_central(parent) and not parent.startswith(("Chính phủ", "Quốc hội")):
        return f"{child}, {parent}"
    if is_central(parent):
        return child
    if _COUNCIL.match(parent) and not child.startswith("Văn phòng"):
        parent = _COUNCIL.sub("", parent, count=1)
    if _PARTY.match(parent) or parent[0].islower() or child.startswith("Văn phòng"):
        return f"{child} {parent}"
    return f"{child}, {parent}"


def _offices(lines: Sequence[str]) -> list[str]:
    """One string an office: wrapped lines joined, repetitions of a gazette's title dropped."""
    offices: list[str] = []
    for line in (" ".join(line.split()) for line in lines):
        begins = _OFFICE.match(line)
        if offices and (not begins or _UNFINISHED.search(offices[-1])):
            offices[-1] = f"{offices[-1]} {line}"
        elif begins:
            offices.append(line)
        if len(offices) > 1 and offices[-1] == offices[-2]:
            offices.pop()
    return offices


def natural_case(name: str) -> str:
    """ "BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI" → "Bộ Lao động - Thương binh và Xã hội"; a name in mixed case
    is kept."""
    name = " ".join(name.split()).replace("UỶ", "ỦY")
    if not name.isupper():
        return name
    letters = list(name.lower())
    text = "".join(letters)
    for match in _FIELD_HEAD.finditer(text):
        letters[match.end()] = letters[match.end()].upper()
    for match in _PHRASE.finditer(text):
        letters[match.start() : match.end()] = _CASED[match[0]]
    if place := next((m for pattern in (_PARTY_NAME, _LEVEL) if (m := pattern.search(text))), None):
        tail = text[place.end() :]
        letters[place.end() :] = re.sub(r"(?<![^\W\d_])[^\W\d_]", lambda m: m[0].upper(), tail)
    for mention in find_places(name):
        letters[mention.span.end - len(mention.name) : mention.span.end] = mention.name
    letters[0] = letters[0].upper()
    return "".join(letters)
