"""The README's table of answers, written from what `hoi eval answers` measures: `python -m eval.readme README.md`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.about import Options
from eval.answers import AnswersResult
from eval.commands import run_answers

BEGIN, END = "<!-- answers: python -m eval.readme -->", "<!-- /answers -->"
HEAD = "| bộ câu hỏi | câu | đúng | dẫn đúng chỗ | từ chối đúng | trích nguyên văn |\n|---|---|---|---|---|---|"
METRICS = ("right_answerable", "cited", "abstained", "quotes_exact")  # the columns behind the count
_SETS = Path(__file__).parent / "questions"
_TABLE = _SETS / "table.tsv"
_DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. Of several ways of typing the worst figure stands; without a file the line is history."""

    label: str
    file: str
    perturb: tuple[str, ...]


def rows() -> list[Row]:
    """The lines that the table has, in order."""
    listed = (line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [Row(label, file, tuple(filter(None, ways.split(",")))) for label, file, ways in listed]


def line_of(row: Row, result: AnswersResult) -> str:
    """The row as Markdown, of one run of its questions in all its ways of typing."""
    conditions = [each for each in result.conditions if each.name in row.perturb] or [result.plain]
    count = f"{len(result.plain.outcomes)}{' mỗi kiểu' if len(row.perturb) > 1 else ''}"
    measured = [condition.metrics() for condition in conditions]
    worst = (min((value for one in measured if (value := one[name]) is not None), default=None) for name in METRICS)
    return f"| {row.label} | {count} | {' | '.join(map(figure, worst))} |"


def figure(value: float | None) -> str:
    """A share as the table writes it: "0,972", "1,00"; a dash where nothing was asked."""
    if value is None:
        return "–"
    return "1,00" if value == 1 else f"{value:.3f}".replace(".", ",")


def rewritten(readme: str, lines: Mapping[str, str]) -> str:
    """The README with these lines by their labels between its markers; the others of the table stay as they are."""
    before, _, rest = readme.partition(BEGIN)
    old, _, after = rest.partition(END)
    if not after:
        raise ValueError(f"the README lacks {BEGIN!r} or {END!r}")
    standing = {line.split(" | ")[0].removeprefix("| "): line for line in old.splitlines() if line.startswith("| ")}
    told = [line for row in rows() if (line := lines.get(row.label) or standing.get(row.label))]
    return "\n".join([f"{before}{BEGIN}", HEAD, *told, f"{END}{after}"])


def measured(folders: Sequence[Path], against: Path) -> dict[str, str]:
    """The lines of the sets that lie in these folders; the progress of each goes to stderr."""
    lines: dict[str, str] = {}
    for row in rows():
        found = next((folder / row.file for folder in folders if row.file and (folder / row.file).is_file()), None)
        if found is None:
            print(f"giữ nguyên: {row.label}", file=sys.stderr)
        else:
            lines[row.label] = line_of(row, run_answers(found, against, Options(perturb=row.perturb)))
    return lines


def main() -> None:
    """Measures every set that is found and rewrites the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readme", type=Path)
    parser.add_argument("--sets", type=Path, action="append", default=[], help="thêm một thư mục có bộ câu hỏi")
    parser.add_argument("--against", type=Path, default=_DOCUMENTS, help="thư mục văn bản được hỏi")
    given = parser.parse_args()
    lines = measured([*given.sets, _SETS], given.against)
    text = given.readme.read_text(encoding="utf-8")
    given.readme.write_text(rewritten(text, lines), encoding="utf-8")


if __name__ == "__main__":
    main()
