"""Rows of a table that a question is not about: it asks for "Thôn 4", and the row is of "Thôn 5"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from corpus.text import Token, fold, tokens
from rag.asked_units import unit_asked
from rag.tables import BAR, Row, Table, lines_above, table_at, tables_of
from rag.terms import content_terms
from rag.told_beside import asks_direction
from rag.understand import Query
from rag.units import Unit

Differ = tuple[str, str]  # what was asked for, and what stands there instead

_DAY = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])")
_WEEKDAY = re.compile(r"\b(?:thu (?:hai|ba|tu|nam|sau|bay)|chu nhat)\b")
_NUMBERED = re.compile(r"\b(?P<noun>\w+ \w+) so (?P<value>\d{1,3})\b")
_TELLING = 3.0  # weight of a word that tells one thing from another
_SEVERAL = 3  # rows of a table that tells of several things
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COLUMN = 3  # syllables of a question in the name of the column that it asks for
_WAS = re.compile(r"\s*+(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,3}) \(cũ\)")
_VILLAGE = "(?:thon|ban|ap|khom|xom|buon|lang|to dan pho|khu pho)"
_COUNTER = re.compile(r"(?:stt|tt|so tt|so thu tu)\.?")


def other_row(query: Query, unit: Unit) -> Differ | None:
    """What of its rows the question names, where this row has another in its place."""
    if BAR not in unit.quote or (at := table_at(unit.text, unit.span.start)) is None:
        return None
    table, row = at
    return (
        _other_named(query, unit, table, row)
        or _other_counted(query, row)
        or _other_day(query, row)
        or _former(query, row)
        or _other_column(query, row)
    )


def is_any_row(query: Query, unit: Unit) -> bool:
    """Whether a row tells a figure of something that the question does not name, of one village where it is after all
    of them, or nothing of what it asks."""
    counts = query.expected.kind in ("number", "percent") or asks_direction(query)
    if not counts or BAR not in unit.quote or (at := table_at(unit.text, unit.span.start)) is None:
        return False
    table, row = at
    if row.is_sum or len(table.rows) < _SEVERAL:
        return False
    named = any(_is_named(query, table, column, value) for column, value in row.cells.items())
    return not named or not _is_of_it(query, unit)


def _is_of_it(query: Query, unit: Unit) -> bool:
    """Whether a row, its columns or what is over its table has a word of the question, places and names aside."""
    pinned = [*query.names, *(place.span for place in query.places)]
    aside = {token.folded for span in pinned for token in tokens(span.of(query.text))}
    heavy = [term for term in query.terms if term.weight >= _TELLING and not term.folded.isdigit()]
    telling = [term for term in heavy if term.folded not in aside]
    over = tokens(lines_above(unit.text, unit.span.start))
    keys = unit.keys | {token.key for token in over}
    found = unit.found | {token.folded for token in over}
    return not telling or any((term.key in keys) if term.accented else (term.folded in found) for term in telling)


def _is_named(query: Query, table: Table, column: str, value: str) -> bool:
    """Whether the question has a word of a cell that most of its column has not, or the whole of a place in it."""
    said = {token.folded for token in tokens(value)}
    if any(f" {place.key} " in f" {' '.join(fold(value).split())} " for place in query.places):
        return True
    places = {syllable for place in query.places for syllable in place.key.split()}
    years = {str(year) for period in query.years for year in period}
    if years & {value.strip(), fold(value).removeprefix("nam ").strip()}:
        return True  # a row of each year
    whole = said <= {*query.words}
    keys = {token.folded: token.key for token in tokens(value)}
    asked = {term.folded for term in query.terms if whole or term.key in (keys.get(term.folded), term.folded)}
    asked -= places | years | _unit_of(query)
    return any(_is_rare(table, column, syllable) for syllable in asked & said)


def _unit_of(query: Query) -> set[str]:
    """The unit that is asked for: "mấy tấn" names no Bản Tàn."""
    noun = query.expected.noun
    return {fold(noun[0])} if noun and unit_asked(noun) else set()


def _is_rare(table: Table, column: str, syllable: str) -> bool:
    cells = [fold(row.cells.get(column, "")).split() for row in table.rows]
    return sum(syllable in cell for cell in cells) * 2 <= len(cells)


def _other_named(query: Query, unit: Unit, table: Table, row: Row) -> Differ | None:
    """ "Đường Trần Phú" where the row is of "Đường Quang Trung", and nothing over the table says it."""
    over = lines_above(unit.text, unit.span.start)
    for noun, name, said in _asked(query.text):
        columns = _columns_of(unit.text, table.span.start, noun)
        if not columns or _labels(table, name) or _says([*row.cells.values(), over], noun, name):
            continue
        if there := next((row.cells[column] for column in columns if column in row.cells), None):
            return said, there
    return None


def _labels(table: Table, word: str) -> bool:
    """Whether it is a word of a column's name: "dài" of "đường dài bao nhiêu" names none."""
    return any(word in fold(column).split() for column in table.columns)


