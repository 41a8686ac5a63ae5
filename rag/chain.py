"""LangChain's outward door: search as a retriever, the embedder as `Embeddings`, the assistant as a chain."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Annotated, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda
from langchain_core.runnables.config import run_in_executor
from pydantic import BaseModel, ConfigDict, Field, field_validator

from index.embed import load_embedder
from rag.answer import Answer, Event, Filters, Passage, Request, Sources, Turn, Word
from rag.assistant import Assistant

Asked = str | dict[str, Any]
_PASSAGE = ("document_id", "text", "start", "end", "score")  # the contract's fields


class Search(BaseModel):
    """How far and where to look, as HTTP's `k`, `document_ids` and `filters`. A misspelt name is an error."""

    model_config = ConfigDict(extra="forbid")

    k: Annotated[int, Field(ge=1, le=100)] = 8
    document_ids: tuple[str, ...] | None = None
    filters: Filters = Filters()

    @field_validator("filters", mode="before")
    @classmethod
    def _known(cls, value: object) -> object:
        if isinstance(value, Mapping) and (unknown := value.keys() - {field.name for field in fields(Filters)}):
            raise ValueError(f"unknown filters: {sorted(unknown)}")
        return value


class Ask(Search):
    """The chain's input; a string is the question alone. `history`, oldest first, makes a follow-up whole."""

    question: str
    history: tuple[Turn, ...] = ()

    @classmethod
    def of(cls, asked: Asked) -> Ask:
        return cls(question=asked) if isinstance(asked, str) else cls.model_validate(asked)

    def request(self) -> Request:
        return Request(self.question, self.history, self.document_ids, self.filters, self.k)


class HoiRetriever(BaseRetriever):
    """The best passages as LangChain documents; `k`, `document_ids` and `filters` also go with a call.

    `Document.id` is "document#start-end"; metadata holds both, the score, and what names the passage.
    """

    assistant: Assistant
    k: int = 8
    document_ids: tuple[str, ...] | None = None
    filters: Filters = Filters()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **narrowed: Any
    ) -> list[Document]:
        usual = {"k": self.k, "document_ids": self.document_ids, "filters": self.filters}
        search = Search.model_validate(usual | narrowed)
        found = self.assistant.search(query, search.k, search.document_ids, search.filters)
        return [_document(passage) for passage in found]


def _document(passage: Passage) -> Document:
    metadata = asdict(passage)
    text = metadata.pop("text")
    id = f"{passage.document_id}#{passage.start}-{passage.end}"
    return Document(id=id, page_content=text, metadata=metadata)


class HoiEmbeddings(Embeddings):
    """The index's embedder: the shipped model, or a sentence-transformers one. Raises `ModelError`."""

    def __init__(self, model: str = "") -> None:
        self._embedder, self.model_id = load_embedder(model)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A unit vector a text."""
        vectors: list[list[float]] = self._embedder.encode_document(texts).tolist() if texts else []
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """A unit vector."""
        vector: list[float] = self._embedder.encode_query([text])[0].tolist()
        return vector


class AnswerChunk(dict[str, Any]):
    """A part of a streamed answer: `passages` first, then a `word` each, then the whole verified `Answer`.

    Added up, as LangChain does: the verified answer takes the place of what came before it.
    """

    def __add__(self, other: AnswerChunk) -> AnswerChunk:
        if "id" in other:
            return other
        return AnswerChunk({**self, **other, "word": self.get("word", "") + other.get("word", "")})


def hoi_chain(assistant: Assistant) -> Runnable[Asked, AnswerChunk]:
    """Question → the contract's `Answer`. Raises `QuestionError`; see `Ask` and `AnswerChunk`."""

    def answered(requests: Iterator[Request]) -> Iterator[AnswerChunk]:
        for request in requests:
            yield from map(_chunk, assistant.stream(request))

    async def answered_aside(requests: AsyncIterator[Request]) -> AsyncIterator[AnswerChunk]:
        async for request in requests:
            events = iter(assistant.stream(request))
            while event := await run_in_executor(None, next, events, None):
                yield _chunk(event)

    chain = RunnableLambda(_request) | RunnableGenerator(answered, answered_aside, name="answer")
    return chain.with_config(run_name="hoi")


def _request(asked: Asked) -> Request:
    return Ask.of(asked).request()


def _chunk(event: Event) -> AnswerChunk:
    if isinstance(event, Sources):
        return AnswerChunk(passages=[_passage(passage) for passage in event.passages])
    if isinstance(event, Word):
        return AnswerChunk(word=event.text)
    return AnswerChunk(answer_json(event))


def answer_json(answer: Answer) -> dict[str, Any]:
    """The contract's `Answer`: plain JSON values, dates as ISO 8601."""
    citations = [
        {name: value for name, value in asdict(cited).items() if name != "entered" or value}
        | {"issued_on": cited.issued_on and cited.issued_on.isoformat(), "url": cited.url}
        for cited in answer.citations
    ]
    return (
        asdict(answer)
        | {"citations": citations, "passages": [_passage(one) for one in answer.passages]}
        | {"notices": list(answer.notices)}
    )


def _passage(passage: Passage) -> dict[str, Any]:
    return {name: getattr(passage, name) for name in _PASSAGE}
