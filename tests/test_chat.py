"""The chat page without a browser: what turns, readings and labels hold, and what errors look like."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import ui
from ui.client import Client
from ui.schemas import Answer, Citation
from ui.schemas_documents import Document
from ui.talk import session
from ui.talk.reader import paragraphs
from ui.talk.session import Reading
from ui.talk.text import label

SCRIPT = Path(ui.__file__).with_name("chat.py")
Handler = Callable[[httpx.Request], httpx.Response]
DOCUMENT = Document(
    id="d1",
    file="118.txt",
    title="Thực hiện kết luận",
    kind="Công văn",
    number="118-CV/BDVHU",
    issued_on=date(2019, 10, 11),
    issuer="Ban Dân vận Huyện ủy Đơn Dương",
    subject="Thực hiện kết luận",
    signer=None,
    place="huyện Đơn Dương, tỉnh Lâm Đồng",
    pages=None,
    passages=3,
    added_at="2026-11-21T10:00:00Z",
)
TEXT = "I. Kết quả\nHai xã đạt.\nBốn xã chưa đạt."
CITATION = Citation(
    marker=1,
    document_id="d1",
    file="118.txt",
    title="Thực hiện kết luận",
    number="118-CV/BDVHU",
    issued_on=date(2019, 10, 11),
    issuer="Ban Dân vận Huyện ủy Đơn Dương",
    section="I. Kết quả",
    page=None,
    quote="Hai xã đạt.",
    start=11,
    end=22,
    url="/v1/documents/d1/text#11-22",
)
ANSWER = Answer(
    id="a1",
    question="may xa dat",
    understood="mấy xã đạt",
    answer="Hai xã đạt. [1] Xem [9].",
    abstained=False,
    reason=None,
    confidence=0.9,
    writer="extractive",
    citations=[CITATION],
    passages=[],
    timings_ms={},
)
EXPLAINED = {
    **{"document_id": "d1", "text": TEXT, "start": 0, "end": len(TEXT), "score": 1.0},
    **{"number": None, "title": "Thực hiện kết luận", "section": None},
    "explain": {
        "understood": "mấy xã đạt",
        "changes": [{"typed": "may xa dat", "read": "mấy xã đạt"}],
        "also": [],
        "matched": [{"words": "xã đạt", "exact": True}],
        "missing": [],
        "parts": [{"name": "lexical", "label": "từ khóa (BM25)", "value": 2.5}],
    },
}
BUSY = {
    "type": "urn:hoi:problem:busy",
    "title": "Máy chủ đang bận",
    "status": 503,
    "detail": "Máy chủ đang bận, hãy hỏi lại sau ít giây.",
    "code": "busy",
    "request_id": "r",
}


def streamed(*events: tuple[str, str]) -> httpx.Response:
    return httpx.Response(200, text="".join(f"event: {name}\ndata: {data}\n\n" for name, data in events))


def answering(request: httpx.Request) -> httpx.Response:
    """The API in ten lines: one document, one answer."""
    routes = {
        "/v1/me": {"name": "máy này", "role": "admin", "keys_demanded": False},
        "/v1/suggestions": {"questions": ["![x](http://xau.vn/a.png) Mấy xã đạt?"]},
        "/v1/documents": {"documents": [DOCUMENT.model_dump(mode="json")]},
        "/v1/documents/d1": DOCUMENT.model_dump(mode="json"),
        "/v1/conversations": {"conversations": []},
        "/v1/facets": {"kinds": [], "issuers": [], "places": [], "years": [], "found": []},
    }
    if request.url.path == "/v1/search":
        return httpx.Response(200, json={"passages": [EXPLAINED]})
    if request.url.path == "/v1/ask/stream":
        return streamed(
            ("sources", '{"passages": []}'),
            ("token", '{"text": "Hai"}'),
            ("answer", ANSWER.model_dump_json()),
        )
    if request.url.path == "/v1/documents/d1/text":
        return httpx.Response(200, text=TEXT)
    return httpx.Response(200, json=routes.get(request.url.path, {}))


def busy(request: httpx.Request) -> httpx.Response:
    return httpx.Response(503, json=BUSY) if request.url.path == "/v1/ask/stream" else answering(request)


def broken(request: httpx.Request) -> httpx.Response:
    """An error in the middle of the stream."""
    if request.url.path != "/v1/ask/stream":
        return answering(request)
    return streamed(("token", '{"text": "Hai"}'), ("error", json.dumps(BUSY)))


def unreachable(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


def locked(request: httpx.Request) -> httpx.Response:
    if request.headers.get("authorization") == "Bearer hoi_dung":
        return answering(request)
    return httpx.Response(401, json=BUSY | {"status": 401, "code": "unauthorized", "detail": "Cần một khóa API."})


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Handler], AppTest]]:
    """The page over an API that is a function."""
    st.cache_resource.clear()

    def open_page(handler: Handler) -> AppTest:
        transport = httpx.MockTransport(handler)
        monkeypatch.setattr(session, "_connected", lambda url, key: Client("http://api", key, transport))
        return AppTest.from_file(str(SCRIPT), default_timeout=20).run()

    yield open_page
    st.cache_resource.clear()


def shown(page: AppTest) -> str:
    """All HTML of the page."""
    return "\n".join(element.proto.body for element in page.get("html"))


def drawn(page: AppTest) -> dict[str, Any]:
    """What the last answer's component is given."""
    given = [json.loads(each.proto.json) for each in page.get("bidi_component") if each.proto.json]
    return next(each for each in reversed(given) if "parts" in each)


