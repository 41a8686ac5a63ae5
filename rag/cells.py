"""The cell of a table that a question asks for: its row by what it names there, its column by what it asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document, Span
from corpus.text import fold, tokens
from rag.asked_column import AMOUNT, ANY, IN_BRACKETS, KINDS, WHO, asked_column, further_columns
from rag.asked_row import Asked, Place, asked_row, name_column, says_group, syllables
from rag.compose import Quote
from rag.constraints import mismatch
from rag.extract import Finding
from rag.opposites import has_opposite
from rag.posts import ranked
from rag.tables import Row, Table, tables_of
from rag.understand import Query
from rag.units import opened_words, unit

_NEAR = 600  # characters over a table that tell of it
_LOOKED_INTO = 12  # documents
MOST_LISTED = 30  # rows of a group that are told
_ASKS_NAME = re.compile(r"\bten (?:la )?gi\b")
_WHICH = re.compile(r"\b(?P<noun>\w+) (?:nao|may|gi)\b")
_SUM = re.compile(r"\W*(?:tong|cong)\b")
_GROUPS = frozenset("nhom khoi vuc phan muc loai".split())
_UNIT = re.compile(r"(?:ĐVT|Đơn vị(?: tính)?)\s*:\s*[^\n|()]{1,40}", re.I)


@dataclass(frozen=True, slots=True)
class Cells:
    """Where the answer stands: what names the row, and what is asked for; none where the cell is empty."""

    quotes: tuple[Quote, ...]
    empty: str = ""  # the column in which the row has nothing
    several: bool = False  # whether each of several things that are asked for is among them


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
    column = asked_column(asked, table, place, over, query.expected.kind == "percent") if place else None
    if place and column is None and place.row.group and _asks_group(asked, place.row.group.of(document.text)):
        return _group_of(query, asked, document, table, place, section)
    if place is None or column is None or not _is_told(asked, document, table, place.row, over):
        return None
    posts = WHO.search(asked.folded) and _says_posts(asked, document, table, place)
    aside = ("office",) if posts or _is_called(asked, place) else ()
    if not _fits(query, document, place.row, column, section, aside):
        return None
    if column not in place.row.cells:
        return Cells((), column)
    if _ASKS_NAME.search(asked.folded) and not any(map(str.isalpha, place.row.cells[column])):
        return None  # "tên là gì" is told by no count
    if has_opposite(query.text, column):
        return None
    key = next((name for name in table.columns if name in place.by), None) or name_column(table)
    if key == column and _SUM.match(fold(place.row.cells[column])):
        return None  # that a row is the total tells no figure
    further = further_columns(asked, table, place, column)
    told = [name for name in table.columns if name == column or name in further]
    shown = [name for name in (key, *told) if name and name in place.row.cells]
    quotes = [Quote(document, place.row.places[name], section) for name in dict.fromkeys(shown)]
    head = [Quote(document, table.head, section)] if table.head else []
    return Cells((*head, *quotes, *_unit_of(document, table, place.row, column, section)), several=bool(further))


def _is_called(asked: Asked, place: Place) -> bool:
    """Whether the question calls the row by its column, too: "Trường Tiểu học Lâm Hà" of the column "Trường"."""
    return any(f"{fold(name)} {fold(place.row.cells[name])}" in asked.folded for name in place.by)


def _says_posts(asked: Asked, document: Document, table: Table, place: Place) -> bool:
    """Whether the post whose holder is asked for stands in the row, its group, its columns or the line over them."""
    row = place.row
    near = (*row.cells.values(), *table.columns, table.above, row.group.of(document.text) if row.group else "")
    told = ranked(fold(" ".join(near)))
    posts = ranked(asked.folded)
    return bool(posts) and all(told.get(post) == ranks for post, ranks in posts.items())


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
    amount = AMOUNT.search(asked.folded)
    counted = ANY & {amount["noun"].partition(" ")[0]} if amount else frozenset[str]()
    kinds = {word for asks, _ in KINDS if (found := asks.search(asked.folded)) for word in found[0].split()}
    return all(term in said or (_spelt(term, asked) & said) for term in asked.terms - counted - kinds)


def _fits(
    query: Query, document: Document, row: Row, column: str, section: str | None, aside: Sequence[str] = ()
) -> bool:
    """Whether the row is of the place, the time and the document that are asked for; a column may tell its own year.

    `aside`: kinds of mismatch that the table itself settles.
    """
    against = mismatch(query, unit(document.text, row.span), document, section)
    if against is None or against.kind in ("kind", "title", "denied", "name", "ordinal", "rank", *aside):
        return True
    years = set(re.findall(r"(?:19|20)\d\d", query.text))
    return against.kind in ("year", "period") and bool(years) and years <= set(re.findall(r"\d{4}", column))


def _unit_of(document: Document, table: Table, row: Row, column: str, section: str | None) -> tuple[Quote, ...]:
    """What the figures over which it stands are counted in: "ĐVT: triệu đồng"."""
    value = row.cells[column]
    if IN_BRACKETS.search(column) or not re.fullmatch(r"[\d.,]+", value):
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
