"""Mend slips of the keyboard where a word makes no sense: "ke hoahc phats trien" → "kế hoạch phát triển".

A slip is a letter dropped, doubled, added, hit beside or swapped with the next, or a wrong accent. What was meant is
read off the syllable trigram of accent restoration, and off what stands side by side in the documents. Costs are in
nats and were set on questions with slips put in at random; what is sound stays where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Literal, NamedTuple, Protocol

import numpy as np

from corpus.text import fold
from rag.language.abbreviation_table import Table, with_shipped
from rag.language.accent_lattice import paths
from rag.language.accent_model import OTHER, STOP, AccentModel, shipped
from rag.language.accents import Restored, Word, is_foreign, lattice, penalty_of, restore, words_of, written
from rag.language.leaning import Beside, Pair, against
from rag.language.paths import Ints
from rag.language.slips import cost, edits, near
from rag.language.syllables import is_syllable

MOST = 120  # words; a longer text is pasted, not typed
SLIP = 9.0  # cost of any slip, beside the cost of its kind
MISSING = 4.0  # of an accent, where the others are there
UNKNOWN, UNREAD = 20.0, 2.0  # of keeping a word that is no syllable, or that no document has
TOGETHER = 6.0  # of a word that stands so beside its neighbour in the documents, less
COMMON = 8.5  # cost of a syllable by itself, up to where it is meant as it is typed: "cả đúng lẫn sai"
RARE = 10.0  # cost of a syllable by itself, from where on the documents are asked for it
DOUBT = 10.0  # cost of a word between its neighbours, from where on it is looked at
MARGIN = 3.0  # by which the trigram may like a correction better than its neighbours do
OFTENER = 10  # times a correction must stand where the documents have the word as it is typed
TRIED = 10  # corrections of a word
SHORT, NAME, LONGEST = 3, 5, 20  # letters of a name left alone, of one looked for in the documents, and of any word
_ROMAN = re.compile(r"[ivxlc]+$")
_VOICELESS = re.compile(r"[b-df-hj-np-tv-xzđ]{2,4}$")  # "bh", "trg": an abbreviation, if no document tells otherwise
_CHAT = frozenset(
    "ko kh hok hem dc đc vs wa bit bik thik ntn bn ng mn ck vk ui lun iu uk mk ms nv tg bt cx nhg nh gđ".split()
)  # left as they are: "ko" may be không, kho or a name
_ASKING = frozenset("nào gì đâu mấy sao".split())  # typed with care: no slip of "này" or "máy"


class Frequency(Protocol):
    """How many passages hold a token: `Snapshot.frequency`."""

    def __call__(self, field: Literal["folded", "bigrams", "accented"], text: str, /) -> int: ...


class _Correction(NamedTuple):
    """What may have been meant: what it costs between its neighbours, its row, and what it costs by itself."""

    total: int
    row: int
    cost: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that may be a slip: what keeping it costs, and its corrections with what each costs, in steps."""

    keep: int
    rows: tuple[int, ...]
    costs: tuple[int, ...]


def mend(
    text: str,
    frequency: Frequency,
    extra: Table | None = None,
    beside: Beside | None = None,
    phrases: Set[Pair] = frozenset(),
) -> Restored:
    """The text with slips mended and missing accents put back; as `restore` gives it where all is sound.

    `extra` are an office's abbreviations, and `phrases` syllables that it says side by side: neither are slips.
    `beside` tells how the documents write neighbours.
    """
    text = unicodedata.normalize("NFC", text)
    model = shipped()
    words = words_of(text, model)
    if not words or len(words) > MOST or is_foreign(text, words):
        return restore(text, model)
    penalty = penalty_of(text, words, model)
    choices, costs = lattice(words, model, penalty)
    rows = [first for first, *_ in choices]  # all that there are where nothing lacks accents
    if penalty is not None and any(word.letters for word in words):
        ways = paths(model, choices, costs)
        leaning = against(words, ways, beside) if beside else {}
        rows = ways.dearer({at: one.of(ways.rows[at + 1].tolist()) for at, one in leaning.items()}).best()
        for at, one in leaning.items():
            costs[at] = tuple(map(add, costs[at], one.of(choices[at])))
    missing = MISSING if penalty is None else min(MISSING, round(penalty, 1))
    path = np.array([STOP, *rows, STOP])
    known = frequency, missing, with_shipped(extra), beside, phrases
    sentence = _Sentence(text, words, path, _around(path, model), model, *known)
    doubts = {at: doubt for at in sentence.unsound() if (doubt := sentence.doubt(at, choices[at]))}
    for at, doubt in doubts.items():
        choices[at] += doubt.rows
        costs[at] = (*(cost + doubt.keep for cost in costs[at]), *doubt.costs)
    rows = paths(model, choices, costs).best() if doubts else rows
    names = {at: sentence.name(at) for at, row in enumerate(rows) if row == OTHER and at not in doubts}
    return written(text, words, [names.get(at) or model.keys[row] for at, row in enumerate(rows)])


