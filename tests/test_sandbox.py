"""Files are parsed in a process of their own, whose limits hold; what it cannot read is refused in Vietnamese."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from file_parts import REPORT, make_docx, make_pdf, make_xlsx, zipped

from corpus import sandbox
from corpus.document import Document
from corpus.load import parse
from corpus.parser_process import Limits
from corpus.sandbox import Loaded, Refused, Sandbox
from corpus.wire import document_from_json, document_json

LETTER = "Số 118-CV/BDVHU\nĐơn Dương, ngày 11 tháng 10 năm 2019\nV/v báo cáo\n\nKính gửi: Công an huyện."
PDF = make_pdf(REPORT)


@pytest.fixture(scope="module")
def warm() -> Iterator[Sandbox]:
    with Sandbox() as opened:
        yield opened


def only(found: Iterator[Loaded | Refused]) -> Document | str:
    (one,) = found
    return one.document if isinstance(one, Loaded) else one.error.code


def workers() -> set[str]:
    """Processes of ours that run the worker."""
    own = {pid for pid in os.listdir("/proc") if pid.isdigit()}
    found = set()
    for pid in own:
        try:
            command, parent = Path(f"/proc/{pid}/cmdline").read_bytes(), Path(f"/proc/{pid}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if b"corpus.worker" in command and parent.rsplit(")", 1)[1].split()[1] == str(os.getpid()):
            found.add(pid)
    return found


@pytest.mark.parametrize(
    ("content", "file"),
    [
        (PDF, "a.pdf"),
        (make_docx(lambda document: document.add_paragraph("Báo cáo năm 2023")), "b.docx"),
        (make_xlsx([["Tên xã", "Số hộ"], ["Lạc Lâm", 12]]), "c.xlsx"),
        (LETTER.encode("utf-16"), "d.txt"),
        (LETTER.encode(), "e.txt"),
    ],
    ids=["pdf", "docx", "xlsx", "utf-16", "plain"],
)
def test_a_document_comes_back_as_it_would_be_read_here(warm: Sandbox, content: bytes, file: str) -> None:
    assert only(warm.read(content, file)) == parse(content, file)


def test_a_document_survives_json() -> None:
    document = parse(PDF, "a.pdf")
    assert document_from_json(document_json(document)) == document


def test_refusals_come_back_with_their_code(warm: Sandbox) -> None:
    assert only(warm.read(b"%PDF-1.7\nnothing", "a.pdf")) == "broken_file"
    assert only(warm.read(b"", "a.txt")) == "empty_file"


def test_a_worker_is_used_again() -> None:
    before = workers()
    with Sandbox() as own:
        own.parse(PDF, "a.pdf")
        first = workers() - before
        own.parse(PDF, "b.pdf")
        assert workers() - before == first
        assert len(first) == 1
    assert not workers() & first


def test_small_plain_text_needs_no_worker() -> None:
    before = workers()
    with Sandbox() as own:
        assert own.parse(LETTER.encode(), "a.txt").header.number == "118-CV/BDVHU"
        assert workers() == before


def test_every_file_of_an_archive_is_a_document_or_named(warm: Sandbox) -> None:
    entries = {
        "hồ sơ/a.txt": LETTER.encode(),
        "b.pdf": PDF,
        "c.docx": b"PK\x03\x04",
        "__MACOSX/._b": b"x",
        "d.zip": b"",
        "../e.txt": LETTER.encode(),
    }
    entries["d.zip"] = zipped({"a.txt": b"abc"})
    found = {each.inside: each for each in warm.read(zipped(entries), "hồ sơ.zip")}
    assert {path: each.document.file for path, each in found.items() if isinstance(each, Loaded)} == {
        "hồ sơ/a.txt": "a.txt",
        "b.pdf": "b.pdf",
        "../e.txt": "e.txt",
    }
    assert {path: each.error.code for path, each in found.items() if isinstance(each, Refused)} == {
        "c.docx": "broken_file",
        "d.zip": "nested_archive",
    }
    loaded = found["b.pdf"]
    assert isinstance(loaded, Loaded)
    assert loaded.content == PDF


def test_names_of_an_archive_made_without_a_mark_for_utf8(warm: Sandbox) -> None:
    content = zipped({"xxxx.txt": LETTER.encode()}).replace(b"xxxx.txt", "xã.txt".encode() + b"t")
    assert [each.inside for each in warm.read(content, "a.zip")] == ["xã.txtt"]


def test_an_empty_archive_is_refused(warm: Sandbox) -> None:
    assert only(warm.read(zipped({"__MACOSX/._b": b"x"}), "a.zip")) == "empty_file"


def test_time_is_limited() -> None:
    slow = make_xlsx([["a", 1]] * 40_000)
    with Sandbox(Limits(wall=0)) as own:
        assert only(own.read(PDF, "a.pdf")) == "parse_timeout"
    with Sandbox(Limits(cpu=0)) as own:
        began = time.monotonic()
        assert only(own.read(slow, "a.xlsx")) == "parse_timeout"
        assert time.monotonic() - began < 30


def test_memory_is_limited() -> None:
    large = zipped({"word/document.xml": b"<a>" + os.urandom(30_000_000).hex().encode() + b"</a>"})
    with Sandbox(Limits(memory=300 << 20)) as own:
        assert only(own.read(large, "a.docx")) in ("parse_memory", "parser_stopped")
        assert isinstance(only(own.read(PDF, "a.pdf")), Document)  # a new worker serves the next file


def test_the_worker_knows_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOI_LLM_API_KEY", "secret")
    before = workers()
    with Sandbox() as own:
        own.parse(PDF, "a.pdf")
        (pid,) = workers() - before
        assert b"HOI_" not in Path(f"/proc/{pid}/environ").read_bytes()


def test_too_large_is_refused_before_a_worker_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MAX_BYTES", 10)
    with Sandbox() as own:
        assert only(own.read(b"a" * 11, "a.txt")) == "too_large"
