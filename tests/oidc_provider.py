"""A small OpenID Connect provider: discovery, keys, code flow with S256 and a client's secret, signing out.

    python tests/oidc_provider.py CLIENT_ID CLIENT_SECRET REDIRECT_URI

It prints its address. Whoever is chosen on its page signs in; `POST /test/fault` makes what it issues wrong.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import socket
import sys
import time
from html import escape
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

PEOPLE: dict[str, dict[str, object]] = {
    "lan": {"name": "Nguyễn Thị Lan", "email": "lan@xa.example", "email_verified": True, "groups": ["noi-vu"]},
    "binh": {"name": "Trần Văn Bình", "email": "binh@xa.example", "email_verified": True},
    "gia": {"name": "Kẻ giả", "email": "lan@xa.example", "email_verified": False},
    "la": {"name": "Người lạ", "email": "la@noi-khac.example", "email_verified": True},
}


class Provider:
    """One client; `fault` names what is wrong with the next tokens."""

    def __init__(self, url: str, client_id: str, client_secret: str, redirect_uri: str) -> None:
        self.url, self.redirect_uri = url, redirect_uri
        self.client = (client_id, client_secret)
        self.key, self.stranger = (RSAKey.generate_key(2048, {"kid": "1"}) for _ in range(2))
        self.codes = dict[str, dict[str, str]]()
        self.fault = ""

    def routes(self) -> list[Route]:
        return [
            Route("/.well-known/openid-configuration", self.discovery),
            Route("/jwks", self.keys),
            Route("/authorize", self.authorize, methods=["GET", "POST"]),
            Route("/token", self.token, methods=["POST"]),
            Route("/logout", self.logout),
            Route("/test/fault", self.set_fault, methods=["POST"]),
        ]

    async def discovery(self, request: Request) -> Response:
        if self.fault == "down":
            return JSONResponse({}, 503)
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/jwks",
                "end_session_endpoint": f"{self.url}/logout",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def keys(self, request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert (asked["client_id"], asked["redirect_uri"]) == (self.client[0], self.redirect_uri)
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        if request.method == "GET":
            action = escape(f"?{request.url.query}")
            buttons = "".join(f'<button name="who" value="{id}">{each["name"]}</button>' for id, each in PEOPLE.items())
            return HTMLResponse(f'<form method="post" action="{action}">{buttons}</form>')
        if self.fault == "access_denied":
            return RedirectResponse(
                f"{self.redirect_uri}?{urlencode({'error': self.fault, 'state': asked['state']})}", 303
            )
        code = secrets.token_urlsafe(16)
        who = (await request.form())["who"]
        assert isinstance(who, str)
        self.codes[code] = asked | {"who": who}
        state = "khác" if self.fault == "state" else asked["state"]
        return RedirectResponse(f"{self.redirect_uri}?{urlencode({'code': code, 'state': state})}", 303)

    async def token(self, request: Request) -> Response:
        sent = await request.form()
        asked = self.codes.pop(str(sent.get("code")), None)  # once
        basic = base64.b64encode(":".join(self.client).encode()).decode()
        if request.headers.get("authorization") != f"Basic {basic}" or self.fault == "client":
            return JSONResponse({"error": "invalid_client"}, 401)
        digest = hashlib.sha256(str(sent.get("code_verifier")).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or asked["code_challenge"] != challenge or sent.get("redirect_uri") != self.redirect_uri:
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse(
            {"access_token": secrets.token_urlsafe(8), "token_type": "Bearer", "id_token": self.issued(asked)}
        )

    def issued(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": "http://khac.example" if self.fault == "issuer" else self.url,
            "sub": asked["who"],
            "aud": "khác" if self.fault == "audience" else self.client[0],
            "iat": now - 7200 if self.fault in ("expired", "long ago") else now,
            "exp": now - 3600 if self.fault == "expired" else now + 600,
            "nonce": "khác" if self.fault == "nonce" else asked["nonce"],
        }
        key = self.stranger if self.fault == "signature" else self.key
        return jwt.encode({"alg": "RS256", "kid": "1"}, claims | PEOPLE[asked["who"]], key)

    async def logout(self, request: Request) -> Response:
        assert request.query_params["post_logout_redirect_uri"] == self.redirect_uri
        return RedirectResponse(self.redirect_uri)

    async def set_fault(self, request: Request) -> Response:
        self.fault = (await request.body()).decode()
        return Response(status_code=204)


def main() -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    provider = Provider(url, *sys.argv[1:])
    print(url, flush=True)
    uvicorn.Server(uvicorn.Config(Starlette(routes=provider.routes()), log_level="warning")).run([listening])


if __name__ == "__main__":
    main()
