"""Who attended: every one of a meeting's list, a quote each, out of the sentences that tell it and the lines under
them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.document import Document, Span
from corpus.sentences import clauses, sentences
from corpus.text import tokens
from rag.compose import Quote, trimmed
from rag.constraints import mismatch
from rag.evidence import held_words
from rag.extract import Finding
from rag.gather import list_items
from rag.language.dates import find_dates
from rag.terms import Word, words
from rag.understand import Query
from rag.units import unit

_MOST = 30  # quotes
_HELD = 0.75  # of the meeting's words that stand in the sentence, before it, over it or in the title
_BEFORE = 700  # characters before a sentence in which its meeting is named
_NO_PRESENCE = r"(?! (?:kiến|toán|án|thảo|báo|phòng|trữ|bị|định|thi|tính|nguồn|luật))"
_WHO = re.compile(
    r"(?<!\w)(?:những ai|ai|(?:đồng chí|người|vị|đại biểu|lãnh đạo|cơ quan|đơn vị|đại diện)(?: [^\W\d]+){0,3} nào"
    r"|(?:lãnh đạo )?những (?:đồng chí|người|đại biểu|cơ quan|đơn vị|lãnh đạo)|(?:các )?đại biểu|thành phần)(?!\w)",
    re.I,
)
_ATTEND = re.compile(rf"(?<!\w)(?:(?:tham|đến|về|cùng) )?dự(?!\w){_NO_PRESENCE}|(?<!\w)có mặt(?!\w)", re.I)
_EVENT = r"(?:hội nghị|hội thảo|hội thi|cuộc họp|buổi|lễ|đại hội|kỳ họp|phiên họp|tọa đàm|chương trình|họp|diễn đàn)"
_TOLD = re.compile(
    r"(?:(?:tới|đến|tham|về|cùng) )?dự(?:,| và| cùng| chỉ đạo| phát biểu| chủ trì)*(?: [^.;:,]{0,60}?)?"
    r"(?:có|gồm)(?!\w)"
    rf"|(?:tham gia|có mặt)(?: (?:dự|tại))? {_EVENT}[^.;:]{{0,60}}?(?:có|gồm)(?!\w)"
    rf"|thành phần(?: (?:tham )?dự)?[^.;:]{{0,30}}?(?:gồm|có|:)"
    rf"|(?:[^.;:]{{0,80}} )?(?:có )?sự (?:tham dự|tham gia|có mặt) của(?!\w)",
    re.I,
)
_ROLE = re.compile(r"(?<!\w)(?:chủ trì|chỉ đạo|phát biểu|kết luận|khai mạc|điều hành|trình bày)(?!\w)", re.I)
_MEETING = re.compile(r"(?<!\w)(?:cuộc|buổi)(?: họp| lễ)?(?!\w)", re.I)  # any of them
_NOT_YET = re.compile(r"(?<!\w)(?:không|chưa|vắng)(?!\w)", re.I)


def asks_attendance(query: Query) -> bool:
    """Whether a question asks who was there: "ai dự hội nghị", "thành phần tham dự"."""
    text = query.text
    other = _NOT_YET.search(text) or _ROLE.search(text)  # "ai dự và chỉ đạo" asks for one of them
    return bool(_ATTEND.search(text) and _WHO.search(text) and not other)


def attendance(query: Query, findings: Sequence[Finding], documents: dict[str, Document]) -> tuple[Quote, ...]:
    """The whole list of the first document that tells who attended the meeting; none where no document does."""
    event = _event(query)
    for id in dict.fromkeys(finding.document.id for finding in findings):
        quotes = list(_listed(query, event, documents[id]))[:_MOST]
        if quotes:
            return tuple(quotes)
    return ()


def _event(query: Query) -> tuple[Word, ...]:
    """The words for the meeting: the question's without the asking, places and days, which `constraints` hold to."""
    cut = [Span(*match.span()) for pattern in (_WHO, _ATTEND, _MEETING) for match in pattern.finditer(query.text)]
    cut += [*(place.span for place in query.places), *(day.span for day in query.dates)]
    found = tokens(query.text)
    return words(
        tuple(t for t in query.terms if not any(span.start <= found[t.position].start < span.end for span in cut))
    )


def _listed(query: Query, event: Sequence[Word], document: Document) -> Iterator[Quote]:
    text = document.text
    for sentence in sentences(text):
        start = sentence.start + len(sentence.of(text)) - len(sentence.of(text).lstrip())
        if not _TOLD.match(text, start, sentence.end) or _NOT_YET.search(sentence.of(text)):
            continue
        if _is_of(query, event, document, sentence) and mismatch(query, unit(text, sentence), document, None) is None:
            for item in (*clauses(text, sentence), *(line.span for line in list_items(unit(text, sentence)))):
                yield Quote(document, trimmed(text, item), None)


def _is_of(query: Query, event: Sequence[Word], document: Document, sentence: Span) -> bool:
    """Whether a sentence stands where the meeting is spoken of, and no other year."""
    around = f"{document.header.title}. {document.text[max(0, sentence.start - _BEFORE) : sentence.end]}"
    there = unit(around, Span(0, len(around)))
    share, _ = held_words(event, there.found, there.pairs)
    years = {day.start.year for day in find_dates(around) if day.start}
    return (not event or share >= _HELD) and (not years or all(period & years for period in query.years))
