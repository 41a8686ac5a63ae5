"""schemathesis against a server of our own, as its administrator: `python -m eval.fuzz PATH_OF_SCHEMATHESIS`.

It exits as that does. What is fuzzed makes keys, and with the first one whoever has none is let in no more: so there
is one from the beginning.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from eval.load_server import serving

OPTIONS = ("--checks", "not_a_server_error", "--max-examples", "50", "--request-timeout", "30", "--continue-on-failure")
HOOKS = """
import schemathesis

schemathesis.serializer.alias("application/x-ndjson", "application/json")  # a question set: each line is JSON
"""


async def fuzzed(program: Path, options: Sequence[str]) -> int:
    async with serving(chat=False, HOI_RATE_PER_MINUTE="0") as server:
        key = json.loads(await server.text("/v1/admin/keys", json.dumps({"name": "thử", "role": "admin"}).encode()))
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "hooks.py").write_text(HOOKS, "utf-8")
            command = [str(program), "run", f"http://127.0.0.1:{server.port}/openapi.json", *OPTIONS, *options]
            running = await asyncio.create_subprocess_exec(
                *command, "-H", f"Authorization: Bearer {key['key']}",
                cwd=folder, env={"SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": folder},
            )  # fmt: skip
            return await running.wait()


def main(arguments: Sequence[str]) -> int:
    return asyncio.run(fuzzed(Path(arguments[0]).absolute(), arguments[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
