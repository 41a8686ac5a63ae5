"""Signing in and out, told by the page for whoever did; what a key does is none of this."""

from __future__ import annotations

from fastapi import APIRouter, Response

from ui.auth import Caller
from ui.problems import ProblemError
from ui.services import Here, Reader

router = APIRouter(prefix="/v1/login", tags=["Đăng nhập"])


@router.put("", status_code=204, summary="Ghi nhận lần đăng nhập của người đang gọi; gọi lại cũng vậy")
def begin(caller: Reader, here: Here) -> Response:
    here.logins.begin(_login(caller), caller.id, caller.name)
    return Response(status_code=204)


@router.delete("", status_code=204, summary="Đăng xuất: lần đăng nhập này không mở được gì nữa, ở mọi thẻ")
def end(caller: Reader, here: Here) -> Response:
    here.logins.end(_login(caller), caller.id)
    return Response(status_code=204)


def _login(caller: Caller) -> str:
    if not caller.login:
        raise ProblemError(409, "not_signed_in", "Chỉ người đăng nhập bằng tài khoản cơ quan mới đăng xuất được.")
    return caller.login
