"""The evaluations as plain functions, for the command line and for scripts.

    run_retrieval(folder, perturb=(), settings=None) -> RetrievalResult
    run_reading(file, settings=None) -> ReadingResult
    run_answers(file, against=None, options=None, report=None, fail_under=(), settings=None, tell=None, name="",
        where="")
        -> AnswersResult
    run_claims(paths, each=150, half=None, seed=0, fail_under=()) -> ClaimsResult

Every result has `.to_json() -> str` (one object, for stdout) and `.print_table(file=None)` (Vietnamese);
`exit_code` is 1 under a bar. Bad input raises `eval.inputs.InputError`, with a Vietnamese
message for the user (exit 2). Progress goes to stderr.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.document import Span
from eval import answers, claims, reading, retrieval
from eval.about import Options, about
from eval.answers import METRICS, AnswersResult, Ask, Tell
from eval.bars import parse_bars
from eval.beir import read_beir
from eval.claims import ClaimsResult
from eval.inputs import InputError
from eval.perturb import PERTURBATIONS
from eval.question import read_questions
from eval.reading import ReadingResult
from eval.report import write_report
from eval.retrieval import RetrievalResult
from eval.squad import read_squad
from index.embed import load_embedder
from rag.assistant import Assistant, open_assistant
from rag.reading import ParagraphReader
from rag.retrieve import load_reranker
from rag.settings import Settings


def run_retrieval(folder: Path, perturb: Sequence[str] = (), settings: Settings | None = None) -> RetrievalResult:
    """A BEIR folder indexed into a temporary store and searched as the assistant searches."""
    _check_perturbations(perturb)
    beir = read_beir(folder)
    with temporary(settings or Settings()) as assistant:
        return retrieval.evaluate(beir, assistant.store, assistant.search, perturb)


def run_reading(file: Path, settings: Settings | None = None) -> ReadingResult:
    """Every question of a SQuAD file read in its gold paragraph by the extractive reader."""
    embedder, _ = load_embedder((settings or Settings()).embedder)
    reader = ParagraphReader(embedder)

    def read(question: str, paragraph: str) -> tuple[Span, Span]:
        found = reader.read(question, paragraph)
        return found.sentence, found.answer or found.sentence

    return reading.evaluate(read_squad(file), read)


def run_answers(
    file: Path,
    against: Path | None = None,
    options: Options | None = None,
    report: Path | None = None,
    fail_under: Sequence[str] = (),
    settings: Settings | None = None,
    tell: Tell | None = None,
    name: str = "",
    where: str = "",
) -> AnswersResult:
    """Asks a question set of the documents in `against`, or of the configured store; bars are `METRIC=X`.

    `tell` hears of every outcome as soon as there is one. `name`: what the report calls the set, by default its file;
    `where`: what it calls the documents.
    """
    options, settings = options or Options(), settings or Settings()
    _check_perturbations(options.perturb)
    bars = parse_bars(fail_under, METRICS)
    questions = read_questions(file)
    with temporary(settings, against) if against else opened(settings) as assistant:
        if against and not assistant.store.documents():
            raise InputError(f"Không đọc được văn bản nào trong {where or against.name}.")
        lookup = assistant.store.document
        asking = _asking(assistant, options)
        asked = [answers.evaluate(questions, asking, lookup, name, tell) for name in ("", *options.perturb)]
        without = _asking(_extractive(assistant, settings), options)
        alone = answers.evaluate(questions, without, lookup) if settings.llm else None
        where = where or (f"thư mục {against.name}" if against else "kho")
        source = about(file.read_bytes(), where, assistant.store, settings, options, datetime.now(UTC))
    extractive = alone and replace(alone, name="chỉ trích nguyên văn")
    result = AnswersResult(name or file.name, tuple(asked), answers.missed_bars(asked, bars), extractive)
    if report is not None:
        write_report(result, report, source)
    return result


def _asking(assistant: Assistant, options: Options) -> Ask:
    return lambda request: options.held(assistant.ask(options.asked(request)))


def _extractive(assistant: Assistant, settings: Settings) -> Assistant:
    """The same assistant without its LLM, to compare the two writers."""
    embedder, _ = load_embedder(settings.embedder)
    return Assistant(assistant.store, embedder, load_reranker(settings.reranker))


def run_claims(
    paths: Sequence[Path],
    each: int = 150,
    half: claims.Half | None = None,
    seed: int = 0,
    fail_under: Sequence[str] = (),
) -> ClaimsResult:
    """The verifier on true and false claims made of real passages, up to `each` of every kind."""
    bars = parse_bars(fail_under, claims.BARS)
    sources = claims.read_sources(paths, half, seed)
    if not sources:
        raise InputError("Không có câu nào để thử.")
    result = claims.evaluate(claims.make(sources, each, seed))
    missed = (bar.missed(result.metrics(), "điều thử") for bar in bars)
    return replace(result, missed=tuple(line for line in missed if line))


def _check_perturbations(names: Sequence[str]) -> None:
    for name in names:
        if name not in PERTURBATIONS:
            raise InputError(f"Không có phép biến đổi “{name}”. Các phép: {', '.join(PERTURBATIONS)}.")


@contextmanager
def opened(settings: Settings) -> Iterator[Assistant]:
    """The configured assistant, its store closed afterwards."""
    assistant = open_assistant(settings)
    try:
        yield assistant
    finally:
        assistant.store.close()


@contextmanager
def temporary(settings: Settings, documents: Path | None = None) -> Iterator[Assistant]:
    """An assistant over a store of its own, gone afterwards: of a folder's documents, or empty."""
    if documents is not None and not documents.is_dir():
        raise InputError(f"Không có thư mục tài liệu {documents}.")
    with TemporaryDirectory(prefix="hoi-eval-") as folder:
        nothing = Path(folder) / "nothing"
        nothing.mkdir()
        places = {"data": Path(folder) / "data", "corpus": documents or nothing}
        with opened(settings.model_copy(update=places)) as assistant:
            yield assistant
            assistant.store.erase()
