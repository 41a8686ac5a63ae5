"""Made-up official documents as files, for the tests that ask a whole assistant about them."""

from __future__ import annotations

from pathlib import Path

from rag.answer import Answer, Request
from rag.assistant import Assistant, open_assistant
from rag.settings import Settings


def official(
    issuer: str, number: str, dated: str, kind: str, subject: str, body: str, signed: str = "CHỦ TỊCH\nLê Văn Tám"
) -> str:
    """A document as an office sets it: letterhead, number, dateline, kind, subject, body, signature."""
    national = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    return f"{issuer}\n\n{national}\n\nSố: {number}\n\n{dated}\n\n{kind}\n{subject}\n\n{body}\n\n{signed}\n"


def assistant_over(folder: Path, files: dict[str, str]) -> Assistant:
    """An assistant with the shipped model over files of these names and texts."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in files.items():
        (corpus / name).write_text(text, encoding="utf-8")
    return open_assistant(Settings(data=folder / "data", corpus=corpus, _env_file=None))  # type: ignore[call-arg]


def told(assistant: Assistant, question: str) -> Answer:
    """The answer, every citation of which was found where it says."""
    answer = assistant.ask(Request(question))
    for cited in answer.citations:
        document = assistant.store.document(cited.document_id)
        assert document is not None
        assert document.text[cited.start : cited.end] == cited.quote
    return answer
