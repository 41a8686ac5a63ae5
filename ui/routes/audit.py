"""The audit log, read, checked and taken away; and how the service is used."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from corpus.text import fold
from index import audit
from rag import usage
from ui import schemas_admin as schemas
from ui.auth import LOCAL
from ui.services import Admin, Here, Services

router = APIRouter(prefix="/v1/admin", tags=["Quản trị"])


@router.get("/audit", summary="Nhật ký kiểm toán, mới nhất trước")
def log(
    caller: Admin,
    here: Here,
    q: Annotated[str, Query(max_length=200, description="Từ cần tìm trong dòng")] = "",
    action: Annotated[str, Query(max_length=20)] = "",
    before: Annotated[int | None, Query(ge=1, description="Chỉ các dòng trước dòng này")] = None,
    n: Annotated[int, Query(ge=1, le=500)] = 50,
) -> schemas.AuditLog:
    names = names_of(here)
    with here.store.database.read() as connection:
        newest = audit.latest(connection, before, action)
        found = (_shown(entry, names) for entry in newest)
        held = [entry for entry, _ in zip(_matching(found, q), range(n + 1), strict=False)]
    return schemas.AuditLog(entries=held[:n], more=len(held) > n)


@router.get("/audit/check", summary="Kiểm chuỗi mã băm của nhật ký")
def check(caller: Admin, here: Here) -> schemas.AuditCheck:
    with here.store.database.read() as connection:
        broken, lines = audit.first_broken(connection), audit.count(connection)
    return schemas.AuditCheck(sound=broken is None, lines=lines, first_broken=broken)


@router.get(
    "/audit/file",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/x-ndjson": {}}}},
    summary="Cả nhật ký với mã băm, mỗi dòng một đối tượng JSON",
)
def file(caller: Admin, here: Here) -> StreamingResponse:
    headers = {"Content-Disposition": 'attachment; filename="hoi-audit.jsonl"'}
    return StreamingResponse(_lines(here, names_of(here)), media_type="application/x-ndjson", headers=headers)


@router.get("/usage", summary="Số câu hỏi, tỷ lệ từ chối, điều còn thiếu, thời gian, theo khóa")
def used(caller: Admin, here: Here, days: Annotated[int, Query(ge=1, le=366)] = 30) -> schemas.Usage:
    found, names = usage.usage(here.store.database, days), names_of(here)
    return schemas.Usage(
        **{name: getattr(found, name) for name in ("questions", "refused", "up", "down", "latency_ms")},
        days=[schemas.UsageDay.model_validate(day) for day in found.days],
        missing=[schemas.MissingQuestion.model_validate(one) for one in found.missing],
        keys=[
            schemas.KeyShare(
                owner=share.owner,
                name=names.get(share.owner, share.owner),
                questions=share.questions,
                refused=share.refused,
            )
            for share in found.owners
        ],
    )


def names_of(here: Services) -> dict[str, str]:
    """Names by their ids: of keys, revoked ones too, and of people who signed in."""
    return here.logins.names() | {LOCAL.id: LOCAL.name} | {key.id: key.name for key in here.door.keys.all()}


def _shown(entry: audit.Entry, names: dict[str, str]) -> schemas.AuditEntry:
    fields = {name: value for name, value in asdict(entry).items() if name != "hash"}
    return schemas.AuditEntry(**fields, actor_name=names.get(entry.actor, entry.actor))


def _matching(entries: Iterator[schemas.AuditEntry], wanted: str) -> Iterator[schemas.AuditEntry]:
    """Those that hold every word, accents aside."""
    words = fold(wanted).split()
    for each in entries:
        line = fold(" ".join((each.actor, each.actor_name, each.action, each.subject, each.detail)))
        if all(word in line for word in words):
            yield each


def _lines(here: Services, names: dict[str, str]) -> Iterator[str]:
    with here.store.database.read() as connection:
        for entry in audit.entries(connection):
            named = asdict(entry) | {"actor_name": names.get(entry.actor, entry.actor)}
            yield json.dumps(named, ensure_ascii=False) + "\n"
