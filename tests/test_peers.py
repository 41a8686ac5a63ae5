"""The benchmark beside other libraries: pools, workers, a whole run over ours, the floor and a fake, the page."""

import io
import json
import re
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest

from eval.beir import read_beir
from eval.bench.peers import floor, hoi
from eval.bench.peers.__main__ import main
from eval.bench.peers.chart import scatter
from eval.bench.peers.driver import Answers, BrokenError, Built, Driver
from eval.bench.peers.engine import read_passages
from eval.bench.peers.environments import InstallError, python_of, versions
from eval.bench.peers.measure import Effort, Measured, measure, scores
from eval.bench.peers.page import page
from eval.bench.peers.pool import Pool, make, read_sets
from eval.bench.peers.report import Report, from_json, merged
from eval.bench.peers.systems import BRISK, FLOOR, HOI, QUICK, SYSTEMS, System
from eval.bench.peers.worker import Worker, serve
from eval.inputs import InputError
from eval.timing import Latency
from eval.train_ranker import TRAINED

FAKE = System("fake", "Giả", "tests.fake_engine", "để thử")
NAMES = "Bưởi Chuối Dừa Gấc Hồng Khế Mận Mít Nhãn Ổi Quýt Sấu Táo Vải Xoài Đào Lựu Mơ".split()
LITTLE = Effort(rounds=1, load_seconds=0.05)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set of 324 villages with a question each; the ranker's weights would be learnt from 300 of them."""
    folder = tmp_path_factory.mktemp("data") / "villages"
    (folder / "qrels").mkdir(parents=True)
    villages = [f"Thôn {first} {second}" for first, second in product(NAMES, NAMES)]
    documents = [{"_id": f"d{n}", "title": "", "text": f"{name} trồng lúa."} for n, name in enumerate(villages)]
    queries = [{"_id": f"q{n}", "text": f"{name} có gì?"} for n, name in enumerate(villages)]
    for name, lines in (("corpus", documents), ("queries", queries)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)))
    rows = "".join(f"q{n}\td{n}\t1\n" for n in range(len(villages)))
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + rows)
    return folder


