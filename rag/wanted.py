"""Which documents a question wants listed: of what kind, whose, from when, about what, resting on which other one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.document import Header, Span
from corpus.links import Relation
from corpus.references import name_key, number_key
from corpus.text import fold, tokens
from rag.language.document_numbers import KINDS
from rag.offices import offices
from rag.terms import Term
from rag.understand import Query
from rag.units import opened_tokens

_NAMES: dict[str, str | None] = {
    **{fold(kind): kind.capitalize() for kind in KINDS},
    **dict.fromkeys(("bai viet", "bai bao", "tin bai", "bai"), "Tin bài"),
    **dict.fromkeys(("van ban", "tai lieu", "vb"), None),
}
_KIND = "|".join(sorted(_NAMES, key=len, reverse=True))
_MANY = r"(?:nhung|cac|tat ca(?: cac| nhung)?|toan bo(?: cac)?)"
_RESTS = r"(?:can cu|dua (?:tren|vao)|trien khai|cu the hoa|vien dan|dan chieu)"
_MENTIONS = (
    r"(?:noi (?:den|ve|toi)|de cap(?: den| toi| ve)?|nhac (?:den|toi|ve)|viet ve|ban ve|lien quan(?: den| toi)?"
    r"|(?:co )?noi dung(?: ve| lien quan den)?|quy dinh(?: ve)?|huong dan(?: ve)?)"
)
_PATTERNS = (
    rf"(?:co )?{_MANY} (?P<kind>{_KIND}) (?:nao|gi)",
    rf"(?:liet ke|ke ten|neu ten|danh sach|danh muc|thong ke|tim|cho (?:toi )?(?:biet|xem))(?: ten| ra| so| {_MANY})*"
    rf" (?P<kind>{_KIND})(?! (?:so )?\d)",
    rf"(?:co )?(?P<kind>van ban|tai lieu|vb|bai viet|bai bao|bai) nao(?= (?:co |da )?{_MENTIONS})",
    rf"(?:co )?(?P<kind>{_KIND}) nao(?= (?:da |duoc |ban hanh )*{_RESTS})",
    rf"^{_MANY} (?P<kind>{_KIND})(?= (?:hien co|da ban hanh|cua|do|nam|{_MENTIONS}|ve))",
)
_ASKING = tuple(
    re.compile(rf"\b{pattern}\b(?: (?:co|da|dang|duoc|hien))*(?: (?:(?P<mentions>{_MENTIONS})|ve(?: viec)?)\b)?")
    for pattern in _PATTERNS
)
_OF = re.compile(
    r"\b(?:cua|do) (?P<whose>[^,?.;]{1,80}?)(?= (?:da |duoc |co )*(?:ban hanh|phat hanh|ra|ky|gui|ve|noi|de cap|nhac"
    rf"|lien quan|quy dinh|huong dan|nam|ngay|thang|trong|tu|giai doan|{_RESTS})\b| ?[,?.;]|\s*$)"
)
_BEFORE = re.compile(
    r"^(?P<whose>[^,?.;]{1,120}?)(?: da| co)*(?: ban hanh| phat hanh| ra| gui| ky)?(?: duoc| bao gom)?\s*$"
)
_OFFICE = re.compile(
    r"(?:ban|phong|so|uy ban|hoi dong|huyen uy|tinh uy|dang uy|thanh uy|thi uy|bo|chi cuc|cuc|truong|hoi|doan|lien doan"
    r"|trung tam|mat tran|chinh phu|thu tuong|quoc hoi|van phong|kho bac|cong an|toa an|vien)\b"
)
_FRAME = re.compile(  # accented: "do" may be "độ"
    r"(?<!\w)(?:ban hành|phát hành|hiện (?:có|hành|nay)|trong (?:kho|hệ thống)|năm|ngày|tháng|(?:người )?ký|do"
    r"|(?:nói )?về)(?!\w)",
    re.I,
)
_ASKS_MORE = re.compile(r"\b(?:nao|gi|ai|bao nhieu|may|dau|sao|khi nao|bao gio)\b")
_NOT = re.compile(r"\b(?:khong|chua|ngoai)\b")
_LAW = re.compile(r"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh)(?: (?!(?:năm|ngày|số)(?!\w))[^\s,?.;\d]++){1,24}")
_YEAR = re.compile(r"(?<![\w/.,-])(?:19|20)\d\d(?![\w/.,-]*\d)")
_EVERY: tuple[Relation, ...] = (
    "basis", "replaces", "revokes", "amends", "implements", "concludes", "follows", "attached",
)  # fmt: skip
_RELATIONS: tuple[tuple[re.Pattern[str], tuple[tuple[Relation, ...], ...]], ...] = (
    (re.compile(r"\b(?:can cu|dua (?:tren|vao))\b"), (("basis",),)),
    (re.compile(r"\b(?:trien khai|thuc hien|cu the hoa|huong dan)\b"), (("implements", "concludes"), ("basis",))),
    (re.compile(r"\b(?:vien dan|dan chieu|nhac|de cap|lien quan|noi)\b"), (_EVERY,)),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a listed document must be: everything that is set must hold.

    `office`, `places` and `signer` are folded words. `relations` are those to the documents of `keys`, which are keys
    of `corpus.references`, in groups of which the first that is found counts; without them the document is about
    `topic`, and where it `mentions` it, a sentence does.
    """

    kind: str | None
    office: str
    places: tuple[str, ...]
    signer: str
    periods: tuple[tuple[date, date], ...]
    topic: tuple[Term, ...]
    subject: str  # the topic as a search sees it
    mentions: bool
    relations: tuple[tuple[Relation, ...], ...]
    keys: tuple[str, ...]

    def is_of(self, header: Header) -> bool:
        """Whether a document is of the kind, office, signer and time that are wanted."""
        return (
            (self.kind is None or header.kind == self.kind)
            and f"{spoken(header.issuer)} ".startswith(f"{self.office} " if self.office else "")
            and self.signer in fold(f"{header.signer or ''} {header.author or ''}")
            and (not self.periods or self._is_of_period(header))
        )

    def is_placed(self, text: str) -> bool:
        """Whether a text names the places that are wanted."""
        there = f" {spoken(text)} "
        return all(f" {place} " in there for place in self.places)

    def _is_of_period(self, header: Header) -> bool:
        """Issued then; or by its title about then, where documents about something are wanted."""
        issued = header.issued_on
        if issued and any(start <= issued <= end for start, end in self.periods):
            return True
        named = {int(year[0]) for year in _YEAR.finditer(header.title)} if self.topic else set[int]()
        return any(start.year in named for start, _ in self.periods)


