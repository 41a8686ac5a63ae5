"""`docs/benchmarks.md`: ratios to Hỏi first, then the figures, where others are ahead and why, how it was measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.bench.peers.figures import figure, number, points, table, title
from eval.bench.peers.frontier import frontier
from eval.bench.peers.measure import BLOCK, CLIENTS, TYPED, Measured
from eval.bench.peers.overhead import overhead
from eval.bench.peers.report import Report
from eval.bench.peers.systems import HOI, PEERS, SYSTEMS, System
from eval.metrics import mean

_PLAIN, _BARE = TYPED
_ONE, _MANY = CLIENTS
_HOW = Path(__file__).with_name("how.md")
_RATIOS = (
    "So với Hỏi; trên 1 là tốn hơn Hỏi. nDCG@10: hơn kém Hỏi bao nhiêu điểm trên cùng những câu ấy; "
    "†: có thể do ngẫu nhiên (p ≥ 0,05)."
)
_OTHERS = frozenset(system.name for system in PEERS)
_AHEAD = 0.97  # of Hỏi's figure; nearer is noise


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the tables. `why`: what gives others the better one, where they have it."""

    title: str
    of: Callable[[Measured], float]
    places: int
    why: str
    more_is_better: bool = False
    of_index: bool = False

    @property
    def name(self) -> str:
        """The title; of a cost, without its unit."""
        return self.title if self.more_is_better else self.title.partition(",")[0]

    def ratio(self, other: Measured, ours: Measured) -> float:
        """How many times Hỏi's cost the other has: above 1 is worse than Hỏi."""
        first, second = self.of(other), self.of(ours)
        return second / first if self.more_is_better else first / second


MEASURES = (
    Measure(
        "p50, ms",
        lambda each: each.latency_ms.p50,
        1,
        "Hỏi làm thêm hai việc: hiểu câu hỏi (khôi phục dấu, sửa lỗi gõ, viết tắt, nơi, ngày) và xếp hạng lại 50 đoạn; "
        "mức “nhanh” (`HOI_EFFORT=quick`) bỏ cả hai. Chroma không tìm từ và tìm véc-tơ gần đúng (HNSW); "
        "txtai tìm véc-tơ gần đúng (IVF) khi có trên 5.000 đoạn; LlamaIndex tính sẵn điểm BM25 của từng từ trong từng "
        "đoạn. LangChain và Haystack chấm mọi đoạn cho mỗi câu, nên chỉ nhanh khi kho nhỏ.",
    ),
    Measure("CPU, ms", lambda each: each.cpu_ms, 1, "Như p50."),
    Measure(
        "p95, ms", lambda each: each.latency_ms.p95, 1, "Như p50: sửa lỗi gõ và xếp hạng tốn nhất ở những câu dài."
    ),
    Measure("p99, ms", lambda each: each.latency_ms.p99, 1, "Như p95."),
    Measure(
        "câu/giây, 1 người",
        lambda each: each.per_second[_ONE],
        0,
        "Như p50.",
        more_is_better=True,
    ),
    Measure(
        "câu/giây, 8 người",
        lambda each: each.per_second[_MANY],
        0,
        "Phần hiểu và xếp hạng của Hỏi là Python, các luồng phải chờ nhau; LanceDB, Chroma và faiss tìm ngoài Python.",
        more_is_better=True,
    ),
    Measure(
        "mở, giây",
        lambda each: each.start_seconds,
        2,
        "Hỏi kiểm mã băm của mọi tệp chỉ mục trước khi tin, và nạp mô hình dấu, mô hình xếp hạng, từ điển.",
    ),
    Measure(
        "bộ nhớ, MB",
        lambda each: each.rss_mb,
        0,
        "Hỏi giữ mô hình dấu, mô hình xếp hạng và bảng từ trong bộ nhớ.",
    ),
    Measure(
        "đĩa, MB",
        lambda each: each.built.megabytes if each.built else 0.0,
        0,
        "Hỏi giữ bản gốc, văn bản, và véc-tơ hai lần: trong cơ sở dữ liệu và trong chỉ mục dựng lại được từ đó.",
        of_index=True,
    ),
    Measure(
        "lập chỉ mục, giây",
        lambda each: each.built.seconds if each.built else 0.0,
        1,
        "Hỏi nhận văn bản nguyên, tự chia đoạn, đọc phần đầu và viện dẫn, ghi bền từng lô (fsync), có nhật ký; họ "
        "nhận đoạn đã chia sẵn.",
        of_index=True,
    ),
)


def page(report: Report, chart: str) -> str:
    """The whole page in Markdown; `chart`: where the picture is."""
    sizes = (_size(report, size) for size in report.sizes)
    parts = [_head(report, chart), *sizes, frontier(report), overhead(report), _ahead(report), _how(report)]
    return "\n\n".join(parts) + "\n"


def _head(report: Report, chart: str) -> str:
    return (
        "# Đo cạnh các thư viện khác\n\n"
        "Cùng các đoạn, cùng câu hỏi, cùng mô hình nhúng, trong một lượt đo xen kẽ. "
        f"Đo ngày {report.day} trên {report.machine}. "
        "Máy càng bận thì mili giây càng lớn: tỷ lệ và thời gian CPU đáng tin hơn. "
        "Trang này do `make bench-peers DATA=THƯ_MỤC` viết ra, đừng sửa tay.\n\n"
        f"![Thời gian mỗi câu và chất lượng]({chart})"
    )


