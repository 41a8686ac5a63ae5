"""A conversation taken along as Word, Markdown and a page to print: what was written stays text, sources are named."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import docx
import pytest
from door_parts import api, client, filled
from fastapi.testclient import TestClient
from lxml import html

from corpus.document import Header
from index.store import Store
from rag.answer import Answer, Citation
from rag.memory import Conversation, Remembered
from ui.auth import Keys
from ui.export_docx import word
from ui.export_words import markdown, page
from ui.transcript import Transcript, transcript

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
EVIL = (
    "<script>alert(1)</script> ![a](http://xau.vn/a.png) [b](javascript:1)\n# h\n- x\n1. y\n> z | `q` **đ**"
    "\x0b\ufffe\u202e"
)
QUOTE = "2 xã (Lạc Lâm, Quảng Lập) thực hiện đạt nông thôn mới kiểu mẫu"
OFFICE = "Ban Dân vận Huyện ủy Đơn Dương"
BASIS = f"Căn cứ Công văn số 118-CV/BDVHU ngày 11/10/2019 của {OFFICE} về việc thực hiện kết luận"
HEADER = Header("T", "Công văn", "118-CV/BDVHU", date(2019, 10, 11), OFFICE, "Thực hiện kết luận")


def cited(marker: int, quote: str, page: int | None = None) -> Citation:
    named = ("118.txt", "T", "118-CV/BDVHU", date(2019, 10, 11), OFFICE, "II. Phương hướng", page)
    return Citation(marker, "d1", *named, quote, 0, len(quote))


def turn(question: str, text: str, *citations: Citation, withdrawn: tuple[int, ...] = ()) -> Remembered:
    reason = None if citations else "not_in_documents"
    answer = Answer(
        "a", question, "xã nào kiểu mẫu", text, not citations, reason, 0.9, "extractive", citations, (), {}, ("Đã cũ.",)
    )
    return Remembered(answer, NOW, None, withdrawn)


@pytest.fixture
def taken() -> Transcript:
    turns = [
        turn("xa nao kieu mau", "Hai xã [1]\n- Lạc Lâm [2]", cited(1, QUOTE, 3), cited(2, EVIL), withdrawn=(3,)),
        turn(EVIL, "Văn bản trong kho không nói đến."),
    ]
    return transcript(Conversation("c", EVIL, NOW, NOW, 2), turns, lambda id: {"d1": HEADER}.get(id), NOW)


def test_word_holds_questions_answers_quotes_official_lines_and_refusals(taken: Transcript) -> None:
    document = docx.Document(io.BytesIO(word(taken)))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[1].startswith(f"Xuất lúc {NOW.astimezone():%H:%M} ngày 22/11/2026. 2 câu hỏi, trong đó 1 câu chưa")
    start = lines.index("1. xa nao kieu mau")
    assert lines[start + 2 : start + 8] == [
        "Đã hiểu: xã nào kiểu mẫu",
        "Hai xã [1]",
        "- Lạc Lâm [2]",
        "Đã cũ.",
        "Văn bản của trích dẫn [3] không còn trong kho.",
        f"[1] {BASIS} (II. Phương hướng, trang 3, tệp 118.txt):",
    ]
    assert lines[start + 8] == f"“{QUOTE}”"
    assert lines[-2] == "Những câu chưa trả lời được"
    assert lines[-1].startswith("<script>alert(1)</script> ![a](http://xau.vn/a.png)")
    assert lines[-1].endswith(": văn bản trong kho không nói đến.")
    assert not document.part.rels.keys() & {"hyperlink"}


def test_markdown_keeps_every_sign_a_sign(taken: Transcript) -> None:
    text = markdown(taken)
    assert f"**\\[1\\]** {BASIS} (II. Phương hướng, trang 3, tệp 118.txt):\n\n> “{QUOTE}”" in text
    assert re.findall(r"(?<!\\)[<`\[|]|(?<!\\)!(?=\\?\[)|http:|\*\*đ", text) == []
    headings = [line for line in text.split("\n") if line.startswith("#")]
    assert [heading[:4] for heading in headings] == ["# \\<", "## 1", "## 2", "## N"]
    assert not [line for line in text.split("\n") if re.match(r"(?:> )?(?:[-+] x|1\. |> z|# h)", line)]


def test_the_page_to_print_holds_text_alone(taken: Transcript) -> None:
    tree = html.document_fromstring(page(taken))
    allowed = "html head meta title style body h1 h2 p ul li b blockquote"
    assert {element.tag for element in tree.iter()} <= set(allowed.split())
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith(("on", "href", "src"))]
    assert f"“{QUOTE}”" in [element.text for element in tree.iter("blockquote")]
    assert "@media print" in tree.findtext(".//style")
    assert "<script>alert(1)</script>" in tree.text_content()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = filled(tmp_path_factory.mktemp("store"))
    yield store
    store.close()


def test_the_owner_alone_takes_it_along(store: Store) -> None:
    keys, app = Keys(store.database), api(store)
    owner, other = (client(app, keys.create(name, "reader")[1]) for name in ("chủ", "khác"))
    owner.post("/v1/ask", json={"question": "Xã nào?", "conversation_id": "c1"})
    for format, kind in {"docx": "application/vnd.openxml", "md": "text/markdown", "html": "text/html"}.items():
        response = owner.get(f"/v1/conversations/c1/export?format={format}")
        assert response.headers["content-type"].startswith(kind)
        assert f'.{format}"' in response.headers["content-disposition"]
    assert "Xã nào?" in owner.get("/v1/conversations/c1/export?format=md").text
    assert _refusal(other, "c1") == _refusal(other, "none") == (404, "conversation_not_found")
    assert owner.get("/v1/conversations/c1/export?format=exe").status_code == 422


def _refusal(caller: TestClient, id: str) -> tuple[int, str]:
    response = caller.get(f"/v1/conversations/{id}/export")
    return response.status_code, response.json()["code"]
