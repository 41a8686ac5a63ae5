"""Passes: what the page shows the API in the name of whoever signed in, sealed with a key that only the two have."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

PREFIX = "hoip_"
STEP = 300  # seconds for which a person's pass stays the same
MOST_GROUPS = 200
LONGEST = 200  # characters of a name or a group
GROUP_CLAIMS = ("groups", "roles")  # Keycloak's and Entra's names for what a person belongs to


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed in, as the identity provider vouches; `login` tells one sign-in from the next."""

    id: str
    login: str
    subject: str
    name: str
    email: str  # lower case; empty unless the provider has verified it
    groups: tuple[str, ...]
    signed_in_at: int  # seconds since 1970
    unverified: bool = False  # the provider names an address, and does not vouch for it

    @classmethod
    def from_claims(cls, claims: Mapping[str, object]) -> Person | None:
        """The person of an ID token's claims, which somebody else has verified; None where they name nobody."""
        issuer, subject, at = (claims.get(name) for name in ("iss", "sub", "iat"))
        if not isinstance(issuer, str) or not isinstance(subject, str) or not isinstance(at, int | float):
            return None
        id, once = f"{issuer}\n{subject}", claims.get("nonce") or at
        return cls(
            f"p-{_digest(id)[:16]}",
            _digest(f"{id}\n{once}")[:32],
            subject,
            _first(claims, "name", "preferred_username", "email") or subject[:LONGEST],
            _first(claims, "email").lower() if claims.get("email_verified") is True else "",
            tuple(sorted({group for claim in GROUP_CLAIMS for group in _texts(claims.get(claim))}))[:MOST_GROUPS],
            int(at),
            bool(claims.get("email")) and claims.get("email_verified") is not True,
        )

    @property
    def label(self) -> str:
        return f"{self.name} ({self.email})" if self.email and self.email != self.name else self.name


def pass_key(client_secret: str) -> bytes:
    """The key of the passes, which the page and the API each derive from what the provider gave the office."""
    return derived(client_secret, "hoi pass")


def derived(client_secret: str, purpose: str) -> bytes:
    """256 bits for one purpose, from which neither the secret nor another purpose's can be told."""
    return hmac.digest(client_secret.encode(), purpose.encode(), "sha256")


def sealed(person: Person, key: bytes, now: float) -> str:
    """A pass that opens for 5–10 minutes."""
    until = (int(now) // STEP + 2) * STEP
    written = json.dumps({"person": asdict(person), "until": until}, ensure_ascii=False, separators=(",", ":"))
    payload = base64.urlsafe_b64encode(written.encode()).decode()
    return f"{PREFIX}{payload}.{_seal(payload, key)}"


def opened(text: str, key: bytes, now: float) -> Person | None:
    """The person of a pass; None where it is no pass, is not sealed with this key, or has run out."""
    payload, dot, seal = text.removeprefix(PREFIX).partition(".")
    if (
        not text.startswith(PREFIX)
        or not dot
        or not text.isascii()
        or not hmac.compare_digest(seal, _seal(payload, key))
    ):
        return None
    held = json.loads(base64.urlsafe_b64decode(payload))  # ours: the seal holds
    if now >= held["until"]:
        return None
    return Person(**held["person"] | {"groups": tuple(held["person"]["groups"])})


def _seal(payload: str, key: bytes) -> str:
    return hmac.new(key, payload.encode(), hashlib.sha256).hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _first(claims: Mapping[str, object], *names: str) -> str:
    """The first of these claims that says something printable, on one line."""
    texts = (" ".join(value.split()) for name in names if isinstance(value := claims.get(name), str))
    return next((text[:LONGEST] for text in texts if text and text.isprintable()), "")


def _texts(claim: object) -> list[str]:
    listed = claim if isinstance(claim, list) else [claim]
    return [each for each in listed if isinstance(each, str) and 0 < len(each) <= LONGEST]
