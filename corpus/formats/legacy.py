"""Vietnamese written for the fonts of before Unicode, TCVN3 (.VnTime) and VNI: recognised by its words, converted.

The tables are of TCVN 5712:1993 (VN3) and of VNI for Windows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from corpus.formats.source import Source

SAMPLE = 40_000  # letters that are looked at
RARE = 0.03  # of all characters: text for old fonts has more letters of Latin-1 with accents
LEAST, SHARE, TIMES = 3, 0.04, 3  # common words that must be found: so many, of all words, times those found before

_TCVN3 = str.maketrans(
    "\u00b5\u00b6\u00b7\u00b8\u00b9\u00a8\u00bb\u00bc\u00bd\u00be\u00c6\u00a9\u00c7\u00c8\u00c9\u00ca\u00cb\u00ae"
    "\u00cc\u00ce\u00cf\u00d0\u00d1\u00aa\u00d2\u00d3\u00d4\u00d5\u00d6\u00d7\u00d8\u00dc\u00dd\u00de"
    "\u00df\u00e1\u00e2\u00e3\u00e4\u00ab\u00e5\u00e6\u00e7\u00e8\u00e9\u00ac\u00ea\u00eb\u00ec\u00ed\u00ee"
    "\u00ef\u00f1\u00f2\u00f3\u00f4\u00ad\u00f5\u00f6\u00f7\u00f8\u00f9\u00fa\u00fb\u00fc\u00fd\u00fe"
    "\u00a1\u00a2\u00a3\u00a4\u00a5\u00a6\u00a7",
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
)
_VNI_ALONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}
_VNI_MARKED = {
    **dict(zip(["aø", "aû", "aõ", "aù", "aï", "aê", "aè", "aú", "aü", "aé", "aë"], "àảãáạăằẳẵắặ", strict=True)),
    **dict(zip(["aâ", "aà", "aå", "aã", "aá", "aä"], "âầẩẫấậ", strict=True)),
    **dict(zip(["eø", "eû", "eõ", "eù", "eï", "eâ", "eà", "eå", "eã", "eá", "eä"], "èẻẽéẹêềểễếệ", strict=True)),
    **dict(zip(["oø", "oû", "oõ", "où", "oï", "oâ", "oà", "oå", "oã", "oá", "oä"], "òỏõóọôồổỗốộ", strict=True)),
    **dict(zip(["ôø", "ôû", "ôõ", "ôù", "ôï"], "ờởỡớợ", strict=True)),
    **dict(zip(["uø", "uû", "uõ", "uù", "uï", "öø", "öû", "öõ", "öù", "öï"], "ùủũúụừửữứự", strict=True)),
    **dict(zip(["yø", "yû", "yõ", "yù"], "ỳỷỹý", strict=True)),
}  # fmt: skip
_VNI = re.compile(
    "|".join(
        [
            *(f"{vowel}[{''.join(each[1] for each in _VNI_MARKED if each[0] == vowel)}]" for vowel in "aeoôuöy"),
            f"[{''.join(_VNI_ALONE)}]",
        ]
    ),
    re.I,
)
_COMMON = re.compile(
    r"(?<![^\W\d_])(?:của|các|được|người|những|để|với|đã|một|đến|năm|tại|về|ngày|tháng|số|định|quyết|hội|việc|thực|hiện|công|"
    r"nhân|dân|tỉnh|huyện|xã|thông|từ|đồng|này|chức|phủ|nghị|điều|chính|hành|là|có|và|không|trên|như|khi)(?![^\W\d_])",
    re.I,
)
_OLD = re.compile("[\u00a1-\u00fe]")
_WORD = re.compile(r"[^\W\d_]+")
_BEYOND_LATIN = re.compile("[\u0100-\u1eff]")  # letters that only Unicode has: the line needs no conversion


def converted(source: Source) -> Source:
    """The source with its old lines in Unicode, and a remark that says so."""
    found = recognise("\n".join(source.pages)[:SAMPLE])
    if found is None:
        return source
    name, convert = found
    pages = tuple("\n".join(_line(line, convert) for line in page.split("\n")) for page in source.pages)
    note = f"Tệp dùng bảng mã cũ {name}, đã chuyển sang Unicode; bản gốc được giữ nguyên."
    return replace(source, pages=pages, notes=(*source.notes, note))


def recognise(text: str) -> tuple[str, Callable[[str], str]] | None:
    """The name of the old code and its conversion, when that makes words of what were none."""
    old = len(_OLD.findall(text))
    if old < RARE * len(text) or len(_BEYOND_LATIN.findall(text)) > old:
        return None
    words, known = len(_WORD.findall(text)), _common(text)
    best = max(_CODES, key=lambda code: _common(code[1](text)))
    hits = _common(best[1](text))
    return best if hits >= max(LEAST, SHARE * words, TIMES * known) else None


def _common(text: str) -> int:
    return sum(1 for _ in _COMMON.finditer(text))


def _line(line: str, convert: Callable[[str], str]) -> str:
    """Fonts for capitals have the codes of small letters: a line whose other letters are capitals is in capitals."""
    if _BEYOND_LATIN.search(line):
        return line
    plain = [letter for letter in line if letter.isascii() and letter.isalpha()]
    made = convert(line)
    return made.upper() if len(plain) > 1 and all(map(str.isupper, plain)) else made


def _tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _vni(text: str) -> str:
    return _VNI.sub(_vni_letter, text)


def _vni_letter(match: re.Match[str]) -> str:
    written = match[0]
    letter = _VNI_MARKED.get(written.lower()) or _VNI_ALONE[written.lower()]
    return letter.upper() if written[0].isupper() else letter


_CODES: tuple[tuple[str, Callable[[str], str]], ...] = (("TCVN3 (ABC)", _tcvn3), ("VNI", _vni))
