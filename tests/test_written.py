"""The questions written for the reading networks: each has its place in a passage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.document import Span
from corpus.text import clean
from eval.written import FILE, written


def _pairs(folder: Path) -> Path:
    passages = [" Xã có 12 thôn. ", "Chợ họp sáng chủ nhật."]
    lines = [json.dumps({"q": "…", "p": passage}, ensure_ascii=False) for passage in passages]
    (folder / "source.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _file(folder: Path, line: str) -> Path:
    file = folder / "asked.tsv"
    file.write_text(line + "\n", encoding="utf-8")
    return file


def test_a_question_comes_with_its_passage_and_answer(tmp_path: Path) -> None:
    file = _file(tmp_path, "source\t0\tSố thôn của xã?\t6\t13")
    ((question, text, answer),) = written(_pairs(tmp_path), file)
    assert (question, text, answer) == ("Số thôn của xã?", "Xã có 12 thôn.", Span(6, 13))
    assert answer.of(text) == "12 thôn"


@pytest.mark.parametrize("place", ["2\tAi?\t0\t2", "1\tAi?\t20\t90"])
def test_other_passages_than_those_asked_about_are_said_so(tmp_path: Path, place: str) -> None:
    with pytest.raises(ValueError, match=r"source\.jsonl has no such passage"):
        list(written(_pairs(tmp_path), _file(tmp_path, f"source\t{place}")))


def test_every_question_is_asked_once_of_its_passage_and_has_an_answer() -> None:
    lines = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 40_000
    assert len({(source, row, question) for source, row, question, _, _ in lines}) == len(lines)
    for _, row, question, start, end in lines:
        assert question == clean(question)
        assert row.isdecimal()
        assert 0 <= int(start) < int(end)
