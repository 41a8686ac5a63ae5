"""The seam between the truth and what searches it: an `Index` is a moment of the database, a `Follower` makes it.

Two stand: `index.embedded`, files beside the database, and `index.milvus`, a server's collections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

import numpy as np

from index.access import Groups
from index.database import Database, StoreError
from index.dense import Ids, Mask
from index.embed import Vectors
from index.lexical import Field, LexicalQuery
from index.seen import Seen
from index.weights import Lengths

Code = Literal[
    "database", "audit", "row_damaged", "chunks", "original_missing", "original_damaged", "original_orphan", "leftover",
    "vector_damaged", "vector_missing", "vector_stray", "generation_damaged", "generation_behind", "generation_differs",
    "index_unreachable",
]  # fmt: skip
Found = list[tuple[int, float]]  # chunk ids and scores, the best first


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; `message` is Vietnamese."""

    code: Code
    message: str
    subject: str = ""  # a document's id, a chunk's number or a file's name
    mended: bool = False


class IndexUnreachableError(StoreError):
    """The server that searches does not answer, or not as it should. What was stored stays stored."""

    code = "index_unreachable"

    def __init__(self) -> None:
        super().__init__(
            "Máy chủ tìm kiếm Milvus không trả lời. Tài liệu đã lưu vẫn nguyên vẹn; khi Milvus chạy lại, chương trình"
            " tự nạp tiếp phần còn thiếu. Hãy kiểm tra Milvus và MILVUS_URI."
        )


class Restrictions(Protocol):
    """What `rag.answer.Filters` holds: every one that is set must hold of a document."""

    @property
    def issued_from(self) -> date | None: ...
    @property
    def issued_to(self) -> date | None: ...
    @property
    def issuer(self) -> str | None: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def place(self) -> str | None: ...


@dataclass(frozen=True, eq=False)
class Within:
    """The part of an index that a search may see: its documents' rows, ascending, and what made them these.

    An index that filters by itself goes by `groups`, `filters` and `named`; the rows are what it comes to.
    """

    rows: Ids | None  # None: all but those that are gone
    gone: Ids = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # rows removed, or hidden from the groups
    groups: Groups | None = None  # None: the operator, who sees everything
    filters: Restrictions | None = None
    named: Ids | None = None  # rows of documents named one by one
    seen: Seen | None = None  # the statistics of somebody from whom documents are hidden

    @property
    def nothing(self) -> bool:
        return self.rows is not None and not len(self.rows)

    def mask(self, last_row: int) -> Mask:
        """By document row, whether it may be seen."""
        mask: Mask = np.full(last_row + 1, self.rows is None)
        mask[self.gone[self.gone <= last_row]] = False
        if self.rows is not None:
            mask[self.rows[self.rows <= last_row]] = True
        return mask


class Index(Protocol):
    """One moment of the documents, searched. Safe to share between threads."""

    @property
    def change(self) -> int:
        """The database's number of changes when it was this."""

    @property
    def doubtful(self) -> bool:
        """Whether it must be brought up again though nothing has changed."""

    @property
    def worn(self) -> bool:
        """Whether words of removed documents still count."""

    @property
    def reference(self) -> Lengths | None:
        """The lengths that chunks are weighed against; None: what they are on average."""

    @property
    def chunks(self) -> Ids:
        """Shape (n, 2): chunk id, ascending, and its document's row."""

    @property
    def last_row(self) -> int:
        """The newest document's row; every document up to it is in the index, unless it was removed."""

    def by_words(self, query: LexicalQuery, k: int, within: Within | None) -> Found:
        """The `k` best chunks by BM25."""

    def by_vector(self, vector: Vectors, k: int, within: Within | None) -> Found:
        """The `k` best chunks by the cosine of their best window."""

    def frequency(self, field: Field, text: str, within: Within | None) -> int:
        """How many chunks hold a token; `within` restricts by `gone` and `groups` alone."""


class Follower(Protocol):
    """Makes indexes of a store's database."""

    def advance(self) -> Index:
        """The index of the database as it is now. The caller holds the store's lock."""

    def newer(self) -> Index | None:
        """What another process has made since, if anything; perhaps older than the database. Needs no lock."""

    def last(self) -> Index | None:
        """The last one that stands, where a newer cannot be made now."""

    def examine(self) -> Iterator[Finding]:
        """What is wrong with what is there. The caller holds the store's lock."""

    def discard(self) -> None:
        """Puts away what is there, so that `advance` makes it anew from the database."""

    def erase(self) -> None:
        """Removes what is not in the store's folder, which is about to be deleted."""

    def close(self) -> None: ...


Follow = Callable[[Path, Database, str], Follower]  # of the store's folder, its database, its model
