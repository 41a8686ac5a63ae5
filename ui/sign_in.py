"""Sign-in with the office's own accounts (OpenID Connect): what Streamlit is told, and who a pass is to the API."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.settings import Settings
from ui.auth import Caller
from ui.logins import Logins
from ui.passes import Person, derived, opened, pass_key
from ui.problems import ProblemError
from ui.roster import Roster, RosterError

LOG = logging.getLogger("hoi.api")


@dataclass(slots=True)
class SignedIn:
    """Callers by their passes. The roster is read again when its file changes, so that a change holds at once."""

    key: bytes
    path: Path
    seconds: float  # after which one signs in anew
    logins: Logins
    _read: tuple[tuple[int, int], Roster] | None = None

    @classmethod
    def of(cls, settings: Settings, logins: Logins) -> SignedIn | None:
        """None where the office has not set it up. Raises `RosterError`."""
        if not settings.oidc_url or settings.oidc_people is None:
            return None
        key = pass_key(settings.oidc_client_secret.get_secret_value())
        found = cls(key, settings.oidc_people, settings.oidc_hours * 3600, logins)
        found.roster()
        return found

    def __call__(self, secret: str) -> Caller | None:
        """The caller of a pass, None where it opens nothing; a 403 problem for a person whom the roster leaves out."""
        now = time.time()
        person = opened(secret, self.key, now)
        if person is None or now - person.signed_in_at > self.seconds or self.logins.ended(person.login):
            return None
        try:
            caller = self.roster().caller(person)
        except RosterError as error:  # nobody comes in by a table that cannot be read: it may leave somebody out
            LOG.error("roster: %s", error)
            raise ProblemError(503, "roster_unreadable", "Bảng người dùng đang hỏng; hãy báo quản trị viên.") from error
        if caller is None:
            raise ProblemError(403, "not_listed", _not_listed(person))
        return caller

    def roster(self) -> Roster:
        """Raises `RosterError`."""
        try:
            status = self.path.stat()
        except OSError as error:
            raise RosterError(f"Không đọc được bảng người dùng {self.path.name}.") from error
        stamp = (status.st_mtime_ns, status.st_size)
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, Roster.from_path(self.path))
        return self._read[1]


def _not_listed(person: Person) -> str:
    told = f"Tài khoản {person.label} chưa được cấp quyền dùng hệ thống này"
    if person.unverified:
        told += ", và nơi cấp tài khoản chưa xác minh địa chỉ thư của tài khoản nên địa chỉ ấy không được tính"
    return f"{told}. Hãy hỏi quản trị viên."


def secrets(settings: Settings) -> Mapping[str, Mapping[str, str]] | None:
    """What `st.login` reads, given to Streamlit in memory; None where sign-in is not set up."""
    if not settings.oidc_url:
        return None
    secret = settings.oidc_client_secret.get_secret_value()
    return {
        "auth": {
            "redirect_uri": settings.oidc_redirect_uri,
            "cookie_secret": derived(secret, "hoi cookie").hex(),
            "client_id": settings.oidc_client_id,
            "client_secret": secret,
            "server_metadata_url": settings.oidc_url,
        }
    }
