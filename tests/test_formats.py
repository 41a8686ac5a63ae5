"""Slides, mails, saved pages, files of older programs, and text written for fonts of before Unicode."""

from __future__ import annotations

import shutil
import subprocess
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from file_parts import REPORT, make_docx, make_mail, make_pdf, make_pptx, zipped

from corpus.formats import office
from corpus.formats.legacy import recognise
from corpus.load import LoadError, open_file, parse

LETTER = (
    "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\nSố: 12/QĐ-UBND\nLâm Đồng, ngày 05 tháng 3 năm 2004\n\nQUYẾT ĐỊNH\n"
    "Về việc giao chỉ tiêu kế hoạch năm 2004\n\n"
    "Căn cứ Nghị định của Chính phủ về việc thực hiện dân chủ ở xã, các cơ quan và người dân đã được biết."
)

# PPTX


def test_pptx_slides_are_pages() -> None:
    document = parse(make_pptx(), "a.pptx")
    assert document.text.split("\n") == [
        "Báo cáo năm 2023",
        "",
        "Mở đầu",
        "Nội dung",
        "",
        "Nói thêm về cách làm",
        "Hộ nghèo",
        "",
        "Xã | Số hộ",
        "Xã: Pró | Số hộ: 5",
    ]
    assert [document.page_at(document.text.index(word)) for word in ("Mở đầu", "Pró")] == [1, 2]


@pytest.mark.parametrize("part", ["ppt/presentation.xml", "ppt/slides/slide1.xml"])
def test_a_broken_presentation_is_refused(part: str) -> None:
    with pytest.raises(LoadError) as caught:
        parse(zipped({"ppt/presentation.xml": b"<a/>", part: b"<a"}), "a.pptx")
    assert caught.value.code == "broken_file"


# Mail


def test_mail_with_attachments() -> None:
    mail = make_mail()
    mail.add_alternative("<p>Kính mời</p>", subtype="html")
    mail.add_attachment(make_pdf(REPORT), maintype="application", subtype="pdf", filename="báo cáo.pdf")
    mail.add_attachment("Ghi chú riêng", filename="ghi.txt")
    opened = open_file(mail.as_bytes(), "thư.eml")
    assert opened.document is not None
    assert opened.document.text.split("\n") == [
        "Mời họp ngày 12/3",
        "",
        "Từ: Văn phòng <vp@example.vn>",
        "Đến: xa.pro@example.vn",
        "Ngày gửi: Tue, 12 Mar 2024 08:00:00 +0700",
        "",
        "Kính mời các đồng chí dự họp.",
        "Trân trọng.",
    ]
    assert "báo cáo.pdf, ghi.txt" in opened.document.notes[0]
    assert [entry.file for entry in opened.entries] == ["báo cáo.pdf", "ghi.txt"]
    assert opened.entries[0].content == make_pdf(REPORT)


def test_mail_in_html_alone() -> None:
    mail = make_mail()
    mail.set_content("<html><body><p>Kính mời</p><p>dự họp</p></body></html>", subtype="html")
    assert parse(mail.as_bytes(), "thư.eml").text.endswith("\n\nKính mời\n\ndự họp")


def test_a_page_saved_as_mhtml() -> None:
    page = EmailMessage()
    page["Subject"] = "Cổng thông tin"
    page.set_content("<html><body><h1>Huyện họp</h1><p>Nội dung tin.</p></body></html>", subtype="html")
    page.add_related(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    opened = open_file(page.as_bytes(), "trang.mht")
    assert opened.document is not None
    assert opened.document.text == "Huyện họp\n\nNội dung tin."
    assert (opened.document.media_type, opened.entries) == ("multipart/related", ())


def test_plain_text_that_speaks_of_mail_is_no_mail() -> None:
    text = "From: Lan\nTo: Huệ\n\nChào em."
    assert parse(text.encode(), "a.txt").text == text


# Fonts of before Unicode: what an editor of that time wrote, byte by byte

TCVN3 = (
    "Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc. "
    "NghÞ \xaeÞnh cña ChÝnh phñ vÒ viÖc thùc hiÖn "
    "d\xa9n chñ ë x\xb7, c\xb8c c\xac quan vµ ng\xadêi d\xa9n \xae\xb7 \xae\xadîc biÕt."
)
VNI = (
    "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc. "
    "Nghò ñònh cuûa Chính phuû veà vieäc thöïc hieän "
    "daân chuû ôû xaõ, caùc cô quan vaø ngöôøi daân ñaõ ñöôïc bieát."
)
WORDS = "Nghị định của Chính phủ về việc thực hiện dân chủ ở xã, các cơ quan và người dân đã được biết."


@pytest.mark.parametrize(("written", "name"), [(TCVN3, "TCVN3 (ABC)"), (VNI, "VNI")], ids=["tcvn3", "vni"])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_text_for_old_fonts_is_converted_and_told(written: str, name: str, encoding: str) -> None:
    document = parse(written.encode(encoding), "a.txt")
    assert document.text.endswith(f"chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc. {WORDS}")
    assert document.notes == (f"Tệp dùng bảng mã cũ {name}, đã chuyển sang Unicode; bản gốc được giữ nguyên.",)


def test_a_font_for_capitals_has_the_codes_of_small_letters() -> None:
    document = parse(f"QUYÕT §ÞNH\n{TCVN3}".encode("latin-1"), "a.txt")
    assert document.text.startswith("QUYẾT ĐỊNH\n")


def test_a_line_that_is_unicode_already_stays() -> None:
    def build(document: docx.document.Document) -> None:
        document.add_paragraph(TCVN3)
        document.add_paragraph("Xã Đạ Ròn đã được công nhận ngày 5/3.")

    assert parse(make_docx(build), "a.docx").text.endswith(f"{WORDS}\nXã Đạ Ròn đã được công nhận ngày 5/3.")


@pytest.mark.parametrize("text", [LETTER, "Café, naïve, Köln, garçon, São Paulo, und für größere Städte", "abc", ""])
def test_other_text_is_left_alone(text: str) -> None:
    assert recognise(text) is None


# Older programs


def test_without_libreoffice_an_old_file_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    word = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504 + "WordDocument".encode("utf-16-le")
    for content in (word, b"{\\rtf1 abc}"):
        with pytest.raises(LoadError, match="LibreOffice") as caught:
            parse(content, "a.doc")
        assert caught.value.code == "office_missing"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("suffix", "media_type"), [("doc", "application/msword"), ("rtf", "application/rtf")])
def test_old_files_through_libreoffice(tmp_path: Path, suffix: str, media_type: str) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(make_docx(lambda document: document.add_paragraph("Báo cáo năm 2023")))
    options = [f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", suffix]
    subprocess.run(["soffice", *options, "--outdir", tmp_path, source], check=True, capture_output=True, timeout=100)
    document = parse((tmp_path / f"a.{suffix}").read_bytes(), f"a.{suffix}")
    assert (document.text, document.media_type) == ("Báo cáo năm 2023", media_type)


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE html [<!ENTITY b SYSTEM "file:///etc/passwd">]><html><body><p>&b;</p></body></html>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_markup_that_declares_entities_is_refused(content: str, encoding: str) -> None:
    with pytest.raises(LoadError, match="DTD") as refused:
        parse(content.encode(encoding), "a.xml")
    assert refused.value.code == "unsafe_xml"
    plain = content.replace(content[content.index(" [") : content.index("]>") + 1], "").replace("&b;", "Xã họp.")
    assert "Xã họp." in parse(plain.encode(encoding), "a.html").text
