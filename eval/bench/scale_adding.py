"""Adding to a store one document at a time: alone, and beside questions."""

from __future__ import annotations

import itertools
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from time import perf_counter, process_time

from eval.bench.scale_corpus import upload
from eval.commands import opened
from eval.timing import Latency
from index.store import Store, Upload
from rag.answer import Request
from rag.assistant import Assistant
from rag.settings import SWITCH_SECONDS, Settings

ADDED = 60  # documents added one by one, each way of three
A_SECOND = 5  # questions, as a busy office asks them


@dataclass(frozen=True, slots=True)
class AddedBeside:
    """Documents added one by one: alone, beside `A_SECOND` questions a second, beside questions without pause.

    `answers_ms`: of the last one's questions.
    """

    documents: int
    alone_ms: Latency
    paced_ms: Latency
    beside_ms: Latency
    most_ms: float
    answers_ms: Latency


def add_beside(queries: Sequence[str], settings: Settings, documents: int = ADDED) -> AddedBeside:
    sys.setswitchinterval(SWITCH_SECONDS)  # as a server has it
    with opened(settings) as assistant:
        seed = str(perf_counter())  # so that a store that is measured again has not seen them
        uploads = (
            upload(f"{seed}-{n}.txt", queries[n % len(queries)], f"Văn bản thêm {n}, {seed}.")
            for n in itertools.count()
        )
        assistant.ask(Request(queries[0]))
        alone = [_added(assistant.store, each) for each in islice(uploads, documents)]
        with _asked_on(assistant, queries, 1 / A_SECOND):
            paced = [_added(assistant.store, each) for each in islice(uploads, documents)]
        with _asked_on(assistant, queries, 0.0) as answers:
            beside = [_added(assistant.store, each) for each in islice(uploads, documents)]
    of = Latency.from_milliseconds
    return AddedBeside(documents, of(alone), of(paced), of(beside), round(max(beside), 3), of(answers))


def timed(assistant: Assistant, query: str) -> tuple[float, float, bool]:
    """Milliseconds by the clock and by the processor, and whether it was refused."""
    wall, cpu = perf_counter(), process_time()
    answer = assistant.ask(Request(query))
    return (perf_counter() - wall) * 1000, (process_time() - cpu) * 1000, answer.abstained


def _added(store: Store, each: Upload) -> float:
    started = perf_counter()
    store.add([each])
    return (perf_counter() - started) * 1000


@contextmanager
def _asked_on(assistant: Assistant, queries: Sequence[str], every: float) -> Iterator[list[float]]:
    """Another thread asks, a question `every` so many seconds or one after the other; milliseconds of the answers."""
    stop, taken = threading.Event(), list[float]()

    def ask_on() -> None:
        while not stop.wait(max(every - taken[-1] / 1000, 0.0) if taken else 0.0):
            taken.append(timed(assistant, queries[len(taken) % len(queries)])[0])

    reader = threading.Thread(target=ask_on)
    reader.start()
    try:
        yield taken
    finally:
        stop.set()
        reader.join()
