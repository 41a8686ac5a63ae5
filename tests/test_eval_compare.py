"""Two runs compared: McNemar's test and the paired interval against numbers worked out by hand; what flipped."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from fractions import Fraction
from math import comb
from pathlib import Path

import pytest

from eval.about import About, Options
from eval.compare import compare, mcnemar
from eval.compare_report import as_html, as_json, print_comparison, verdict, write_comparison
from eval.inputs import InputError
from eval.record import REPORT, Record, Report, read_report
from eval.runs import Runs
from eval.sets import Sets
from rag.tuning import Tuning
from ui.cli import main

ABOUT = About(
    at=datetime(2026, 1, 2, 12, tzinfo=UTC), set_sha256="ab", against="kho", documents=4, documents_sha256="cd",
    embedder="hoi", reranker="", llm="", version="0.1.0", build="0123456789ab", options=Options(),
)  # fmt: skip


def record(
    id: str, right: bool, *, answerable: bool = True, abstained: bool = False, cited: bool | None = None
) -> Record:
    return Record(
        id=id, kind="number" if answerable else "unanswerable", question=f"Câu {id}?", answerable=answerable,
        must=("<b>",), asked=f"Câu {id}?", understood="", answer=f"<i>đáp {id}</i>", abstained=abstained,
        reason="not_in_documents" if abstained else None, confidence=0.5, writer="extractive", citations=(),
        right=right, cited=cited, complete=None, supported=None, milliseconds=1.0,
    )  # fmt: skip


def report(*records: Record, about: About = ABOUT) -> Report:
    empty = {"ece": None, "bins": [], "coverage_risk": []}
    return Report.model_validate(
        {"file": "q", "questions": len(records), "answerable": 0, "metrics": {}, "intervals": {}, "by_kind": {}}
        | {"counts": {}, "calibration": empty, "perturbed": {}, "latency_ms": {}, "missed": []}
        | {"about": about, "outcomes": {"như đã viết": records}}
    )


@pytest.mark.parametrize(
    ("won", "lost", "p"),
    [
        (0, 0, 1.0),
        (1, 0, 1.0),  # 2 · 1/2
        (5, 0, 0.0625),  # 2 · 1/32
        (0, 6, 0.03125),  # 2 · 1/64
        (1, 6, 0.125),  # 2 · (1 + 7)/128
        (6, 1, 0.125),
        (2, 8, 0.109375),  # 2 · (1 + 10 + 45)/1024
        (3, 3, 1.0),  # 2 · (1 + 6 + 15 + 20)/64 > 1
    ],
)
def test_mcnemar_by_hand(won: int, lost: int, p: float) -> None:
    assert mcnemar(won, lost) == p


def test_mcnemar_of_more_flips_than_a_float_can_hold() -> None:
    tail = sum(comb(3000, each) for each in range(1401))
    assert mcnemar(1400, 1600) == float(Fraction(2 * tail, 2**3000))
    assert 0.0002 < mcnemar(1400, 1600) < 0.0004  # the normal tail at z = 199/√3000 is 0.00028


def test_what_changed_by_hand() -> None:
    before = report(
        record("1", True, cited=True), record("2", True, cited=True), record("3", False, cited=False),
        record("4", False, abstained=True, cited=False), record("5", True, answerable=False, abstained=True),
    )  # fmt: skip
    after = report(
        record("1", True, cited=False), record("2", False, cited=True), record("3", True, cited=True),
        record("4", True, cited=True), record("5", False, answerable=False),
    )  # fmt: skip
    found = compare(before, after, names=("cũ", "mới"))
    assert (found.first.name, found.second.name, found.common) == ("cũ", "mới", 5)
    right, answerable, cited, abstained, answered = found.differences
    assert (right.first, right.second, right.won, right.lost, right.p) == (0.6, 0.6, 2, 2, 1.0)
    assert (answerable.questions, answerable.first, answerable.second) == (4, 0.5, 0.75)
    assert (cited.questions, cited.first, cited.second, cited.won, cited.lost) == (4, 0.5, 0.75, 2, 1)
    assert (abstained.questions, abstained.first, abstained.second) == (1, 1.0, 0.0)
    assert (answered.first, answered.second) == (0.75, 1.0)
    assert [(flip.change, flip.first.id) for flip in found.flips] == [
        ("lost", "2"), ("lost", "5"), ("won", "3"), ("won", "4"),
    ]  # fmt: skip
    assert [(each.kind, each.questions, each.won, each.lost) for each in found.kinds] == [
        ("number", 4, 2, 1), ("unanswerable", 1, 0, 1),
    ]  # fmt: skip
    assert found.warnings == ()


def test_the_interval_is_of_pairs() -> None:
    """All differences are 1, so every resample's mean is; unpaired, the interval of 0.5 → 0.5 would be wide."""
    before = report(*(record(str(n), False) for n in range(6)))
    after = report(*(record(str(n), True) for n in range(6)))
    right = compare(before, after).right
    assert (right.low, right.high, right.p, right.significant) == (1.0, 1.0, 0.03125, True)
    mixed = compare(report(record("1", True), record("2", False)), report(record("1", False), record("2", True))).right
    assert (mixed.low, mixed.high) == (-1.0, 1.0)  # a quarter of the resamples draws one question twice


