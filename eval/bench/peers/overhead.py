"""What Hỏi costs beyond the floor, faiss and tantivy alone, and what that buys."""

from __future__ import annotations

from eval.bench.peers.figures import figure, number, points, table
from eval.bench.peers.measure import TYPED, Measured
from eval.bench.peers.report import Report
from eval.bench.peers.systems import FLOOR, HOI, UNRANKED

_TIMES = "Hỏi tốn gấp mấy lần riêng faiss và tantivy, theo đồng hồ (p50) và theo thời gian CPU:"
_BUYS = (
    "Phần hơn ấy mua được gì: hiểu câu hỏi, ghép hai phép tìm và đọc đoạn là những gì “không xếp hạng” tốn hơn sàn "
    "(âm: Hỏi bỏ được việc mà sàn làm); xếp hạng lại 50 đoạn là phần còn lại, với số điểm nDCG@10 nó thêm vào "
    "(†: có thể do ngẫu nhiên)."
)


def overhead(report: Report) -> str:
    """The section of the page, with a row a size."""
    found = {size: report.of(size) for size in report.sizes}
    whole = {size: each for size, each in found.items() if {FLOOR.name, HOI.name, UNRANKED.name} <= each.keys()}
    titles = [f"{system.title}, {kind}" for kind in ("p50", "CPU") for system in (HOI, UNRANKED)]
    bought = ["đoạn", "hiểu, ghép, đọc, CPU", "xếp hạng, CPU", "xếp hạng thêm nDCG@10", "không dấu"]
    return "\n\n".join(
        [
            "## So với sàn",
            _TIMES,
            table(["đoạn", "sàn, p50", "sàn, CPU", *titles], [_times(size, each) for size, each in whole.items()]),
            _BUYS,
            table(bought, [_bought(size, each) for size, each in whole.items()]),
        ]
    )


def _times(size: int, found: dict[str, Measured]) -> list[str]:
    floor, both = found[FLOOR.name], (found[HOI.name], found[UNRANKED.name])
    costs = [f"{figure(cost, 2)} ms" for cost in (floor.latency_ms.p50, floor.cpu_ms)]
    clock = [each.latency_ms.p50 / floor.latency_ms.p50 for each in both]
    cpu = [each.cpu_ms / floor.cpu_ms for each in both]
    return [number(size), *costs, *(f"{figure(ratio, 1)}×" for ratio in (*clock, *cpu))]


def _bought(size: int, found: dict[str, Measured]) -> list[str]:
    floor, ours, unranked = (found[system.name] for system in (FLOOR, HOI, UNRANKED))
    costs = (unranked.cpu_ms - floor.cpu_ms, ours.cpu_ms - unranked.cpu_ms)
    gained = [points(ours, unranked, typed) for typed in TYPED]
    return [number(size), *(f"{figure(cost, 1).replace('-', '−')} ms" for cost in costs), *gained]
