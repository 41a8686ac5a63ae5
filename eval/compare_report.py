"""Two runs side by side on paper, on the terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import TextIO

from eval.answers import LABELS
from eval.charts import percent
from eval.compare import Change, Comparison, Difference, Flip, KindDifference
from eval.inputs import InputError
from eval.record import Record
from eval.report import STYLE, provenance

PAGE, DATA = "compare.html", "compare.json"
CHANGES: dict[Change, str] = {"lost": "đúng thành sai", "won": "sai thành đúng"}
_TEMPLATE = Path(__file__).parent / "compare_template.html"


def write_comparison(compared: Comparison, folder: Path) -> None:
    """Writes the page and its data; an `InputError` when the folder cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / DATA).write_text(as_json(compared) + "\n", encoding="utf-8")
        (folder / PAGE).write_text(as_html(compared), encoding="utf-8")
    except OSError as error:
        raise InputError(f"Không ghi được báo cáo vào thư mục {folder}.") from error


def as_json(compared: Comparison) -> str:
    """One object: both runs, every difference, the kinds, the questions that flipped, and what to beware of."""
    return json.dumps(compared.model_dump(mode="json") | {"warnings": list(compared.warnings)}, ensure_ascii=False)


def print_comparison(compared: Comparison, file: TextIO | None = None) -> None:
    """The figures for people, in Vietnamese, and the questions that flipped."""
    print(f"A = {compared.first.name}, B = {compared.second.name}: {compared.common} câu chung", file=file)
    for line in compared.warnings:
        print(f"Lưu ý: {line}", file=file)
    for each in compared.differences:
        print(f"  {LABELS[each.metric]:<24} {each.first:6.3f} → {each.second:6.3f}  {_spread(each)}", file=file)
    print(f"\n{verdict(compared)}", file=file)
    for flip in compared.flips:
        print(f"\n{CHANGES[flip.change]} · {flip.first.id} · {flip.first.asked}", file=file)
        print(f"    A: {flip.first.answer}\n    B: {flip.second.answer}", file=file)


def _spread(each: Difference) -> str:
    interval = f"[{each.low:+.3f}; {each.high:+.3f}]"
    return f"{each.difference:+.3f} {interval}  được {each.won}, mất {each.lost}, p = {each.p:.4f}"


def verdict(compared: Comparison) -> str:
    """One sentence on whether B answers more questions right than A."""
    right = compared.right
    if right.won == right.lost == 0:
        return "Hai bên đúng và sai ở cùng những câu."
    told = f"B được {right.won} câu, mất {right.lost} câu (McNemar p = {decimal(right.p)})"
    if not right.significant:
        return f"{told}: chưa đủ để nói bên nào hơn."
    return f"{told}: B {'hơn' if right.difference > 0 else 'kém'} A, không phải do ngẫu nhiên."


def as_html(compared: Comparison) -> str:
    """One page that needs nothing else: no script, no network."""
    flips = {change: [flip for flip in compared.flips if flip.change == change] for change in CHANGES}
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        style=STYLE.read_text(encoding="utf-8"),
        first=escape(compared.first.name),
        second=escape(compared.second.name),
        about_first=provenance(compared.first.about),
        about_second=provenance(compared.second.about),
        common=compared.common,
        condition=escape(compared.condition),
        warnings="".join(f'<p class="missed">{escape(line)}</p>' for line in compared.warnings),
        verdict=escape(verdict(compared)),
        differences=_table(
            ("chỉ số", "số câu", "A", "B", "chênh lệch", "khoảng 95 %", "được", "mất", "p"),
            map(_cells, compared.differences),
        ),
        kinds=_table(
            ("loại", "số câu", "A", "B", "được", "mất"),
            map(_kind_cells, compared.kinds),
        ),
        lost="".join(map(_article, flips["lost"])) or "<p>Không có.</p>",
        won="".join(map(_article, flips["won"])) or "<p>Không có.</p>",
    )


def _cells(each: Difference) -> tuple[str, ...]:
    interval = f"{points(each.low)} … {points(each.high)}"
    shares = (percent(each.first), percent(each.second), points(each.difference), interval)
    return (LABELS[each.metric], str(each.questions), *shares, str(each.won), str(each.lost), decimal(each.p))


def _kind_cells(each: KindDifference) -> tuple[str, ...]:
    shares = (percent(each.first), percent(each.second))
    return (each.kind or "(không ghi)", str(each.questions), *shares, str(each.won), str(each.lost))


def points(value: float) -> str:
    """A difference of shares in percentage points."""
    return f"{100 * value:+.1f}".replace(".", ",").replace("-", "\u2212")


def decimal(value: float, digits: int = 4) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _article(flip: Flip) -> str:
    first = flip.first
    wanted = ", ".join(f"“{part}”" for part in (*first.must, *first.any_of)) if first.answerable else "từ chối"
    return (
        f'<article><p class="soft">{escape(first.id)} · {escape(first.kind)}</p>'
        f"<p><strong>{escape(first.asked)}</strong></p>{_side('A', first)}{_side('B', flip.second)}"
        f'<p class="soft">Cần có: {escape(wanted or "–")}</p></article>'
    )


def _side(name: str, record: Record) -> str:
    mark = '<span class="good">đúng</span>' if record.right else '<span class="bad">sai</span>'
    quotes = "".join(f"<blockquote>[{each.marker}] {escape(each.quote)}</blockquote>" for each in record.citations)
    return f"<p>{name} ({mark}): {escape(record.answer)}</p>{quotes}"
