"""What a run came to, kept as JSON, so that its page can be written again."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from eval.bench.peers.driver import Built
from eval.bench.peers.measure import Effort, Measured
from eval.timing import Latency


@dataclass(frozen=True, slots=True)
class Report:
    """`sets`: how many questions each gave; `versions` of packages by system; `missing`: who could not be installed."""

    day: str
    machine: str
    sets: dict[str, int]
    effort: Effort
    documents: dict[int, int]  # by number of passages
    busy: dict[int, float]  # the machine's load average while they were measured
    versions: dict[str, dict[str, str]]
    missing: dict[str, str]
    measured: tuple[Measured, ...]

    def of(self, passages: int) -> dict[str, Measured]:
        """The systems that came through at this size."""
        return {each.system: each for each in self.measured if each.passages == passages and not each.error}

    @property
    def sizes(self) -> list[int]:
        return sorted({each.passages for each in self.measured})

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def from_json(text: str) -> Report:
    """What `Report.to_json` gave."""
    told = json.loads(text)
    measured = tuple(_measured(each) for each in told.pop("measured"))
    documents, busy = ({int(size): count for size, count in told.pop(name).items()} for name in ("documents", "busy"))
    effort = Effort(**told.pop("effort"))
    return Report(**told, effort=effort, documents=documents, busy=busy, measured=measured)


def merged(reports: Sequence[Report]) -> Report:
    """Runs of other sizes as one; of a size that several measured, the last one's figures. All else is the last one's.

    Raises `ValueError` when they did not ask the same questions with the same effort.
    """
    *before, last = reports
    told = last
    for other in reversed(before):
        if (other.sets, other.effort) != (last.sets, last.effort):
            raise ValueError(f"{other.sets}, {other.effort} beside {last.sets}, {last.effort}")
        told = replace(
            told,
            documents=other.documents | told.documents,
            busy=other.busy | told.busy,
            measured=(*(each for each in other.measured if each.passages not in told.sizes), *told.measured),
        )
    return told


def _measured(told: dict[str, Any]) -> Measured:
    built = told["built"] and Built(**told["built"])
    rates = {int(clients): rate for clients, rate in told["per_second"].items()}
    return Measured(**told | {"built": built, "latency_ms": Latency(**told["latency_ms"]), "per_second": rates})


def machine(cpus: int) -> str:
    """The processor with its cores, the system, the Python."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return f"{model or platform.machine()}, {cpus} nhân, {platform.system()}, Python {platform.python_version()}"
