"""The writer with an LLM, LangChain's inward door: a chat model streams a draft over numbered passages.

LangChain and the provider's package are imported when a model is set, never on the default path.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from rag.answer import Passage
from rag.breaker import Breaker, BreakerOpenError
from rag.settings import Settings
from rag.structured import as_draft, is_json, response_format
from rag.timed import USUAL, Limits, read

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage
    from langchain_core.prompts import ChatPromptTemplate

NOT_FOUND = "KHÔNG CÓ TRONG TÀI LIỆU"  # the whole reply when the passages do not say it
PROMPTS = Path(__file__).resolve().parent / "prompts"
_FINISHED = frozenset({"finish_reason", "stop_reason", "done_reason"})  # a reply is whole
_NO_SCHEMA = (400, 415, 422, 501)  # how servers refuse a request with a part that they do not know
_UNSAYABLE = re.compile("[\ud800-\udfff\0]")
_THOUGHTS = "<think>", "</think>"
logger = logging.getLogger("hoi.llm")


class WriterError(RuntimeError):
    """No usable reply. The message is Vietnamese, without keys, addresses or the server's own words."""


class Writer(Protocol):
    @property
    def name(self) -> str:
        """ "provider:model", as in HOI_LLM."""
        ...

    def write(self, question: str, passages: Sequence[Passage], introductions: Sequence[str]) -> Iterator[str]:
        """A draft as it streams, sentences marked [1]…[n]; or `NOT_FOUND`. Raises `WriterError`."""
        ...


class ChatWriter:
    """A `Writer` over any LangChain chat model. Safe to share between threads."""

    def __init__(self, name: str, model: BaseChatModel, limits: Limits = USUAL, breaker: Breaker | None = None) -> None:
        self.name = name
        self._model = model
        self._limits = limits
        self._breaker = breaker or Breaker()
        self._structured = name.startswith("openai:")  # whose protocol has a place for a schema
        self._prompt = _prompt()
        self._passage = _text("passage")

    def write(self, question: str, passages: Sequence[Passage], introductions: Sequence[str]) -> Iterator[str]:
        """See `Writer`. Closing the iterator closes the request, so that the server stops generating."""
        messages = self._messages(question, passages, introductions)
        texts = [passage.text for passage in passages]
        try:
            with self._breaker.attempt():
                yield from self._said(lambda: self._stream(messages), texts)
        except BreakerOpenError:
            raise WriterError("Mô hình ngôn ngữ đang tạm nghỉ sau nhiều lần lỗi liên tiếp.") from None
        except Exception as error:  # providers' packages raise anything; the caller falls back to extracts
            logger.warning("%s: %s", self.name, type(error).__name__)
            raise WriterError(_told(error)) from None  # its text may hold the address or a part of the key

    def _said(self, open: Callable[[], AsyncGenerator[str, None]], passages: Sequence[str]) -> Iterator[str]:
        """The visible pieces, those of a JSON reply a sentence at a time; a reply without a letter is an error."""
        reply, shown = "", ""
        for piece in read(open, _is_passing, self._limits):
            reply += _UNSAYABLE.sub("", piece)
            draft = visible(reply)
            if is_json(draft):
                if "}" not in piece:
                    continue
                draft = as_draft(draft, passages, NOT_FOUND)
            if said := draft[len(shown) :]:
                shown += said
                yield said
        if not shown and is_json(visible(reply)):  # in no form that was asked for: kept for the check to refuse
            shown = visible(reply)
            yield shown
        if not shown.strip():
            raise EmptyReplyError

    async def _stream(self, messages: list[BaseMessage]) -> AsyncGenerator[str, None]:
        """The reply to a schema where the server takes one; a server that refuses it is asked without from then on."""
        if self._structured:
            try:
                async with aclosing(
                    self._pieces(messages, extra_body={"response_format": response_format()})
                ) as pieces:
                    async for piece in pieces:
                        yield piece
                return
            except Exception as error:  # what the provider's package raises has a status, not one type
                if _status(error) not in _NO_SCHEMA:
                    raise
                self._structured = False
        async with aclosing(self._pieces(messages)) as pieces:
            async for piece in pieces:
                yield piece

    async def _pieces(self, messages: list[BaseMessage], **options: Any) -> AsyncGenerator[str, None]:
        finished = not self.name.startswith("openai:")  # others may say it otherwise
        async with aclosing(self._model.astream(messages, **options)) as chunks:  # type: ignore[type-var]
            async for chunk in chunks:
                finished = finished or bool(_FINISHED & chunk.response_metadata.keys())
                yield str(chunk.text)
        if not finished:
            raise CutReplyError

    def _messages(self, question: str, passages: Sequence[Passage], introductions: Sequence[str]) -> list[BaseMessage]:
        mark = secrets.token_hex(8)  # a document cannot know it, so it cannot end its own passage
        told = zip(introductions, passages, strict=True)
        shown = "\n\n".join(
            self._passage.format(mark=mark, n=n, introduction=introduction, text=passage.text)
            for n, (introduction, passage) in enumerate(told, start=1)
        )
        return self._prompt.format_messages(
            not_found=NOT_FOUND, mark=mark, passages=shown, question=" ".join(question.split())
        )


