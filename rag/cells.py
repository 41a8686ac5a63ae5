"""The cell of a table that a question asks for: its row by what it names there, its column by what it asks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.document import Document, Span
from corpus.text import fold, tokens
from rag.asked_row import COUNTER, LIGHT, Asked, Place, asked_row, name_column, says_group, syllables
from rag.compose import Quote
from rag.constraints import mismatch
from rag.extract import Finding
from rag.tables import Row, Table, tables_of
from rag.understand import Query
from rag.units import opened_words, unit

_NEAR = 600  # characters over a table that tell of it
_SHORT = 4  # digits that no number of a row has
_TELLING = 2  # syllables of a question in a cell that tell that its column is asked for
_LOOKED_INTO = 12  # documents
MOST_LISTED = 30  # rows of a group that are told
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_ASKS_NAME = re.compile(r"\bten (?:la )?gi\b")
_WHICH = re.compile(r"\b(?P<noun>\w+) (?:nao|may|gi)\b")
_SHARE = re.compile(r"%|\bt[yi] le\b|\bphan tram\b")
_SUM = re.compile(r"\W*(?:tong|cong)\b")
_AMOUNT = re.compile(r"\b(?:bao nhieu|may) (?P<noun>\w+(?: \w+)?)")
_ANY = frozenset("cai em chau be nguoi chiec".split())  # behind "bao nhiêu": of what kind it is the table says itself
_CHILDREN = frozenset(("tre", "tre em", "hoc sinh", "chau", "em", "be"))  # what is counted as one of the other
_CHANGE = frozenset("tang giam".split())
_GROUPS = frozenset("nhom khoi vuc phan muc loai".split())
_UNIT = re.compile(r"(?:ĐVT|Đơn vị(?: tính)?)\s*:\s*[^\n|()]{1,40}", re.I)
_WHO = re.compile(r"\b(?:ai|nguoi nao)\b")
_KINDS = (  # what asks for a column that it does not name, and the names of such columns
    (_WHO, re.compile(r"\b(?:ho va ten|ho ten|chu tri|nguoi|can bo)\b")),
    (re.compile(r"\b(?:o dau|noi nao|cho nao)\b"), re.compile(r"\b(?:dia diem|noi|dia chi|tru so)\b")),
    (re.compile(r"\b(?:khi nao|luc nao|ngay nao|hom nao)\b"), re.compile(r"\b(?:ngay|thoi gian|thoi diem)\b")),
    (re.compile(r"\b(?:bao lau|may ngay|bao nhieu ngay)\b"), re.compile(r"\b(?:thoi han|thoi gian)\b")),
    (re.compile(r"\bdai (?:bao nhieu|may)\b"), re.compile(r"\bchieu dai\b")),
    (re.compile(r"\brong (?:bao nhieu|may)\b"), re.compile(r"\b(?:chieu rong|dien tich)\b")),
    (re.compile(r"\b(?:duoc|dat) (?:bao nhieu|may)\b"), re.compile(r"\b(?:thuc hien|ket qua)\b")),
    (re.compile(r"\b(?:viec gi|noi dung gi|lam gi)\b"), re.compile(r"\bnoi dung\b")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cells:
    """Where the answer stands: what names the row, and what is asked for; none where the cell is empty."""

    quotes: tuple[Quote, ...]
    empty: str = ""  # the column in which the row has nothing


def cells(query: Query, findings: Sequence[Finding], documents: dict[str, Document]) -> Cells | None:
    """The asked cell, or the rows of a group; None where no table surely has it."""
    asked = Asked.of(query)
    for id in list(dict.fromkeys([*(one.document.id for one in findings), *documents]))[:_LOOKED_INTO]:
        document = documents[id]
        section = next((one.chunk.heading for one in findings if one.document.id == document.id), None)
        found = [
            one for table in tables_of(document.text) if (one := _in_table(query, asked, document, table, section))
        ]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _in_table(query: Query, asked: Asked, document: Document, table: Table, section: str | None) -> Cells | None:
    if query.expected.many and (group := _of_group(query, asked, document, table, section)):
        return group
    over = _over(document, table, section)
    place = asked_row(asked, table)
    column = _column(asked, table, place, over, query.expected.kind == "percent") if place else None
    if place and column is None and place.row.group and _asks_group(asked, place.row.group.of(document.text)):
        return _group_of(query, asked, document, table, place, section)
    if place is None or column is None or not _is_told(asked, document, table, place.row, over):
        return None
    if not _fits(query, document, place.row, column, section):
        return None
    if column not in place.row.cells:
        return Cells((), column)
    if _ASKS_NAME.search(asked.folded) and not any(map(str.isalpha, place.row.cells[column])):
        return None  # "tên là gì" is told by no count
    key = next((name for name in table.columns if name in place.by), None) or name_column(table)
    if key == column and _SUM.match(fold(place.row.cells[column])):
        return None  # that a row is the total tells no figure
    shown = [name for name in (key, column) if name and name in place.row.cells]
    quotes = [Quote(document, place.row.places[name], section) for name in dict.fromkeys(shown)]
    head = [Quote(document, table.head, section)] if table.head else []
    return Cells((*head, *quotes, *_unit_of(document, table, place.row, column, section)))


def _numbers_rows(table: Table, name: str) -> bool:
    """Whether the first column gives each row its number, whatever it is called: "Tiêu chí: 10"."""
    values = [row.cells.get(name, "") for row in table.rows if not row.is_sum]
    if name != table.columns[0] or not all(value.isdecimal() and len(value) < _SHORT for value in values):
        return False
    return all(int(one) < int(other) for one, other in pairwise(values))


def _column(asked: Asked, table: Table, place: Place, over: frozenset[str], share: bool) -> str | None:
    """The one column that the question names, by its whole name or its last part, the longest first; else the one that
    it asks for, or whose cell says the rest of the question. Where a `share` is asked for only columns of shares."""
    known = place.by | {name for name in table.columns if COUNTER.fullmatch(fold(name)) or _numbers_rows(table, name)}
    others = [name for name in table.columns if name not in known and (not share or _SHARE.search(fold(name)))]
    changes = [name for name in others if _CHANGE & syllables([name, place.row.cells.get(name, "")])]
    others = changes if changes and _CHANGE & asked.said else others
    own = [token.folded for name in place.by for token in tokens(place.row.cells[name])]
    left = frozenset(Counter(asked.folded.split()) - Counter(own)) | asked.short | LIGHT & asked.said
    for part in (str, _last_part):
        named = {name: len(label) for name in others if (label := _label(part(name))) and label <= left}
        if named:
            named = {name: length for name, length in named.items() if not _only_counted(asked, name, named)} or named
            return _only(name for name, length in named.items() if length == max(named.values()))
    for asks, names in _KINDS:
        if asks.search(asked.folded):
            return _only(name for name in others if names.search(fold(name)))
    if counted := _counted(asked, others):
        return counted
    if not place.by:
        return name_column(table)
    rest = asked.terms - frozenset(own)
    told = {name: len(rest & syllables([place.row.cells.get(name, "")])) for name in others}
    most = max(told.values(), default=0)
    best = _only(name for name, count in told.items() if count == most and count >= _TELLING)
    return best if best and rest - over <= syllables([place.row.cells.get(best, "")]) else None


def _only_counted(asked: Asked, column: str, named: Iterable[str]) -> bool:
    """Whether a column says of what a part is asked for, which another tells: "bao nhiêu trẻ được tiêm đủ"."""
    amount, label = _AMOUNT.search(asked.folded), _label(column)
    behind = asked.folded[amount.start("noun") :].split()[: len(label)] if amount else ()
    return label == set(behind) and any(not label & _label(other) for other in named)


def _counted(asked: Asked, columns: Sequence[str]) -> str | None:
    """The one column in the unit that is asked for, or of what is counted: "bao nhiêu m2", "bao nhiêu cháu"."""
    amount = _AMOUNT.search(asked.folded)
    if amount is None:
        return None
    wanted = amount["noun"], amount["noun"].partition(" ")[0]
    in_unit = [name for name in columns if any(fold(unit) in wanted for unit in _IN_BRACKETS.findall(name))]
    of_children = [name for name in columns if fold(name).removeprefix("so ") in _CHILDREN]
    return _only(in_unit or (of_children if _CHILDREN & set(wanted) else ()))


def _last_part(name: str) -> str:
    """ "Chi đầu tư" of "Dự toán năm 2025 – Chi đầu tư"."""
    return name.rpartition(" – ")[2]


def _only(names: Iterable[str]) -> str | None:
    found = list(names)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=2048)
def _label(name: str) -> frozenset[str]:
    """The syllables of a column's name, what stands in brackets aside."""
    return frozenset(token.folded for token in tokens(_IN_BRACKETS.sub(" ", name))) - {"so", "da"}