@pytest.fixture(scope="module")
def pool(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Pool:
    return make(read_sets([data], 12), 200, tmp_path_factory.mktemp("run") / "pool")


def test_a_pool_holds_every_judged_document_and_as_many_others_as_are_wanted(pool: Pool, data: Path) -> None:
    assert (len(pool.queries), pool.passages, pool.documents) == (12, 200, 200)
    beir = read_beir(pool.folder)
    assert beir.queries == pool.queries
    judged = {document for right in beir.qrels.values() for document in right}
    assert judged <= beir.uploads.keys()
    assert {passage.document for passage in read_passages(pool.folder)} == beir.uploads.keys()


def test_what_the_ranker_learnt_from_is_not_asked(data: Path) -> None:
    assert len(read_sets([data], 1000).queries) == len(NAMES) ** 2 - TRAINED


def test_too_few_passages_are_said_to_be(data: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Không lấy được 1000 đoạn từ các bộ này: có 324"):
        make(read_sets([data], 3), 1000, tmp_path)


def test_a_run(pool: Pool) -> None:
    """Over ours, the floor and a fake that knows no question without accents."""
    systems = {system: Path(sys.executable) for system in (HOI, BRISK, QUICK, FLOOR, FAKE)}
    ours, brisk, quick, low, fake = measure(pool, systems, pool.folder.parent / "indexes", LITTLE)
    assert [each.error for each in (ours, brisk, quick, low, fake)] == [""] * 5
    assert ours.ndcg == {"": [1.0] * 12, "no-diacritics": [1.0] * 12}
    assert (brisk.ndcg, brisk.built) == (quick.ndcg, quick.built) == (ours.ndcg, None)
    assert low.ndcg == {}
    assert fake.ndcg == {"": [1.0] * 12, "no-diacritics": [0.0] * 12}
    for each in (ours, low, fake):
        assert each.built
        assert each.built.megabytes > 0.01
        assert 0 < each.latency_ms.p50 <= each.latency_ms.p99
        assert each.cpu_ms > 0
        assert each.start_seconds > 0
        assert each.rss_mb > 10
        assert set(each.per_second) == {1, 8}
        assert min(each.per_second.values()) > 0


def test_who_breaks_stands_aside_and_the_others_go_on(pool: Pool) -> None:
    broken = replace(pool, queries={id: text + " hỏng" for id, text in pool.queries.items()})
    other = replace(FLOOR, name="floor2")
    systems = {FAKE: Path(sys.executable), other: Path(sys.executable)}
    fake, low = measure(broken, systems, pool.folder.parent / "broken", LITTLE)
    assert fake.error == "mở: the library broke\n"
    assert (low.error, low.passages) == ("", 200)


def test_a_client_that_fails_is_told(pool: Pool, tmp_path: Path) -> None:
    (tmp_path / "passages.jsonl").write_bytes((pool.folder / "passages.jsonl").read_bytes())
    with Driver(FAKE, Path(sys.executable), tmp_path / "log", 60.0) as driver:
        driver.start(tmp_path, "Thôn Mận Mít")
        assert driver.ask(["không có"]).found == [[]]
        with pytest.raises(BrokenError):
            driver.ask(["hỏng"])


def test_who_takes_too_long_stands_aside(pool: Pool) -> None:
    slow = measure(pool, {FAKE: Path(sys.executable)}, pool.folder.parent / "slow", replace(LITTLE, step_minutes=1e-5))
    assert [each.error for each in slow] == ["lập chỉ mục: quá 0 phút"]


def test_the_worker_answers_line_by_line(pool: Pool, tmp_path: Path) -> None:
    hoi.build(hoi.read(pool.folder), tmp_path / "ours")
    id, question = next(iter(pool.queries.items()))
    village = question.removesuffix(" có gì?")
    commands = [
        {"do": "open", "folder": str(tmp_path / "ours")},
        {"do": "ask", "questions": [village]},
        {"do": "load", "questions": [village, village], "clients": 2, "seconds": 0.01},
        {"do": "memory"},
    ]
    replies = io.StringIO()
    serve(Worker(hoi), io.StringIO("\n".join(map(json.dumps, commands))), replies)
    opened, asked, loaded, memory = map(json.loads, replies.getvalue().splitlines())
    assert opened["seconds"] > 0
    assert asked["found"][0][0] == next(iter(pool.qrels[id]))
    assert loaded["answered"] >= 2
    assert loaded["failed"] == []
    assert memory["rss_mb"] > 10


def test_the_floor_searches_what_was_prepared(pool: Pool, tmp_path: Path) -> None:
    folder = tmp_path / "floor"
    floor.build(floor.read(pool.folder), folder)
    opened = floor.open_index(folder)
    query, vector = opened.prepare("Thôn Mận Mít")
    assert vector.shape == (1, 256)
    assert opened.search((query, vector)) == ()


def test_a_document_counts_where_its_best_passage_stands() -> None:
    """Of [a, a, b] with b right: b is second, 1 / log2(3) = 0.6309; nothing found is 0."""
    pool = Pool(Path(), 3, 2, {"q0": "?", "q1": "?"}, {"q0": {"b": 1}, "q1": {"b": 1}})
    answers = [Answers([["a", "a", "b"]], [1.0], [1.0]), Answers([[]], [1.0], [1.0])]
    assert scores(pool, answers) == [0.6309, 0.0]


def measured(system: str, p50: float, plain: list[float], bare: list[float]) -> Measured:
    built = Built(seconds=10 * p50, peak_rss_mb=1, megabytes=p50)
    ndcg = {"": plain, "no-diacritics": bare} if plain else {}
    rates = {1: 1000 / p50, 8: 1000 / p50}
    return Measured(system, 1000, built, 2.0, 300.0, Latency(p50, 2 * p50, 3 * p50), p50, rates, ndcg)


@pytest.fixture
def report() -> Report:
    return Report(
        day="01/02/2026",
        machine="máy thử, 2 nhân",
        sets={"villages": 20},
        effort=Effort(2),
        documents={1000: 400},
        busy={1000: 1.25},
        versions={"hoi": {"faiss-cpu": "1.15"}, "chroma": {}, "llamaindex": {}},
        missing={"txtai": "ERROR: không có gói"},
        measured=(
            measured("hoi", 10.0, [1.0, 0.6] * 10, [1.0, 0.58] * 10),
            measured("hoi_brisk", 6.0, [0.9, 0.6] * 10, [1.0, 0.58] * 10),
            measured("hoi_quick", 4.5, [0.9, 0.6] * 10, [0.5, 0.5] * 10),
            measured("floor", 4.0, [], []),
            measured("chroma", 5.0, [1.0, 0.62] * 10, [0.5, 0.5] * 10),
            measured("langchain", 40.0, [0.7, 0.3] * 2, [0.1] * 4),
            measured("lancedb", 50.0, [1.0] * 25, [0.5] * 25),
            Measured("haystack", 1000, error="mở: x\nMemoryError"),
        ),
    )


def test_the_page_has_ratios_to_ours_and_says_who_is_ahead(report: Report) -> None:
    text = page(report, "benchmarks.svg")
    assert f"| LangChain | −30,0† | −69,0† |{' 4,00× |' * 6} 1,00× | 1,00× | 4,00× | 4,00× |" in text
    assert "| Chroma | +1,0 | −29,0 | 0,50× |" in text
    assert "| faiss + tantivy (sàn) | – | – | 0,40× |" in text
    assert "| LangChain | 50,0 (4 câu) | 10,0 (4 câu) | 40,0 |" in text
    assert "| Hỏi | 80,0 | 79,0 | 10,0 | 10,0 | 20,0 | 30,0 | 100 | 100 | 2,00 | 300 | 10 | 100,0 |" in text
    assert "| 1.000 | 4,00 ms | 4,00 ms | 2,5× | 1,5× | 1,1× | 2,5× | 1,5× | 1,1× |" in text
    assert "| 1.000 | 0,5 ms | 1,5 ms | +0,0† | +29,0 | 4,0 ms | +5,0 | +0,0† |" in text  # what each step buys
    assert "**p50, ms**: 1.000 đoạn: Chroma 0,50×." in text
    assert "**nDCG@10**: 1.000 đoạn: Chroma +1,0, LanceDB +20,0." in text
    assert "**nDCG@10 không dấu**: không thư viện nào hơn." in text
    assert "Tải trung bình của máy khi đo: 1,2." in text
    assert "| LanceDB | +20,0 | −29,0 |" in text  # on the 20 questions that Hỏi was asked
    assert "- Haystack hỏng giữa chừng: MemoryError" in text
    assert "- Không đo ở cỡ này: LlamaIndex." in text
    assert "- txtai không cài được ở đây: ERROR: không có gói" in text
    assert "**mở" not in text.partition("## Ai hơn")[2].partition("## Đo thế nào")[0]


def test_each_library_is_beside_our_fastest_way_that_finds_no_worse(report: Report) -> None:
    """Chroma and LanceDB find more with accents than any way of ours; LangChain was asked four questions."""
    text = page(report, "benchmarks.svg").partition("## Nhanh hơn mà không kém")[2].partition("## So với sàn")[0]
    assert "| 1.000 | LangChain | Hỏi, nhanh | +25,0† | +40,0† | 8,89× | 8,89× |" in text
    assert "| 1.000 | Chroma | không mức nào | – | – | – | – |" in text
    assert "| 1.000 | faiss + tantivy (sàn) | Hỏi, nhanh | – | – | 0,89× | 0,89× |" in text
    assert "1 trong 3 lần so là vậy; chưa được: Chroma ở 1.000 đoạn, LanceDB ở 1.000 đoạn." in text
    fewer = tuple(each for each in report.measured if each.system not in ("chroma", "lancedb"))
    assert "Cả 1 lần so, Hỏi có một mức vừa nhanh hơn" in page(replace(report, measured=fewer), "benchmarks.svg")


def test_the_page_is_written_again_from_what_was_kept(report: Report, tmp_path: Path) -> None:
    assert from_json(report.to_json()) == report
    (tmp_path / "report.json").write_text(report.to_json(), encoding="utf-8")
    assert main(["--again", str(tmp_path / "report.json"), "--out", str(tmp_path / "page.md")]) == 0
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == page(report, "page.svg")


def test_runs_of_other_sizes_make_one_page(report: Report, tmp_path: Path) -> None:
    larger = replace(
        report, documents={2000: 700}, busy={2000: 3.0}, measured=(replace(report.measured[0], passages=2000),)
    )
    both = merged([report, larger])
    assert both.sizes == [1000, 2000]
    assert both.documents == {1000: 400, 2000: 700}
    assert both.busy == {1000: 1.25, 2000: 3.0}
    anew = replace(report, busy={1000: 0.5}, measured=report.measured[1:])
    assert merged([both, anew]).busy == {1000: 0.5, 2000: 3.0}
    assert merged([both, anew]).of(1000).keys() == anew.of(1000).keys()
    with pytest.raises(ValueError, match="villages"):
        merged([report, replace(larger, sets={"villages": 30})])


def test_the_chart_has_a_mark_for_each_who_ranks(report: Report) -> None:
    drawn = ElementTree.fromstring(scatter(report.measured, "Thử & đo"))
    texts = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    circles = [float(circle.attrib["cx"]) for circle in drawn.iter("{http://www.w3.org/2000/svg}circle")]
    assert texts[0] == "Thử & đo"
    assert {"Hỏi", "Chroma", "LangChain"} <= set(texts)
    assert not {"Haystack", "faiss + tantivy (sàn)"} & set(texts)
    assert len(circles) == 12  # with accents and without
    assert circles[4] < circles[6] < circles[2] < circles[0] < circles[8]  # quick, Chroma, brisk, full, LangChain


def test_the_chart_compares_what_was_asked_both_ways() -> None:
    """Both marks of one height: the first question got 0.5 either way, the second was asked with accents alone."""
    one = measured("hoi", 10.0, [0.5, 1.0], [0.5])
    drawn = ElementTree.fromstring(scatter([one, measured("chroma", 100.0, [0.25], [0.25])], "Thử"))
    bare, plain, *_ = (circle.attrib["cy"] for circle in drawn.iter("{http://www.w3.org/2000/svg}circle"))
    assert bare == plain


def test_no_data_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path), "--only", "hoi", "--work", str(tmp_path / "work")]) == 2
    assert "Không có bộ kiểu BEIR nào" in capsys.readouterr().err


def test_what_cannot_be_installed_is_told(tmp_path: Path) -> None:
    with pytest.raises(InstallError, match=r"^ERROR"):
        python_of(System("none", "", "", "", ("/no/such/folder",)), tmp_path)


def test_ours_run_in_the_programs_environment(tmp_path: Path) -> None:
    assert python_of(FLOOR, tmp_path) == Path(sys.executable)
    assert versions(FLOOR, Path(sys.executable)).keys() == {"faiss-cpu", "tantivy"}


def test_every_engine_offers_the_three() -> None:
    """Those of other libraries are read as text: what they import is not installed here."""
    for system in SYSTEMS:
        source = Path(*system.module.split(".")).with_suffix(".py")
        text = (Path(__file__).resolve().parent.parent / source).read_text(encoding="utf-8")
        for name in ("open_index",) if system.index_of else ("read", "build", "open_index"):
            assert re.search(rf"^(?:def {name}\(|{name} = |from .* import .*\b{name}\b)", text, re.M), (
                system.name,
                name,
            )
