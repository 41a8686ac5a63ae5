"""Files of every kind become documents; bad ones are refused in Vietnamese with a code."""

from __future__ import annotations

import hashlib
import io
import json
import random
import shutil
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import numpy as np
import pypdf
import pypdfium2 as pdfium
import pytest
from file_parts import REPORT, make_docx, make_pdf, make_scan, make_xlsx, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.formats import ocr
from corpus.load import SUFFIXES, LoadError, load, parse

SEEDS = Path("corpus/documents")
LETTER = "Số 118-CV/BDVHU\nĐơn Dương, ngày 11 tháng 10 năm 2019\nV/v báo cáo\n\nKính gửi: Công an huyện."


def refused(content: bytes, file: str = "a.bin") -> str:
    with pytest.raises(LoadError) as caught:
        parse(content, file)
    assert str(caught.value)[0].isupper()  # a Vietnamese sentence, not an exception's name
    return caught.value.code


# The project's own documents


@pytest.mark.parametrize(
    "entry", json.loads((SEEDS / "provenance.json").read_text(encoding="utf-8")), ids=lambda e: e["file"]
)
def test_the_committed_documents_are_what_their_provenance_says(entry: dict[str, str | None]) -> None:
    path = SEEDS / str(entry["file"])
    document = load(path)
    assert document.sha256 == entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.header.place == entry["place"]
    assert (document.header.issued_on.isoformat() if document.header.issued_on else None) == entry["date"]


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_every_kept_line_is_verbatim_in_the_file(path: Path) -> None:
    source = {line.replace("\u2011", "\u2011").rstrip() for line in path.read_text(encoding="utf-8").split("\n")}
    whole = "\n".join(source).replace("\t", " ").replace("\u00a0", " ")
    document = load(path)
    assert all(line in whole for line in document.text.split("\n"))
    assert not any(
        word in document.text for word in ("Lượt xem", "Thống kê truy cập", "In trang", "Designed by", "Đang online")
    )
    assert "\n\n\n" not in document.text
    assert document.text == document.text.strip()


def test_the_letter_among_them_is_read_to_the_letter() -> None:
    document = load(SEEDS / "000_323d4286c9b22a84.txt")
    assert document.citation == "Công văn số 118-CV/BDVHU ngày 11/10/2019 của Ban Dân vận Huyện ủy Đơn Dương"
    assert document.header.signer == "Lê Đình Thủy"
    assert document.header.spans["issued_on"].of(document.text) == "ngày 11 tháng 10 năm 2019"


# Text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_any_unicode(encoding: str) -> None:
    assert parse(LETTER.encode(encoding), "a.txt").text == LETTER


def test_text_in_windows_1258() -> None:
    content = "H\xf4m nay, c\xe1c x\xe3, \xf0\xea\xec".encode("latin-1")  # ă at E3; ê and a combining acute
    document = parse(content, "a.txt")
    assert document.text == "Hôm nay, các xă, đế"
    assert "Windows-1258" in document.notes[0]


def test_text_is_settled_but_never_rewritten() -> None:
    document = parse("Tie\u0302\u0301ng\u200b Vie\u0323\u0302t  hai dấu cách   \r\n\r\n\r\n\r\nCuối.".encode(), "a.md")
    assert document.text == "Tiếng Việt  hai dấu cách\n\nCuối."


def test_hidden_characters_come_off_and_the_uploader_is_told() -> None:
    document = parse("Công\u200b tác \u202edân vận\U000e0041".encode(), "a.txt")
    assert document.text == "Công tác dân vận"
    assert document.notes == ("Đã bỏ 3 ký tự ẩn (không nhìn thấy được) khỏi văn bản.",)
    assert parse(b"\xef\xbb\xbfabc", "a.txt").notes == ()


def test_a_title_alone_is_a_document() -> None:
    document = parse("Thông báo nghỉ lễ".encode(), "a.txt")
    assert (document.text, document.header.title) == ("Thông báo nghỉ lễ", "Thông báo nghỉ lễ")


def test_the_id_is_of_the_bytes_and_not_of_the_name() -> None:
    one, other = parse(LETTER.encode(), "a.txt"), parse(LETTER.encode(), "b.md")
    assert one.id == other.id == hashlib.sha256(LETTER.encode()).hexdigest()[:16]


# HTML

