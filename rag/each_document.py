"""Header fields of several documents at once: who signed each of those that are listed, or that were just told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Document
from corpus.places import PlaceMention
from corpus.text import fold
from rag.answer import Turn
from rag.compose import Quote, header_quote, introduction
from rag.courtesy import courtesy
from rag.expected import expected
from rag.language.document_numbers import find_document_numbers
from rag.metadata import HeaderField, asked_field, header_span
from rag.own_header import Said
from rag.terms import content_terms
from rag.understand import Query, put_as
from rag.wanted import wanted

_POINTED = "các văn bản vừa nêu"  # behind a follow-up that was understood so
_KIND = (
    r"(?:cong van|van ban|nghi quyet|quyet dinh|chi thi|bao cao|ke hoach|thong bao|ket luan|to trinh|huong dan|thong tu"
    r"|nghi dinh|bai viet|bai|tin|tai lieu|cai)"
)
_BACK = r"(?:do|ay|nay|kia|tren|vua (?:neu|roi|liet ke|ke)|ke tren|noi tren|o tren)"
_EACH = re.compile(
    rf"(?:cua |do )?(?:(?:tat ca |ca )?(?:cac|nhung|hai|ba|bon|nam|sau|bay|(?<!\d)\d{{1,3}}|may) {_KIND} {_BACK}"
    rf"|(?:tung|moi)(?: mot)? {_KIND}(?: {_BACK})?|(?:chung|tat ca))\b"
)
_NTH = re.compile(
    rf"\b{_KIND} (?:(?:thu|so) (?P<word>nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi|\d{{1,2}})|(?P<first>dau tien|dau)"
    rf"|(?P<last>cuoi cung|cuoi|sau cung))\b(?! nam| thang)"
)
_WORDS = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_ALONE: tuple[tuple[HeaderField, re.Pattern[str]], ...] = (
    ("issued_on", re.compile(r"(?:vao |tu )?(?:ngay nao|hom nao|khi nao|bao gio|ngay may|ngay thang nao)")),
    ("recipients", re.compile(r"(?:gui )?(?:cho |den )?(?:ai|nhung ai|dau)")),
    ("number", re.compile(r"so may|so bao nhieu|so hieu|so ky hieu(?: gi| nao)?")),
)
_CUT = re.compile(r"(?:(?<! ) +)?[,;?] *(?:va |thi )?| va | (?=do ai ky\b)|(?<!\bdo) (?=ai (?:la nguoi )?ky\b)")
_NAME = 6  # content terms of a document's name with its number
_BARE = 3  # content terms of a question that leaves out which documents it is about


def fields_of(question: str) -> tuple[HeaderField, ...]:
    """The header fields that every piece of a text asks for: "ai ký, ngày nào"; none where one asks something else."""
    said = _NTH.sub(" ", _EACH.sub(" ", fold(question))).strip(" ?.!")
    found = [_field(" ".join(piece.split())) for piece in _CUT.split(said) if piece.strip()]
    return tuple(dict.fromkeys(field for field in found if field)) if all(found) else ()


def _field(said: str) -> HeaderField | None:
    alone = next((field for field, pattern in _ALONE if pattern.fullmatch(said)), None)
    asked = asked_field(f"van ban {said}")
    return alone or (asked if asked and len(content_terms(said)) <= _BARE else None)


def with_fields_behind(question: str) -> tuple[str, tuple[HeaderField, ...]]:
    """A question cut where it goes on to ask for fields of each document: "những công văn nào về rừng" and "ai ký"."""
    for cut in _CUT.finditer(fold(question)):
        if cut.start() and (fields := fields_of(question[cut.end() :])):
            return question[: cut.start()], fields
    return question, ()


def is_named_by(text: str) -> bool:
    """Whether a text only names a document by its number: "công văn số 118-CV/BDVHU"."""
    return bool(find_document_numbers(text)) and len(content_terms(text)) <= _NAME and expected(text).kind == "other"


def pointing(whole: Query, alone: Query, history: Sequence[Turn], known: Sequence[PlaceMention]) -> Query:
    """The question as it stands `alone`, where it is about documents that the turn before told; else made `whole`."""
    last = next((turn for turn in reversed(history) if not courtesy(turn.question)), None)
    meant = _meant(alone, last, known) if last else ()
    if not meant:
        return whole
    fields = fields_of(alone.text)
    text = f"{alone.text.rstrip(' ?.!')} ({_POINTED})" if fields and len(meant) > 1 else alone.text
    return replace(put_as(alone, text, known), meant=meant, each=fields)


def _meant(alone: Query, last: Turn, known: Sequence[PlaceMention]) -> tuple[str, ...]:
    """Each document that was told, or "văn bản thứ hai" of them; none where the question is about something else."""
    if last.abstained or not last.document_ids or alone.numbers:
        return ()
    if nth := _nth(alone.text, len(last.document_ids)):
        return (last.document_ids[nth - 1],)
    if not fields_of(alone.text):
        return ()
    if _EACH.search(fold(alone.text)):
        return last.document_ids
    listed = _POINTED in last.understood or wanted(put_as(alone, last.understood, known)) is not None
    return last.document_ids if listed and len(content_terms(alone.text)) <= _BARE else ()


def _nth(question: str, n: int) -> int:
    """Which of the documents is meant, from 1; 0 where none is, or there are not as many."""
    found = _NTH.search(fold(question))
    if found is None or n < 2:
        return 0
    word = found["word"]
    at = n if found["last"] else 1 if word is None else int(word) if word.isdigit() else _WORDS.index(word) + 1
    return at if at <= n else 0


def of_each(documents: Sequence[Document], fields: Sequence[HeaderField]) -> Said:
    """A quote for each field of each document, and what headers leave out."""
    quotes, lacking = list[Quote](), list[str]()
    for document in documents:
        spans = [(field, header_span(document, field)) for field in fields]
        quotes += [header_quote(document, field, span) for field, span in spans if span]
        if missing := [_NAMES.get(field, field) for field, span in spans if span is None]:
            lacking.append(f"Không đọc được {', '.join(missing)} của {introduction(document)}.")
    return Said(tuple(quotes), tuple(lacking))


def behind_each(quotes: Sequence[Quote], fields: Sequence[HeaderField]) -> Said:
    """The quotes that name documents, behind each of them its fields."""
    each = [(quote, of_each([quote.document], fields)) for quote in quotes]
    told = tuple(one for quote, own in each for one in (quote, *own.quotes))
    return Said(told, tuple(note for _, own in each for note in own.notes))


_NAMES: dict[HeaderField, str] = {
    "issued_on": "ngày ban hành",
    "signer": "người ký",
    "post": "chức vụ người ký",
    "author": "người viết",
    "issuer": "cơ quan ban hành",
    "recipients": "nơi được gửi",
    "copies": "nơi nhận",
    "basis": "căn cứ",
    "kind": "loại văn bản",
    "number": "số, ký hiệu",
    "subject": "trích yếu",
    "title": "tên",
}
