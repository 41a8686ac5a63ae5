"""The words of a question that must be found again: content terms with weights, the question words taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from corpus.text import Token, fold, same_tones, tokens

_IDF_FILE = Path(__file__).parent / "data" / "idf.tsv"
_WORDS_FILE = Path(__file__).parent / "data" / "question_words.txt"
_RAREST = 9.0  # weight of a syllable that general text hardly has: a name, a code
_NUMBER = 5.0
_ENDS = ("không", "khong", "chưa", "chua")  # "… có thuận lợi không"


@dataclass(frozen=True, slots=True)
class Term:
    """One content syllable or number of a question. `weight` is the part `kept` of its idf in general text."""

    key: str
    folded: str
    weight: float
    position: int  # among the question's tokens
    kept: float = 1.0

    @property
    def accented(self) -> bool:
        return self.key != self.folded


@cache
def _idf() -> dict[str, float]:
    with _IDF_FILE.open(encoding="utf-8") as lines:
        return {key: float(value) for key, value in (line.rstrip("\n").split("\t") for line in lines)}


def idf(token: Token) -> float:
    """Weight of a token; an unaccented one is as common as all its accented readings together."""
    if token.is_number:
        return _NUMBER
    table = _idf()
    return table.get(token.key if token.key != token.folded else "~" + token.folded, _RAREST)


def cohesion(one: Token, two: Token) -> float:
    """How much two adjacent syllables belong together ("dân số"): by how much their pair is commoner than chance."""
    together = _idf().get(f"{one.key} {two.key}")
    return 0.0 if together is None else max(0.0, idf(one) + idf(two) - together)


@cache
def question_words() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases that ask and are not asked about, longest first, by their first syllable folded."""
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for line in _WORDS_FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            phrase = tuple(same_tones(line).split())
            phrases.setdefault(fold(phrase[0]), []).append(phrase)
    return {first: tuple(sorted(group, key=len, reverse=True)) for first, group in phrases.items()}


@cache
def asking_syllables() -> frozenset[str]:
    """The keys of the tokens that `content_terms` may leave out: any other token is a term."""
    written = {syllable for group in question_words().values() for phrase in group for syllable in phrase}
    return frozenset(written | {fold(syllable) for syllable in written} | {*_ENDS})


def is_phrase(found: Sequence[Token], position: int, phrase: tuple[str, ...]) -> bool:
    """Whether the tokens from `position` on are the phrase, as written or typed without accents."""
    if len(found) - position < len(phrase):
        return False
    for at, syllable in enumerate(phrase, position):  # no generator: asked some hundred times a question
        if found[at].key != syllable and found[at].key != fold(syllable):
            return False
    return True


@dataclass(frozen=True, slots=True)
class Word:
    """One or two content syllables that mean something together ("dân số"), to be found side by side."""

    syllables: tuple[str, ...]  # folded
    weight: float


def words(terms: Sequence[Term]) -> tuple[Word, ...]:
    """Terms joined into words, the most cohesive pairs first; each term is in one word."""
    return _words(tuple(terms))


@lru_cache(maxsize=1024)
def _words(terms: tuple[Term, ...]) -> tuple[Word, ...]:
    table = _idf()
    pairs = []
    for first, second in pairwise(terms):
        if second.position == first.position + 1:
            plain = not (first.accented or second.accented)
            key = f"~{first.folded} ~{second.folded}" if plain else f"{first.key} {second.key}"
            weight = table.get(key)
            if weight is None and f"{first.key} {second.key}" in _KEPT:
                weight = max(first.weight, second.weight)
            if weight is not None:
                weight *= max(first.kept, second.kept)
                pairs.append((first.weight + second.weight - weight, first, second, weight))
    joined: dict[int, Word] = {}
    for _, first, second, weight in sorted(pairs, key=lambda pair: -pair[0]):
        if first.position not in joined and second.position not in joined:
            word = Word((first.folded, second.folded), weight)
            joined[first.position] = joined[second.position] = word
    alone = {term.position: Word((term.folded,), term.weight) for term in terms if term.position not in joined}
    return tuple(dict.fromkeys((joined | alone)[term.position] for term in terms))


_KEPT = frozenset(  # words of which one half alone would be a question word
    same_tones(word)
    for word in (
        "từ trần", "từ chức", "từ chối", "từ thiện", "từ nhiệm", "từ vong", "ra đời", "ra quân", "ra mắt", "ra viện",
        "ra tòa", "ra trường", "về hưu", "về nước", "bị thương", "bị can", "bị cáo", "có mặt", "có công", "có thai",
        "có hiệu lực", "có lợi", "tại chức", "tại ngoại", "tại ngũ", "trong sạch", "vào cuộc", "vào sổ", "để tang",
        "cho phép", "cho vay", "cho thuê", "cho thôi", "theo dõi", "theo đạo", "đang viên", "hỏi cung", "chất vấn",
        "được mùa", "mất mùa", "tên lửa", "tên miền", "tên gọi", "các tông", "này nọ", "một cửa", "một lần", "nhà ở",
        "cần thiết", "cần thơ", "cần trục", "mong muốn", "không phải", "chưa phải", "khỏi phải", "bên phải", "tay phải",
        "lẽ phải",
    )
)  # fmt: skip


@lru_cache(maxsize=1024)
def content_terms(question: str) -> tuple[Term, ...]:
    """The question's terms without its question words; all of its terms when nothing else is left."""
    found = tokens(question)
    skipped: set[int] = set()
    position = 0
    while position < len(found):
        group = question_words().get(found[position].folded, ())
        length = next((len(phrase) for phrase in group if is_phrase(found, position, phrase)), 0)
        skipped.update(range(position, position + length))
        position += length or 1
    for position, (one, two) in enumerate(pairwise(found)):
        if f"{one.key} {two.key}" in _KEPT:
            skipped -= {position, position + 1}
    if len(found) > 2 and found[-1].key in _ENDS:
        skipped.add(len(found) - 1)
    if len(skipped) == len(found):
        skipped.clear()
    return tuple(
        Term(token.key, token.folded, idf(token), position)
        for position, token in enumerate(found)
        if position not in skipped
    )