def _spelt(term: str, asked: Asked) -> frozenset[str]:
    """The short forms that a term of the question is part of: "vt" of "vị"."""
    return (
        frozenset(one for one in asked.said if not one.isdigit() and len(one) > 1 and term[0] in one[:2]) & asked.short
    )


def _over(document: Document, table: Table, section: str | None) -> frozenset[str]:
    """What the document, the heading, the lines over a table and the line below it say of it."""
    header = document.header
    near = document.text[max(0, table.span.start - _NEAR) : table.span.start]
    below = document.text[table.span.end :].lstrip().partition("\n")[0]
    about = (header.title, header.subject, header.issuer, header.place, header.number, section)
    return syllables([near, below[:_NEAR], *filter(None, about)])


def _is_told(asked: Asked, document: Document, table: Table, row: Row, over: frozenset[str]) -> bool:
    """Whether all that the question says stands in the row, its columns, its group, or over the table."""
    group = row.group.of(document.text) if row.group else ""
    said = syllables(opened_words(tokens(text)) for text in (*row.cells.values(), *table.columns, group)) | over
    amount = _AMOUNT.search(asked.folded)
    counted = _ANY & {amount["noun"].partition(" ")[0]} if amount else frozenset[str]()
    kinds = {word for asks, _ in _KINDS if (found := asks.search(asked.folded)) for word in found[0].split()}
    return all(term in said or (_spelt(term, asked) & said) for term in asked.terms - counted - kinds)


