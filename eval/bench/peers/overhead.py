"""What Hỏi costs beyond the floor, faiss and tantivy alone, and what each part of that buys."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from eval.bench.peers.figures import figure, number, points, table
from eval.bench.peers.measure import TYPED, Measured
from eval.bench.peers.report import Report
from eval.bench.peers.systems import FLOOR, OURS

_TIMES = "Mỗi mức của Hỏi tốn gấp mấy lần riêng faiss và tantivy, theo đồng hồ (p50) và theo thời gian CPU:"
_BUYS = (
    "Phần hơn ấy mua được gì, từng bước một: “nhanh” thay phép tìm véc-tơ của sàn bằng việc tách câu và đọc đoạn "
    "(âm: bớt nhiều hơn thêm); “gọn” thêm véc-tơ, hiểu câu hỏi, ghép, xếp hạng 20 đoạn; “đầy đủ” xếp hạng thêm 30 đoạn "
    "nữa. Sau mỗi bước là số điểm nDCG@10 nó thêm vào, có dấu và không dấu (†: có thể do ngẫu nhiên)."
)
_STEPS = ("véc-tơ, hiểu, ghép, xếp hạng 20 đoạn", "30 đoạn nữa")


def overhead(report: Report) -> str:
    """The section of the page, with a row a size."""
    found = {size: report.of(size) for size in report.sizes}
    whole = {
        size: (each[FLOOR.name], [each[system.name] for system in OURS])
        for size, each in found.items()
        if {FLOOR.name, *(system.name for system in OURS)} <= each.keys()
    }
    titles = [f"{system.title}, {kind}" for kind in ("p50", "CPU") for system in OURS]
    bought = [
        "đoạn",
        "nhanh hơn kém sàn, CPU",
        *(head for step in _STEPS for head in (f"{step}, CPU", "nDCG@10", "không dấu")),
    ]
    return "\n\n".join(
        [
            "## So với sàn",
            _TIMES,
            table(["đoạn", "sàn, p50", "sàn, CPU", *titles], [_times(size, *each) for size, each in whole.items()]),
            _BUYS,
            table(bought, [_bought(size, *each) for size, each in whole.items()]),
        ]
    )


def _times(size: int, floor: Measured, ours: Sequence[Measured]) -> list[str]:
    costs = [f"{figure(cost, 2)} ms" for cost in (floor.latency_ms.p50, floor.cpu_ms)]
    clock = [each.latency_ms.p50 / floor.latency_ms.p50 for each in ours]
    cpu = [each.cpu_ms / floor.cpu_ms for each in ours]
    return [number(size), *costs, *(f"{figure(ratio, 1)}×" for ratio in (*clock, *cpu))]


def _bought(size: int, floor: Measured, ours: Sequence[Measured]) -> list[str]:
    cheapest_first = ours[::-1]
    told = [number(size), _milliseconds(cheapest_first[0].cpu_ms - floor.cpu_ms)]
    for less, more in pairwise(cheapest_first):
        told += [_milliseconds(more.cpu_ms - less.cpu_ms), *(points(more, less, typed) for typed in TYPED)]
    return told


def _milliseconds(cost: float) -> str:
    return f"{figure(cost, 1).replace('-', '−')} ms"