PAGE = """<!DOCTYPE html><html><head><title>Cổng | Tin</title><script>x=1</script></head><body>
<nav><a>Trang chủ</a><a>Giới thiệu</a></nav>
<div id="left-menu">Danh mục</div>
<div class="news-detail"><h1>Huyện tổng kết</h1><p>Năm 2021, huyện <b>đạt</b>
kết quả.</p><p>Dòng một<br>dòng hai</p>
<table><tr><th>Xã</th><th>Hộ</th></tr><tr><td>Lạc Lâm</td><td>120</td></tr></table></div>
<form><button>Đăng nhập</button></form></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_html_keeps_the_content_and_drops_the_menus(encoding: str) -> None:
    document = parse(PAGE.encode(encoding), "trang.html")
    lines = [line for line in document.text.split("\n") if line]
    assert lines == [
        "Huyện tổng kết",
        "Năm 2021, huyện đạt kết quả.",
        "Dòng một",
        "dòng hai",
        "Xã | Hộ",
        "Xã: Lạc Lâm | Hộ: 120",
    ]
    assert document.media_type == "text/html"


def test_deep_html_is_no_recursion_error() -> None:
    def deep(levels: int) -> bytes:
        return b"<html><body>" + b"<div>" * levels + "sâu".encode()

    assert parse(deep(200), "a.html").text == "sâu"
    assert refused(deep(50_000)) == "no_text"  # the parser gives up at a depth no page has


# DOCX


def test_docx_in_the_order_of_the_page() -> None:
    def build(document: docx.document.Document) -> None:
        document.add_paragraph("Mở đầu")
        table = document.add_table(2, 2)
        for cell, text in zip(
            [c for row in table.rows for c in row.cells], ["Xã", "Số hộ", "Lạc Lâm", "120"], strict=True
        ):
            cell.text = text
        document.add_paragraph("Kết thúc")

    assert parse(make_docx(build), "a.docx").text == "Mở đầu\nXã | Số hộ\nXã: Lạc Lâm | Số hộ: 120\n\nKết thúc"


def test_a_letterhead_set_as_a_table_is_read_column_by_column() -> None:
    def build(document: docx.document.Document) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "HUYỆN ỦY ĐƠN DƯƠNG"
        for line in ("BAN DÂN VẬN", "Số 118-CV/BDVHU", "V/v báo cáo"):
            table.cell(0, 0).add_paragraph(line)
        table.cell(0, 1).text = "ĐẢNG CỘNG SẢN VIỆT NAM"
        table.cell(0, 1).add_paragraph("Đơn Dương, ngày 11 tháng 10 năm 2019")
        document.add_paragraph("Kính gửi: Công an huyện")

    header = parse(make_docx(build), "a.docx").header
    assert (header.number, header.issuer, header.subject) == (
        "118-CV/BDVHU",
        "Ban Dân vận Huyện ủy Đơn Dương",
        "báo cáo",
    )
    assert str(header.issued_on) == "2019-10-11"


NUMBERING = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="3">
<w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%1)"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>"""


def test_docx_writes_out_the_numbers_that_word_counts() -> None:
    def paragraph(text: str, level: int | None) -> str:
        listed = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
        return f"<w:p>{listed if level is not None else ''}<w:r><w:t>{text}</w:t></w:r></w:p>"

    lines = [("Một", 0), ("Hai", 1), ("Ba", 1), ("Bốn", 2), ("Năm", None), ("Sáu", 0), ("Bảy", 1)]
    body = "".join(paragraph(text, level) for text, level in lines)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    parts = {"word/document.xml": document.encode(), "word/numbering.xml": NUMBERING.encode()}
    expected = ["II. Một", "1.II) Hai", "2.II) Ba", "- Bốn", "Năm", "III. Sáu", "1.III) Bảy"]
    assert parse(zipped(parts), "a.docx").text.split("\n") == expected


def test_docx_styles_may_number_too() -> None:
    def build(document: docx.document.Document) -> None:
        document.add_paragraph("Thứ nhất", style="List Number")
        document.add_paragraph("Thứ hai", style="List Number")
        document.add_paragraph("Gạch", style="List Bullet")

    assert parse(make_docx(build), "a.docx").text == "1. Thứ nhất\n2. Thứ hai\n- Gạch"


# XLSX


def test_xlsx_names_the_columns_in_every_row() -> None:
    rows = [["Danh sách xã"], ["Tên xã", "Số hộ", "Tỷ lệ"], ["Lạc Lâm", 1200, 0.5], ["Ka Đô", None, 12.25]]
    assert parse(make_xlsx(rows), "a.xlsx").text.split("\n") == [
        "Xã",
        "Danh sách xã",
        "Tên xã | Số hộ | Tỷ lệ",
        "Tên xã: Lạc Lâm | Số hộ: 1200 | Tỷ lệ: 0,5",
        "Tên xã: Ka Đô | Tỷ lệ: 12,25",
    ]


# PDF


def test_pdf_lines_become_paragraphs_and_pages_are_kept() -> None:
    document = parse(make_pdf(REPORT), "a.pdf")
    paragraphs = document.text.split("\n")
    assert paragraphs[5].startswith("Năm 2023, huyện đã giải quyết 40.766 hồ sơ, trong đó đúng hạn")
    assert "đạt tỷ lệ 99%. Các xã" in paragraphs[5]
    assert paragraphs[5].endswith("một cửa điện tử với 100% thủ tục.")
    assert paragraphs[6].endswith("về công tác của Mặt trận Tổ quốc.")
    assert (document.header.number, str(document.header.issued_on)) == ("05-BC/HU", "2023-12-05")
    assert [document.page_at(document.text.index(word)) for word in ("HUYỆN", "100%", "1. Công", "Mặt trận Tổ")] == [
        1,
        1,
        2,
        3,
    ]
    assert {piece.text for piece in document.stripped} == {f"Báo cáo công tác {page}" for page in (1, 2, 3)}


