"""What every engine module offers: `read` (off the clock), `build` and `open_index` (on it).

    read(pool: Path) -> Content
    build(content: Content, folder: Path) -> None       everything of the index goes into `folder`
    open_index(folder: Path) -> Opened                  in another process, later

Engines of other libraries run in environments of their own, with this module and numpy beside them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

Prepared = TypeVar("Prepared")
K = 10  # passages a question is answered with
DEPTH = 50  # that each side of a hybrid search contributes, where a library asks how many


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document, as every library gets it. `context` is the line that Hỏi searches with it."""

    id: str
    document: str
    title: str
    text: str
    context: str

    @property
    def whole(self) -> str:
        return f"{self.title}\n{self.text}" if self.title else self.text


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found: its document, and its text as one would hand it to a reader."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Opened(Generic[Prepared]):
    """An index that answers. `prepare` is off the clock: nothing for all but the floor."""

    search: Callable[[Prepared], Sequence[Found]]
    prepare: Callable[[str], Prepared]


def answering(search: Callable[[str], Sequence[Found]]) -> Opened[str]:
    """An index that is asked with nothing but the question."""
    return Opened(search, str)


def read_passages(pool: Path) -> list[Passage]:
    """The passages of a pool, in order."""
    with (pool / "passages.jsonl").open(encoding="utf-8") as file:
        return [Passage(**json.loads(line)) for line in file]
