"""What a document says of itself, read by rules that know the genres: letterhead, dateline, subject,
signature, byline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from corpus.boilerplate import PRINT_BUTTON, is_portal_page
from corpus.dated import Dated, find_dateline, find_said_date, find_stamp
from corpus.document import Header, Span, Stripped
from corpus.genre import named_kind, number_kind
from corpus.head import NATIONAL, Piece, first_line, head_pieces
from corpus.issuer import is_central, is_office, issuer_name
from corpus.numbered import find_number
from corpus.signature import find_author, find_signer
from corpus.whereabouts import find_place

TITLE_LENGTH = 300
NEWS = "Tin bài"

_ABOUT = re.compile(r"(?:V/v|V/V|v/v|Vv)[ .:]*")
_NOT_SUBJECT = re.compile(
    r"(?:- *)?Kính gửi|Căn cứ|\(|Số\s*:|Điều \d|Chương |CHƯƠNG |Phần |[IVX]{1,4}[.)] |\d{1,2}[.)] |#{1,6} |"
    r"(?:BỘ TRƯỞNG|CHỦ TỊCH|THỦ TƯỚNG|GIÁM ĐỐC|CHÍNH PHỦ|QUỐC HỘI|ỦY BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|"
    r"BAN THƯỜNG VỤ|TRƯỞNG)\b"
)
SUBJECT_LENGTH = 700
_HEADING = re.compile(r"#{1,6} +")
_SHORT_HEADING = 4  # words of a heading below the kind's name that may be a section's: "Mục đích, yêu cầu"


@dataclass(slots=True)
class _Fields:
    """The header while it is being read."""

    spans: dict[str, Span] = field(default_factory=dict)
    kind: str | None = None
    number: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    subject: str | None = None
    signer: str | None = None
    author: str | None = None


def read_header(text: str, file: str, stripped: Sequence[Stripped]) -> Header:
    """The header of a canonical text. Every field that stands in the text has its exact place in
    `Header.spans`."""
    head = head_pieces(text)
    number, dateline = find_number(head), find_dateline(head)
    national = any(NATIONAL.match(piece.text) for piece in head[:12])
    fields = _Fields()
    if number or dateline or national:
        _read_official(fields, text, head, number, dateline)
    else:
        _read_item(fields, text, head, stripped)
    title = fields.subject or _headline(fields, text, file, stripped)
    if "subject" in fields.spans:
        fields.spans["title"] = fields.spans["subject"]
    office = fields.issuer or ""
    place = find_place(text, office, fields.spans, dateline, stripped) if not is_central(office) else None
    if place and place.span:
        fields.spans["place"] = place.span
    return Header(
        title=title,
        kind=fields.kind,
        number=fields.number,
        issued_on=fields.issued_on,
        issuer=_completed(fields.issuer, place.name if place else None),
        subject=fields.subject,
        signer=fields.signer,
        author=fields.author,
        place=place.name if place else None,
        spans=fields.spans,
    )


def _read_official(
    fields: _Fields, text: str, head: list[Piece], number: tuple[str, Span] | None, dateline: Dated | None
) -> None:
    if number:
        fields.number, fields.spans["number"] = number
    named = next((piece for piece in head if named_kind(piece.text, official=True)), None)
    about = next((piece for piece in head if _ABOUT.match(piece.text)), None)
    if named:
        _read_kind(fields, named)
    else:
        fields.kind = number_kind(fields.number) if fields.number else "Công văn" if about else None
    if dated := dateline or find_said_date(text, fields.kind):
        fields.issued_on, fields.spans["issued_on"] = dated.day, dated.span
    _read_issuer(fields, head, named)
    if about or named:
        _read_subject(fields, text, head, about, named)
    if signer := find_signer(text, head[-1].span.end if head else 0):
        fields.signer, fields.spans["signer"] = signer


def _read_kind(fields: _Fields, named: Piece) -> None:
    if found := named_kind(named.text, official=True):
        fields.kind = found[0]
        fields.spans["kind"] = Span(named.span.start, named.span.start + found[1])


def _read_issuer(fields: _Fields, head: list[Piece], named: Piece | None) -> None:
    """The upper-case lines at the top, before the number, the kind or anything in small letters."""
    lines: list[Piece] = []
    for piece in head:
        if NATIONAL.match(piece.text) or not (lines or is_office(piece.text)):
            continue
        if piece is named or not piece.text.isupper() or len(piece.text) < 3 or _is_mark(piece):
            break
        lines.append(piece)
    if name := issuer_name([piece.text for piece in lines]):
        fields.issuer = name
        together = all(head.index(right) - head.index(left) == 1 for left, right in pairwise(lines))
        fields.spans["issuer"] = Span((lines[0] if together else lines[-1]).span.start, lines[-1].span.end)


def _read_subject(fields: _Fields, text: str, head: list[Piece], about: Piece | None, named: Piece | None) -> None:
    """ "V/v …" or the lines under the kind's name, to the next blank line or the next part of the head."""
    started = _from_about(about) if about else _from_kind(fields.spans["kind"], head, named) if named else None
    if started is None:
        return
    first, start = started
    end = first.span.end
    for piece in head[head.index(first) + 1 :]:
        runs_on = not piece.after_blank or piece.text[0].islower()
        if (
            not runs_on
            or not _may_be_subject(piece)
            or text[end - 1] in ".;:"
            or (piece.text[0].isupper() and piece.text.endswith((".", ":")))  # the first sentence of the body
            or piece.span.end - start > SUBJECT_LENGTH
        ):
            break
        end = piece.span.end
    if not any(map(str.isalnum, text[start:end])):
        return
    fields.spans["subject"] = Span(start, end)
    fields.subject = " ".join(text[start:end].split()).rstrip(" .;:,")


