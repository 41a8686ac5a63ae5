"""Files that are damaged, false or hostile: each is refused in Vietnamese or read in part, and hurts nothing else."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Figure
from file_parts import REPORT, assembled, make_docx, make_mail, make_pdf, make_pptx, make_scan, make_xlsx, zipped

from corpus.document import Document
from corpus.parser_process import MEMORY, Limits
from corpus.sandbox import Loaded, Refused, Sandbox

LETTER = "Số 118-CV/BDVHU\nĐơn Dương, ngày 11 tháng 10 năm 2019\nV/v báo cáo\n\nKính gửi: Công an huyện."
PAGE = "<!DOCTYPE html><html><body><h1>Huyện</h1><table><tr><td>Xã<td>Hộ</tr><tr><td>Pró<td>5</table></body></html>"
GOOD = {
    "a.pdf": make_pdf(REPORT),
    "b.docx": make_docx(lambda document: document.add_paragraph("Báo cáo năm 2023")),
    "c.xlsx": make_xlsx([["Tên xã", "Số hộ"], ["Lạc Lâm", 12]]),
    "d.pptx": make_pptx(),
    "e.html": PAGE.encode(),
    "f.eml": make_mail().as_bytes(),
    "g.txt": LETTER.encode("utf-16"),
    "h.zip": zipped({"a.txt": LETTER.encode(), "b.pdf": make_pdf(REPORT)}),
    "i.pdf": make_scan(),
}
QUICK, MANY = 6, 60  # mutants of each good file


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(ocr=2)) as opened:
        yield opened


def mutant(content: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, a piece cut out, doubled or moved, or the end missing."""
    damaged = bytearray(content)
    match chance.randrange(5):
        case 0:
            for _ in range(chance.randint(1, 40)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        case 1:
            del damaged[chance.randrange(len(damaged)) :]
        case 2:
            start = chance.randrange(len(damaged))
            del damaged[start : start + chance.randint(1, 400)]
        case 3:
            start = chance.randrange(len(damaged))
            damaged[start:start] = damaged[start : start + 400] * chance.randint(1, 20)
        case _:
            start = chance.randrange(len(damaged))
            damaged[start : start + 64] = chance.randbytes(64)
    return bytes(damaged)


def outcome(sandbox: Sandbox, content: bytes, file: str) -> list[Document | str]:
    """Documents and codes; asserts that each is sound."""
    found: list[Document | str] = []
    for each in sandbox.read(content, file):
        if isinstance(each, Refused):
            assert each.error.code.replace("_", "").islower()
            assert str(each.error)[0].isupper()
            assert str(each.error).endswith(".")
            found.append(each.error.code)
        else:
            assert isinstance(each, Loaded)
            assert each.document.text.strip()
            assert all(span.of(each.document.text) for span in each.document.header.spans.values())
            found.append(each.document)
    assert found
    return found


def peak(of: Sandbox) -> int:
    """Bytes that the fattest of its workers ever held."""
    pids = [worker._process.pid for worker in of._idle]
    lines = [line for pid in pids for line in Path(f"/proc/{pid}/status").read_text().splitlines()]
    return max((1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM")), default=0)


def check_mutants(sandbox: Sandbox, figure: Figure, file: str, count: int) -> None:
    chance, refused = random.Random(file), 0
    for _ in range(count):
        refused += any(isinstance(each, str) for each in outcome(sandbox, mutant(GOOD[file], chance), file))
    figure(f"bad files, {file}: mutants, refused, most memory (MB)", (count, refused, peak(sandbox) >> 20))
    assert peak(sandbox) <= MEMORY
    assert [type(each) for each in outcome(sandbox, GOOD["a.pdf"], "a.pdf")] == [Document]  # others are undisturbed


@pytest.mark.parametrize("file", sorted(GOOD))
def test_some_mutants(sandbox: Sandbox, figure: Figure, file: str) -> None:
    check_mutants(sandbox, figure, file, QUICK)


@pytest.mark.trust
@pytest.mark.parametrize("file", sorted(GOOD))
def test_many_mutants(sandbox: Sandbox, figure: Figure, file: str) -> None:
    check_mutants(sandbox, figure, file, MANY)


def deflated(size: int) -> bytes:
    return zlib.compress(b"\0" * size, 9)


def pdf_bomb(size: int) -> bytes:
    """A page whose content is zeros, packed a thousand to one."""
    packed = deflated(size)
    stream = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n{packed.decode('latin-1')}\nendstream"
    pages = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    return assembled([*pages, page, stream], "latin-1")


def long_pdf(pages: int) -> bytes:
    """Nothing but empty pages."""
    kids = " ".join(f"{number} 0 R" for number in range(3, pages + 3))
    tree = f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return assembled(["<< /Type /Catalog /Pages 2 0 R >>", tree, *[page] * pages])


def png_bomb(side: int) -> bytes:
    def piece(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = piece(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + piece(b"IDAT", deflated(1 << 20)) + piece(b"IEND", b"")


def lying_zip() -> bytes:
    """An entry that says it is small."""
    content = bytearray(zipped({"a.txt": b"a" * 5_000_000}))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(content)


def locked_zip() -> bytes:
    content = bytearray(zipped({"a.txt": b"abc"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    return bytes(content)


def nested_zip(depth: int) -> bytes:
    content = zipped({"a.txt": LETTER.encode()})
    for number in range(depth):
        content = zipped({f"{number}.zip": content})
    return content


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cccccccccc">'
    + b"".join(b'<!ENTITY b%d "&b%d;&b%d;">' % (n, n - 1, n - 1) for n in range(1, 30))
    + b"]><a>&b29;</a>"
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TABLES = "<w:tbl><w:tr><w:tc>" * 80 + "</w:tc></w:tr></w:tbl>" * 80
DEEP = f"<w:document {W}><w:body>{TABLES}</w:body></w:document>".encode()
WIDE = f"<html><table>{'<tr>' + '<td colspan=1000 rowspan=60000>a' * 50}</table></html>".encode()
BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty_file"),
    "zeros": (b"\0" * 10_000, "empty_file"),
    "program": (b"MZ" + os.urandom(5_000), "unsupported_type"),
    "noise": (random.Random(1).randbytes(200_000), "unsupported_type"),
    "gif": (b"GIF89a" + b"\0" * 100, "unsupported_type"),
    "rar": (b"Rar!\x1a\x07\0" + b"\0" * 100, "unsupported_type"),
    "false pdf": (b"%PDF-1.7\n" + b"x" * 5_000, "broken_file"),
    "false docx": (zipped({"word/document.xml": b"x"}), "broken_file"),
    "false xlsx": (zipped({"xl/workbook.xml": b"x"}), "broken_file"),
    "false pptx": (zipped({"ppt/presentation.xml": b"x"}), "broken_file"),
    "laughs docx": (zipped({"word/document.xml": LAUGHS}), "unsafe_xml"),
    "laughs xlsx": (zipped({"xl/workbook.xml": LAUGHS}), "unsafe_xml"),
    "zip bomb": (zipped({"a.txt": b"a" * 100_000_000}), "unsafe_archive"),
    "many entries": (zipped({f"{n}.txt": b"" for n in range(6_000)}), "unsafe_archive"),
    "lying zip": (lying_zip(), "broken_file"),
    "locked zip": (locked_zip(), "encrypted"),
    "zip in zip": (nested_zip(3), "nested_archive"),
    "empty zip": (zipped({"a/": b""}), "empty_file"),
    "locked office": (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le") * 40, "encrypted"),
    "deep docx": (zipped({"word/document.xml": DEEP}), "no_text"),
    "long pdf": (long_pdf(2_001), "too_large"),
    "pdf bomb": (pdf_bomb(400_000_000), "no_text"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_what_is_hostile_is_refused(sandbox: Sandbox, name: str) -> None:
    content, code = BAD[name]
    assert outcome(sandbox, content, f"{name}.bin") == [code]
    assert peak(sandbox) <= MEMORY


@pytest.mark.parametrize(
    "content",
    [
        WIDE,
        b"<html>" + b"<div>" * 60_000 + b"a",
        png_bomb(30_000),
        b"a\xcc\x81" * 200_000,
        ("\u202e" * 9_999 + "a").encode(),
    ],
    ids=["wide table", "deep html", "png bomb", "marks", "bidi"],
)
def test_what_is_odd_is_read_or_refused(sandbox: Sandbox, content: bytes) -> None:
    outcome(sandbox, content, "odd.bin")
    assert peak(sandbox) <= MEMORY


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\Windows\\a.txt", "a\0b.txt", "x" * 5_000, "\u202ecod.exe", "con", " ", "<b>.txt"]
)
def test_names_do_no_harm(sandbox: Sandbox, name: str) -> None:
    (found,) = outcome(sandbox, GOOD["g.txt"], name)
    assert isinstance(found, Document)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name.replace("\0", "")), LETTER)
    for inside in outcome(sandbox, stream.getvalue(), "a.zip"):
        assert isinstance(inside, str) or "/" not in inside.file