def _folded(pair: Pair) -> Pair:
    return fold(pair[0]), fold(pair[1])


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
    beside: Beside | None
    phrases: Set[Pair]

    def unsound(self) -> list[int]:
        """The words that are no syllables, or cost too much between their neighbours to stand without a look."""
        path, steps = self.path[1:-1], self.model.steps
        dear = self.around >= DOUBT * steps - UNREAD * steps * (self.model.unigram[path] > RARE * steps)
        looked_at = (path == OTHER) | dear
        return [int(at) for at in np.flatnonzero(looked_at)]

    def doubt(self, at: int, readings: tuple[int, ...]) -> Doubt | None:
        """Whether the unsound word at `at` may be a slip, and of what; None where nothing better is near."""
        word, steps = self.words[at], self.model.steps
        here = int(self.around[at])
        if self._is_kept(word) or here + (keep := round(self._keeping(at) * steps)) < DOUBT * steps:
            return None
        dearest = here + keep + round((MARGIN + TOGETHER) * steps)
        found = [one for one in self._corrections(at, dearest)[:TRIED] if one.row not in readings]
        if not found or self._is_meant(at, found[0].row):
            return None
        stand = [self._stands(at, fold(self.model.keys[one.row])) for one in found]
        if _VOICELESS.match(word.key) and not any(stand):
            return None
        costs = tuple(one.cost - round(TOGETHER * steps) * there for one, there in zip(found, stand, strict=True))
        return Doubt(keep, tuple(one.row for one in found), costs)

    def _corrections(self, at: int, dearest: int) -> list[_Correction]:
        """What may have been meant by the word at `at`, the likeliest first, none dearer than `dearest` in all."""
        word, steps = self.words[at], self.model.steps
        forms = {word.key, word.span.of(self.text).lower()}
        rows = reduce(np.union1d, map(near, sorted(forms)))
        case = self._cases(word, rows)
        beside = case + self.model.pairs(self.path[at], rows) + self.model.pairs(rows, self.path[at + 2])
        found = []
        for place in np.flatnonzero(beside + round(SLIP * steps) <= dearest):
            row = int(rows[place])
            slips = [slip for form in forms if (slip := cost(form, self.model.keys[row], self.missing)) is not None]
            own = round((SLIP + min(slips)) * steps) if slips else dearest
            if own + beside[place] <= dearest:
                found.append(_Correction(own + int(beside[place]), row, own + int(case[place])))
        return sorted(found)

    def _is_meant(self, at: int, instead: int) -> bool:
        """Whether the word stands as it is typed, accents and all, beside a neighbour: in a phrase of the office, or in
        documents that do not have the correction there far more often."""
        own, other = self._key(at), self.model.keys[instead]
        pairs = {(before, own): (before, other) for before in [self._key(at - 1)] if before.isalpha()} | {
            (own, behind): (other, behind) for behind in [self._key(at + 1)] if behind.isalpha()
        }
        if not self.phrases.isdisjoint(pairs):
            return True
        if self.beside is None or not pairs:
            return False
        written = self.beside({_folded(pair) for pair in pairs})
        for typed, mended in pairs.items():
            ways = written[_folded(typed)]
            alike = ways[mended] if fold(own) == fold(other) else self.frequency("bigrams", "_".join(_folded(mended)))
            if ways[typed] * OFTENER > alike:
                return True
        return False

    def _key(self, at: int) -> str:
        """The word at `at` with its likeliest accents; "" outside."""
        if not 0 <= at < len(self.words):
            return ""
        return self.model.keys[self.path[at + 1]] if self.words[at].letters else self.words[at].key

    def name(self, at: int) -> str | None:
        """The word of the documents that an unknown name is one slip from: the commonest."""
        word = self.words[at]
        letters = fold(word.key)
        if self._is_kept(word) or len(letters) < NAME or is_syllable(word.key) or self.frequency("folded", letters):
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
            common = self.model.unigram[self.model.rows.get(key, OTHER)] < COMMON * self.model.steps
            return bool(word.capital) or bool(common and key != letters and self._is_read(word, letters))
        return letters in self.abbreviations.folded or (bool(word.capital) and len(key) <= SHORT)

    def _keeping(self, at: int) -> float:
        """What it costs to take the word at `at` as it stands."""
        word = self.words[at]
        letters = fold(word.key)
        if self.path[at + 1] == OTHER:
            return 0.0 if self._is_read(word, letters) else UNKNOWN
        rare = self.model.unigram[self.path[at + 1]] > RARE * self.model.steps
        return (UNREAD if rare and not self._is_read(word, letters) else 0.0) - TOGETHER * self._stands(at, letters)

    def _is_read(self, word: Word, letters: str) -> bool:
        """Whether a document has the word; if it is typed with accents, with those."""
        return bool(self.frequency("folded", letters) if word.key == letters else self.frequency("accented", word.key))

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
