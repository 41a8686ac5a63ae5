"""Who may do what: API keys with a role and an expiry, people who signed in, or the local administrator."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from fastapi import Request

from index import audit
from index.access import Groups, read, written
from index.database import Database
from ui.problems import ProblemError
from ui.schemas import Role, may

PREFIX = "hoi_"
BITS = 256


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever sent the request: a key, somebody who signed in, or the person at this machine."""

    id: str
    name: str
    role: Role
    groups: Groups | None = None  # whose documents may be seen; None: all
    login: str = ""  # which sign-in; empty for a key

    def may(self, role: Role) -> bool:
        return may(self.role, role)

    def demand(self, role: Role) -> None:
        """Raises a 403 problem where the role is too low."""
        if not self.may(role):
            raise ProblemError(403, "forbidden", f"Khóa này có vai trò {self.role}; việc này cần vai trò {role}.")


LOCAL = Caller("local", "máy này", "admin")


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret, which nobody can read again."""

    id: str
    name: str
    role: Role
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    groups: Groups = frozenset()
    used_at: datetime | None = None  # to the minute

    @property
    def caller(self) -> Caller:
        return Caller(self.id, self.name, self.role, None if self.role == "admin" else self.groups)

    def valid(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class Keys:
    """The keys in the store's database, as SHA-256 of 256 random bits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self,
        name: str,
        role: Role,
        days: int | None = None,
        groups: Groups = frozenset(),
        actor: str = LOCAL.id,
    ) -> tuple[Key, str]:
        """A new key and its secret, which is shown this once."""
        secret = PREFIX + secrets.token_urlsafe(BITS // 8)
        now = datetime.now(UTC)
        expires = now + timedelta(days=days) if days is not None else None
        key = Key(secrets.token_hex(6), name, role, now, expires, None, groups)
        times = (now.isoformat(), expires.isoformat() if expires else None)
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO keys (id, name, role, hash, created_at, expires_at, access) VALUES (?,?,?,?,?,?,?)",
                (key.id, name, role, _hash(secret), *times, written(groups)),
            )
            audit.append(connection, actor, "key", key.id, " ".join(["create", role, *sorted(groups)]))
        return key, secret

    def all(self) -> list[Key]:
        with self._database.read() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM keys ORDER BY created_at").fetchall()
        return [_key(row) for row in rows]

    def groups(self) -> Groups:
        """Every group that a key belongs to."""
        return frozenset().union(*(key.groups for key in self.all()))

    def revoke(self, id: str, actor: str = LOCAL.id) -> bool:
        """False where there is no such key, or it was revoked before."""
        return self._change(id, "revoked_at", datetime.now(UTC).isoformat(), "revoke", actor)

    def expire(self, id: str, at: datetime | None, actor: str) -> bool:
        """Sets until when it opens, None: for good. False where there is no such key, or it was revoked."""
        day = at.astimezone(UTC).isoformat() if at else None
        return self._change(id, "expires_at", day, f"expire {day or 'never'}", actor)

    def regroup(self, id: str, groups: Groups, actor: str) -> bool:
        """Sets whose documents it sees. False where there is no such key, or it was revoked."""
        return self._change(id, "access", written(groups), " ".join(["groups", *sorted(groups)]), actor)

    def _change(self, id: str, column: str, value: str | None, told: str, actor: str) -> bool:
        change = f"UPDATE keys SET {column} = ? WHERE id = ? AND revoked_at IS NULL"
        with self._database.write() as connection:
            changed = connection.execute(change, (value, id)).rowcount == 1
            if changed:
                audit.append(connection, actor, "key", id, told)
        return changed

    def used(self, times: Mapping[str, datetime]) -> None:
        """Keeps when keys were last used."""
        rows = [(at.isoformat(timespec="minutes"), id) for id, at in times.items()]
        with self._database.write() as connection:
            connection.executemany("UPDATE keys SET used_at = ? WHERE id = ?", rows)

    def any(self) -> bool:
        """Whether a key was ever created; revoking the last one does not open the door again."""
        with self._database.read() as connection:
            return connection.execute("SELECT 1 FROM keys LIMIT 1").fetchone() is not None

    def find(self, secret: str) -> Key | None:
        """The valid key with this secret. What is looked up is a hash, so timing tells nothing."""
        hashed = _hash(secret)
        with self._database.read() as connection:
            row = connection.execute(f"SELECT {_COLUMNS}, hash FROM keys WHERE hash = ?", (hashed,)).fetchone()
        if row is None or not hmac.compare_digest(row[-1], hashed):
            return None
        key = _key(row[:-1])
        return key if key.valid(datetime.now(UTC)) else None


@dataclass(frozen=True, slots=True)
class Door:
    """Who comes in: `loopback` tells whether the server is bound to this machine alone.

    `signed_in` gives the caller of a pass, where people sign in; it may raise a problem of its own.
    """

    keys: Keys
    loopback: bool
    signed_in: Callable[[str], Caller | None] | None = None

    def keys_demanded(self) -> bool:
        return not self.loopback or self.signed_in is not None or self.keys.any()

    def caller(self, request: Request) -> Caller:
        """The caller, or the problem that keeps an unknown one out."""
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and (caller := self._known(secret.strip())):
            return caller
        if self.keys_demanded():
            wanted = {"WWW-Authenticate": "Bearer"}
            raise ProblemError(
                401,
                "unauthorized",
                "Cần một khóa API còn hiệu lực: Authorization: Bearer KHÓA.",
                headers=wanted,
            )
        if not from_this_machine(request):
            raise ProblemError(
                403,
                "local_only",
                "Chưa có khóa nào nên chỉ phục vụ trên máy này; hãy tạo khóa: hoi key create.",
            )
        return LOCAL

    def _known(self, secret: str) -> Caller | None:
        if self.signed_in and (caller := self.signed_in(secret)):
            return caller
        key = self.keys.find(secret)
        return key.caller if key else None


def is_loopback(host: str) -> bool:
    """Whether an address or a host name means this machine alone."""
    name = host.strip("[]").lower()
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def from_this_machine(request: Request) -> bool:
    """A loopback peer that uses a loopback name, and is no other site's page in this machine's browser."""
    peer = request.client.host if request.client else ""
    return is_loopback(peer) and is_local_page(request.headers.get("host", ""), request.headers.get("origin"))


def is_local_page(host: str, origin: str | None) -> bool:
    """Against DNS rebinding and cross-site posts: the names in `Host` and `Origin` are this server's own."""
    try:
        name, page = urlsplit(f"//{host}").hostname, urlsplit(origin).netloc if origin is not None else host
    except ValueError:  # "[::1" and the like
        return False
    return is_loopback(name or "") and page == host


_COLUMNS = "id, name, role, access, created_at, expires_at, revoked_at, used_at"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def _key(row: tuple[str, str, Role, str, str, str | None, str | None, str | None]) -> Key:
    id, name, role, access, *times = row
    created, expires, revoked, used = (datetime.fromisoformat(time) if time else None for time in times)
    assert created is not None
    return Key(id, name, role, created, expires, revoked, read(access), used)
