"""`hoi serve` and `hoi mcp`."""

from __future__ import annotations

import argparse
from importlib.util import find_spec

from rag.settings import Settings
from ui.commands.common import Bar, InputError, opened_assistant


def serve(given: argparse.Namespace, settings: Settings) -> int:
    if not 0 <= given.port <= 65535:
        raise InputError("--port phải từ 0 đến 65535.")
    if settings.oidc_url and find_spec("authlib") is None:
        raise InputError("Đăng nhập bằng tài khoản cần gói Authlib; cài bằng: .venv/bin/pip install -e '.[oidc]'")
    from ui.roster import RosterError
    from ui.server import AddressError, run

    try:
        return run(settings, given.host, given.port, not given.no_ui, Bar("Đang nạp văn bản").at)
    except (AddressError, RosterError) as error:
        raise InputError(str(error)) from error


def mcp(given: argparse.Namespace, settings: Settings) -> int:
    if find_spec("mcp") is None:
        raise InputError("Lệnh này cần gói mcp; cài bằng: .venv/bin/pip install -e '.[mcp]'")
    from ui.mcp_server import run

    with opened_assistant(settings) as assistant:
        run(assistant, settings.mcp_key.get_secret_value())
    return 0