def _from_about(about: Piece) -> tuple[Piece, int]:
    mark = _ABOUT.match(about.text)
    return about, about.span.start + (mark.end() if mark else 0)


def _from_kind(kind: Span, head: list[Piece], named: Piece) -> tuple[Piece, int] | None:
    """Behind the kind's name on its line, on the next line, or on a later one that says "Về việc"."""
    rest = named.text[kind.end - named.span.start :]
    if any(map(str.isalnum, rest)):
        return named, named.span.end - len(rest.lstrip(" :"))
    below = [piece for piece in head[head.index(named) + 1 :] if not _is_mark(piece)]
    if below and _may_be_subject(below[0]):
        return below[0], below[0].span.start
    if below and (start := _in_heading(below[0])):
        return below[0], start
    later = next((piece for piece in below if piece.text.startswith(("Về việc ", "V/v "))), None)
    return (later, later.span.start) if later else None


def _in_heading(piece: Piece) -> int | None:
    """Where the subject starts in "## Kết quả rà soát hộ nghèo năm 2024"; None in a section's heading."""
    marks = _HEADING.match(piece.text)
    said = piece.text[marks.end() :] if marks else ""
    is_subject = len(said.split()) > _SHORT_HEADING and not (_NOT_SUBJECT.match(said) or NATIONAL.match(said))
    return piece.span.end - len(said) if is_subject else None


def _is_mark(piece: Piece) -> bool:
    """The number or the dateline."""
    return bool(find_dateline([piece]) or find_number([piece]))


def _may_be_subject(piece: Piece) -> bool:
    return any(map(str.isalnum, piece.text)) and not (
        _NOT_SUBJECT.match(piece.text) or NATIONAL.match(piece.text) or _is_mark(piece)
    )


def _read_item(fields: _Fields, text: str, head: list[Piece], stripped: Sequence[Stripped]) -> None:
    """A text without letterhead: a portal's news item when it is stamped, signed by an author or was set
    in a portal's page."""
    named = next((piece for piece in head[:4] if named_kind(piece.text, official=False)), None)
    stamp, author = find_stamp(text), find_author(text)
    if stamp:
        fields.issued_on, fields.spans["issued_on"] = stamp.day, stamp.span
    if named:
        _read_kind(fields, named)
        _read_subject(fields, text, head, None, named)
        if signer := find_signer(text, head[-1].span.end):
            fields.signer, fields.spans["signer"] = signer
        return
    if not (stamp or author or is_portal_page([piece.reason for piece in stripped])):
        return
    fields.kind = NEWS
    if author:
        fields.author, fields.spans["author"] = author
        if is_office(fields.author):
            fields.issuer, fields.spans["issuer"] = author


def _headline(fields: _Fields, text: str, file: str, stripped: Sequence[Stripped]) -> str:
    """The line that a print button stood behind, or the first one but for a site's name; of an official document
    without a subject, its kind and number."""
    if fields.kind and fields.number:
        return f"{fields.kind} số {fields.number}"
    printed = min((cut.at for cut in stripped if cut.text.strip() == PRINT_BUTTON), default=0)
    piece = first_line(text, printed)  # a slogan may stand above the headline
    if piece is None:
        return file
    line = piece.text.lstrip("#*> ")
    start = piece.span.end - len(line)
    if len(line) > TITLE_LENGTH:
        line = line[:TITLE_LENGTH].rsplit(" ", 1)[0]
    fields.spans["title"] = Span(start, start + len(line))
    return " ".join(line.split())


def _completed(issuer: str | None, place: str | None) -> str | None:
    """ "Ban Dân vận Huyện ủy" with the place "huyện Mỹ Lộc, …" is that district's."""
    levels = {
        "Huyện ủy": "huyện ",
        "Tỉnh ủy": "tỉnh ",
        "UBND huyện": "huyện ",
        "UBND xã": "xã ",
        "huyện": "huyện ",
        "tỉnh": "tỉnh ",
    }
    for ending, level in levels.items():
        if issuer and place and issuer.endswith(ending):
            names = [part.removeprefix(level) for part in place.split(", ") if part.startswith(level)]
            return f"{issuer} {names[0]}" if names else issuer
    return issuer