def _size(report: Report, size: int) -> str:
    found = report.of(size)
    ours = found.get(HOI.name)
    rows = [(system, found[system.name]) for system in SYSTEMS if system.name in found]
    told = [f"## {number(size)} đoạn ({number(report.documents[size])} văn bản)"]
    told += [f"Tải trung bình của máy khi đo: {figure(report.busy[size], 1)}."]
    if ours:
        told += [_RATIOS, _ratios(rows, ours), "Số đo:", _figures(rows, sum(report.sets.values()))]
    broken = [each for each in report.measured if each.passages == size and each.error]
    measured = {each.system for each in report.measured if each.passages == size}
    left_out = [system.title for system in PEERS if system.name in report.versions and system.name not in measured]
    told += [f"- Không đo ở cỡ này: {', '.join(left_out)}."] if left_out else []
    told += [f"- {title(each.system)} hỏng giữa chừng: {each.error.splitlines()[-1]}" for each in broken]
    return "\n\n".join(told)


def _ratios(rows: Sequence[tuple[System, Measured]], ours: Measured) -> str:
    lines = [
        [
            system.title,
            *(points(each, ours, typed) for typed in TYPED),
            *(_ratio(measure, system, each, ours) for measure in MEASURES),
        ]
        for system, each in rows
        if system is not HOI
    ]
    return table(["", "nDCG@10", "không dấu", *(measure.name for measure in MEASURES)], lines)


def _ratio(measure: Measure, system: System, each: Measured, ours: Measured) -> str:
    return "–" if _is_shared(measure, system) else f"{figure(measure.ratio(each, ours), 2)}×"


def _cost(measure: Measure, system: System, each: Measured) -> str:
    return "–" if _is_shared(measure, system) else figure(measure.of(each), measure.places)


def _is_shared(measure: Measure, system: System) -> bool:
    """Whether it is a figure of an index that another system made."""
    return bool(system.index_of) and measure.of_index


def _figures(rows: Sequence[tuple[System, Measured]], questions: int) -> str:
    lines = [
        [
            system.title,
            *(_quality(each, typed, questions) for typed in TYPED),
            *(_cost(measure, system, each) for measure in MEASURES),
        ]
        for system, each in rows
    ]
    return table(["", "nDCG@10", "không dấu", *(measure.title for measure in MEASURES)], lines)


def _quality(each: Measured, typed: str, questions: int) -> str:
    """nDCG@10; with how many questions it was asked where its time was up before the last."""
    if typed not in each.ndcg:
        return "–"
    asked = len(each.ndcg[typed])
    return figure(100 * mean(each.ndcg[typed]), 1) + (f" ({asked} câu)" if asked < questions else "")


def _ahead(report: Report) -> str:
    told = ["## Ai hơn Hỏi đầy đủ, và vì sao"]
    for measure in MEASURES:
        better = [line for size in report.sizes if (line := _better(report, size, measure))]
        if better:
            told.append(f"**{measure.title}**: {'; '.join(better)}. {measure.why}")
    for typed, name in ((_PLAIN, "nDCG@10"), (_BARE, "nDCG@10 không dấu")):
        better = [line for size in report.sizes if (line := _better_ndcg(report, size, typed))]
        told.append(f"**{name}**: {'; '.join(better) if better else 'không thư viện nào hơn'}.")
    return "\n\n".join(told)


def _better(report: Report, size: int, measure: Measure) -> str:
    found = report.of(size)
    others = {name: each for name, each in found.items() if name in _OTHERS}
    if HOI.name not in found:
        return ""
    ratios = {name: measure.ratio(each, found[HOI.name]) for name, each in others.items()}
    ahead = [f"{title(name)} {figure(ratio, 2)}×" for name, ratio in ratios.items() if ratio < _AHEAD]
    return f"{number(size)} đoạn: {', '.join(ahead)}" if ahead else ""


def _better_ndcg(report: Report, size: int, typed: str) -> str:
    found = report.of(size)
    ours = found.get(HOI.name)
    told = {name: points(each, ours, typed) for name, each in found.items() if ours and name in _OTHERS}
    ahead = [f"{title(name)} {each}" for name, each in told.items() if each[0] == "+" and not each.startswith("+0,0")]
    return f"{number(size)} đoạn: {', '.join(ahead)}" if ahead else ""


def _how(report: Report) -> str:
    sets = ", ".join(f"{name} {count}" for name, count in report.sets.items())
    seconds = figure(report.effort.ask_seconds, 0)
    how = _HOW.read_text(encoding="utf-8")
    minutes = figure(report.effort.step_minutes, 0)
    how = how.format(sets=sets, block=BLOCK, seconds=seconds, minutes=minutes, rounds=report.effort.rounds)
    lines = [
        [
            system.title,
            system.how,
            ", ".join(map(" ".join, report.versions[system.name].items())),
        ]
        for system in SYSTEMS
        if system.name in report.versions
    ]
    missing = [f"- {title(name)} không cài được ở đây: {why}" for name, why in report.missing.items()]
    return "\n\n".join(
        [
            "## Đo thế nào",
            table(["", "cách dùng", "phiên bản"], lines),
            *missing,
            how.rstrip(),
        ]
    )
