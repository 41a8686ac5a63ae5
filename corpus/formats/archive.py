"""The zip container of office files, and ZIP archives of documents, opened with limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from corpus.formats.source import LoadError, broken, encrypted

MAX_ENTRIES = 5_000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200  # of an entry over 1 MB; office files stay under 60

READ_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    KeyError,
    ValueError,
    RuntimeError,
)


def unpack(content: bytes, what: str) -> dict[str, bytes]:
    """Every XML part by its name. Raises LoadError for a bomb, an encrypted or a broken file, a DTD."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive.infolist())
            names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
            parts = {name: archive.read(name) for name in names}
    except LoadError:
        raise
    except READ_ERRORS as error:
        raise broken(what) from error
    for part in parts.values():
        _refuse_dtd(part)
    return parts


def files(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file of a ZIP of documents. Raises LoadError as `unpack` does."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive.infolist())
            for entry in archive.infolist():
                if not entry.is_dir() and not is_clutter(entry.filename):
                    yield _path(entry), archive.read(entry)
    except READ_ERRORS as error:
        raise error if isinstance(error, LoadError) else broken("nén") from error


def is_clutter(path: str) -> bool:
    """What operating systems leave in archives; a way up ("../a.txt") hides nothing."""
    return any(
        part.startswith((".", "~$", "__MACOSX")) or part in ("Thumbs.db", "desktop.ini")
        for part in path.split("/")
        if part not in (".", "..")
    )


def _path(entry: zipfile.ZipInfo) -> str:
    """The name, in UTF-8 also when the archive does not say that it is."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def names(content: bytes) -> frozenset[str]:
    """The entries' names; empty when the container cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except READ_ERRORS:
        return frozenset()


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise encrypted()
    unpacked = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > 1 << 20 and entry.file_size > MAX_RATIO * max(1, entry.compress_size) for entry in entries
    )
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or swollen:
        raise LoadError("unsafe_archive", "Tệp nén phình to bất thường khi mở, bị từ chối để bảo vệ máy.")


def _refuse_dtd(part: bytes) -> None:
    plain = part.replace(b"\0", b"")  # UTF-16 hides nothing
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise unsafe_xml()


def unsafe_xml() -> LoadError:
    return LoadError("unsafe_xml", "Tệp chứa khai báo DTD không an toàn, bị từ chối.")


def parsed(xml: bytes, what: str) -> etree._Element:
    """The root of an XML part. Raises LoadError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(what) from error
