"""Who has the most or the least of something: every figure of it set side by side, each with its quote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from corpus.document import Document, Span
from corpus.places import find_places
from corpus.text import fold
from rag.about import about_document
from rag.asked_row import COUNTER, says_group
from rag.compose import Quote, trimmed
from rag.periods import months_named, other_part_of_year, other_year
from rag.ranked_columns import column_of, value_of, years_in
from rag.retrieve import Hit
from rag.superlatives import ANYONE, Superlative
from rag.tables import Table, tables_of
from rag.told_figures import told_figures
from rag.understand import Query
from rag.units import Unit, unit

MOST_COMPARED = 400  # figures
SHOWN = 30  # of them that are quoted
_LEVELS = ("xa", "phuong", "thi tran", "huyen", "quan", "thi xa", "tinh", "thanh pho", "thon", "to dan pho")
_NAMES = re.compile(r"\b(?:ten|ho ten|don vi|dia phuong|noi dung|co quan|xa|phuong|thi tran|huyen|thon)\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure: whose it is, and the quote that says so."""

    name: str
    value: Decimal
    text: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Ranking:
    """The figures of one thing in one unit, the asked end first; `head` names the columns of a table's rows."""

    entries: tuple[Entry, ...]
    asked: Superlative
    head: Quote | None = None
    lacking: tuple[str, ...] = ()  # rows without a figure
    year: int | None = None  # which the figures are of, where there are those of others

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The table's head, and the quote of each figure."""
        shown = self.entries[:SHOWN]
        told = {(entry.quote.document.id, entry.quote.span): entry.quote for entry in shown}
        return (*((self.head,) if self.head else ()), *told.values())

    @property
    def opening(self) -> str:
        """ "Nhiều nhất là xã Phú Bình (61), trong 3 số liệu so sánh được." """
        first = [entry for entry in self.entries if entry.value == self.entries[0].value]
        names = " và ".join(entry.name for entry in first)
        same = " cùng" if len(first) > 1 else ""
        of = f" năm {self.year}" if self.year else ""
        said = self.asked.said[0].upper() + self.asked.said[1:]
        return f"{said} là{same} {names} ({first[0].text}), trong {len(self.entries)} số liệu{of} so sánh được."

    @property
    def working(self) -> str:
        """The figures in order: "61 > 45 > 38"."""
        sign = " > " if self.asked.most else " < "
        told = ""
        for before, entry in zip((None, *self.entries), self.entries[:SHOWN], strict=False):
            between = "" if before is None else " = " if before.value == entry.value else sign
            told += f"{between}{entry.name} {entry.text}"
        lacking = f" Không có số liệu để so sánh: {', '.join(self.lacking)}." if self.lacking else ""
        rest = len(self.entries) - SHOWN
        more = f"; {rest} số liệu còn lại đều không {'nhiều' if self.asked.most else 'ít'} hơn" if rest > 0 else ""
        return f"So sánh: {told}{more}.{lacking}"


def ranking(query: Query, asked: Superlative, hits: Sequence[Hit], documents: dict[str, Document]) -> Ranking | None:
    """The figures of the newest table that has them, else of sentences; None where they cannot be compared surely."""
    found: dict[str, Ranking] = {}
    for hit in hits:
        if (document := documents.get(hit.chunk.document_id)) and document.id not in found:
            tables = [table for table in tables_of(document.text) if _is_in(table, hit.chunk.span)]
            ranked = [made for table in tables if (made := _of_table(query, asked, document, table, hit.chunk.heading))]
            if len(ranked) == 1:
                found[document.id] = ranked[0]
    newest = sorted(found, key=lambda id: documents[id].header.issued_on or date.min)
    return found[newest[-1]] if newest else _of_sentences(query, asked, hits, documents)


def _of_sentences(
    query: Query, asked: Superlative, hits: Sequence[Hit], documents: dict[str, Document]
) -> Ranking | None:
    told, year = told_figures(query, asked, hits, documents)
    made = _ranked([Entry(one.name, one.value, one.text, one.quote) for one in told], asked)
    return replace(made, year=year) if made else None


