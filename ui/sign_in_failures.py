"""Why a sign-in came to nothing: Streamlit logs it and goes back to the page, whose address is given the reason."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextvars import ContextVar
from urllib.parse import parse_qs, urlencode

import httpx
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("hoi.api")
STREAMLIT = "streamlit.web.server.starlette.starlette_auth_routes"  # whose log alone knows the error
BEGIN, CALLBACK = "/auth/login", "/oauth2callback"
COOKIE = "_streamlit_user="
PARAMETER = "dang-nhap"  # of the page's address
CANCELLED, STALE, UNREACHABLE, UNSOUND, UNKNOWN_HERE = "bi-huy", "qua-han", "khong-gap", "khong-dung", "sai-cai-dat"
REASONS = {
    CANCELLED: "Lần đăng nhập này đã bị hủy, hoặc nơi cấp tài khoản không cho tài khoản ấy vào. Hãy đăng nhập lại, "
    "hoặc hỏi quản trị viên.",
    STALE: "Lần đăng nhập này đã quá hạn, đã được dùng rồi, hoặc được bắt đầu ở trình duyệt khác. Hãy bấm “Đăng nhập” "
    "để làm lại từ đầu.",
    UNREACHABLE: "Chưa liên lạc được với nơi cấp tài khoản của cơ quan. Hãy thử lại sau ít phút; nếu vẫn vậy, hãy báo "
    "quản trị viên.",
    UNSOUND: "Điều nơi cấp tài khoản gửi về không đúng hoặc đã hết hạn nên không được nhận. Hãy đăng nhập lại; nếu vẫn "
    "vậy, hãy báo quản trị viên.",
    UNKNOWN_HERE: "Nơi cấp tài khoản không nhận máy chủ này. Hãy báo quản trị viên xem lại cài đặt đăng nhập.",
}
_ANSWERED = {  # by the provider, in the words of OAuth 2.0 (RFC 6749, 4.1.2.1 and 5.2) and OpenID Connect
    "access_denied": CANCELLED, "login_required": CANCELLED, "interaction_required": CANCELLED,
    "consent_required": CANCELLED, "account_selection_required": CANCELLED, "invalid_grant": STALE,
    "mismatching_state": STALE, "server_error": UNREACHABLE, "temporarily_unavailable": UNREACHABLE,
    "invalid_client": UNKNOWN_HERE, "unauthorized_client": UNKNOWN_HERE, "invalid_request": UNKNOWN_HERE,
    "invalid_scope": UNKNOWN_HERE, "unsupported_response_type": UNKNOWN_HERE,
}  # fmt: skip
_raised: ContextVar[list[BaseException]] = ContextVar("raised")


class Explained:
    """ASGI: the chat, with a reason in the address that a failed sign-in ends at."""

    def __init__(self, chat: ASGIApp) -> None:
        self.chat = chat
        logging.getLogger(STREAMLIT).addFilter(_noted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in (BEGIN, CALLBACK):
            return await self.chat(scope, receive, send)
        raised: list[BaseException] = []
        _raised.set(raised)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and (reason := _reason(scope, message, raised)):
                LOG.warning("sign-in: %s%s", reason, "".join(f" ({type(error).__name__})" for error in raised))
                message["status"] = 303
                MutableHeaders(scope=message)["Location"] = f"/?{urlencode({PARAMETER: reason})}"
            await send(message)

        await self.chat(scope, receive, sent)


def _noted(record: logging.LogRecord) -> bool:
    """Keeps the error of a request that is explained here. Streamlit's own line would tell what was in the address."""
    raised = _raised.get(None)
    if raised is None:
        return True
    if record.exc_info and record.exc_info[1]:
        raised.append(record.exc_info[1])
    return False


def _reason(scope: Scope, message: Message, raised: Sequence[BaseException]) -> str | None:
    """None for a sign-in that goes on or succeeds, and for the way back from signing out."""
    if scope["path"] == BEGIN:
        return _of(raised[0], UNREACHABLE) if raised else None
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    if "error" in asked:
        return _ANSWERED.get(asked["error"][0], UNKNOWN_HERE)
    if raised:
        return _of(raised[0], UNSOUND)
    cookies = MutableHeaders(scope=message).getlist("set-cookie")
    signed_in = any(each.startswith(COOKIE) and not each.startswith(f'{COOKIE}""') for each in cookies)
    return None if signed_in or not asked else STALE


def _of(error: BaseException, otherwise: str) -> str:
    if isinstance(error, httpx.HTTPError):
        return UNREACHABLE
    return _ANSWERED.get(str(getattr(error, "error", "")), otherwise)  # as Authlib's OAuthError carries it
