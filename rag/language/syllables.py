"""What a Vietnamese syllable can look like, with its accents (`is_syllable`) and without (`is_folded`)."""

from __future__ import annotations

from functools import lru_cache

from corpus.text import fold

TONE_ROWS = (
    "aàáảãạ", "ăằắẳẵặ", "âầấẩẫậ", "eèéẻẽẹ", "êềếểễệ", "iìíỉĩị",
    "oòóỏõọ", "ôồốổỗộ", "ơờớởỡợ", "uùúủũụ", "ưừứửữự", "yỳýỷỹỵ",
)  # fmt: skip
"""Each vowel with its six tones: level, huyền, sắc, hỏi, ngã, nặng."""

_PLAIN = {letter: (row[0], tone) for row in TONE_ROWS for tone, letter in enumerate(row)}
_ONSETS_TEXT = "ngh ng nh gh gi kh ph th tr ch qu b c d đ g h k l m n p r s t v x"
_RHYMES_TEXT = """
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây     e ec
    em en eng eo ep et     ê êch êm ên êng ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in
    inh ip it iu     o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe
    oen oeo oet oi om on ong ooc oong op ot     ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng
    uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn     uông uôt up ut uy uya uych uyên uyêt
    uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu     y yêm yên
    yêng yêt yêu
"""
_AFTER_QU_TEXT = """
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê êch ên
    ênh êt i it     ơ ơi ơt ôc ôi y ych yên yêt yn ynh yp yt yu ơn en eng
"""
_ONSETS = tuple(_ONSETS_TEXT.split())
_RHYMES = frozenset(_RHYMES_TEXT.split())
_AFTER_QU = frozenset(_AFTER_QU_TEXT.split())
_AFTER_G = frozenset(["i", "in", "iêc", "iêng", "iêt", "ip", "im"])
_FRONT = "eêiy"
_STOPPED = ("c", "ch", "p", "t")


def split_tone(word: str) -> tuple[str, int] | None:
    """`("thuy", 2)` for "thúy": small letters without the tone mark, and the tone 0–5. None for two."""
    tone = 0
    letters = []
    for letter in word.lower():
        base, mark = _PLAIN.get(letter, (letter, 0))
        if mark and tone:
            return None
        tone = tone or mark
        letters.append(base)
    return "".join(letters), tone


def onset_of(letters: str) -> str:
    """The opening consonants of a toneless syllable, "" if it opens with a vowel."""
    return next((onset for onset in _ONSETS if letters.startswith(onset)), "")


def _fits(letters: str) -> bool:
    onset = onset_of(letters)
    rhyme = letters[len(onset) :]
    if onset == "gi" and (rhyme == "" or letters[1:] in _AFTER_G):
        return True
    if onset == "qu":
        return rhyme in _AFTER_QU
    if rhyme not in _RHYMES:
        return False
    front = rhyme[0] in _FRONT
    if onset in ("gh", "ngh", "k"):
        return front
    return not (onset in ("g", "ng", "c") and front)


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether a word (NFC, any case) is a possible syllable as it stands: "thuỷ", "ta"; not "ddatj"."""
    if not 1 <= len(word) <= 7 or (parts := split_tone(word)) is None:
        return False
    letters, tone = parts
    return _fits(letters) and (tone in (2, 5) or not letters.endswith(_STOPPED))


_FOLDED = frozenset(
    fold(onset + rhyme) for onset in ("", *_ONSETS) for rhyme in (*_RHYMES, *_AFTER_QU, "") if _fits(onset + rhyme)
)


def is_folded(word: str) -> bool:
    """Whether a word without accents could be a syllable that lost them: "dat", "nghi"; not "bdv", "hdnd"."""
    return word in _FOLDED
