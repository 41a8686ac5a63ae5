"""What a run cost: latency quantiles and the process's peak memory."""

from __future__ import annotations

import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True, slots=True)
class Latency:
    """Quantiles of wall-clock time, in milliseconds."""

    p50: float
    p95: float
    p99: float

    def __str__(self) -> str:
        return f"p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms, p99 {self.p99:.1f} ms"

    @classmethod
    def from_milliseconds(cls, values: Sequence[float]) -> Latency:
        p50, p95, p99 = np.quantile(values, (0.5, 0.95, 0.99)) if values else (0.0, 0.0, 0.0)
        return cls(round(float(p50), 3), round(float(p95), 3), round(float(p99), 3))


def peak_rss_mb() -> float:
    """The most memory this process has held, in MB (10⁶ bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak * (1 if sys.platform == "darwin" else 1024) / 1e6, 1)


def rss_mb() -> float:
    """The memory this process holds now, in MB; its peak where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return peak_rss_mb()
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    return round(int(line.split()[1]) * 1024 / 1e6, 1)