def _is_in(table: Table, passage: Span) -> bool:
    return any(row.span.overlaps(passage) for row in table.rows)


def _of_table(
    query: Query, asked: Superlative, document: Document, table: Table, section: str | None
) -> Ranking | None:
    """The rows of one table by the one column that is asked for."""
    table = _within_group(query, document, table)
    name = next((column for column in table.columns if _names(asked, table, column)), None)
    column = column_of(query, asked, table, section, document) if name else None
    if name is None or column is None or not _is_of_place(query, document, section, table.above):
        return None
    rows = [row for row in table.rows if not row.is_sum and _is_one(asked, row.cells.get(name, ""))]
    if not years_in(column) and _is_of_other_time(
        query, unit(document.text, rows[0].span) if rows else None, section, document
    ):
        return None
    entries, lacking = list[Entry](), list[str]()
    for row in rows:
        value = value_of(asked, row.cells.get(column, ""))
        if value is None:
            lacking.append(row.cells[name])
        else:
            quote = Quote(document, trimmed(document.text, row.span), section)
            entries.append(Entry(_called(asked, row.cells[name]), value, row.cells[column], quote))
    head = Quote(document, table.head, section) if table.head else None
    return _ranked(entries, asked, head, tuple(lacking))


def _within_group(query: Query, document: Document, table: Table) -> Table:
    """A table's rows of the group that the question names, where it names one."""
    groups = {row.group for row in table.rows if row.group}
    named = [group for group in groups if says_group(query.text, group.of(document.text))]
    return replace(table, rows=tuple(row for row in table.rows if row.group in named)) if len(named) == 1 else table


def _ranked(
    entries: Sequence[Entry], asked: Superlative, head: Quote | None = None, lacking: tuple[str, ...] = ()
) -> Ranking | None:
    names = {fold(entry.name) for entry in entries}
    if not 2 <= len(entries) <= MOST_COMPARED or len(names) < len(entries) or len(lacking) >= len(entries):
        return None
    return Ranking(
        tuple(sorted(entries, key=lambda one: -one.value if asked.most else one.value)), asked, head, lacking
    )


def _names(asked: Superlative, table: Table, column: str) -> bool:
    """Whether a column holds the names of what is asked for."""
    label, values = fold(column), [row.cells.get(column, "") for row in table.rows]
    if COUNTER.fullmatch(label) or any(value_of(asked, value) is not None or not value for value in values):
        return False
    if asked.noun in ANYONE:
        return bool(_NAMES.search(label))
    levels = label.replace("dia phuong", "")  # no phường
    generic = re.search(r"\b(?:ten|don vi|dia phuong)\b", label) and not any(level in levels for level in _LEVELS)
    return bool(generic) or bool(re.search(rf"\b{re.escape(asked.noun)}\b", label))


def _is_one(asked: Superlative, name: str) -> bool:
    """Whether a row's name may be of the kind asked for: "Thị trấn Thạnh Mỹ" is no xã."""
    level = next((level for level in _LEVELS if re.match(rf"{level}\b", fold(name))), None)
    return bool(name) and (level is None or asked.noun not in _LEVELS or level == asked.noun)


def _called(asked: Superlative, name: str) -> str:
    known = asked.noun not in _LEVELS or any(re.match(rf"{level}\b", fold(name)) for level in _LEVELS)
    return name if known else f"{asked.called} {name}"


def _is_of_place(query: Query, document: Document, *texts: str | None) -> bool:
    """Whether the places of the question are those of the document, or are named over the table."""
    there = about_document(document).places | {place.key for text in texts for place in find_places(text or "")}
    return all(place.key in there for place in query.places)


def _is_of_other_time(query: Query, row: Unit | None, section: str | None, document: Document) -> bool:
    this = about_document(document)
    return row is not None and bool(
        other_year(query, row, section, this)
        or (months_named(query.text) and other_part_of_year(query, row, section, document.header.title, this))
    )
