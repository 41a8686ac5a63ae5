"""The two writers on the same questions: extracts alone, and language models of known character behind the verifier.

    python -m eval.writers eval/questions/blind_2.jsonl --against corpus/documents

The models are stubs on loopback: `honest` says the passages' clause nearest to the question, `lying` says it with other
figures, adds an invented sentence, and never refuses; `twisting` says it falsely in every way of `eval.mutations`.
`hoi eval answers` compares a real model, set by `HOI_LLM`.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Thread

from corpus.document import Span
from eval.answers import LABELS, AnswersResult, Condition
from eval.commands import run_answers
from eval.mutations import MUTATIONS
from eval.readme import figure
from eval.shapes import Source
from eval.stub_llm import Reply, Speed, serve
from rag.compose import trimmed
from rag.generate import NOT_FOUND
from rag.settings import Settings
from rag.terms import content_terms
from rag.units import units_of

METRICS = ("right_answerable", "cited", "abstained", "supported", "quotes_exact")
_PASSAGE = re.compile(r"===== \S+ đoạn \[(\d+)\][^\n]*\n(.*?)\n===== \S+ hết", re.DOTALL)
_QUESTION = re.compile(r"\nCâu hỏi: ([^\n]*)\Z")
_MARKER = re.compile(r"\s*\[\d+\]\.?")
_LEAST = 0.5  # share of the question's words that an honest answer must hold
_INVENTED = "Ông Nguyễn Văn Bịa được giao 98.765 tỷ đồng để thực hiện việc này [1]."


def honest(prompt: str) -> Iterator[str]:
    """The clause nearest to the question with its passage's number; or that nothing was found."""
    share, number, sentence = _nearest(prompt)
    yield f"{sentence} [{number}]." if share >= _LEAST else NOT_FOUND


def lying(prompt: str) -> Iterator[str]:
    """The same clause with every figure changed, and an invented one; never a refusal."""
    _, number, sentence = _nearest(prompt)
    yield f"{re.sub(r'[0-9]+', lambda found: str(int(found[0]) + 1), sentence)} [{number}]. "
    yield _INVENTED


def twisting(prompt: str) -> Iterator[str]:
    """The same clause made false in each way that it offers."""
    _, number, sentence = _nearest(prompt)
    told = Source(sentence, sentence, "")
    for kind, (_, change) in MUTATIONS.items():
        if (false := change(sentence, told, Random(f"{kind} {sentence}"))) and false != sentence:
            yield f"{false.rstrip(' .')} [{number}]. "
    yield _INVENTED


STUBS: dict[str, Reply] = {"honest": honest, "lying": lying, "twisting": twisting}


@dataclass(frozen=True, slots=True)
class Row:
    """A writer's outcomes on the set, and what it said that its passages do not say word for word."""

    name: str
    condition: Condition
    made_up: frozenset[str] = frozenset()

    @property
    def let_through(self) -> float:
        """Share of the answers that show something made up."""
        answers = [outcome.answer.answer for outcome in self.condition.outcomes]
        return sum(any(said in answer for said in self.made_up) for answer in answers) / (len(answers) or 1)


def _recording(reply: Reply, made_up: set[str]) -> Reply:
    """The same reply, which notes what it makes up."""

    def told(prompt: str) -> Iterator[str]:
        for piece in reply(prompt):
            made_up.update(said for part in _MARKER.split(piece) if (said := part.strip()) and said not in prompt)
            yield piece

    return told


def _nearest(prompt: str) -> tuple[float, str, str]:
    """How much of the question the best clause holds, its passage's number, and the clause."""
    asked = _QUESTION.search(prompt)
    terms = content_terms(asked[1] if asked else prompt)
    total = sum(term.weight for term in terms) or 1.0
    best = (0.0, "1", "Không rõ")
    for number, text in _PASSAGE.findall(prompt):
        for this in units_of(text, Span(0, len(text))):
            share = sum(term.weight for term in terms if term.folded in this.found) / total
            best = max(best, (share, number, trimmed(text, this.span).of(text).rstrip(".")), key=lambda one: one[0])
    return best


@contextmanager
def serving(reply: Reply) -> Iterator[str]:
    """The base address of a stub in a thread of its own."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(serve(Speed(0.0, 0.0), reply))
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def compared(file: Path, against: Path) -> list[Row]:
    """The set's outcomes under the extracts alone and under each stub."""
    found: list[Row] = []
    for name, reply in STUBS.items():
        made_up = set[str]()
        with serving(_recording(reply, made_up)) as base_url:
            settings = Settings(llm=f"openai:{name}", llm_base_url=base_url, llm_api_key="none")  # type: ignore[arg-type]
            result: AnswersResult = run_answers(file, against, settings=settings)
        if result.extractive and not found:
            found.append(Row("chỉ trích nguyên văn", result.extractive))
        found.append(Row(f"mô hình giả {name}", result.plain, frozenset(made_up - {NOT_FOUND})))
    return found


def table(rows: Sequence[Row]) -> str:
    """The comparison as Markdown."""
    head = ["cách viết", "do mô hình viết", "có điều bịa", *(LABELS[name] for name in METRICS)]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for row in rows:
        condition = row.condition
        answered = [outcome.answer for outcome in condition.outcomes if not outcome.answer.abstained]
        written = sum(answer.writer.startswith("openai:") for answer in answered) / (len(answered) or 1)
        cells = [figure(written), figure(row.let_through), *(figure(condition.metrics()[metric]) for metric in METRICS)]
        lines.append(f"| {row.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Prints the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--against", type=Path, required=True, help="thư mục văn bản được hỏi")
    given = parser.parse_args()
    print(table(compared(given.file, given.against)))


if __name__ == "__main__":
    main()
