"""What every API request passes first: an id, a known caller, a bearable body; then safe headers."""

from __future__ import annotations

import math
import time
import uuid

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.auth import LOCAL, Caller
from ui.limits import NOBODY, Denial
from ui.logs import request_id
from ui.pool import BusyError
from ui.problems import ProblemError, from_error, from_status, respond
from ui.services import Services

JSON_LIMIT = 1 << 20
FILE_LIMIT = 50 << 20
UPLOAD_LIMIT = 4 * FILE_LIMIT  # several files in one request
UPLOADS = ("/v1/documents", "/v1/evaluations/documents")
SET = "/v1/evaluations/sets"
WORK = {"/v1/ask", "/v1/ask/stream", "/v1/search", "/v1/chat/completions"}
PATH_TOLD = 100
DENIED = {401, 403, 429}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """ASGI middleware. Puts `hoi.request_id` and, under /v1, `hoi.caller` into the scope."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self.app, self.services = app, services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        method = scope["method"]
        if method == "HEAD":  # as monitors ask: what GET answers, whose body the server itself leaves out
            scope = {**scope, "method": "GET"}
        scope["hoi.request_id"] = uuid.uuid4().hex
        request_id.set(scope["hoi.request_id"])  # a task of its own for each request
        response = _Response(scope, send)
        request = Request(scope)
        try:
            receive = self._admit(request, receive)
        except ProblemError as problem:
            await respond(request, problem)(scope, receive, response.send)
        else:
            await self.app(scope, receive, response.send)
        finally:
            route = getattr(scope.get("route"), "path", "")
            self.services.metrics.request(route, method, response.status, response.seconds)
            if response.status in DENIED:
                self.services.denials.note(_denial(request, route, response.status))

    def _admit(self, request: Request, receive: Receive) -> Receive:
        if request.scope["path"].startswith("/v1/"):
            if self.services.pool.full and request.scope["path"] in WORK:
                raise from_error(BusyError())  # before anything is read or looked up: refusing must cost little
            # A read of one row by its index; a thread would take longer than it does.
            caller = request.scope["hoi.caller"] = self.services.door.caller(request)
            if caller is not LOCAL:
                self.services.uses.note(caller.id)
                if seconds := self.services.limits.take(caller.id):
                    raise _too_often(seconds)
        return _limited(request, receive, _most(request.method, request.scope["path"]))


def _most(method: str, path: str) -> int:
    """The bytes that a request may send."""
    if method in ("POST", "PUT") and path.startswith(UPLOADS):
        return UPLOAD_LIMIT
    return FILE_LIMIT if method == "POST" and path == SET else JSON_LIMIT


def _too_often(seconds: float) -> ProblemError:
    wait = math.ceil(seconds)
    detail = f"Khóa này gọi quá nhanh. Hãy thử lại sau {wait} giây."
    return ProblemError(429, "rate_limited", detail, headers={"Retry-After": str(wait)})


def _printable(request: Request) -> str:
    return "".join(letter for letter in request.scope["path"][:PATH_TOLD] if letter.isprintable())


def _denial(request: Request, route: str, status: int) -> Denial:
    caller = request.scope.get("hoi.caller")
    address = request.client.host if request.client else NOBODY
    actor = caller.id if isinstance(caller, Caller) else address
    return Denial(actor, f"{request.method} {route or _printable(request)}", status)


class _Response:
    """Passes a response on with our headers, and remembers its status."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send, self._began = scope, send, time.perf_counter()
        self.status = 500  # until a response says otherwise

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._began

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers["X-Request-ID"] = self._scope["hoi.request_id"]
        await self._send(message)


def _limited(request: Request, receive: Receive, limit: int) -> Receive:
    """`receive` that raises a 413 problem past `limit` bytes, or at once where the length is announced."""
    announced = request.headers.get("content-length", "0")
    if not (announced.isascii() and announced.isdigit()) or len(announced) > 15:
        raise from_status(400)
    if int(announced) > limit:
        raise from_status(413)
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise from_status(413).as_http()
        return message

    return counted
