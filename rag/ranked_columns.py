"""Which column of a table has the figures that are to be compared, and what figure a cell has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from itertools import takewhile

from corpus.document import Document, Span
from corpus.text import fold
from rag.asked_row import COUNTER, name_column
from rag.evidence import held_words
from rag.language.numbers import parse_figure
from rag.superlatives import HELD, Superlative
from rag.synonyms import also_said
from rag.tables import Table
from rag.terms import Word, content_terms
from rag.understand import Query
from rag.units import unit

_SHARE = re.compile(r"\bt[yi] le\b|%|\bphan tram\b")
_BARE_SHARE = re.compile(r"\W*(?:(?:t[yi] le|phan tram|dat|so|%)\W*)+")  # "Tỷ lệ (%)": of the columns before it
_FIGURE = re.compile(r"(?:(?P<change>tăng|giảm)\s+)?(?P<figure>\d+(?:[.,]\d+)*)(?: ?(?:%|[^\W\d_][^\d]{0,15}))?", re.I)
_PLANNED = re.compile(r"\b(?:ke hoach|chi tieu|muc tieu|du kien|duoc giao)\b")
_COUNTED = frozenset(  # what a column of "Quá hạn" counts, and may leave to the table's title
    "ho so truong hop vu viec luot nguoi dan tre em hoc sinh don cai".split()
)
_OFFICES = frozenset("trung tam phong ban so chi cuc uy ban truong".split())
_OF_TABLE = frozenset(
    "bang bieu khi ke hoach danh muc sach bao cao thong tong hop".split()
)  # in which it is looked for
_CHANGES = frozenset("tang giam".split())


def column_of(query: Query, asked: Superlative, table: Table, section: str | None, document: Document) -> str | None:
    """The one column of figures that says what is asked for; or the only one, where the table's title says it."""
    figures = [name for name in table.columns if _holds_figures(asked, table, name) and _may_be(query, asked, name)]
    group = next((row.group.of(document.text) for row in table.rows if row.group), "")
    title = f"{table.above}. {section or ''}. {document.header.title}"
    around, issuer = f"{title}. {group}", document.header.issuer or ""
    below = document.text[table.span.end :].lstrip().partition("\n")[0]
    told = {name: _told_by(table, name) for name in figures}
    says = partial(_says_with, asked, around=around, issuer=issuer, below=below)
    said = {name: _weight(asked, told[name]) for name in figures if says(told[name])}
    if said:
        best = max(said.values())
        chosen = [name for name, weight in said.items() if weight == best]
        return chosen[0] if len(chosen) == 1 else None
    return figures[0] if len(figures) == 1 and _says(asked.words, f"{told[figures[0]]}. {title}") else None


def value_of(asked: Superlative, cell: str) -> Decimal | None:
    """The figure of a cell; where a rise or a fall is asked for, the other counts against it."""
    found = _FIGURE.fullmatch(cell.strip())
    figure = parse_figure(found["figure"]) if found else None
    change = fold(found["change"] or "") if found else ""
    wanted = _CHANGES & _syllables(asked)
    if figure is None or (change and not wanted):
        return None
    return -figure if change and change not in wanted else figure


def years_in(text: str) -> set[int]:
    """The years that stand in a text."""
    return {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)}


def _syllables(asked: Superlative) -> set[str]:
    return {syllable for word in asked.words for syllable in word.syllables}


def _told_by(table: Table, column: str) -> str:
    """A column's name; of "tăng 5", "giảm 2" also that, of a bare "Tỷ lệ (%)" what it is reckoned from."""
    if any(_CHANGES & set(fold(row.cells.get(column, "")).split()) for row in table.rows):
        return f"{column} tăng giảm"
    if not _BARE_SHARE.fullmatch(fold(column)):
        return column
    before = reversed(table.columns[: table.columns.index(column)])
    counted = takewhile(lambda name: name != name_column(table) and not _SHARE.search(fold(name)), before)
    return " ".join((column, *counted))


def _may_be(query: Query, asked: Superlative, column: str) -> bool:
    """Whether a column is of the year asked for, a share where one is asked for, and no plan unless that is."""
    label, question = fold(column), fold(query.text)
    years = years_in(column)
    planned = _PLANNED.search(label)
    return (
        bool(_SHARE.search(label)) == asked.share
        and (not years or not query.years or any(set(period) & years for period in query.years))
        and (planned is None or planned[0] in question)
    )


def _holds_figures(asked: Superlative, table: Table, column: str) -> bool:
    """Whether a column has figures in one spelling: "1.200" beside "2.5" may be either. Cells in another unit have none
    to compare, but for the most."""
    cells = [row.cells[column] for row in table.rows if row.cells.get(column, "").strip(" -–")]
    values = {cell: value for cell in cells if (value := value_of(asked, cell)) is not None}
    if COUNTER.fullmatch(fold(column)) or not values:
        return False
    if len(values) < len(set(cells)) and not _are_less(asked, cells, max(values.values())):
        return False
    units = {re.sub(r"[\d.,\s]|tăng|giảm", "", cell) for cell in values}
    marks = {(mark, len(digits) == 3) for cell in values for mark, digits in re.findall(r"([.,])(\d+)", cell)}
    return len(units) == 1 and not any((mark, not whole) in marks for mark, whole in marks)


def _are_less(asked: Superlative, cells: Sequence[str], most: Decimal) -> bool:
    """Whether what has no figure to compare cannot be the most: "Miễn phí", "8.000/bản" beside 1.500.000."""
    others = [cell for cell in cells if value_of(asked, cell) is None]
    figures = [parse_figure(figure) for cell in others for figure in re.findall(r"\d+(?:[.,]\d+)*+", cell)]
    return asked.most and all(figure is not None and figure < most for figure in figures)


def _says(asked: Sequence[Word], text: str) -> bool:
    return held_words(asked, *_held(text))[0] >= HELD


def _held(text: str) -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
    """The syllables and pairs of a text, and of what says the same."""
    this = unit(also := f"{text}. {also_said(text)}", Span(0, len(also)))
    return frozenset(this.found), frozenset(this.pairs)


def _says_with(asked: Superlative, column: str, around: str, issuer: str, below: str) -> bool:
    """Whether a column's name says what is asked for, but for what is said over its table and of whose it is, and for
    what is counted, which may stand below the table, too."""
    if _says(asked.words, column):
        return True
    own = [word for word in asked.words if _says([word], column)]
    lacking = [word for word in asked.words if word not in own and not set(word.syllables) <= _OF_TABLE]
    counted = [word for word in lacking if set(word.syllables) <= _COUNTED]
    office = [word for word in lacking if _says([word], issuer)]
    named = office if len(office) > 1 else [word for word in office if set(word.syllables) <= _OFFICES]
    told = [word for word in lacking if word not in counted and word not in named]
    return len(told) <= len(own) > 0 and _say_all(told, around) and _say_all(counted, f"{around}. {below}")


def _say_all(asked: Sequence[Word], text: str) -> bool:
    return not asked or held_words(asked, *_held(text))[0] == 1


def _weight(asked: Superlative, column: str) -> tuple[float, float]:
    """How much of what is asked for a column's name says, and how much of the name that is."""
    said = held_words(asked.words, *_held(column))[0]
    own = content_terms(column)
    return said, sum(term.folded in _syllables(asked) for term in own) / max(1, len(own))
