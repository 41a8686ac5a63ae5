"""The API's shapes of long work: what becomes of the files sent, what a check of the store found."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from ui.problems import FieldProblem
from ui.schemas import Given
from ui.schemas_documents import AddedDocument, LeftOut


class JobFile(Given):
    """A file of a job, and what became of it."""

    file: str
    state: Literal["waiting", "working", "done", "refused"]
    read: int = Field(0, description="Số văn bản đã đọc được bên trong")
    documents: list[AddedDocument] = Field([])
    left_out: list[LeftOut] = Field([])
    error: FieldProblem | None = None


class Finding(Given):
    code: str
    message: str
    subject: str


class Job(Given):
    """Long work, asked after until its `state` is done or failed. `documents`, `left_out` as POST /v1/documents has."""

    id: str
    kind: Literal["upload", "check"]
    state: Literal["waiting", "working", "done", "failed"]
    detail: str = Field(description="Đang làm gì, hoặc vì sao không xong; tiếng Việt")
    created_at: datetime
    done: int = Field(description="Số bước hoặc tệp đã xong")
    total: int
    refused: int = Field(0, description="Số tệp bị từ chối; POST /v1/jobs/{id}/retry gửi lại chúng")
    files: list[JobFile] = Field([])
    documents: list[AddedDocument] = Field([])
    left_out: list[LeftOut] = Field([])
    errors: list[FieldProblem] = Field([])
    findings: list[Finding] = Field([], description="Điều bộ kiểm tra thấy sai; rỗng khi kho lành lặn")


class Jobs(Given):
    jobs: list[Job]
