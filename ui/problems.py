"""Errors as RFC 9457 problem objects: Vietnamese `detail`, stable `code`; nothing of the inside."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException as StarletteHTTPException

from eval.inputs import InputError
from eval.kept import MissingError
from index.database import StoreError
from rag.answer import QuestionError
from ui.pool import RETRY_SECONDS, BusyError
from ui.vietnamese import field_error

MEDIA_TYPE = "application/problem+json"
LOG = logging.getLogger("hoi.api")

TITLES = {
    400: "Yêu cầu không đọc được",
    401: "Chưa xác thực",
    403: "Không đủ quyền",
    404: "Không tìm thấy",
    405: "Phương thức không được dùng ở đây",
    409: "Xung đột",
    413: "Nội dung quá lớn",
    415: "Loại tệp không được hỗ trợ",
    421: "Sai địa chỉ máy chủ",
    422: "Dữ liệu chưa hợp lệ",
    429: "Quá nhiều yêu cầu",
    500: "Lỗi máy chủ",
    503: "Máy chủ đang bận",
}
PLAIN = {  # status → (code, detail) of errors that the framework raises by itself
    400: ("bad_request", "Không đọc được nội dung yêu cầu. Hãy gửi JSON hợp lệ, mã hóa UTF-8."),
    404: ("not_found", "Không có địa chỉ này. Danh sách đường dẫn nằm ở /docs."),
    405: ("method_not_allowed", "Địa chỉ này có, nhưng không dùng phương thức này. Xem /docs."),
    413: ("too_large", "Nội dung gửi lên lớn hơn mức cho phép."),
    500: (
        "internal_error",
        "Máy chủ gặp lỗi. Hãy thử lại, hoặc báo mã yêu cầu (request_id) cho quản trị viên.",
    ),
}


class FieldProblem(BaseModel):
    """What is wrong with one field or one file of the request."""

    field: str
    code: str
    detail: str


class ProblemObject(BaseModel):
    """RFC 9457 problem details, with our `code`, `request_id` and the list of `errors` in the request."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[FieldProblem] | None = None


class ProblemError(Exception):
    """An error that the caller should see. `detail` is Vietnamese; `code` never changes once published."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        errors: list[FieldProblem] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.errors, self.headers = errors, headers

    def as_object(self, request_id: str) -> ProblemObject:
        title = TITLES.get(self.status, "Lỗi")
        return ProblemObject(
            type=f"urn:hoi:problem:{self.code}",
            title=title,
            status=self.status,
            detail=self.detail,
            code=self.code,
            request_id=request_id,
            errors=self.errors,
        )

    def as_http(self) -> StarletteHTTPException:
        """For where only the framework's own error passes through unharmed: while a body is being read."""
        return StarletteHTTPException(self.status)


def request_id(request: Request) -> str:
    found = request.scope.get("hoi.request_id", "")
    return str(found)


def respond(request: Request, problem: ProblemError) -> Response:
    """The problem as a response; with OpenAI's `error.message` as well where their clients look for it."""
    found = problem.as_object(request_id(request))
    content: dict[str, object] = found.model_dump(exclude_none=True)
    if request.scope["path"].startswith(("/v1/chat/", "/v1/models")):
        content["error"] = {"message": problem.detail, "type": problem.code, "code": problem.code}
    return JSONResponse(content, problem.status, problem.headers, MEDIA_TYPE)


def from_status(status: int, headers: Mapping[str, str] | None = None) -> ProblemError:
    """The problem that a bare status stands for."""
    code, detail = PLAIN.get(status, ("error", TITLES.get(status, "Lỗi") + "."))
    return ProblemError(status, code, detail, headers=dict(headers) if headers else None)


def from_error(error: Exception) -> ProblemError:
    """Any error as what its caller may know of it: our own ones speak, all others are "internal_error"."""
    match error:
        case ProblemError():
            return error
        case StarletteHTTPException():
            return from_status(error.status_code, error.headers)
        case RequestValidationError():
            return from_validation(error)
        case QuestionError():
            return ProblemError(422, "invalid_question", str(error))
        case InputError():
            return ProblemError(422, "invalid_evaluation", str(error))
        case MissingError():
            return ProblemError(404, "evaluation_not_found", str(error))
        case BusyError():
            wait = {"Retry-After": str(RETRY_SECONDS)}
            return ProblemError(
                503, "busy", "Máy chủ đang có nhiều câu hỏi. Vui lòng thử lại sau giây lát.", headers=wait
            )
        case StoreError():
            return ProblemError(503, error.code, str(error), headers={"Retry-After": str(RETRY_SECONDS)})
    return from_status(500)


def from_validation(error: RequestValidationError) -> ProblemError:
    """Pydantic's list as one Vietnamese sentence and a list of fields. The rejected input is not repeated."""
    found = [field_error(each) for each in error.errors()]
    if any(each["type"] == "json_invalid" for each in error.errors()):
        return from_status(400)
    fields = [FieldProblem(field=field, code=code, detail=detail) for field, code, detail in found]
    first = fields[0]
    detail = f"{first.field}: {first.detail}" if first.field else first.detail
    return ProblemError(422, "invalid_request", detail, errors=fields)


def install(app: FastAPI) -> None:
    """The one place where errors become HTTP."""

    def handle(request: Request, error: Exception) -> Response:
        problem = from_error(error)
        if problem.status == 500:
            LOG.error("request %s failed: %s", request_id(request), type(error).__name__)
        return respond(request, problem)

    for kind in (
        ProblemError,
        StarletteHTTPException,
        RequestValidationError,
        QuestionError,
        InputError,
        MissingError,
        BusyError,
        StoreError,
        Exception,
    ):
        app.add_exception_handler(kind, handle)
