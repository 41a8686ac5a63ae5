"""The API's contract from the calling side: a small client that gives the schemas back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, urlencode

from ui import schemas, schemas_documents, schemas_jobs, schemas_shelf, schemas_talk
from ui.connection import ApiError, Connection, part, read
from ui.problems import ProblemObject

StreamEvent = list[schemas.FoundPassage] | str | schemas.Answer  # sources, a piece of the answer, the verified answer


class Client(Connection):
    """What everybody may call. Every method raises `ApiError`."""

    def me(self) -> schemas_talk.Me:
        return self._get("/v1/me", schemas_talk.Me)

    def begin_login(self) -> None:
        """Tells that whoever this pass is for has signed in."""
        self._send("PUT", "/v1/login")

    def end_login(self) -> None:
        """Their passes open nothing from now on."""
        self._send("DELETE", "/v1/login")

    def ask(self, request: schemas.AskRequest) -> schemas.Answer:
        return read(self._send("POST", "/v1/ask", json=request.model_dump(mode="json")), schemas.Answer)

    def ask_stream(
        self,
        question: str,
        conversation_id: str | None = None,
        narrowing: schemas_talk.Narrowing | None = None,
        as_typed: bool = False,
    ) -> Iterator[StreamEvent]:
        """The sources, then pieces of the unverified answer, then the verified `Answer`."""
        narrowed = narrowing.model_dump(mode="json") if narrowing else {}
        body = {"question": question, "conversation_id": conversation_id, "as_typed": as_typed, **narrowed}
        for name, data in self._events("/v1/ask/stream", body):
            yield _event(name, data)

    def search(self, request: schemas.SearchRequest) -> list[schemas.FoundPassage]:
        response = self._send("POST", "/v1/search", json=request.model_dump(mode="json"))
        return read(response, schemas.Found).passages

    def explained(
        self, query: str, k: int, narrowing: schemas_talk.Narrowing | None = None, as_typed: bool = False
    ) -> list[schemas.ExplainedPassage]:
        """The passages for a question, each with why it came."""
        narrowed = narrowing.model_dump(mode="json") if narrowing else {}
        wanted = {"query": query, "k": k, "explain": True, "as_typed": as_typed, **narrowed}
        response = self._send("POST", "/v1/search", json=wanted)
        return read(response, schemas.ExplainedFound).passages

    def suggestions(self, n: int = 4, after: str = "") -> list[str]:
        """Questions drawn from the documents; with `after`, what to ask next to that question."""
        asked = f"&after={quote(after)}" if after else ""
        return self._get(f"/v1/suggestions?n={n}{asked}", schemas_talk.Suggestions).questions

    def facets(self, find: str = "") -> schemas_documents.Facets:
        """What a question can be narrowed by, and the documents whose names hold the words of `find`."""
        return self._get(f"/v1/facets?find={quote(find)}", schemas_documents.Facets)

    def documents(self) -> list[schemas_documents.Document]:
        return self._get("/v1/documents", schemas_documents.Documents).documents

    def document(self, id: str) -> schemas_documents.Document:
        return self._get(f"/v1/documents/{part(id)}", schemas_documents.Document)

    def links(self, id: str) -> list[schemas_documents.DocumentLink]:
        return self._get(f"/v1/documents/{part(id)}/links", schemas_documents.DocumentLinks).links

    def text(self, id: str) -> str:
        return self._send("GET", f"/v1/documents/{part(id)}/text").content.decode()

    def file(self, id: str) -> bytes:
        return self._send("GET", f"/v1/documents/{part(id)}/file").content

    def pages(self, id: str) -> schemas_documents.Pages:
        return self._get(f"/v1/documents/{part(id)}/pages", schemas_documents.Pages)

    def picture(self, id: str, number: int, width: int) -> bytes:
        """A page as a PNG."""
        return self._send("GET", f"/v1/documents/{part(id)}/pages/{number}.png?width={width}").content

    def boxes(self, id: str, number: int, start: int, end: int) -> schemas_documents.PageBoxes:
        """Where a quote stands on a page."""
        return self._get(
            f"/v1/documents/{part(id)}/pages/{number}/boxes?start={start}&end={end}", schemas_documents.PageBoxes
        )

    def add(self, name: str, content: bytes) -> list[schemas_documents.AddedDocument]:
        """Durable and searchable when it returns."""
        response = self._send("POST", "/v1/documents", files=[("file", (name, content))])
        return read(response, schemas_documents.AddedDocuments).documents

    def remove(self, id: str) -> schemas_shelf.Receipt:
        """The receipt of what went with it."""
        return read(self._send("DELETE", f"/v1/documents/{part(id)}?receipt=true"), schemas_shelf.Receipt)

    def replace(self, id: str, name: str, content: bytes) -> schemas_documents.AddedDocument:
        """A new version in the place of a document."""
        response = self._send("PUT", f"/v1/documents/{part(id)}", files=[("file", (name, content))])
        return read(response, schemas_documents.AddedDocument)

    def upload(self, files: Sequence[tuple[str, bytes]], groups: Sequence[str] = ()) -> schemas_jobs.Job:
        """Files that are taken in one after the other; to be asked after with `job`."""
        query = urlencode([("wait", "false")])
        sent: list[tuple[str, tuple[str, bytes] | tuple[None, str]]] = [("file", file) for file in files]
        sent += [("group", (None, group)) for group in groups]
        return read(self._send("POST", f"/v1/documents?{query}", files=sent), schemas_jobs.Job)

    def job(self, id: str) -> schemas_jobs.Job:
        return self._get(f"/v1/jobs/{part(id)}", schemas_jobs.Job)

    def jobs(self, ended_within: int) -> list[schemas_jobs.Job]:
        """One's own that have not ended yet, or ended at most so many seconds ago."""
        return self._get(f"/v1/jobs?ended_within={ended_within}", schemas_jobs.Jobs).jobs

    def close_job(self, id: str) -> None:
        """Puts the results of a job away."""
        self._send("DELETE", f"/v1/jobs/{part(id)}")

    def retry(self, id: str) -> schemas_jobs.Job:
        """The refused files of a job once more."""
        return read(self._send("POST", f"/v1/jobs/{part(id)}/retry"), schemas_jobs.Job)

    def catalogue(self, query: Mapping[str, str | int | bool]) -> schemas_shelf.Catalogue:
        """A page of the list; `query` as the route takes it."""
        return self._get(f"/v1/catalogue?{urlencode(query)}", schemas_shelf.Catalogue)

    def reading(self, id: str) -> schemas_shelf.Reading:
        return self._get(f"/v1/documents/{part(id)}/reading", schemas_shelf.Reading)

    def correct(self, id: str, changes: Mapping[str, object]) -> schemas_shelf.Reading:
        """`changes` as `FieldChanges` takes them."""
        return read(self._send("PATCH", f"/v1/documents/{part(id)}", json=changes), schemas_shelf.Reading)

    def store_state(self) -> schemas_shelf.StoreState:
        return self._get("/v1/index", schemas_shelf.StoreState)

    def check(self) -> schemas_jobs.Job:
        return read(self._send("POST", "/v1/index/check"), schemas_jobs.Job)

    def feedback(self, answer_id: str, rating: str, reason: str | None = None) -> None:
        self._send("POST", "/v1/feedback", json={"answer_id": answer_id, "rating": rating, "reason": reason})

    def conversations(self, find: str = "", n: int = 100) -> list[schemas_talk.ConversationSummary]:
        """The latest first; with `find`, those whose title or questions hold its words."""
        return self._get(f"/v1/conversations?n={n}&find={quote(find)}", schemas_talk.Conversations).conversations

    def conversation(self, id: str) -> schemas_talk.Conversation:
        return self._get(f"/v1/conversations/{part(id)}", schemas_talk.Conversation)

    def export(self, id: str, format: str) -> bytes:
        """A conversation as a file: docx, md or html."""
        return self._send("GET", f"/v1/conversations/{part(id)}/export?format={format}").content

    def rename_conversation(self, id: str, title: str) -> None:
        self._send("PATCH", f"/v1/conversations/{part(id)}", json={"title": title})

    def delete_conversation(self, id: str) -> None:
        self._send("DELETE", f"/v1/conversations/{part(id)}")


def _event(name: str, data: str) -> StreamEvent:
    if name == "sources":
        return schemas.Found.model_validate_json(data).passages
    if name == "answer":
        return schemas.Answer.model_validate_json(data)
    if name == "token":
        return schemas.Token.model_validate_json(data).text
    problem = ProblemObject.model_validate(json.loads(data))
    raise ApiError(problem.status, problem.code, problem.detail, problem.request_id)
