"""Questions with the passages that our own search confuses: what the interaction scorer learns to tell apart.

A source is indexed in parts of some thousand passages, as large as the collections it will serve, and asked with its
own queries and with questions made of its sentences. Candidates are scored as the search scores them before any
reranking.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.sentences import sentences
from corpus.text import clean, syllables, tokens
from index.embed import StaticModel
from index.lexical import LexicalQuery, Lexicon, Term, Words, grow

PART = 10_000  # passages indexed together
PARTS = 1  # parts of a source
PIECE, PIECES = 180, 3  # syllables of a piece of a passage, pieces of a passage that are indexed
DEPTH = 60  # pieces the words' search finds
NEGATIVES = 15
COSINE = 0.6  # of the cosine beside BM25 over its best, as `rag.retrieve` has it
SAME = 0.6  # share of common syllables from which two passages are taken for copies of one


@dataclass(frozen=True, slots=True)
class Plan:
    """How many queries of a source are asked: its own, and made of its passages; `beside`: who fills up its part."""

    queries: int
    made: int = 0
    beside: str = ""


PLANS = {
    "tvpl_qa2025_question_answer": Plan(8_000, 2_000, "phapdien_title_text"),
    "mailong_question_passage": Plan(1_200, 2_500, "wiki2025_title_section_para"),
    "phapdien_title_text": Plan(3_000, 1_000),
    "vietnews_title_body": Plan(4_000, 1_500),
    "viwiki2017_title_section_para": Plan(1_500, 3_000),
    "zalo2021_train_question_article": Plan(400, 1_000, "laws_title_text"),
    "laws_title_text": Plan(2_000, 500),
    "semviqa_claim_context": Plan(1_300, 1_000, "wiki2025_title_section_para"),
    "gov_news2025_title_body": Plan(1_900, 1_000, "vietnews_abstract_body"),
    "wiki2025_title_section_para": Plan(1_500, 3_000),
    "tthc_procedure_field": Plan(800, 0, "phapdien_title_text"),
    "rss2025_26_title_summary": Plan(1_500, 0),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its candidates: the right piece first, then those taken for it; `fused` is the search's score."""

    query: str
    pieces: tuple[int, ...]  # positions in `Mined.pieces`
    fused: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Mined:
    source: str
    pieces: list[str]
    asked: list[Asked]


_NUMBER = re.compile(r"\b\d+(?:[.,/-]\d+)*\b")
_NAMED = re.compile(
    r"(?<=\w )(?:(tỉnh|huyện|quận|xã|phường|thành phố|thị xã|thị trấn|nước|ông|bà|công ty|trường|sông|đảo) )?"
    r"(?:[A-ZĐÀ-Ỹ][^\W\d_]*)(?: [A-ZĐÀ-Ỹ][^\W\d_]*)+"
)
_PERSONS = ("ông", "bà")
_RUN = 3  # syllables that a made question leaves out or keeps together: about a word and what belongs to it
_DROPPED = 0.3


def made_question(passage: str, random: np.random.Generator) -> str | None:
    """A sentence whose number, name or place gives way to its question word, some other words left out."""
    spans = [span for span in sentences(passage) if 8 <= len(span.of(passage).split()) <= 50]
    if not spans:
        return None
    sentence = spans[int(random.integers(len(spans)))].of(passage)
    holes = [*_NUMBER.finditer(sentence), *_NAMED.finditer(sentence)]
    if not holes:
        return None
    hole = holes[int(random.integers(len(holes)))]
    before, after, word = sentence[: hole.start()].split(), sentence[hole.end() :].split(), _question_word(hole, random)
    near = int(random.integers(6, 16))  # words on either side: questions are shorter than sentences
    kept = [_thinned(words, random) for words in (before[-near:], after[:near])]
    if len(kept[0]) + len(kept[1]) < 4:
        return None
    return " ".join((*kept[0], word, *kept[1]) if random.random() < 0.6 else (*kept[1], *kept[0], word))


