"""Links between stored documents: kept as each document names them, resolved against those that stand now."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from corpus.document import Header, Span
from corpus.issuer import is_central
from corpus.links import VERSION, Link, Relation, find_links
from corpus.references import Reference, header_keys
from index.database import Database
from index.records import StoredDocument, key
from index.rows import read_document, read_rows
from index.snapshot import Snapshot

_BATCH = 200  # documents read anew and committed at a time
_LOCAL = re.compile(r"/(?:ubnd|hdnd|ub|hd)(?![^\W_])")


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link with the document that says it and, when it is in the store, the document it names."""

    source: StoredDocument
    link: Link
    target: StoredDocument | None


def use_links(database: Database) -> None:
    """Reads the links of documents that were stored before links were, or by other rules. The writer's lock is held."""
    with database.read() as connection:
        found = connection.execute("SELECT value FROM meta WHERE key = 'links'").fetchone()
        if found and found[0] == str(VERSION):
            return
        rows = read_rows(connection)
    for at in range(0, len(rows), _BATCH):
        _read_anew(database, rows[at : at + _BATCH])
    with database.write() as connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('links', ?)", (str(VERSION),))


def _read_anew(database: Database, rows: Sequence[int]) -> None:
    with database.read() as connection:
        ids = connection.execute(
            "SELECT row, id FROM documents WHERE row IN (SELECT value FROM json_each(?))", (json.dumps(rows),)
        ).fetchall()
        found = {row: find_links(document) for row, id in ids if (document := read_document(connection, id))}
    with database.write() as connection:
        for row, links in found.items():
            connection.execute("DELETE FROM links WHERE document = ?", (row,))
            insert_links(connection, row, links)


def insert_links(connection: sqlite3.Connection, row: int, links: Iterable[Link]) -> None:
    connection.executemany(
        "INSERT INTO links (document, ordinal, target_key, link) VALUES (?,?,?,?)",
        [(row, ordinal, link.target.key, _json(link)) for ordinal, link in enumerate(links)],
    )


def links_from(snapshot: Snapshot, id: str) -> list[StoredLink]:
    """What a document says of others, in the order of its text."""
    source = snapshot.stored(id)
    if source is None:
        return []
    with snapshot.database.read() as connection:
        rows = connection.execute(
            "SELECT link FROM links WHERE document = (SELECT row FROM documents WHERE id = ?) ORDER BY ordinal", (id,)
        ).fetchall()
    links = [_link(content) for (content,) in rows]
    return [StoredLink(source, link, _target(snapshot, source, link)) for link in links]


def links_to(snapshot: Snapshot, id: str, relations: Sequence[Relation] = ()) -> list[StoredLink]:
    """What the other documents say of one, the newest of them first; of `relations` when given."""
    target = snapshot.stored(id)
    if target is None:
        return []
    found = [
        StoredLink(source, link, target)
        for source, link in _naming(snapshot, header_keys(target.header))
        if source.id != id and (not relations or link.relation in relations) and names(link.target, source, target)
    ]
    return sorted(found, key=lambda one: one.source.header.issued_on or date.min, reverse=True)


def links_naming(snapshot: Snapshot, keys: Sequence[str]) -> list[StoredLink]:
    """What documents say of others that bear one of these keys, whether those are in the store or not."""
    return [StoredLink(source, link, None) for source, link in _naming(snapshot, keys)]


def all_links(snapshot: Snapshot, relations: Sequence[Relation]) -> Iterator[StoredLink]:
    """The links of these relations between documents that both stand."""
    with snapshot.database.read() as connection:
        rows = connection.execute(
            "SELECT d.id, l.link FROM links l JOIN documents d ON d.row = l.document"
            " WHERE json_extract(l.link, '$.relation') IN (SELECT value FROM json_each(?))"
            " ORDER BY l.document, l.ordinal",
            (json.dumps(relations),),
        ).fetchall()
    for id, content in rows:
        link, source = _link(content), snapshot.stored(id)
        if source and (target := _target(snapshot, source, link)):
            yield StoredLink(source, link, target)


def _naming(snapshot: Snapshot, keys: Sequence[str]) -> Iterator[tuple[StoredDocument, Link]]:
    with snapshot.database.read() as connection:
        rows = connection.execute(
            "SELECT d.id, l.link FROM links l JOIN documents d ON d.row = l.document"
            " WHERE l.target_key IN (SELECT value FROM json_each(?)) ORDER BY l.document, l.ordinal",
            (json.dumps(keys),),
        ).fetchall()
    for id, content in rows:
        if source := snapshot.stored(id):
            yield source, _link(content)


def _target(snapshot: Snapshot, source: StoredDocument, link: Link) -> StoredDocument | None:
    """The one stored document that a link names; None when there is none, or no telling which."""
    found = [
        document
        for document in snapshot.named(link.target.key)
        if document.id != source.id and names(link.target, source, document)
    ]
    return found[0] if len(found) == 1 else None


def names(reference: Reference, source: StoredDocument, target: StoredDocument) -> bool:
    """Whether a reference of the same key means this document: the days agree, or else the office or the place.

    A number without a year is given anew every term, and by every district.
    """
    there, here = target.header, source.header
    if there.issued_on and here.issued_on and there.issued_on > here.issued_on:
        return False
    if reference.issued_on and there.issued_on:
        return reference.issued_on == there.issued_on
    if reference.year and there.issued_on:
        return reference.year == there.issued_on.year
    return _is_unique(reference.key) or _same_office(here, there)


def _is_unique(key: str) -> bool:
    """Whether a number is given once in the whole country: by a law, the Government, a minister."""
    return key.startswith("=") or bool(re.search(r"/(?:19|20)\d\d/", key) and not _LOCAL.search(key))


def _same_office(here: Header, there: Header) -> bool:
    issuer = key(here.issuer)
    return bool(issuer) and issuer == key(there.issuer) and (is_central(here.issuer or "") or here.place == there.place)


def _json(link: Link) -> str:
    fields = asdict(link)
    fields["target"]["issued_on"] = link.target.issued_on and link.target.issued_on.isoformat()
    return json.dumps(fields, ensure_ascii=False)


def _link(content: str) -> Link:
    fields = json.loads(content)
    target = fields["target"]
    target["span"] = Span(**target["span"])
    target["issued_on"] = target["issued_on"] and date.fromisoformat(target["issued_on"])
    return Link(fields["relation"], Reference(**target), fields["part"], Span(**fields["span"]))
