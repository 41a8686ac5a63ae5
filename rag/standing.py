"""Whether a quoted document still holds: which other replaced, revoked or amended it, and how old it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from corpus.document import Span
from corpus.links import Relation
from corpus.text import fold
from index.links import StoredLink, links_from, links_to
from index.snapshot import Snapshot
from rag.answer import Citation
from rag.compose import Quote, citation, introduction, trimmed
from rag.links import WORDS
from rag.understand import Query

_ENDING: tuple[Relation, ...] = ("replaces", "revokes")
_CHANGING: tuple[Relation, ...] = (*_ENDING, "amends")
_NOW = re.compile(
    r"\b(?:hien nay|hien tai|hien gio|bay gio|hien hanh|luc nay|moi nhat|gan (?:day )?nhat|con hieu luc|dang ap dung)\b"
)
_HOLDS = re.compile(
    r"\b(?:con (?:hieu luc|gia tri)|het (?:hieu luc|gia tri)|(?:bi|duoc) (?:thay the|bai bo|huy bo|sua doi)"
    r"|(?:nao|gi) (?:da )?(?:thay the|thay cho|bai bo|huy bo|sua doi))\b"
)
_SOME = re.compile(
    r"\b(?:van ban|nghi quyet|quyet dinh|thong tu|nghi dinh|luat|chi thi|quy che|quy dinh|tai lieu|cong van|cong dien|"
    r"ke hoach|thong bao|huong dan|de an|phuong an|chuong trinh)"
    r"(?: lien tich)?(?: cu| truoc do| truoc day| khac)? (?:nao|gi|so may|so nao|so bao nhieu)\b"
)
_ENDS = re.compile(r"\b(?:thay the|thay cho|bai bo|huy bo|(?:lam|khien)\b.{0,40}? het hieu luc)\b")
_ENDS_BY = re.compile(r"\bhet hieu luc\b.{0,24}\b(?:theo|khi|boi|do)\b")
_AMENDS = re.compile(r"\bsua doi\b")
_UNDERGOES = re.compile(r"\b(?:bi|duoc)\b")
_UNDERGONE = re.compile(  # behind "thông tư nào", which then is the one that was ended or amended
    r" (?:se |da |thi |phai )*(?:(?:bi|duoc) (?:(?P<ends>thay the|thay cho|bai bo|huy bo)|(?P<amends>sua doi))"
    r"|(?P<over>het (?:hieu luc|gia tri|duoc dung)|thoi ap dung))\b(?! (?:theo|khi|boi|do)\b)"
)
_ARTICLE = re.compile(r"\bdieu (\d{1,3}[a-z]?)\b")
_ARTICLE_LINE = re.compile(r"(?m)^[^\S\n]*+dieu (\d{1,3}[a-z]?)\b")
OLD, OLD_NOW = 3, 1  # whole years from which an answer says how old its document is; where today's state is asked for
_TOLD = 2  # documents of one answer


def asks_standing(query: Query) -> bool:
    """Whether the question asks if a document still holds, or what has changed it."""
    return bool(_HOLDS.search(fold(query.text)))


def asks_of_change(query: Query) -> bool:
    """Whether it is asked what documents did to others, or others to them."""
    return bool(_done(query)) or asks_standing(query)


def told_of_change(snapshot: Snapshot, query: Query, ids: Collection[str]) -> tuple[Quote, ...]:
    """The clauses that say what these documents ended or amended, or what did so to them, as the question asks."""
    if relations := _done(query):
        links = [link for id in sorted(ids) for link in links_from(snapshot, id) if link.link.relation in relations]
        if links or query.numbers:
            return _quoted(snapshot, links)
    return _changing(snapshot, ids) if asks_standing(query) else ()


def _done(query: Query) -> tuple[Relation, ...]:
    """What the documents that the question names are asked to have done to others: "nghị quyết 5 bãi bỏ văn bản nào".

    () where it is asked what was done to them, or something else.
    """
    folded = fold(query.text)
    if not (some := _SOME.search(folded)):
        return ()
    start, end = (query.numbers[0].span.start, query.numbers[0].span.end) if query.numbers else (0, 0)
    if (undergone := _UNDERGONE.match(folded, some.end())) and end <= some.start():
        return _CHANGING if undergone["amends"] else _ENDING
    if _ENDS_BY.search(folded, 0, start):
        return _ENDING
    for verb, relations in ((_ENDS, _ENDING), (_AMENDS, _CHANGING)):
        if (found := verb.search(folded, end)) and not _UNDERGOES.search(folded, end, found.start()):
            return relations
    return ()


def _changing(snapshot: Snapshot, ids: Collection[str]) -> tuple[Quote, ...]:
    """The clauses of others that replaced, revoked or amended these documents, the newest first."""
    links = [link for id in sorted(ids) for link in links_to(snapshot, id, _CHANGING)]
    links.sort(key=lambda link: link.source.header.issued_on or date.min, reverse=True)
    return _quoted(snapshot, links)


def _quoted(snapshot: Snapshot, links: Sequence[StoredLink]) -> tuple[Quote, ...]:
    """The clauses of the links; of two that say the same, the longer."""
    found = dict.fromkeys((link.source.id, link.link.span) for link in links)
    whole = ((id, span) for id, span in found if not any(id == of and _is_within(span, other) for of, other in found))
    quoted = ((snapshot.document(id), span) for id, span in whole)
    return tuple(Quote(document, trimmed(document.text, span), None) for document, span in quoted if document)


def _is_within(span: Span, other: Span) -> bool:
    return span != other and other.start <= span.start and span.end <= other.end


def asks_now(query: Query) -> bool:
    """Whether the question asks for what holds today."""
    return bool(_NOW.search(fold(query.text)))


def replacing(snapshot: Snapshot, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """The documents that replace a quoted one as a whole, themselves not quoted; the newest first."""
    quoted = {quote.document.id for quote in quotes}
    found = [link for id in quoted for link in links_to(snapshot, id, _ENDING) if link.link.part is None]
    found.sort(key=lambda link: link.source.header.issued_on or date.min, reverse=True)
    return tuple(dict.fromkeys(link.source.id for link in found if link.source.id not in quoted))


def changes(snapshot: Snapshot, citations: Sequence[Citation]) -> list[tuple[str, Citation]]:
    """A sentence for each cited document that another changed, with the citation of the clause that did."""
    told: list[tuple[str, Citation]] = []
    for id in dict.fromkeys(cited.document_id for cited in citations):
        cited = next(each for each in citations if each.document_id == id)
        change = _nearest(links_to(snapshot, id, _CHANGING), _article(snapshot, cited))
        if change is not None and (sentence := _sentence(snapshot, change, len(citations) + len(told) + 1)):
            told.append(sentence)
    return told[:_TOLD]


def _nearest(links: Sequence[StoredLink], article: str | None) -> StoredLink | None:
    """The change of a whole document; else that of the article which is quoted; else the first."""
    whole = next((one for one in links if one.link.part is None), None)
    own = (one for one in links if article and article in _ARTICLE.findall(fold(one.link.part or "")))
    return whole or next(own, None) or (links[0] if links else None)


def _article(snapshot: Snapshot, cited: Citation) -> str | None:
    """The number of the article that a quote stands in."""
    document = snapshot.document(cited.document_id)
    found = _ARTICLE_LINE.findall(fold(document.text[: cited.end])) if document else []
    return found[-1] if found else None


def _sentence(snapshot: Snapshot, change: StoredLink, marker: int) -> tuple[str, Citation] | None:
    """ "Lưu ý: Quyết định số 15 … đã được thay thế bởi Quyết định số 20 … [2]."""
    assert change.target is not None  # `links_to` sets it
    newer, older = snapshot.document(change.source.id), snapshot.document(change.target.id)
    if newer is None or older is None:
        return None
    link = change.link
    part = f"{link.part} của " if link.part else ""
    words = f"Lưu ý: {part}{introduction(older)} đã {WORDS[link.relation][1]} {introduction(newer)} [{marker}]."
    return words, citation(Quote(newer, link.span, None), marker)


def ages(query: Query, citations: Sequence[Citation], today: date) -> tuple[str, ...]:
    """How old the answer's newest document is, where the question names no period and no document of its own."""
    days = [cited.issued_on for cited in citations if cited.issued_on]
    if not days or query.years or query.dates or query.numbers or query.field:
        return ()
    years = _years(max(days), today)
    if years < (OLD_NOW if asks_now(query) else OLD):
        return ()
    several = len({cited.document_id for cited in citations}) > 1
    which = "Tài liệu mới nhất được trích" if several else "Tài liệu được trích"
    return (f"{which} ban hành ngày {max(days):%d/%m/%Y}, cách nay {years} năm.",)


def _years(day: date, today: date) -> int:
    """Whole years between two days."""
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))
