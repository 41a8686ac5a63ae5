"""`hoi serve`."""

from __future__ import annotations

import argparse

from rag.settings import Settings
from ui.commands.common import Bar, InputError


def serve(given: argparse.Namespace, settings: Settings) -> int:
    if not 0 <= given.port <= 65535:
        raise InputError("--port phải từ 0 đến 65535.")
    from ui.server import AddressError, run

    try:
        return run(settings, given.host, given.port, not given.no_ui, Bar("Đang nạp văn bản").at)
    except AddressError as error:
        raise InputError(str(error)) from error
