"""Questions that ask why by "sao" alone, or by naming the cause: "Lý do đội A bị loại là gì?"."""

from __future__ import annotations

import re

from corpus.text import fold

_OPENS = re.compile(r"\W*sao (?!y |chép |chụp |kê )(?:lại )?[^\W\d_]+ ", re.I)  # "Sao năm nay thu thấp hơn?"
_CAUSE_IS = re.compile(r"\W*(?:ly do|nguyen nhan)\b.*\bla gi\W*$")
_NO_WHY = ("ra", "làm", "thế", "bản", "ngôi", "không", "có")  # before "sao"
_FORMS = [form for word in _NO_WHY for plain in (word, fold(word)) for form in (plain, plain.capitalize())]
_AMID = re.compile(  # "vụ mùa sao lúa lại hụt"; not "3 sao được …", "sao y"
    rf"(?<=\w )(?<! \d ){''.join(f'(?<!{form} )' for form in dict.fromkeys(_FORMS))}"
    r"sao (?!y |l[uụư]u?c? |ch[eé]p |k[eê] |in )(?:\w+ ){0,6}?(?:lại|lai|còn|con|chưa|chua|không|khong|bị|bi) \w"
)


def opens_with_why(question: str) -> bool:
    return bool(_OPENS.match(question) or _CAUSE_IS.match(fold(question)))


def asks_why_amid(question: str) -> bool:
    """Whether "sao" stands behind what it asks of: "Xã tôi sao chưa có nước?"."""
    return bool(_AMID.search(question))
