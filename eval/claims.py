"""How often the verifier finds a false claim and refuses a true one, on claims made of real passages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Literal, TextIO
from zlib import crc32

from tqdm import tqdm

from corpus.document import Span
from corpus.load import LoadError, files_in, load
from corpus.text import clean, tokens
from eval.beir import read_passages
from eval.inputs import InputError
from eval.mutations import MUTATIONS
from eval.paraphrases import PARAPHRASES
from eval.shapes import PERSON, PLACE, Source
from index.chunk import chunk
from rag.compose import introduction
from rag.units import units_of
from rag.verify import check

Half = Literal["develop", "report"]
BARS = ("detected", "passed")  # what a bar can be set for: the more the better
_SHORTEST, _LONGEST = 6, 70  # words of a unit that claims are made of
_MOST_PASSAGES = 4000
_POOL = 400  # names of persons and places that swaps draw from


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim about a passage, and whether the passage says it."""

    kind: str
    text: str
    quote: str
    passage: str
    context: str
    true: bool

    @property
    def problem(self) -> str | None:
        """What the verifier has against it, when no unit of the passage supports it."""
        found = units_of(self.passage, Span(0, len(self.passage)))
        problems = [check(self.text, unit.quote, self.context).problem for unit in found]
        if None in problems:
            return None
        at = next((at for at, unit in enumerate(found) if unit.quote == self.quote), 0)
        return problems[at] if problems else "không có câu nào"


def read_sources(paths: Iterable[Path], half: Half | None, seed: int) -> list[Source]:
    """The units of the passages in folders of documents, BEIR folders and JSONL files, in an order of the seed's.

    `half` takes the passages of one side of a fixed division, so that what is reported was not developed on.
    """
    passages = [pair for path in paths for pair in _passages(path)]
    chosen = [pair for pair in passages if half is None or _half(pair[1]) == half]
    chosen = sorted(chosen, key=lambda pair: crc32(f"{seed}{pair[1]}".encode()))[:_MOST_PASSAGES]
    texts = [passage for _, passage in chosen]
    persons = sorted({match[1] or match[2] for text in texts for match in PERSON.finditer(text)})[:_POOL]
    places = sorted({(match[1].lower(), match[2]) for text in texts for match in PLACE.finditer(text)})[:_POOL]
    return [
        Source(unit.quote, passage, context, tuple(persons), tuple(places))
        for context, passage in chosen
        for unit in units_of(passage, Span(0, len(passage)))
        if _SHORTEST <= len(tokens(unit.quote)) <= _LONGEST and re.match(r"[^\W\d_]", unit.quote)
    ]


def _half(passage: str) -> Half:
    return "report" if crc32(passage.encode()) % 2 else "develop"


def _passages(path: Path) -> Iterator[tuple[str, str]]:
    """`(what its document is called, text)`."""
    if path.is_file() or (path / "corpus.jsonl").is_file():
        for title, text in read_passages(path if path.is_file() else path / "corpus.jsonl"):
            yield clean(title), clean(text)
    elif path.is_dir():
        for file in files_in(path):
            try:
                document = load(file)
            except LoadError:
                continue
            for each in chunk(document):
                yield introduction(document), each.span.of(document.text)
    else:
        raise InputError(f"Không có {path}.")


def make(sources: Sequence[Source], each: int, seed: int) -> list[Claim]:
    """Up to `each` claims of every kind, false ones and true ones."""
    false = [claim for kind in MUTATIONS for claim in islice(_made(kind, sources, seed), each)]
    true = [claim for kind in PARAPHRASES for claim in islice(_made(kind, sources, seed), each)]
    return false + true


def _made(kind: str, sources: Sequence[Source], seed: int) -> Iterator[Claim]:
    """The claims of one kind; every other false one is also written another way."""
    random = Random(f"{seed} {kind}")
    _, change = MUTATIONS.get(kind) or PARAPHRASES[kind]
    for source in random.sample(sources, len(sources)):
        said = _another_way(source, random) if kind in MUTATIONS and random.random() < 0.5 else source.quote
        text = change(said, source, random)
        if text and kind in MUTATIONS and _is_said_elsewhere(text, source):
            continue
        if (text is not None and text not in (said, source.quote)) or (text and kind == "verbatim"):
            yield Claim(kind, text, source.quote, source.passage, source.context, kind in PARAPHRASES)


