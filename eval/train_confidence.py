"""Learn how sure an answer is: a logistic model over `rag.confidence.Signals`, and the confidence from which to answer.

    python -m eval.train_confidence --sets DIR/viquad_dev … --questions tune.jsonl … --out rag/data/confidence.json

A question of a set is asked twice: with its passage among the documents, right when the unit chosen holds a gold
answer; and with the passage withheld, when no answer is right. The question files are asked over the configured corpus;
they weigh three times as much as all the sets together, since they are of the office kind. So do question files over
other offices' documents, if any: `--elsewhere DIR` with `DIR/documents` and `DIR/*.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.beir import read_beir
from eval.commands import temporary
from eval.judge import is_cited, is_right
from eval.metrics import folded
from eval.question import read_questions
from eval.squad import read_squad
from rag.answer import Request
from rag.assistant import Assistant
from rag.confidence import ALONE, Signals, signals
from rag.extract import Finding, unpinned
from rag.scope import places_of
from rag.settings import Settings
from rag.understand import understand

SAMPLE = 150  # questions a set
RIDGE = 1e-3
STEPS = 3000
OFFICE = 3.0  # weight of the question files against all the sets
LET_THROUGH = 0.01  # share of unanswerable questions
MARGIN = 0.03  # above that, for documents and questions nobody has tried yet: a wrong figure costs more than no answer


@dataclass(frozen=True, slots=True)
class Example:
    given: tuple[float, ...]  # signals
    right: bool  # whether answering is right
    answerable: bool


def best_of(assistant: Assistant, request: Request) -> tuple[tuple[float, ...], Finding] | None:
    """The finding that would be quoted, with its signals; None where the constraints leave none."""
    snapshot = assistant.store.snapshot()
    query = understand(request.question, known=places_of(snapshot))
    found = assistant.lookup.look(snapshot, query, request)
    standing = [finding for finding in found.findings if finding.against is None]
    if not standing:
        return None
    return astuple(signals(unpinned(query, light=0.0), standing[0], found.findings)), standing[0]


def from_set(folder: Path, assistant: Assistant) -> Iterator[Example]:
    """Examples of a BEIR-layout set with its `squad.json`."""
    beir = read_beir(folder)
    assistant.store.add(beir.uploads.values())
    everything = {upload.document.id for upload in beir.uploads.values()}
    readers = {reader.id: reader for reader in read_squad(folder / "squad.json")}
    ids = sorted(set(beir.qrels) & set(readers))
    for id in random.Random(0).sample(ids, min(SAMPLE, len(ids))):
        gold = {beir.uploads[passage].document.id for passage in beir.qrels[id]}
        for documents, answerable in ((everything, True), (everything - gold, False)):
            best = best_of(assistant, Request(readers[id].question, document_ids=tuple(documents)))
            if best is not None:
                quote = folded(best[1].unit.quote)
                right = answerable and any(folded(answer) in quote for answer in readers[id].answers)
                yield Example(best[0], right, answerable)


def from_questions(file: Path, assistant: Assistant) -> Iterator[Example]:
    """Examples of a question file; questions answered from a header have no signals and teach nothing here."""
    for question in read_questions(file):
        best = best_of(assistant, Request(question.question))
        if best is not None:
            answer = assistant.ask(Request(question.question))
            right = (
                question.answerable
                and is_right(question, answer)
                and bool(is_cited(question, answer, assistant.store.document))
            )
            if answer.abstained and question.answerable:
                right = folded(best[1].unit.quote) in folded(question.evidence or "") or folded(
                    question.evidence or "-"
                ) in folded(best[1].unit.quote)
            yield Example(best[0], right, question.answerable)


def fit(examples: Sequence[Example], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic regression by gradient descent with momentum; the last value is the bias."""
    table = np.array([(*example.given, 1.0) for example in examples])
    right = np.array([float(example.right) for example in examples])
    values, speed = np.zeros(table.shape[1]), np.zeros(table.shape[1])
    for _ in range(STEPS):
        sure = 1 / (1 + np.exp(-table @ values))
        slope = table.T @ (weights * (sure - right)) / weights.sum() + RIDGE * values
        speed = 0.9 * speed - 0.5 * slope
        values += speed
    return values


def fit_both(examples: Sequence[Example], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of two models, one of which does not look at the other findings: these depend on what else is stored."""
    among = [field.name for field in fields(Signals)].index("ahead")
    alone = [replace(example, given=(*example.given[:among], *ALONE)) for example in examples]
    whole, own = fit(examples, weights), fit(alone, weights)
    own[-1] += float(own[among : among + len(ALONE)] @ np.array(ALONE))
    own[among : among + len(ALONE)] = 0.0
    return (whole + own) / 2


def sure_of(examples: Sequence[Example], values: NDArray[np.float64]) -> NDArray[np.float64]:
    table = np.array([(*example.given, 1.0) for example in examples])
    return np.asarray(1 / (1 + np.exp(-table @ values)))


def threshold(examples: Sequence[Example], sure: NDArray[np.float64], unanswerable: int) -> float:
    """`MARGIN` above the confidence from which at most `LET_THROUGH` of the files' unanswerable ones are answered."""
    wrong = np.sort([value for example, value in zip(examples, sure, strict=True) if not example.answerable])[::-1]
    allowed = int(LET_THROUGH * unanswerable)
    return round(float(wrong[allowed]) + MARGIN, 2) if allowed < len(wrong) else 0.2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="+", type=Path, required=True)
    parser.add_argument("--questions", nargs="+", type=Path, required=True)
    parser.add_argument("--elsewhere", nargs="*", type=Path, default=[])
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    settings = Settings()
    general: list[Example] = []
    for folder in arguments.sets:
        with temporary(settings) as assistant:
            general += from_set(folder, assistant)
        print(folder.name, len(general), flush=True)
    asked = [(settings.corpus, arguments.questions)]
    asked += [(folder / "documents", sorted(folder.glob("*.jsonl"))) for folder in arguments.elsewhere]
    office: list[Example] = []
    for corpus, files in asked:
        with temporary(settings, corpus) as assistant:
            office += [one for file in files for one in from_questions(file, assistant)]
    examples = [*general, *office]
    weights = np.array([1.0] * len(general) + [OFFICE * len(general) / len(office)] * len(office))
    values = fit_both(examples, weights)
    names = [field.name for field in fields(Signals)]
    table = {name: round(float(value), 3) for name, value in zip(names, values, strict=False)}
    unanswerable = sum(not each.answerable for _, files in asked for file in files for each in read_questions(file))
    at = threshold(office, sure_of(office, values), unanswerable)
    report = {"model": {"bias": round(float(values[-1]), 3), "weights": table, "threshold": at}}
    for name, group in (("sets", general), ("questions", office)):
        sure = sure_of(group, values)
        told = sure >= at
        right = np.array([example.right for example in group])
        answerable = np.array([example.answerable for example in group])
        report[name] = {
            "examples": len(group),
            "answered of answerable": round(float(told[answerable].mean()), 3),
            "refused of unanswerable": round(float((~told[~answerable]).mean()), 3),
            "right of answered": round(float(right[told].mean()), 3),
        }
    arguments.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
