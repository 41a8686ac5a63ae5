"""Mend slips of the keyboard where a word makes no sense: "ke hoahc phats trien" → "kế hoạch phát triển".

A slip is a letter dropped, doubled, added, hit beside or swapped with the next, or a wrong accent. What was meant is
read off the syllable trigram of accent restoration, and off what stands side by side in the documents. Costs are in
nats and were set on questions with slips put in at random; what is sound stays where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from corpus.text import fold
from rag.language.abbreviations import Table, with_shipped
from rag.language.accent_model import OTHER, STOP, AccentModel, shipped
from rag.language.accents import Restored, Word, is_foreign, lattice, penalty_of, restore, words_of, written
from rag.language.leaning import Beside, leant
from rag.language.paths import Ints
from rag.language.slips import edits, meant
from rag.language.syllables import is_syllable

MOST = 120  # words; a longer text is pasted, not typed
SLIP = 9.0  # cost of any slip, beside the cost of its kind
MISSING = 4.0  # of an accent, where the others are there
UNKNOWN, UNREAD = 20.0, 2.0  # of keeping a word that is no syllable, or that no document has
TOGETHER = 6.0  # of a word that stands so beside its neighbour in the documents, less
RARE = 10.0  # cost of a syllable by itself, from where on the documents are asked for it
DOUBT = 10.0  # cost of a word between its neighbours, from where on it is looked at
MARGIN = 3.0  # by which the trigram may like a correction better than its neighbours do
TRIED = 10  # corrections of a word
SHORT, NAME, LONGEST = 3, 5, 20  # letters of a name left alone, of one looked for in the documents, and of any word
_ROMAN = re.compile(r"[ivxlc]+$")
_ASKING = frozenset("nào gì ai mấy đâu sao nhiêu".split())  # typed with its accents, an asking word is meant
_CHAT = frozenset(
    "ko kh hok hem dc đc vs wa bit bik thik ntn bn ng mn ck vk ui lun iu uk mk ms nv tg bt cx nhg nh gđ".split()
)  # left as they are: "ko" may be không, kho or a name
_ASKING = frozenset("nào gì đâu mấy sao".split())  # typed with care: no slip of "này" or "máy"


class Frequency(Protocol):
    """How many passages hold a token: `Snapshot.frequency`."""

    def __call__(self, field: Literal["folded", "bigrams", "accented"], text: str, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that may be a slip: what keeping it costs, and its corrections with what each costs, in steps."""

    keep: int
    rows: tuple[int, ...]
    costs: tuple[int, ...]


def mend(text: str, frequency: Frequency, extra: Table | None = None, beside: Beside | None = None) -> Restored:
    """The text with slips mended and missing accents put back; as `restore` gives it where all is sound.

    `extra` are an office's abbreviations, which are no slips; `beside` tells how the documents write neighbours.
    """
    text = unicodedata.normalize("NFC", text)
    model = shipped()
    words = words_of(text, model)
    if not words or len(words) > MOST or is_foreign(text, words):
        return restore(text, model)
    penalty = penalty_of(text, words, model)
    choices, costs = lattice(words, model, penalty)
    rows = [first for first, *_ in choices]  # all that there are where nothing lacks accents
    if penalty is not None:
        paths = model.paths(choices, costs)
        if beside:
            costs = leant(words, paths, choices, costs, beside)
            paths = model.paths(choices, costs)
        rows = paths.best()
    missing = MISSING if penalty is None else min(MISSING, round(penalty, 1))
    path = np.array([STOP, *rows, STOP])
    sentence = _Sentence(text, words, path, _around(path, model), model, frequency, missing, with_shipped(extra))
    doubts = {at: doubt for at in sentence.unsound() if (doubt := sentence.doubt(at, choices[at]))}
    for at, doubt in doubts.items():
        choices[at] += doubt.rows
        costs[at] = (*(cost + doubt.keep for cost in costs[at]), *doubt.costs)
    rows = model.paths(choices, costs).best() if doubts else rows
    names = {at: sentence.name(at) for at, row in enumerate(rows) if row == OTHER and at not in doubts}
    return written(text, words, [names.get(at) or model.keys[row] for at, row in enumerate(rows)])


