"""What offices shorten with a point, a slash or before a number: "T.Ư", "H. Lâm Hà", "P.5", "đ/c Tám", "QL20"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.document import Span
from corpus.gazetteer import Unit, load_gazetteer
from corpus.text import same_tones, tokens

_ALONE = r"(?<![\w./-])"
_CENTRAL = re.compile(_ALONE + r"T\. ?[ƯW](?!\w)\.?", re.I)
_LEVELS = {
    "q": "quận", "p": "phường", "h": "huyện", "x": "xã", "t": "tỉnh",
    "tt": "thị trấn", "t.t": "thị trấn", "tx": "thị xã", "t.x": "thị xã", "tp": "thành phố", "t.p": "thành phố",
}  # fmt: skip
_LEVEL = re.compile(_ALONE + r"(?:(t\.[tpx])(?:\. ?| )|(t[tpx]|[qphxt])\. ?)(?=\w)", re.I)
_NUMBER = re.compile(r"\d{1,2}(?![\w/.-]*\d|\w)")
_TOWNS = {"thị xã", "thành phố"}  # the one may have become the other
_NAMED = 40  # letters in which a place's name is looked for
_COMRADE = re.compile(_ALONE + r"[đd]/c(?= [^\W\d_])", re.I)
_ADDRESS = re.compile(
    r" (?:trụ sở|cơ quan|trung tâm|ủy ban|UBND|liên hệ|liên lạc|của|nhà|nhận|nộp|gửi|ở|tại|email|web|ở đâu)\b", re.I
)
_ABOUT = re.compile(_ALONE + r"v/v(?!\w|[./-]\w)", re.I)
_ROADS = {"ql": "quốc lộ", "đt": "đường tỉnh", "tl": "tỉnh lộ", "đh": "đường huyện", "hl": "hương lộ"}
_ROAD = re.compile(
    r"(?<![\w./-])(?:(?i:ql)|ĐT|TL|ĐH|HL|(?<=đường )[đth][thl]|(?<=tuyến )[đth][thl])(?P<gap>\.? ?)"
    r"(?=\d{1,3}[A-Za-zĐđ]?(?![\w/-]|[.,]\d))"
)


def opened(text: str) -> str:
    """The text (NFC) with these written out where nothing else can be meant."""
    text = _CENTRAL.sub("Trung ương", text)
    text = _LEVEL.sub(_level, text)
    text = _COMRADE.sub(lambda match: "địa chỉ" if _ADDRESS.match(text, match.end()) else "đồng chí", text)
    return _ABOUT.sub("về việc", text)


def roads(text: str) -> Iterator[tuple[Span, str]]:
    """Where a road's kind stands before its number, and what it means: "QL20", "ĐT.725", "đường ĐH 12"."""
    for match in _ROAD.finditer(text):
        letters = match[0].removesuffix(match["gap"])
        if (full := _ROADS.get(letters.lower())) is not None:
            said = full.removeprefix("đường ") if text.endswith("đường ", 0, match.start()) else full
            yield Span(match.start(), match.start() + len(letters) + match["gap"].count(".")), said


def _level(match: re.Match[str]) -> str:
    """ "H. " → "huyện " before a huyện's name; "P. Giám đốc" and the initials of a person stay."""
    level, text, end = _LEVELS[(match[1] or match[2]).lower()], match.string, match.end()
    clear = match[0].isupper() or not match[0].endswith(" ")  # "khoản 2 p. 3" is no ward
    numbered = level in ("quận", "phường") and clear and _NUMBER.match(text, end)
    return f"{level} " if numbered or _is_place(text[end : end + _NAMED], level) else match[0]


def _is_place(text: str, level: str) -> bool:
    """Whether the text begins with the name of a unit of this level, of two syllables or more."""
    gazetteer, words = load_gazetteer(), tokens(text)
    folded = [word.folded for word in words]
    typed = [same_tones(word.key) for word in words]

    def fits(unit: Unit, size: int) -> bool:
        spelled = unit.spelling.split()
        alike = unit.level == level or {unit.level, level} == _TOWNS
        return alike and all(
            mine in (whole, plain) for mine, whole, plain in zip(typed, spelled, folded[:size], strict=False)
        )

    longest = gazetteer.longest.get(folded[0], 0) if folded else 0
    return any(
        fits(unit, size)
        for size in range(min(longest, len(words)), 1, -1)
        for unit in gazetteer.units.get(" ".join(folded[:size]), ())
    )
