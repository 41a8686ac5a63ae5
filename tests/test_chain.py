"""LangChain's outward door over the shipped documents: its standard suites, and what they do not ask."""

from __future__ import annotations

import asyncio
import inspect
import itertools
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from langchain_core.runnables import RunnableLambda
from langchain_tests.integration_tests import EmbeddingsIntegrationTests, RetrieversIntegrationTests
from langchain_tests.unit_tests import EmbeddingsUnitTests
from pydantic import ValidationError
from scripted_llm import Reply, scripted_llm

from rag.answer import Filters, QuestionError
from rag.assistant import Assistant, open_assistant
from rag.chain import AnswerChunk, HoiEmbeddings, HoiRetriever, hoi_chain
from rag.settings import Settings

QUESTION = "xã nào phải đạt nông thôn mới kiểu mẫu"
CLAUSE = "2 xã (Lạc Lâm, Quảng Lập) thực hiện đạt nông thôn mới kiểu mẫu"
NUMBER = "118-CV/BDVHU"

for _suite in (RetrieversIntegrationTests, EmbeddingsIntegrationTests):
    for _test in filter(inspect.iscoroutinefunction, vars(_suite).values()):
        pytest.mark.asyncio(_test)  # the suites leave this to a project's configuration


def settings(folder: Path, **more: str) -> Settings:
    return Settings(data=folder, _env_file=None, **more)  # type: ignore[arg-type,call-arg]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hoi")


@pytest.fixture(scope="module")
def assistant(folder: Path) -> Iterator[Assistant]:
    opened = open_assistant(settings(folder))
    yield opened
    opened.store.close()


