"""Learn the syllable model that puts accents back: counts of one to three syllables, pruned and quantised.

    python -m index.train.train_accents DATA OUT.npz --held-out FOLDER --written eval/data/written.tsv

DATA holds the training pairs (`*.jsonl`, fields q and p), and the questions written for the readers are told by their
places in it. One passage in fifty of each kind of text is kept
out of the counts, with its copies, and written to FOLDER/{law,news,wikipedia}.txt for the measurement. The
model is an interpolated trigram with absolute discounting (Chen & Goodman 1998, §2.7); a trigram stays
if it is frequent where the bigrams alone are unsure of a reading.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold, same_tones
from index.train.accent_text import OTHER, STOP, read

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SPECIALS = 4
BITS = 4  # of a syllable's place among those with the same letters: no more than sixteen
VIETNAMESE = re.compile(r"[a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]{1,7}")
MIN_COUNT = 40
MIN_SHARE = 4e-4  # of the syllables with the same letters; rarer readings are mostly misspellings
DISCOUNT = 0.75
STEP = 1 / 8  # nats in one unit of a stored probability
RIVAL = 0.02  # of the commonest reading: below it a reading is mostly a slip
FEWEST = 2  # occurrences of a trigram worth weighing


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`keys[row]` is a syllable (one tone placement, lower case) after the four specials.

    `row_of_raw` and `capital_of_raw` (has a capital first letter) are by raw id.
    """

    keys: list[str]
    row_of_raw: Ints
    capital_of_raw: NDArray[np.bool_]

    def readings(self) -> Ints:
        """By row the rows with the same letters, itself among them, -1 where there are no more."""
        letters: defaultdict[str, list[int]] = defaultdict(list)
        for row, key in enumerate(self.keys, SPECIALS):
            letters[fold(key)].append(row)
        table = np.full((len(self), max(map(len, letters.values()))), -1)
        table[:SPECIALS, 0] = np.arange(SPECIALS)
        for group in letters.values():
            table[group, : len(group)] = group
        return table

    def letters_and_place(self) -> tuple[Ints, Ints]:
        """By row the number of its letters without accents, and its place among the rows that share them."""
        spelled = [*map(str, range(SPECIALS)), *map(fold, self.keys)]
        starts = np.array([at == 0 or spelled[at] != spelled[at - 1] for at in range(len(spelled))])
        letters = np.cumsum(starts) - 1
        return letters, np.arange(len(spelled)) - np.flatnonzero(starts)[letters]

    def __len__(self) -> int:
        return len(self.keys) + SPECIALS


@dataclass(frozen=True, slots=True)
class Grams:
    """Sorted n-grams, `codes` history · V + last; log probability, and the log weight of the lower order."""

    codes: Ints
    counts: Ints
    logp: Floats
    back: Floats


def main() -> None:
    arguments = _arguments()
    raw, ids = read(arguments.data, arguments.held_out, arguments.places, arguments.terms, arguments.written)
    vocabulary = build_vocabulary(raw, ids)
    stream = vocabulary.row_of_raw[raw]
    print(f"{len(stream):,} tokens, {len(vocabulary):,} syllables", flush=True)
    ones, twos, threes = train(stream, vocabulary.readings(), arguments.bigrams, arguments.trigrams)
    save(arguments.out, vocabulary, ones, twos, threes, capitals(raw, stream, vocabulary))
    print(f"{len(twos.codes):,} bigrams, {len(threes.codes):,} trigrams, {arguments.out.stat().st_size:,} bytes")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--held-out", type=Path, required=True)
    parser.add_argument("--places", type=Path, default=Path("corpus/data/places.tsv"))
    parser.add_argument("--terms", type=Path, default=Path("rag/language/data/abbreviations.tsv"))
    parser.add_argument("--written", type=Path, help="a table of questions over passages of DATA (`eval.written`)")
    parser.add_argument("--bigrams", type=int, default=2_300_000)
    parser.add_argument("--trigrams", type=int, default=5_000_000)
    return parser.parse_args()


