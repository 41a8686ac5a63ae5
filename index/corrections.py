"""What a person put right in a document's header: kept over what was read, with who and when.

The reading itself is never lost: a document's history is a list that only grows, and the last word on a field counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Literal, get_args

from corpus.document import Header, Span
from corpus.text import same_tones

Field = Literal["number", "issued_on", "issuer", "kind", "subject", "signer", "place"]
FIELDS: tuple[Field, ...] = get_args(Field)
_PIECE = re.compile(r"\w+|[^\w\s]")
_DAY = re.compile(
    r"ngày\s{0,3}(\d{1,2})\s{1,3}tháng\s{1,3}(\d{1,2})\s{1,3}năm\s{1,3}(\d{4})(?!\d)"
    r"|(?<!\d)(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """One change. `value` None: the document says no such thing; a date is ISO 8601.

    `place` is where the value stands in the canonical text, None where it stands nowhere. `reverted`: what was read
    counts again.
    """

    field: Field
    value: str | None
    place: Span | None
    at: str  # ISO 8601, UTC
    actor: str
    reverted: bool = False

    @property
    def deed(self) -> str:
        """For the audit log, which holds no values: they may be people's names."""
        return "revert" if self.reverted else "set"

    @classmethod
    def of(cls, field: Field, value: str | None, text: str, actor: str) -> Correction:
        place = find_value(text, field, value) if value else None
        return cls(field, value or None, place, _now(), actor)

    @classmethod
    def back(cls, field: Field, actor: str) -> Correction:
        return cls(field, None, None, _now(), actor, reverted=True)


History = tuple[Correction, ...]


def standing(history: Iterable[Correction]) -> dict[Field, Correction]:
    """The last word on each field, less those that were taken back."""
    last = {each.field: each for each in history}
    return {field: each for field, each in last.items() if not each.reverted}


def applied(read: Header, history: Iterable[Correction]) -> Header:
    """The header as corrected; `entered` names what stands nowhere in the text."""
    header = read
    for each in standing(history).values():
        header = _with(header, read, each)
    return header


def carried(old: Header, new: Header, history: Iterable[Correction], text: str) -> History:
    """What of an older version's corrections holds for a new one: those of fields that read the same in both."""
    return tuple(
        replace(each, place=find_value(text, field, each.value) if each.value else None)
        for field, each in standing(history).items()
        if getattr(old, field) == getattr(new, field)
    )


def find_value(text: str, field: Field, value: str) -> Span | None:
    """The first place where the text says it, in capitals or not; of a place its smallest name."""
    if field == "issued_on":
        return _find_day(text, date.fromisoformat(value))
    wanted = value.split(",")[0] if field == "place" else value
    pieces = _PIECE.findall(same_tones(wanted))
    if not pieces:
        return None
    between = (r"\s+" if one[-1].isalnum() and other[0].isalnum() else r"\s*" for one, other in pairwise(pieces))
    pattern = "".join(re.escape(piece) + gap for piece, gap in zip(pieces, (*between, ""), strict=True))
    found = re.search(rf"(?<!\w){pattern}(?!\w)", same_tones(text))
    return Span(*found.span()) if found else None


def history_json(history: Iterable[Correction]) -> str:
    rows = [
        (each.field, each.value, each.place and (each.place.start, each.place.end), each.at, each.actor, each.reverted)
        for each in history
    ]
    return json.dumps(rows, ensure_ascii=False)


def history_from_json(content: str) -> History:
    return tuple(
        Correction(field, value, place and Span(*place), at, actor, reverted)
        for field, value, place, at, actor, reverted in json.loads(content)
    )


def _with(header: Header, read: Header, each: Correction) -> Header:
    names = {"subject", "title"} if each.field == "subject" and each.value else {each.field}
    spans = {name: span for name, span in header.spans.items() if name not in names}
    entered = tuple(name for name in header.entered if name not in names)
    if each.place:
        spans |= dict.fromkeys(sorted(names), each.place)
    elif each.value:
        entered += tuple(sorted(names))
    values: Mapping[str, object] = dict.fromkeys(names, each.value)
    if each.field == "issued_on":
        values = {"issued_on": each.value and date.fromisoformat(each.value)}
    return replace(header, spans=spans, entered=entered, **values)  # type: ignore[arg-type]


def _find_day(text: str, day: date) -> Span | None:
    wanted = (day.day, day.month, day.year)
    for match in _DAY.finditer(text.lower()):
        if tuple(int(part) for part in match.groups() if part) == wanted:
            return Span(*match.span())
    return None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