def test_only_the_same_questions_are_compared() -> None:
    other = record("2", True).model_copy(update={"question": "Câu khác?"})
    about = ABOUT.model_copy(update={"set_sha256": "xy", "documents_sha256": "zz"})
    found = compare(report(record("1", True), record("2", True)), report(record("1", True), other, about=about))
    assert (found.common, found.only_first, found.only_second) == (1, 1, 1)
    assert len(found.warnings) == 3
    assert verdict(found) == "Hai bên đúng và sai ở cùng những câu."
    with pytest.raises(InputError, match="không có câu hỏi nào chung"):
        compare(report(record("1", True)), report(record("3", True)))
    with pytest.raises(InputError, match="telex"):
        compare(report(record("1", True)), report(record("1", True)), "telex")


def test_the_page_and_the_data(tmp_path: Path) -> None:
    before = report(*(record(str(n), False) for n in range(6)))
    after = report(*(record(str(n), True) for n in range(6)))
    found = compare(before, after, names=("cũ <1>", "mới"))
    page = as_html(found)
    assert "cũ &lt;1&gt;" in page
    assert "&lt;i&gt;đáp 0&lt;/i&gt;" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "B hơn A, không phải do ngẫu nhiên" in page
    assert "0,0312" in page
    assert "+100,0" in page
    assert page.count("<article>") == 6
    write_comparison(found, tmp_path / "out")
    data = json.loads((tmp_path / "out" / "compare.json").read_text(encoding="utf-8"))
    assert data == json.loads(as_json(found))
    assert [flip["change"] for flip in data["flips"]] == ["won"] * 6
    table = io.StringIO()
    print_comparison(found, table)
    assert "được 6, mất 0, p = 0.0312" in table.getvalue()


def test_what_an_administrator_had_set_is_told() -> None:
    assert ABOUT.chosen == ()
    tuned = ABOUT.model_copy(update={"tuning": Tuning(threshold=0.6, llm=False)})
    assert tuned.chosen == ("threshold = 0.6", "llm = False")
    assert About.model_validate_json(tuned.model_dump_json()) == tuned
    assert "quản trị viên đã đặt threshold = 0.6" in as_html(
        compare(report(record("1", True)), report(record("1", True), about=tuned))
    )


def test_a_folder_without_a_report_or_with_another_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Không có báo cáo"):
        read_report(tmp_path)
    (tmp_path / REPORT).write_text('{"file": "q"}')
    with pytest.raises(InputError, match="phiên bản khác"):
        read_report(tmp_path)
    whole = report(record("1", True))
    (tmp_path / REPORT).write_text(whole.model_dump_json())
    assert read_report(tmp_path) == whole


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({"right": True, "cited": True}, ()),
        ({"right": True, "cited": False}, ("wrong_citation",)),
        ({"right": False, "cited": False}, ("wrong_answer", "wrong_citation")),
        ({"right": False, "abstained": True, "cited": False}, ("wrongly_refused",)),
        ({"right": True, "answerable": False, "abstained": True}, ()),
        ({"right": False, "answerable": False}, ("wrongly_answered",)),
    ],
)
def test_faults(given: dict[str, bool], faults: tuple[str, ...]) -> None:
    assert record("1", **given).faults == faults


def test_the_command_takes_folders_and_ids_of_kept_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOI_DATA", str(tmp_path / "data"))
    made = Sets(tmp_path / "data").create("bộ", '{"id": "1", "question": "Ai?", "answerable": false}', "ai")
    runs = Runs(tmp_path / "data")
    run = runs.create(made, "", "lần", "store", Options(), "ai")
    before, after = tmp_path / "truoc", runs.folder(run.id)
    before.mkdir()
    (before / REPORT).write_text(report(record("1", True)).model_dump_json())
    (after / REPORT).write_text(report(record("1", False)).model_dump_json())
    assert main(["eval", "compare", str(before), run.id, "--report", str(tmp_path / "out"), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [flip["change"] for flip in printed["flips"]] == ["lost"]
    assert printed["second"]["name"] == run.id
    assert "Đúng thành sai" in (tmp_path / "out" / "compare.html").read_text(encoding="utf-8")
    assert main(["eval", "compare", str(before), run.id]) == 0
    assert "được 0, mất 1" in capsys.readouterr().out
    assert main(["eval", "compare", str(before), "khong-co"]) == 2
    assert "Không có thư mục báo cáo hay lần chấm nào tên “khong-co”" in capsys.readouterr().err
    assert main(["eval", "compare", str(before), run.id, "--perturb", "telex"]) == 2
    assert "telex" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--k", "0"], ["--k", "51"], ["--threshold", "1.5"]])
def test_options_out_of_range_are_refused(
    tmp_path: Path, option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "answers", str(tmp_path / "q.jsonl"), *option]) == 2
    assert "--k phải từ 1 đến 50" in capsys.readouterr().err
