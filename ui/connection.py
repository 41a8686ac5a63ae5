"""One server and one key over httpx: what is sent, what comes back, and what the server refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel

from ui.problems import ProblemObject

M = TypeVar("M", bound=BaseModel)
TIMEOUT = httpx.Timeout(120, connect=5)


class ApiError(Exception):
    """What the server refused, in its own Vietnamese words; `status` is 0 where no server answered."""

    def __init__(self, status: int, code: str, detail: str, request_id: str = "") -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.request_id = status, code, detail, request_id


class Connection:
    """One server, one key. Safe to share between threads. Every method raises `ApiError`."""

    def __init__(self, url: str, key: str = "", transport: httpx.BaseTransport | None = None) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(base_url=url, headers=headers, timeout=TIMEOUT, transport=transport, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def _get(self, path: str, model: type[M]) -> M:
        return read(self._send("GET", path), model)

    def _send(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        files: Sequence[tuple[str, tuple[str, bytes] | tuple[None, str]]] | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        with _reached():
            response = self._http.request(method, path, json=json, files=files, content=content)
        if response.is_error:
            raise _refused(response)
        return response

    def _events(self, path: str, body: object) -> Iterator[tuple[str, str]]:
        """Server-sent events as `(event, data)`, as they come."""
        with _reached(), self._http.stream("POST", path, json=body) as response:
            if response.is_error:
                response.read()
                raise _refused(response)
            yield from server_sent(response.iter_text())


def server_sent(pieces: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Server-sent events as `(event, data)`. Lines end at \\n alone: other breaks may stand in the JSON."""
    name, data, rest = "message", list[str](), ""
    for piece in pieces:
        *lines, rest = (rest + piece).split("\n")
        for line in lines:
            field, _, value = line.rstrip("\r").partition(":")
            if field == "event":
                name = value.removeprefix(" ")
            elif field == "data":
                data.append(value.removeprefix(" "))
            elif not line.strip("\r") and data:
                yield name, "\n".join(data)
                name, data = "message", []


def part(id: str) -> str:
    """An id as one part of a path."""
    return quote(id, safe="")


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except httpx.HTTPError as error:
        raise ApiError(0, "unreachable", "Chưa nối được với máy chủ. Hãy kiểm tra rồi thử lại.") from error


def _refused(response: httpx.Response) -> ApiError:
    try:
        problem = ProblemObject.model_validate_json(response.content)
    except ValueError:  # not our server: a proxy's page
        return ApiError(response.status_code, "error", f"Máy chủ trả lời lỗi {response.status_code}.")
    return ApiError(problem.status, problem.code, problem.detail, problem.request_id)


def read(response: httpx.Response, model: type[M]) -> M:
    """The body as the schema has it."""
    return model.model_validate_json(response.content)