def _around(path: Ints, model: AccentModel) -> Ints:
    """What each word of a path costs beside the one before and the one behind it."""
    pairs = model.pairs(path[:-1], path[1:])
    return np.asarray(pairs[:-1] + pairs[1:])


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What was typed, its likeliest reading (`path`, framed by stops), what each word of it costs between its
    neighbours (`around`), and what is known."""

    text: str
    words: list[Word]
    path: Ints
    around: Ints
    model: AccentModel
    frequency: Frequency
    missing: float
    abbreviations: Table

    def unsound(self) -> list[int]:
        """The words that are no syllables, or cost too much between their neighbours to stand without a look."""
        looked_at = (self.path[1:-1] == OTHER) | (self.around >= (DOUBT - UNREAD) * self.model.steps)
        return [int(at) for at in np.flatnonzero(looked_at)]

    def doubt(self, at: int, readings: tuple[int, ...]) -> Doubt | None:
        """Whether the unsound word at `at` may be a slip, and of what; None where nothing better is near."""
        word, steps = self.words[at], self.model.steps
        here = self.around[at]
        if self._is_kept(word) or here + (keep := self._keeping(at) * steps) < DOUBT * steps:
            return None
        near = [meant(typed, self.missing) for typed in {word.key, word.span.of(self.text).lower()}]
        rows, costs = np.concatenate([one.rows for one in near]), np.concatenate([one.costs for one in near])
        costs = (costs + SLIP) * steps + self._cases(word, rows)
        total = costs + self.model.pairs(self.path[at], rows) + self.model.pairs(rows, self.path[at + 2])
        best = [place for place in np.argsort(total, kind="stable")[:TRIED] if int(rows[place]) not in readings]
        if not best or total[best[0]] > here + keep + (MARGIN + TOGETHER) * steps:
            return None
        gains = [TOGETHER * steps * self._stands(at, fold(self.model.keys[rows[place]])) for place in best]
        found = [round(costs[place] - gain) for place, gain in zip(best, gains, strict=True)]
        return Doubt(round(keep), tuple(int(rows[place]) for place in best), tuple(found))

    def name(self, at: int) -> str | None:
        """The word of the documents that an unknown name is one slip from: the commonest."""
        word = self.words[at]
        letters = fold(word.key)
        if self._is_kept(word) or len(letters) < NAME or self.frequency("folded", letters):
            return None
        known = {form: count for form in sorted(edits(letters)) if (count := self.frequency("folded", form))}
        return max(known, key=lambda form: known[form], default=None)

    def _is_kept(self, word: Word) -> bool:
        """Codes, numbers, abbreviations, asking words, words of chats, and capitals that may be a name's."""
        key, letters = word.key, fold(word.key)
        if word.code or not key[0].isalpha() or len(key) > LONGEST or (len(key) == 1 and key == letters):
            return True
        if key in _CHAT or key in _ASKING or _ROMAN.match(key):
            return True
        if is_syllable(key):
            return bool(word.capital)
        return letters in self.abbreviations.folded or (bool(word.capital) and len(key) <= SHORT)

    def _keeping(self, at: int) -> float:
        """What it costs to take the word at `at` as it stands."""
        word = self.words[at]
        letters = fold(word.key)
        read = self.frequency("folded", letters) if word.key == letters else self.frequency("accented", word.key)
        if self.path[at + 1] == OTHER:
            return 0.0 if read else UNKNOWN
        rare = self.model.unigram[self.path[at + 1]] > RARE * self.model.steps
        return (UNREAD if rare and not read else 0.0) - TOGETHER * self._stands(at, letters)

    def _stands(self, at: int, letters: str) -> bool:
        """Whether a document has the word beside one of its neighbours."""
        before = fold(self.words[at - 1].key) if at else ""
        behind = fold(self.words[at + 1].key) if at + 1 < len(self.words) else ""
        return bool(
            (before[:1].isalnum() and self.frequency("bigrams", f"{before}_{letters}"))
            or (behind[:1].isalnum() and self.frequency("bigrams", f"{letters}_{behind}"))
        )

    def _cases(self, word: Word, rows: Ints) -> Ints:
        """What the word's letter case costs each row."""
        if word.capital is None:
            return np.zeros(len(rows), dtype=np.int64)
        case = self.model.capital if word.capital else self.model.small
        return np.array([case[row] for row in rows], dtype=np.int64)
