"""Judging answers by the contract's definitions, with canned answers; the table, the bars and the report."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.document import Document, Header, Span
from eval.about import About, Options
from eval.answers import PLAIN, AnswersResult, evaluate, missed_bars
from eval.bars import parse_bars
from eval.calibration import at_coverage, coverage_risk, expected_error, reliability
from eval.inputs import InputError
from eval.judge import completeness, find, is_cited, is_exact, is_right, is_supported
from eval.question import Question
from eval.report import write_report
from rag.answer import Answer, Citation, QuestionError, Request

TEXT = "Đến năm 2020:\n2 xã (Lạc Lâm,  Quảng Lập) đạt kiểu mẫu; 4 xã khác đạt nâng cao. <b>Hết</b>."
SOURCE = About(
    at=datetime(2026, 1, 2, 12, tzinfo=UTC),
    set_sha256="ab" * 32,
    against="kho",
    documents=1,
    documents_sha256="cd" * 32,
    embedder="hoi",
    reranker="",
    llm="",
    version="0.1.0",
    build="0123456789ab",
    options=Options(),
)
DOCUMENT = Document("d1", "", "a.txt", "text/plain", TEXT, Header("A"))


def lookup(id: str) -> Document | None:
    return DOCUMENT if id == "d1" else None


def cite(quote: str, start: int | None = None, document_id: str = "d1") -> Citation:
    start = TEXT.index(quote) if start is None else start
    end = start + len(quote)
    return Citation(1, document_id, "a.txt", "A", None, None, None, None, None, quote, start, end)


def answer(text: str, *citations: Citation, abstained: bool = False) -> Answer:
    reason = "not_in_documents" if abstained else None
    return Answer("i", "q", "q", text, abstained, reason, 0.9, "extractive", citations, (), {})


def question(**fields: object) -> Question:
    values: dict[str, object] = {"id": "1", "question": "Xã nào?", "answerable": True} | fields
    return Question.model_validate(values)


def test_find_compares_folded_and_gives_places_in_the_text() -> None:
    (span,) = find(TEXT, "LẠC LÂM, quảng lập")
    assert span.of(TEXT) == "Lạc Lâm,  Quảng Lập"
    assert find(TEXT, "2020: 2 xã")[0].of(TEXT) == "2020:\n2 xã"
    assert find(TEXT, "La\u0323c La\u0302m")[0].of(TEXT) == "Lạc Lâm"  # NFD evidence
    assert find("aXa xa", "xa") == [Span(1, 3), Span(4, 6)]
    assert find(TEXT, "Đạ Ròn") == find(TEXT, " ") == []


@pytest.mark.parametrize(
    ("fields", "text", "right"),
    [
        ({"must": ["lạc lâm", "Quảng  Lập"]}, "2 xã: Lạc Lâm, Quảng Lập [1]", True),
        ({"must": ["Lạc Lâm", "Ka Đô"]}, "Lạc Lâm [1]", False),
        ({"any_of": ["11/10/2019", "11-10-2019"]}, "ngày 11-10-2019 [1]", True),
        ({"any_of": ["11/10/2019"]}, "ngày 12 [1]", False),
        ({"must": ["Lạc Lâm"], "must_not": ["Ka Đô"]}, "Lạc Lâm, ka đô [1]", False),
        ({"must": ["1"]}, "hai xã [1]", False),  # a marker is no part of the answer
        ({"must": ["xã đạt"]}, "xã [1] đạt [2]", True),
        ({}, "gì cũng được", True),
    ],
)
def test_right(fields: dict[str, object], text: str, right: bool) -> None:
    assert is_right(question(**fields), answer(text)) is right


def test_an_abstention_is_never_a_right_answer() -> None:
    assert not is_right(question(must=["Lạc Lâm"]), answer("Không có Lạc Lâm", abstained=True))


def test_cited_means_that_a_quote_overlaps_the_evidence() -> None:
    asked = question(document="a.txt", evidence="2 xã (Lạc Lâm, Quảng Lập) đạt kiểu mẫu")
    assert is_cited(asked, answer("…", cite("kiểu mẫu; 4 xã")), lookup) is True
    assert is_cited(asked, answer("…", cite("4 xã khác")), lookup) is False
    assert is_cited(asked, answer("…", cite("4 xã khác"), cite("Lạc Lâm")), lookup) is True
    assert is_cited(asked, answer("…", cite("Lạc Lâm", document_id="gone")), lookup) is False
    assert is_cited(asked, answer("…", abstained=True), lookup) is False
    elsewhere = asked.model_copy(update={"document": "b.txt"})
    assert is_cited(elsewhere, answer("…", cite("Lạc Lâm")), lookup) is False
    assert is_cited(question(document="a.txt"), answer("…", cite("Lạc Lâm")), lookup) is None
    assert is_cited(question(answerable=False), answer("…", abstained=True), lookup) is None


def test_exact() -> None:
    assert is_exact(cite("Lạc Lâm"), lookup)
    assert not is_exact(cite("Lạc Lâm", start=3), lookup)
    assert not is_exact(cite("Lạc Lâm", document_id="gone"), lookup)
    assert not is_exact(cite("", start=3), lookup)


QUESTIONS = [
    question(id="1", must=["Lạc Lâm"], document="a.txt", evidence="Lạc Lâm", kind="which"),
    question(id="2", must=["4 xã"], document="a.txt", evidence="4 xã khác", kind="number"),
    question(id="3", must=["Hết"], document="a.txt", evidence="Hết", kind="number"),
    question(id="4", answerable=False, kind="unanswerable"),
    question(id="5", answerable=False, kind="unanswerable"),
]
PLAIN_ANSWERS = [
    answer("Lạc Lâm [1]", cite("Lạc Lâm")),
    answer("4 xã [1]", cite("2020")),  # right, cited elsewhere
    answer("Không có", abstained=True),  # refused though the document says it
    answer("Không có", abstained=True),
    answer("<script>4 xã</script> [1]", cite("4 xã", start=0)),  # it does not say so; no such quote there
]


def canned(answers: list[Answer]) -> Callable[[Request], Answer]:
    left = list(answers)
    return lambda request: left.pop(0)


@pytest.fixture
def result() -> AnswersResult:
    plain = evaluate(QUESTIONS, canned(PLAIN_ANSWERS), lookup)
    upper = evaluate(QUESTIONS, canned([answer("Không có", abstained=True)] * 5), lookup, "upper")
    return AnswersResult("q.jsonl", (plain, upper))


def test_metrics_by_hand(result: AnswersResult) -> None:
    assert result.plain.metrics() == pytest.approx(
        {
            "right": 3 / 5,
            "right_answerable": 2 / 3,
            "cited": 1 / 3,
            "abstained": 1 / 2,
            "answered": 2 / 3,
            "quotes_exact": 2 / 3,
            "complete": None,  # no list is asked for
            "supported": 1 / 3,  # neither does "2020" say "4 xã", nor is "script" in the other quote
        }
    )
    assert result.conditions[1].metrics() == {
        "right": 0.4, "right_answerable": 0, "cited": 0, "abstained": 1, "answered": 0, "quotes_exact": None,
        "complete": None, "supported": None,
    }  # fmt: skip
    kinds = {kind: part.metrics()["right"] for kind, part in result.plain.by_kind().items()}
    assert kinds == {"which": 1, "number": 0.5, "unanswerable": 0.5}
    # 1 and 2 right → wrong, 5 wrong → right: p of |Σ| ≥ 1 over three signs is 1
    assert result.drop(result.conditions[1], "right") == 1


def test_questions_are_asked_under_the_perturbation() -> None:
    asked: list[str] = []

    def ask(request: Request) -> Answer:
        asked.append(request.question)
        return answer("…", abstained=True)

    condition = evaluate(QUESTIONS[:1], ask, lookup, "no-diacritics")
    assert asked == ["Xa nao?"] == [outcome.asked for outcome in condition.outcomes]
    assert condition.name == "no-diacritics"


def test_a_dialogues_turns_are_asked_after_one_another() -> None:
    heard: list[tuple[str, tuple[str, ...]]] = []

    def ask(request: Request) -> Answer:
        heard.append((request.question, tuple(turn.answer for turn in request.history)))
        return answer(f"đáp {len(heard)}", abstained=True)

    turns = [question(id=str(n), question=f"Câu {n}?", dialogue=each) for n, each in enumerate(("a", "a", "b", None))]
    evaluate(turns, ask, lookup)
    assert heard == [("Câu 0?", ()), ("Câu 1?", ("đáp 1",)), ("Câu 2?", ()), ("Câu 3?", ())]


def test_json_and_table(result: AnswersResult) -> None:
    printed = json.loads(result.to_json())
    assert (printed["questions"], printed["answerable"]) == (5, 3)
    assert printed["perturbed"]["upper"]["abstained"] == 1
    assert printed["by_kind"]["which"]["right"] == 1
    table = io.StringIO()
    result.print_table(table)
    assert "q.jsonl: 5 câu, 3 câu có lời giải" in table.getvalue()
    assert "dẫn sai chỗ · 2 · Xã nào?" in table.getvalue()
    kinds = [" ".join(line.split()) for line in table.getvalue().splitlines()]
    assert f"which {printed['counts']['which']} câu đúng 1.000" in kinds
    assert "sai · 3 · Xã nào?" in table.getvalue()


def test_bars_hold_under_every_condition(result: AnswersResult) -> None:
    bars = parse_bars(["right=0.6", "quotes_exact = 0.5"], ("right", "quotes_exact"))
    missed = missed_bars(result.conditions, bars)
    assert missed == (
        "upper: right = 0.4000 < 0.6.",
        "upper: không có câu nào để đo “quotes_exact” (yêu cầu ≥ 0.5).",
    )
    assert missed_bars(result.conditions[:1], bars) == ()
    assert AnswersResult("", result.conditions, missed).exit_code == 1
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("bar", "message"),
    [
        ("tốt=1", "Không có chỉ số “tốt”"),
        ("right", "CHỈ_SỐ=SỐ"),
        ("right=x", "CHỈ_SỐ=SỐ"),
        ("right=nan", "CHỈ_SỐ=SỐ"),
    ],
)
def test_bad_bars(bar: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_bars([bar], ("right",))


def test_a_question_that_cannot_be_asked_is_named() -> None:
    def ask(request: Request) -> Answer:
        raise QuestionError("Câu hỏi trống.")

    with pytest.raises(InputError, match="“1”: Câu hỏi trống"):
        evaluate(QUESTIONS, ask, lookup)


def test_report(result: AnswersResult, tmp_path: Path) -> None:
    missed = AnswersResult("q<1>.jsonl", result.conditions, ("như đã viết: right = 0.6 < 0.9.",))
    write_report(missed, tmp_path / "out", SOURCE)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "q&lt;1&gt;.jsonl" in page
    assert "02/01/2026" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")  # nothing is fetched
    assert "right = 0.6 &lt; 0.9." in page
    assert "60,0\u00a0%" in page
    assert "chữ in hoa (upper)" in page
    assert page.count("<article>") == 3 + 5  # three to look at again, then all
    saved = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert [outcome["right"] for outcome in saved["outcomes"][PLAIN]] == [True, True, False, True, False]
    assert saved["outcomes"]["upper"][0]["asked"] == "XÃ NÀO?"
    assert saved["outcomes"][PLAIN][4]["citations"][0]["exact"] is False


def test_a_report_that_cannot_be_written(result: AnswersResult, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="Không ghi được báo cáo"):
        write_report(result, tmp_path / "file" / "out", SOURCE)


def test_a_list_is_complete_by_what_was_given_and_by_what_was_wanted() -> None:
    asked = question(must=["Lạc Lâm", "Quảng Lập", "Ka Đô"])
    given = answer("Theo A:\n- xã Lạc Lâm [1]\n- xã Quảng Lập [2]\n- xã Pró [3]\n- xã Tu Tra [4]")
    # found 2 of 3 wanted, 2 of 4 given are wanted: 2 · (2/3) · (1/2) / (7/6)
    assert completeness(asked, given) == pytest.approx(4 / 7)
    assert completeness(asked, answer("Lạc Lâm, Quảng Lập, Ka Đô [1]")) == 1
    assert completeness(asked, answer("Không có [1]")) == 0
    assert completeness(asked, answer("Không có Lạc Lâm", abstained=True)) == 0
    assert completeness(question(must=["Lạc Lâm"]), given) is None


def test_supported_means_that_the_named_quote_says_it() -> None:
    quote = cite("2 xã (Lạc Lâm,  Quảng Lập) đạt kiểu mẫu")
    assert is_supported(answer("Theo “A”:\n- 2 xã Lạc Lâm, Quảng Lập đạt kiểu mẫu [1]", quote), lookup)
    assert not is_supported(answer("3 xã đạt kiểu mẫu [1]", quote), lookup)
    assert not is_supported(answer("2 xã đạt kiểu mẫu [2]", quote), lookup)  # no such citation
    assert not is_supported(answer("2 xã đạt kiểu mẫu", quote), lookup)  # nothing is marked
    assert not is_supported(answer("2 xã đạt kiểu mẫu [1]", cite("2 xã", document_id="gone")), lookup)


def test_calibration_by_hand() -> None:
    judged = [(0.95, True), (1.0, True), (0.92, False), (0.55, True), (0.51, False)]
    high, low = reliability(judged)[::-1]
    assert (high.low, high.count, low.low, low.count) == (0.9, 3, 0.5, 2)
    assert high.confidence == pytest.approx(2.87 / 3)
    assert high.right == pytest.approx(2 / 3)
    # 3/5 · |0.95667 − 0.66667| + 2/5 · |0.53 − 0.5|
    assert expected_error(judged) == pytest.approx(0.6 * 0.29 + 0.4 * 0.03)
    assert expected_error([]) is None


def test_coverage_and_risk_by_hand() -> None:
    points = coverage_risk([(0.9, True), (0.8, False), (0.9, True), (0.6, True)], 8)
    assert [(point.confidence, point.coverage, point.risk) for point in points] == [
        (0.9, 0.25, 0.0),
        (0.8, 0.375, 1 / 3),
        (0.6, 0.5, 0.25),
    ]
    assert [(share, point.risk) for share, point in at_coverage(points, (0.2, 0.3, 0.9))] == [(0.2, 0.0), (0.3, 1 / 3)]
    assert coverage_risk([], 8) == ()
