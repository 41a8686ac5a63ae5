"""The table of abbreviations: what ships, and an office's own before it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.system_errors import told
from corpus.text import Token, fold, tokens

SHIPPED = Path(__file__).parent / "data" / "abbreviations.tsv"
_ABBREVIATION = re.compile(r"[^\W\d_]+(?:[-&,][^\W\d_]+){0,3}")
_PART = re.compile(r"[^\W\d_]+")
_SHORTEST = 3  # letters of an abbreviation that is worth searching for beside its full form
AND = ("và", "VÀ")  # between the parts of one
_JOINED = 4  # … and of one that may be written in parts


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
    """Abbreviations by exact and by folded spelling and by their folded letters alone; full forms by their first two
    syllables."""

    exact: dict[str, tuple[Expansion, ...]]
    folded: dict[str, tuple[Expansion, ...]]
    joined: dict[str, tuple[Expansion, ...]]
    full_forms: dict[tuple[str, str], tuple[tuple[tuple[Token, ...], Expansion], ...]]
    clues: frozenset[str]  # every context word
    phrases: tuple[str, ...]  # those of several syllables

    @classmethod
    def from_expansions(cls, expansions: list[Expansion]) -> Table:
        exact: defaultdict[str, list[Expansion]] = defaultdict(list)
        folded: defaultdict[str, list[Expansion]] = defaultdict(list)
        joined: defaultdict[str, list[Expansion]] = defaultdict(list)
        full: defaultdict[tuple[str, str], list[tuple[tuple[Token, ...], Expansion]]] = defaultdict(list)
        for expansion in expansions:
            exact[expansion.abbreviation].append(expansion)
            folded[fold(expansion.abbreviation)].append(expansion)
            joined[fold(letters_of(expansion.abbreviation))].append(expansion)
            syllables = tuple(tokens(expansion.full))
            if len(expansion.abbreviation) >= _SHORTEST and len(syllables) > 1:
                full[syllables[0].folded, syllables[1].folded].append((syllables, expansion))
        return cls(
            {abbreviation: tuple(group) for abbreviation, group in exact.items()},
            {abbreviation: tuple(group) for abbreviation, group in folded.items()},
            {letters: tuple(group) for letters, group in joined.items() if len(letters) >= _JOINED},
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


def is_shouted(text: str, table: Table) -> bool:
    """Whether every letter is a capital, and not because all words are abbreviations: "XÃ NÀO", no "CT HU"."""
    return text.upper() == text and any(fold(part) not in table.folded for part in _PART.findall(text))


def letters_of(abbreviation: str) -> str:
    """What is written in parts, in one: "LĐ - TB & XH" → "LĐTBXH"."""
    return "".join(part for part in _PART.findall(abbreviation) if part not in AND)


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
