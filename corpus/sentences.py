"""Where sentences and their clauses begin and end in Vietnamese office text."""

from __future__ import annotations

import re

from corpus.document import Span
from corpus.text import fold

_ABBREVIATED = re.compile(
    r"(?:^|[\s(\[])(?:tp|tx|tt|q|p|h|ths|ts|pgs|gs|bs|ks|đ/c|v\.v|tr|stt|cty|vd|st|mr|dr|no|[A-ZĐ])\.$", re.I
)
CAPTION = r"\((?:Hình|Ảnh|hình|ảnh)(?: (?:từ|minh|chụp|tư liệu)|:)[^()\n]{0,40}\)"  # behind a picture's words
_STOP = re.compile(rf"[.!?…]+[”\"’')\]]*(?=\s|$|[^\W\d_]{{2}})|\n[ \n]*|{CAPTION}")
_LAST = re.compile(r"(?:(?<!\d)\d{4}|[^\W\d_]{2,})$")  # a year or a word
_VOWELS = frozenset("aeiouy")
_FIRST = re.compile(r"(?!(?:com|net|org|gov|edu|info|vn|html?|php|aspx?|pdf|docx?|xlsx?)\b)[^\W\d_]{2,}", re.I)
_LIST_MARK = re.compile(r"\s*(?:[-–+•*]|\(?\d{1,3}[.)]|\(?[a-zđ]\)|[IVXLC]{1,6}[.)])?\s*$")
_NUMERATED = re.compile(r"[:;.] {1,2}\d{1,2}\.$")  # "các tiêu chuẩn sau đây: 1. Có …; 2. Có …"
_CLOSING = "”\"’')]"
_LONGEST = 12  # letters of a word that are looked at
_CLOSERS = {"(": ")", "[": "]", "“": "”"}


def sentences(text: str, span: Span | None = None) -> list[Span]:
    """The sentences of `text` (or of a part of it), trimmed. A line break ends one unless the text plainly
    runs on."""
    span = span or Span(0, len(text))
    found: list[Span] = []
    start = span.start
    for match in _STOP.finditer(text, span.start, span.end):
        if match[0][0] == "\n":
            if not _runs_on(text, match.start(), match.end(), span):
                _add(found, text, start, match.start())
                start = match.end()
        elif match.end() < span.end and text[match.end()].isalpha() and not _parts_without_space(text, start, match):
            continue
        elif not _is_abbreviation(text, start, match, span.end):
            _add(found, text, start, match.end())
            start = match.end()
    _add(found, text, start, span.end)
    return found


def clauses(text: str, sentence: Span) -> list[Span]:
    """The parts of a sentence between semicolons and before enumerators "(1)" or, in a row, "1." or, behind a colon,
    "-", outside brackets and quotation marks."""
    found: list[Span] = []
    start, closers, last = sentence.start, list[str](), dict[str, int]()
    for sign in _SIGN.finditer(text, sentence.start, sentence.end):
        letter, position = sign[0], sign.start()
        if closers and letter == closers[-1]:
            closers.pop()
        elif letter == ";" and not closers:
            _add(found, text, start, position)
            start = position + 1
        elif len(letter) > 1 and not closers:
            _add(found, text, start, position)
            start = position
        elif closer := _CLOSERS.get(letter):
            if closer not in last:
                last[closer] = text.rfind(closer, position, sentence.end)
            if last[closer] > position:
                closers.append(closer)
    _add(found, text, start, sentence.end)
    return found


_SIGN = re.compile(r"\(\d{1,2}\)|(?<=[:;.] )\d{1,2}\. (?=[A-ZĐÀ-Ỹ])|(?<=: )[-–+] (?=[A-ZĐÀ-Ỹ])|[;()\[\]“”]")


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))


def _is_abbreviation(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """A full stop that ends no sentence: "TP. Đà Lạt", "1. Mục tiêu", "v.v. và"."""
    if match[0] != "." and not match[0].startswith("..."):
        return False
    following = match.end()
    while following < end and text[following] == " ":
        following += 1
    if following < end and text[following].islower():
        return True
    if match[0] != ".":
        return False
    if _NUMERATED.search(text, max(start, match.end() - 6), match.end()):
        return True
    return bool(_ABBREVIATED.search(text[max(start, match.end() - 8) : match.end()])) or bool(
        _LIST_MARK.match(text[start : match.end()]) if match.end() - start < 12 else False
    )


def _parts_without_space(text: str, start: int, match: re.Match[str]) -> bool:
    """A full stop between sentences that were typed without a space: "trong ngày.Các đơn vị", "năm 2024.Ông".

    No part of a name ("TP.Đà Lạt", "BS.Lan", "vietnam.Net"), which has capitals, no vowels or no word behind it.
    """
    first = _FIRST.match(text, match.end())
    if not first or not first[0].istitle() or not _is_word(first[0].lower()):
        return False
    if match[0][-1] in _CLOSING or (match.start() > start and text[match.start() - 1] in _CLOSING):
        return True
    last = _LAST.search(text[max(start, match.start() - _LONGEST) : match.start()])
    return last is not None and (last[0].isdigit() or _is_word(last[0][0].lower() + last[0][1:]))


def _is_word(letters: str) -> bool:
    return letters.islower() and not _VOWELS.isdisjoint(fold(letters))


def _runs_on(text: str, before: int, after: int, span: Span) -> bool:
    """A page or column break inside a sentence: nothing ends before it and a small letter follows."""
    if before <= span.start or after >= span.end:
        return False
    last = text[before - 1] if not text[before - 1].isspace() else text[span.start : before].rstrip()[-1:]
    return (
        last not in ".!?:;…"
        and text[after].islower()
        and text[after : after + 2] != "đ)"
        and text[after + 1 : after + 2] != ")"
    )
