"""What kind of thing a question asks for, and where a sentence offers one: a number, a person, a date, a place, …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from corpus.text import Token, fold, same_tones, tokens
from rag.asks_why import asks_why_amid, opens_with_why
from rag.language.document_numbers import KINDS as DOCUMENT_KINDS
from rag.language.syllables import is_folded
from rag.terms import is_phrase

Kind = Literal[
    "reason", "date", "percent", "number", "person", "place", "document", "other"
]  # the earlier decides a tie


KINDS = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Expected:
    """`noun` is what is counted or asked for ("hồ sơ" of "bao nhiêu hồ sơ"); `many`: a list is asked for.

    `short` is the noun with its abbreviations left closed ("đơn KNTC"), where it has some.
    """

    kind: Kind
    noun: tuple[str, ...] = ()
    many: bool = False
    short: tuple[str, ...] = ()


_ASKING_FILE = Path(__file__).parent / "data" / "asking.txt"


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], Kind], ...]]:
    """The asking phrases with the kind each asks for, by their first syllable folded, the longest first."""
    phrases: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    for line in _ASKING_FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, _, listed = line.partition(": ")
            for phrase in listed.split(", "):
                syllables = tuple(same_tones(phrase).split())
                phrases.setdefault(fold(syllables[0]), []).append((syllables, cast(Kind, kind)))
    return {first: tuple(sorted(group, key=lambda ask: -len(ask[0]))) for first, group in phrases.items()}


_MANY = {  # by their first syllables, folded
    "gom": (("gồm", "những"), ("gồm", "có"), ("gồm", "gì")),
    "bao": (("bao", "gồm"),),
    "liet": (("liệt", "kê"),),
    "ke": (("kể", "tên"),),
    "neu": (("nêu", "các"),),
    "nhung": (("những", "ai"),),
}
_MENTIONED = (("tỉ", "lệ"), ("số", "lượng"))  # ask for a figure only where nothing else is asked for
_PLURAL, _ASKED = ("nhung", "cac"), ("nao", "gi", "ai", "dau")
_HOW_LONG, _WHETHER = ("bao", "lâu"), ("chua", "khong")
_NOBODY = ("khong co", "chang co", "chua co", "bat ky", "bat cu")
_MODIFIERS = frozenset(map(same_tones, ("cũ", "mới", "khác", "riêng", "chính")))
_COPIED = ("y", "luc", "ke", "chep", "in")  # "sao y bản chính"
_SPANS = ("năm", "tháng", "ngày")
_EACH = frozenset(map(same_tones, ("mỗi", "một", "hằng", "hàng", "từng")))
_NEW_RURAL = ("nông", "thôn", "mới")
_THING = re.compile(
    r"\b(quay|cua|phong|ban|to|doi|xe|tuyen|lop|khu|lo|thua|nha|mau|kenh|bao|chot|tram|toa|day|hom|o) so (?:may|nao)\b"
)
_ENDS = re.compile(r"[(,;:.?]")  # between the words of a noun: "còn bao nhiêu, xử lý sao" counts nothing
_PLURAL_REACH = 7  # tokens from "những" to its "nào"
_PART = re.compile(  # not "phần nào hoàn thành", "những điều nào", "ba khoản nào"
    r"(?<!nhung )(?<!cac )(?<!hai )(?<!ba )(?<!bon )"
    r"\b(?:(dieu|chuong|khoan) (?:nao|may|so may|thu may)|(muc|phan) (?:may|so may|thu may))\b"
)
_SHARE = re.compile(r"(?<!\w)(?:bao nhiêu|bao nhieu|mấy|may)\s*%", re.I)
_KIND = "|".join(sorted({form for kind in DOCUMENT_KINDS for form in (kind, fold(kind))}, key=len, reverse=True))
_NUMBERED = re.compile(  # "theo quy chế số bao nhiêu"
    rf"(?<!\w)({_KIND})"
    r" (?:có )?(?:số(?: hiệu)?|so(?: hieu)?)(?: là| la)? (?:bao nhiêu|mấy|nào|gì|bao nhieu|may|nao|gi)(?!\w)"
)
_SIGNS = [sign for signs in DOCUMENT_KINDS.values() for sign in signs if not is_folded(sign)]
_DOCUMENT_NAMED = re.compile(rf"\b(?:{'|'.join([*map(fold, DOCUMENT_KINDS), *_SIGNS])})\b")
_NO_COUNT = "|".join(
    "mấy nào nao hiệu hieu ký ky điện dien máy may tài tai văn van công cong fax nhà nha thứ thu phận phan là hóa hoá"
    " hoa đỏ đo".split()
)
_COUNT = re.compile(  # "số hộ nghèo của xã A": a figure is asked for without an asking word
    rf"(?:tổng )?(?:số|so) (?!(?:{_NO_COUNT})(?!\w))(?=[^\W\d_])"
)
_OTHER = (Expected("other"), Expected("other", many=True))
_POST_ALONE = re.compile(r"(?:pho )?(?:bi thu|chu tich|truong (?:ban|phong)|giam doc|hieu truong)\b(?: \w+){1,7}$")
_MEASURE_ALONE = re.compile(
    r"(?:dan so|dien tich|tong (?:so|thu|chi|muc)|kinh phi|ty le|ti le|muc (?:thu|chi|luong|phat|phi)|"
    r"(?:le|hoc|vien|chi) phi)\b"
)
_MOMENT_ALONE = re.compile(  # "hạn chót nộp hồ sơ"
    r"(?:han (?!che|han|muc|hep|ngach|dien)|"
    r"(?:thoi han|thoi gian|ngay) (?:nop|nhan|tiep nhan|dang ky|thi|hop|khai mac|khai giang))\b"
)
_ITS_NUMBER = re.compile(  # "số quyết định phê duyệt quy hoạch": one document's, no count of them
    rf"(?<!\w)(?:số|so) (?P<kind>{_KIND}) (?:của|cua|phê duyệt|phe duyet|thành lập|thanh lap|về việc|ve viec)(?!\w)"
)


@cache
def asking_phrases() -> tuple[str, ...]:
    """The asking phrases of two syllables and more, as they are written."""
    lines = _ASKING_FILE.read_text(encoding="utf-8").splitlines()
    listed = (line.partition(": ")[2].split(", ") for line in lines if not line.startswith("#"))
    return tuple(phrase for group in listed for phrase in group if " " in phrase)


def asked_part(question: str) -> str:
    """The kind of part of a document that is asked for ("dieu", "chuong", "khoan", "muc", "phan"), folded; "" for
    none."""
    asked = _PART.search(fold(question))
    return (asked[1] or asked[2]) if asked else ""


@lru_cache(maxsize=512)
def expected(question: str) -> Expected:
    """The kind of answer a question asks for, read off its asking words, with or without accents."""
    found = without_modifiers(tokens(question))
    many = _is_many(found)
    if opens_with_why(question):
        return Expected("reason", (), many)
    if _SHARE.search(question):
        return Expected("percent", (), many)
    if asked_part(question):
        return Expected("other", (), many)
    if numbered := _NUMBERED.search(" ".join(same_tones(token.key) for token in found)):
        return Expected("document", tuple(numbered[1].split()), many)
    if its := _ITS_NUMBER.match(" ".join(same_tones(token.key) for token in found)):
        return Expected("document", tuple(its["kind"].split()), many)
    asks = [
        (len(phrase), -KINDS.index(kind), at, kind, phrase)
        for at, token in enumerate(found)
        for phrase, kind in _phrases().get(fold(token.key), ())  # the key, for "tỷ" is kept under "tỉ"
        if is_phrase(found, at, phrase)
        and not (_is_nobody(found, at) or _is_law(found, at) or _is_a_rate(found, at))
        and not (_is_of_thing(question, found, at, phrase) or is_cooperative(found, at))
    ]
    if len(asks) == 1 and asks[0][2] == 0 and asks[0][4] == ("mấy",) and any(t.key in ("nào", "gì") for t in found):
        return Expected("other", (), True)  # "mấy phong trào bị chê ở điểm nào": of several, not how many
    if len(found) > 2 and found[0].key == "sao" and found[1].folded not in _COPIED:  # "Sao trường không nhận hồ sơ?"
        return Expected("reason", (), many)
    if not asks:
        if asks_why_amid(question):
            return Expected("reason", (), many)
        counted = _COUNT.match(question.lower())
        if _POST_ALONE.match(" ".join(token.folded for token in found)):
            return Expected("person", (), many)
        if _MOMENT_ALONE.match(" ".join(token.folded for token in found)):
            return Expected("date", ("ngày",), many)
        if _MEASURE_ALONE.match(" ".join(token.folded for token in found)):
            return Expected("number", (), many)
        return (
            Expected("number", _noun(question, found, 0, tuple(counted[0].split()), "number"), many)
            if counted and found[-1].folded not in _WHETHER
            else _OTHER[many]
        )
    if any(ask[3] not in ("percent", "number") for ask in asks):  # "xã nào có tỷ lệ cao nhất" asks for the xã
        asks = [ask for ask in asks if ask[4] not in _MENTIONED]
    _, _, at, kind, phrase = max(asks, key=lambda ask: (ask[0], ask[1], -ask[2]))
    return Expected(kind, _noun(question, found, at, phrase, kind), many)


def without_modifiers(found: list[Token]) -> list[Token]:
    """The tokens of a question without "cũ" of "thông tư cũ nào": what is asked for stands right before its "nào"."""
    found = _without_new_rural(found)
    return [
        token
        for at, token in enumerate(found)
        if not (token.key in _MODIFIERS and at + 1 < len(found) and found[at + 1].key in ("nào", "gì"))
    ]


def _without_new_rural(found: list[Token]) -> list[Token]:
    """The tokens without "nông thôn mới" of "tiêu chí nông thôn mới nào"."""
    for at, token in enumerate(found):
        start = at - len(_NEW_RURAL)
        if token.key in ("nào", "gì") and start > 0 and is_phrase(found, start, _NEW_RURAL):
            return [*found[:start], *found[at:]]
    return found


def numbered_thing(question: str) -> str:
    """The noun of "quầy số mấy", "ô số nào", folded; "" where none is asked for."""
    asked = _THING.search(fold(question))
    return asked[1] if asked and not _DOCUMENT_NAMED.search(fold(question)) else ""


def _is_of_thing(question: str, found: list[Token], at: int, phrase: tuple[str, ...]) -> bool:
    """ "Quầy số mấy", "gọi số mấy" ask for no document and count nothing."""
    of_number = phrase == ("số", "mấy") or (found[at].key == "mấy" and at > 0 and found[at - 1].key == "số")
    return of_number and not _DOCUMENT_NAMED.search(fold(question))


def is_cooperative(found: list[Token], at: int) -> bool:
    """ "Hợp tác xã nào" asks for no commune."""
    return found[at].folded == "xa" and at > 1 and " ".join(t.folded for t in found[at - 2 : at]) == "hop tac"


def _is_law(found: list[Token], at: int) -> bool:
    """ "vi phạm pháp luật nào", "bị kỷ luật gì" ask for no law."""
    return found[at].key == "luật" and at > 0 and found[at - 1].folded in ("phap", "ky")


def _is_a_rate(found: list[Token], at: int) -> bool:
    """ "1 năm bao nhiêu" asks for no year."""
    before = found[at - 1] if at else None
    counted = before is not None and (before.is_number or before.key in _EACH)
    return counted and found[at].key in _SPANS and found[at + 1].key in ("bao", "mấy")


def _is_nobody(found: list[Token], at: int) -> bool:
    """ "không có ai", "bất kỳ ai" ask for nobody."""
    return found[at].folded == "ai" and " ".join(token.folded for token in found[max(0, at - 2) : at]) in _NOBODY


def _is_many(found: list[Token]) -> bool:
    """ "những xã nào", "các nhiệm vụ trọng tâm gì", "gồm những ai"."""
    for at, token in enumerate(found):
        if any(is_phrase(found, at, phrase) for phrase in _MANY.get(token.folded, ())):
            return True
        if token.folded in _PLURAL and any(other.folded in _ASKED for other in found[at + 1 : at + _PLURAL_REACH]):
            return True
    return False


def _noun(question: str, found: list[Token], at: int, phrase: tuple[str, ...], kind: Kind) -> tuple[str, ...]:
    if phrase == _HOW_LONG:
        return ()
    if kind not in ("number", "percent"):
        return phrase[:-1] if phrase[-1] == "nào" else ()
    first, last = at + len(phrase), at + len(phrase) + 3
    if first < len(found) and (found[first].is_number or found[first].key in _EACH):
        return ()  # "bao nhiêu 1 mét vuông": for each of them
    ends = (
        n for n in range(first, last) if n < len(found) and _ENDS.search(question[found[n - 1].end : found[n].start])
    )
    return tuple(token.key for token in found[first : next(ends, last)])
