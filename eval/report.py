"""An evaluation on paper: `report.json` with every outcome, and a self-contained Vietnamese `report.html`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

from eval.about import About
from eval.answers import LABELS, AnswersResult, Condition
from eval.calibration import coverage_risk, expected_error, reliability
from eval.charts import bars, percent, reliability_diagram, risk_curve
from eval.inputs import InputError
from eval.judge import Outcome
from eval.record import REPORT, Record
from index.durable import write_whole
from rag.answer import Citation

PAGE = "report.html"
_TEMPLATE = Path(__file__).parent / "report_template.html"
STYLE = Path(__file__).parent / "report.css"


def write_report(result: AnswersResult, folder: Path, source: About) -> None:
    """Writes both files; an `InputError` when the folder cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / REPORT, f"{as_json(result, source)}\n".encode())
        write_whole(folder / PAGE, as_html(result, source).encode())
    except OSError as error:
        raise InputError(f"Không ghi được báo cáo vào thư mục {folder}.") from error


def as_json(result: AnswersResult, source: About) -> str:
    """What `AnswersResult.to_json` gives, with where it comes from and `outcomes` by condition."""
    outcomes = {
        condition.name: [Record.of(outcome).model_dump() for outcome in condition.outcomes]
        for condition in result.conditions
    }
    whole = json.loads(result.to_json()) | {"about": source.model_dump(mode="json"), "outcomes": outcomes}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def as_html(result: AnswersResult, source: About) -> str:
    """One page that needs nothing else: no script, no network."""
    outcomes = result.plain.outcomes
    faulty = [outcome for outcome in outcomes if not outcome.right or outcome.cited is False]
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        style=STYLE.read_text(encoding="utf-8"),
        file=escape(result.file),
        count=len(outcomes),
        answerable=sum(outcome.question.answerable for outcome in outcomes),
        day=f"{source.at.astimezone():%d/%m/%Y}",
        source=provenance(source),
        missed=_missed(result.missed),
        chart=bars({LABELS[name]: interval for name, interval in result.plain.intervals().items()}),
        calibration=_calibration(result.plain),
        conditions=_conditions(result),
        kinds=_kinds(result.plain),
        wrong="".join(map(_article, faulty)) or "<p>Không có.</p>",
        all="".join(map(_article, outcomes)),
    )


def provenance(source: About) -> str:
    """One line of what was run on what."""
    parts = [
        f"{source.documents} văn bản ({source.against})",
        f"mô hình nhúng {source.embedder}",
        f"xếp lại {source.reranker}" if source.reranker else "",
        f"mô hình ngôn ngữ {source.llm}" if source.llm else "chỉ trích nguyên văn",
        f"k = {source.options.k}",
        f"chỉ nhận câu trả lời có độ tin cậy từ {percent(source.options.threshold)}"
        if source.options.threshold
        else "",
        f"quản trị viên đã đặt {', '.join(source.chosen)}" if source.chosen else "",
        f"chương trình {source.version} ({source.build})",
        f"bộ câu hỏi {source.set_sha256[:12]}",
    ]
    return escape(" · ".join(part for part in parts if part))


def _missed(lines: Sequence[str]) -> str:
    if not lines:
        return ""
    return f'<div class="missed bad"><strong>Dưới ngưỡng</strong><br>{"<br>".join(map(escape, lines))}</div>'


def _calibration(condition: Condition) -> str:
    judged = condition.judged
    if not judged:
        return "<p>Không có câu nào được trả lời.</p>"
    bins, points = reliability(judged), coverage_risk(judged, len(condition.outcomes))
    rows = "".join(
        f"<tr><td>{percent(each.low)} trở lên</td><td>{each.count}</td><td>{percent(each.confidence)}</td>"
        f"<td>{percent(each.right)}</td></tr>"
        for each in bins
    )
    head = "<tr><th>độ tin cậy</th><th>số câu</th><th>trung bình</th><th>đúng</th></tr>"
    return (
        f"<p>Lệch trung bình (ECE): {percent(expected_error(judged))}</p>"
        f"{risk_curve(points)}{reliability_diagram(bins)}<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    )


def _kinds(condition: Condition) -> str:
    return _table(["loại"], [([kind or "(không ghi)"], part) for kind, part in condition.by_kind().items()])


def _conditions(result: AnswersResult) -> str:
    shown = (*result.conditions, *([result.extractive] if result.extractive else []))
    rows = [([condition.label, _p_value(result, condition)], condition) for condition in shown]
    return _table(["cách gõ", "p"], rows)


def _p_value(result: AnswersResult, condition: Condition) -> str:
    if condition is result.plain:
        return "–"
    return f"{result.drop(condition, 'right'):.3f}".replace(".", ",")


def _table(titles: Sequence[str], rows: Sequence[tuple[Sequence[str], Condition]]) -> str:
    """A row a condition: its own cells, the number of questions, every metric, the median latency."""
    head = "".join(f"<th>{escape(title)}</th>" for title in (*titles, "số câu", *LABELS.values(), "p50 (ms)"))
    body = "".join(f"<tr>{_cells(cells, condition)}</tr>" for cells, condition in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(cells: Sequence[str], condition: Condition) -> str:
    metrics = condition.metrics()
    values = [*cells, str(len(condition.outcomes)), *(percent(metrics[name]) for name in LABELS)]
    values.append(f"{condition.latency().p50:.0f}")
    return "".join(f"<td>{escape(value)}</td>" for value in values)


def _article(outcome: Outcome) -> str:
    question, answer = outcome.question, outcome.answer
    wanted = ", ".join(f"“{part}”" for part in (*question.must, *question.any_of))
    if not question.answerable:
        wanted = "từ chối, vì tài liệu không có"
    head = f"{escape(question.id)} · {escape(question.kind)} · {_verdict(outcome)}"
    foot = f"Cần có: {escape(wanted or '–')} · độ tin cậy {percent(answer.confidence)}"
    return (
        f'<article><p class="soft">{head}</p><p><strong>{escape(outcome.asked)}</strong></p>'
        f"<p>{escape(answer.answer)}</p>{''.join(map(_quote, answer.citations))}"
        f'<p class="soft">{foot}</p></article>'
    )


def _quote(citation: Citation) -> str:
    file = f'<span class="soft">({escape(citation.file)})</span>'
    return f"<blockquote>[{citation.marker}] {escape(citation.quote)} {file}</blockquote>"


def _verdict(outcome: Outcome) -> str:
    marks = [("đúng", "sai", outcome.right)]
    if outcome.cited is not None:
        marks.append(("dẫn đúng chỗ", "dẫn sai chỗ", outcome.cited))
    if outcome.exact:
        marks.append(("trích nguyên văn", "trích sai chữ", all(outcome.exact)))
    return " · ".join(_mark(good if ok else bad, ok) for good, bad, ok in marks)


def _mark(word: str, ok: bool) -> str:
    return f'<span class="{"good" if ok else "bad"}">{word}</span>'
