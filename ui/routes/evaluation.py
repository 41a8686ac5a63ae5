"""Evaluation runs: start, watch, stop, look at what came of them, compare two."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response

from eval.about import Options
from eval.compare_report import as_html, verdict
from eval.record import FAULTS, Fault, Record
from eval.report import PAGE
from eval.runner import FullError
from eval.runs import BROUGHT, OPEN, Run
from ui import schemas_evaluation as schemas
from ui.auth import Caller
from ui.problems import ProblemError
from ui.services import Editor, Here, Services

router = APIRouter(prefix="/v1/evaluations", tags=["Đánh giá"])
Id = Annotated[str, Path(max_length=100)]
MOST_ANSWERS = 20_000  # of one run: what is kept in memory while it is looked at
PAPER = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}


@router.get("/runs", summary="Các lần chấm, mới nhất trước")
def runs(caller: Editor, here: Here) -> schemas.KeptRuns:
    found = here.workbench.runs.all(caller.groups)
    return schemas.KeptRuns(runs=[_kept(here, each) for each in found])


@router.post("/runs", status_code=202, summary="Chấm một bộ câu hỏi, chạy ngầm")
def start(body: schemas.RunRequest, caller: Editor, here: Here) -> schemas.KeptRun:
    bench = here.workbench
    chosen = bench.set(body.set_id, caller.groups)
    perturb = tuple(dict.fromkeys(body.perturb))
    options = Options(k=body.k, threshold=body.threshold, perturb=perturb, groups=caller.groups)
    if (body.against == BROUGHT) != bool(body.documents_id):
        raise ProblemError(422, "evaluation_documents", "Chấm trên tập văn bản nào thì nêu mã của tập ấy.")
    brought = bench.documents(body.documents_id, caller.groups) if body.documents_id else None
    answers = chosen.questions * (1 + len(perturb))
    if not 0 < answers <= MOST_ANSWERS:
        detail = f"Lần chấm này có {answers} lượt hỏi; phải từ 1 đến {MOST_ANSWERS}."
        raise ProblemError(422, "evaluation_size", detail)
    if bench.runner.full:
        raise _full()
    run = bench.runs.create(
        chosen, bench.sets.content(chosen.id), body.name or chosen.name, body.against, options, caller.name, brought
    )
    try:
        bench.runner.start(run)
    except FullError as error:  # another came first
        bench.runs.remove(run.id)
        raise _full() from error
    return _kept(here, run)


@router.get("/runs/{id}", summary="Một lần chấm: tiến độ và kết quả")
def run(id: Id, caller: Editor, here: Here) -> schemas.RunResults:
    found = _run(here, caller, id)
    kept = _kept(here, found)
    if kept.state.status != "done":
        return schemas.RunResults(**dict(kept), summary=None, about=None, conditions=[], faults={})
    report = here.workbench.report(found)
    plain = next(iter(report.outcomes.values()))
    counts = {fault: sum(fault in each.faults for each in plain) for fault in FAULTS}
    return schemas.RunResults(
        **dict(kept), summary=report, about=report.about, conditions=list(report.outcomes), faults=counts
    )


@router.get("/runs/{id}/answers", summary="Từng câu của một lần chấm, lọc theo lỗi và loại")
def answers(
    id: Id,
    caller: Editor,
    here: Here,
    condition: Annotated[str | None, Query(max_length=40, description="Cách gõ; mặc định như đã viết")] = None,
    fault: Annotated[Fault | None, Query(description="Chỉ những câu mắc lỗi này")] = None,
    faulty: Annotated[bool, Query(description="Chỉ những câu có lỗi")] = False,
    kind: Annotated[str | None, Query(max_length=200, description="Chỉ loại này")] = None,
    offset: Annotated[int, Query(ge=0, le=MOST_ANSWERS)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> schemas.Outcomes:
    report = here.workbench.report(_done(here, caller, id))
    asked = report.outcomes.get(condition or next(iter(report.outcomes)), ())

    def wanted(record: Record) -> bool:
        found = record.faults
        return (fault is None or fault in found) and bool(found or not faulty) and kind in (None, record.kind)

    chosen = [each for each in asked if wanted(each)]
    return schemas.Outcomes(total=len(chosen), records=chosen[offset : offset + limit])


@router.get("/runs/{id}/report", response_class=Response, summary="Báo cáo HTML của một lần chấm")
def report(id: Id, caller: Editor, here: Here) -> Response:
    found = _done(here, caller, id)
    return _paper((here.workbench.runs.folder(found.id) / PAGE).read_text(encoding="utf-8"), found.name)


@router.post("/runs/{id}/cancel", status_code=204, summary="Dừng một lần chấm")
def cancel(id: Id, caller: Editor, here: Here) -> Response:
    if not here.workbench.runner.cancel(_run(here, caller, id).id):
        raise ProblemError(409, "evaluation_ended", "Lần chấm này không còn chạy.")
    return Response(status_code=204)


@router.delete("/runs/{id}", status_code=204, summary="Xóa một lần chấm đã xong")
def remove(id: Id, caller: Editor, here: Here) -> Response:
    found = _run(here, caller, id)
    if here.workbench.runs.state(found.id).status in OPEN:
        raise ProblemError(409, "evaluation_open", "Lần chấm này đang chạy; hãy dừng nó trước.")
    here.workbench.runs.remove(found.id)
    return Response(status_code=204)


First = Annotated[str, Query(max_length=100, description="Mã lần chấm A")]
Second = Annotated[str, Query(max_length=100, description="Mã lần chấm B")]
Condition = Annotated[str | None, Query(max_length=40, description="Cách gõ; mặc định như đã viết")]


@router.get("/compare", summary="So hai lần chấm, từng câu một")
def compare(first: First, second: Second, caller: Editor, here: Here, condition: Condition = None) -> schemas.Compared:
    found = here.workbench.compared(*_pair(here, caller, first, second), condition)
    return schemas.Compared(comparison=found, verdict=verdict(found), warnings=list(found.warnings))


@router.get("/compare/report", response_class=Response, summary="Trang so sánh hai lần chấm, HTML")
def compare_report(first: First, second: Second, caller: Editor, here: Here, condition: Condition = None) -> Response:
    found = here.workbench.compared(*_pair(here, caller, first, second), condition)
    return _paper(as_html(found), "so-sanh")


def _pair(here: Services, caller: Caller, first: str, second: str) -> tuple[Run, Run]:
    return _done(here, caller, first), _done(here, caller, second)


def _kept(here: Services, run: Run) -> schemas.KeptRun:
    return schemas.KeptRun(run=run, state=here.workbench.runs.state(run.id), total=run.total)


def _run(here: Services, caller: Caller, id: str) -> Run:
    return here.workbench.run(id, caller.groups)


def _done(here: Services, caller: Caller, id: str) -> Run:
    found = _run(here, caller, id)
    if here.workbench.runs.state(found.id).status != "done":
        raise ProblemError(409, "evaluation_not_done", "Lần chấm này chưa có kết quả.")
    return found


def _paper(html: str, name: str) -> Response:
    file = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}.html"}
    return Response(html, media_type="text/html; charset=utf-8", headers=PAPER | file)


def _full() -> ProblemError:
    detail = "Đã có đủ lần chấm đang chờ. Hãy đợi một lần xong, hoặc dừng bớt."
    return ProblemError(503, "evaluations_full", detail, headers={"Retry-After": "30"})
