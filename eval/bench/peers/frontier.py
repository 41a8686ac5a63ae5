"""For each library the fastest way of Hỏi that finds no worse: quality and time are to be compared as pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eval.bench.peers.figures import figure, number, points, table
from eval.bench.peers.measure import TYPED, Measured
from eval.bench.peers.report import Report
from eval.bench.peers.systems import FLOOR, OURS, PEERS, System
from eval.metrics import mean

_WHAT = (
    "Với mỗi thư viện: mức nhanh nhất của Hỏi (theo CPU) mà nDCG@10 không thấp hơn nó, cả có dấu lẫn không dấu, trên "
    "cùng những câu ấy; mức ấy hơn mấy điểm, và thư viện kia tốn gấp mấy lần nó (dưới 1: thư viện kia nhanh hơn). "
    "†: có thể do ngẫu nhiên. Hàng cuối của mỗi cỡ: mức nhanh nhất so với sàn."
)
Pair = tuple[int, System, Measured, tuple[System, Measured] | None]  # passages, a library and ours that is no worse
_HEAD = ("đoạn", "thư viện", "mức của Hỏi", "nDCG@10", "không dấu", "p50", "CPU")


def frontier(report: Report) -> str:
    """The section of the page, with a row for each library at each size, and what they come to in a sentence."""
    found = {size: report.of(size) for size in report.sizes}
    pairs = {size: list(_pairs(size, each)) for size, each in found.items()}
    rows = [
        row for size in pairs for row in (*(_row(*pair) for pair in pairs[size]), *_beside_floor(size, found[size]))
    ]
    verdict = _verdict([pair for of_size in pairs.values() for pair in of_size])
    return "\n\n".join(["## Nhanh hơn mà không kém", _WHAT, table(_HEAD, rows), verdict])


def _pairs(size: int, found: dict[str, Measured]) -> Iterator[Pair]:
    for peer in PEERS:
        if peer.name in found:
            yield size, peer, found[peer.name], _fastest(found, found[peer.name])


def at_least(ours: Measured, other: Measured) -> bool:
    """Whether ours finds no worse, with accents and without, on the questions both were asked."""
    return all(_mean_of_common(ours, other, typed) >= _mean_of_common(other, ours, typed) for typed in TYPED)


def _mean_of_common(one: Measured, other: Measured, typed: str) -> float:
    return mean(one.ndcg[typed][: min(len(one.ndcg[typed]), len(other.ndcg[typed]))])


def _fastest(found: dict[str, Measured], peer: Measured) -> tuple[System, Measured] | None:
    good = [(system, found[system.name]) for system in OURS if system.name in found]
    good = [(system, each) for system, each in good if at_least(each, peer)]
    return min(good, key=lambda one: one[1].cpu_ms, default=None)


def _row(size: int, peer: System, theirs: Measured, best: tuple[System, Measured] | None) -> list[str]:
    if best is None:
        return [number(size), peer.title, "không mức nào", "–", "–", "–", "–"]
    system, ours = best
    ahead = (points(ours, theirs, typed) for typed in TYPED)
    ratios = (f"{figure(ratio, 2)}×" for ratio in _ratios(theirs, ours))
    return [number(size), peer.title, system.title, *ahead, *ratios]


def _beside_floor(size: int, found: dict[str, Measured]) -> Iterator[list[str]]:
    ours = [(system, found[system.name]) for system in OURS if system.name in found]
    if FLOOR.name in found and ours:
        system, best = min(ours, key=lambda one: one[1].cpu_ms)
        ratios = (f"{figure(ratio, 2)}×" for ratio in _ratios(found[FLOOR.name], best))
        yield [number(size), FLOOR.title, system.title, "–", "–", *ratios]


def _ratios(theirs: Measured, ours: Measured) -> tuple[float, float]:
    return theirs.latency_ms.p50 / ours.latency_ms.p50, theirs.cpu_ms / ours.cpu_ms


def _verdict(pairs: Sequence[Pair]) -> str:
    left = [
        f"{peer.title} ở {number(size)} đoạn"
        for size, peer, theirs, best in pairs
        if best is None or min(_ratios(theirs, best[1])) <= 1
    ]
    if not left:
        return f"Cả {len(pairs)} lần so, Hỏi có một mức vừa nhanh hơn (p50 và CPU) vừa không kém nDCG@10."
    return f"{len(pairs) - len(left)} trong {len(pairs)} lần so là vậy; chưa được: {', '.join(left)}."