def _is_said_elsewhere(text: str, source: Source) -> bool:
    """Whether the passage says it word for word in another place: then it is no lie."""
    return _bare(text) in _bare(source.passage.replace(source.quote, " | "))


def _bare(text: str) -> str:
    """The words in lower case, their marks aside."""
    return " " + re.sub(r"[^\w%|]+", " ", text.lower()).strip() + " "


def _another_way(source: Source, random: Random) -> str:
    _, change = PARAPHRASES[random.choice(sorted(PARAPHRASES))]
    return change(source.quote, source, random) or source.quote


@dataclass(frozen=True, slots=True)
class ClaimsResult:
    """What `hoi eval claims` prints: each claim with what the verifier had against it, None where it had nothing."""

    passages: int
    judged: tuple[tuple[Claim, str | None], ...]
    missed: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        return 1 if self.missed else 0

    def metrics(self) -> dict[str, float | None]:
        """`detected`: share of the false claims refused; `false_alarms`: of the true ones; `passed`: 1 − that."""
        detected = _share(problem is not None for claim, problem in self.judged if not claim.true)
        alarms = _share(problem is not None for claim, problem in self.judged if claim.true)
        return {"detected": detected, "false_alarms": alarms, "passed": None if alarms is None else 1 - alarms}

    def by_kind(self) -> dict[str, tuple[int, float]]:
        """Number of claims and share refused, of each kind."""
        kinds = dict.fromkeys(claim.kind for claim, _ in self.judged)
        refused = {
            kind: [problem is not None for claim, problem in self.judged if claim.kind == kind] for kind in kinds
        }
        return {kind: (len(values), sum(values) / len(values)) for kind, values in refused.items()}

    def to_json(self) -> str:
        """One object: counts, metrics, claims and share refused by kind, bars missed."""
        true = sum(claim.true for claim, _ in self.judged)
        counts = {"passages": self.passages, "false_claims": len(self.judged) - true, "true_claims": true}
        by_kind = {kind: {"claims": count, "refused": share} for kind, (count, share) in self.by_kind().items()}
        found = counts | {"metrics": self.metrics(), "by_kind": by_kind, "missed": list(self.missed)}
        return json.dumps(found, ensure_ascii=False)

    def print_table(self, file: TextIO | None = None) -> None:
        """The figures for people, in Vietnamese."""
        true = sum(claim.true for claim, _ in self.judged)
        print(f"{self.passages} đoạn; {len(self.judged) - true} điều sai, {true} điều đúng viết lại", file=file)
        for kind, (count, share) in self.by_kind().items():
            false = kind in MUTATIONS
            label, _ = MUTATIONS[kind] if false else PARAPHRASES[kind]
            print(f"  {label:<28} {kind:<22} {count:5}  {'phát hiện' if false else 'bắt nhầm'} {share:.3f}", file=file)
        for name, value in self.metrics().items():
            print(f"{_LABELS[name]:<30} {name:<14} {'–' if value is None else f'{value:.4f}'}", file=file)
        for line in self.missed:
            print(f"Dưới ngưỡng · {line}", file=file)


_LABELS = {"detected": "phát hiện điều sai", "false_alarms": "bắt nhầm điều đúng", "passed": "giữ điều đúng"}


def _share(values: Iterable[bool]) -> float | None:
    known = list(values)
    return sum(known) / len(known) if known else None


def evaluate(made: Sequence[Claim]) -> ClaimsResult:
    """Every claim held to its passage."""
    judged = tuple((claim, claim.problem) for claim in tqdm(made, unit=" điều", disable=None))
    return ClaimsResult(len({claim.passage for claim in made}), judged)
