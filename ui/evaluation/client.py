"""The workbench's part of the API from the calling side."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from eval.brought import Brought
from eval.sets import QuestionSet
from ui import schemas_evaluation as schemas
from ui.client import Client
from ui.connection import part

BASE = "/v1/evaluations"


class EvaluationClient(Client):
    """A client that runs evaluations too. Every method raises `ApiError`."""

    def sets(self) -> list[QuestionSet]:
        return self._get(f"{BASE}/sets", schemas.Sets).sets

    def create_set(self, name: str, content: bytes) -> QuestionSet:
        response = self._send("POST", f"{BASE}/sets?{urlencode({'name': name})}", content=content)
        return QuestionSet.model_validate_json(response.content)

    def set_content(self, id: str) -> bytes:
        return self._send("GET", f"{BASE}/sets/{part(id)}").content

    def remove_set(self, id: str) -> None:
        self._send("DELETE", f"{BASE}/sets/{part(id)}")

    def put_question(self, id: str, question: schemas.SetQuestion) -> QuestionSet:
        response = self._send("PUT", f"{BASE}/sets/{part(id)}/questions", json=question.model_dump())
        return QuestionSet.model_validate_json(response.content)

    def take_out_question(self, id: str, question: str) -> QuestionSet:
        response = self._send("DELETE", f"{BASE}/sets/{part(id)}/questions/{part(question)}")
        return QuestionSet.model_validate_json(response.content)

    def brought(self) -> list[Brought]:
        return self._get(f"{BASE}/documents", schemas.AllBrought).documents

    def bring(self, name: str, files: Sequence[tuple[str, bytes]]) -> Brought:
        """Documents to be asked apart from the store."""
        sent: list[tuple[str, tuple[str, bytes] | tuple[None, str]]] = [("file", file) for file in files]
        response = self._send("POST", f"{BASE}/documents?{urlencode({'name': name})}", files=sent)
        return Brought.model_validate_json(response.content)

    def remove_brought(self, id: str) -> None:
        self._send("DELETE", f"{BASE}/documents/{part(id)}")

    def drafts(self, wanted: schemas.DraftRequest) -> list[schemas.Drafted]:
        response = self._send("POST", f"{BASE}/drafts", json=wanted.model_dump())
        return schemas.Drafts.model_validate_json(response.content).drafts

    def judged_down(self) -> list[schemas.JudgedDown]:
        return self._get(f"{BASE}/judged", schemas.AllJudgedDown).answers

    def runs(self) -> list[schemas.KeptRun]:
        return self._get(f"{BASE}/runs", schemas.KeptRuns).runs

    def start_run(self, wanted: schemas.RunRequest) -> schemas.KeptRun:
        response = self._send("POST", f"{BASE}/runs", json=wanted.model_dump())
        return schemas.KeptRun.model_validate_json(response.content)

    def run(self, id: str) -> schemas.RunResults:
        return self._get(f"{BASE}/runs/{part(id)}", schemas.RunResults)

    def cancel_run(self, id: str) -> None:
        self._send("POST", f"{BASE}/runs/{part(id)}/cancel")

    def remove_run(self, id: str) -> None:
        self._send("DELETE", f"{BASE}/runs/{part(id)}")

    def run_answers(self, id: str, wanted: schemas.Wanted) -> schemas.Outcomes:
        query = urlencode({name: value for name, value in wanted.model_dump().items() if value not in (None, False)})
        return self._get(f"{BASE}/runs/{part(id)}/answers?{query}", schemas.Outcomes)

    def run_report(self, id: str) -> bytes:
        return self._send("GET", f"{BASE}/runs/{part(id)}/report").content

    def compare(self, first: str, second: str, condition: str | None = None) -> schemas.Compared:
        return self._get(f"{BASE}/compare?{_pair(first, second, condition)}", schemas.Compared)

    def compare_report(self, first: str, second: str, condition: str | None = None) -> bytes:
        return self._send("GET", f"{BASE}/compare/report?{_pair(first, second, condition)}").content


def _pair(first: str, second: str, condition: str | None) -> str:
    return urlencode({"first": first, "second": second} | ({"condition": condition} if condition else {}))
