"""What the page of documents holds between runs of the script: what is looked for, chosen, open and under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from ui.schemas_jobs import Job
from ui.schemas_shelf import Catalogue, Receipt

View = Literal["Danh sách", "Địa danh", "Dòng thời gian", "Tình trạng kho"]
File = tuple[str, bytes]  # a name and what is in it
PAGE = 25  # documents of a page


@dataclass(frozen=True, slots=True)
class Batch:
    """Files of one request that has not been sent yet, and who may see them."""

    files: list[File]
    groups: list[str]


@dataclass(slots=True)
class ShelfView:
    """The list as this visitor looks at it."""

    view: View = "Danh sách"
    find: str = ""
    filters: dict[str, str] = field(default_factory=dict)  # kind, year, issuer, group, mark, place
    order: str = "added_at"
    down: bool = True
    first: int = 0
    chosen: list[str] = field(default_factory=list)
    open: str = ""  # a document's id
    met: bool = False  # whether the server was asked which uploads are under way
    unsent: list[Batch] = field(default_factory=list)
    left_out: int = 0  # files that were chosen with a folder and belong to no one
    jobs: list[Job] = field(default_factory=list)  # uploads
    check: Job | None = None
    receipts: list[Receipt] = field(default_factory=list)
    told: str = ""  # what was just done

    def query(self, **other: str | int | bool) -> dict[str, str | int | bool]:
        """The parameters of `GET /v1/catalogue` for the page that is looked at."""
        wanted: Mapping[str, str | int | bool] = {
            "find": self.find,
            **self.filters,
            "order": self.order,
            "down": self.down,
            "first": self.first,
            "n": PAGE,
            **other,
        }
        return {name: value for name, value in wanted.items() if value != ""}

    def turn(self, page: Catalogue, pages: int) -> None:
        """So many pages on, within what there is."""
        last = max(0, (page.total - 1) // PAGE * PAGE)
        self.first = min(max(0, self.first + pages * PAGE), last)

    def narrow(self, name: str, value: str) -> None:
        """By one filter more, or without it."""
        self.filters = {key: kept for key, kept in self.filters.items() if key != name} | (
            {name: value} if value else {}
        )
        self.first = 0


def looked_at() -> ShelfView:
    if "shelf" not in st.session_state:
        st.session_state["shelf"] = ShelfView()
    found: ShelfView = st.session_state["shelf"]
    return found
