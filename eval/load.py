"""Load on a real server with a stub for the language model: usual use, overload, clients that leave, a long run.

    python -m eval.load [usual] [overload] [leavers] [soak] [--users 50] [--seconds 60] …

It starts `hoi serve` in a process and a folder of its own, and prints one table. The figures are only as good as the
machine is idle: the load average stands in the first line.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from eval.load_server import Server, Turn, serving
from eval.timing import Latency

PARTS = ("usual", "overload", "leavers", "soak")
HEALTH_SECONDS = 0.25
_FALLBACK = ["Văn bản nào nói về nông thôn mới?"]


@dataclass(slots=True)
class Seen:
    """What came of one part of the run."""

    turns: list[Turn] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    health_failures: int = 0

    def milliseconds(self, of: Callable[[Turn], float], status: int = 200) -> Latency:
        return Latency.from_milliseconds([of(turn) for turn in self.turns if turn.status == status])

    @property
    def statuses(self) -> str:
        counts = Counter(turn.status for turn in self.turns)
        return ", ".join(f"{status or 'cắt'}: {count}" for status, count in sorted(counts.items()))


async def questions(server: Server) -> list[str]:
    """What the server itself suggests, each of which is answered."""
    found: list[str] = json.loads(await server.text("/v1/suggestions?n=20"))["questions"]
    return found or _FALLBACK


async def watched(server: Server, work: Awaitable[Sequence[Turn]]) -> Seen:
    """The work's turns, and how `/healthz` answered meanwhile."""
    seen, done = Seen(), asyncio.Event()

    async def watch() -> None:
        while not done.is_set():
            turn = await server.send("GET", "/healthz")
            seen.health.append(turn.end)
            seen.health_failures += turn.status != 200
            await asyncio.sleep(HEALTH_SECONDS)

    watching = asyncio.create_task(watch())
    try:
        seen.turns += await work
    finally:
        done.set()
        await watching
    return seen


async def users(server: Server, asked: list[str], n: int, think: float, seconds: float) -> list[Turn]:
    """`n` people who ask, read the answer, think about `think` seconds, and ask again."""
    turns: list[Turn] = []
    end = time.monotonic() + seconds

    async def user(number: int) -> None:
        dice = random.Random(number)
        await asyncio.sleep(dice.uniform(0, think))
        while time.monotonic() < end:
            turns.append(await server.ask(dice.choice(asked), f"user{number}"))
            await asyncio.sleep(dice.uniform(0.5, 1.5) * think)

    await asyncio.gather(*(user(number) for number in range(n)))
    return turns


async def flood(server: Server, asked: list[str], a_second: float, seconds: float) -> list[Turn]:
    """Questions at a steady rate, whether the earlier ones are answered or not."""
    sent: list[asyncio.Task[Turn]] = []
    began = time.monotonic()
    while (now := time.monotonic() - began) < seconds:
        while len(sent) < now * a_second:
            sent.append(asyncio.create_task(server.ask(asked[len(sent) % len(asked)])))
        await asyncio.sleep(0.01)
    return list(await asyncio.gather(*sent))


async def saturated(server: Server, asked: list[str], n: int, seconds: float) -> float:
    """Questions answered a second when `n` people ask without a pause."""
    turns = await users(server, asked, n, 0.0, seconds)
    return sum(turn.status == 200 for turn in turns) / seconds


async def usual(server: Server, asked: list[str], given: argparse.Namespace) -> list[str]:
    seen = await watched(server, users(server, asked, given.users, given.think, given.seconds))
    return [
        f"{given.users} người, nghĩ {given.think:g} giây: {seen.statuses}",
        f"  nguồn: {seen.milliseconds(lambda turn: turn.sources)}",
        f"  chữ đầu: {seen.milliseconds(lambda turn: turn.first)}",
        f"  trọn câu trả lời: {seen.milliseconds(lambda turn: turn.end)}",
        _health(seen),
    ]


