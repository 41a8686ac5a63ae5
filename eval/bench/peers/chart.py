"""The picture of a run as plain SVG: milliseconds a question across, nDCG@10 up, with accents and without."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10

from eval.bench.peers.measure import TYPED, Measured
from eval.bench.peers.systems import OURS, SYSTEMS
from eval.metrics import mean

_LEFT, _TOP, _WIDTH, _HEIGHT = 60, 46, 620, 340
_INK, _SOFT, _MINE, _THEIRS = "#1c2733", "#5b6675", "#c2410c", "#2f5d9b"
_LINE, _NAME = 15, 140  # pixels: a name's height and, at most, width


def scatter(measured: Sequence[Measured], title: str) -> str:
    """One filled mark a system, joined to a hollow one for questions without accents."""
    shown = [each for each in measured if each.ndcg and not each.error]
    axes = _Axes(shown)
    size = f'viewBox="0 0 {_LEFT + _WIDTH + 170} {_TOP + _HEIGHT + 64}"'
    names = _spread([(axes.x(each.latency_ms.p50), axes.y(_quality(each, TYPED[0]))) for each in shown])
    marks = "".join(_mark(each, axes, at) for each, at in zip(shown, names, strict=True))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13" role="img" '
        f'aria-label="{escape(title)}"><rect width="100%" height="100%" fill="#ffffff"/>'
        f'<text x="{_LEFT}" y="24" font-size="15" font-weight="bold" fill="{_INK}">{escape(title)}</text>'
        f"{axes.drawn()}{marks}</svg>\n"
    )


class _Axes:
    """Milliseconds in powers of ten, nDCG in tenths."""

    def __init__(self, shown: Sequence[Measured]) -> None:
        times = [each.latency_ms.p50 for each in shown]
        values = [_quality(each, typed) for each in shown for typed in TYPED]
        self._powers = range(floor(log10(min(times))), ceil(log10(max(times))) + 1)
        self._tenths = range(floor(min(values) * 10), ceil(max(values) * 10) + 1)

    def x(self, milliseconds: float) -> float:
        first, last = self._powers[0], self._powers[-1]
        return _LEFT + _WIDTH * (log10(milliseconds) - first) / (last - first)

    def y(self, value: float) -> float:
        first, last = self._tenths[0], self._tenths[-1]
        return _TOP + _HEIGHT * (last - value * 10) / (last - first)

    def drawn(self) -> str:
        bottom = _TOP + _HEIGHT
        across = "".join(
            f'<path d="M{x:.1f} {_TOP}V{bottom}" stroke="#e3e7ec"/>'
            f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle" fill="{_SOFT}">{label}</text>'
            for x, label in ((self.x(10.0**power), f"{10.0**power:g}".replace(".", ",")) for power in self._powers)
        )
        up = "".join(
            f'<path d="M{_LEFT} {self.y(tenth / 10):.1f}H{_LEFT + _WIDTH}" stroke="#e3e7ec"/><text x="{_LEFT - 8}" '
            f'y="{self.y(tenth / 10) + 4:.1f}" text-anchor="end" fill="{_SOFT}">{10 * tenth}</text>'
            for tenth in self._tenths
        )
        told = (
            f'<text x="{_LEFT + _WIDTH / 2}" y="{bottom + 38}" text-anchor="middle" fill="{_SOFT}">'
            f"mili giây một câu (p50, thang lô-ga-rít): càng trái càng nhanh</text>"
            f'<text x="16" y="{_TOP + _HEIGHT / 2}" text-anchor="middle" fill="{_SOFT}" '
            f'transform="rotate(-90 16 {_TOP + _HEIGHT / 2})">nDCG@10 × 100</text>'
            f'<text x="{_LEFT}" y="{bottom + 56}" fill="{_SOFT}">● câu có dấu  ○ câu không dấu</text>'
        )
        return across + up + told


def _mark(each: Measured, axes: _Axes, name_at: float) -> str:
    colour = _MINE if each.system in {system.name for system in OURS} else _THEIRS
    title = next(system.title for system in SYSTEMS if system.name == each.system)
    x, (plain, bare) = axes.x(each.latency_ms.p50), (axes.y(_quality(each, typed)) for typed in TYPED)
    return (
        f'<path d="M{x:.1f} {plain:.1f}V{bare:.1f}" stroke="{colour}" stroke-dasharray="2 3"/>'
        f'<circle cx="{x:.1f}" cy="{bare:.1f}" r="7" fill="#ffffff" stroke="{colour}" stroke-width="2"/>'
        f'<circle cx="{x:.1f}" cy="{plain:.1f}" r="4.5" fill="{colour}"/>'
        f'<text x="{x + 11:.1f}" y="{name_at + 4:.1f}" fill="{colour}">{escape(title)}</text>'
    )


def _quality(each: Measured, typed: str) -> float:
    """nDCG@10 on the questions that were asked both with and without accents."""
    both = min(map(len, each.ndcg.values()))
    return mean(each.ndcg[typed][:both])


def _spread(points: Sequence[tuple[float, float]]) -> list[float]:
    """The heights of the points' names, from the top down, each pushed below those it would overlap."""
    placed: dict[int, float] = {}
    for number in sorted(range(len(points)), key=lambda number: points[number][1]):
        across, height = points[number]
        near = sorted(placed[other] for other in placed if abs(points[other][0] - across) < _NAME)
        for other in near:
            if abs(height - other) < _LINE:
                height = other + _LINE
        placed[number] = height
    return [placed[number] for number in range(len(points))]
