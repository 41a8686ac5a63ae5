"""Questions written for the reading networks, over paragraphs of the pairs; `eval/data/written.tsv` holds them.

A line a question: the pairs' file, its row there, the question, and where the answer begins and ends in the stripped
passage. The passages are third-party text: they are learned from, and only their places stand in the project.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from corpus.document import Span
from index.train.pairs import pairs_of

FILE = Path(__file__).parent / "data" / "written.tsv"


def written(pairs: Path, file: Path = FILE) -> Iterator[tuple[str, str, Span]]:
    """Each question with its passage and the answer in it; raises as `lines`."""
    return ((question, passage, answer) for _, question, passage, answer in lines(pairs, file))


def lines(pairs: Path, file: Path = FILE) -> Iterator[tuple[str, str, str, Span]]:
    """The same, each led by the source of its passage.

    Raises `ValueError` where the folder of the pairs holds other passages than those that were asked about.
    """

    @cache
    def passages(source: str) -> list[str]:
        return [passage.strip() for _, passage in pairs_of(pairs / f"{source}.jsonl")]

    for line in file.read_text(encoding="utf-8").splitlines():
        source, row, question, start, end = line.split("\t")
        answer, known = Span(int(start), int(end)), passages(source)
        if int(row) >= len(known) or answer.end > len(known[int(row)]):
            raise ValueError(f"{source}.jsonl has no such passage as {file.name} asks about: row {row}")
        yield source, question, known[int(row)], answer