def test_a_label_keeps_markdown_signs_as_signs() -> None:
    assert label("![a](http://b.vn) *c*") == r"\!\[a\]\(http\:\/\/b\.vn\) \*c\*"


def test_a_long_label_is_cut_to_one_line() -> None:
    assert label("một\nhai ba", 7) == "một ha…"


def test_the_quote_is_marked_in_its_line() -> None:
    lines = paragraphs(TEXT, 0, len(TEXT), 11, 22)
    assert [line.parts for line in lines] == [
        [("I. Kết quả", False)],
        [("Hai xã đạt.", True)],
        [("Bốn xã chưa đạt.", False)],
    ]
    assert [line.heading for line in lines] == [True, False, False]


def test_a_quote_across_lines_is_marked_in_both() -> None:
    lines = paragraphs(TEXT, 0, len(TEXT), 18, 30)  # "đạt.\nBốn xã"
    assert lines[1].parts == [("Hai xã ", False), ("đạt.", True)]
    assert lines[2].parts == [("Bốn xã ", True), ("chưa đạt.", False)]


def test_offsets_hold_in_a_window_and_beyond_the_basic_plane() -> None:
    text = "😀😀\nxin chào"  # "chào" is text[7:11] in code points
    assert paragraphs(text, 3, len(text), 7, 11)[0].parts == [("xin ", False), ("chào", True)]


def test_the_page_starts_with_questions_of_the_corpus(opened: Callable[[Handler], AppTest]) -> None:
    page = opened(answering)
    assert page.button(key="suggestion-0").label == label("![x](http://xau.vn/a.png) Mấy xã đạt?")
    assert page.chat_input[0].placeholder == "Hỏi về các văn bản…"
    assert not page.exception


def test_an_answer_has_chips_only_for_its_citations(opened: Callable[[Handler], AppTest]) -> None:
    page = opened(answering).chat_input[0].set_value("may xa dat").run()
    view = drawn(page)
    assert [(part["text"], part["source"]) for part in view["parts"]] == [
        ("Hai xã đạt.", ""),
        ("1", "c1"),
        (" Xem [9].", ""),
    ]
    assert view["understood"] == "mấy xã đạt"
    assert view["sources"][0]["title"] == "Công văn 118-CV/BDVHU"
    assert view["sources"][0]["meta"] == "11/10/2019 · I. Kết quả"
    assert not page.exception