def _fits(query: Query, document: Document, row: Row, column: str, section: str | None) -> bool:
    """Whether the row is of the place, the time and the document that are asked for; a column may tell its own year."""
    against = mismatch(query, unit(document.text, row.span), document, section)
    if against is None or against.kind in ("kind", "title", "denied", "name", "ordinal", "rank"):
        return True
    years = set(re.findall(r"(?:19|20)\d\d", query.text))
    return against.kind in ("year", "period") and bool(years) and years <= set(re.findall(r"\d{4}", column))


def _unit_of(document: Document, table: Table, row: Row, column: str, section: str | None) -> tuple[Quote, ...]:
    """What the figures over which it stands are counted in: "ĐVT: triệu đồng"."""
    value = row.cells[column]
    if _IN_BRACKETS.search(column) or not re.fullmatch(r"[\d.,]+", value):
        return ()
    start = max(0, table.span.start - 200)
    found = list(_UNIT.finditer(document.text, start, table.span.start))
    return (
        (Quote(document, Span(found[-1].start(), found[-1].start() + len(found[-1][0].rstrip())), section),)
        if found
        else ()
    )


def _of_group(query: Query, asked: Asked, document: Document, table: Table, section: str | None) -> Cells | None:
    """The names of all rows under the group that the question says."""
    name = name_column(table)
    groups = dict.fromkeys(row.group for row in table.rows if row.group)
    named = [group for group in groups if says_group(query.text, group.of(document.text))]
    rows = [row for row in table.rows if row.group in named]
    if (
        name is None
        or len(named) != 1
        or len(rows) < 2
        or not _is_told(asked, document, table, rows[0], _over(document, table, section))
    ):
        return None
    if not _fits(query, document, rows[0], name, section):
        return None
    return Cells(tuple(Quote(document, row.places[name], section) for row in rows[:MOST_LISTED] if name in row.places))


def _asks_group(asked: Asked, line: str) -> bool:
    """Whether it is the group of a row that is asked for: "thuộc nhóm nào", "loại mấy" of "Lao động loại V"."""
    noun = _WHICH.search(asked.folded)
    return noun is not None and noun["noun"] in syllables([line]) | _GROUPS


def _group_of(
    query: Query, asked: Asked, document: Document, table: Table, place: Place, section: str | None
) -> Cells | None:
    """The name of the row, and the line of the group in which it stands."""
    row, key = place.row, next((name for name in table.columns if name in place.by), None)
    if key is None or row.group is None or not _is_told(asked, document, table, row, _over(document, table, section)):
        return None
    if not _fits(query, document, row, key, section):
        return None
    return Cells((Quote(document, row.places[key], section), Quote(document, row.group, section)))
