"""Put accents back where a person left them out: "xa nao phai dat" → "xã nào phải đạt"; the rest stays."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from corpus.document import Span
from corpus.text import fold, same_tones
from rag.language.abbreviation_table import is_shouted, with_shipped
from rag.language.accent_lattice import paths
from rag.language.accent_model import NUMBER, OTHER, PAUSE, STOP, AccentModel, Choices, shipped
from rag.language.cover import Cover
from rag.language.document_numbers import find_document_numbers
from rag.language.syllables import TONE_ROWS, is_syllable, split_tone

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[,;:()\"“”]|[.!?…\n]")
_GLUE = re.compile(r"[\d_@/\\&]|\.[^\W\d_]")
_Y_FOR_I = dict(zip(TONE_ROWS[5], TONE_ROWS[11], strict=True))
_RARELY_PLAIN = 0.03
_BARE_PENALTY = 1.5  # "ai chu tri": no accent at all, but each word can stand without
_FOREIGN = 0.5  # share of words that cannot be Vietnamese beyond which the text is left alone


@dataclass(frozen=True, slots=True)
class Restored:
    """`text` is the NFC question with its accents; `changed` are the spans of the words that got some."""

    text: str
    changed: tuple[Span, ...]


class Word(NamedTuple):  # made by the dozen while a question waits: a dataclass takes three times as long
    """A token. `key` is its vocabulary spelling; `letters` its folded letters if it may lack accents, else ""."""

    span: Span
    key: str
    letters: str
    capital: bool | None  # None where a capital says nothing: first in its sentence, or all are capitals
    code: bool  # an abbreviation, or a part of a document's number, an address, …: it stays as it is

    @property
    def is_half(self) -> bool:
        """Has some of its accents, but is no syllable yet: "viêc", "đuoc"."""
        return self.letters not in ("", self.key)


def restore(text: str, model: AccentModel | None = None) -> Restored:
    """The text with the missing accents; unchanged when it is accented already, or is not Vietnamese."""
    text = unicodedata.normalize("NFC", text)
    model = model or shipped()
    words = words_of(text, model)
    penalty = penalty_of(text, words, model)
    if penalty is None or not any(word.letters for word in words):
        return Restored(text, ())
    best = paths(model, *lattice(words, model, penalty)).best()
    return written(text, words, [model.keys[row] for row in best])


def words_of(text: str, model: AccentModel) -> list[Word]:
    lowered = same_tones(text)
    if len(lowered) != len(text):  # letters such as İ grow in lower case
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    folded = fold(lowered)
    kept = Cover.of(text, (number.figures for number in find_document_numbers(text)))
    shouted, glued = is_shouted(text, with_shipped(None)), _GLUE.search(text) is not None
    inside, cased = False, not shouted and text[1:] != text[1:].lower()
    found: list[Word] = []
    for match in _TOKEN.finditer(lowered):
        key, (start, end) = match[0], match.span()
        span, letters = Span(start, end), folded[start:end]
        code = (
            _is_abbreviation(text[start:end], shouted) or (glued and _is_glued(text, span)) or kept.touches(start, end)
        )
        capital = text[start].isupper() if inside and cased else None
        may_change = (key == letters or not is_syllable(key)) and not code and letters in model.readings
        found.append(Word(span, key, letters if may_change else "", capital, code))
        inside = key[0].isalnum()
    return found


def _is_abbreviation(word: str, shouted: bool) -> bool:
    return len(word) > 1 and word.isupper() and not shouted


def _is_glued(text: str, span: Span) -> bool:
    """Part of a name such as "a1", "x_y", "ab@c", "tayho.vn"."""
    if _GLUE.match(text, span.end) or (span.start and _GLUE.match(text[span.start - 1])):
        return True
    return span.start > 1 and text[span.start - 1] == "." and text[span.start - 2].isalnum()


def penalty_of(text: str, words: list[Word], model: AccentModel) -> float | None:
    """What an added accent costs, in nats: less, the more words plainly lack theirs. None: leave the text.

    A word lacks its accents when its letters are nearly always accented ("duoc"). The share of such words
    among these and the accented ones estimates how often this person leaves accents out; squared for a single
    one, because one bare word among accented ones is more often meant than forgotten.
    """
    spelled = [word for word in words if word.key[0].isalpha()]
    accented = sum(word.key != fold(word.key) and not word.letters for word in spelled)
    candidates = [word for word in spelled if word.letters and not (accented and text[word.span.start].isupper())]
    lacking = sum(word.is_half or model.plain[word.letters] < _RARELY_PLAIN for word in candidates)
    if is_foreign(text, words):
        return None
    if lacking == 0:
        return None if accented else _BARE_PENALTY
    return -math.log(lacking / (lacking + accented)) * (2 if lacking == 1 else 1)


def is_foreign(text: str, words: list[Word]) -> bool:
    """Whether most of the words can be no Vietnamese ones."""
    spelled = [word for word in words if word.key[0].isalpha()]
    plain = [word for word in spelled if not word.letters and word.key == fold(word.key)]
    return sum(not word.span.of(text).isupper() for word in plain) > _FOREIGN * len(spelled)


def lattice(words: list[Word], model: AccentModel, penalty: float | None) -> tuple[Choices, Choices]:
    """For each token the rows it may be read as, and what each reading costs; as typed where `penalty` is None."""
    choices: Choices = []
    costs: Choices = []
    for word in words:
        if penalty is None or not word.letters:
            choices.append((row_of(word.key, model),))
            costs.append((0,))
        else:
            choices.append(_rows(word, model))
            costs.append(_costs(choices[-1], word, model, round(penalty * model.steps)))
    return choices, costs


def _rows(word: Word, model: AccentModel) -> tuple[int, ...]:
    readings = model.readings.get(word.letters, ())
    if word.is_half:
        readings = tuple(row for row in readings if _completes(model.keys[row], word.key))
    return readings or (row_of(word.key, model),)


def _completes(reading: str, typed: str) -> bool:
    """Whether a reading has every mark that was typed: "việc" and "đuốc" complete "viêc" and "đuôc"."""
    whole, half = split_tone(reading), split_tone(typed)
    if whole is None or half is None or half[1] not in (0, whole[1]):
        return False
    if len(half[0]) != len(whole[0]):  # a foreign letter: "İ" is two in lower case
        return False
    return all(mine in (other, fold(other)) for mine, other in zip(half[0], whole[0], strict=True))


def _costs(rows: tuple[int, ...], word: Word, model: AccentModel, penalty: int) -> tuple[int, ...]:
    """The readings' own costs: names are told by their capitals."""
    if word.capital is None:
        added = (0,) * len(rows)
    else:
        case = model.capital if word.capital else model.small
        added = tuple([case[row] for row in rows])
    if penalty == 0:
        return added
    return tuple(
        cost if model.keys[row] == word.letters else cost + penalty for row, cost in zip(rows, added, strict=True)
    )