def test_the_reading_view_tells_why_its_passage_came(opened: Callable[[Handler], AppTest]) -> None:
    page = opened(answering).chat_input[0].set_value("may xa dat").run()
    page.session_state.hoi.read(Reading("d1", 11, 22, source="0:c1"))
    page.run()
    (expander,) = page.expander
    assert expander.label == "Vì sao có đoạn này"
    assert "Đọc lại: “may xa dat” → “mấy xã đạt”" in shown(page)
    assert "Khớp: “xã đạt”" in shown(page)
    assert not page.exception


def test_a_question_is_shown_as_typed(opened: Callable[[Handler], AppTest]) -> None:
    page = opened(answering).chat_input[0].set_value("<img src=x onerror=alert(1)> ![](http://xau.vn)").run()
    assert "&lt;img src=x onerror=alert(1)&gt; ![](http://xau.vn)" in shown(page)
    assert "<img" not in shown(page)


@pytest.mark.parametrize("handler", [busy, broken])
def test_an_error_is_a_line_and_the_question_stays(handler: Handler, opened: Callable[[Handler], AppTest]) -> None:
    page = opened(handler).chat_input[0].set_value("mấy xã đạt").run()
    assert "Máy chủ đang bận, hãy hỏi lại sau ít giây." in shown(page)
    assert "mấy xã đạt" in shown(page)
    assert page.button(key="again-0").label == "Hỏi lại"
    assert not page.exception


def test_asking_again_after_an_error(opened: Callable[[Handler], AppTest]) -> None:
    calls: list[str] = []

    def second_time(request: httpx.Request) -> httpx.Response:
        calls.append(request.url.path)
        return busy(request) if calls.count("/v1/ask/stream") == 1 else answering(request)

    page = opened(second_time).chat_input[0].set_value("may xa dat").run()
    page = page.button(key="again-0").click().run()
    assert calls.count("/v1/ask/stream") == 2
    assert "Máy chủ đang bận" not in shown(page)
    assert drawn(page)["understood"] == "mấy xã đạt"


def test_a_stopped_question_waits_while_another_is_asked(opened: Callable[[Handler], AppTest]) -> None:
    asked: list[str] = []

    def listening(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/ask/stream":
            asked.append(json.loads(request.content)["question"])
        return answering(request)

    page = opened(listening)
    page.session_state["hoi"].turns.append(session.Turn("câu bị dừng"))
    page = page.chat_input[0].set_value("may xa dat").run()
    assert asked == ["may xa dat"]
    assert "Câu hỏi này chưa được trả lời trọn vẹn." in shown(page)
    page.button(key="again-0").click().run()
    assert asked == ["may xa dat", "câu bị dừng"]


def test_a_long_conversation_shows_its_end_first(opened: Callable[[Handler], AppTest]) -> None:
    page = opened(answering)
    page.session_state["hoi"].turns.extend(session.Turn(f"câu {n}", ANSWER) for n in range(18))
    page.run()
    assert len(page.chat_message) == 12  # 6 questions and their answers
    page.button(key="earlier").click().run()
    assert len(page.chat_message) == 36
    page.chat_input[0].set_value("câu 18").run()
    assert len(page.chat_message) == 8  # when one of six leaves, two more go with it


def test_a_server_that_is_down_is_said_in_vietnamese(opened: Callable[[Handler], AppTest]) -> None:
    page = opened(unreachable)
    assert "Chưa nối được với máy chủ" in shown(page)
    assert [button.label for button in page.button] == ["Thử lại"]
    assert not page.exception


def test_a_key_is_asked_for_where_the_server_demands_one(opened: Callable[[Handler], AppTest]) -> None:
    page = opened(locked)
    assert not page.chat_input
    page.text_input[0].set_value("sai")
    page.button[0].click().run()
    assert "Khóa này không đúng" in shown(page)
    page.text_input[0].set_value("hoi_dung")
    page.button[0].click().run()
    assert page.chat_input[0].placeholder == "Hỏi về các văn bản…"
