"""Which columns of a table a question asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from corpus.text import fold, tokens
from rag.asked_row import COUNTER, LIGHT, Asked, Place, name_column, syllables
from rag.tables import Table

IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_SHARE = re.compile(r"%|\bt[yi] le\b|\bphan tram\b")
AMOUNT = re.compile(r"\b(?:bao nhieu|may) (?P<noun>\w+(?: \w+)?)")
ANY = frozenset("cai em chau be nguoi chiec".split())  # behind "bao nhiêu": of what kind it is the table says itself
_CHILDREN = frozenset(("tre", "tre em", "hoc sinh", "chau", "em", "be"))  # what is counted as one of the other
_CHANGE = frozenset("tang giam".split())
_ASKING = re.compile(r"\b(?:bao nhieu|bao lau|bao gio|may|nao|gi|ai|dau)\b")
_SHORT = 4  # digits that no number of a row has
_TELLING = 2  # syllables of a question in a cell that tell that its column is asked for
WHO = re.compile(r"\b(?:ai|nguoi nao)\b")
KINDS = (  # what asks for a column that it does not name, and the names of such columns
    (WHO, re.compile(r"\b(?:ho va ten|ho ten|chu tri|nguoi|can bo)\b")),
    (re.compile(r"\b(?:o dau|noi nao|cho nao)\b"), re.compile(r"\b(?:dia diem|noi|dia chi|tru so)\b")),
    (re.compile(r"\b(?:khi nao|luc nao|ngay nao|hom nao)\b"), re.compile(r"\b(?:ngay|thoi gian|thoi diem)\b")),
    (re.compile(r"\b(?:bao lau|may ngay|bao nhieu ngay)\b"), re.compile(r"\b(?:thoi han|thoi gian)\b")),
    (re.compile(r"\bdai (?:bao nhieu|may)\b"), re.compile(r"\bchieu dai\b")),
    (re.compile(r"\brong (?:bao nhieu|may)\b"), re.compile(r"\b(?:chieu rong|dien tich)\b")),
    (re.compile(r"\b(?:duoc|dat) (?:bao nhieu|may)\b"), re.compile(r"\b(?:thuc hien|ket qua)\b")),
    (re.compile(r"\b(?:viec gi|noi dung gi|lam gi)\b"), re.compile(r"\bnoi dung\b")),
)  # fmt: skip


def asked_column(asked: Asked, table: Table, place: Place, over: frozenset[str], share: bool) -> str | None:
    """The one column that the question names, by its whole name or its last part, the longest first; else the one that
    it asks for, or whose cell says the rest of the question. Where a `share` is asked for only columns of shares."""
    known = place.by | {name for name in table.columns if COUNTER.fullmatch(fold(name)) or _numbers_rows(table, name)}
    others = [name for name in table.columns if name not in known and (not share or _SHARE.search(fold(name)))]
    changes = [name for name in others if _CHANGE & syllables([name, place.row.cells.get(name, "")])]
    others = changes if changes and _CHANGE & asked.said else others
    left = _left(asked, place)
    for part in (str, _last_part):
        named = {name: len(label) for name in others if (label := _label(part(name))) and label <= left}
        if named:
            named = {name: length for name, length in named.items() if not _only_counted(asked, name, named)} or named
            return _only(name for name, length in named.items() if length == max(named.values()))
    for asks, names in KINDS:
        if asks.search(asked.folded):
            return _only(name for name in others if names.search(fold(name)))
    if counted := _counted(asked, others):
        return counted
    if not place.by:
        return name_column(table)
    rest = asked.terms - frozenset(_own(place))
    told = {name: len(rest & syllables([place.row.cells.get(name, "")])) for name in others}
    most = max(told.values(), default=0)
    best = _only(name for name, count in told.items() if count == most and count >= _TELLING)
    return best if best and rest - over <= syllables([place.row.cells.get(best, "")]) else None


def _left(asked: Asked, place: Place) -> frozenset[str]:
    """What the question says besides the row's name."""
    return frozenset(Counter(asked.folded.split()) - Counter(_own(place))) | asked.short | LIGHT & asked.said


def _own(place: Place) -> list[str]:
    return [token.folded for name in place.by for token in tokens(place.row.cells[name])]


def further_columns(asked: Asked, table: Table, place: Place, column: str) -> list[str]:
    """The other columns that a question which asks several things names as wholly: "bao nhiêu học sinh, mấy lớp"."""
    if len(_ASKING.findall(asked.folded)) < 2:
        return []
    left = _left(asked, place)
    labels = {name: _label(_last_part(name)) for name in table.columns if name not in place.by and name != column}
    taken = _label(_last_part(column))
    return [name for name, label in labels.items() if label and label <= left and not label & taken]


def _numbers_rows(table: Table, name: str) -> bool:
    """Whether the first column gives each row its number, whatever it is called: "Tiêu chí: 10"."""
    values = [row.cells.get(name, "") for row in table.rows if not row.is_sum]
    if name != table.columns[0] or not all(value.isdecimal() and len(value) < _SHORT for value in values):
        return False
    return all(int(one) < int(other) for one, other in pairwise(values))


def _only_counted(asked: Asked, column: str, named: Iterable[str]) -> bool:
    """Whether a column says of what a part is asked for, which another tells: "bao nhiêu trẻ được tiêm đủ"."""
    amount, label = AMOUNT.search(asked.folded), _label(column)
    behind = asked.folded[amount.start("noun") :].split()[: len(label)] if amount else ()
    return label == set(behind) and any(not label & _label(other) for other in named)


def _counted(asked: Asked, columns: Sequence[str]) -> str | None:
    """The one column in the unit that is asked for, or of what is counted: "bao nhiêu m2", "bao nhiêu cháu"."""
    amount = AMOUNT.search(asked.folded)
    if amount is None:
        return None
    wanted = amount["noun"], amount["noun"].partition(" ")[0]
    in_unit = [name for name in columns if any(fold(unit) in wanted for unit in IN_BRACKETS.findall(name))]
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
    return frozenset(token.folded for token in tokens(IN_BRACKETS.sub(" ", name))) - {"so", "da"}
