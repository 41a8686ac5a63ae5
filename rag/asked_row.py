"""Which row of a table a question asks for: the one that it names, counts to, or the sum of all."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.text import Token, fold, tokens
from rag.tables import Row, Table
from rag.terms import content_terms
from rag.understand import Query

COUNTER = re.compile(r"(?:stt|tt|so tt|so thu tu)\.?")
_PART = re.compile(r"[,;(–]| - ")
_TITLE = re.compile(  # left out when a place or a person is called: "Xã Phú Hòa", "Bà Đinh Thị Hường"
    r"\s*+(?:(?:thị )?xã|thị trấn|tt\.?|phường|huyện|quận|thành phố|tp\.?|tỉnh|thôn|buôn|bản|ấp|xóm|làng|ông|bà)\s++",
    re.I,
)
_LEVELS = frozenset("xa tran phuong huyen quan pho tinh thon buon ban ap xom lang".split())
_ORDINAL = re.compile(
    r"\b(?:dong|hang|muc|stt|tt|so thu tu|thu tu)(?: (?:thu|so))? "
    r"(?P<value>\d{1,3}|nhat|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi)\b"
)
_NUMBERED = re.compile(r"\b(?P<noun>\w+ \w+) so (?P<value>\d{1,3})\b")
_WORDS = {word: number for number, word in enumerate("nhat hai ba tu nam sau bay tam chin muoi".split(), 1)} | {
    "bon": 4
}
_SUM = re.compile(r"\b(?:tong cong|tong so|tong|toan (?:huyen|tinh|xa|thanh pho)|ca (?:huyen|tinh))\b")
_OF_SUMS = frozenset("tong cong so chung toan bo ca huyen tinh xa phuong thi tran thanh pho nuoc".split())
_GROUP_MARK = re.compile(r"^(?:[IVXL]{1,5}|[A-ZĐ]|\d{1,2})(?:[.):]| \|)\s*")
_OF_TABLE = re.compile(r"(?<!\w)(?:(?:trong|ở|tại) )?(?:mẫu|phụ lục|danh mục|biểu mẫu|thuộc nhóm)(?!\w)", re.I)
LIGHT = frozenset(  # what a question may say that no table does
    "so muc gia tri ten nam thang ngay theo bang bieu cot dong hang danh sach van ban quyet dinh thong tu bao cao thu"
    " la gi ai nao bao nhieu may dau duoc giao dat co cua nguoi ong ba dong chi trieu nghin ti ty phan tram met hien"
    " nhat hai bon sau bay tam chin muoi nay nhung cac gom tai thuoc ve moi tat ca tong cong toan trong do thi hay"
    " cho biet".split()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as tables are searched with it."""

    tokens: tuple[Token, ...]
    unopened: tuple[Token, ...]  # its abbreviations as they were asked, as a row may have them
    folded: str
    said: frozenset[str]  # folded, also `short`
    short: frozenset[str]  # "vt" and "vt2" for "vị trí 2"
    terms: frozenset[str]

    @classmethod
    def of(cls, query: Query) -> Asked:
        found = tuple(tokens(query.text))
        words = [token.folded for token in found]
        text = _OF_TABLE.sub(" ", query.text)
        terms = frozenset(term.folded for term in content_terms(text)) - LIGHT
        short = _short(words)
        return cls(found, tuple(tokens(query.unopened)), " ".join(words), frozenset(words) | short, short, terms)


@dataclass(frozen=True, slots=True)
class Place:
    """A row that the question names, by which column, and how many syllables of it."""

    row: Row
    by: frozenset[str]
    weight: int


def asked_row(asked: Asked, table: Table) -> Place | None:
    """The row by its name, else by its number, else that of the sum; None where none or several would do."""
    return _named_row(asked, table) or _counted_row(asked, table) or _sum_row(asked, table)


def _named_row(asked: Asked, table: Table) -> Place | None:
    """The one row of which the question says the most, cell by cell."""
    named = [place for row in table.rows if not row.is_sum and (place := _place(asked, row))]
    most = max((place.weight for place in named), default=0)
    best = [place for place in named if place.weight == most]
    return best[0] if len(best) == 1 else None


def _place(asked: Asked, row: Row) -> Place | None:
    weights = {
        name: weight
        for name, value in row.cells.items()
        if not COUNTER.fullmatch(fold(name)) and (weight := _weight(asked, value))
    }
    return Place(row, frozenset(weights), sum(weights.values())) if weights else None


