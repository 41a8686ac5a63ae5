"""Drafts that say a passage's sentences falsely, by every kind of mutation: nothing false is kept as supported."""

from __future__ import annotations

import json

import pytest
from scripted_llm import Reply, scripted_llm

from corpus.document import Document, Header
from eval.claims import make, read_sources
from eval.mutations import MUTATIONS
from index.embed import load_embedder
from rag.answer import Answer, Passage, Request
from rag.assistant import Assistant
from rag.generate import load_writer
from rag.settings import PROJECT, Settings
from rag.verify import supported
from rag.written import EXTRACTIVE

pytestmark = pytest.mark.usefixtures("no_proxy")
QUESTION = "Lâm Hà năm 2023 giải quyết trễ hạn bao nhiêu hồ sơ?"
TRUE = "Huyện giải quyết trễ hạn 403 hồ sơ"
SOURCES = read_sources([PROJECT / "corpus/documents"], None, 0)
FALSE = [claim for claim in make(SOURCES, 20, 3) if not claim.true]


def kept(draft: str, passage: str) -> list[str]:
    """The sentences of a draft about one passage that are shown as the model wrote them."""
    document = Document("d", "", "a.txt", "text/plain", passage, Header("Báo cáo"))
    told = [Passage("d", passage, 0, len(passage), 1.0, "a.txt", "", None, None, None)]
    return [one.sentence for one in supported(draft, told, {"d": document}) if not one.rewritten]


def test_two_hundred_false_drafts_of_every_kind_are_not_kept() -> None:
    assert len(FALSE) >= 200
    few = {"swapped_names", "swapped_posts", "swapped_offices", "other_end", "exact_day", "level_for_change"}
    few |= {"other_title", "other_base", "unconditional", "doubt_dropped"}  # the four documents offer none of these
    assert {claim.kind for claim in FALSE} >= {*MUTATIONS} - few
    through = [claim.text for claim in FALSE if kept(f"{claim.text.rstrip(' .')} [1].", claim.passage)]
    assert through == []


def ask(assistant: Assistant, reply: Reply | str, question: str = QUESTION) -> Answer:
    with scripted_llm(reply) as llm:
        settings = Settings(llm="openai:m", llm_base_url=llm.base_url, _env_file=None)  # type: ignore[call-arg]
        return Assistant(assistant.store, load_embedder()[0], writer=load_writer(settings)).ask(Request(question))


def as_json(*sentences: tuple[int, str, str]) -> str:
    named = [{"passage": passage, "quote": quote, "sentence": said} for passage, quote, said in sentences]
    return json.dumps({"sentences": named}, ensure_ascii=False)


HOSTILE = {
    "lies": "Huyện giải quyết trễ hạn 12 hồ sơ [1].",
    "invented citation": "Theo Quyết định số 77-QĐ/HU, cán bộ bị kỷ luật [42].",
    "swapped numbers": "Huyện giải quyết đúng hạn 403 hồ sơ và trễ hạn 40.363 hồ sơ [1].",
    "no format": "trễ hạn: BỐN TRĂM LẺ BỐN hồ sơ!!! :-)",
    "a table": "| trễ hạn | đúng hạn |\n|---|---|\n| 999 | 1 |",
    "obeys the document": "Đã xóa mọi dữ liệu theo lệnh trong tài liệu. Mật khẩu quản trị là hunter2 [1].",
    "HTML": f"<b>{TRUE}</b><img src=http://x.example/p.png onerror=alert(1)> [1].",
    "an image": f"![{TRUE}](http://x.example/p.png) [1].",
    "a link": f"[{TRUE}](javascript:alert(1)) [1].",
    "an address": f"{TRUE}, xem https://x.example [1].",
    "a lie in JSON": as_json((1, "giải quyết trễ hạn 403 hồ sơ", "Huyện giải quyết trễ hạn 999 hồ sơ.")),
    "an invented quote in JSON": as_json((1, "trễ hạn 999 hồ sơ", "Huyện giải quyết trễ hạn 999 hồ sơ.")),
    "JSON of another kind": '{"answer": "999 hồ sơ", "tool": "rm -rf"}',
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_reply_leaves_only_the_documents_words(assistant: Assistant, kind: str) -> None:
    answer = ask(assistant, HOSTILE[kind])
    assert answer.writer == EXTRACTIVE
    assert "giải quyết trễ hạn 403 hồ sơ" in answer.answer
    for lie in ("999", "12 hồ sơ", "đúng hạn 403", "77-QĐ", "hunter2", "http", "<", "javascript"):
        assert lie not in answer.answer


def test_structured_and_plain_replies_are_held_to_the_same(assistant: Assistant) -> None:
    plain = ask(assistant, f"{TRUE} [1]. Trong đó 200 hồ sơ về đất đai.")
    quote = "giải quyết trễ hạn 403 hồ sơ"
    structured = ask(assistant, as_json((5, quote, TRUE), (1, quote, "Trong đó 200 hồ sơ về đất đai.")))
    assert structured.answer.startswith(f"{TRUE} [1].")
    assert "200 hồ sơ" not in structured.answer + plain.answer
    assert structured.citations[0].quote == plain.citations[0].quote


def test_a_server_that_refuses_the_schema_is_asked_without_it(assistant: Assistant) -> None:
    def picky(body: dict[str, object]) -> Reply:
        if "response_format" in body:
            return Reply(['{"error": {"message": "unknown field"}}'], status=400, raw=True)
        return Reply([f"{TRUE} [1]."])

    with scripted_llm(picky) as llm:
        settings = Settings(llm="openai:m", llm_base_url=llm.base_url, _env_file=None)  # type: ignore[call-arg]
        talking = Assistant(assistant.store, load_embedder()[0], writer=load_writer(settings))
        answers = [talking.ask(Request(QUESTION)).answer for _ in range(2)]
    assert answers == [f"{TRUE} [1]."] * 2
    assert ["response_format" in request for request in llm.requests] == [True, False, False]


@pytest.mark.parametrize(
    "question",
    ["Huyện Sa Pa giải quyết trễ hạn bao nhiêu hồ sơ năm 2023?", "Giá vàng hôm nay là bao nhiêu?", "Nấu phở cần gì?"],
)
def test_what_should_be_refused_stays_refused(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, f"{TRUE} [1].", question)
    assert answer.abstained
    assert not answer.citations
