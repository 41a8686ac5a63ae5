"""Counters for Prometheus, in a registry of their own."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from rag.answer import Answer
from ui.pool import Pool

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    def __init__(self, pool: Pool) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "hoi_requests", "Requests answered", ("route", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "hoi_request_seconds",
            "Time to the end of the response",
            ("route",),
            registry=self._registry,
            buckets=SECONDS,
        )
        self._answers = Counter("hoi_answers", "Answers by outcome", ("outcome", "writer"), registry=self._registry)
        held = Gauge("hoi_pool_held", "Requests running or waiting for a worker", registry=self._registry)
        held.set_function(lambda: pool.held)

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answer(self, answer: Answer) -> None:
        self._answers.labels(answer.reason or "answered", answer.writer).inc()

    def text(self) -> bytes:
        return generate_latest(self._registry)