def _thinned(words: Sequence[str], random: np.random.Generator) -> list[str]:
    shift = int(random.integers(_RUN))
    kept = random.random(len(words) // _RUN + 2) > _DROPPED
    return [word for at, word in enumerate(words) if kept[(at + shift) // _RUN]]


def _question_word(hole: re.Match[str], random: np.random.Generator) -> str:
    words: tuple[str, ...] = ("ai", "gì", "đâu", "nào", "cái gì")
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", hole[0]):
        words = ("nào",)
    elif hole[0][0].isdigit():
        words = ("ngày nào", "khi nào") if re.search("[/-]", hole[0]) else ("bao nhiêu", "mấy")
    elif hole[1]:
        words = ("ai", "ông nào") if hole[1] in _PERSONS else (f"{hole[1]} nào", "ở đâu")
    return words[int(random.integers(len(words)))]


def mine(sources: dict[str, list[tuple[str, str]]], model: StaticModel, seed: int = 1) -> Iterator[Mined]:
    """The candidates of some parts of every planned source that there is."""
    random = np.random.default_rng(seed)
    for name, plan in PLANS.items():
        pairs = sources.get(name, [])
        there = -(-len(pairs) // PART)
        chosen = random.permutation(there)[:PARTS]
        for part in chosen:
            own = pairs[part * len(pairs) // there : (part + 1) * len(pairs) // there]
            beside = sources.get(plan.beside, [])
            offset = int(random.integers(max(1, len(beside) - PART)))
            filler = beside[offset : offset + max(0, PART - len(own))]
            yield Mined(name, *candidates_of(own, filler, plan, len(chosen), model, random))


def candidates_of(
    pairs: Sequence[tuple[str, str]],
    filler: Sequence[tuple[str, str]],
    plan: Plan,
    parts: int,
    model: StaticModel,
    random: np.random.Generator,
) -> tuple[list[str], list[Asked]]:
    """The pieces of the passages of `pairs` and `filler`, and what is asked of them: `plan` is for all `parts`."""
    passages = list(dict.fromkeys(clean(passage) for _, passage in (*pairs, *filler)))
    number = {passage: at for at, passage in enumerate(passages)}
    pieces, owner = _pieces(passages)
    queries = [(" ".join(query.split()), number[clean(passage)]) for query, passage in pairs]
    chosen = random.permutation(len(queries))
    asked = [queries[at] for at in chosen[: plan.queries // parts]]
    for at in random.permutation(len(queries))[: plan.made // parts]:
        if question := made_question(passages[queries[at][1]], random):
            asked.append((question, queries[at][1]))
    titles: dict[str, set[int]] = {}
    for query, right in queries:
        titles.setdefault(query.lower(), set()).add(right)
    with tempfile.TemporaryDirectory() as folder:
        grow(Path(folder), None, (), (Words(at, 1, piece, "") for at, piece in enumerate(pieces)), len(pieces))
        searched = _Searched(Lexicon(Path(folder)), model, pieces, owner)
        found = [searched.candidates(query, {right} | titles.get(query.lower(), set())) for query, right in asked]
    return pieces, [one for one in found if one]


def _pieces(passages: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    pieces: list[str] = []
    owner: list[int] = []
    for at, passage in enumerate(passages):
        words = passage.split()
        for start in range(0, max(1, min(len(words) - PIECE // 4, PIECE * PIECES)), PIECE):
            pieces.append(" ".join(words[start : start + PIECE]))
            owner.append(at)
    return pieces, np.array(owner)


class _Searched:
    """One part's pieces, ready to be asked."""

    def __init__(self, lexicon: Lexicon, model: StaticModel, pieces: list[str], owner: NDArray[np.int64]) -> None:
        self._lexicon, self._model, self._pieces, self._owner = lexicon, model, pieces, owner
        self._vectors = model.encode_document(pieces)

    def candidates(self, query: str, right: set[int]) -> Asked | None:
        """None when the right passage shares no word with the query, or nothing else does."""
        lexical = dict(self._lexicon.search(lexical_query(query), DEPTH))
        if not lexical:
            return None
        best = max(lexical.values())
        own = np.flatnonzero(np.isin(self._owner, list(right)))
        places = np.array([*(own), *(at for at in lexical if self._owner[at] not in right)])
        cosines = self._vectors[places] @ self._model.encode_query([query])[0]
        last = min(lexical.values()) / best
        fused = np.array([lexical.get(int(at), 0.0) / best or last * 0.8 for at in places]) + COSINE * cosines
        first = int(np.argmax(fused[: len(own)]))
        order = [len(own) + int(at) for at in np.argsort(-fused[len(own) :])]
        known = set(syllables(self._pieces[places[first]])[0])
        others = [at for at in order if not _copies(known, set(syllables(self._pieces[places[at]])[0]))][:NEGATIVES]
        if len(others) < NEGATIVES:
            return None
        kept = [first, *others]
        return Asked(query, tuple(int(places[at]) for at in kept), tuple(float(fused[at]) for at in kept))


def _copies(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= SAME * min(len(one), len(other))


def lexical_query(query: str) -> LexicalQuery:
    """The fields and weights of the search."""
    found = tokens(query)[:64]
    terms = [Term("folded", token.folded, 0.8) for token in found]
    terms += [Term("accented", token.key, 1.1) for token in found if token.key != token.folded]
    terms += [Term("bigrams", f"{first.folded}_{second.folded}") for first, second in pairwise(found)]
    return LexicalQuery(tuple(terms))