def test_pages_cover_the_text_without_gaps() -> None:
    pages = parse(make_pdf(REPORT), "a.pdf").pages
    assert [page.number for page in pages] == [1, 2, 3]
    assert pages[0].span.start == 0
    assert all(left.span.end == right.span.start for left, right in pairwise(pages))


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_scan_is_read_by_ocr_and_says_so() -> None:
    document = parse(make_scan(), "quét.pdf")
    assert "HUYEN UY DON DUONG" in document.text.upper()
    assert "ảnh quét" in document.notes[0]


def test_a_scan_without_tesseract_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda name: None)
    with pytest.raises(LoadError, match="tesseract-ocr-vie") as caught:
        parse(make_scan(), "quét.pdf")
    assert caught.value.code == "ocr_missing"


def test_a_picture_file_needs_a_readable_picture() -> None:
    assert refused(b"\x89PNG\r\n\x1a\n broken", "a.png") in ("ocr_failed", "ocr_missing")


# What is refused


def test_a_name_says_nothing() -> None:
    assert parse(make_pdf(REPORT), "a.txt").media_type == "application/pdf"
    assert parse(LETTER.encode(), "a.pdf").media_type == "text/plain"
    assert {".txt", ".pdf", ".docx", ".xlsx", ".html", ".md"} <= SUFFIXES


def test_encrypted_files() -> None:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(make_pdf(REPORT))))
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    assert refused(stream.getvalue()) == "encrypted"
    office = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
    assert refused(office) == "encrypted"


DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\t ", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b".,;\n-----", "no_text"),
        ("Lượt xem: 175".encode(), "no_text"),
        (make_pdf([[]]), "no_text"),
        (bytes(range(256)) * 40, "unsupported_type"),
        (b"MZ\x90\0" + b"\0" * 100, "unsupported_type"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "unsupported_type"),
        (zipped({"a.txt": b"abc"}), "nested_archive"),
        (b"PK\x03\x04 not a zip", "broken_file"),
        (b"%PDF-1.7\nnothing", "broken_file"),
        (zipped({"word/document.xml": b"<a"}), "broken_file"),
        (zipped({"word/document.xml": b"<a/>"}), "broken_file"),
        (zipped({"xl/workbook.xml": b"<a/>"}), "broken_file"),
        (zipped({"word/document.xml": DTD}), "unsafe_xml"),
        (zipped({"word/document.xml": DTD.decode().encode("utf-16")}), "unsafe_xml"),
        (zipped({"xl/workbook.xml": DTD}), "unsafe_xml"),
        (zipped({"word/document.xml": b" " * 30_000_000}), "unsafe_archive"),
        (zipped({"word/document.xml": b"<a/>"} | {f"{n}.xml": b"" for n in range(5_001)}), "unsafe_archive"),
    ],
    ids=range(20),
)
def test_refused_with_a_code(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_limits(tmp_path: Path) -> None:
    assert refused(b"a" * (50 * 1024 * 1024 + 1)) == "too_large"
    large = tmp_path / "lớn.txt"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    with pytest.raises(LoadError, match="50 MB"):
        load(large)
    pages = pdfium.PdfDocument.new()
    for _ in range(2_001):
        pages.new_page(10, 10)
    stream = io.BytesIO()
    pages.save(stream)
    assert refused(stream.getvalue()) == "too_large"


# Whatever comes in


def sound(document: Document) -> None:
    assert document.text.strip()
    assert all(0 <= piece.at <= len(document.text) for piece in document.stripped)
    assert all(span.of(document.text) for span in document.header.spans.values())


def assert_refusal(error: LoadError) -> None:
    assert error.code.islower()
    assert str(error)[0].isupper()


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_any_bytes_load_or_are_refused(content: bytes) -> None:
    try:
        sound(parse(content, "a"))
    except LoadError as error:
        assert_refusal(error)


GOOD = {
    "pdf": make_pdf(REPORT),
    "docx": make_docx(lambda document: document.add_paragraph("Báo cáo năm 2023")),
    "xlsx": make_xlsx([["Tên xã", "Số hộ"], ["Lạc Lâm", 12]]),
    "html": PAGE.encode(),
    "txt": LETTER.encode(),
}


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_damaged_files_load_or_are_refused(kind: str) -> None:
    chance = random.Random(kind)
    for _ in range(60):
        content = bytearray(GOOD[kind])
        for _ in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if chance.random() < 0.3:
            del content[chance.randrange(len(content)) :]
        try:
            sound(parse(bytes(content), f"a.{kind}"))
        except LoadError as error:
            assert_refusal(error)


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_damaged_parts_load_or_are_refused(part: str) -> None:
    source = GOOD["docx" if part.startswith("word") else "xlsx"]
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    chance = np.random.default_rng(7)
    for _ in range(60):
        damaged = bytearray(entries[part])
        for at in chance.integers(0, len(damaged), 6):
            damaged[at] = chance.integers(32, 127)
        try:
            sound(parse(zipped(entries | {part: bytes(damaged)}), "a"))
        except LoadError as error:
            assert_refusal(error)
