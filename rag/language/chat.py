"""Words as chats write them, where nothing else can be meant: "bn hồ sơ" → "bao nhiêu hồ sơ".

The rest stays as it is typed: "ko" may be không, kho or a name.
"""

from __future__ import annotations

import re

_MEANT = {"bn": "bao nhiêu", "ntn": "như thế nào", "đc": "được", "dc": "được", "vs": "với", "j": "gì"}
_LAST = re.compile(
    r"(?<=\w )(?:z|(?<!mục )(?<!chương )(?<!phần )(?<!điểm )(?<!loại )(?<!hạng )(?<!khóa )(?<!quý )(?<!kỳ )(?<!số )v)"
    r"(?=\s*[?!.]*\s*\Z)"
)
_COMRADE = re.compile(
    r"\A[đd]c(?= (?:phó |trưởng )?(?:bí thư|chủ tịch|ban|phòng|giám đốc|chánh|chủ nhiệm|chỉ huy)\b)", re.I
)
_WRITTEN = re.compile(
    r"(?<![\w/.@&-])(?:ntn|vs|j|[đd]c(?! nào| [A-ZĐÀ-Ỹ])|"
    r"(?<!vậy )(?<!nhỉ )(?<!hỏi )(?<!chào )(?<!thế )(?<! à )bn(?! ơi| nào| cho))"
    r"(?![\w/@&-]|\.\w)"
)


def opened(text: str) -> str:
    """The text (NFC, its accents restored) with the chat's words written out.

    "đc Nguyễn Văn A" and "đc nào" speak of a đồng chí, and so does "đc bí thư" where a question begins; "bn ơi" and
    "vậy bn" speak to a bạn; a last "v" is vậy, unless a heading's number.
    """
    text = _COMRADE.sub("đồng chí", text)
    return _LAST.sub("vậy", _WRITTEN.sub(lambda match: _MEANT[match[0]], text))