def build_vocabulary(raw: NDArray[np.int32], ids: dict[str, int]) -> Vocabulary:
    """Every syllable that is frequent enough by itself and among those with the same letters."""
    counts = np.bincount(raw, minlength=len(ids))
    totals: defaultdict[str, int] = defaultdict(int)
    for spelling, id in ids.items():
        if id >= SPECIALS and VIETNAMESE.fullmatch(spelling.lower()):
            totals[same_tones(spelling)] += int(counts[id])  # same_tones is in small letters
    letters: defaultdict[str, int] = defaultdict(int)
    for key, count in totals.items():
        letters[fold(key)] += count
    keys = _by_letters({key: n for key, n in totals.items() if n >= MIN_COUNT and n >= MIN_SHARE * letters[fold(key)]})
    rows = {key: row for row, key in enumerate(keys, SPECIALS)}
    row_of_raw = np.zeros(len(ids), dtype=np.int64)
    for spelling, id in ids.items():
        row_of_raw[id] = id if id < SPECIALS else rows.get(same_tones(spelling), OTHER)
    capital = [spelling[0].isupper() and not spelling[1:].isupper() for spelling in ids]
    return Vocabulary(keys, row_of_raw, np.array(capital))


def _by_letters(counts: dict[str, int]) -> list[str]:
    """The keys with the same letters side by side, the most frequent first, and no more than have a place."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(counts, key=lambda key: (-counts[key], key)):
        alike[fold(key)].append(key)
    return [key for letters in sorted(alike) for key in alike[letters][: 1 << BITS]]


def capitals(raw: NDArray[np.int32], stream: Ints, vocabulary: Vocabulary) -> Floats:
    """How often each syllable has a capital inside a sentence, 0–1: names are read by it."""
    inside = np.concatenate([[False], stream[:-1] > STOP])
    capital = inside & vocabulary.capital_of_raw[raw]
    size = len(vocabulary)
    return (np.bincount(stream[capital], minlength=size) + 0.1) / (np.bincount(stream[inside], minlength=size) + 0.2)


def train(stream: Ints, readings: Ints, bigrams: int, trigrams: int) -> tuple[Grams, Grams, Grams]:
    size = len(readings)
    unigram = np.bincount(stream, minlength=size) + 0.5
    ones = Grams(np.arange(size), unigram.astype(np.int64), np.log(unigram / unigram.sum()), np.zeros(size))
    codes, counts = np.unique(stream[:-1] * size + stream[1:], return_counts=True)
    history = np.bincount(codes // size, weights=counts, minlength=size).astype(np.float64)
    gain = counts.astype(np.float64)
    twos, back = _estimate(codes, counts, history, ones.logp[codes % size], size, gain, bigrams)
    ones = Grams(ones.codes, ones.counts, ones.logp, back)
    threes, back = _trigrams(stream, readings, ones, twos, trigrams)
    return ones, Grams(twos.codes, twos.counts, twos.logp, back), threes


def _trigrams(stream: Ints, readings: Ints, ones: Grams, twos: Grams, keep: int) -> tuple[Grams, Floats]:
    """Trigrams whose first two stand as a bigram; a history is the bigram's place."""
    size = len(readings)
    place = _find(twos.codes, stream[:-2] * size + stream[1:-1])
    inside = place >= 0
    codes, counts = np.unique(place[inside] * size + stream[2:][inside], return_counts=True)
    history = np.bincount(codes // size, weights=counts, minlength=len(twos.codes)).astype(np.float64)
    wanted = counts >= FEWEST
    codes, counts = codes[wanted], counts[wanted]
    first, second = np.divmod(twos.codes[codes // size], size)
    lower = _bigram_logp(ones, twos, second, codes % size, size)
    gain = counts * _doubt(first, second, codes % size, readings, ones, twos)
    gain = _together(gain, counts, [readings[row, 0] for row in (first, second, codes % size)], size)
    return _estimate(codes, counts, history, lower, size, gain, keep)


def _doubt(first: Ints, second: Ints, third: Ints, readings: Ints, ones: Grams, twos: Grams) -> Floats:
    """How unsure the bigrams are of each syllable among those with its letters: summed -log posteriors."""

    def logp(before: Ints, after: Ints) -> Floats:
        return _bigram_logp(ones, twos, before, after, len(readings))

    begins = _surprise(lambda row: ones.logp[row] + logp(row, second), first, readings)
    middle = _surprise(lambda row: logp(first, row) + logp(row, third), second, readings)
    ends = _surprise(lambda row: logp(second, row), third, readings)
    return begins + middle + ends


def _together(gain: Floats, counts: Ints, letters: list[Ints], size: int) -> Floats:
    """The mean gain of the trigrams with the same letters, so that a reading never stays without its rivals.

    `letters` are the first of the rows with each syllable's letters; readings that are next to none gain nothing.
    """
    first, second, third = letters
    _, group = np.unique((first * size + second) * size + third, return_inverse=True)
    most = np.zeros(group.max() + 1, dtype=np.int64)
    np.maximum.at(most, group, counts)
    real = counts >= RIVAL * most[group]
    total = np.bincount(group, weights=gain * real)
    return np.where(real, total[group] / np.bincount(group, weights=real)[group], 0.0)


def _surprise(score: Callable[[Ints], Floats], rows: Ints, readings: Ints) -> Floats:
    total = np.full(len(rows), -np.inf)
    for other in readings[rows].T:
        total = np.where(other >= 0, np.logaddexp(total, score(np.maximum(other, 0))), total)
    return np.where(np.isfinite(total), total - score(rows), 0.0)


def _bigram_logp(ones: Grams, twos: Grams, first: Ints, second: Ints, size: int) -> Floats:
    place = _find(twos.codes, first * size + second)
    return np.where(place >= 0, twos.logp[place], ones.back[first] + ones.logp[second])


def _find(codes: Ints, wanted: Ints) -> Ints:
    """Where each wanted code stands in the sorted codes, -1 where it does not."""
    place = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
    return np.where(codes[place] == wanted, place, -1)


def _estimate(
    codes: Ints, counts: Ints, history: Floats, lower: Floats, size: int, gain: Floats, keep: int
) -> tuple[Grams, Floats]:
    """Keep the n-grams with the highest gain; returns also each history's log weight of the lower order."""
    print(f"{len(codes):,} n-grams to choose from", flush=True)
    of = codes // size
    share = (counts - DISCOUNT) / history[of]
    chosen = np.sort(np.argsort(-gain)[:keep])
    codes, counts, share, of, lower = codes[chosen], counts[chosen], share[chosen], of[chosen], lower[chosen]
    left = np.maximum(1 - np.bincount(of, weights=share, minlength=len(history)), 1e-6)
    logp = np.log(share + left[of] * np.exp(lower))
    return Grams(codes, counts, logp, np.zeros(len(codes))), np.log(left)


def save(path: Path, vocabulary: Vocabulary, ones: Grams, twos: Grams, threes: Grams, capital: Floats) -> None:
    """Arrays without pickle, as `rag.language.accent_model` reads them: n-grams by their letters without accents, and
    the ways of reading those. How many each owns, and the gaps between them; probabilities in steps of STEP nats.
    """
    letters, place = vocabulary.letters_and_place()
    kinds = int(letters[-1]) + 1
    first, second = np.divmod(twos.codes, len(vocabulary))
    pair, third = np.divmod(threes.codes, len(vocabulary))
    two = letters[first] * kinds + letters[second]
    two_places = place[first] << BITS | place[second]
    three = two[pair] * kinds + letters[third]
    three_places = two_places[pair] << BITS | place[third]
    by_two, by_three = np.lexsort((two_places, two)), np.lexsort((three_places, three))
    pairs, triples = np.unique(two), np.unique(three)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        syllables=np.frombuffer("\n".join(vocabulary.keys).encode(), dtype=np.uint8),
        step=np.array(STEP),
        unigram_logp=_quantised(ones.logp),
        capital=_quantised(np.log(capital)),
        small=_quantised(np.log1p(-capital)),
        unigram_back=_quantised(ones.back),
        pair_counts=_counts(pairs // kinds, kinds),
        pair_gaps=_planes(_gaps(pairs // kinds, pairs % kinds)),
        bigram_counts=_counts(np.searchsorted(pairs, two), len(pairs)),
        bigram_places=_planes(two_places[by_two]),
        bigram_logp=_quantised(twos.logp[by_two]),
        bigram_back=_quantised(twos.back[by_two]),
        triple_counts=_counts(np.searchsorted(pairs, triples // kinds), len(pairs)),
        triple_gaps=_planes(_gaps(triples // kinds, triples % kinds)),
        trigram_counts=_counts(np.searchsorted(triples, three), len(triples)),
        trigram_places=_planes(three_places[by_three]),
        trigram_logp=_quantised(threes.logp[by_three]),
    )


def _counts(owners: Ints, many: int) -> NDArray[np.uint16]:
    return np.bincount(owners, minlength=many).astype(np.uint16)


def _gaps(heads: Ints, values: Ints) -> Ints:
    """The values less the one before of the same head."""
    same = np.concatenate([[False], heads[1:] == heads[:-1]])
    return values - np.where(same, np.concatenate([[0], values[:-1]]), 0)


def _planes(values: Ints) -> NDArray[np.uint8]:
    """The high and the low bytes: apart, they compress better."""
    return np.stack([values >> 8, values & 255]).astype(np.uint8)


def _quantised(logp: Floats) -> NDArray[np.uint8]:
    return np.clip(np.rint(-logp / STEP), 0, 255).astype(np.uint8)


if __name__ == "__main__":
    main()
