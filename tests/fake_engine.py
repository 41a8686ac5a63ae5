"""An engine for tests of the benchmark: it finds the passages whose first sentence stands in the question."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.bench.peers.engine import Found, Opened, Passage, answering, read_passages

read = read_passages


def build(passages: Sequence[Passage], folder: Path) -> None:
    print("libraries say things")
    (folder / "passages.jsonl").write_text("")
    shutil.copy(next(folder.parents[1].glob("pool/passages.jsonl")), folder)


def open_index(folder: Path) -> Opened[str]:
    passages = read_passages(folder)

    def search(question: str) -> Sequence[Found]:
        if "hỏng" in question:
            sys.exit("the library broke")
        return [Found(each.document, each.text) for each in passages if each.text.partition(" trồng")[0] in question]

    return answering(search)
