"""A verified answer as the page draws it: cards, chips, notes, the words to copy; and what a card or chip opens."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus import official
from ui.schemas import Answer, Citation, Passage
from ui.talk.scope import named
from ui.talk.session import Reading, Turn, document
from ui.talk.text import day, joined, short

SURE, FAIRLY_SURE = 0.8, 0.5  # confidence is the estimated probability that the answer is right
MORE = 4  # passages beside those cited
MARKER = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Source:
    """A card. Ids are "c1" for citation 1, "p1" for passage 1; `opens` are all that the card stands for."""

    id: str
    title: str
    meta: str
    opens: list[str]
    badges: list[str] = field(default_factory=list)
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the answer's text, or a chip that opens a source."""

    text: str
    source: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What `components/answer.js` draws."""

    parts: list[Part]
    sources: list[Source]
    more: list[Source]
    more_label: str
    current: str
    abstained: bool
    understood: str
    note: str
    copy: str
    within: str  # where it was looked for; "" for everywhere
    printable: bool  # whether the conversation is printed from here


def view(turn: Turn, answer: Answer, current: str, printable: bool) -> AnswerView:
    """The answer as the page draws it; chips only for citations that are there."""
    cited = {citation.marker: citation for citation in answer.citations}
    rest = [
        _passage_source(number, passage)
        for number, passage in enumerate(answer.passages, 1)
        if not any(_holds(passage, citation) for citation in answer.citations)
    ][:MORE]
    return AnswerView(
        parts=_parts(answer.answer, cited),
        sources=_cited_sources(answer.citations),
        more=rest,
        more_label="Những đoạn gần với câu hỏi nhất" if answer.abstained else "Đoạn liên quan khác",
        current=current,
        abstained=answer.abstained,
        understood="" if _same(answer.understood, answer.question) else answer.understood,
        note="" if answer.abstained else joined(_note(answer), *answer.notices),
        copy="" if answer.abstained else _copy(answer),
        within=named(turn.narrowing),
        printable=printable,
    )


def _holds(passage: Passage, citation: Citation) -> bool:
    same = passage.document_id == citation.document_id
    return same and passage.start <= citation.start and citation.end <= passage.end


def _same(understood: str, question: str) -> bool:
    return " ".join(understood.lower().split()).rstrip(" ?.") == " ".join(question.lower().split()).rstrip(" ?.")


def _parts(text: str, cited: dict[int, Citation]) -> list[Part]:
    parts, position = list[Part](), 0
    for match in MARKER.finditer(text):
        citation = cited.get(int(match[1]))
        if citation is None:
            continue  # not one of ours: it stays plain text
        parts.append(Part(text[position : match.start()].rstrip(" ")))
        parts.append(Part(match[1], f"c{match[1]}", f"Mở trích dẫn {match[1]}: {_name(citation)}"))
        position = match.end()
    return [*parts, Part(text[position:])]


def _name(citation: Citation) -> str:
    known = document(citation.document_id)
    return official.name(citation, known.kind if known else None)


def _basis(citation: Citation) -> str:
    known = document(citation.document_id)
    return official.basis(citation, known.kind if known else None, known.subject if known else None)


def _cited_sources(citations: list[Citation]) -> list[Source]:
    """One card a document, with the numbers that cite it; it opens at the first."""
    grouped = dict[str, list[Citation]]()
    for citation in citations:
        grouped.setdefault(citation.document_id, []).append(citation)
    return [_cited_source(each) for each in grouped.values()]


def _cited_source(citations: list[Citation]) -> Source:
    first, ids = citations[0], [f"c{citation.marker}" for citation in citations]
    sections = list(dict.fromkeys(citation.section for citation in citations if citation.section))
    page = f"trang {first.page}" if first.page else ""
    meta = joined(day(first.issued_on), "; ".join(sections) or first.issuer, page)
    return Source(ids[0], short(first, document(first.document_id)), meta, ids, [id[1:] for id in ids])


def _passage_source(number: int, passage: Passage) -> Source:
    id, known = f"p{number}", document(passage.document_id)
    if known is None:
        return Source(id, "Văn bản đã bị xóa", "", [id], quote=passage.text)
    return Source(id, short(known, known), joined(day(known.issued_on), known.issuer), [id], quote=passage.text)


def reading(answer: Answer, chosen: str, source: str) -> Reading | None:
    """What a card or chip opens."""
    number = int(chosen[1:])
    if chosen.startswith("p"):
        passage = answer.passages[number - 1]
        return Reading(passage.document_id, passage.start, passage.end, source=source)
    for citation in answer.citations:
        if citation.marker == number:
            start, end = citation.start, citation.end
            return Reading(citation.document_id, start, end, citation.section, citation.page, source)
    return None


def _note(answer: Answer) -> str:
    if answer.confidence >= SURE:
        return "Độ chắc chắn: cao"
    if answer.confidence >= FAIRLY_SURE:
        return "Độ chắc chắn: vừa, nên đọc lại nguyên văn"
    return "Độ chắc chắn: thấp, hãy đọc nguyên văn trước khi dùng"


def _copy(answer: Answer) -> str:
    """The answer for pasting into a letter, with what it rests on."""
    lines = dict.fromkeys(map(_basis, answer.citations))
    words = MARKER.sub("", answer.answer).replace(" .", ".").strip()
    return words + "\n\n" + "\n".join(f"({line})" for line in lines)