async def overload(server: Server, asked: list[str], given: argparse.Namespace) -> list[str]:
    """Four times what the server can answer, beside what it is when it has all it can take, and afterwards."""
    most = await saturated(server, asked, given.workers, given.seconds / 4)
    normal = await watched(server, users(server, asked, given.workers // 2, 1.0, given.seconds / 2))
    before = server.rss_mb()
    seen = await watched(server, flood(server, asked, 4 * most, given.seconds))
    after = server.rss_mb()
    recovered = await _recovery(server, asked, normal.milliseconds(lambda turn: turn.end).p95)
    admitted = seen.milliseconds(lambda turn: turn.end)
    return [
        f"sức trả lời {most:.1f} câu/giây; quá tải {4 * most:.1f} câu/giây: {seen.statuses}",
        f"  lời từ chối: {seen.milliseconds(lambda turn: turn.end, 503)}",
        f"  câu được nhận: {admitted}",
        f"  lúc thường: {normal.milliseconds(lambda turn: turn.end)}",
        f"  bộ nhớ {before:.0f} → {after:.0f} MB ({100 * (after / before - 1):+.0f} %)",
        f"  trở lại như thường sau {recovered:.1f} giây",
        _health(seen),
    ]


async def _recovery(server: Server, asked: list[str], usual_p95: float) -> float:
    """Seconds after the flood until a question takes no longer than usual."""
    began = time.monotonic()
    while True:
        turn = await server.ask(random.choice(asked))
        if turn.status == 200 and turn.end <= 1.2 * usual_p95:
            return time.monotonic() - began
        await asyncio.sleep(0.2)


async def leavers(server: Server, asked: list[str], given: argparse.Namespace) -> list[str]:
    await saturated(server, asked, 2 * given.workers, given.seconds / 6)  # threads and connections that stay are there
    before = server.threads_and_sockets()
    dice = random.Random(0)
    for _ in range(0, given.leavers, 20):
        await asyncio.gather(*(server.leave(dice.choice(asked), dice.uniform(0, 1.5)) for _ in range(20)))
    began = time.monotonic()
    while (await server.held() or server.threads_and_sockets()[1] > before[1]) and time.monotonic() - began < 90:
        await asyncio.sleep(0.5)
    after, held = server.threads_and_sockets(), await server.held()
    return [
        f"{given.leavers} người bỏ đi: còn giữ {held} chỗ, luồng {before[0]} → {after[0]}, "
        f"kết nối {before[1]} → {after[1]}, sau {time.monotonic() - began:.1f} giây"
    ]


async def soak(server: Server, asked: list[str], given: argparse.Namespace) -> list[str]:
    """Turns and uploads without a pause; memory is compared with what it is after the first tenth."""
    turns, uploads = 0, 0
    memory: list[float] = []  # MB after each tenth of the turns
    failures: Counter[int] = Counter()
    while turns < given.turns:
        batch = [server.ask(random.choice(asked), f"soak{turns % 200}") for _ in range(given.at_once)]
        if uploads < given.uploads * turns / given.turns:
            uploads += 1
            batch.append(server.send("POST", "/v1/documents", *_upload(uploads)))
        failures.update(turn.status for turn in await asyncio.gather(*batch))
        turns += given.at_once
        if turns >= given.turns * (len(memory) + 1) / 10:
            memory.append(server.rss_mb())
            print(f"  {turns} lượt: {memory[-1]:.0f} MB", file=sys.stderr, flush=True)
    told = ", ".join(f"{status}: {count}" for status, count in sorted(failures.items()))
    growth = 100 * (memory[-1] / memory[0] - 1)
    return [
        f"{turns} lượt, {uploads} lần nạp ({told}): bộ nhớ {memory[0]:.0f} → {memory[-1]:.0f} MB ({growth:+.1f} %)",
        f"  sau mỗi phần mười: {', '.join(f'{each:.0f}' for each in memory)} MB",
    ]


def _upload(number: int) -> tuple[bytes, str]:
    text = f"Thông báo số {number}/TB-UBND về việc họp thôn lần {number} tại nhà văn hóa.\n" * 40
    head = 'Content-Disposition: form-data; name="file"; filename="b.txt"\r\nContent-Type: text/plain\r\n\r\n'
    return f"--b\r\n{head}{text}\r\n--b--\r\n".encode(), "multipart/form-data; boundary=b"


def _health(seen: Seen) -> str:
    return f"  /healthz: {Latency.from_milliseconds(seen.health)}, {seen.health_failures} lần hỏng"


async def measured(given: argparse.Namespace) -> list[str]:
    parts = {"usual": usual, "overload": overload, "leavers": leavers, "soak": soak}
    async with serving() as server:
        asked = await questions(server)
        lines = [f"{os.cpu_count()} nhân, tải máy {os.getloadavg()[0]:.1f}; bộ nhớ máy chủ {server.rss_mb():.0f} MB"]
        for name in given.parts or PARTS:
            lines += await parts[name](server, asked, given)
            print("\n".join(lines), flush=True)
            lines = []
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.load", description="Thử tải một máy chủ thật.")
    parser.add_argument("parts", nargs="*", metavar="PHẦN", help=f"mặc định: {' '.join(PARTS)}")
    for name, default, help in (
        ("users", 50, "số người"),
        ("think", 15.0, "giây nghĩ giữa hai câu"),
        ("seconds", 60.0, "độ dài mỗi phần"),
        ("workers", 16, "số người hỏi liên tục khi đo sức trả lời"),
        ("leavers", 1000, "số người bỏ đi giữa chừng"),
        ("turns", 10_000, "số lượt của lần chạy dài"),
        ("uploads", 500, "số lần nạp tệp của lần chạy dài"),
        ("at-once", 8, "số lượt cùng lúc của lần chạy dài"),
    ):
        parser.add_argument(f"--{name}", type=type(default), default=default, help=help)
    given = parser.parse_args(arguments)
    if unknown := sorted(set(given.parts) - set(PARTS)):
        parser.error(f"không có phần {', '.join(unknown)}")
    asyncio.run(measured(given))
    return 0


if __name__ == "__main__":
    sys.exit(main())
