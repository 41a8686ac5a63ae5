"""Whether a quote tells of money where a question asks for it: a cost, a price, a wage, a fine."""

from __future__ import annotations

import re

from rag.tables import BAR, lines_above, table_at
from rag.understand import Query
from rag.units import Unit

_ASKS_COST = re.compile(
    r"(?<!\w)(?:tiền (?:[^\W\d_]+ ){1,12}(?:là )?|(?:hết|tốn) )bao nhiêu\s*(?:$|[,?.;]|(?:một|mỗi|1)\s)|"
    r"(?<!đánh )(?<!\w)giá (?:là |khoảng |hiện nay )?(?:bao nhiêu|mấy)(?!\w)|"
    r"(?<!đánh )(?<!\w)giá (?!trị)(?:[\w-]+ ){1,8}?(?<!tăng )(?<!giảm )(?<!hơn )bao nhiêu (?:một|mỗi|1) ",
    re.I,
)
_ASKS_MONEY = re.compile(
    r"\b(?:bao nhieu|may) (?:tien|dong|kinh phi|chi phi|ngan sach)\b|"
    r"\b(?:bao nhieu|may) (?:ty|ti|trieu|nghin|ngan)\b(?! (?:le|nguoi|dan|luot|ho|tan|m3|khoi|cay|con|lao))|"
    r"\b(?:thuong|phat|ho tro|tro cap|phu cap|boi duong|dong|nop|tra)(?: (?:duoc|them|toi da|la))? (?:bao nhieu|may)"
    r" (?:mot|moi|1) (?:nguoi|ho|ca nhan|tap the|em|chau|truong hop|lan|thang|nam)\b|"
    r"(?m:^)(?>.*?\b(?:kinh phi|chi phi|so tien|hoc phi|le phi|muc phat|muc dau tu|von dau tu|hoc bong|tien thuong)\b)"
    r".*\b(?:bao nhieu|may)\b"
)
_PAID = re.compile(  # "lương của công nhân là bao nhiêu", "đơn giá đền bù bao nhiêu một cây"
    r"(?<!\w)(?:lương(?! (?:thực|cơ sở|tâm|khô))|đơn giá|thù lao|phụ cấp|tiền công(?! đức))(?!\w)"
    r"[^;.?]* (?:là )?(?:bao nhiêu|mấy)(?= (?:một|mỗi|1)(?!\w)|\W*$)",
    re.I,
)
_MONEY = re.compile(  # "2,5 tỷ", "hai trăm triệu đồng"; not "tỷ lệ", not "đồng chí"
    r"(?:\d|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mươi|trăm|nghìn|ngàn|triệu|tỷ|tỉ)\s?"
    r"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)(?!\s+(?:lệ|người|dân|lượt|hộ|tấn|cây|con))(?!\w)|đồng(?!\s+chí)(?!\w)|đ(?!\w)|VNĐ|USD)"
    r"|%\s(?:của\s)?(?:mức\s)?(?:lương|học phí|giá)",  # "80% mức lương cơ sở"
    re.I,
)
_MONEY_COLUMN = re.compile(  # "Tiền thưởng (đồng): 3.600.000", "Giá: 7.200"
    r"\([^()|]*(?:đồng|VNĐ|VND|USD|đ)(?:/[^()|]*)?\): ?\d|(?:^|\| )(?:đơn |mức )?giá[^|:(]*: ?\d", re.I
)
_IN_MONEY = re.compile(
    r"\([^()\n]{0,40}(?:đồng|VNĐ|VND|USD)(?!\w)|(?:ĐVT|Đơn vị(?: tính)?) ?: ?[^\n|]{0,20}(?:đồng|VNĐ|VND|USD)(?!\w)",
    re.I,
)
_PRICE = re.compile(r"(?<!đánh )(?<!\w)giá(?! trị)(?!\w)", re.I)


def of_money(query: Query, unit: Unit) -> bool:
    """Whether a unit tells of money where money is asked for; of what is paid also by how much of it, of a row also by
    what is over its table."""
    quote = unit.quote
    asked = _ASKS_MONEY.search(" ".join(query.words)) or _ASKS_COST.search(query.text)
    told = bool(_MONEY.search(quote) or _MONEY_COLUMN.search(quote)) or (BAR in quote and _is_priced(query, unit))
    return told or not (asked or (_PAID.search(query.text) and "%" not in quote))


def _is_priced(query: Query, unit: Unit) -> bool:
    """Whether what is over a row's table, or a column's name, says that its figures are money, and prices where a price
    is asked for."""
    at = table_at(unit.text, unit.span.start)
    over = "\n".join((lines_above(unit.text, unit.span.start), *(at[0].columns if at else ())))
    return bool(_IN_MONEY.search(over)) and bool(not _PRICE.search(query.text) or _PRICE.search(over))
