"""The README's table of answers: written by a command, of the sets that its list names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_eval_answers import QUESTIONS, answer, canned, lookup

from eval.answers import AnswersResult, Condition, evaluate
from eval.perturb import PERTURBATIONS
from eval.readme import BEGIN, END, HEAD, Row, figure, line_of, rewritten, rows

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
SETS = Path(__file__).parent.parent / "eval" / "questions"


def asked(name: str = "") -> Condition:
    refused = [answer("Không có", abstained=True)] * 5
    right = [answer("Lạc Lâm"), answer("4 xã"), *refused[2:]]  # 2 of 3 right, cited nowhere, both others refused
    return evaluate(QUESTIONS, canned(right if name != "upper" else refused), lookup, name)


def test_a_line_of_one_run() -> None:
    result = AnswersResult("q.jsonl", (asked(),))
    assert line_of(Row("Bộ", "q.jsonl", ()), result) == "| Bộ | 5 | 0,667 | 0,000 | 1,00 | – |"


def test_of_several_ways_of_typing_the_worst() -> None:
    result = AnswersResult("q.jsonl", (asked(), asked("nfd"), asked("upper")))
    assert line_of(Row("Bộ", "q.jsonl", ("nfd",)), result).startswith("| Bộ | 5 | 0,667 |")
    assert line_of(Row("Bộ", "q.jsonl", ("nfd", "upper")), result).startswith("| Bộ | 5 mỗi kiểu | 0,000 |")


@pytest.mark.parametrize(("value", "written"), [(None, "–"), (1.0, "1,00"), (0.97183, "0,972"), (0.0, "0,000")])
def test_figures(value: float | None, written: str) -> None:
    assert figure(value) == written


def test_only_what_was_measured_is_rewritten() -> None:
    first, second, *_ = (row.label for row in rows())
    old = f"A\n{BEGIN}\n{HEAD}\n| {first} | 1 | 0,1 |\n| {second} | 2 | 0,2 |\n{END}\nB"
    assert rewritten(old, {second: f"| {second} | 2 | 0,3 |"}) == old.replace("0,2", "0,3")
    with pytest.raises(ValueError, match="README"):
        rewritten("no table", {})


def test_the_readmes_table_has_the_commands_shape() -> None:
    table = README.partition(BEGIN)[2].partition(END)[0].strip()
    lines = table.removeprefix(HEAD).strip().splitlines()
    assert table.startswith(HEAD)
    assert [line.split(" | ")[0] for line in lines] == [f"| {row.label}" for row in rows()]
    cell = r"(?:1,00|0,\d{3}|–)"
    assert all(
        re.fullmatch(rf"\| .+ \| \d+(?: mỗi kiểu)? \| {cell} \| {cell} \| {cell} \| {cell} \|", each) for each in lines
    )


def test_every_set_and_way_of_typing_is_known() -> None:
    files = {row.file for row in rows() if row.file and row.file != "seeds.jsonl"}  # the user's own lie elsewhere
    assert all((SETS / file).is_file() for file in files)
    assert {way for row in rows() for way in row.perturb} == set(PERTURBATIONS)
