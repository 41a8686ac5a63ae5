"""What evaluations read: question sets, BEIR folders, SQuAD files. Errors are Vietnamese, naming the line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from corpus.document import Document, Header, content_id
from corpus.text import clean
from index.store import Upload


class InputError(ValueError):
    """An evaluation that cannot be run as asked. The message is Vietnamese, for whoever asked."""


R = TypeVar("R", bound="_Record")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True, populate_by_name=True)


class Question(_Record):
    """One line of a question set; see CONTRACT for when an answer to it is right."""

    id: str = Field(min_length=1)
    question: str
    answerable: bool
    must: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    document: str | None = None
    evidence: str | None = None
    kind: str = ""
    dialogue: str | None = None  # the one it is a turn of: it is asked after the turns before it


class _Dialogue(_Record):
    """One line of a set of dialogues; its turns are counted under its kind."""

    id: str = Field(min_length=1)
    kind: str = ""
    turns: tuple[Question, ...] = Field(min_length=1)

    def questions(self) -> list[Question]:
        return [turn.model_copy(update={"dialogue": self.id, "kind": self.kind}) for turn in self.turns]


class _Passage(_Record):
    id: str = Field(alias="_id", min_length=1)
    title: str = ""
    text: str


class _Paragraph(_Record):
    """A line of any collection of texts: a BEIR passage, or a pair whose second half is the text."""

    title: str = Field("", validation_alias=AliasChoices("title", "q"))
    text: str = Field(validation_alias=AliasChoices("text", "p"))


class _Query(_Record):
    id: str = Field(alias="_id", min_length=1)
    text: str


class _SquadAnswer(_Record):
    text: str
    answer_start: int


class _SquadQuestion(_Record):
    id: str
    question: str
    answers: tuple[_SquadAnswer, ...] = ()


class _SquadParagraph(_Record):
    context: str
    qas: tuple[_SquadQuestion, ...]


class _SquadArticle(_Record):
    paragraphs: tuple[_SquadParagraph, ...]


class _Squad(_Record):
    data: tuple[_SquadArticle, ...]


@dataclass(frozen=True, slots=True)
class Beir:
    """A retrieval set: each passage as a document that was never a file, queries, relevant document ids."""

    uploads: dict[str, Upload]  # by the set's own id
    queries: dict[str, str]  # only those that qrels judge
    qrels: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Gold:
    text: str
    start: int | None  # in the paragraph; None where cleaning moved it


@dataclass(frozen=True, slots=True)
class Reader:
    """A question with the paragraph that answers it."""

    id: str
    question: str
    paragraph: str
    golds: tuple[Gold, ...]

    @property
    def answers(self) -> list[str]:
        return [gold.text for gold in self.golds]


def read_questions(file: Path) -> list[Question]:
    """The questions of a `.jsonl` set, in order; a line may also be a dialogue, with its questions as `turns`."""
    return questions_in(_content(file), file.name)


def questions_in(content: str, name: str) -> list[Question]:
    """The questions of a set's text; `name` is what errors call it."""
    questions: list[Question] = []
    seen: dict[str, int] = {}
    for number, line in _numbered(content):
        for question in _questions_of(line, f"{name}, dòng {number}"):
            if question.id in seen:
                first = seen[question.id]
                raise InputError(f"{name}, dòng {number}: mã câu hỏi “{question.id}” đã có ở dòng {first}.")
            seen[question.id] = number
            questions.append(question)
    if not questions:
        raise InputError(f"{name}: không có câu hỏi nào.")
    return questions


def _questions_of(line: str, where: str) -> list[Question]:
    if '"turns"' in line:
        return _parse(_Dialogue, line, where).questions()
    return [_parse(Question, line, where)]


def read_beir(folder: Path) -> Beir:
    """`corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv` of a folder."""
    uploads: dict[str, Upload] = {}
    for number, line in _lines(folder / "corpus.jsonl"):
        passage = _parse(_Passage, line, f"corpus.jsonl, dòng {number}")
        uploads[passage.id] = _upload(passage)
    queries = read_queries(folder)
    qrels = _qrels(folder / "qrels" / "test.tsv", queries)
    return Beir(uploads, {id: queries[id] for id in qrels}, qrels)


def read_queries(folder: Path) -> dict[str, str]:
    """The texts of a BEIR folder's `queries.jsonl` by id, judged or not."""
    queries: dict[str, str] = {}
    for number, line in _lines(folder / "queries.jsonl"):
        query = _parse(_Query, line, f"queries.jsonl, dòng {number}")
        queries[query.id] = query.text
    return queries


def read_passages(file: Path) -> list[tuple[str, str]]:
    """`(title, text)` of each line: of a BEIR `corpus.jsonl`, or of `{"q", "p"}` pairs."""
    read = [_parse(_Paragraph, line, f"{file.name}, dòng {number}") for number, line in _lines(file)]
    return [(paragraph.title, paragraph.text) for paragraph in read]


def read_squad(file: Path) -> list[Reader]:
    """The answered questions of a SQuAD 1.1 file with their paragraphs, cleaned as a document's text is."""
    squad = _parse(_Squad, _content(file), file.name)
    readers = [
        Reader(question.id, question.question, paragraph, _golds(question, paragraph))
        for article in squad.data
        for raw in article.paragraphs
        for paragraph in (clean(raw.context),)
        for question in raw.qas
        if question.answers
    ]
    if not readers:
        raise InputError(f"{file.name}: không có câu hỏi nào có đáp án.")
    return readers


def _golds(question: _SquadQuestion, paragraph: str) -> tuple[Gold, ...]:
    stands = [paragraph.startswith(answer.text, answer.answer_start) for answer in question.answers]
    return tuple(
        Gold(answer.text, answer.answer_start if there else None)
        for answer, there in zip(question.answers, stands, strict=True)
    )


def _upload(passage: _Passage) -> Upload:
    """A passage as the loader would have left it; two with the same words are still two documents."""
    content = passage.model_dump_json(by_alias=True).encode()
    id, sha256 = content_id(content)
    header = Header(" ".join(clean(passage.title).split()))
    document = Document(id, sha256, f"{passage.id}.json", "application/json", clean(passage.text), header)
    return Upload(document, content)


def _qrels(file: Path, queries: dict[str, str]) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    for number, line in _lines(file):
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


def _content(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"Không đọc được tệp {file}: {_SYSTEM.get(type(error), 'lỗi khi đọc')}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"Tệp {file} không phải văn bản UTF-8.") from error


_SYSTEM: dict[type, str] = {
    FileNotFoundError: "không có tệp này",
    NotADirectoryError: "không có tệp này",
    IsADirectoryError: "đây là một thư mục",
    PermissionError: "không có quyền đọc",
}


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    return _numbered(_content(file))


def _numbered(content: str) -> Iterator[tuple[int, str]]:
    """The non-empty lines with their numbers, from 1; JSON may hold U+2028, so only newlines separate."""
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            yield number, line.strip("\r")


def _parse(model: type[R], text: str, where: str) -> R:
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        raise InputError(f"{where}: {_vietnamese(error)}.") from error


def _vietnamese(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(map(str, first["loc"]))
    match first["type"]:
        case "json_invalid":
            return "không phải JSON hợp lệ"
        case "missing":
            return f"thiếu trường “{field}”"
        case "model_type":
            return "phải là một đối tượng JSON {…}"
        case _:
            return f"trường “{field}” có giá trị không hợp lệ"
