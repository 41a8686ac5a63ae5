"""Where on a page, as it is drawn, the words of a quote stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked piece of a line, in fractions of the page from its left and its top."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a quote; `machine_read` when the page is a picture whose words were recognised."""

    marks: tuple[Mark, ...]
    machine_read: bool
