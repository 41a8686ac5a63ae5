"""Whatever the bytes: a document whose every place is right, or a named error in Vietnamese."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.formats.source import LoadError
from corpus.load import parse
from corpus.text import fold

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258")
OPENINGS = (
    b"",
    b"%PDF-1.7\n1 0 obj\n",
    b"PK\x03\x04",
    b"<html><body><table><tr><td>",
    b"From: a@b.vn\nSubject: =?utf-8?b?\nContent-Type: multipart/mixed; boundary=x\n\n--x\n",
    b"# ",
    b"\xef\xbb\xbf",
)
LINES = ("UBND XÃ HÒA SƠN", "Số: 45/TB-UBND", "Hòa Sơn, ngày 05 tháng 3 năm 2024", "THÔNG BÁO", "KT. CHỦ TỊCH")
written = st.lists(st.sampled_from(LINES) | st.text(max_size=40), min_size=1, max_size=12).map("\n".join)
encoded = st.builds(lambda text, encoding: text.encode(encoding, "ignore"), written, st.sampled_from(ENCODINGS))
files = st.builds(lambda opening, rest: opening + rest, st.sampled_from(OPENINGS), st.binary(max_size=400) | encoded)
SAID = re.compile(r"[a-z_]+")


def is_sound(document: Document) -> None:
    text = document.text
    assert unicodedata.is_normalized("NFC", text)
    assert any(map(str.isalnum, text))
    for field, span in document.header.spans.items():
        assert 0 <= span.start < span.end <= len(text), field
    number = document.header.spans.get("number")
    if number and document.header.number:
        assert fold(document.header.number[:2]) in fold(number.of(text))
    assert all(0 <= page.span.start <= page.span.end <= len(text) for page in document.pages)


def read(content: bytes) -> Document | LoadError:
    try:
        return parse(content, "a.txt", ocr_seconds=1)
    except LoadError as error:
        return error


@settings(max_examples=150, deadline=None)
@given(files)
def test_any_bytes_are_a_sound_document_or_a_named_error(content: bytes) -> None:
    found = read(content)
    if isinstance(found, LoadError):
        assert SAID.fullmatch(found.code)
        assert str(found).endswith(".")
        assert fold(str(found)) != str(found).lower()  # in Vietnamese
    else:
        is_sound(found)
        assert read(content) == found
