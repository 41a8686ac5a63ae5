"""Small files of every kind, made in the test that reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage

import docx
import openpyxl
import pypdfium2 as pdfium

REPORT = [
    ["Báo cáo công tác 1", "HUYỆN ỦY LÂM HÀ", "Số 05-BC/HU", "Lâm Hà, ngày 5 tháng 12 năm 2023", "BÁO CÁO",
     "Kết quả năm 2023",
     "Năm 2023, huyện đã giải quyết 40.766 hồ sơ, trong đó đúng hạn 40.363 hồ sơ, đạt tỷ",
     "lệ 99%. Các xã, thị trấn tiếp tục thực hiện cơ chế một cửa, một cửa liên thông, một",
     "cửa điện tử với 100% thủ tục."],
    ["Báo cáo công tác 2",
     "1. Công tác tuyên truyền được các cấp ủy, chính quyền quan tâm lãnh đạo, chỉ đạo thực",
     "hiện, trọng tâm là Nghị quyết số 25-NQ/TW và các văn bản của Trung ương, của Tỉnh ủy về công tác của"],
    ["Báo cáo công tác 3", "Mặt trận Tổ quốc."],
]  # fmt: skip


Placed = tuple[float, float, str]  # left, bottom, text


def make_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A line under the other on each page."""
    return make_placed_pdf([[(40, 800 - 14 * number, line) for number, line in enumerate(page)] for page in pages])


def make_placed_pdf(pages: Sequence[Sequence[Placed]], drawn: str = "", matrix: str = "1 0 0 1 0 0") -> bytes:
    """A small PDF by hand: one font without outlines whose ToUnicode table carries the Vietnamese letters.

    `drawn` are operators for the lines of each page; `matrix` moves and turns text and lines.
    """
    letters = sorted({letter for page in pages for _, _, line in page for letter in line})
    code = {letter: index + 1 for index, letter in enumerate(letters)}
    table = "\n".join(f"<{code[letter]:04x}> <{letter.encode('utf-16-be').hex()}>" for letter in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{len(letters)} beginbfchar\n{table}\n"
        "endbfchar\nendcmap end end"
    )
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>",
        stream_of(cmap),
    ]
    for number, page in enumerate(pages):
        shown = " ".join(
            f"BT /F 10 Tf {left} {bottom} Td <{''.join(f'{code[letter]:04x}' for letter in line)}> Tj ET"
            for left, bottom, line in page
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects.append(stream_of(f"q {matrix} cm {drawn} {shown} Q"))
    return assembled(objects)


def stream_of(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def assembled(objects: Sequence[str], encoding: str = "ascii") -> bytes:
    body, offsets = "%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    rows = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{rows}"
    tail = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + table + tail).encode(encoding)


def make_docx(build: Callable[[docx.document.Document], None]) -> bytes:
    document, stream = docx.Document(), io.BytesIO()
    build(document)
    document.save(stream)
    return stream.getvalue()


def make_xlsx(rows: Sequence[Sequence[object]], sheet: str = "Xã") -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    book.save(stream)
    return stream.getvalue()


def make_scan() -> bytes:
    """An image of printed words as the only thing on a PDF page."""
    source = assembled([
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 120] /Contents 4 0 R "
        "/Resources << /Font << /F 5 0 R >> >> >>",
        stream_of("BT /F 24 Tf 20 60 Td (HUYEN UY DON DUONG) Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ])  # fmt: skip
    page = pdfium.PdfDocument(source)[0]
    scan = pdfium.PdfDocument.new()
    image = pdfium.PdfImage.new(scan)
    image.set_bitmap(page.render(scale=4))
    image.set_matrix(pdfium.PdfMatrix().scale(400, 120))
    target = scan.new_page(400, 120)
    target.insert_obj(image)
    target.gen_content()
    stream = io.BytesIO()
    scan.save(stream)
    return stream.getvalue()


def zipped(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


A, P, R = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://schemas.openxmlformats.org/presentationml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)


def shape(text: str, kind: str = "body") -> str:
    words = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n"))
    return f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:txBody>{words}</p:txBody></p:sp>'


def slide(*shapes: str) -> bytes:
    tree = f"<p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld>"
    return f'<p:sld xmlns:a="{A}" xmlns:p="{P}">{tree}</p:sld>'.encode()


def links(*targets: str) -> bytes:
    found = "".join(f'<y Id="r{number}" Target="{target}"/>' for number, target in enumerate(targets, 1))
    return f"<x>{found}</x>".encode()


def row(*texts: str) -> str:
    cells = "".join(f"<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>" for text in texts)
    return f"<a:tr>{cells}</a:tr>"


def make_pptx() -> bytes:
    rows = row("Xã", "Số hộ") + row("Pró", "5")
    table = f'<p:graphicFrame><a:tbl><a:tblPr firstRow="1"/>{rows}</a:tbl></p:graphicFrame>'
    order = '<p:sldIdLst><p:sldId r:id="r2"/><p:sldId r:id="r1"/></p:sldIdLst>'
    return zipped(
        {
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{R}">{order}</p:presentation>'.encode(),
            "ppt/_rels/presentation.xml.rels": links("slides/slide1.xml", "slides/slide2.xml"),
            "ppt/slides/slide1.xml": slide(shape("Hộ nghèo", "title"), table, shape("2", "sldNum")),
            "ppt/slides/slide2.xml": slide(shape("Báo cáo năm 2023", "title"), shape("Mở đầu\nNội dung")),
            "ppt/slides/_rels/slide2.xml.rels": links("../notesSlides/notesSlide1.xml"),
            "ppt/notesSlides/notesSlide1.xml": slide(shape("Nói thêm về cách làm"), shape("1", "sldNum")),
        }
    )


def make_mail() -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "Mời họp ngày 12/3"
    mail["From"] = "Văn phòng <vp@example.vn>"
    mail["To"] = "xa.pro@example.vn"
    mail["Date"] = "Tue, 12 Mar 2024 08:00:00 +0700"
    mail.set_content("Kính mời các đồng chí dự họp.\nTrân trọng.")
    return mail