@lru_cache(maxsize=8192)
def spoken(text: str | None) -> str:
    """Folded words with abbreviations opened: "UBND xã Lạc Lâm" → "uy ban nhan dan xa lac lam"."""
    found = (opened_tokens(token.key) or (token,) for token in tokens(text or ""))
    return " ".join(token.folded for group in found for token in group)


def wanted(query: Query) -> Wanted | None:
    """What documents a question wants listed; None when it wants no list of documents."""
    folded = fold(query.text)
    asking = next((found for pattern in _ASKING if (found := pattern.search(folded))), None)
    if asking is None or query.field or query.compares or _NOT.search(folded):
        return None
    if _ASKS_MORE.search(folded, 0, asking.start()) or _ASKS_MORE.search(folded, asking.end()):
        return None
    laws = [Span(*law.span()) for law in _LAW.finditer(query.text)]
    named = [*(number.span for number in query.numbers), *laws]
    keys, relations = _keys(query, laws), _relations(folded, asking, named)
    if bool(keys) != bool(relations):
        return None
    whose = next(_whose(query, folded, asking, named), None)
    person = next((name for name in query.names if whose and whose.overlaps(name)), None)
    topic = _topic(query, [Span(*asking.span()), *named, *([whose] if whose else [])])
    made = Wanted(
        kind=_NAMES[asking["kind"]],
        office=_office(query, whose) if whose and person is None else "",
        places=tuple(place.key for place in query.places),
        signer=fold(person.of(query.text)) if person else "",
        periods=() if keys else _periods(query),
        topic=topic,
        subject=" ".join(term.key for term in topic),
        mentions=bool(asking["mentions"]),
        relations=relations,
        keys=keys,
    )
    says = (made.kind, made.office, made.places, made.signer, made.periods, made.topic, made.keys)
    return made if any(says) else None


def _keys(query: Query, laws: Sequence[Span]) -> tuple[str, ...]:
    """The keys of the documents that the listed ones are to name."""
    numbers = (number_key(number.figures.of(query.text)) for number in query.numbers)
    return (*numbers, *(name_key(law.of(query.text)) for law in laws))


def _relations(folded: str, asking: re.Match[str], named: Sequence[Span]) -> tuple[tuple[Relation, ...], ...]:
    """How the listed documents are to be linked to what is named behind the verb or before the asking: "văn bản nào căn
    cứ nghị quyết 05", not "văn bản nào được nghị quyết 05 căn cứ"."""
    for words, relations in _RELATIONS:
        for match in words.finditer(folded, asking.start()):
            if named and all(span.start >= match.end() or span.end <= asking.start() for span in named):
                return relations
    return ()


def _whose(query: Query, folded: str, asking: re.Match[str], named: Sequence[Span]) -> Iterator[Span]:
    """The words for whoever issued or signed: "của HĐND huyện", "do ông An ký", "HĐND huyện đã ban hành …"."""
    found = [Span(*match.span("whose")) for match in _OF.finditer(folded)]
    if before := _BEFORE.match(folded[: asking.start()]):
        found.append(Span(*before.span("whose")))
    for span in found:
        words = span.of(query.text)
        if any(span.overlaps(other) for other in named):
            continue
        if any(span.overlaps(name) for name in query.names) or offices(words) or _OFFICE.match(spoken(words)):
            yield span


def _office(query: Query, whose: Span) -> str:
    """The office without the name of its place: "hoi dong nhan dan huyen"."""
    name = next((place.key for place in query.places if place.span.overlaps(whose)), "")
    return spoken(whose.of(query.text)).removesuffix(name).strip()


def _periods(query: Query) -> tuple[tuple[date, date], ...]:
    stated = tuple((day.start, day.end) for day in query.dates if day.start and day.end)
    return stated or tuple((date(min(years), 1, 1), date(max(years), 12, 31)) for years in query.years)


def _topic(query: Query, cut: Sequence[Span]) -> tuple[Term, ...]:
    """The question's words that are neither the asking nor what a header says: what the documents are to be about."""
    spans = [*cut, *(day.span for day in query.dates), *(place.span for place in query.places)]
    spans += [Span(*words.span()) for pattern in (_YEAR, _FRAME) for words in pattern.finditer(query.text)]
    found = tokens(query.text)
    return tuple(
        term for term in query.terms if not any(span.start <= found[term.position].start < span.end for span in spans)
    )
