"""A real Milvus server for tests: the one that MILVUS_URI names, else milvus-lite in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from index.follow import Follow, IndexUnreachableError
from index.milvus import Address, Collections
from index.milvus_follow import Following

WAIT = 60.0  # seconds that a busy machine may take to start a server


class Lite:
    """`milvus-lite server` on loopback, which can be killed and started again on its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        self.address = Address(f"http://127.0.0.1:{self._port}")
        self.start()

    def start(self) -> None:
        where = ["--data-dir", str(self._folder), "--host", "127.0.0.1", "--port", str(self._port)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "milvus_lite.cmdline", "server", *where],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            try:
                with Collections(self.address)._speaking() as speaking:
                    speaking.list_collections()
                    return
            except IndexUnreachableError:
                assert self._process.poll() is None, "milvus-lite did not start"
                time.sleep(0.05)
        raise TimeoutError("milvus-lite does not listen")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def follow(self, tenant: str = "") -> Follow:
        return partial(Following, address=self.address, tenant=tenant)


class Cluster:
    """The server that MILVUS_URI names; each run leaves nothing behind."""

    def __init__(self, uri: str, token: str) -> None:
        self.address = Address(uri, token)

    def kill(self) -> None:
        """It is not ours."""

    def follow(self, tenant: str = "") -> Follow:
        return partial(Following, address=self.address, tenant=tenant or "test")


def server(folder: Path) -> Lite | Cluster:
    if uri := os.environ.get("MILVUS_URI"):
        return Cluster(uri, os.environ.get("MILVUS_TOKEN", ""))
    return Lite(folder)
