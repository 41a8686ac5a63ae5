"""What the routes share: the assistant, its store, conversations, keys, the pool and the counters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from rag.memory import Memory
from rag.settings import Settings
from ui.auth import Caller, Door, Keys
from ui.metrics import Metrics
from ui.pool import Pool, cores
from ui.schemas import Role

if TYPE_CHECKING:
    from rag.assistant import Assistant

    from index.store import Store

LLM_WORKERS = 32  # threads that mostly wait for the model's server


@dataclass(frozen=True, slots=True)
class Services:
    assistant: Assistant
    store: Store
    memory: Memory
    door: Door
    pool: Pool
    metrics: Metrics

    @classmethod
    def around(cls, assistant: Assistant, settings: Settings, loopback: bool) -> Services:
        store = assistant.store
        pool = Pool(LLM_WORKERS if settings.llm else cores())
        return cls(
            assistant,
            store,
            Memory(store.database),
            Door(Keys(store.database), loopback),
            pool,
            Metrics(pool),
        )


def services(request: Request) -> Services:
    found = request.app.state.services
    assert isinstance(found, Services)
    return found


def _with_role(role: Role) -> Callable[[Request], Caller]:
    def caller(request: Request) -> Caller:
        found = request.scope["hoi.caller"]  # put there by the guard, before the body was read
        assert isinstance(found, Caller)
        found.demand(role)
        return found

    return caller


Here = Annotated[Services, Depends(services)]
Reader = Annotated[Caller, Depends(_with_role("reader"))]
Editor = Annotated[Caller, Depends(_with_role("editor"))]
