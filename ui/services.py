"""What the routes share: the assistant, its store, conversations, keys, the pool and the counters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from corpus.sandbox import Sandbox
from eval.workbench import Workbench
from index.access import Groups
from rag.choices import ChoiceBook
from rag.memory import Memory
from rag.settings import Settings
from ui.auth import Caller, Door, Keys
from ui.facets import Facets, Kept
from ui.jobs import Jobs
from ui.key_uses import Uses
from ui.limits import Denials, Limits, Rate
from ui.logins import Logins
from ui.metrics import Metrics
from ui.pages import Pages
from ui.pool import Pool, cores
from ui.schemas import Role
from ui.shelf import Shelf
from ui.sign_in import SignedIn

if TYPE_CHECKING:
    from index.store import Snapshot, Store
    from rag.assistant import Assistant

K = 8  # passages, where neither the request nor the administrator says how many
LLM_WORKERS = 8  # per processor: they mostly wait for the model's server, but reading its words keeps one busy too
LLM_WAITING = 2  # per processor: few, for an answer takes seconds, and so would the wait


class Suggested:
    """Suggested questions, each of which was answered; thought of once until the documents change."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._kept = Kept[tuple[int, Groups | None], list[str]](assistant.store.database.change)

    def questions(self, n: int, groups: Groups | None = None) -> list[str]:
        return self._kept.get((n, groups), lambda: self._assistant.suggestions(n, groups))


@dataclass(frozen=True, slots=True)
class Services:
    assistant: Assistant
    store: Store
    memory: Memory
    door: Door
    pool: Pool
    metrics: Metrics
    suggested: Suggested
    kept_facets: Kept[Groups | None, Facets]
    kept_shelf: Kept[Groups | None, Shelf]
    sandbox: Sandbox
    pages: Pages
    limits: Limits
    denials: Denials
    jobs: Jobs
    workbench: Workbench
    uses: Uses
    logins: Logins
    choices: ChoiceBook
    settings: Settings

    @classmethod
    def around(cls, assistant: Assistant, settings: Settings, loopback: bool) -> Services:
        store = assistant.store
        pool = Pool(LLM_WORKERS * cores(), LLM_WAITING * cores()) if settings.llm else Pool(cores())
        logins = Logins(store.database)
        door = Door(Keys(store.database), loopback, SignedIn.of(settings, logins))
        sandbox = Sandbox()
        return cls(
            assistant=assistant,
            store=store,
            memory=Memory(store.database),
            door=door,
            pool=pool,
            metrics=Metrics(pool),
            suggested=Suggested(assistant),
            kept_facets=Kept[Groups | None, Facets](store.database.change),
            kept_shelf=Kept[Groups | None, Shelf](store.database.change),
            sandbox=sandbox,
            jobs=Jobs(store, sandbox),
            workbench=Workbench(settings),
            pages=Pages.of(store, sandbox),
            limits=Limits(Rate(settings.rate_per_minute, settings.rate_burst)),
            denials=Denials(store.database),
            uses=Uses(door.keys),
            logins=logins,
            choices=ChoiceBook(store.database),
            settings=settings,
        )

    @property
    def retention_days(self) -> int:
        """After how many days a conversation is removed; 0: never."""
        chosen = self.choices.current().tuning.retention_days
        return self.settings.retention_days if chosen is None else chosen

    def passages(self, k: int | None) -> int:
        """How many passages a request gets that asks for `k`."""
        return k or self.choices.current().tuning.k or K

    def seen_by(self, caller: Caller) -> Snapshot:
        """The documents as far as the caller may see them: what every route reads from."""
        return self.store.snapshot().seen_by(caller.groups)

    def facets(self, caller: Caller) -> Facets:
        """What there is to narrow a question by, of the documents that the caller may see."""
        return self.kept_facets.get(caller.groups, lambda: Facets.of(self.seen_by(caller).documents()))

    def shelf(self, caller: Caller) -> Shelf:
        """The documents that the caller may see, as whoever keeps them looks them through."""
        return self.kept_shelf.get(caller.groups, lambda: Shelf.of(self.seen_by(caller), caller.groups))


async def services(request: Request) -> Services:  # async: a thread for every such trifle would be slow
    found = request.app.state.services
    assert isinstance(found, Services)
    return found


def _with_role(role: Role) -> Callable[[Request], Awaitable[Caller]]:
    async def caller(request: Request) -> Caller:
        found = request.scope["hoi.caller"]  # put there by the guard, before the body was read
        assert isinstance(found, Caller)
        found.demand(role)
        return found

    return caller


Here = Annotated[Services, Depends(services)]
Reader = Annotated[Caller, Depends(_with_role("reader"))]
Editor = Annotated[Caller, Depends(_with_role("editor"))]
Admin = Annotated[Caller, Depends(_with_role("admin"))]
