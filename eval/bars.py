"""Bars that an evaluation must clear: `METRIC=X` from the command line."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from eval.inputs import InputError


@dataclass(frozen=True, slots=True)
class Bar:
    metric: str
    least: float

    def missed(self, metrics: Mapping[str, float | None], where: str) -> str | None:
        """A Vietnamese line when the metric is under the bar, or was not measured at all."""
        value = metrics[self.metric]
        if value is None:
            return f"{where}: không có câu nào để đo “{self.metric}” (yêu cầu ≥ {self.least:g})."
        return None if value >= self.least else f"{where}: {self.metric} = {value:.4f} < {self.least:g}."


def parse_bars(texts: Sequence[str], metrics: Collection[str]) -> tuple[Bar, ...]:
    """Bars from `METRIC=X` texts; an unknown name or a value that is no number is an `InputError`."""
    return tuple(_parse(text, metrics) for text in texts)


def _parse(text: str, metrics: Collection[str]) -> Bar:
    metric, equals, number = (part.strip() for part in text.partition("="))
    if metric not in metrics:
        raise InputError(f"Không có chỉ số “{metric}”. Các chỉ số: {', '.join(metrics)}.")
    try:
        least = float(number)
    except ValueError as error:
        raise InputError(f"Ngưỡng “{text}” phải có dạng CHỈ_SỐ=SỐ, ví dụ {metric}=0.95.") from error
    if not equals or not math.isfinite(least):
        raise InputError(f"Ngưỡng “{text}” phải có dạng CHỈ_SỐ=SỐ, ví dụ {metric}=0.95.")
    return Bar(metric, least)
