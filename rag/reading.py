"""Reading one text: the sentence that answers a question and the words in it, without constraints or abstention."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import Span
from corpus.sentences import sentences
from index import interaction
from index.embed import Embedder
from rag import evidence, story
from rag.agreement import Agreement
from rag.evidence import Asked, Matrix
from rag.line import Line
from rag.pointing import Pointing
from rag.slot import Slot
from rag.span import Chosen, SpanReader
from rag.understand import Query, query_of
from rag.units import Unit, units_of

FEATURES = (
    *evidence.FEATURES,
    "alike",  # how far each syllable of the question finds its like in the sentence (`index.interaction`)
    "alike stretch",  # … in its best stretch
    "alike before",  # … with the sentence before it
    "alike stretch before",
    "alike after",
    "alike stretch after",
    *story.FEATURES,
)
LIKELIEST = 3  # sentences in which the words are looked for
_FILE = Path(__file__).parent / "data" / "reading.json"
_POINTING = 1.0  # what the logarithm of the networks' chances counts beside the features' logits
_WORDS = 3.0  # logits that a sentence is ahead whose words are sure to be the answer


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentence of a text that answers a question, and the words in it that do."""

    sentence: Span
    answer: Span | None


@dataclass(frozen=True, slots=True)
class Likely:
    """How likely a sentence answers: a weight a feature, in the order of `FEATURES`, and what its words say."""

    values: Matrix
    agreement: Agreement

    @classmethod
    def load(cls, path: Path = _FILE) -> Likely:
        """Raises `ValueError` when the file weighs other features than the program measures."""
        saved = json.loads(path.read_text(encoding="utf-8"))
        if list(saved["weights"]) != list(FEATURES):
            raise ValueError(f"{path.name} weighs {list(saved['weights'])}, the reader has {FEATURES}")
        return cls(np.array(list(saved["weights"].values())), Agreement(saved["agreement"]))

    def score(self, table: Matrix, slot: Slot, units: Sequence[Unit]) -> Matrix:
        """Logits of a text's units."""
        return np.asarray(table @ self.values + self.agreement.score(slot, units))


class ParagraphReader:
    """Chooses by the learned weights and trees; holds no state of a question."""

    def __init__(self, embedder: Embedder, likely: Likely | None = None, spans: SpanReader | None = None) -> None:
        self._embedder = embedder
        self._likely = likely or Likely.load()
        self._spans = spans or SpanReader()

    def read(self, question: str, text: str) -> Reading:
        """The best sentence, by its own features and by how surely its words are the answer."""
        query = query_of(question, question)
        units = [unit for unit in units_of(text, Span(0, len(text))) if unit.words]
        if not units:
            return Reading(Span(0, 0), None)
        slot = Slot.of(query)
        logits = self._likely.score(table_of(query, units, self._embedder), slot, units)
        pointing = Pointing.of(query, text)
        unit, answer = choose(text, slot, [unit.span for unit in units], logits, self._spans, pointing)
        return Reading(sentence_of(text, unit), answer)


def choose(
    text: str, slot: Slot, units: Sequence[Span], logits: Matrix, reader: SpanReader, pointing: Pointing | None
) -> tuple[Span, Span]:
    """The unit and the words in it that answer, by the features, the trees and, unless there is none, the network."""
    if pointing is not None:
        logits = logits + _POINTING * pointing.of_sentences(units)
    shares = shares_of(logits)
    likeliest = most_likely(shares)
    lines = [Line.of(text, units[at]) for at in likeliest]
    expected = None if pointing is None else [pointing.expected_f1(line) for line in lines]
    chosen = reader.choose(slot, lines, [float(shares[at]) for at in likeliest], expected)
    best = pick(shares[likeliest], chosen)
    return lines[best].span, chosen[best].span


def sentence_of(text: str, unit: Span) -> Span:
    """The whole sentence that a unit, which may be one of its clauses, belongs to."""
    return next(span for span in sentences(text) if span.start <= unit.start < span.end)


def table_of(query: Query, units: Sequence[Unit], embedder: Embedder) -> Matrix:
    """The features of a text's units, in reading order."""
    vector = embedder.encode_query([query.text])[0]
    own = evidence.features(Asked(query.terms, query.words, query.expected, vector), units, embedder)
    return np.hstack([own, _alike(query.text, units), story.features(query, units)])


def _alike(question: str, units: Sequence[Unit]) -> Matrix:
    """How alike each unit is by itself, with the one before it and with the one after it."""
    scorer = interaction.shipped()
    rows = [
        scorer.vocabulary.rows_of([word.key for word in this.words], [word.folded for word in this.words])
        for this in units
    ]
    before, after = zip([[], *rows[:-1]], rows, strict=True), zip(rows, [*rows[1:], []], strict=True)
    wider = [rows, *([first + second for first, second in pairs] for pairs in (before, after))]
    flat = np.array([row for texts in wider for text in texts for row in text], np.int32)
    lengths = np.array([len(text) for texts in wider for text in texts], np.int64)
    found = np.array(scorer.parts_of(question, flat, lengths), np.float64)  # (2, 3 × units)
    return np.asarray(found.reshape(2, 3, len(units)).transpose(2, 1, 0).reshape(len(units), 6))


def shares_of(logits: Matrix) -> Matrix:
    """The probability of each of a text's units to be the one."""
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum())


def most_likely(shares: Matrix) -> list[int]:
    return [int(at) for at in np.argsort(-shares, kind="stable")[:LIKELIEST]]


def pick(shares: Matrix, chosen: Sequence[Chosen]) -> int:
    """The sentence that is likely and has words that are."""
    return int(np.argmax(np.log(shares + 1e-9) + _WORDS * np.array([one.f1 for one in chosen])))
