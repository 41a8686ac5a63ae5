"""The evaluations end to end over the real assistant, and what is said of input that cannot be run."""

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from scripted_llm import scripted_llm

from eval.about import Options
from eval.answers import METRICS, PLAIN
from eval.bench import asking as bench
from eval.commands import run_answers, run_reading, run_retrieval
from eval.inputs import InputError
from eval.timing import Latency
from rag.settings import Settings

LETTER = """Số: 15-CV/VPHU
Thạnh Mỹ, ngày 02 tháng 3 năm 2020

CÔNG VĂN
Về việc trồng cây đầu xuân

Tết trồng cây năm 2020, xã Suối Đá trồng được 4.250 cây thông. Hội Phụ nữ xã giao bà Lê Thị Mận phụ trách.
"""


def write_lines(file: Path, records: Sequence[dict[str, object]]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return file


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    return folder


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    trees = {
        "id": "1",
        "question": "Xã Suối Đá trồng được bao nhiêu cây thông?",
        "answerable": True,
        "must": ["4.250"],
        "document": "letter.txt",
        "evidence": "xã Suối Đá trồng được 4.250 cây thông",
        "kind": "number",
    }
    other = {"id": "2", "question": "Giá xăng hôm nay là bao nhiêu?", "answerable": False}
    return write_lines(tmp_path / "q.jsonl", [trees, other])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data=tmp_path / "data", corpus=tmp_path / "documents")


def test_answers_against_a_folder(questions: Path, documents: Path, settings: Settings, tmp_path: Path) -> None:
    bars = ["right=1", "quotes_exact=1"]
    options = Options(perturb=("no-diacritics",))
    result = run_answers(questions, documents, options, tmp_path / "report", bars, settings)
    assert [condition.name for condition in result.conditions] == [PLAIN, "no-diacritics"]
    for condition in result.conditions:
        measured = {name for name, value in condition.metrics().items() if value is not None}
        assert measured == {*METRICS} - {"complete"}
        assert condition.metrics() == {name: 1.0 if name in measured else None for name in METRICS}, condition.name
    assert result.exit_code == 0
    assert "4.250" in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert not settings.data.exists()  # the configured store is left alone


def test_answers_from_the_configured_store(questions: Path, documents: Path, settings: Settings) -> None:
    result = run_answers(questions, settings=settings, fail_under=["cited=1.01"])
    assert result.plain.metrics()["cited"] == 1
    assert result.exit_code == 1
    assert settings.data.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"options": Options(perturb=("đảo",))}, "Không có phép biến đổi “đảo”"),
        ({"fail_under": ["hay=1"]}, "Không có chỉ số “hay”"),
        ({"against": Path("/không/có")}, "Không có thư mục tài liệu"),
    ],
)
def test_bad_options(questions: Path, settings: Settings, options: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        run_answers(questions, settings=settings, **options)  # type: ignore[arg-type]


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    passages = {
        "p0": "Xã Lạc Lâm trồng rau công nghệ cao.",
        "p1": "Huyện Bắc Hà mở chợ văn hóa.",
        "p2": "Công an khuyến cáo lừa đảo.",
    }
    queries = {"q0": "xã nào trồng rau", "q1": "chợ văn hóa ở đâu"}
    for name, texts in (("corpus", passages), ("queries", queries)):
        write_lines(tmp_path / f"{name}.jsonl", [{"_id": id, "text": text} for id, text in texts.items()])
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq0\tp0\t1\nq1\tp1\t1\n")
    return tmp_path


def test_retrieval(beir: Path, settings: Settings) -> None:
    result = run_retrieval(beir, ["telex"], settings)
    assert (result.queries, result.passages) == (2, 3)
    assert result.metrics["acc@1"] == result.perturbed["telex"]["acc@1"] == 1
    assert not settings.data.exists()
    with pytest.raises(InputError, match="Không có phép biến đổi"):
        run_retrieval(beir, ["x"], settings)


def test_reading(tmp_path: Path, settings: Settings) -> None:
    context = "Trời mưa to suốt tuần. Xã Suối Đá trồng được 4.250 cây thông. Chợ họp sáng chủ nhật."
    asked = {
        "id": "1",
        "question": "Xã Suối Đá trồng được bao nhiêu cây thông?",
        "answers": [{"text": "4.250", "answer_start": context.index("4.250")}],
    }
    record = {"data": [{"title": "", "paragraphs": [{"context": context, "qas": [asked]}]}]}
    result = run_reading(write_lines(tmp_path / "s.json", [record]), settings)
    assert (result.questions, result.sentence_accuracy) == (1, 1)
    assert result.f1 > 0


def test_bench(beir: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert bench.main([str(beir), "--json", "--questions", "1"]) == 0
    printed = json.loads(capsys.readouterr().out)
    indexed, asked = printed["indexed"], printed["asked"]
    assert (indexed["documents"], indexed["passages"], asked["questions"]) == (3, 3, 1)
    assert 0 < asked["latency_ms"]["p50"] < 1000 * asked["open_seconds"]
    assert set(asked["stages_ms"]) == {"understand", "retrieve", "write", "verify"}
    assert 20 < asked["rss_mb"] < 1.05 * asked["peak_rss_mb"]  # the kernel counts the two apart
    assert bench.main([str(tmp_path / "none")]) == 2
    assert "không có tệp này" in capsys.readouterr().err


def test_a_bench_prints_its_table() -> None:
    asked = bench.Asked(4, 0.25, Latency(1.0, 2.0, 3.0), {"write": 0.5}, 0.3, 100.0, 200.0)
    table = io.StringIO()
    bench.BenchResult(bench.Indexed(10, 30, 1.5, 90.0), asked).print_table(table)
    assert "Lập chỉ mục 1.5 giây (20 đoạn/giây)" in table.getvalue()
    assert "4 câu hỏi, từ chối 25%: p50 1.0 ms, p95 2.0 ms" in table.getvalue()


@pytest.mark.usefixtures("no_proxy")
def test_two_writers_are_compared_on_the_same_questions(
    questions: Path, documents: Path, settings: Settings, tmp_path: Path
) -> None:
    with scripted_llm("Xã Suối Đá trồng được 4.250 cây thông [1].") as llm:
        talking = settings.model_copy(update={"llm": "openai:m", "llm_base_url": llm.base_url})
        result = run_answers(questions, documents, report=tmp_path / "report", settings=talking)
    assert result.extractive is not None
    assert [outcome.answer.writer for outcome in result.plain.outcomes] == ["openai:m", "extractive"]
    assert {outcome.answer.writer for outcome in result.extractive.outcomes} == {"extractive"}
    printed = json.loads(result.to_json())
    assert printed["metrics"]["supported"] == printed["extractive"]["supported"] == 1.0
    assert "chỉ trích nguyên văn" in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
