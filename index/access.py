"""Who may see a document: everybody, or the groups it was added for.

The groups are part of what a document is: the same bytes added for other groups are another document with another id.
So nobody learns from an upload that somebody else has the same file, and no document ever changes hands.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from corpus.document import Document

Groups = frozenset[str]
MOST = 20  # groups of one document or one key
_NAME = re.compile(r"\w[\w.-]{0,63}")


class GroupError(ValueError):
    """A group's name that cannot be one. The message is Vietnamese."""


def groups(names: Iterable[str]) -> Groups:
    """The groups of these names, written any way. Raises `GroupError`."""
    found = frozenset(unicodedata.normalize("NFC", name.strip()).casefold() for name in names)
    for name in sorted(found):
        if not _NAME.fullmatch(name):
            raise GroupError("Tên nhóm gồm 1–64 chữ cái, chữ số, dấu gạch nối, gạch dưới hoặc dấu chấm.")
    if len(found) > MOST:
        raise GroupError(f"Nhiều nhất {MOST} nhóm.")
    return found


def restricted(document: Document, to: Groups) -> Document:
    """The document as one that only these groups may see; itself when there are none."""
    if not to:
        return document
    own = hashlib.sha256("\n".join([document.id, *sorted(to)]).encode()).hexdigest()
    return replace(document, id=own[: len(document.id)])


def written(groups: Groups) -> str:
    return json.dumps(sorted(groups), ensure_ascii=False)


def read(column: str) -> Groups:
    return frozenset(json.loads(column))


def hidden(connection: sqlite3.Connection, to: Groups) -> list[int]:
    """The rows of all documents that somebody of these groups may not see, ascending."""
    rows = connection.execute("SELECT row, access FROM documents WHERE access != '[]' ORDER BY row")
    return [row for row, access in rows if not read(access) & to]
