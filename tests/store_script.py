"""A fixed series of changes to a store, each acknowledged on stdout; see test_faults."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from store_parts import make, opened, upload

from index.database import StoreError

FIRST, SECOND, LONGER = "Rừng phòng hộ đầu nguồn.", "Đường liên thôn.", "Đường liên thôn đã rải nhựa.\n" * 30
DEEDS = ("put first", "put second", "replace second", "remove first", "put first")


def worlds() -> list[set[str]]:
    """The ids in the store after none, one, two … of the deeds."""
    first, second, longer = (make(text).id for text in (FIRST, SECOND, LONGER))
    return [set(), {first}, {first, second}, {first, longer}, {longer}, {longer, first}]


def main(folder: Path) -> None:
    store = opened(folder)
    deeds = (
        lambda: store.add([upload(FIRST, "/first")]),
        lambda: store.add([upload(SECOND, "/second")]),
        lambda: store.add([upload(LONGER, "/second")]),
        lambda: store.remove([make(FIRST).id]),
        lambda: store.add([upload(FIRST, "/first")]),
    )
    for number, deed in enumerate(deeds, start=1):
        try:
            deed()
        except (StoreError, OSError) as error:
            os.write(1, f"failed {number} {type(error).__name__}\n".encode())
            return
        os.write(1, f"done {number}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
