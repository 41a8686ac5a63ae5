"""schemathesis against a server of our own: `python -m eval.fuzz PATH_OF_SCHEMATHESIS`; exits as it does."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

from eval.load_server import serving

OPTIONS = ("--checks", "not_a_server_error", "--max-examples", "50", "--request-timeout", "30")


async def fuzzed(program: str) -> int:
    async with serving(chat=False) as server:
        address = f"http://127.0.0.1:{server.port}/openapi.json"
        return await (await asyncio.create_subprocess_exec(program, "run", address, *OPTIONS)).wait()


def main(arguments: Sequence[str]) -> int:
    return asyncio.run(fuzzed(arguments[0]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
