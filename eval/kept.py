"""A folder of things kept for evaluators, each with a manifest; who may see which."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict

FOLDER = "evaluations"  # in the store's folder
MANIFEST = "manifest.json"
_ID = re.compile(r"[0-9a-f]{12}")
M = TypeVar("M", bound=BaseModel)


class MissingError(LookupError):
    """There is no such set or run, or it is not for whoever asks. The message is Vietnamese."""


class Kept(BaseModel):
    """What every set and run has. `groups`: those whose documents it may quote; None: any document."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    created_at: AwareDatetime
    created_by: str
    groups: frozenset[str] | None = None

    def seen_by(self, groups: Collection[str] | None) -> bool:
        """Whether somebody of these groups may see every document that this may quote."""
        return groups is None or (self.groups is not None and self.groups <= frozenset(groups))


def new_id() -> str:
    return secrets.token_hex(6)


def folder_of(parent: Path, id: str) -> Path:
    """The folder of an id; a `MissingError` for what is no id of ours, such as ".."."""
    folder = parent / id
    if not _ID.fullmatch(id) or not (folder / MANIFEST).exists():
        raise MissingError("Không có mục này, hoặc nó đã bị xóa.")
    return folder


def manifest(folder: Path, model: type[M]) -> M:
    return model.model_validate_json((folder / MANIFEST).read_bytes())


def folders(parent: Path) -> list[Path]:
    """Every folder with a manifest; one that is being made or removed has none."""
    found = parent.iterdir() if parent.exists() else ()
    return [folder for folder in found if _ID.fullmatch(folder.name) and (folder / MANIFEST).exists()]
