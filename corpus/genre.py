"""The kinds of administrative document: their names as a line of their own, and the letters that stand for
them in a number."""

from __future__ import annotations

import re

from corpus.text import fold

_NAMES = (
    "Thông tư liên tịch", "Nghị quyết liên tịch", "Thông báo", "Thông tư", "Thông cáo", "Nghị quyết",
    "Nghị định", "Quyết định", "Quy định", "Quy chế", "Quy trình", "Chỉ thị", "Kế hoạch", "Kết luận",
    "Báo cáo", "Tờ trình", "Hướng dẫn", "Bộ luật", "Luật", "Pháp lệnh", "Lệnh", "Hiến pháp", "Biên bản",
    "Giấy mời", "Thư mời", "Giấy giới thiệu", "Giấy ủy quyền", "Giấy chứng nhận", "Chương trình", "Đề án",
    "Phương án", "Dự án", "Công điện", "Công văn", "Hợp đồng", "Bản ghi nhớ", "Bản thỏa thuận", "Thư công",
    "Phiếu chuyển", "Phiếu gửi", "Phiếu báo", "Điều lệ", "Nội quy", "Lịch công tác", "Đơn", "Tờ khai",
)  # fmt: skip
_FOLDED = {fold(name): name for name in _NAMES}
_LONGEST_FIRST = sorted(_FOLDED, key=len, reverse=True)
_OPENING = re.compile(rf"({'|'.join(name.replace(' ', r' {1,3}') for name in _LONGEST_FIRST)})(?![^\W\d_])")

_SYMBOLS = {
    "CV": "Công văn", "NQ": "Nghị quyết", "NQLT": "Nghị quyết liên tịch", "QĐ": "Quyết định",
    "QĐI": "Quy định", "QYĐ": "Quy định", "CT": "Chỉ thị", "CTR": "Chương trình", "CTHĐ": "Chương trình",
    "KH": "Kế hoạch", "TB": "Thông báo", "KL": "Kết luận", "BC": "Báo cáo", "TTR": "Tờ trình",
    "HD": "Hướng dẫn", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "NĐ": "Nghị định", "QC": "Quy chế",
    "BB": "Biên bản", "GM": "Giấy mời", "ĐA": "Đề án", "PA": "Phương án", "CĐ": "Công điện",
    "HĐ": "Hợp đồng", "PC": "Phiếu chuyển", "GGT": "Giấy giới thiệu", "L": "Lệnh", "PL": "Pháp lệnh",
    "QH": "Luật", "TC": "Thông cáo",
}  # fmt: skip


def named_kind(line: str, official: bool) -> tuple[str, int] | None:
    """The kind that a head line names and where the name ends in it: "QUYẾT ĐỊNH" alone, or in an official
    head also
    before a subject in capitals ("BÁO CÁO KẾT QUẢ …")."""
    match = _OPENING.match(fold(line))
    if match is None or not line[0].isupper():
        return None
    alone = not line[match.end() :].strip(" .:*")
    if not alone and not (official and line.isupper() and len(match[1]) > len("don")):
        return None
    return _FOLDED[" ".join(match[1].split())], match.end()


def number_kind(number: str) -> str | None:
    """ "12-NQ/HU" → "Nghị quyết"; a number that opens with no letters of a kind ("45/UBND-TB") is a letter's."""
    letters = [re.sub(r"\d+$", "", part).upper() for part in re.split(r"[-/]", number)[1:] if not part.isdigit()]
    return _SYMBOLS.get(letters[0], "Công văn") if letters else None
