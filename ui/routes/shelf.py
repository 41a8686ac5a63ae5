"""For whoever keeps the documents: the list a page at a time, how a file was read, and the state of the store."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from corpus.document import Document
from index.corrections import FIELDS, Correction
from index.corrections import Field as HeaderField
from index.records import Reading
from ui import schemas_shelf as schemas
from ui.asking import no_document
from ui.auth import Caller
from ui.condition import state
from ui.services import Admin, Editor, Here, Reader, Services
from ui.shelf import Mark, Order, Wanted, tree

router = APIRouter(prefix="/v1", tags=["Văn bản"])
Id = Annotated[str, Path(max_length=200)]
Words = Annotated[str | None, Query(max_length=300)]
LABELS: dict[HeaderField, str] = {
    "number": "Số, ký hiệu",
    "issued_on": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "kind": "Loại",
    "subject": "Trích yếu",
    "signer": "Người ký",
    "place": "Địa danh",
}


@router.get("/catalogue", summary="Danh sách văn bản theo trang: tìm, lọc, sắp xếp; bản giống nhau, bản thay thế")
def catalogue(
    caller: Reader,
    here: Here,
    find: Annotated[str, Query(max_length=300, description="Chữ trong số, tên, cơ quan, địa danh, tên tệp")] = "",
    kind: Words = None,
    year: Annotated[int | None, Query(ge=1, le=9999)] = None,
    issuer: Words = None,
    place: Words = None,
    group: Words = None,
    mark: Annotated[
        Mark | None, Query(description="like: gần giống; replaced: đã bị thay; incomplete: thiếu số, ngày, cơ quan")
    ] = None,
    order: Annotated[Order, Query(description="Sắp xếp theo")] = "added_at",
    down: Annotated[bool, Query(description="Từ lớn đến nhỏ")] = True,
    first: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    n: Annotated[int, Query(ge=1, le=200)] = 50,
) -> schemas.Catalogue:
    wanted = Wanted(find, kind, year, issuer, place, group, mark, order, down, first, n)
    shelf, snapshot = here.shelf(caller), here.seen_by(caller)
    page = shelf.find(wanted)
    return schemas.Catalogue(
        total=page.total,
        all=len(shelf.entries),
        first=first,
        documents=[schemas.entry(each, snapshot) for each in page.entries],
        kinds=schemas.counts(page.facets["kind"]),
        years=schemas.counts(page.facets["year"], by_value=True),
        issuers=schemas.counts(page.facets["issuer"]),
        groups=schemas.counts(page.facets["group"]),
        marks=schemas.counts(page.facets["mark"]),
        places=[schemas.PlaceNode.model_validate(each) for each in tree(page.facets["place"])],
    )


@router.get("/documents/{id}/reading", summary="Tệp đã được đọc thế nào: trường nào từ chữ nào, bỏ đi những gì")
def reading(id: Id, caller: Reader, here: Here) -> schemas.Reading:
    snapshot = here.seen_by(caller)
    document, read = snapshot.document(id), here.store.reading(id)
    entry = next((each for each in here.shelf(caller).entries if each.document.id == id), None)
    if document is None or read is None or entry is None:
        raise no_document(id)
    names = {key.id: key.name for key in here.door.keys.all()} if caller.may("editor") else {}
    return schemas.Reading(
        document=schemas.entry(entry, snapshot),
        fields=[_field(name, document, read, names if caller.may("editor") else None) for name in FIELDS],
        stripped=[schemas.StrippedPiece.model_validate(each) for each in document.stripped],
        notes=list(document.notes),
    )


@router.patch("/documents/{id}", summary="Sửa các trường của phần đầu văn bản, hay trở lại điều máy đọc")
async def correct(id: Id, changes: schemas.FieldChanges, caller: Editor, here: Here) -> schemas.Reading:
    found = await here.pool.run(lambda: _correct(here, caller, id, changes))
    if not found:
        raise no_document(id)
    return await here.pool.run(lambda: reading(id, caller, here))


@router.get("/index", summary="Tình trạng kho: số lượng, dung lượng, mô hình, lần sao lưu và lần kiểm tra gần nhất")
async def index(caller: Admin, here: Here) -> schemas.StoreState:
    return await here.pool.run(lambda: state(here))


def _correct(here: Services, caller: Caller, id: str, changes: schemas.FieldChanges) -> bool:
    document = here.seen_by(caller).document(id)
    if document is None:
        return False
    put = [Correction.of(name, value, document.text, caller.id) for name, value in changes.values().items()]
    back = [Correction.back(name, caller.id) for name in dict.fromkeys(changes.revert)]
    return not (put or back) or here.store.correct(id, [*put, *back], caller.id)


def _field(name: HeaderField, document: Document, read: Reading, names: dict[str, str] | None) -> schemas.ReadField:
    span = document.header.spans.get(name)
    history = [
        schemas.Change(
            value=each.value,
            reverted=each.reverted,
            at=each.at,  # type: ignore[arg-type]
            by=None if names is None else names.get(each.actor, "máy này" if each.actor == "local" else each.actor),
        )
        for each in read.history
        if each.field == name
    ]
    return schemas.ReadField(
        name=name,
        label=LABELS[name],
        value=_written(getattr(document.header, name)),
        read=_written(getattr(read.header, name)),
        words=" ".join(span.of(document.text).split()) if span else None,
        start=span.start if span else None,
        end=span.end if span else None,
        corrected=bool(history) and not history[-1].reverted,
        stated=name not in document.header.entered,
        history=history,
    )


def _written(value: object) -> str | None:
    return None if value is None else str(value)
