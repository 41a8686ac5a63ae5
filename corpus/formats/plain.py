"""Plain text and Markdown: the encoding is found from the bytes."""

from __future__ import annotations

import codecs
import re
import unicodedata

from corpus.formats import delimited
from corpus.formats.legacy import SAMPLE, recognise
from corpus.formats.markdown import plain, with_rows
from corpus.formats.source import LoadError, Source

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\[[^\]\n]+\]\([^)\n]+\))", re.M)


def read(content: bytes, file: str) -> Source:
    text, encoding = decode(content)
    markdown = file.lower().endswith((".md", ".markdown")) and _MARKDOWN.search(text)
    notes = ("Tệp không dùng mã UTF-8, đã đọc theo bảng mã Windows-1258.",) if encoding == "cp1258" else ()
    text = delimited.with_rows(with_rows(plain(text) if markdown else text))
    return Source((text,), "text/markdown" if markdown else "text/plain", notes=notes)


def opening(content: bytes) -> bytes:
    """The first bytes as UTF-8, whatever Unicode encoding the file marks itself with."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content[:4096].decode(name, errors="ignore").encode()
    return content[:4096]


def decode(content: bytes) -> tuple[str, str]:
    """Text and the name of its encoding: by its mark, else UTF-8, UTF-16 without a mark, Windows-1258.

    Text for fonts of before Unicode comes as Latin-1, for `legacy` to convert.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content.decode(name, errors="replace"), name
    if unmarked := _unmarked_utf16(content):
        return content.decode(unmarked, errors="replace"), unmarked
    try:
        return _text(content.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        pass
    if recognise(content[:SAMPLE].decode("latin-1")):
        return content.decode("latin-1"), "latin-1"
    return _text(unicodedata.normalize("NFC", content.decode("cp1258", errors="replace")), 0.02), "cp1258"


def _unmarked_utf16(content: bytes) -> str | None:
    sample = content[:4096]
    if len(sample) < 8 or len(content) % 2:
        return None
    even, odd = sample[0::2].count(0) / (len(sample) / 2), sample[1::2].count(0) / (len(sample) / 2)
    if odd > 0.3 and even < 0.02:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 and odd < 0.02 else None


def _text(text: str, unknown: float = 1.0) -> str:
    """The same text, or LoadError when it is plainly something else: control characters, letters that fit
    no language."""
    sample = text[:65536]
    strange = len(_CONTROL.findall(sample))
    if strange > 0.01 * len(sample) or sample.count("\ufffd") > unknown * len(sample):
        raise LoadError("unsupported_type", "Tệp không phải văn bản hoặc thuộc loại chưa hỗ trợ.")
    return text
