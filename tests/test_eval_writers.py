"""The comparison of writers: what the stubs say, and what the verifier lets through of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.writers import compared, honest, lying, table, twisting
from rag.generate import NOT_FOUND

PROMPT = (
    "===== x1 đoạn [1] — Công văn\nChợ họp buổi sáng.\n===== x1 hết đoạn [1]\n\n"
    "===== x1 đoạn [2] — Báo cáo\nNăm 2020 huyện trồng 500 cây thông ven hồ.\n===== x1 hết đoạn [2]\n\n"
    "Câu hỏi: {}"
)


def test_the_honest_one_says_the_nearest_clause_or_nothing() -> None:
    said = "".join(honest(PROMPT.format("Năm 2020 huyện trồng bao nhiêu cây thông ven hồ?")))
    assert said == "Năm 2020 huyện trồng 500 cây thông ven hồ [2]."
    assert "".join(honest(PROMPT.format("Giá vàng miếng ra sao?"))) == NOT_FOUND


def test_the_lying_one_changes_every_figure_and_never_refuses() -> None:
    said = "".join(lying(PROMPT.format("Năm 2020 huyện trồng bao nhiêu cây thông ven hồ?")))
    assert said.startswith("Năm 2021 huyện trồng 501 cây thông ven hồ [2]. ")
    assert NOT_FOUND not in "".join(lying(PROMPT.format("Giá vàng miếng ra sao?")))


def test_the_twisting_one_says_the_clause_falsely_in_many_ways() -> None:
    said = list(twisting(PROMPT.format("Năm 2020 huyện trồng bao nhiêu cây thông ven hồ?")))
    assert "Năm 2020 huyện trồng 500 cây thông ven hồ [2]. " not in said
    assert all(" [2]." in piece or "Bịa" in piece for piece in said)
    assert len(said) >= 5


@pytest.mark.usefixtures("no_proxy")
def test_nothing_false_gets_through(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    text = "BÁO CÁO TRỒNG RỪNG\nNăm 2020 huyện Lâm Hà trồng 500 cây thông ven hồ.\nChợ huyện họp vào buổi sáng."
    (documents / "a.txt").write_text(text, encoding="utf-8")
    asked = {"id": "1", "question": "Năm 2020 huyện Lâm Hà trồng bao nhiêu cây thông ven hồ?", "answerable": True}
    told = {"must": ["500"], "must_not": ["501", "98.765"], "document": "a.txt", "evidence": "500 cây thông"}
    refused = {"id": "2", "question": "Năm 2015 huyện Bắc Hà trồng bao nhiêu cây thông?", "answerable": False}
    file = tmp_path / "q.jsonl"
    file.write_text(f"{json.dumps(asked | told)}\n{json.dumps(refused)}\n", encoding="utf-8")
    rows = compared(file, documents)
    assert [row.name.split()[-1] for row in rows] == ["văn", "honest", "lying", "twisting"]
    assert [bool(row.made_up) for row in rows] == [False, False, True, True]
    assert table(rows).splitlines()[2:] == [
        "| chỉ trích nguyên văn | 0,000 | 0,000 | 1,00 | 1,00 | 1,00 | 1,00 | 1,00 |",
        "| mô hình giả honest | 1,00 | 0,000 | 1,00 | 1,00 | 1,00 | 1,00 | 1,00 |",
        "| mô hình giả lying | 0,000 | 0,000 | 1,00 | 1,00 | 1,00 | 1,00 | 1,00 |",
        "| mô hình giả twisting | 0,000 | 0,000 | 1,00 | 1,00 | 1,00 | 1,00 | 1,00 |",
    ]
