"""Answer or abstain: which findings are quoted, how sure that is, and the reason when nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from corpus.document import Document
from corpus.text import fold
from rag.answer import Reason
from rag.articles import heading_of, heading_over
from rag.attendance import asks_attendance, attendance
from rag.cells import cells
from rag.compose import Quote, quote_of
from rag.confidence import confidence, model, signals, wide
from rag.constraints import Mismatch
from rag.courtesy import courtesy
from rag.expected import asked_part
from rag.extract import Finding, unpinned
from rag.gather import gather, run_on, taken_back
from rag.items import whole_list
from rag.language.document_numbers import find_document_numbers, matches
from rag.language.syllables import is_folded
from rag.listed_under import listed_under
from rag.nth_item import only_asked
from rag.own_header import from_header, points_at
from rag.singled_out import confirms, contradicted
from rag.specific import specific
from rag.summary import asks_summary, names_section, summary
from rag.terms import words
from rag.told_beside import with_beside
from rag.understand import Query

_OUTSIDE = 0.35  # share of the question's weight found anywhere near, under which it is about something else
_POINTED_SURE = 0.95  # confidence in what the header of a document that is named says
_LISTED_SURE = 0.9  # … in the sentences that say of a meeting who was there
_WEAK = 0.6  # share of the threshold from which evidence is called weak rather than absent


@dataclass(frozen=True, slots=True)
class Decision:
    """Quotes to answer with, or a reason not to. `confidence` is the estimated probability that the answer is right."""

    quotes: tuple[Quote, ...]
    confidence: float
    reason: Reason | None = None
    against: Mismatch | None = None
    opening: str = ""  # the program's own sentence before the quotes: that they differ
    notes: tuple[str, ...] = ()  # the program's own sentences behind the quotes: a part that is not told, a sum
    settled: bool = False  # whole as it is: an LLM would only leave something out
    complete: bool = False  # each of several things that are asked for is told

    @property
    def may_be_written(self) -> bool:
        """Whether an LLM may say it in its own words: what is refused to one writer is refused to the other."""
        return self.reason is None and not self.settled


def decide(query: Query, findings: Sequence[Finding], documents: dict[str, Document]) -> Decision:
    """The header answers questions about a document itself; the best finding the rest, when it is sure enough."""
    if polite := courtesy(query.asked):
        return Decision((), 0.0, "out_of_scope", Mismatch("courtesy", polite))
    if not is_language(query) or says_little(query):
        return Decision((), 0.0, "unclear")
    if asks_summary(query) and (summed := _summed_up(query, findings, documents)):
        return summed
    if said := from_header(query, findings, documents):
        return Decision(said.quotes, _POINTED_SURE, notes=said.notes, settled=True)
    if asks_attendance(query) and (present := attendance(query, findings, documents)):
        return Decision(present, _LISTED_SURE, notes=(_read_from(1, findings),), settled=True)
    within = [documents[id] for id in dict.fromkeys(finding.document.id for finding in findings)]
    if asked_part(query.text) and (heading := heading_of(query, within)):
        return Decision(heading, _LISTED_SURE, settled=True)
    if listed := listed_under(query, within):
        note = listed.note or _read_from(1, findings)
        return Decision(listed.quotes, _LISTED_SURE, notes=(note,), settled=True)
    if (told := cells(query, findings, documents)) is not None:
        reason: Reason | None = None if told.quotes else "not_in_documents"
        return Decision(told.quotes, _LISTED_SURE, reason, settled=True, complete=told.several)
    standing = [finding for finding in findings if finding.against is None]
    if not standing:
        told_nowhere = bool(findings) and _is_outside(query, findings[0])
        reason = "out_of_scope" if told_nowhere else "not_in_documents"
        return Decision((), 0.0, reason, _difference(query, findings))
    best = _whole(query, specific(query, standing))
    standing = [best, *(finding for finding in standing if finding.unit.span.start != best.unit.span.start)]
    sure = confidence(signals(unpinned(query, light=0.0), best, findings))
    if sure >= bar(query) and not _nearer(findings, best):
        if asked_part(query.text):
            heading = heading_over(query, best)
            return Decision(heading, sure, None if heading else "weak_evidence", settled=True)
        found = only_asked(query, whole_list(query, gather(query, standing), standing, partial(is_sure, query)))
        if not found:
            return Decision((), sure, "not_in_documents")
        notes = (*_otherwise(query, best), *_looked_at(query, found, findings))
        return Decision(tuple(quote_of(finding) for finding in found), sure, notes=notes)
    return Decision((), sure, _reason(query, best, sure), _closer(findings, best))


def _whole(query: Query, finding: Finding) -> Finding:
    """The finding, with the rest of its sentence where a list is asked for, or with the sentence that takes it back."""
    told = run_on(finding.unit, many=True) if query.expected.many else taken_back(with_beside(query, finding.unit))
    return finding if told is finding.unit else replace(finding, unit=told)


def _summed_up(query: Query, findings: Sequence[Finding], documents: dict[str, Document]) -> Decision | None:
    """The summary of the document that the question points at, or of the section that it names there."""
    ids = dict.fromkeys(finding.document.id for finding in findings)
    meant = next((documents[id] for id in ids if points_at(query, documents[id])), None)
    quotes = summary(query, meant) if meant else ()
    if quotes:
        return Decision(quotes, _POINTED_SURE)
    return Decision((), 0.0, "not_in_documents") if meant and names_section(query) else None


def is_sure(query: Query, finding: Finding) -> bool:
    """Whether a finding alone would be answered with."""
    return confidence(signals(unpinned(query, light=0.0), finding)) >= bar(query)


def bar(query: Query) -> float:
    """The confidence from which the question is answered."""
    chosen = query.tuning.threshold
    return model().threshold if chosen is None else chosen


def _otherwise(query: Query, best: Finding) -> tuple[str, ...]:
    """That the figure to be confirmed is another one in the document."""
    differ = contradicted(query, best.unit) if confirms(query) else None
    return (f"Tài liệu nêu {differ[1]}, không nêu {differ[0]}.",) if differ else ()


def _looked_at(query: Query, found: Sequence[Finding], findings: Sequence[Finding]) -> tuple[str, ...]:
    """Where a list comes from, when one is asked for or it comes from more than one document."""
    told = {finding.document.id for finding in found}
    return (_read_from(len(told), findings),) if len(told) > 1 or query.expected.many else ()


def _read_from(told: int, findings: Sequence[Finding]) -> str:
    read = {finding.document.id for finding in findings}
    return f"Danh sách này lấy từ {told} trong {len(read)} tài liệu đã xem."


_PINNED = ("number", "place", "name", "year", "period", "rank", "ordinal", "office")
_MARGIN = 3.0  # logits


def _nearer(findings: Sequence[Finding], best: Finding) -> bool:
    """Whether another finding says far more of what is asked, but of another place, year, person or part."""
    own = fold(best.unit.quote)

    def told(against: Mismatch) -> bool:
        return against.kind == "place" and fold(against.what) in own  # it says the place itself

    ahead = (f.against for f in findings if f.against and f.score > best.score + _MARGIN)
    return any(against.kind in _PINNED and not told(against) for against in ahead)


_TELLING = ("year", "period", "ordinal", "name", "office", "rank")  # told only of what is of the right place


def _difference(query: Query, findings: Sequence[Finding]) -> Mismatch | None:
    """What rules out the best finding, or one close behind it of the right place; a title, which every question near it
    meets, only when nothing else does."""
    ruled_out = [finding for finding in findings if finding.against]
    if any(one.against and one.against.kind == "number" for one in ruled_out) and _is_mentioned(query, findings):
        ruled_out = [one for one in ruled_out if one.against and one.against.kind != "number"]
    best = next((one for one in ruled_out if one.against and one.against.kind != "title"), next(iter(ruled_out), None))
    if best is None or best.against is None or best.against.kind != "place":
        return best.against if best else None
    close = (one.against for one in ruled_out if one.score > best.score - _MARGIN)
    return next((against for against in close if against and against.kind in _TELLING), best.against)


def _is_mentioned(query: Query, findings: Sequence[Finding]) -> bool:
    """Whether a document that is asked about is named in one of the passages."""
    texts = {finding.chunk.id: finding.chunk.text for finding in findings}
    there = [number for text in texts.values() for number in find_document_numbers(text)]
    return any(matches(asked, number) for asked in query.numbers for number in there)


def is_language(query: Query) -> bool:
    """Whether at least half of the words could be Vietnamese: neither "asdf qwer zxcv" nor "2 + 2" is a question."""
    spelt = [word for word in query.words if not word[0].isdigit()]
    return bool(query.numbers) or (bool(spelt) and sum(is_folded(word) for word in spelt) * 2 >= len(spelt))


def says_little(query: Query) -> bool:
    """Whether nothing but a figure, a time or a single word is left of the question: "2 + 2 bằng mấy", "kết quả"."""
    if query.places or query.numbers or query.names or query.field or query.summary:
        return False
    told = [word for word in words(unpinned(query, light=0.0).terms) if word.weight and not word.syllables[0].isdigit()]
    return len(told) <= 1


def _reason(query: Query, best: Finding, sure: float) -> Reason:
    if len(query.terms) < 2 and not query.numbers:
        return "unclear"
    if _is_outside(query, best):
        return "out_of_scope"
    return "weak_evidence" if sure >= _WEAK * bar(query) else "not_in_documents"


def _is_outside(query: Query, best: Finding) -> bool:
    """Whether hardly anything of the question stands anywhere near what is best for it."""
    return wide(query, best)[0] < _OUTSIDE and not (query.places or query.numbers)


def _closer(findings: Sequence[Finding], best: Finding) -> Mismatch | None:
    """What ruled out a finding that scored better than the best one that stands: the difference worth telling."""
    ruled_out = [
        finding.against
        for finding in sorted(findings, key=lambda finding: -finding.score)
        if finding.score > best.score and finding.against and finding.against.kind != "number"
    ]
    return ruled_out[0] if ruled_out else None