class TestRetrieverStandard(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _over(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @property
    def retriever_constructor(self) -> type[HoiRetriever]:
        return HoiRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"assistant": self._assistant}

    @property
    def retriever_query_example(self) -> str:
        return QUESTION


class TestEmbeddingsStandard(EmbeddingsUnitTests):
    @property
    def embeddings_class(self) -> type[HoiEmbeddings]:
        return HoiEmbeddings


class TestEmbeddingsWorking(EmbeddingsIntegrationTests):
    @property
    def embeddings_class(self) -> type[HoiEmbeddings]:
        return HoiEmbeddings


def test_a_retrieved_document_names_its_exact_place(assistant: Assistant) -> None:
    found = HoiRetriever(assistant=assistant, k=6).invoke(QUESTION)
    assert len(found) == 6
    for document in found:
        place = document.metadata
        stored = assistant.store.document(place["document_id"])
        assert stored is not None
        assert stored.text[place["start"] : place["end"]] == document.page_content
        assert document.id == f"{place['document_id']}#{place['start']}-{place['end']}"
        assert (place["file"], place["number"]) == (stored.file, stored.header.number)
    scores = [document.metadata["score"] for document in found]
    assert scores == sorted(scores, reverse=True)
    assert any(CLAUSE in document.page_content for document in found[:3])


def test_a_call_may_narrow_the_search(assistant: Assistant) -> None:
    retriever = HoiRetriever(assistant=assistant, k=4)
    others = tuple(each.id for each in assistant.store.documents() if each.header.number != NUMBER)
    kept = retriever.invoke(QUESTION, document_ids=others)
    assert {document.metadata["document_id"] for document in kept} <= set(others)
    only = retriever.invoke("nông thôn mới", filters={"issued_from": "2019-10-11", "issued_to": "2019-10-11"})
    assert {document.metadata["number"] for document in only} == {NUMBER}
    fixed = HoiRetriever(assistant=assistant, filters=Filters(issued_from=date(2019, 10, 11), kind="Công văn"))
    assert {document.metadata["number"] for document in fixed.invoke("nông thôn mới")} == {NUMBER}


@pytest.mark.parametrize(
    "wrong", [{"k": 0}, {"top": 3}, {"filters": {"isuer": "x"}}, {"filters": {"issued_to": "mai"}}]
)
def test_a_misspelt_or_impossible_restriction_is_an_error(assistant: Assistant, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        HoiRetriever(assistant=assistant).invoke(QUESTION, **wrong)


def test_a_question_is_nearer_to_what_it_means() -> None:
    embeddings = HoiEmbeddings()
    asked = embeddings.embed_query("thu nhập bình quân đầu người")
    near, far = embeddings.embed_documents(["Thu nhập của người dân tăng", "Lịch thi đấu bóng đá"])
    similarity = [sum(a * b for a, b in zip(asked, other, strict=True)) for other in (near, far)]
    assert similarity[0] > similarity[1] + 0.1
    assert sum(value * value for value in asked) == pytest.approx(1.0, abs=1e-4)
    assert embeddings.embed_documents([]) == []


def test_the_chain_gives_the_contracts_answer(assistant: Assistant) -> None:
    answer = hoi_chain(assistant).invoke(QUESTION)
    assert set(answer) == {
        *("id", "question", "understood", "answer", "abstained", "reason", "confidence", "writer"),
        *("citations", "passages", "timings_ms", "notices"),
    }
    assert (answer["question"], answer["abstained"], answer["reason"]) == (QUESTION, False, None)
    cited = answer["citations"][0]
    assert set(cited) == {
        *("marker", "document_id", "file", "title", "number", "issued_on", "issuer", "section", "page"),
        *("quote", "start", "end", "url"),
    }
    assert (cited["number"], cited["issued_on"], cited["quote"]) == (NUMBER, "2019-10-11", CLAUSE)
    assert cited["url"] == f"/v1/documents/{cited['document_id']}/text#{cited['start']}-{cited['end']}"
    assert set(answer["passages"][0]) == {"document_id", "text", "start", "end", "score"}
    assert json.loads(json.dumps(answer)) == answer


def test_the_chain_streams_sources_words_and_the_answer(assistant: Assistant) -> None:
    chunks = list(hoi_chain(assistant).stream({"question": QUESTION, "k": 3}))
    first, *words, last = chunks
    assert len(first["passages"]) == 3
    assert len(words) > 1
    assert all(set(word) == {"word"} for word in words)
    assert "".join(word["word"] for word in words).split() == last["answer"].split()
    whole = chunks[0]
    for chunk in chunks[1:]:
        whole = whole + chunk
    assert whole == last
    assert (chunks[0] + words[0] + words[1])["word"] == words[0]["word"] + words[1]["word"]


def test_the_chain_runs_without_blocking_the_loop(assistant: Assistant) -> None:
    async def both() -> tuple[AnswerChunk, list[AnswerChunk]]:
        chain = hoi_chain(assistant)
        return await chain.ainvoke(QUESTION), [chunk async for chunk in chain.astream(QUESTION)]

    answer, chunks = asyncio.run(both())
    assert answer["citations"] == chunks[-1]["citations"]
    assert "passages" in chunks[0]


def test_the_chain_is_a_link_of_longer_ones(assistant: Assistant) -> None:
    quotes = hoi_chain(assistant).pick("citations") | RunnableLambda(lambda cited: cited[0]["quote"])
    assert quotes.batch([QUESTION, QUESTION]) == [CLAUSE, CLAUSE]


def test_the_chain_takes_restrictions_and_history(assistant: Assistant) -> None:
    chain = hoi_chain(assistant)
    others = [each.id for each in assistant.store.documents() if each.header.number != NUMBER]
    answer = chain.invoke({"question": QUESTION, "document_ids": others})
    assert CLAUSE not in answer["answer"]
    assert {passage["document_id"] for passage in answer["passages"]} <= set(others)
    before = {"question": QUESTION, "understood": QUESTION, "answer": CLAUSE}
    followed = chain.invoke({"question": "còn thị trấn thì sao?", "history": [before]})
    assert "kiểu mẫu" in followed["understood"] or "thị trấn" in followed["understood"]
    assert followed["understood"] != "còn thị trấn thì sao?"


def test_what_is_no_question_is_an_error(assistant: Assistant) -> None:
    chain = hoi_chain(assistant)
    with pytest.raises(QuestionError):
        chain.invoke("  ")
    with pytest.raises(ValidationError, match="hỏi"):
        chain.invoke({"question": QUESTION, "hỏi": 1})


def test_an_llm_writes_through_the_chain_and_its_citations_are_checked(folder: Path, assistant: Assistant) -> None:
    def answer(body: dict[str, Any]) -> Reply:
        shown = body["messages"][1]["content"]
        assert CLAUSE in shown  # the passages went along
        return Reply([f"{CLAUSE} [1].", " Có 9 xã ở Hà Nội đạt chuẩn [1]."])

    with scripted_llm(answer) as llm:
        with_llm = open_assistant(settings(folder, llm="openai:m", llm_base_url=llm.base_url))
        got = hoi_chain(with_llm).invoke(QUESTION)
        with_llm.store.close()
    assert got["writer"] == "openai:m"
    assert CLAUSE in got["answer"]
    assert "Hà Nội" not in got["answer"]
    cited = got["citations"][0]
    stored = assistant.store.document(cited["document_id"])
    assert stored is not None
    assert stored.text[cited["start"] : cited["end"]] == cited["quote"]


def test_an_llm_that_fails_leaves_the_cited_extract(folder: Path) -> None:
    with scripted_llm(Reply(["Xã ", "Lạc"], whole=False)) as llm:
        with_llm = open_assistant(settings(folder, llm="openai:m", llm_base_url=llm.base_url))
        answer = hoi_chain(with_llm).invoke(QUESTION)
        with_llm.store.close()
    assert answer["writer"] == "extractive"
    assert answer["citations"][0]["quote"] == CLAUSE


def test_leaving_the_chain_stops_the_llm(folder: Path) -> None:
    with scripted_llm(Reply(itertools.cycle(["chữ ", 0.01]))) as llm:
        with_llm = open_assistant(settings(folder, llm="openai:m", llm_base_url=llm.base_url))
        chunks = hoi_chain(with_llm).stream(QUESTION)
        assert "passages" in next(chunks)
        assert next(chunks) == {"word": "chữ "}
        chunks.close()  # type: ignore[attr-defined]
        assert llm.left.wait(5)
        with_llm.store.close()
