"""Office abbreviations, both ways: "ubnd huyện" → "Ủy ban nhân dân huyện", and "Mặt trận Tổ quốc" → MTTQ."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from corpus.document import Span
from corpus.system_errors import told
from corpus.text import Token, fold, tokens
from rag.language.cover import Cover
from rag.language.document_numbers import KINDS, find_document_numbers
from rag.language.syllables import is_folded, is_syllable

SHIPPED = Path(__file__).parent / "data" / "abbreviations.tsv"
_WORD = re.compile(r"[^\W\d_]+(?:[-&][^\W\d_]+){0,3}")
_ABBREVIATION = re.compile(r"[^\W\d_]+(?:[-&,][^\W\d_]+){0,3}")
_PART = re.compile(r"[^\W\d_]+")
_POINT = re.compile(r"\.(?= ?[^\W\d_a-zđ])")
_NUMBER = re.compile(r" (?:số |so )?\d")
_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]{1,8}) $")
_BEHIND = re.compile(r" ([^\W\d_]{1,8})(?![^\W_])")
_PLAIN_PAIRS = frozenset(
    ["tp", "tx", "vn", "tw", "qh", "vb", "bc"]
)  # two small letters that mean one thing to everybody
_SHORTEST = 3  # letters of an abbreviation that is worth searching for beside its full form


@dataclass(frozen=True, slots=True)
class Expansion:
    """One line of the table; of the folded words in `context`, if any, one must be in the question."""

    abbreviation: str
    full: str
    context: tuple[str, ...] = ()


class AbbreviationError(ValueError):
    """A table of abbreviations that cannot be read. The message is Vietnamese, and names the line."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Abbreviations by exact and by folded spelling, and full forms by their first two syllables."""

    exact: dict[str, tuple[Expansion, ...]]
    folded: dict[str, tuple[Expansion, ...]]
    full_forms: dict[tuple[str, str], tuple[tuple[tuple[Token, ...], Expansion], ...]]
    clues: frozenset[str]  # every context word
    phrases: tuple[str, ...]  # those of several syllables

    @classmethod
    def from_expansions(cls, expansions: list[Expansion]) -> Table:
        exact: defaultdict[str, list[Expansion]] = defaultdict(list)
        folded: defaultdict[str, list[Expansion]] = defaultdict(list)
        full: defaultdict[tuple[str, str], list[tuple[tuple[Token, ...], Expansion]]] = defaultdict(list)
        for expansion in expansions:
            exact[expansion.abbreviation].append(expansion)
            folded[fold(expansion.abbreviation)].append(expansion)
            syllables = tuple(tokens(expansion.full))
            if len(expansion.abbreviation) >= _SHORTEST and len(syllables) > 1:
                full[syllables[0].folded, syllables[1].folded].append((syllables, expansion))
        return cls(
            {abbreviation: tuple(group) for abbreviation, group in exact.items()},
            {abbreviation: tuple(group) for abbreviation, group in folded.items()},
            {start: tuple(group) for start, group in full.items()},
            clues := frozenset(clue for expansion in expansions for clue in expansion.context),
            tuple(clue for clue in sorted(clues) if not clue.isalnum()),
        )

    @classmethod
    def load(cls, path: Path) -> Table:
        """Read a UTF-8 TSV file: abbreviation, full form, context words joined by "|"; "#" opens a remark.

        Raises `AbbreviationError`.
        """
        return cls.from_expansions(list(_read(path)))

    def __or__(self, other: Table) -> Table:
        """Both tables; where both open an abbreviation, `other` does."""
        mine = [e for group in self.exact.values() for e in group if e.abbreviation not in other.exact]
        return Table.from_expansions([e for group in other.exact.values() for e in group] + mine)


@dataclass(frozen=True, slots=True)
class Pair:
    """An abbreviation and its full form; `span` is where one of the two stands in the text that was given."""

    span: Span
    abbreviation: str
    full: str


@dataclass(frozen=True, slots=True)
class Expanded:
    text: str
    pairs: tuple[Pair, ...]


def expand(text: str, extra: Table | None = None) -> Expanded:
    """The text (NFC) with its abbreviations opened; `extra` is an office's table, before the shipped one."""
    table = with_shipped(extra)
    words = [token.folded for token in tokens(text)]
    said = f" {' '.join(words)} "
    clues = table.clues.intersection(words).union(clue for clue in table.phrases if f" {clue} " in said)
    numbers = [number.span for number in find_document_numbers(text)]
    written = Cover.of(text, (span for span in numbers if text[span.start].isdigit()))
    named = Cover.of(text, numbers)
    shouted = text.upper() == text
    pairs: list[Pair] = []
    for span in _words(text, table):
        word = span.of(text)
        if written.touches(span.start, span.end) or (is_syllable(word) and _is_shouted(text, span, table)):
            continue
        numbered = named.touches(span.start, span.end) or _NUMBER.match(text, span.end) is not None
        if len(word) == 2 and word.islower() and not numbered and word not in _PLAIN_PAIRS:
            continue  # "kh" is also không, "nd" nội dung: only "kh 12" is a plan
        kind = _kind(word, table) if numbered else None
        if (full := kind or _open(word, table, clues, shouted)) is not None:
            pairs.append(Pair(_with_point(text, span), word, full))
    return Expanded(_replaced(text, pairs), tuple(pairs))


