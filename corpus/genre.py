"""The kinds of administrative document: their names as a line of their own, and the letters that stand for them in a number."""

from __future__ import annotations

import re

from corpus.text import fold

_NAMES = (
    "Thông tư liên tịch", "Nghị quyết liên tịch", "Thông báo", "Thông tư", "Thông cáo", "Nghị quyết", "Nghị định", "Quyết định",
    "Quy định", "Quy chế", "Quy trình", "Chỉ thị", "Kế hoạch", "Kết luận", "Báo cáo", "Tờ trình", "Hướng dẫn", "Bộ luật", "Luật",
    "Pháp lệnh", "Lệnh", "Hiến pháp", "Biên bản", "Giấy mời", "Thư mời", "Giấy giới thiệu", "Giấy ủy quyền", "Giấy chứng nhận",
    "Chương trình", "Đề án", "Phương án", "Dự án", "Công điện", "Công văn", "Hợp đồng", "Bản ghi nhớ", "Bản thỏa thuận", "Thư công",
    "Phiếu chuyển", "Phiếu gửi", "Phiếu báo", "Điều lệ", "Nội quy", "Lịch công tác", "Đơn", "Tờ khai",
)  # fmt: skip
_FOLDED = {fold(name): name for name in _NAMES}
_OPENING = re.compile(rf"({'|'.join(sorted(map(re.escape, _FOLDED), key=len, reverse=True))})(?![^\W\d_])")

_SYMBOLS = {
    "CV": "Công văn", "NQ": "Nghị quyết", "NQLT": "Nghị quyết liên tịch", "QĐ": "Quyết định", "QĐI": "Quy định", "QYĐ": "Quy định",
    "CT": "Chỉ thị", "CTR": "Chương trình", "CTHĐ": "Chương trình", "KH": "Kế hoạch", "TB": "Thông báo", "KL": "Kết luận",
    "BC": "Báo cáo", "TTR": "Tờ trình", "HD": "Hướng dẫn", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "NĐ": "Nghị định",
    "QC": "Quy chế", "BB": "Biên bản", "GM": "Giấy mời", "ĐA": "Đề án", "PA": "Phương án", "CĐ": "Công điện", "HĐ": "Hợp đồng",
    "PC": "Phiếu chuyển", "GGT": "Giấy giới thiệu", "L": "Lệnh", "PL": "Pháp lệnh", "QH": "Luật", "TC": "Thông cáo",
}  # fmt: skip


def named_kind(line: str, official: bool) -> str | None:
    """The kind that a head line names: "QUYẾT ĐỊNH" alone, or before a subject in capitals when the head is official."""
    folded = fold(" ".join(line.split())).strip(" .:*")
    if folded in _FOLDED and line.strip()[0].isupper():
        return _FOLDED[folded]
    match = _OPENING.match(folded)
    if official and match and line.isupper() and len(match[1]) > 4:
        return _FOLDED[match[1]]
    return None


def number_kind(number: str) -> str | None:
    """ "12-NQ/HU" → "Nghị quyết"; a number without letters of a kind ("45/UBND-VX") is a letter's."""
    letters = [
        re.sub(r"\d+$", "", part).upper() for part in re.split(r"[-/]", number)[1:] if not part.isdigit()
    ]
    known = [_SYMBOLS[part] for part in letters if part in _SYMBOLS]
    return known[0] if known else "Công văn" if letters else None
