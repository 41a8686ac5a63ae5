"""The nouns that follow numbers: which are one syllable, which two, and which words are no unit."""

from __future__ import annotations

import re

from corpus.text import fold

MEASURES = frozenset(
    [
        "km",
        "km2",
        "km²",
        "m",
        "m2",
        "m²",
        "m3",
        "m³",
        "cm",
        "mm",
        "ha",
        "kg",
        "g",
        "tan",
        "ta",
        "kwh",
        "kv",
        "lit",
        "l",
        "h",
        "d",
        "vnd",
        "usd",
    ]
)
_ONE_SYLLABLE = """
        xã huyện tỉnh thôn bản làng phường quận ấp buôn khu cuộc đơn người km km2 m m2 m3 ha tấn tạ kg
    đồng nhà hộ lượt     ngày tháng năm tuần giờ phút buổi lớp đợt lần vụ việc mô căn chiếc cái con
    cây tổ đội ban hội chi điểm ý bài tin     công trình đại cơ hạng loại cấp bậc bên nước usd vnđ
    suất phần đoàn ngành trường học em cháu cụ
"""
_TWO_SYLLABLES = """
    ban dân|bí thư|cán bộ|chi bộ|chi hội|chi đoàn|chỉ thị|chỉ tiêu|chuyên đề|chương trình|chức danh
    công chức|công trình|công văn|cơ quan|cơ sở|cuộc họp|dân tộc|doanh nghiệp|dự án|đại biểu|đảng bộ
    đảng viên|đề án|điểm cầu|đoàn viên|đoàn thể|đối tượng|đơn thư|đơn vị|giải pháp|gia đình|hạng mục
    hòm thư|hộ dân|hộ nghèo|hội nghị|hội viên|học sinh|hồ sơ|hợp tác|khu phố|khu dân|kiến nghị
    kết luận|kế hoạch|lao động|lĩnh vực|lượt người|mô hình|nghị quyết|nhà ở|nhà văn|nhiệm vụ|nội dung
    phần quà|phong trào|quyết định|sáng kiến|suất quà|thành viên|thị trấn|thủ tục|thôn bản|tiêu chí
    tổ chức|tổ dân|trường hợp|trường học|tuyến đường|văn bản|viên chức|vụ việc|ý kiến|cấp ủy|chi nhánh
    báo cáo|lượt xem|mục tiêu|vấn đề|nhóm giải|quy chế|quy định|tập thể|cá nhân|thanh niên|phụ nữ
    nông dân|người dân|hội thảo|lớp học|bài viết|tin bài|xã viên|công nhân|liệt sĩ|thương binh
    bệnh nhân|giáo viên|trẻ em|công ty|trạm y|thông tư|thông báo|nghị định|tờ trình|năm tuổi|đồng chí
    công dân|học viên|cột mốc
"""
_NO_UNIT = """
        của và là ở tại trên trong đến từ với cho để do bởi được bị có đạt tăng giảm so theo về này đó
    nào gì khi nếu thì     mà hoặc hay như cùng đã đang sẽ các những bao trước sau dưới không chưa
    phải cần vào ra qua tới trở hơn kém điều     khoản điểm còn gồm     cua va la o tai trong den voi
    cho duoc bi co dat tang giam theo ve nay do nao gi khi neu thi ma hoac hay nhu da     dang se cac
    nhung bao truoc sau duoi khong chua phai can vao qua toi hon
"""
_ONE = frozenset(fold(word) for word in _ONE_SYLLABLE.split()) | MEASURES
_TWO_WRITTEN = frozenset(pair.strip() for pair in re.split(r"[|\n]", _TWO_SYLLABLES) if pair.strip())
_TWO = frozenset(map(fold, _TWO_WRITTEN))
_STOPS = frozenset(_NO_UNIT.split())
_NOUNS = re.compile(r"[ ]{0,2}([^\W\d_]+[23²³]?)(?:[ ]([^\W\d_]+))?")


def unit_after(text: str, end: int) -> str | None:
    """The noun after a number in lower case, one or two syllables: "hồ sơ", "cuộc"; None for none."""
    match = _NOUNS.match(text, end)
    if match is None:
        return None
    first, second = match[1].lower(), (match[2] or "").lower()
    if first in _STOPS:
        return None
    if second and fold(f"{first} {second}") in _TWO:
        return f"{first} {second}"
    if not second or second in _STOPS or fold(first) in _ONE:
        return first
    return f"{first} {second}"


def counts(words: str) -> bool:
    """Whether a phrase opens with a noun that is counted: "đơn tố cáo", "hồ sơ"; not "tố cáo"."""
    first, _, rest = words.lower().partition(" ")
    pair = f"{first} {rest.partition(' ')[0]}"
    if fold(pair) == pair:
        return first in _ONE or pair in _TWO
    return first in _ONE_SYLLABLE.split() or pair in _TWO_WRITTEN
