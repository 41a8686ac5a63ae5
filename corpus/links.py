"""What a document says it rests on, replaces, revokes, amends or carries out: links to others, each with its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.document import Document, Span
from corpus.references import Reference, find_references, header_keys
from corpus.statements import ENDING, LONGEST, clauses_of, statements, within
from corpus.text import fold

Relation = Literal["basis", "replaces", "revokes", "amends", "implements", "concludes", "follows", "attached"]
VERSION = 2  # of the rules below: stored links of another version are read anew

_CHANGES: frozenset[Relation] = frozenset(["replaces", "revokes", "amends"])
_NO_FORCE = frozenset(["Tin bài", "Báo cáo", "Tờ trình", "Biên bản", "Đề án", "Giấy mời"])  # tell of changes, make none
_MARK = r"[\s\-–+•*]*(?:dieu \d{1,3}[a-z]?\s*[.:]\s*|\(?\d{1,3}[.)/]\s*|[a-z]\)\s*|[ivx]{1,5}[.)]\s*)?"
_OPENING = rf"{_MARK}(?:(?:v/v|ve viec|nay|de|nham|dong thoi)[ .:]+)?"
_TRIGGERS: tuple[tuple[Relation, str], ...] = (
    ("amends", r"sua doi(?:,? bo sung|,? thay the|,? bai bo)*|dinh chinh"),
    ("amends", r"bo sung(?= (?:mot so|dieu|khoan|diem|muc|phu luc)(?![^\W_]))"),
    ("replaces", r"thay the(?: cho)?"),
    ("revokes", r"bai bo|huy bo|thu hoi"),
    ("concludes", r"(?:theo|thuc hien|tai|trien khai|can cu)(?: noi dung| tinh than)?(?= (?:thong bao )?ket luan)"),
    ("basis", r"can cu(?: theo| vao)?"),
    ("follows", r"tiep theo"),
    ("implements", r"quy dinh chi tiet(?: va huong dan| mot so dieu va bien phap)? (?:thi hanh|thuc hien)"),
    ("implements", r"huong dan (?:thi hanh|thuc hien)"),
    ("implements", r"(?:trien khai,? )?thuc hien|trien khai|quy dinh chi tiet|theo tinh than"),
)  # fmt: skip
_TRIGGER = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(rf'(?P<t{at}>{words})' for at, (_, words) in enumerate(_TRIGGERS))})(?![^\W_])"
)
_RELATIONS: dict[str, Relation] = {f"t{at}": relation for at, (relation, _) in enumerate(_TRIGGERS)}
_REACH: dict[Relation, int] = {  # characters from the words of a relation to the document that they govern
    "basis": 60, "replaces": 120, "revokes": 200, "amends": 300, "implements": 40, "concludes": 60, "follows": 20,
    "attached": 20,
}  # fmt: skip
_AT_START: frozenset[Relation] = frozenset(["basis", "follows"])
_PASSIVE = re.compile(r"(?<![^\W_])(?:duoc|bi|da|de nghi|chua|khong|se|neu) $")
_CARRIED_OUT = re.compile(  # what may stand between "thực hiện" and the document
    r"(?:[ ,]+(?:tot|nghiem tuc|nghiem chinh|nghiem|day du|kip thoi|co hieu qua|hieu qua|thang loi|thanh cong|dong bo|"
    r"cac|nhung|noi dung|tinh than|chu truong|nhiem vu|trong tam|la|y kien|chi dao|tai|cua|trong|mot so|dieu|khoan|"
    r"chuong|muc|[ivx]+|\d+|thong bao|ket luan|va|toan dien|sau rong)(?![^\W_]))*\s*"
)
_JOINED = re.compile(r"(?:[,;:]|(?<![^\W_])(?:va|hoac|cung|voi|cung voi))\s*(?:cac |nhung )?(?:ve viec )?$")
_SELF = re.compile(r"(?<![^\W_])(?:nay|ngay ky)(?![^\W_])")
_ENDED = re.compile(rf"[^;]{{0,300}}?{ENDING.pattern}(?P<rest>[^;]{{0,300}})")
_PART = re.compile(
    r"(?<![^\W_])(?:(?:mot so|cac|nhung|mot phan|phan) (?=[a-z])"
    r"(?!van ban|quyet dinh|thong tu|nghi|luat|chi thi|ke hoach)|"
    r"(?:diem [a-z]|khoan \d|dieu \d|(?<!danh )muc [\divx]+|chuong [\divx]+)(?![^\W\d_])|"
    r"phu luc|cum tu|bieu mau|mau so)"
)
_WHOLE = re.compile(  # what stands between the words of change and a document all of which is meant
    r"(?:(?:\d{1,2}|[a-z])[.)]|ke tu ngay [^,]{1,80},|cua [^:;,]{2,60}(?=:)|(?:sau day|sau|toan bo|cac|nhung|mot so|"
    r"gom|cho|va|doi voi|van ban|quy pham phap luat|thong tu(?: lien tich)?|quyet dinh|nghi quyet|nghi dinh|chi thi|"
    r"ke hoach|bai bo|huy bo|thay the)(?![^\W_])|[\s,:+•*\[-])*"
)
_OF = re.compile(r"(?<!\s)\s++(?:của|tại|trong|(?:ban hành )?kèm theo)$")
_ATTACHED = re.compile(r"\(\s*(?:ban hanh )?kem theo ")
_SUBJECT = 400  # characters before the words of a relation in which "Thông tư này" stands
_HEAD = 4_000  # characters in which "(Kèm theo …)" speaks of the whole document


@dataclass(frozen=True, slots=True)
class Link:
    """`relation` to the document that `target` names; `part` when only "khoản 2 Điều 3" of it is meant.

    `span` is the clause of the linking document that says so.
    """

    relation: Relation
    target: Reference
    part: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    folded: str
    span: Span
    references: Sequence[Reference]

    @property
    def opening(self) -> str:
        return self.folded[self.span.start : self.span.end]


def find_links(document: Document) -> tuple[Link, ...]:
    """Every link once, in the order of the text; the document itself is none."""
    own = set(header_keys(document.header))
    found: dict[tuple[Relation, str], Link] = {}
    for link in _all(document):
        key = (link.relation, link.target.key)
        if link.target.key and link.target.key not in own and (key not in found or _says_more(link, found[key])):
            found[key] = link
    return tuple(sorted(found.values(), key=lambda link: link.span.start))


def _says_more(link: Link, known: Link) -> bool:
    """A mention with the day is easier to find; a whole replaced document tells more than a part of it."""
    return known.target.issued_on is None and link.target.issued_on is not None


def _all(document: Document) -> Iterator[Link]:
    text, folded = document.text, fold(document.text)
    references = find_references(text)
    if not references:
        return
    may_change = document.header.kind not in _NO_FORCE and document.header.kind is not None
    for sentence in statements(text, references):
        for link in _of_sentence(text, folded, sentence, references):
            if may_change or link.relation not in _CHANGES:
                yield link
    yield from _attached(folded, references)


def _of_sentence(text: str, folded: str, sentence: Span, references: Sequence[Reference]) -> Iterator[Link]:
    relation: Relation | None = None
    begun = sentence.start
    part: str | None = None
    for span in clauses_of(text, sentence):
        here = within(references, span)
        clause = _Clause(text, folded, span, here)
        carried = relation if _continues(clause, begun, text) else None
        carried_part = part if carried else None
        relation, part = None, None
        for link in _of_clause(clause, carried, carried_part):
            evidence = Span(begun, link.span.end) if carried and link.span.end - begun <= LONGEST else link.span
            yield Link(link.relation, link.target, link.part, evidence)
            relation = link.relation
        if relation and not carried:
            begun = span.start
        if not here and (lead := _lead(clause)):
            relation, part, begun = lead, None, span.start


def _continues(clause: _Clause, begun: int, text: str) -> bool:
    """Whether a clause goes on with the list of the one before: it begins with a document."""
    if not clause.references or clause.span.start == begun:
        return False
    before = clause.folded[clause.span.start : clause.references[0].span.start]
    return bool(re.fullmatch(rf"{_MARK}(?:va |cac |toan bo )?", before))


def _lead(clause: _Clause) -> Relation | None:
    """ "Bãi bỏ các văn bản sau đây:" """
    if not clause.opening.endswith(":"):
        return None
    if ENDING.search(clause.opening):
        return "revokes"
    return next((relation for relation, _ in _triggers(clause) if relation in _CHANGES), None)


def _triggers(clause: _Clause) -> Iterator[tuple[Relation, Span]]:
    for match in _TRIGGER.finditer(clause.folded, clause.span.start, clause.span.end):
        yield _RELATIONS[match.lastgroup or ""], Span(*match.span())


def _of_clause(clause: _Clause, carried: Relation | None, carried_part: str | None) -> Iterator[Link]:
    """Walks from document to document: each belongs to the words before it, unless it is part of another's name."""
    folded = clause.folded
    governing: tuple[Relation, str | None] | None = (carried, carried_part) if carried else None
    at, first, named = clause.span.start, True, False  # named: within the name of another document
    triggers = list(_triggers(clause))[::-1]
    for reference in clause.references:
        between = list[tuple[Relation, Span]]()
        while triggers and triggers[-1][1].end <= reference.span.start:
            between.append(triggers.pop())
        inside = [one for one in between if one[1].start >= at]  # not those in the name of the last
        if inside:
            governing = _governed(clause, inside, reference, at, first)
            named = governing is None
        elif not first and reference.span.start >= at and not _JOINED.search(folded, at, reference.span.start):
            governing = None
        if not (governing or named) and (ended := _ENDED.match(folded, reference.span.end, clause.span.end)):
            governing = ("revokes", _part(clause, at, reference.span.start)) if _own(ended["rest"]) else None
        if governing:
            yield Link(_named(*governing, reference), reference, governing[1], clause.span)
        at, first = max(at, reference.span.end), False


