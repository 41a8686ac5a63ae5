"""The report's charts as plain SVG: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from eval.calibration import Bin, Point
from eval.metrics import Interval

_ROW, _LEFT, _WIDTH = 30, 190, 560  # pixels: a bar's height with its gap, where bars begin, a whole bar
_SIDE = 260  # of a square chart
_AXIS = 46


def percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}\u00a0%".replace(".", ",")


def bars(labelled: Mapping[str, Interval]) -> str:
    """A bar a metric with its 95 % interval."""
    drawn = [_bar(row, label, interval) for row, (label, interval) in enumerate(labelled.items())]
    box = f"0 0 {_LEFT + _WIDTH + 70} {_ROW * len(drawn) + 4}"
    return f'<svg viewBox="{box}" role="img" aria-label="Kết quả chung">{"".join(drawn)}</svg>'


def _bar(row: int, label: str, interval: Interval) -> str:
    top = row * _ROW + 4
    low, value, high = (_LEFT + _WIDTH * share for share in (interval.low, interval.mean, interval.high))
    middle = top + 10
    return (
        f'<text x="{_LEFT - 10}" y="{top + 15}" text-anchor="end">{escape(label)}</text>'
        f'<rect x="{_LEFT}" y="{top}" width="{_WIDTH}" height="20" fill="#f0f2f5"/>'
        f'<rect x="{_LEFT}" y="{top}" width="{value - _LEFT:.1f}" height="20" fill="#2f5d9b"/>'
        f'<path d="M{low:.1f} {middle}H{high:.1f}M{low:.1f} {middle - 4}v8M{high:.1f} {middle - 4}v8" '
        'stroke="#e8a33d" stroke-width="2" fill="none"/>'
        f'<text x="{_LEFT + _WIDTH + 8}" y="{top + 15}">{percent(interval.mean)}</text>'
    )


def risk_curve(points: Sequence[Point]) -> str:
    """Share of wrong answers over share of questions answered; the risk axis ends at the highest risk."""
    top = max((point.risk for point in points), default=0.0) or 0.01
    steps = "".join(f"{'L' if at else 'M'}{_at(point.coverage, point.risk / top)}" for at, point in enumerate(points))
    line = f'<path d="{steps}" fill="none" stroke="#2f5d9b" stroke-width="2"/>'
    return _square("Độ phủ và rủi ro", "tỷ lệ câu được trả lời", "tỷ lệ trả lời sai", percent(top), line)


def reliability_diagram(bins: Sequence[Bin]) -> str:
    """Share right over confidence; on the diagonal, confidence is what it says."""
    diagonal = f'<path d="M{_at(0, 0)}L{_at(1, 1)}" stroke="#d9dee5" stroke-width="2"/>'
    dots = "".join(
        '<circle cx="{}" cy="{}" r="5" fill="#2f5d9b"/>'.format(*_at(each.confidence, each.right).split())
        for each in bins
    )
    return _square("Độ tin cậy", "độ tin cậy", "tỷ lệ đúng", percent(1.0), diagonal + dots)


def _at(x: float, y: float) -> str:
    return f"{_AXIS + x * _SIDE:.1f} {10 + (1 - y) * _SIDE:.1f}"


def _square(title: str, across: str, up: str, top: str, drawing: str) -> str:
    bottom, right = 10 + _SIDE, _AXIS + _SIDE
    return (
        f'<svg viewBox="0 0 {right + 40} {bottom + 40}" style="max-width:24rem" role="img"'
        f' aria-label="{escape(title)}">'
        f'<path d="M{_AXIS} 10V{bottom}H{right}" fill="none" stroke="#5b6675"/>{drawing}'
        f'<text x="{_AXIS - 4}" y="20" text-anchor="end">{top}</text>'
        f'<text x="{_AXIS - 4}" y="{bottom}" text-anchor="end">0</text>'
        f'<text x="{right}" y="{bottom + 16}" text-anchor="middle">100\u00a0%</text>'
        f'<text x="{_AXIS + _SIDE / 2}" y="{bottom + 32}" text-anchor="middle">{escape(across)}</text>'
        f'<text x="12" y="{10 + _SIDE / 2}" text-anchor="middle" transform="rotate(-90 12 {10 + _SIDE / 2})">'
        f"{escape(up)}</text></svg>"
    )
