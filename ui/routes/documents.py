"""The documents: list, one, its canonical text, its original file; and for editors adding and removing."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response
from starlette.datastructures import UploadFile

from corpus.sandbox import Loaded, Refused
from index.access import GroupError, Groups, groups, restricted
from index.store import Added, StoredDocument, Upload
from rag.links import linked
from ui import schemas
from ui.asking import no_document
from ui.auth import Caller
from ui.guard import FILE_LIMIT
from ui.problems import FieldProblem, ProblemError
from ui.services import Editor, Here, Reader, Services

router = APIRouter(prefix="/v1/documents", tags=["Văn bản"])
Id = Annotated[str, Path(max_length=200)]
NAME_LENGTH = 200
STATUS = {"too_large": 413, "unsupported_type": 415}  # LoadError.code → HTTP; all others 422
GROUP = "Nhóm được xem các tệp này; bỏ trống thì mọi khóa đều xem được"
FORM = {
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {
                    "file": {"type": "array", "items": {"type": "string", "format": "binary"}},
                    "group": {"type": "array", "items": {"type": "string"}, "description": GROUP},
                },
            }
        }
    }
}


@router.get("", summary="Danh sách văn bản với siêu dữ liệu")
def documents(caller: Reader, here: Here) -> schemas.Documents:
    return schemas.Documents(documents=[schemas.document(each) for each in here.seen_by(caller).documents()])


@router.get("/{id}", summary="Siêu dữ liệu của một văn bản")
def document(id: Id, caller: Reader, here: Here) -> schemas.Document:
    return schemas.document(_stored(here, caller, id))


@router.get("/{id}/links", summary="Văn bản liên quan: căn cứ, thay thế, sửa đổi… với nguyên văn nói điều đó")
def links(id: Id, caller: Reader, here: Here) -> schemas.DocumentLinks:
    _stored(here, caller, id)
    return schemas.DocumentLinks.model_validate({"links": linked(here.seen_by(caller), id)})


@router.get("/{id}/text", response_class=Response, summary="Toàn văn, đúng từng ký tự mà trích dẫn chỉ tới")
def text(id: Id, caller: Reader, here: Here) -> Response:
    found = here.seen_by(caller).document(id)
    if found is None:
        raise no_document(id)
    return Response(found.text.encode(), media_type="text/plain; charset=utf-8")


@router.get("/{id}/file", response_class=Response, summary="Tệp gốc, đúng từng byte")
def file(id: Id, caller: Reader, here: Here) -> Response:
    stored, found = _stored(here, caller, id), here.store.original(id)
    if found is None:
        raise no_document(id)
    content, media_type = found
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(stored.file, safe='')}"}
    return Response(content, media_type=media_type, headers=headers)


@router.post(
    "",
    status_code=201,
    response_model=schemas.AddedDocuments,
    summary="Nạp tệp; xong là đã lưu bền và tìm được",
    openapi_extra={"requestBody": {"required": True, **FORM}},
)
async def add(request: Request, response: Response, caller: Editor, here: Here) -> schemas.AddedDocuments:
    async with request.form(max_files=100, max_fields=100) as form:
        files = [each for each in form.getlist("file") if isinstance(each, UploadFile)]
        if not files:
            raise ProblemError(422, "no_file", "Chưa có tệp nào: hãy gửi multipart/form-data với trường file.")
        wanted = _groups(caller, [each for each in form.getlist("group") if isinstance(each, str)])
        contents = [(each.filename or "", await each.read(FILE_LIMIT + 1)) for each in files]
    added = await here.pool.run(lambda: _add(here, caller, contents, wanted))
    if all(each.status == "unchanged" for each in added.documents):
        response.status_code = 200
    return added


@router.delete("/{id}", status_code=204, summary="Gỡ một văn bản")
async def remove(id: Id, caller: Editor, here: Here) -> Response:
    stored = _stored(here, caller, id)
    if not await here.pool.run(lambda: here.store.remove([stored.id], actor=caller.id)):
        raise no_document(id)
    return Response(status_code=204)


def _stored(here: Services, caller: Caller, id: str) -> StoredDocument:
    found = here.seen_by(caller).stored(id)
    if found is None:
        raise no_document(id)
    return found


def _groups(caller: Caller, names: list[str]) -> Groups:
    """The groups that an upload names: only the caller's own, or what it adds it could not see itself."""
    try:
        found = groups(names)
    except GroupError as error:
        raise ProblemError(422, "invalid_group", str(error)) from error
    if caller.groups is not None and not found <= caller.groups:
        raise ProblemError(403, "group_forbidden", "Chỉ thêm được văn bản cho những nhóm mà khóa này thuộc về.")
    return found


def _add(here: Services, caller: Caller, contents: list[tuple[str, bytes]], to: Groups) -> schemas.AddedDocuments:
    """All files or none: a bad one is named and nothing is stored. Of an archive, what can be read."""
    uploads: list[Upload] = []
    bad: list[FieldProblem] = []
    left_out: list[schemas.LeftOut] = []
    for name, content in contents:
        found = list(here.sandbox.read(content, _file_name(name)))
        read = [each for each in found if isinstance(each, Loaded)]
        uploads += [Upload(restricted(each.document, to), each.content, groups=to) for each in read]
        refused = [each for each in found if isinstance(each, Refused)]
        if len(refused) == len(found):
            error = refused[0].error
            bad.append(FieldProblem(field=name[:200], code=error.code, detail=str(error)))
        left_out += [
            schemas.LeftOut(path=f"{name}!{each.inside}"[:500], code=each.error.code, detail=str(each.error))
            for each in refused
        ]
    if bad:
        raise ProblemError(STATUS.get(bad[0].code, 422), bad[0].code, bad[0].detail, errors=bad)
    added = here.store.add(uploads, actor=caller.id)
    return _described(here, caller, uploads, added, left_out)


def _file_name(name: str) -> str:
    """The last part of what the client calls the file, without letters that cannot be seen."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-NAME_LENGTH:] or "tep"


def _described(
    here: Services, caller: Caller, uploads: list[Upload], added: list[Added], left_out: list[schemas.LeftOut]
) -> schemas.AddedDocuments:
    snapshot = here.seen_by(caller)
    notes = {each.document.id: list(each.document.notes) for each in uploads}
    found = []
    for each in added:
        if stored := snapshot.stored(each.document_id):  # else somebody has removed it meanwhile
            fields = schemas.document(stored).model_dump()
            remarks = [*notes[each.document_id], *([each.similar.remark] if each.similar else [])]
            found.append(schemas.AddedDocument(**fields, status=each.status, notes=remarks))
    return schemas.AddedDocuments(documents=found, left_out=left_out)