def contract_forms(text: str, extra: Table | None = None) -> tuple[Pair, ...]:
    """The abbreviations of the full forms in a text (NFC); what is typed without accents matches too."""
    table = with_shipped(extra)
    words = tokens(text)
    found: list[Pair] = []
    for at, (first, second) in enumerate(pairwise(words)):
        for syllables, expansion in table.full_forms.get((first.folded, second.folded), ()):
            there = words[at : at + len(syllables)]
            if len(there) == len(syllables) and all(map(_same, syllables, there)):
                found.append(Pair(Span(there[0].start, there[-1].end), expansion.abbreviation, expansion.full))
    return tuple(found)


@lru_cache(maxsize=1)
def shipped() -> Table:
    return Table.load(SHIPPED)


@lru_cache(maxsize=8)
def load(path: Path) -> Table:
    """An office's table, read once. Raises `AbbreviationError`."""
    return Table.load(path)


@lru_cache(maxsize=4)
def with_shipped(extra: Table | None) -> Table:
    """The shipped table, under an office's own."""
    return shipped() if extra is None else shipped() | extra


def _read(path: Path) -> Iterator[Expansion]:
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        if wrong := problem(fields):
            raise AbbreviationError(f"Bảng viết tắt {path}, dòng {number}: {wrong}.")
        context = fields[2].split("|") if len(fields) > 2 and fields[2] else []
        yield Expansion(fields[0], fields[1], tuple(fold(word.strip()) for word in context if word.strip()))


def _text(path: Path) -> str:
    try:
        return unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        why = f"Không đọc được bảng viết tắt {path} (HOI_ABBREVIATIONS): {told(error)}."
        raise AbbreviationError(why) from error
    except UnicodeDecodeError as error:
        raise AbbreviationError(f"Bảng viết tắt {path} (HOI_ABBREVIATIONS) không phải văn bản UTF-8.") from error


def problem(fields: list[str]) -> str | None:
    """What is wrong with a line's columns, in Vietnamese; None: nothing."""
    if len(fields) < 2 or not all(fields[:2]):
        return "cần chữ viết tắt, một dấu tab, rồi dạng đầy đủ"
    if len(fields) > 3:
        return "có hơn ba cột; cột thứ ba là các từ ngữ cảnh, cách nhau bằng dấu |"
    if not _ABBREVIATION.fullmatch(fields[0]):
        return f"“{fields[0][:40]}” không phải chữ viết tắt (chữ cái liền nhau, có thể nối bằng - hoặc &)"
    if fold(fields[0]) == fold(fields[1]):
        return "dạng đầy đủ trùng với chữ viết tắt"
    return None


def _words(text: str, table: Table) -> Iterator[Span]:
    """Words, "KT-XH" and "NN&PTNT" as one where the table has them so."""
    for match in _WORD.finditer(text):
        whole = fold(match[0]) in table.folded
        if not whole and match[0].isalpha():
            continue
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        if any(letter.isdigit() or letter == "_" for letter in around):
            continue
        for part in (match,) if whole else _PART.finditer(text, match.start(), match.end()):
            if whole or fold(part[0]) in table.folded:
                yield Span(part.start(), part.end())


def _is_shouted(text: str, span: Span, table: Table) -> bool:
    """Whether a word in capitals is one of several, and no abbreviation: "THÔNG TƯ số 38"."""
    before, behind = _BEFORE.search(text, max(0, span.start - 10), span.start), _BEHIND.match(text, span.end)
    beside = [match[1] for match in (before, behind) if match]
    return span.of(text).isupper() and any(
        len(word) > 1 and word.isupper() and is_syllable(word) and fold(word) not in table.folded for word in beside
    )


def _kind(word: str, table: Table) -> str | None:
    """The kind of document that a symbol before a number stands for: "TT 200" is a thông tư, no thị trấn."""
    return next((e.full for e in table.folded.get(fold(word), ()) if e.full.lower() in KINDS), None)


def _open(word: str, table: Table, clues: frozenset[str], shouted: bool) -> str | None:
    """The full form, or None when the word is no abbreviation here: "tu" in small letters is từ, tư or tù."""
    abbreviated = not shouted and sum(letter.isupper() for letter in word) >= 2
    if not abbreviated and (is_folded(fold(word)) or fold(word) != word.lower().replace("đ", "d")):
        return None
    alike = table.folded.get(fold(word), ())
    spelled = [e for e in alike if e.abbreviation.lower() == word.lower()]
    meanings = table.exact.get(word) or spelled or (alike if fold(word) == word.lower() else ())
    near = [e for e in meanings if not clues.isdisjoint(e.context)]
    return next((e.full for e in [*near, *meanings] if e in near or not e.context), None)


def _with_point(text: str, span: Span) -> Span:
    """The span with the point of "TP. Đà Lạt"."""
    point = _POINT.match(text, span.end) if span.end - span.start <= 2 else None
    return Span(span.start, point.end()) if point else span


def _replaced(text: str, pairs: list[Pair]) -> str:
    pieces: list[str] = []
    end = 0
    for pair in pairs:
        space = " " if text[pair.span.end - 1] == "." and text[pair.span.end : pair.span.end + 1] != " " else ""
        pieces += [text[end : pair.span.start], pair.full, space]
        end = pair.span.end
    return "".join([*pieces, text[end:]])


def _same(form: Token, typed: Token) -> bool:
    return form.folded == typed.folded and (typed.key == typed.folded or form.key == typed.key)
