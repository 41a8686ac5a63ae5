"""Whether a document was written before what is asked for could be known: nothing in it tells how it came out."""

from __future__ import annotations

import re
from datetime import date, timedelta

from corpus.text import fold
from rag.planned import asks_of_plans, really
from rag.understand import Query

_AT_ITS_END = re.compile(r"\b(?:cuoi|het|ca|tron|den(?: het| cuoi)?|ket thuc)(?: ngay| thang| nam| quy)* ?(?=\d)")
_AT_LAST = re.compile(  # "cuối năm có bao nhiêu hội viên", "xếp thứ mấy", "có được công nhận không", "xong chưa"
    r"\b(?:con|co)(?: lai)? (?:bao nhieu|may)\b|\b(?:xep|dung)(?: hang| thu)* (?:bao nhieu|may|nhat)\b|"
    r"\b(?:duoc cong nhan|dat chuan|ve dich|hoan thanh|khoi cong|khanh thanh)\b.*\bkhong$|\bchua$"
)
_WEATHER = re.compile(  # of the day after the question, which no document knows
    r"^(?:(?:ngay|sang|trua|chieu|toi|dem|hom) )?(?:mai|nay|mot)\b.{0,60}\bco (?:mua|nang|bao|ret|lanh|nong)\b"
    r".{0,12}\b(?:khong|ko|k)$|^thoi tiet\b.{0,40}\b(?:ngay mai|hom nay|the nao)$"
)
_TAKINGS = re.compile(
    r"^(?:vu|tran|con) \w+ .*\b(?:bao nhieu|may)\b|"
    r"\b(?:doanh thu|ban ve|luong khach|so (?:luot|khach|ve))\b.*\b(?:duoc|dat|co) (?:bao nhieu|may)\b"
)
_TOLD_EARLY = timedelta(days=60)  # before the end of a year that is reported on
_SAME_DAYS = timedelta(days=7)


def is_foretold(query: Query, issued_on: date | None) -> bool:
    """Whether it is asked how something came out at a time that was still to come when the document was issued."""
    if _WEATHER.search(fold(query.text).rstrip(" ?.!")):
        return True
    if issued_on is None or query.numbers or not _asks_outcome(query):
        return False
    asked = [(day.start, day.end) for day in query.dates if day.start and day.end]
    if _TAKINGS.search(fold(query.text)) and not really(query):
        asked = [(day.start, day.end) for day in query.dates if day.precision == "day" and day.start and day.end]
    at_its_end = bool(_AT_ITS_END.search(fold(query.text)))
    return bool(asked) and all(_is_to_come(first, last, issued_on, at_its_end) for first, last in asked)


def _asks_outcome(query: Query) -> bool:
    return not asks_of_plans(query) and (
        really(query)
        or bool(_TAKINGS.search(fold(query.text)))
        or bool(_AT_LAST.search(fold(query.text).rstrip(" ?.")))
    )


def _is_to_come(first: date, last: date, issued_on: date, at_its_end: bool) -> bool:
    early = _TOLD_EARLY if last - first > _TOLD_EARLY else _SAME_DAYS
    return issued_on < first or (at_its_end and issued_on < last - early)
