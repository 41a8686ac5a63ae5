"""What operators ask: alive, ready, counters; and who one is."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field

from fastapi import APIRouter, Response
from fastapi import Request as HttpRequest

from rag.answer import Request
from ui import schemas_talk
from ui.problems import ProblemError
from ui.services import Here, Reader, Services

router = APIRouter(tags=["Vận hành"])
FRESH_SECONDS = 10.0
LOG = logging.getLogger("hoi.api")


@dataclass(slots=True)
class Readiness:
    """Whether a real question was answered, and when; asked again at most every `FRESH_SECONDS`."""

    services: Services
    answered_at: float | None = None
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def check(self) -> None:
        """Returns when a question was answered lately; else raises a 503 problem."""
        async with self._one:
            if self.answered_at is None or time.monotonic() - self.answered_at > FRESH_SECONDS:
                try:
                    await self.services.pool.run(self._ask)
                except Exception as error:  # whatever it is, the answer is the same: not ready
                    LOG.error("not ready: %s", type(error).__name__)
                    detail = "Chưa trả lời được câu hỏi thử; hãy xem nhật ký máy chủ."
                    raise ProblemError(503, "not_ready", detail, headers={"Retry-After": "2"}) from error
                self.answered_at = time.monotonic()

    def _ask(self) -> None:
        question = next(iter(self.services.suggested.questions(1)), "Kho văn bản có những gì?")
        self.services.assistant.ask(Request(question))


@router.get("/healthz", summary="Còn sống")
async def healthz() -> schemas_talk.Health:
    return schemas_talk.Health(status="ok")


@router.get("/readyz", summary="Sẵn sàng: một câu hỏi thật vừa được trả lời")
async def readyz(request: HttpRequest) -> schemas_talk.Health:
    await request.app.state.readiness.check()
    return schemas_talk.Health(status="ready")


@router.get("/metrics", response_class=Response, summary="Số đo cho Prometheus")
async def metrics(here: Here) -> Response:
    return Response(here.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


@router.get("/v1/me", summary="Mình là ai: tên và vai trò của khóa")
def me(caller: Reader, here: Here) -> schemas_talk.Me:
    groups = here.door.keys.groups() if caller.groups is None else caller.groups
    demanded = here.door.keys_demanded()
    return schemas_talk.Me(name=caller.name, role=caller.role, keys_demanded=demanded, groups=sorted(groups))
