"""Vietnamese text: cleaning, folding, tone placement, syllables.

`fold` keeps the length of what `clean` gives: an offset found in `fold(text)` is an offset in `text`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from corpus.letters import Letters

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_MARK_RUN = re.compile("([\u0300-\u036f]{4})[\u0300-\u036f]+")
_PLAIN = Letters(
    dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
        " ",
    )
    | {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}
)
_NEWLINES = re.compile("\r\n?|[\u0085\u2028\u2029]")


def clean(text: str) -> str:
    """NFC text without invisible, bidirectional, tag and control characters, with plain spaces and
    newlines."""
    if text.isascii() and text.isprintable():
        return text
    text = _NEWLINES.sub("\n", text)
    text = _MARK_RUN.sub(r"\1", text)  # canonical ordering is quadratic in the length of a run of marks
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _PLAIN.put(text)


def _base(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    bare = unicodedata.normalize("NFD", letter)[0].lower()
    return bare if len(bare) == 1 else letter


_LETTERS = "".join(chr(code) for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1EA0, 0x1EFA)))
_FOLD = Letters({letter: _base(letter) for letter in _LETTERS} | dict.fromkeys("‐‑‒–—−", "-"))


def fold(text: str) -> str:
    """Lower case without accents, đ as d and every dash as "-"; as long as `text` (which must be NFC)."""
    if len(text) <= _SHORT:
        return _fold_short(text)
    return _fold_line(text) if len(text) <= _LINE else _FOLD.put(text)


_SHORT, _KNOWN_SHORT = 16, 32_768  # letters; a syllable is folded again and again while a question waits …
_LINE, _KNOWN_LINES = 300, 2048  # … and so are the question itself and the headings of what is read for it
_fold_short = lru_cache(maxsize=_KNOWN_SHORT)(_FOLD.put)
_fold_line = lru_cache(maxsize=_KNOWN_LINES)(_FOLD.put)


_TONES = {"a": "aàáảãạ", "e": "eèéẻẽẹ", "y": "yỳýỷỹỵ", "o": "oòóỏõọ", "u": "uùúủũụ", "i": "iìíỉĩị"}
_OLD_PLACEMENT = {
    first + _TONES[last][tone]: _TONES[first][tone] + last for first, last in ("oa", "oe", "uy") for tone in range(1, 6)
}
_PLACEMENT = re.compile(rf"(?<![qQ])(?:{'|'.join(_OLD_PLACEMENT)})(?![^\W\d_])")
_Y_FINAL = re.compile("(?<![^\\W\\d_])([hklmst])([yỳýỷỹỵ])(?![^\\W\\d_])")


def same_tones(text: str) -> str:
    """Lower-cased text with one tone placement (hoà → hòa) and one spelling of the final vowel (tỷ → tỉ);
    same length."""
    text = _PLACEMENT.sub(lambda match: _OLD_PLACEMENT[match[0]], text.lower())
    return _Y_FINAL.sub(lambda match: match[1] + _TONES["i"][_TONES["y"].index(match[2])], text)


class Token(NamedTuple):  # made by the thousand while a question waits: a dataclass takes three times as long
    """A syllable, a word of letters or a number: `key` keeps the accents (one tone placement), `folded`
    drops them."""

    key: str
    folded: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.folded[0].isdigit()


_tuple = tuple.__new__
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_ONSETS = "ngh ng nh gh gi kh ph th tr ch qu b c d đ g h k l m n p q r s t v x".split()
_SPLIT = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(_ONSETS)}) "
    r"(?=[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ])"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+$")


@lru_cache(maxsize=65536)
def number_key(digits: str) -> str:
    """One spelling of a number: "40.363" → "40363", "05" → "5", "2,50" → "2,50"."""
    if _THOUSANDS.match(digits) and not digits.startswith("0"):
        return re.sub(r"[.,]", "", digits)
    whole, comma, rest = digits.replace(".", ",").partition(",")
    return (whole.lstrip("0") or "0") + comma + rest


def tokens(text: str) -> list[Token]:
    """The syllables and numbers of a text, in order; a syllable that a converter split ("th ủ tục") is one
    token."""
    return list(_tokens_of_sentence(text)) if len(text) <= _SENTENCE else _tokens(text)


_SENTENCE, _KNOWN_SENTENCES = 600, 2048  # letters; the same sentence is read by many while a question waits


@lru_cache(maxsize=_KNOWN_SENTENCES)
def _tokens_of_sentence(text: str) -> tuple[Token, ...]:
    return tuple(_tokens(text))


def _tokens(text: str) -> list[Token]:
    if _reads_apart(text):
        # without a call of Token's own
        found = [_tuple(Token, (*_FORMS[match[0]], *match.span())) for match in _TOKEN.finditer(text)]
        if not _may_be_split([token.key for token in found]):
            return found
    return _read_whole(text)


def syllables(text: str) -> tuple[list[str], list[str]]:
    """The keys and the folded forms of `tokens`, in a third of the time."""
    if _reads_apart(text):
        known = [_PIECES[piece] for piece in text.split()]
        keys = [key for own, _ in known for key in own]
        if not _may_be_split(keys):
            return keys, [folded for _, own in known for folded in own]
    found = _read_whole(text)
    return [token.key for token in found], [token.folded for token in found]


def written_apart(piece: str) -> list[str]:
    """The words and numbers as they are written in a piece without spaces, to be read one by one; or itself."""
    return _TOKEN.findall(piece) if _reads_apart(piece) else [piece]


def _reads_apart(text: str) -> bool:
    """Whether every word reads the same alone: İ is two letters in lower case, Σ another at a word's end."""
    return "İ" not in text and "Σ" not in text


