"""What something is: "X là gì" is told by the sentence that says "X là …"."""

from __future__ import annotations

import re

from corpus.text import fold, tokens
from rag.language.document_numbers import with_kind
from rag.understand import Query
from rag.units import Unit

_ASKS = re.compile(
    r"^(?:(?:theo|trong|tai|cho biet|cho hoi|thi) )*(?:"
    r"(?:the nao la|(?:khai niem|dinh nghia)(?: ve)?) (?P<named>.+?)(?: la gi)?(?: theo| trong| tai)?$|"
    r"(?P<what>.+?) (?:la|duoc hieu|duoc dinh nghia)(?: la)?"
    r" (?:gi|co quan gi|co quan nao|don vi gi|to chuc gi|nhung gi|cai gi|the nao|nhu the nao)\b)"
)
_LONGEST = 14  # syllables of what may be defined
_TERM = 8  # … of a term whose meaning alone can be meant
_RELATION = frozenset(  # "nguyên tắc phân loại là gì" asks what the principles are, not what the words mean
    phrase.strip()
    for phrase in (
        "nguyen tac, dieu kien, quyen han, quyen, nghia vu, nhiem vu, trach nhiem, muc tieu, muc dich, noi dung, ho "
        "so, thu tuc, trinh tu, ly do, nguyen nhan, ten, chu de, phuong cham, khau hieu, yeu cau, tieu chi, tieu "
        "chuan, ket qua, giai phap, bien phap, han che, kho khan, thuan loi, can cu, doi tuong, hinh thuc, muc, van "
        "de, viec, diem, dieu, y nghia, vai tro, chuc nang, hanh vi, thoi han, thu do, so, dia chi, trong tam, can "
        "bo, cay trong, san pham, nganh, nghe, thanh phan, quy trinh, cach, chi tieu, thong diep "
    ).split(",")
)
_JOINS = frozenset("cua ve trong o tai cho khi theo nam thu neu phai duoc nhat chinh nao dau do".split())
_REACH = 4  # syllables from it to "là"


def defined(query: Query) -> tuple[str, ...]:
    """The syllables, folded, of what the question wants to know the meaning of; () for no such question."""
    spans = [with_kind(query.text, number) for number in query.numbers]
    own = [token.folded for token in tokens(query.text) if not any(one.start <= token.start < one.end for one in spans)]
    asked = _ASKS.search(" ".join(own))
    named = (asked["named"] or asked["what"]).split() if asked else []
    return tuple(named) if len(named) <= _LONGEST else ()


def defines(named: tuple[str, ...], unit: Unit) -> bool:
    """Whether a unit says "X là …", or "X được hiểu là …"."""
    said, size = [word.folded for word in unit.words], len(named)
    ends = (at + size for at in range(len(said) - size) if tuple(said[at : at + size]) == named)
    return any(word.key == "là" for end in ends for word in unit.words[end : end + _REACH])


def lacks_meaning(query: Query, unit: Unit) -> bool:
    """Whether the meaning of a term is asked for, and the unit only mentions it."""
    named = defined(query)
    if not named or len(named) > _TERM or _JOINS & set(named) or query.names or query.places:
        return False
    if {named[0], " ".join(named[:2])} & _RELATION:
        return False
    term = r"\W+".join(named)
    return not (
        defines(named, unit) or re.search(rf"\({term}\b|\b{term} ?[(:]|\b{term} (?:bao )?gom\b", fold(unit.quote))
    )