def row_of(key: str, model: AccentModel) -> int:
    if key[0].isdigit():
        return NUMBER
    if not key[0].isalpha():
        return STOP if key in ".!?…\n" else PAUSE
    return model.rows.get(key, OTHER)


def written(text: str, words: list[Word], keys: list[str]) -> Restored:
    """The text with each word as its key has it; "" and the key that was typed change nothing."""
    pieces: list[str] = []
    changed: list[Span] = []
    end = length = 0
    for word, key in zip(words, keys, strict=True):
        if key not in (word.key, ""):
            pieces += [text[end : word.span.start], _spelled(key, word.span.of(text))]
            length += word.span.start - end + len(key)
            changed.append(Span(length - len(key), length))
            end = word.span.end
    return Restored("".join([*pieces, text[end:]]), tuple(changed))


def _spelled(key: str, typed: str) -> str:
    """A key in the letter case of what was typed, and with its final y: the vocabulary writes "tỷ" as "tỉ"."""
    if typed.islower() and "y" not in typed:
        return key
    if len(key) != len(typed):
        return key.upper() if typed.isupper() and len(typed) > 1 else key.capitalize() if typed[0].isupper() else key
    letters = [_Y_FOR_I.get(letter, letter) if old in "yY" else letter for letter, old in zip(key, typed, strict=True)]
    return "".join(new.upper() if old.isupper() else new for new, old in zip(letters, typed, strict=True))
