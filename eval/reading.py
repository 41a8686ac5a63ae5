"""Reading alone: given the right paragraph, does the extractive reader choose the sentence and the span?"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TextIO

from tqdm import tqdm

from corpus.document import Span
from eval.metrics import exact_match, f1, holds, mean
from eval.squad import Gold, Reader

Read = Callable[[str, str], tuple[Span, Span]]  # question, paragraph → the sentence and the answer within it


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """What `hoi eval reading` prints."""

    questions: int
    sentence_accuracy: float
    exact_match: float
    f1: float

    def to_json(self) -> str:
        """One object, as the contract has it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def print_table(self, file: TextIO | None = None) -> None:
        """The figures for people, in Vietnamese."""
        print(f"{self.questions} câu hỏi, đọc đúng đoạn có đáp án", file=file)
        print(f"  chọn đúng câu   {self.sentence_accuracy:.4f}", file=file)
        print(f"  khớp hoàn toàn  {self.exact_match:.4f}", file=file)
        print(f"  F1              {self.f1:.4f}", file=file)


def evaluate(readers: Sequence[Reader], read: Read) -> ReadingResult:
    """Every question read in its own paragraph."""
    chosen = [read(reader.question, reader.paragraph) for reader in tqdm(readers, unit=" câu", disable=None)]
    pairs = list(zip(readers, chosen, strict=True))
    spans = [(answer.of(reader.paragraph), reader.answers) for reader, (_, answer) in pairs]
    return ReadingResult(
        len(readers),
        sentence_accuracy=mean([holds_gold(reader, sentence) for reader, (sentence, _) in pairs]),
        exact_match=mean([exact_match(span, golds) for span, golds in spans]),
        f1=mean([f1(span, golds) for span, golds in spans]),
    )


def holds_gold(reader: Reader, sentence: Span) -> bool:
    """Whether a gold answer stands in the sentence: at its own place, or by its words in a row."""
    return any(_within(gold, sentence) for gold in reader.golds) or bool(
        holds(sentence.of(reader.paragraph), reader.answers)
    )


def _within(gold: Gold, sentence: Span) -> bool:
    return gold.start is not None and sentence.start <= gold.start <= sentence.end - len(gold.text)
