"""A process that replaces its documents again and again; see test_writers."""

from __future__ import annotations

import sys
from pathlib import Path

from store_parts import opened, upload

from index.database import StoreBusyError

SOURCES = 5  # that a writer keeps replacing


def text(writer: int, update: int) -> str:
    return f"bản{writer}x{update} của thửa đất số {update % SOURCES}."


def main(folder: Path, writer: int, updates: int) -> None:
    store = opened(folder)
    for update in range(updates):
        while True:
            try:
                store.add([upload(text(writer, update), f"/{writer}/{update % SOURCES}")])
                break
            except StoreBusyError:  # in Vietnamese, for a person to try again
                print("busy", flush=True)
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
