"""The API's shapes of documents: what they are, their pages and links, what became of an upload."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from corpus.links import Relation
from ui.schemas import (
    Given,
)

if TYPE_CHECKING:
    from index.store import StoredDocument


class Document(Given):
    id: str
    file: str
    title: str
    kind: str | None
    number: str | None
    issued_on: date | None
    issuer: str | None
    subject: str | None
    signer: str | None
    place: str | None
    pages: int | None
    passages: int
    added_at: datetime
    entered: list[str] = Field(
        default=[],
        exclude_if=lambda fields: not fields,
        description="Trường do người quản lý nhập mà nguyên văn không có; vắng mặt khi không có trường nào",
    )


class Value(Given):
    value: str
    documents: int = Field(description="Số văn bản")


class Facets(Given):
    """What a question can be narrowed by; the most frequent value first, years the latest first."""

    kinds: list[Value]
    issuers: list[Value]
    places: list[Value]
    years: list[Value]
    found: list[Document] = Field(description="Văn bản có tên khớp với `find`")


class DocumentLink(Given):
    """Another document and how it is linked to the one asked for; the clause that says so is `quote`."""

    relation: Relation
    direction: Literal["out", "in"] = Field(description="out: văn bản này nói về văn bản kia; in: ngược lại")
    label: str = Field(description="Quan hệ bằng lời, nhìn từ văn bản này", examples=["thay thế", "được thay thế bởi"])
    document_id: str | None = Field(description="Mã của văn bản kia; null khi nó không có trong kho")
    name: str
    kind: str | None
    number: str | None
    issued_on: date | None
    title: str | None
    part: str | None = Field(description="Chỉ phần này của văn bản được nói tới", examples=["khoản 2 Điều 3"])
    quoted_in: str = Field(description="Mã của văn bản chứa nguyên văn")
    quote: str
    start: int
    end: int
    url: str


class DocumentLinks(Given):
    links: list[DocumentLink]


class Page(Given):
    number: int
    start: int
    end: int


class Pages(Given):
    """The pages of a document; none where its format has no pages."""

    pages: list[Page]
    drawn: bool = Field(description="Xem được trang như bản gốc: tệp là PDF hay ảnh")


class Box(Given):
    """A piece of a line, in fractions of the page's width and height, from its left and its top."""

    left: float = Field(examples=[0.138])
    top: float = Field(examples=[0.848])
    right: float = Field(examples=[0.927])
    bottom: float = Field(examples=[0.866])


class PageBoxes(Given):
    """Where a quote stands on a page; no boxes where none of it is on this page, or where it cannot be told."""

    boxes: list[Box] = Field(description="Theo thứ tự đọc, tính bằng phần của bề ngang và bề cao của trang")
    machine_read: bool = Field(description="Trang là ảnh quét: chữ do máy nhận dạng nên có thể sai")


class AddedDocument(Document):
    status: Literal["added", "unchanged", "replaced"]
    notes: list[str] = Field(description="Lưu ý khi nạp tệp")


class Documents(Given):
    documents: list[Document]


class LeftOut(Given):
    """A file inside an archive or a mail that could not become a document."""

    path: str
    code: str
    detail: str


class AddedDocuments(Given):
    documents: list[AddedDocument]
    left_out: list[LeftOut] = Field(description="Tệp bên trong tệp nén hay thư mà không đọc được")


def document(stored: StoredDocument) -> Document:
    """A stored document as the API and `hoi list --json` give it."""
    header = stored.header
    return Document(
        id=stored.id,
        file=stored.file,
        title=header.title,
        kind=header.kind,
        number=header.number,
        issued_on=header.issued_on,
        issuer=header.issuer,
        subject=header.subject,
        signer=header.signer,
        place=header.place,
        pages=stored.pages or None,
        passages=stored.passages,
        added_at=stored.added_at,
        entered=list(header.entered),
    )
