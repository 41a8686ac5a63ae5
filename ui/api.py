"""The HTTP door: every route of the contract around one assistant."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypedDict

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from index.database import StoreError
from rag.settings import Settings
from ui import problems
from ui.auth import is_loopback
from ui.guard import Guard
from ui.problems import ProblemError
from ui.routes import (
    ask,
    audit,
    chat,
    conversations,
    documents,
    evaluation,
    evaluation_documents,
    evaluation_drafts,
    evaluation_sets,
    export,
    facets,
    jobs,
    keys,
    login,
    pages,
    reference,
    service,
    shelf,
    tuning,
    widget,
    words,
)
from ui.services import Services

if TYPE_CHECKING:
    from rag.assistant import Assistant


class CrossOrigin(TypedDict):
    """What pages of other origins may do; `CORSMiddleware`'s arguments."""

    allow_methods: list[str]
    allow_headers: list[str]
    expose_headers: list[str]
    max_age: int


DESCRIPTION = "Hỏi đáp trên văn bản hành chính tiếng Việt; mỗi câu trả lời có trích dẫn nguyên văn đã được kiểm."
LOG = logging.getLogger("hoi.api")
LOG_SECONDS = 2.0
CROSS_ORIGIN: CrossOrigin = {
    "allow_methods": ["GET", "POST", "PUT", "PATCH", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type"],
    "expose_headers": ["X-Request-ID", "X-Conversation-Id", "Retry-After"],
    "max_age": 600,
}
ERRORS = {"default": {"model": problems.ProblemObject, "description": "Lỗi, theo RFC 9457"}}
PREFIXES = (
    "/v1",
    "/docs",
    "/openapi.json",
    "/healthz",
    "/readyz",
    "/metrics",
    "/widget.js",
)  # what is the API's on a shared port
MODULES = (
    ask,
    documents,
    shelf,
    facets,
    pages,
    jobs,
    conversations,
    export,
    chat,
    evaluation_documents,
    evaluation_sets,
    evaluation_drafts,
    evaluation,
    service,
    reference,
    widget,
    login,
    keys,
    words,
    tuning,
    audit,
)


def create_app(assistant: Assistant, settings: Settings, host: str = "127.0.0.1") -> FastAPI:
    """The API. `host` is the address that the server is bound to: any but loopback demands keys."""
    services = Services.around(assistant, settings, is_loopback(host))
    app = FastAPI(
        title="Hỏi",
        version="1",
        description=DESCRIPTION,
        lifespan=running,
        docs_url=None,
        redoc_url=None,
        responses=ERRORS,  # type: ignore[arg-type]
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.services = services
    app.state.readiness = service.Readiness(services)
    app.add_middleware(Guard, services=services)
    if settings.cors_origins:  # outside the guard: a browser must be able to read a refusal, and asks without a key
        app.add_middleware(CORSMiddleware, allow_origins=settings.cors_origins.split(), **CROSS_ORIGIN)
    problems.install(app)
    for module in MODULES:
        app.include_router(module.router)
    return app


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[None]:
    """Answers a first question in the background, so that what is loaded on first use is loaded."""
    services: Services = app.state.services
    chores = (_warm(app.state.readiness), _keep_log(services), _keep_time(services))
    tasks = [asyncio.create_task(chore) for chore in chores]
    services.jobs.start()
    yield
    for task in tasks:
        task.cancel()
    await asyncio.to_thread(_write_log, services, True)
    await asyncio.to_thread(services.jobs.stop)
    await asyncio.to_thread(services.workbench.runner.close)
    services.pool.close()
    services.sandbox.close()


async def _keep_log(services: Services) -> None:
    while True:
        await asyncio.sleep(LOG_SECONDS)
        await asyncio.to_thread(_write_log, services)


async def _keep_time(services: Services) -> None:
    while True:
        await asyncio.to_thread(_expire, services)
        await asyncio.sleep(60 * services.settings.retention_minutes)


def _expire(services: Services) -> None:
    """Removes what is older than is kept now: as the administrator chose, else as the environment says."""
    try:
        if days := services.retention_days:
            services.memory.expire(datetime.now(UTC) - timedelta(days=days), "retention")
    except StoreError as error:
        LOG.warning("old conversations not removed: %s", error.code)


def _write_log(services: Services, last: bool = False) -> None:
    try:
        services.denials.write(last)
        services.uses.write(last)
    except StoreError as error:  # a full disk: the service goes on
        LOG.warning("refusals and uses of keys not logged: %s", error.code)


async def _warm(readiness: service.Readiness) -> None:
    with suppress(ProblemError, asyncio.CancelledError):
        await readiness.check()