def _governed(
    clause: _Clause, inside: Sequence[tuple[Relation, Span]], reference: Reference, at: int, first: bool
) -> tuple[Relation, str | None] | None:
    """The relation that the words between the last document and this one set up, if they are this document's own."""
    folded = clause.folded
    leading = inside[-1][0] in ("implements", "concludes") or ":" in folded[inside[0][1].end : inside[-1][1].start]
    relation, words = inside[-1] if leading else inside[0]
    before = folded[max(clause.span.start, words.start - _SUBJECT) : words.start]
    opens = words.start - clause.span.start < _SUBJECT and bool(re.fullmatch(_OPENING, before))
    own = opens or relation not in _CHANGES | _AT_START or (relation in _CHANGES and _SELF.search(before))
    if (
        (not first and not _JOINED.search(folded, at, words.start))  # part of the other document's name
        or not own
        or reference.span.start - words.end > _REACH[relation]
        or _PASSIVE.search(before)
        or (relation == "implements" and not _CARRIED_OUT.fullmatch(folded, words.end, reference.span.start))
    ):
        return None
    return relation, _part(clause, words.end, reference.span.start) if relation in _CHANGES else None


def _part(clause: _Clause, start: int, end: int) -> str | None:
    """ "khoản 2 Điều 3" between the words of change and the document they change; None when all of it is meant."""
    between = clause.folded[start:end]
    match = _PART.search(between)
    if match is None and (_WHOLE.fullmatch(between) or between.rstrip().endswith("kem theo")):
        return None
    written = " ".join(clause.text[start + (match.start() if match else 0) : end].split())
    return _OF.sub("", written).strip(" ,:-–") or None


def _own(rest: str) -> bool:
    """ "… hết hiệu lực kể từ ngày Nghị định này có hiệu lực", not "… bởi Nghị định số 5"."""
    return bool(_SELF.search(rest)) or not re.search(r"\d/|so \d", rest)


def _named(relation: Relation, part: str | None, reference: Reference) -> Relation:
    """What carries out a conclusion is linked to a conclusion; what replaces a part amends the whole."""
    if relation == "implements" and fold(reference.kind or "").endswith("ket luan"):
        return "concludes"
    return "amends" if relation == "replaces" and part else relation


def _attached(folded: str, references: Sequence[Reference]) -> Iterator[Link]:
    for match in _ATTACHED.finditer(folded, 0, min(len(folded), _HEAD)):
        close = folded.find(")", match.end(), match.end() + 300)
        if close < 0:
            continue
        for reference in references:
            if match.end() <= reference.span.start <= match.end() + 20:
                yield Link("attached", reference, None, Span(match.start(), close + 1))
