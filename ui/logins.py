"""Who signed in and out: kept so that a name stands beside what was done, and a sign-out holds everywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from index import audit
from index.database import Database

KEPT = timedelta(days=31)  # longer than the page's cookie lives


class Logins:
    """In the store's database. Ids are digests of what the identity provider says."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, login: str, person: str, name: str) -> None:
        """Notes a sign-in, once however often it is told."""
        now = datetime.now(UTC)
        add = "INSERT OR IGNORE INTO logins (id, person, began_at) VALUES (?, ?, ?)"
        with self._database.write() as connection:
            connection.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", (person, name))
            connection.execute("DELETE FROM logins WHERE began_at < ?", ((now - KEPT).isoformat(),))
            if connection.execute(add, (login, person, now.isoformat())).rowcount:
                audit.append(connection, person, "login", login)

    def end(self, login: str, person: str) -> None:
        """From now on, passes of this sign-in open nothing."""
        now = datetime.now(UTC).isoformat()
        add = "INSERT INTO logins VALUES (?1, ?2, ?3, ?3) ON CONFLICT (id) DO UPDATE SET ended_at = ?3"
        with self._database.write() as connection:
            connection.execute(add, (login, person, now))
            audit.append(connection, person, "logout", login)

    def ended(self, login: str) -> bool:
        with self._database.read() as connection:
            row = connection.execute("SELECT ended_at FROM logins WHERE id = ?", (login,)).fetchone()
        return row is not None and row[0] is not None

    def names(self) -> dict[str, str]:
        """People's names by their ids."""
        with self._database.read() as connection:
            return dict(connection.execute("SELECT id, name FROM people").fetchall())

    def forget(self, person: str) -> None:
        """Their name; that somebody signed in stays."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM people WHERE id = ?", (person,))
