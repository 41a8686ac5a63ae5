"""A conversation as a person takes it away: questions, answers, and under each what it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus import official
from corpus.document import Header
from corpus.text import clean
from rag.answer import Citation, Reason
from rag.memory import Conversation, Remembered

REFUSALS: dict[Reason, str] = {
    "not_in_documents": "văn bản trong kho không nói đến",
    "unclear": "câu hỏi chưa đủ rõ",
    "out_of_scope": "ngoài phạm vi của kho văn bản",
    "weak_evidence": "căn cứ tìm được chưa đủ chắc",
}
_UNFIT = re.compile("[\ufffe\uffff]")
CHECKED = "Mỗi đoạn trích dưới đây đúng nguyên văn, đã được đối chiếu với văn bản từng ký tự."


@dataclass(frozen=True, slots=True)
class Source:
    """What a marker of the answer stands for: the quote, the official line, and where in the document it is."""

    marker: int
    quote: str
    basis: str
    place: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A question and its answer. `refusal` says why there is none, "" where there is one."""

    number: int
    at: datetime
    question: str
    understood: str  # "" where it was taken as typed
    answer: str
    refusal: str
    remarks: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    title: str
    made_at: datetime
    entries: tuple[Entry, ...]

    @property
    def refused(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.refusal]

    @property
    def summary(self) -> str:
        """When it was made, how many questions it has, and how many of them the documents did not answer."""
        refused = f", trong đó {len(self.refused)} câu chưa trả lời được" if self.refused else ""
        return f"Xuất lúc {clock(self.made_at)}. {len(self.entries)} câu hỏi{refused}. {CHECKED}"


def clock(moment: datetime) -> str:
    """As the office's clock shows it."""
    return f"{moment.astimezone():%H:%M ngày %d/%m/%Y}"


def transcript(
    conversation: Conversation, turns: Sequence[Remembered], header: Callable[[str], Header | None], now: datetime
) -> Transcript:
    """A conversation with what its documents say of themselves by `header(id)`."""
    entries = tuple(_entry(number, turn, header) for number, turn in enumerate(turns, 1))
    return Transcript(_line(conversation.title), now, entries)


def _entry(number: int, turn: Remembered, header: Callable[[str], Header | None]) -> Entry:
    answer = turn.answer
    question, understood = _line(answer.question), _line(answer.understood)
    gone = tuple(f"Văn bản của trích dẫn [{marker}] không còn trong kho." for marker in turn.withdrawn)
    return Entry(
        number,
        turn.at,
        question,
        "" if _same(question, understood) else understood,
        _fit(answer.answer),
        REFUSALS[answer.reason or "not_in_documents"] if answer.abstained else "",
        (*map(_line, answer.notices), *gone),
        tuple(_source(citation, header(citation.document_id)) for citation in answer.citations),
    )


def _same(question: str, understood: str) -> bool:
    return question.lower().rstrip(" ?.") == understood.lower().rstrip(" ?.")


def _source(citation: Citation, header: Header | None) -> Source:
    kind, subject = (header.kind, header.subject) if header else (None, None)
    page = f"trang {citation.page}" if citation.page else ""
    place = ", ".join(filter(None, [citation.section, page, f"tệp {citation.file}"]))
    return Source(citation.marker, _fit(citation.quote), _line(official.basis(citation, kind, subject)), _line(place))


def _line(text: str) -> str:
    return " ".join(_fit(text).split())


def _fit(text: str) -> str:
    """Text for a file that others open: as it reads, without what cannot be seen, and what XML cannot hold."""
    return _UNFIT.sub("", clean(text))
