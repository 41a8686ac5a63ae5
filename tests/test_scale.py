"""The scale benchmark's steps, on a store small enough for a test."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from eval.bench import bulk
from eval.bench.scale import ask, build, recall
from eval.bench.scale_adding import add_beside
from rag.settings import Settings

QUESTIONS = [f"Thôn {number} trồng bao nhiêu hécta rừng?" for number in range(30)]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    folder = tmp_path / "set"
    (folder / "qrels").mkdir(parents=True)
    texts = [f"Thôn {number} trồng {number * 3} hécta rừng phòng hộ." for number in range(30)]
    rows = {
        "corpus": [{"_id": f"p{n}", "title": "Báo cáo", "text": text} for n, text in enumerate(texts)],
        "queries": [{"_id": f"q{n}", "text": text} for n, text in enumerate(QUESTIONS)],
    }
    for name, lines in rows.items():
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    judged = "".join(f"q{n}\tp{n}\t1\n" for n in range(30))
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judged}", encoding="utf-8")
    return folder


def test_a_store_is_filled_asked_and_added_to(questions: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    pairs = [{"q": f"Tin {n}", "p": f"Huyện {n} mở {n} lớp học nghề cho {n * 7} lao động."} for n in range(20)]
    (texts / "a.jsonl").write_text("\n".join(map(json.dumps, pairs)), encoding="utf-8")
    (tmp_path / "nothing").mkdir()
    settings = Settings(_env_file=None, data=tmp_path / "data", corpus=tmp_path / "nothing")  # type: ignore[call-arg]
    built = build(texts, questions, 60, settings)
    assert built.distinct == 20
    assert 60 <= built.passages <= built.documents < 1000  # in steps of a batch
    assert recall(QUESTIONS[:5], settings) >= 0.9  # ties aside: it is exact
    answered = ask(QUESTIONS[:4], settings)
    assert answered.questions == 4
    assert answered.cpu_ms.p50 > 0
    added = add_beside(QUESTIONS, settings, 3)
    assert added.documents == 3
    assert added.most_ms >= added.beside_ms.p95
    assert added.paced_ms.p50 > 0
    assert build(texts, questions, 60, settings).documents == built.documents + 9  # nothing is made twice


def test_workers_are_compared_by_what_the_command_takes(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"Thôn {number} trồng {number * 7} hécta rừng.", encoding="utf-8")
    one, two = bulk.bench(folder, [1, 2])
    assert (one.workers, one.documents, two.workers, two.documents) == (1, 3, 2, 3)
    assert one.cpu_seconds > 0
    told = io.StringIO()
    bulk.print_table([bulk.Filled(1, 300, 10.0, 9.0), bulk.Filled(2, 300, 6.0, 11.0)], told)
    assert told.getvalue().splitlines()[2:] == [
        "| 1 | 10,00 | 30,00 | 1,00 | 9,00 |",
        "| 2 | 6,00 | 50,00 | 1,67 | 11,00 |",
    ]
