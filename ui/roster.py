"""The roster: which role and which groups the people who sign in have, as the administrator wrote it down."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.access import GroupError, Groups, groups
from ui.auth import Caller
from ui.passes import Person
from ui.schemas import ROLES, Role


class RosterError(ValueError):
    """A line of the roster that says nothing. The message is Vietnamese and names the line."""


@dataclass(frozen=True, slots=True)
class Line:
    """Whom it is about: an e-mail address, `*@domain`, `sub:…`, `group:…`, or `*` for all who sign in."""

    who: str
    role: Role
    groups: Groups

    def fits(self, person: Person) -> bool:
        kind, _, name = self.who.partition(":")
        if kind == "sub":
            return name == person.subject
        if kind == "group":
            return name in person.groups
        if self.who.startswith("*@"):
            return person.email.endswith(self.who[1:].lower())
        return self.who == "*" or (bool(person.email) and self.who.lower() == person.email)


@dataclass(frozen=True, slots=True)
class Roster:
    lines: tuple[Line, ...]

    @classmethod
    def from_path(cls, path: Path) -> Roster:
        """Read a UTF-8 file: who, tab, role, tab, groups joined by commas; "#" opens a remark. Raises `RosterError`."""
        try:
            written = path.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeError) as error:
            raise RosterError(f"Không đọc được bảng người dùng {path.name}.") from error
        told = ((number, line.strip()) for number, line in enumerate(written, 1))
        return cls(tuple(_line(number, line) for number, line in told if line and not line.startswith("#")))

    def caller(self, person: Person) -> Caller | None:
        """The person with the highest role and all the groups of the lines that fit; None where none does."""
        mine = [line for line in self.lines if line.fits(person)]
        if not mine:
            return None
        role = next(role for role in reversed(ROLES) if any(line.role == role for line in mine))
        seen = None if role == "admin" else frozenset().union(*(line.groups for line in mine))
        return Caller(person.id, person.label, role, seen, person.login)


def _line(number: int, line: str) -> Line:
    who, role, names, *more = [*(field.strip() for field in line.split("\t")), "", ""][: max(3, line.count("\t") + 1)]
    known = next((each for each in ROLES if each == role), None)
    if not who or who.endswith(":") or known is None or more:
        raise RosterError(f"Bảng người dùng, dòng {number}: cần “ai”, tab, vai trò ({', '.join(ROLES)}), tab, nhóm.")
    try:
        return Line(who, known, groups(name for name in names.split(",") if name.strip()))
    except GroupError as error:
        raise RosterError(f"Bảng người dùng, dòng {number}: {error}") from error
