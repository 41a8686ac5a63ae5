"""Long work: asked after until it is done, and what was refused sent once more."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import JSONResponse

from ui.schemas_jobs import Job, Jobs
from ui.services import Admin, Editor, Here

router = APIRouter(prefix="/v1", tags=["Công việc dài"])
Id = Annotated[str, Path(max_length=200)]
Ago = Annotated[int, Query(ge=0, le=86_400, description="Kể cả những việc đã xong trong chừng này giây")]
TAKEN = {202: {"model": Job, "description": "Đã nhận; hỏi tiếp ở Location"}}


def accepted(job: Job) -> Response:
    """202 with where to ask after the job."""
    return JSONResponse(job.model_dump(mode="json"), 202, {"Location": f"/v1/jobs/{job.id}", "Retry-After": "1"})


@router.get("/jobs", summary="Những công việc của mình chưa xong hoặc vừa xong, mới nhất trước")
def jobs(caller: Editor, here: Here, ended_within: Ago = 0) -> Jobs:
    return Jobs(jobs=here.jobs.own(caller, ended_within))


@router.get("/jobs/{id}", summary="Một công việc của mình: đang làm tới đâu, kết quả từng tệp")
def job(id: Id, caller: Editor, here: Here) -> Job:
    return here.jobs.get(caller, id)


@router.delete("/jobs/{id}", status_code=204, summary="Cất kết quả của một công việc đã xong")
def close(id: Id, caller: Editor, here: Here) -> None:
    here.jobs.close(caller, id)


@router.post(
    "/jobs/{id}/retry",
    status_code=202,
    response_class=Response,
    responses=TAKEN,  # type: ignore[arg-type]
    summary="Nạp lại những tệp đã bị từ chối của công việc này",
)
def retry(id: Id, caller: Editor, here: Here) -> Response:
    return accepted(here.jobs.retry(caller, id))


@router.post(
    "/index/check",
    status_code=202,
    response_class=Response,
    responses=TAKEN,  # type: ignore[arg-type]
    summary="Kiểm tra kho: tệp, dòng, vectơ và chỉ mục có khớp nhau không",
)
def check(caller: Admin, here: Here) -> Response:
    return accepted(here.jobs.check(caller))
