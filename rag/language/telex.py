"""Keystrokes typed with the input method off: "xax naof phair" (Telex), "xa4 na2o pha3i" (VNI)."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.language.cover import Cover
from rag.language.document_numbers import find_document_numbers
from rag.language.syllables import TONE_ROWS, is_folded, is_syllable, split_tone

_WORD = re.compile(r"(?<![^\W_])[A-Za-zĐđ\u00C0-\u1EF9][A-Za-z0-9Đđ\u00C0-\u1EF9]*")
_CODE = re.compile(r"[A-Z]\d")  # A4, U2
_LONGEST = 10  # keystrokes of a syllable: "nghieengs" has nine
_ENOUGH = 0.5  # share, among the words that are no plain syllables, that keystrokes must explain
_ENGLISH = frozenset(["is", "as", "or", "us", "if", "of", "has", "his", "her", "this", "see", "too", "box", "tax"])
_TELEX_TONES = {"f": 1, "s": 2, "r": 3, "x": 4, "j": 5}
_VNI_TONES = {"2": 1, "1": 2, "3": 3, "4": 4, "5": 5}
_TONED = {row[0]: row for row in TONE_ROWS}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"o": "ơ", "u": "ư"}
_VOWELS = frozenset(_TONED)


def decode(text: str) -> str | None:
    """The Unicode text of raw Telex or VNI keystrokes, or None when the text is none.

    Ordinary Vietnamese, with or without accents, English and document numbers are none. A text is read as
    keystrokes when two words become accented syllables, or one with both a mark and a tone ("giaasy"), and
    most others are syllables as they stand.
    """
    if (decoded := _decode(text, telex_syllable)) is not None:
        return decoded
    return _decode(text, vni_syllable) if any(letter.isdigit() for letter in text) else None


def _decode(text: str, read: Callable[[str], str | None]) -> str | None:
    shouted = text.upper() == text
    kept = Cover.of(text, (number.figures for number in find_document_numbers(text)))
    pieces: list[str] = []
    end = typed = sure = plain = foreign = 0
    for match in _WORD.finditer(text):
        word = match[0]
        if kept.touches(*match.span()) or _CODE.fullmatch(word) or (_is_capital(word) and not shouted):
            if "DD" in word:  # "QDD", "HDDND"
                pieces += [text[end : match.start()], word.replace("DD", "Đ")]
                end = match.end()
            continue
        syllable = read(word.lower()) if word.isascii() else None
        if is_folded(word.lower()) and (syllable is None or "oo" not in word.lower()):
            plain += 1  # "dan" stands as it is; "noong" may, but is "nông" among keystrokes
            continue
        if syllable is None:
            foreign += not _is_capital(word)
            continue
        if word.lower() in _ENGLISH:
            foreign += 1
        else:
            typed += 1
            sure += _is_sure(syllable)
        pieces += [text[end : match.start()], _cased(syllable, word)]
        end = match.end()
    if (typed < 2 and not sure) or typed < _ENOUGH * (typed + foreign) or typed * 5 < typed + plain:
        return None
    return "".join([*pieces, text[end:]])


def _is_sure(syllable: str) -> bool:
    """A mark and a tone on one syllable: no English word looks like that by chance."""
    parts = split_tone(syllable)
    return parts is not None and parts[1] > 0 and not parts[0].isascii()


def _is_capital(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _cased(syllable: str, word: str) -> str:
    if _is_capital(word):
        return syllable.upper()
    return syllable.capitalize() if word[0].isupper() else syllable


def telex_syllable(keys: str) -> str | None:
    """The accented syllable that Telex keystrokes (small letters) spell: "ddatj", "dadtj"; or None."""
    if len(keys) > _LONGEST or not keys.isalpha():
        return None
    letters: list[str] = []
    tone = 0
    for at, key in enumerate(keys):
        if key in _TELEX_TONES and at and any(letter in _VOWELS for letter in letters):
            if tone:
                return None
            tone = _TELEX_TONES[key]
        elif key == "w" and letters:
            if not _horn(letters):
                return None
        elif key == "d" and letters[:1] == ["d"] and at:
            letters[0] = "đ"
        elif key in _HATS and letters[-1:] == [key]:
            letters[-1] = _HATS[key]
        elif tone and key in _VOWELS and "".join(letters).isascii():
            return None  # "visa", "taxi"; but "giaasy"
        else:
            letters.append(key)
    return _syllable("".join(letters), tone)


def vni_syllable(keys: str) -> str | None:
    """The accented syllable that VNI keystrokes (small letters) spell: "d9at5" or "dat95"; None for none."""
    if len(keys) > _LONGEST or not any(key.isdigit() for key in keys):
        return None
    letters: list[str] = []
    tone = 0
    for key in keys:
        if not key.isdigit():
            letters.append(key)
        elif key in _VNI_TONES:
            if tone or not any(letter in _VOWELS for letter in letters):
                return None
            tone = _VNI_TONES[key]
        elif not _vni_mark(letters, key):
            return None
    return _syllable("".join(letters), tone)


def _horn(letters: list[str]) -> bool:
    """Apply w: "uow" → ươ, "ow" → ơ, "uw" → ư, "aw" → ă; False when nothing takes it."""
    joined = "".join(letters)
    for plain, horned in (("uo", "ươ"), ("uơ", "ươ"), ("ưo", "ươ"), ("a", "ă"), ("o", "ơ"), ("u", "ư")):
        if plain == "a" and "oa" not in joined and "u" in joined.replace("qu", ""):
            continue
        if plain in joined and not (plain == "uo" and joined.startswith("qu") and joined.count("u") == 1):
            at = joined.rindex(plain)
            letters[at : at + len(plain)] = list(horned)
            return True
    return False


def _vni_mark(letters: list[str], key: str) -> bool:
    if key == "9":
        if letters[:1] != ["d"]:
            return False
        letters[0] = "đ"
        return True
    if key == "6":
        for at in range(len(letters) - 1, -1, -1):
            if letters[at] in _HATS:
                letters[at] = _HATS[letters[at]]
                return True
        return False
    if key == "8" and "a" in letters:
        letters[letters.index("a")] = "ă"
        return True
    return key == "7" and any(letter in _HORNS for letter in letters) and _vni_horn(letters)


def _vni_horn(letters: list[str]) -> bool:
    joined = "".join(letters)
    start = 2 if joined.startswith("qu") else 0
    for plain, horned in (("uo", "ươ"), ("ưo", "ươ"), ("uơ", "ươ"), ("o", "ơ"), ("u", "ư")):
        if (at := joined.find(plain, start)) >= 0:
            letters[at : at + len(plain)] = list(horned)
            return True
    return False


def _syllable(letters: str, tone: int) -> str | None:
    """The valid accented syllable with the tone on its main vowel, or None."""
    if letters.isascii() and not tone:
        return None
    if letters.endswith("ươ"):
        letters = letters[:-2] + "uơ"  # "thuở"
    at = _main_vowel(letters)
    if at is None:
        return None
    word = letters[:at] + _TONED[letters[at]][tone] + letters[at + 1 :]
    return word if is_syllable(word) else None


def _main_vowel(letters: str) -> int | None:
    """Where the tone goes: a marked vowel, the middle of three, the last before a consonant, or the first."""
    start = 2 if letters.startswith(("qu", "gi")) and any(letter in _VOWELS for letter in letters[2:]) else 0
    places = [at for at in range(start, len(letters)) if letters[at] in _VOWELS]
    if not places:
        return None
    marked = [at for at in places if not letters[at].isascii()]
    if marked:
        return marked[-1]
    if len(places) == 1:
        return places[0]
    if len(places) > 2 or places[-1] < len(letters) - 1:
        return places[1]
    return places[0]
