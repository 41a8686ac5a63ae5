"""The API's shapes for whoever keeps the documents: a page of the list, a document's reading, the store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from corpus import official
from index.corrections import FIELDS
from index.corrections import Field as HeaderField
from ui.schemas import Given, Taken, check_text, example
from ui.schemas_documents import Document, Value, document
from ui.schemas_jobs import Job

if TYPE_CHECKING:
    from index.records import StoredDocument
    from index.store import Snapshot
    from ui import shelf

VALUE_LENGTH = 700


class Named(Given):
    """Another document, by its name."""

    id: str
    name: str


class Like(Named):
    share: float = Field(description="Phần chung của hai văn bản, 0–1")
    version: bool = Field(description="Cùng số, ký hiệu và cơ quan: một phiên bản khác")


class Entry(Document):
    """A document of the list."""

    groups: list[str] = Field(description="Nhóm được xem; rỗng thì mọi khóa đều xem được")
    corrected: list[HeaderField] = Field(description="Trường đã được người quản lý sửa")
    like: list[Like]
    replaces: list[Named]
    replaced_by: list[Named]


class PlaceNode(Given):
    name: str
    value: str = Field(description="Giá trị cho bộ lọc place")
    documents: int
    inside: list[PlaceNode]


class Catalogue(Given):
    """A page of documents; each facet is counted among what all the other conditions leave."""

    total: int = Field(description="Số văn bản thỏa điều kiện")
    all: int = Field(description="Số văn bản của kho")
    first: int
    documents: list[Entry]
    kinds: list[Value]
    years: list[Value]
    issuers: list[Value]
    groups: list[Value]
    marks: list[Value]
    places: list[PlaceNode]


class Change(Given):
    """One change of a field, as the history keeps it."""

    value: str | None
    reverted: bool = Field(description="Trở lại điều máy đọc")
    at: datetime
    by: str | None = Field(description="Người sửa; chỉ người được sửa mới thấy")


class ReadField(Given):
    """A header field: what counts, what was read and from which words, and what people made of it."""

    name: HeaderField
    label: str
    value: str | None
    read: str | None = Field(description="Điều máy đọc")
    words: str | None = Field(description="Nguyên văn mà giá trị đứng ở đó; null khi văn bản không viết")
    start: int | None
    end: int | None
    corrected: bool
    stated: bool = Field(description="false: giá trị do người nhập, nguyên văn không có")
    history: list[Change]


class StrippedPiece(Given):
    text: str
    reason: str
    at: int = Field(description="Chỗ nó từng đứng, tính theo ký tự của toàn văn")


class Reading(Given):
    """How a file was read: fields, what was left out of the text and where it stood, remarks."""

    document: Entry
    fields: list[ReadField]
    stripped: list[StrippedPiece]
    notes: list[str]


def _check_value(value: str | None) -> str | None:
    return value if value is None else check_text(value).strip()


Written = Annotated[str | None, Field(max_length=VALUE_LENGTH), AfterValidator(_check_value)]


class FieldChanges(Taken):
    """Fields to put right; null says that the document has no such thing."""

    model_config = example(number="45/TB-UBND", issued_on="2024-03-05", revert=["place"])

    number: Written = None
    issued_on: date | None = None
    issuer: Written = None
    kind: Written = None
    subject: Written = None
    signer: Written = None
    place: Written = None
    revert: list[HeaderField] = Field([], max_length=len(FIELDS), description="Trường trở lại điều máy đọc")

    def values(self) -> dict[HeaderField, str | None]:
        """The fields that were sent."""
        sent = [name for name in FIELDS if name in self.model_fields_set]
        return {name: str(value) if (value := getattr(self, name)) is not None else None for name in sent}


class Left(Given):
    """What is still there after a removal: nothing, when it was whole."""

    rows: int = Field(description="Dòng còn lại trong cơ sở dữ liệu")
    passages: int = Field(description="Đoạn của văn bản ấy còn tìm thấy khi tìm bằng câu của chính nó")
    original: bool = Field(description="Tệp gốc còn trên đĩa")
    shared: bool = Field(description="… vì văn bản khác có cùng nội dung tệp")
    elsewhere: list[str] = Field(description="Mã của những văn bản khác cũng có câu ấy")


class Receipt(Given):
    """What went with a removed document, and the proof that nothing of it can be found."""

    id: str
    file: str
    title: str
    sha256: str
    passages: int
    vectors: int
    words: int = Field(description="Số từ khác nhau")
    links: int
    text_bytes: int
    vector_bytes: int
    original_bytes: int
    sentence: str = Field(description="Câu dùng để tìm lại")
    clean: bool = Field(description="Không còn gì của văn bản này")
    left: Left


class Sizes(Given):
    """Bytes on the disk."""

    database: int
    originals: int
    search: int
    jobs: int
    quarantine: int
    free: int


class StoreState(Given):
    """The store as its keeper sees it."""

    documents: int
    passages: int
    vectors: int
    model: str
    dimension: int
    generation: str
    current: bool = Field(description="Chỉ mục tìm kiếm theo kịp kho")
    changed: int = Field(description="Số lần kho đã thay đổi")
    sizes: Sizes
    backup_at: datetime | None = Field(description="Lần sao lưu gần nhất bằng hoi backup")
    check: Job | None = Field(description="Lần kiểm tra gần nhất từ khi máy chủ chạy")


def entry(each: shelf.Entry, snapshot: Snapshot) -> Entry:
    """An entry of the shelf as the API gives it."""
    like = [
        Like(id=pair.other_id, name=name, share=round(pair.share, 3), version=pair.version)
        for pair in each.like
        if (name := _name(snapshot, pair.other_id))
    ]
    return Entry(
        **document(each.document).model_dump(),
        groups=list(each.values["group"]),
        corrected=list(each.document.corrected),  # type: ignore[arg-type]
        like=like,
        replaces=_named(snapshot, each.replaces),
        replaced_by=_named(snapshot, each.replaced_by),
    )


def counts(found: Mapping[str, int], by_value: bool = False) -> list[Value]:
    """The most frequent value first, or the highest."""
    order = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    order = sorted(order, reverse=True) if by_value else order
    return [Value(value=value, documents=count) for value, count in order[:200]]


def _named(snapshot: Snapshot, ids: tuple[str, ...]) -> list[Named]:
    return [Named(id=id, name=name) for id in ids if (name := _name(snapshot, id))]


def _name(snapshot: Snapshot, id: str) -> str:
    stored = snapshot.stored(id)
    return called(stored) if stored else ""


def called(stored: StoredDocument) -> str:
    return official.name(stored.header, stored.header.kind)