class EmptyReplyError(ValueError):
    pass


class CutReplyError(ValueError):
    pass


def visible(reply: str) -> str:
    """A reply, whole or so far, without the thoughts that some models write before it: "<think>…</think>"."""
    first, last = _THOUGHTS
    reply = reply.lstrip()
    if first.startswith(reply):
        return ""  # not known yet
    return reply.partition(last)[2].lstrip() if reply.startswith(first) else reply


def load_writer(settings: Settings, limits: Limits = USUAL) -> Writer | None:
    """The writer that HOI_LLM names, or None when it is empty. Raises `WriterError` where there is none."""
    if not settings.llm:
        return None
    provider, colon, model = settings.llm.partition(":")
    if not colon or not provider or not model:
        raise WriterError(f"HOI_LLM phải có dạng “nhà_cung_cấp:mô_hình” (openai:qwen3), không phải “{settings.llm}”.")
    return ChatWriter(settings.llm, _chat_model(provider, model, settings, limits), limits)


def _chat_model(provider: str, model: str, settings: Settings, limits: Limits) -> BaseChatModel:
    from langchain.chat_models import init_chat_model  # seconds: only for those who set a model

    try:
        found: BaseChatModel = init_chat_model(model, model_provider=provider, **_options(provider, settings, limits))
    except ImportError as error:
        raise WriterError(
            f"Thiếu gói cho nhà cung cấp “{provider}”: hãy chạy .venv/bin/pip install {_package(error, provider)}."
        ) from None
    except Exception as error:  # each provider's package refuses its settings with an error of its own
        raise WriterError(
            f"Không dùng được mô hình “{settings.llm}” ({type(error).__name__}):"
            " hãy kiểm tra HOI_LLM, HOI_LLM_BASE_URL và HOI_LLM_API_KEY."
        ) from None
    return found


def _options(provider: str, settings: Settings, limits: Limits) -> dict[str, Any]:
    """LangChain's standard parameters; an OpenAI-compatible server of one's own may want no key."""
    options: dict[str, Any] = {
        "temperature": 0,
        "max_tokens": limits.tokens,
        "max_retries": 0,  # `read` tries again, within the time
        "timeout": limits.whole,
    }
    key = settings.llm_api_key.get_secret_value()
    if settings.llm_base_url:
        options["base_url"] = settings.llm_base_url
        key = key or "none"
    if key:
        options["api_key"] = key
    if provider == "openai":
        from openai import Timeout

        options["timeout"] = Timeout(limits.whole, connect=limits.connect)
        options["stream_chunk_timeout"] = None  # `read` sees to the gaps
        if settings.llm_base_url:
            options |= {"use_responses_api": False, "stream_usage": False}
    return options


def _package(error: ImportError, provider: str) -> str:
    """LangChain's message ends in the name of the package; without one, its naming habit."""
    named = re.search(r"pip install ([\w-]+)", str(error))
    return named[1] if named else f"langchain-{provider.replace('_', '-')}"


def _prompt() -> ChatPromptTemplate:
    from langchain_core.prompts import ChatPromptTemplate

    return ChatPromptTemplate.from_messages([("system", _text("system")), ("human", _text("user"))])


def _text(name: str) -> str:
    return (PROMPTS / f"{name}.md").read_text(encoding="utf-8").rstrip("\n")


def _status(error: Exception) -> int | None:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def _is_passing(error: Exception) -> bool:
    """Whether a second try may help: not when time is up, nor when the request itself was refused."""
    status = _status(error)
    refused = status is not None and status < 500 and status not in (408, 409, 429)
    return not (refused or isinstance(error, TimeoutError))


def _told(error: Exception) -> str:
    """What went wrong, for the person who waits."""
    status = _status(error)
    if isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return "Mô hình ngôn ngữ không trả lời kịp."
    if isinstance(error, EmptyReplyError):
        return "Mô hình ngôn ngữ không viết gì."
    if status in (401, 403):
        return "Máy chủ mô hình ngôn ngữ từ chối khóa (HOI_LLM_API_KEY)."
    if status == 404:
        return "Máy chủ mô hình ngôn ngữ không có mô hình này (HOI_LLM, HOI_LLM_BASE_URL)."
    if status == 429:
        return "Máy chủ mô hình ngôn ngữ đang quá tải."
    if status is not None:
        return f"Máy chủ mô hình ngôn ngữ báo lỗi {status}."
    if isinstance(error, CutReplyError) or "Protocol" in type(error).__name__:
        return "Mô hình ngôn ngữ dừng giữa chừng."
    if "Connect" in type(error).__name__:
        return "Không kết nối được máy chủ mô hình ngôn ngữ."
    return "Mô hình ngôn ngữ trả về nội dung không đọc được."
