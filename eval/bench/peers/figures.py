"""Figures as the page of the peers writes them."""

from __future__ import annotations

from collections.abc import Sequence

from eval.bench.peers.measure import Measured
from eval.bench.peers.systems import SYSTEMS
from eval.metrics import mean, paired_test

_CHANCE = 0.05


def points(each: Measured, ours: Measured, typed: str) -> str:
    """How many points another has ahead of Hỏi on the questions both were asked; † where chance explains it."""
    if typed not in each.ndcg:
        return "–"
    asked = min(len(each.ndcg[typed]), len(ours.ndcg[typed]))  # the first ones, of both
    first, second = each.ndcg[typed][:asked], ours.ndcg[typed][:asked]
    ahead = round(100 * (mean(first) - mean(second)), 1) + 0.0  # never "−0,0"
    told = f"{ahead:+.1f}".replace(".", ",").replace("-", "−")
    return told + ("†" if paired_test(first, second) >= _CHANCE else "")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def title(name: str) -> str:
    return next(system.title for system in SYSTEMS if system.name == name)


def number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def figure(value: float, places: int) -> str:
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))