def _says(texts: Iterable[str], noun: str, name: str) -> bool:
    return any((noun, name) == (one.folded, other.folded) for text in texts for one, other in pairwise(tokens(text)))


@lru_cache(maxsize=512)
def _columns_of(text: str, start: int, noun: str) -> tuple[str, ...]:
    """The columns of the table at a place in which a name or a number stands behind the noun: "Thôn 3"."""
    return tuple(
        column
        for table in tables_of(text)
        if table.span.start == start
        for column in table.columns
        if any(_is_of(tokens(value), value, noun) for row in table.rows if (value := row.cells.get(column, "")))
    )


@lru_cache(maxsize=512)
def _asked(question: str) -> tuple[tuple[str, str, str], ...]:
    """Words before a name or a number, and as they are written: ("thon", "4", "Thôn 4"); before any telling word where
    nothing shows what is a name, as in "gia dat duong tran phu"."""
    found = tokens(question)
    cased = any(question[token.start].isupper() for token in found[1:])
    telling = {term.position for term in content_terms(question)}
    pairs = pairwise(found) if not cased else _named(question, found)
    named = [(one, other) for at, (one, other) in enumerate(pairs, 1) if cased or at in telling]
    return tuple((one.folded, other.folded, question[one.start : other.end]) for one, other in named)


def _named(text: str, found: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    for one, other in pairwise(found):
        if text[other.start].isdigit() or text[other.start].isupper():
            yield one, other


def _is_of(cell: Sequence[Token], value: str, noun: str) -> bool:
    """Whether a cell is a name or a number behind the noun."""
    return len(cell) > 1 and cell[0].folded == noun and bool(list(_named(value, cell[:2])))


def _other_counted(query: Query, row: Row) -> Differ | None:
    """ "Tiêu chí số 20" where the row of a table of "Tên tiêu chí" has another number."""
    asked = _NUMBERED.search(" ".join(token.folded for token in tokens(query.text)))
    counter = next((value for name, value in row.cells.items() if _COUNTER.fullmatch(fold(name))), None)
    if asked is None or counter is None or not any(asked["noun"] in fold(name) for name in row.cells):
        return None
    return (asked[0], counter) if counter != asked["value"] else None


def _other_day(query: Query, row: Row) -> Differ | None:
    """ "Thứ sáu 20/6" where the row is of another day."""
    for pattern in (_DAY, _WEEKDAY):
        asked = set(pattern.findall(fold(query.text)))
        there = [day for value in row.cells.values() for day in pattern.findall(fold(value))]
        if asked and there and not asked & set(there):
            return next(iter(asked)), there[0]
    return None


def _former(query: Query, row: Row) -> Differ | None:
    """ "Thôn Khuổi Mạ" where the row is of the former commune, "Khuổi Mạ (cũ)"."""
    folded = f" {' '.join(query.words)} "
    former = (found for value in row.cells.values() if (found := _WAS.match(value)))
    called = ((fold(found["name"]), found[0]) for found in former)
    return next(
        ((name, said) for name, said in called if re.search(rf" {_VILLAGE} {re.escape(name)} (?!cu )", folded)), None
    )


def _other_column(query: Query, row: Row) -> Differ | None:
    """ "Hộ nghèo năm 2023" where the column that tells the most of what is asked is of other years: "Hộ nghèo 2024"."""
    asked = {str(year) for years in query.years for year in years}
    if len(asked) != 1 or query.expected.kind not in ("number", "percent"):
        return None
    told = {term.folded for term in query.terms} - asked
    dated = {name: set(_YEAR.findall(name)) for name in row.cells}
    said = {name: len(told & {token.folded for token in tokens(name)}) for name in dated}
    most = max(said.values(), default=0)
    best = [name for name in dated if said[name] == most]
    if most < _COLUMN or any(not dated[name] or dated[name] & asked for name in best):
        return None
    return f"năm {next(iter(asked))}", best[0]
