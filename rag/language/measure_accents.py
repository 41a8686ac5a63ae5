"""How well accents are restored: `python -m rag.language.measure_accents FILE.txt…`, one passage a line."""

from __future__ import annotations

import random
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from corpus.sentences import sentences
from corpus.text import clean, same_tones
from rag.language.accents import restore
from rag.language.syllables import is_folded

_SYLLABLE = re.compile(r"[^\W\d_]+")
_BARE = str.maketrans(
    {letter: base for base, letters in {
        "a": "àáảãạăằắẳẵặâầấẩẫậ", "e": "èéẻẽẹêềếểễệ", "i": "ìíỉĩị", "o": "òóỏõọôồốổỗộơờớởỡợ",
        "u": "ùúủũụưừứửữự", "y": "ỳýỷỹỵ", "d": "đ", "A": "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ", "E": "ÈÉẺẼẸÊỀẾỂỄỆ",
        "I": "ÌÍỈĨỊ", "O": "ÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ", "U": "ÙÚỦŨỤƯỪỨỬỮỰ", "Y": "ỲÝỶỸỴ", "D": "Đ",
    }.items() for letter in letters}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Shares of syllables: right after all or half of them lost their accents, and changed when none did."""

    sentences: int
    syllables: int
    bare: float
    half: float
    falsely_changed: float
    milliseconds: float  # of processor time a sentence


def strip_accents(text: str) -> str:
    """The text (NFC) as typed without accents, in its letter case."""
    return text.translate(_BARE)


def measure(texts: list[str], seed: int = 0) -> Accuracy:
    draw = random.Random(seed)
    pieces = [span.of(text) for text in map(clean, texts) for span in sentences(text)]
    pieces = [piece for piece in pieces if 4 <= len(piece.split()) <= 60]
    bare = half = same = total = 0
    spent = 0.0
    for piece in pieces:
        spans = [m.span() for m in _SYLLABLE.finditer(piece) if is_folded(strip_accents(m[0]).lower())]
        dropped = strip_accents(piece)
        mixed = list(piece)
        for start, end in spans:
            if draw.random() < 0.5:
                mixed[start:end] = dropped[start:end]
        start_time = time.process_time()
        restored = restore(dropped).text
        spent += time.process_time() - start_time
        bare += _right(piece, restored, spans)
        half += _right(piece, restore("".join(mixed)).text, spans)
        same += _right(piece, restore(piece).text, spans)
        total += len(spans)
    return Accuracy(
        len(pieces), total, bare / total, half / total, 1 - same / total, 1000 * spent / max(1, len(pieces))
    )


def _right(expected: str, got: str, spans: list[tuple[int, int]]) -> int:
    expected, got = same_tones(expected), same_tones(got)
    return sum(expected[start:end] == got[start:end] for start, end in spans)


def main() -> None:
    for name in sys.argv[1:]:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
        print(Path(name).stem, measure(lines))


if __name__ == "__main__":
    main()
