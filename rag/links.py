"""The links of a document as people see them: in words, either way, each with the clause that says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.links import Relation
from index.links import StoredLink, links_from, links_to
from index.records import StoredDocument
from index.snapshot import Snapshot

Direction = Literal["out", "in"]
WORDS: dict[Relation, tuple[str, str]] = {  # what this document does to the other, and the other to this one
    "basis": ("căn cứ", "là căn cứ của"),
    "replaces": ("thay thế", "được thay thế bởi"),
    "revokes": ("bãi bỏ", "hết hiệu lực theo"),
    "amends": ("sửa đổi, bổ sung", "được sửa đổi, bổ sung bởi"),
    "implements": ("thực hiện", "được thực hiện bởi"),
    "concludes": ("theo kết luận", "là kết luận được nêu trong"),
    "follows": ("tiếp theo", "được nối tiếp bởi"),
    "attached": ("kèm theo", "có kèm theo"),
}


@dataclass(frozen=True, slots=True)
class Linked:
    """Another document and how it is linked; `document_id` is None where it is not in the store.

    `quote` stands in the document `quoted_in` from `start` to `end`.
    """

    relation: Relation
    direction: Direction
    label: str
    document_id: str | None
    kind: str | None
    number: str | None
    issued_on: date | None
    title: str | None
    part: str | None
    quoted_in: str
    quote: str
    start: int
    end: int

    @property
    def url(self) -> str:
        return f"/v1/documents/{self.quoted_in}/text#{self.start}-{self.end}"

    @property
    def name(self) -> str:
        """ "Quyết định số 23-QĐ/TW ngày 30/07/2021", or a law's or an item's title."""
        named = f"{self.kind or 'Văn bản'} số {self.number}" if self.number else self.title or self.kind or "Văn bản"
        return f"{named} ngày {self.issued_on:%d/%m/%Y}" if self.issued_on else named


def linked(snapshot: Snapshot, id: str) -> list[Linked]:
    """What the document says of others, in the order of its text, then what others say of it, the newest first."""
    mine = [_linked(snapshot, one, "out", one.target) for one in links_from(snapshot, id)]
    return [*mine, *(_linked(snapshot, one, "in", one.source) for one in links_to(snapshot, id))]


def _linked(snapshot: Snapshot, stored: StoredLink, direction: Direction, other: StoredDocument | None) -> Linked:
    link, named = stored.link, stored.link.target
    source = snapshot.document(stored.source.id)
    return Linked(
        relation=link.relation,
        direction=direction,
        label=WORDS[link.relation][direction == "in"],
        document_id=other.id if other else None,
        kind=other.header.kind if other else named.kind,
        number=other.header.number if other else named.number,
        issued_on=other.header.issued_on if other else named.issued_on,
        title=other.header.title if other else named.name,
        part=link.part,
        quoted_in=stored.source.id,
        quote=link.span.of(source.text) if source else "",
        start=link.span.start,
        end=link.span.end,
    )
