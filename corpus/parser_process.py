"""The process that reads files, from outside: started, asked, and stopped when it takes too long."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
import weakref
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from corpus.formats.source import LoadError
from corpus.frames import LENGTHS, Answer, End, Refusal, Request, read_answer, send

_PASSED_ON = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")  # keys are not
MEMORY = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """For one file: bytes of address space, seconds of processor and of the clock, seconds for OCR within those."""

    memory: int = MEMORY
    cpu: int = 45
    wall: int = 60
    ocr: int = 45


class ParserProcess:
    """One `corpus.worker` under limits; `alive` until it is stopped or dies."""

    def __init__(self, limits: Limits) -> None:
        self.alive = True
        self._limits = limits
        project = str(Path(__file__).resolve().parent.parent)
        known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        path = os.pathsep.join(filter(None, [project, os.environ.get("PYTHONPATH", "")]))
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "corpus.worker", *map(str, astuple(limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=known | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            bufsize=0,
            start_new_session=True,  # so that what it starts, tesseract, ends with it
        )
        self.end = weakref.finalize(self, _end, self._process)

    def ask(self, request: Request, content: bytes) -> list[tuple[Answer, bytes]]:
        """Raises LoadError, also for a worker that died or was stopped."""
        deadline = time.monotonic() + self._limits.wall
        try:
            send(self._process.stdin, request, content)
            return self._answers(deadline)
        except LoadError:
            raise
        except (EOFError, OSError) as error:
            raise self._died(error) from error
        except BaseException:  # left half-way, by Ctrl+C
            self._stop()
            raise

    def _answers(self, deadline: float) -> list[tuple[Answer, bytes]]:
        found, refusal = list[tuple[Answer, bytes]](), None
        while True:
            answer, raw = self._receive(deadline)
            match answer:
                case Refusal(code, message):
                    refusal = LoadError(code, message)
                case End(last):
                    if last:
                        self._stop()
                    if refusal:
                        raise refusal
                    return found
                case _:
                    found.append((answer, raw))

    def _receive(self, deadline: float) -> tuple[Answer, bytes]:
        lengths = LENGTHS.unpack(self._exactly(LENGTHS.size, deadline))
        head, raw = (self._exactly(length, deadline) for length in lengths)
        return read_answer(head), raw

    def _exactly(self, length: int, deadline: float) -> bytes:
        assert self._process.stdout is not None
        pipe, pieces = self._process.stdout.fileno(), []
        ready = select.poll()
        ready.register(pipe, select.POLLIN)
        while length:
            if not ready.poll(max(0.0, deadline - time.monotonic()) * 1000):
                raise TimeoutError
            piece = os.read(pipe, min(length, 1 << 20))
            if not piece:
                raise EOFError
            pieces.append(piece)
            length -= len(piece)
        return b"".join(pieces)

    def _died(self, error: EOFError | OSError) -> LoadError:
        late = isinstance(error, TimeoutError)
        code = None if late else self._process.wait()
        self._stop()
        if late or code in (-signal.SIGXCPU, -signal.SIGKILL):
            return LoadError("parse_timeout", "Đọc tệp này mất quá nhiều thời gian nên đã dừng để bảo vệ máy.")
        return LoadError("parser_stopped", "Bộ đọc phải dừng giữa chừng: tệp hỏng, hoặc cần quá nhiều bộ nhớ.")

    def _stop(self) -> None:
        self.alive = False
        self.end()


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
