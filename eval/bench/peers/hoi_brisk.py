"""Hỏi with `HOI_EFFORT=brisk`, over the index that Hỏi made."""

from __future__ import annotations

from pathlib import Path

from eval.bench.peers.engine import Opened
from eval.bench.peers.hoi import opened


def open_index(folder: Path) -> Opened[str]:
    return opened(folder, "brisk")
