"""A conversation as a Word document, in the face and size of office letters."""

from __future__ import annotations

import io

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from ui.transcript import Entry, Source, Transcript, clock

FACE, SIZE = "Times New Roman", 13  # Nghị định 30/2020/NĐ-CP, Phụ lục I
MARGINS = (2.0, 2.0, 3.0, 2.0)  # centimetres: top, bottom, left, right, of the same
GRAY = RGBColor(0x55, 0x55, 0x55)


def word(transcript: Transcript) -> bytes:
    """The bytes of a .docx file."""
    document = docx.Document()
    _dress(document, transcript)
    _add(document, transcript.title, "Title")
    _add(document, transcript.summary, small=True)
    for entry in transcript.entries:
        _entry(document, entry)
    if transcript.refused:
        _add(document, "Những câu chưa trả lời được", "Heading 1")
        for refused in transcript.refused:
            _add(document, f"{refused.question}: {refused.refusal}.", "List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _dress(document: Document, transcript: Transcript) -> None:
    """Face, size, margins, page numbers, and what the file says of itself."""
    for name in ("Normal", "Title", "Heading 1"):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.name, style.font.size = FACE, Pt(SIZE)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # they would win over the name
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), FACE)
    document.styles["Title"].font.size = Pt(16)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Cm, MARGINS)
    _number_pages(section.footer.paragraphs[0])
    about = document.core_properties
    about.title, about.author, about.language, about.comments = transcript.title[:250], "Hỏi", "vi-VN", ""
    about.created = about.modified = transcript.made_at.replace(tzinfo=None)


def _number_pages(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _entry(document: Document, entry: Entry) -> None:
    _add(document, f"{entry.number}. {entry.question}", "Heading 1")
    _add(document, f"Hỏi lúc {clock(entry.at)}", small=True)
    if entry.understood:
        _add(document, f"Đã hiểu: {entry.understood}", small=True)
    for line in filter(str.strip, entry.answer.split("\n")):
        _add(document, line)
    for remark in (*([f"Chưa trả lời được: {entry.refusal}."] if entry.refusal else []), *entry.remarks):
        _add(document, remark, small=True)
    for source in entry.sources:
        _source(document, source)


def _source(document: Document, source: Source) -> None:
    line = _add(document, f"[{source.marker}] {source.basis} ({source.place}):", small=True)
    line.paragraph_format.keep_with_next = True
    quote = _add(document, f"“{source.quote}”")
    quote.paragraph_format.left_indent = Cm(1)
    for run in quote.runs:
        run.italic = True


def _add(document: Document, text: str, style: str = "Normal", *, small: bool = False) -> Paragraph:
    paragraph = document.add_paragraph(style=style)
    run = paragraph.add_run(text)
    if small:
        run.font.size, run.font.color.rgb = Pt(11), GRAY
    return paragraph