@lru_cache(maxsize=8192)
def _parts(value: str) -> tuple[tuple[Token, ...], ...]:
    """The whole of a cell, and its parts of two syllables and more."""
    whole = tuple(tokens(value))
    parts = (tuple(tokens(part)) for part in _PART.split(value))
    return whole, *(part for part in parts if 2 <= len(part) < len(whole))


@lru_cache(maxsize=8192)
def _untitled(value: str) -> tuple[tuple[Token, ...], ...]:
    """The names in a cell without what they are titled with: "Phú Hòa" of "Xã Phú Hòa"."""
    titled = ((title.end(), part) for part in _PART.split(value) if (title := _TITLE.match(part)))
    names = (tuple(tokens(part[end:])) for end, part in titled if part[end : end + 1].isupper())
    return tuple(name for name in names if len(name) > 1)


def _weight(asked: Asked, value: str) -> int:
    """How many syllables of a cell the question says in a row; figures alone name nothing."""
    if not any(map(str.isalpha, value)):
        return 0
    said = [len(part) for part in _parts(value) if _says(asked.tokens, part) or _says(asked.unopened, part)]
    called = [len(part) for part in _untitled(value) if _says(asked.tokens, part, _LEVELS)]
    return max((*said, *called), default=0)


def _says(found: Sequence[Token], part: Sequence[Token], not_behind: Container[str] = ()) -> bool:
    """Whether syllables stand in a row, with their accents where the question has any."""
    if not part:
        return False
    return any(
        all(one.key in (other.key, other.folded) for one, other in zip(found[at:], part, strict=False))
        and (not at or found[at - 1].folded not in not_behind)
        for at in range(len(found) - len(part) + 1)
    )


def _counted_row(asked: Asked, table: Table) -> Place | None:
    """The row of "dòng thứ hai", "tiêu chí số 12"."""
    named = _NUMBERED.search(asked.folded)
    label = fold(name_column(table) or "")
    found = named if named and named["noun"] in label else _ORDINAL.search(asked.folded)
    if found is None:
        return None
    value = int(found["value"]) if found["value"].isdigit() else _WORDS[found["value"]]
    counter = next((name for name in table.columns if COUNTER.fullmatch(fold(name))), None)
    rows = [row for row in table.rows if not row.is_sum]
    counts = [row.cells.get(counter, "") for row in rows] if counter else []
    if counter and len(set(counts)) == len(counts):
        return next((Place(row, frozenset(), 1) for row in rows if row.cells.get(counter) == str(value)), None)
    return Place(rows[value - 1], frozenset(), 1) if value <= len(rows) and not counter else None


def _sum_row(asked: Asked, table: Table) -> Place | None:
    """The row of the sum; what it is the sum of, "Cộng mầm non", the question must say."""
    sums = [row for row in table.rows if row.is_sum]
    if len(sums) != 1 or not _SUM.search(asked.folded):
        return None
    name = name_column(table)
    named = syllables([sums[0].cells.get(name, "")]) if name else frozenset[str]()
    return Place(sums[0], frozenset(), 1) if named - _OF_SUMS <= asked.said else None


def name_column(table: Table) -> str | None:
    """The first column that holds words: what the rows are about."""
    return next(
        (
            name
            for name in table.columns
            if not COUNTER.fullmatch(fold(name))
            and all(any(map(str.isalpha, row.cells.get(name, "a"))) for row in table.rows)
        ),
        None,
    )


def syllables(texts: Iterable[str]) -> frozenset[str]:
    """The folded syllables of some texts."""
    return frozenset(token.folded for text in texts for token in tokens(text))


def _short(words: Sequence[str]) -> frozenset[str]:
    """ "vt" and "vt2" of "vị trí 2"."""
    threes = zip(words, words[1:], words[2:], strict=False)
    short = [(f"{one[0]}{other[0]}", number) for one, other, number in threes if number.isdigit()]
    return frozenset(form for letters, number in short for form in (letters, letters + number))


def says_group(question: str, line: str) -> bool:
    """Whether a question says the name of a group, its number aside."""
    name = _GROUP_MARK.sub("", line.rpartition(": ")[2])
    part, found = tokens(name), tokens(question)
    return len(part) > 1 and (_says(found, part) or (len(part) > 3 and _says(found, part[1:])))
