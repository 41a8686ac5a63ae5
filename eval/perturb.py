"""Questions as people really type them: each perturbation is a plain function `(text, random) -> text`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

Perturbation = Callable[[str, Random], str]

_WORD = re.compile(r"[^\W\d_]+")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _bare(text: str) -> str:
    """Without accents, đ as d, case kept."""
    letters = unicodedata.normalize("NFD", text)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _nfc(plain.replace("đ", "d").replace("Đ", "D"))


def no_diacritics(text: str, random: Random) -> str:
    """ "xã nào phải đạt" → "xa nao phai dat"."""
    return _bare(text)


def half_diacritics(text: str, random: Random) -> str:
    """Half of the accented syllables (rounded up) lose their accents: "xa nào phai đạt"."""
    text = _nfc(text)
    accented = [match.span() for match in _WORD.finditer(text) if _bare(match[0]) != match[0]]
    for start, end in sorted(random.sample(accented, (len(accented) + 1) // 2), reverse=True):
        text = text[:start] + _bare(text[start:end]) + text[end:]
    return text


_NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl",
    "p": "ol", "a": "qsz", "s": "adw", "d": "sfe", "f": "dgr", "g": "fht", "h": "gjy", "j": "hku",
    "k": "jli", "l": "ko", "z": "xa", "x": "zcs", "c": "xvd", "v": "cbf", "b": "vng", "n": "bmh", "m": "nj",
}  # fmt: skip


def typos(text: str, random: Random) -> str:
    """One slip in ten syllables, at least one: a letter swapped, dropped, doubled or hit beside."""
    text = _nfc(text)
    words = [match.span() for match in _WORD.finditer(text) if len(match[0]) > 1]
    count = min(len(words), max(1, round(len(words) / 10)))
    for start, end in sorted(random.sample(words, count), reverse=True):
        text = text[:start] + _slip(text[start:end], random) + text[end:]
    return text


def _slip(word: str, random: Random) -> str:
    """`word` with one slip; never the same word."""
    at = random.randrange(len(word))
    beside = _NEIGHBOURS.get(_bare(word[at]).lower(), "")
    slips = [word[:at] + word[at + 1 :], word[: at + 1] + word[at:]]
    if beside:
        slips.append(word[:at] + random.choice(beside) + word[at + 1 :])
    if at + 1 < len(word):
        slips.append(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    return random.choice([slip for slip in slips if slip != word])


def nfd(text: str, random: Random) -> str:
    """The same letters in decomposed form, as some phones and macOS send them."""
    return unicodedata.normalize("NFD", text)


_MARKS = "\u0300\u0301\u0309\u0303\u0323"  # grave, acute, hook above, tilde, dot below: the five tones
_PLACES = {
    first + second + mark: (_nfc(first + mark) + second, first + _nfc(second + mark))
    for first, second in ("oa", "oe", "uy")
    for mark in _MARKS
}
_SWAPS = dict(_PLACES.values()) | {new: old for old, new in _PLACES.values()}
_SWAPPED = re.compile(rf"(?<![qQ])(?:{'|'.join(_SWAPS)})(?![^\W\d_])", re.IGNORECASE)


def tone_placement(text: str, random: Random) -> str:
    """Old and new tone placement exchanged: "hòa" ↔ "hoà", "thủy" ↔ "thuỷ"."""
    return _SWAPPED.sub(lambda match: _like(match[0], _SWAPS[match[0].lower()]), _nfc(text))


def _like(model: str, letters: str) -> str:
    """`letters` in the upper and lower case of `model`, letter by letter."""
    pairs = zip(model, letters, strict=True)
    return "".join(letter.upper() if case.isupper() else letter for case, letter in pairs)


_TELEX_TONES = dict(zip(_MARKS, "fsrxj", strict=True))
_TELEX_LETTERS = {"â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd"}


def telex(text: str, random: Random) -> str:
    """The keystrokes with the input method off: "xã nào phải" → "xax naof phair"; ươ is uow or uwow."""
    short = random.random() < 0.5
    return _WORD.sub(lambda match: _keystrokes(match[0], short), _nfc(text))


def _keystrokes(syllable: str, short: bool) -> str:
    tone, keys = "", ""
    for letter in syllable:
        decomposed = unicodedata.normalize("NFD", letter)
        tone = next((_TELEX_TONES[mark] for mark in decomposed if mark in _TELEX_TONES), tone)
        toneless = _nfc("".join(mark for mark in decomposed if mark not in _TELEX_TONES))
        typed = _TELEX_LETTERS.get(toneless.lower(), toneless)
        keys += typed.capitalize() if toneless.isupper() else typed
    if short:
        keys = re.sub("([Uu])wow", r"\1ow", keys)
    return (keys + tone).upper() if syllable.isupper() and len(syllable) > 1 else keys + tone


ABBREVIATIONS = {
    "ủy ban nhân dân": "UBND",
    "hội đồng nhân dân": "HĐND",
    "mặt trận tổ quốc": "MTTQ",
    "bảo hiểm xã hội": "BHXH",
    "bảo hiểm y tế": "BHYT",
    "nông thôn mới": "NTM",
    "cán bộ công chức viên chức": "CBCCVC",
    "cán bộ, công chức, viên chức": "CBCCVC",
    "công nghiệp hóa, hiện đại hóa": "CNH, HĐH",
    "công nghệ thông tin": "CNTT",
    "thủ tục hành chính": "TTHC",
    "cải cách hành chính": "CCHC",
    "quy phạm pháp luật": "QPPL",
    "giáo dục và đào tạo": "GD&ĐT",
    "trung học phổ thông": "THPT",
    "trung học cơ sở": "THCS",
    "kinh tế - xã hội": "KT-XH",
    "an ninh trật tự": "ANTT",
    "an toàn thực phẩm": "ATTP",
    "ngân sách nhà nước": "NSNN",
    "giá trị gia tăng": "GTGT",
    "giải phóng mặt bằng": "GPMB",
    "vệ sinh môi trường": "VSMT",
    "phòng cháy chữa cháy": "PCCC",
    "doanh nghiệp": "DN",
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "nghị định": "NĐ",
    "thông tư": "TT",
    "công văn": "CV",
    "thành phố": "TP",
    "thị trấn": "TT",
    "trung ương": "TW",
}


def _variants(form: str) -> set[str]:
    return {form, tone_placement(form, Random(0))}


_FULL_FORMS = {variant: short for form, short in ABBREVIATIONS.items() for variant in _variants(form)}
_LONGEST_FIRST = sorted(map(re.escape, _FULL_FORMS), key=len, reverse=True)
_FULL_FORM = re.compile(rf"(?<!\w)(?:{'|'.join(_LONGEST_FIRST)})(?!\w)", re.IGNORECASE)


def abbreviations(text: str, random: Random) -> str:
    """Every full form of the table as offices shorten it: "Ủy ban nhân dân huyện" → "UBND huyện"."""
    return _FULL_FORM.sub(lambda match: _FULL_FORMS[match[0].lower()], _nfc(text))


def upper(text: str, random: Random) -> str:
    """Typed with caps lock on."""
    return _nfc(text).upper()


PERTURBATIONS: dict[str, Perturbation] = {
    "no-diacritics": no_diacritics,
    "half-diacritics": half_diacritics,
    "typos": typos,
    "nfd": nfd,
    "tone-placement": tone_placement,
    "telex": telex,
    "abbreviations": abbreviations,
    "upper": upper,
}


VIETNAMESE = {
    "no-diacritics": "không dấu",
    "half-diacritics": "thiếu nửa số dấu",
    "typos": "gõ nhầm phím",
    "nfd": "Unicode tổ hợp",
    "tone-placement": "đặt dấu thanh kiểu khác",
    "telex": "quên bật bộ gõ Telex",
    "abbreviations": "viết tắt",
    "upper": "chữ in hoa",
}


def perturbed(name: str, text: str, question_id: str, seed: int = 0) -> str:
    """The text under a named perturbation, the same on every machine for a seed, name and question."""
    return PERTURBATIONS[name](text, Random(f"{seed}/{name}/{question_id}"))
