"""A process that adds, replaces and removes until it is killed, and says so; see test_durability."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from store_parts import opened, upload


def text(source: int, version: int) -> str:
    lines = (f"Câu {number} của bản {version} thuộc nguồn {source}." for number in range(40))
    return f"mã{source}x{version}\n" + "\n".join(lines)


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def main(folder: Path, seed: int) -> None:
    dice = random.Random(seed)
    store = opened(folder)
    say("ready")
    version = seed * 100_000
    while True:
        version += 1
        source = dice.randrange(6)
        deed = dice.choice(("put", "put", "put", "remove", "many"))
        if deed == "remove":
            documents = [document.id for document in store.documents()]
            if documents:
                id = dice.choice(documents)
                say("begin", "remove", id)
                store.remove([id])
                say("done")
        else:
            sources = [source] if deed == "put" else [source, 6 + source]
            say("begin", "put", *(f"{one}:{version}" for one in sources))
            store.add([upload(text(one, version), f"/{one}") for one in sources])
            say("done")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
