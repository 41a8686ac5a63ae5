"""The documents: list, one, its canonical text, its original file; and for editors adding and removing."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import FormData, UploadFile

from index.access import GroupError, Groups, groups
from index.store import GoneError, StoredDocument
from rag.links import linked
from ui import intake
from ui import schemas_documents as shapes
from ui.asking import no_document
from ui.auth import Caller
from ui.guard import FILE_LIMIT
from ui.problems import ProblemError
from ui.routes.jobs import accepted
from ui.schemas_jobs import Job
from ui.schemas_shelf import Receipt
from ui.services import Editor, Here, Reader, Services

router = APIRouter(prefix="/v1/documents", tags=["Văn bản"])
Id = Annotated[str, Path(max_length=200)]
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

ONE_FILE = {
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        }
    }
}


@router.get("", summary="Danh sách văn bản với siêu dữ liệu")
def documents(caller: Reader, here: Here) -> shapes.Documents:
    return shapes.Documents(documents=[shapes.document(each) for each in here.seen_by(caller).documents()])


@router.get("/{id}", summary="Siêu dữ liệu của một văn bản")
def document(id: Id, caller: Reader, here: Here) -> shapes.Document:
    return shapes.document(_stored(here, caller, id))


@router.get("/{id}/links", summary="Văn bản liên quan: căn cứ, thay thế, sửa đổi… với nguyên văn nói điều đó")
def links(id: Id, caller: Reader, here: Here) -> shapes.DocumentLinks:
    _stored(here, caller, id)
    return shapes.DocumentLinks.model_validate({"links": linked(here.seen_by(caller), id)})


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
    response_model=shapes.AddedDocuments,
    responses={202: {"model": Job, "description": "Với wait=false: đã nhận, đang nạp; hỏi tiếp ở Location"}},
    summary="Nạp tệp; xong là đã lưu bền và tìm được, hoặc với wait=false thì nạp dần",
    openapi_extra={"requestBody": {"required": True, **FORM}},
)
async def add(
    request: Request, response: Response, caller: Editor, here: Here, wait: bool = True
) -> shapes.AddedDocuments | Response:
    contents, wanted = await _sent(request, caller)
    if not wait:
        job = await here.pool.run(lambda: here.jobs.upload(caller, contents, wanted))
        return accepted(job)
    added = await here.pool.run(lambda: _add(here, caller, contents, wanted))
    if all(each.status == "unchanged" for each in added.documents):
        response.status_code = 200
    return added


@router.put(
    "/{id}",
    summary="Thay bằng bản mới; bản cũ còn dùng được tới khi bản mới đã lưu bền",
    openapi_extra={"requestBody": {"required": True, **ONE_FILE}},
)
async def replace(id: Id, request: Request, caller: Editor, here: Here) -> shapes.AddedDocument:
    stored = _stored(here, caller, id)
    contents, _ = await _sent(request, caller)
    if len(contents) != 1:
        raise ProblemError(422, "not_one_document", "Bản mới phải là một tệp có đúng một văn bản.")
    try:
        added = await here.pool.run(lambda: _add(here, caller, contents, stored.groups, stored.id))
    except GoneError as error:
        raise no_document(id) from error
    return added.documents[0]


@router.delete(
    "/{id}",
    status_code=204,
    response_class=Response,
    responses={200: {"model": Receipt, "description": "Với receipt=true: biên nhận những gì đã xóa"}},
    summary="Gỡ một văn bản; với receipt=true kèm biên nhận rằng không còn gì",
)
async def remove(id: Id, caller: Editor, here: Here, receipt: bool = False) -> Response:
    stored = _stored(here, caller, id)
    removed = await here.pool.run(lambda: here.store.remove_with_proof([stored.id], actor=caller.id))
    if not removed:
        raise no_document(id)
    if not receipt:
        return Response(status_code=204)
    return JSONResponse(Receipt.model_validate(removed[0]).model_dump(mode="json"))


async def _sent(request: Request, caller: Caller) -> tuple[list[tuple[str, bytes]], Groups]:
    """The files of a form with their names, and the groups that it names."""
    async with request.form(max_files=100, max_fields=100) as form:
        wanted = _groups(caller, [each for each in form.getlist("group") if isinstance(each, str)])
        return await _read(form), wanted


async def sent_files(request: Request) -> list[tuple[str, bytes]]:
    """The files of a form with their names. Raises a 422 problem where there is none."""
    async with request.form(max_files=100, max_fields=100) as form:
        return await _read(form)


async def _read(form: FormData) -> list[tuple[str, bytes]]:
    files = [each for each in form.getlist("file") if isinstance(each, UploadFile)]
    if not files:
        raise ProblemError(422, "no_file", "Chưa có tệp nào: hãy gửi multipart/form-data với trường file.")
    return [(each.filename or "", await each.read(FILE_LIMIT + 1)) for each in files]


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


def _add(
    here: Services, caller: Caller, contents: list[tuple[str, bytes]], to: Groups, replaces: str | None = None
) -> shapes.AddedDocuments:
    """All files or none: a bad one is named and nothing is stored. Of an archive, what can be read."""
    found = [intake.read(here.sandbox, name, content, to, replaces) for name, content in contents]
    if bad := [each.error for each in found if each.error]:
        raise ProblemError(STATUS.get(bad[0].code, 422), bad[0].code, bad[0].detail, errors=bad)
    uploads = [upload for each in found for upload in each.uploads]
    if replaces is not None and len(uploads) != 1:
        raise ProblemError(422, "not_one_document", "Bản mới phải là một tệp có đúng một văn bản.")
    added = here.store.add(uploads, actor=caller.id)
    documents = intake.described(here.seen_by(caller), uploads, added)
    return shapes.AddedDocuments(documents=documents, left_out=[one for each in found for one in each.left_out])
