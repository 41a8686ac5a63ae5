"""A retrieval set in BEIR's layout: passages, queries, and which passages answer which query."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import AliasChoices, Field

from corpus.document import Document, Header, content_id
from corpus.text import clean
from eval.inputs import InputError, Line, lines, parsed
from index.store import Upload


class _Passage(Line):
    id: str = Field(alias="_id", min_length=1)
    title: str = ""
    text: str


class _Paragraph(Line):
    """A line of any collection of texts: a BEIR passage, or a pair whose second half is the text."""

    title: str = Field("", validation_alias=AliasChoices("title", "q"))
    text: str = Field(validation_alias=AliasChoices("text", "p"))


class _Query(Line):
    id: str = Field(alias="_id", min_length=1)
    text: str


@dataclass(frozen=True, slots=True)
class Beir:
    """A retrieval set: each passage as a document that was never a file, queries, relevant document ids."""

    uploads: dict[str, Upload]  # by the set's own id
    queries: dict[str, str]  # only those that qrels judge
    qrels: dict[str, dict[str, int]]


def read_beir(folder: Path) -> Beir:
    """`corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv` of a folder."""
    uploads: dict[str, Upload] = {}
    for number, line in lines(folder / "corpus.jsonl"):
        passage = parsed(_Passage, line, f"corpus.jsonl, dòng {number}")
        uploads[passage.id] = _upload(passage)
    queries = read_queries(folder)
    qrels = _qrels(folder / "qrels" / "test.tsv", queries)
    return Beir(uploads, {id: queries[id] for id in qrels}, qrels)


def read_queries(folder: Path) -> dict[str, str]:
    """The texts of a BEIR folder's `queries.jsonl` by id, judged or not."""
    queries: dict[str, str] = {}
    for number, line in lines(folder / "queries.jsonl"):
        query = parsed(_Query, line, f"queries.jsonl, dòng {number}")
        queries[query.id] = query.text
    return queries


def read_passages(file: Path) -> list[tuple[str, str]]:
    """`(title, text)` of each line: of a BEIR `corpus.jsonl`, or of `{"q", "p"}` pairs."""
    read = [parsed(_Paragraph, line, f"{file.name}, dòng {number}") for number, line in lines(file)]
    return [(paragraph.title, paragraph.text) for paragraph in read]


def _upload(passage: _Passage) -> Upload:
    """A passage as the loader would have left it; two with the same words are still two documents."""
    content = passage.model_dump_json(by_alias=True).encode()
    id, sha256 = content_id(content)
    header = Header(" ".join(clean(passage.title).split()))
    document = Document(id, sha256, f"{passage.id}.json", "application/json", clean(passage.text), header)
    return Upload(document, content)


def _qrels(file: Path, queries: dict[str, str]) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    for number, line in lines(file):
        where = f"{file.name}, dòng {number}"
        match line.split("\t"):
            case [_, _, "score"] if number == 1:
                continue
            case [query, document, grade] if query in queries and grade.lstrip("-").isdecimal():
                qrels.setdefault(query, {})[document] = int(grade)
            case [query, _, _] if query not in queries:
                raise InputError(f"{where}: câu hỏi “{query}” không có trong queries.jsonl.")
            case _:
                raise InputError(f"{where}: cần ba cột cách nhau bằng tab: câu hỏi, tài liệu, điểm nguyên.")
    if not qrels:
        raise InputError(f"{file.name}: không có dòng chấm nào.")
    return qrels
