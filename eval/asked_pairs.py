"""Questions with the passages that answer them, of the pairs: what asks, and where the answer stands.

Those written for the reading networks (`eval.written`), and those that came with answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.train_ranker import drawn_pairs
from eval.written import lines
from index.train.pairs import pairs_of

BESIDE = {  # by source of the passages: who fills up what is searched; and how many questions are made of sentences
    "wiki2025_title_section_para": ("wiki2025_title_section_para", 6_000),
    "viwiki2017_title_section_para": ("viwiki2017_title_section_para", 6_000),
    "vietnews_title_body": ("vietnews_title_body", 3_000),
    "gov_news2025_title_body": ("vietnews_abstract_body", 0),
}
LEGAL = ("phapdien_title_text", 0)  # … of all other sources
ANSWERED = {
    "tvpl_qa2025_question_answer": ("phapdien_title_text", 1_500),
    "zalo2021_train_question_article": ("laws_title_text", 0),
    "mailong_question_passage": ("wiki2025_title_section_para", 1_000),
}
FILLED = 8_000  # passages beside a source's own
_LEAST = 25  # words of one

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class AskedPairs:
    """Questions with their passages, those that are searched with them, and how many questions to make besides."""

    name: str
    pairs: list[Pair]
    beside: list[Pair]
    made: int


def asked_pairs(pairs: Path, random: np.random.Generator) -> Iterator[AskedPairs]:
    """Source by source, without the questions from which the ranker learns."""
    by_source: defaultdict[str, list[Pair]] = defaultdict(list)
    for source, question, passage, _ in lines(pairs):
        by_source[source if source in BESIDE else ""].append((question, passage))
    for source, own in by_source.items():
        yield _filled(pairs, source or "legal", own, BESIDE.get(source, LEGAL), random)
    for source, beside in ANSWERED.items():
        _, drawn = drawn_pairs(pairs / f"{source}.jsonl")
        own = [pair for pair in pairs_of(pairs / f"{source}.jsonl") if pair[0] not in drawn]
        yield _filled(pairs, source, own, beside, random)


def _filled(
    pairs: Path, name: str, own: list[Pair], beside: tuple[str, int], random: np.random.Generator
) -> AskedPairs:
    source, made = beside
    known = {passage for _, passage in own}
    others = [pair for pair in pairs_of(pairs / f"{source}.jsonl") if len(pair[1].split()) > _LEAST]
    order = (others[at] for at in random.permutation(len(others)))
    kept = (pair for pair in order if pair[1].strip() not in known)
    return AskedPairs(name, own, [pair for pair, _ in zip(kept, range(FILLED), strict=False)], made)