def _may_be_split(keys: Sequence[str]) -> bool:
    """Whether an onset stands before a vowel with an accent, as in "th ủ tục"."""
    if _ALONE.isdisjoint(keys):
        return False
    return not "".join([second[0] for first, second in pairwise(keys) if first in _ALONE]).isascii()


_ALONE = frozenset(_ONSETS)


class _Forms(dict[str, tuple[str, str]]):
    """Key and folded form of what stands between spaces and signs: a language has few thousand syllables."""

    def __missing__(self, raw: str) -> tuple[str, str]:
        if len(self) > _MOST:
            self.clear()
        (token,) = _read_whole(raw)
        forms = token.key, token.folded
        if len(raw) <= _LONG:
            self[raw] = forms
        return forms


class _Pieces(dict[str, tuple[tuple[str, ...], tuple[str, ...]]]):
    """Keys and folded forms of what stands between two spaces: a split is quicker than a pattern."""

    def __missing__(self, piece: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if len(self) > _MOST:
            self.clear()
        known = [_FORMS[raw] for raw in _TOKEN.findall(piece)]
        forms = tuple(key for key, _ in known), tuple(folded for _, folded in known)
        if len(piece) <= _LONG:
            self[piece] = forms
        return forms


_MOST = 100_000  # words, and pieces, that are remembered
_LONG = 64  # letters; what is longer is no word, and would fill the memory
_FORMS = _Forms()
_PIECES = _Pieces()


def _read_whole(text: str) -> list[Token]:
    lowered = same_tones(text)
    if len(lowered) != len(text):  # letters such as İ grow in lower case
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    folded = fold(text)
    joins = {match.end() for match in _SPLIT.finditer(lowered)} if " " in lowered else set()
    found: list[Token] = []
    for match in _TOKEN.finditer(lowered):
        start, end = match.span()
        key = match[0]
        if key[0].isdigit():
            key = number_key(key)
            found.append(Token(key, key, start, end))
        elif start in joins and found and found[-1].end == start - 1:
            head = found.pop()
            found.append(Token(head.key + key, head.folded + folded[start:end], head.start, end))
        else:
            found.append(Token(key, folded[start:end], start, end))
    return found
