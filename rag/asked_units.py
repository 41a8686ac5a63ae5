"""What "bao nhiêu" counts or measures in, and the other words in which an office writes a figure of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from corpus.text import fold, same_tones
from rag.terms import content_terms, words

_SIGNS = (  # a unit's sign, then its names
    "m|mét", "m2|m²|mét vuông|m vuông|mét đất", 
    "m3|m³|mét khối|m khối|khối gỗ|khối đất|khối đá|khối cát|khối nước|khối bê tông|khối rác",
    "km|ki lô mét|ki-lô-mét|kilômét|kilomet|cây số",
    "km2|km²|ki lô mét vuông|kilômét vuông|km vuông|cây số vuông", "ha|héc ta|héc-ta|hecta|hec ta",
    "kg|ki lô gam|ki-lô-gam|kilôgam|ki lô|ký|cân", "g|gam|gram",
    "cm|xăng ti mét|xentimét", "mm|mi li mét|milimét",
    "l|lít",
)  # fmt: skip
_WRITTEN = (*_SIGNS, "giờ|tiếng|giờ đồng hồ|tiếng đồng hồ", "tấn", "tạ", "chỗ|vị trí|chỗ ngồi")
_NAMES = {sign: [name for name in names if len(name) > 2] for sign, *names in (each.split("|") for each in _SIGNS)}
_SIGN = re.compile(rf"(?<=\d)\s?({'|'.join(sorted(_NAMES, key=len, reverse=True))})(?![\w²³])", re.I)
_SCALE = r"\s?(?:nghìn|ngàn|triệu|tỷ|tỉ|vạn)?\s?"
_PERSONS = frozenset(
    fold(words)
    for words in (
        "đại biểu", "cán bộ", "công chức", "viên chức", "đảng viên", "hội viên", "đoàn viên", "học sinh", "sinh viên",
        "học viên", "giáo viên", "công nhân", "lao động", "thí sinh", "chiến sĩ", "bệnh nhân", "nạn nhân", "đồng chí",
        "cử tri", "ứng viên", "thành viên", "ủy viên", "nhân khẩu", "công dân", "trẻ em", "thanh niên", "hành khách",
        "bị can", "bị cáo", "đối tượng", "lượt khách", "du khách", "khách du", "khách hàng",
    )
)  # fmt: skip
_TOLD = frozenset(("y kien", "bai tham", "luot y"))  # what one of them says or gives, beside its verb
_OWN = frozenset(  # "người nghèo" are not all people
    map(same_tones, "dân lao nghèo cao khuyết già thất nghiện công có bệnh mắc nước việt".split())
)
_LONGEST = 3  # syllables of a unit
_CHILDREN = frozenset(map(fold, ("cháu", "bé", "trẻ")))
_HOMES = frozenset(map(fold, ("hộ", "căn", "ngôi")))
_TIMES = frozenset(map(fold, ("lần", "cuộc", "buổi", "đợt", "phiên", "lượt")))  # count what takes place
_HOUSE, _PUPIL = "nhà", (("học", "sinh"), ("thí", "sinh"))


def unit_asked(noun: Sequence[str]) -> re.Pattern[str] | None:
    """What stands behind a figure in the unit that a noun ("mét", "vuông", "đất") opens with; None for no unit."""
    longest = (" ".join(noun[:size]) for size in range(min(_LONGEST, len(noun)), 0, -1))
    return next((_units()[words] for words in longest if words in _units()), None)


@cache
def _units() -> dict[str, re.Pattern[str]]:
    groups = [written.split("|") for written in _WRITTEN]
    shapes = [
        re.compile(
            rf"{_SCALE}(?<![^\W\d_])(?:{'|'.join(map(re.escape, sorted(group, key=len, reverse=True)))})(?![\w²³])",
            re.I,
        )
        for group in groups
    ]
    return {
        same_tones(name): shape for group, shape in zip(groups, shapes, strict=True) for name in group if len(name) > 1
    }


@lru_cache(maxsize=4096)
def units_told(text: str) -> tuple[str, ...]:
    """The other names of the units that signs stand for behind figures: "mét vuông" for "10.500 m2"."""
    return tuple(dict.fromkeys(name for found in _SIGN.finditer(text) for name in _NAMES[found[1].lower()]))


def counted_alike(noun: Sequence[str]) -> frozenset[str]:
    """The folded syllables that an office counts the same by as a noun ("cháu"): "trẻ"; "05 hộ" for "mấy nhà"."""
    for alike in (_TIMES, _CHILDREN):
        if fold(noun[0]) in alike:
            return alike
    if tuple(noun[:2]) in _PUPIL:
        return _CHILDREN | {"em"}
    pair = words(content_terms(" ".join(noun[:2])))
    return _HOMES if noun[0] == _HOUSE and len(pair[0].syllables if pair else noun[:1]) == 1 else frozenset()


def counts_persons(noun: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether the folded syllables behind a figure tell of persons, where "bao nhiêu người …" asks for them.

    "04 ý kiến tham luận" tells how many spoke, too: the verb of the question stands with it.
    """
    if noun[0] != "người" or (len(noun) > 1 and noun[1] in _OWN):
        return False
    pair = " ".join(behind[:2])
    return pair in _PERSONS or (pair in _TOLD and fold(noun[-1]) in behind[1:])
