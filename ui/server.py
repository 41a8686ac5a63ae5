"""One process, one port: the API at its own paths, the chat page everywhere else."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import uvicorn
from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.system_errors import told
from rag.assistant import open_assistant
from rag.ingest import Progress
from rag.settings import SWITCH_SECONDS, Settings
from ui.api import PREFIXES, create_app, running
from ui.auth import Door, is_local_page
from ui.logs import logging_config
from ui.services import Services
from ui.sign_in import secrets
from ui.sign_in_failures import Explained

if TYPE_CHECKING:
    from streamlit.runtime.secrets import SecretsValue

SCRIPT = Path(__file__).with_name("chat.py")
GRACE_SECONDS = 5
KEEP_SECONDS = 30  # for an idle connection; a short time cuts clients off while the machine is busy
UPLOAD_MB = 50
POLICY = """
default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:;
style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:;
connect-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'
"""  # the page may reach nothing but this server, whatever an answer may hold
PAGE_HEADERS = {
    "Content-Security-Policy": " ".join(POLICY.split()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
LOCAL_ONLY = (
    "Chưa có khóa nào nên trang này chỉ mở tại http://localhost trên chính máy này. Tạo khóa bằng: hoi key create"
)


class AddressError(OSError):
    """The address cannot be listened on. The message is Vietnamese."""


class Site:
    """ASGI: requests go to the API or to the chat page by their path; the page's ones are made safe."""

    def __init__(self, api: FastAPI, chat: ASGIApp) -> None:
        self.api, self.chat = api, chat
        self._services: Services = api.state.services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self.chat(scope, receive, send)
        if scope["path"].startswith(PREFIXES):
            return await self.api(scope, receive, send)
        if not self._welcome(scope):
            return await _refuse(scope, receive, send)
        await self.chat(scope, receive, _with_headers(send))

    def _welcome(self, scope: Scope) -> bool:
        """Nobody else's page may use this one; and without keys it is for this machine, by its own name."""
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if scope["type"] == "websocket" and origin is not None and origin.partition("://")[2] != host:
            return False
        return is_local_page(host, None) or self._services.door.keys_demanded()


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(LOCAL_ONLY, 421)(scope, receive, send)


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in PAGE_HEADERS.items():
                headers[name] = value
        await send(message)

    return sent


class Server(uvicorn.Server):
    """uvicorn that says, in Vietnamese, where it answers."""

    def __init__(self, config: uvicorn.Config, address: str, chat: bool, hint: str) -> None:
        super().__init__(config)
        self._address, self._chat, self._hint = address, chat, hint

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            page = f"Trang hỏi đáp: {self._address}\n" if self._chat else ""
            print(f"{page}API: {self._address}/v1 (hướng dẫn: {self._address}/docs)\n{self._hint}", flush=True)


def run(settings: Settings, host: str, port: int, chat: bool = True, progress: Progress | None = None) -> int:
    """Serves until SIGTERM or SIGINT. Raises `AddressError` before anything is loaded."""
    listening = _bind(host, port)
    address = f"http://{_reachable(host)}:{listening.getsockname()[1]}"
    _keep_temporary_files_in(settings.data)
    sys.setswitchinterval(SWITCH_SECONDS)
    assistant = open_assistant(settings, progress)
    try:
        api = create_app(assistant, settings, host)
        app = Site(api, Explained(_chat(api, address, secrets(settings)))) if chat else api
        config = uvicorn.Config(
            app,
            log_config=logging_config(settings.data / "logs", settings.log_mb, settings.log_files),
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
            timeout_keep_alive=KEEP_SECONDS,
            ws="websockets-sansio",
        )
        for number in (signal.SIGTERM, signal.SIGINT):  # uvicorn raises them again when it has stopped
            signal.signal(number, lambda *_: None)
        Server(config, address, chat, _hint(api.state.services.door)).run(sockets=[listening])
    finally:
        assistant.store.close()
        listening.close()
    return 0


def _hint(door: Door) -> str:
    if door.keys_demanded() and not door.keys.any():
        return "Địa chỉ này mở ra ngoài nên cần khóa; tạo khóa bằng: hoi key create TÊN --role editor"
    return "Dừng: Ctrl+C"


def _bind(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
    except OSError as error:
        raise AddressError(f"Không mở được {host}:{port} ({told(error)}). Hãy chọn cổng khác bằng --port.") from error
    return listening


def _reachable(host: str) -> str:
    """The name by which this machine reaches a server bound to `host`."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)
    return f"[{name}]" if ":" in name else name


def _keep_temporary_files_in(data: Path) -> None:
    """Large uploads pass through files; `HOI_DATA` is the only folder that the program writes to."""
    folder = data / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = str(folder)


def _chat(api: FastAPI, address: str, secrets: Mapping[str, Mapping[str, str]] | None) -> ASGIApp:
    """The Streamlit app, told where the API is and how people sign in; its life is the API's too."""
    import streamlit
    from streamlit.web.bootstrap import load_config_options

    os.environ["HOI_API_URL"] = address
    sys.argv = [str(SCRIPT)]

    def life(_: object) -> AbstractAsyncContextManager[None]:
        return running(api)

    app: ASGIApp = streamlit.App(SCRIPT, lifespan=life, secrets=cast("Mapping[str, SecretsValue] | None", secrets))
    port = int(address.rpartition(":")[2])
    load_config_options(
        {
            "server_port": port,
            "browser_serverPort": port,
            "server_headless": True,
            "server_fileWatcherType": "none",
            "server_maxUploadSize": UPLOAD_MB,
            "browser_gatherUsageStats": False,
            "client_toolbarMode": "minimal",
            "client_showErrorDetails": "none",
        }
    )
    return app
