"""Communes, districts and provinces named in a text, old (before July 2025) and new, with or without
accents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.document import Span
from corpus.gazetteer import COMMUNE, DISTRICT, PROVINCE, Unit, load_gazetteer
from corpus.names import SURNAMES
from corpus.text import Token, fold, same_tones, tokens

_LEVELS = {
    "tỉnh": "tỉnh", "huyện": "huyện", "quận": "quận", "phường": "phường", "xã": "xã",
    "thị trấn": "thị trấn", "thị xã": "thị xã", "thành phố": "thành phố", "tp": "thành phố", "tx": "thị xã",
    "đặc khu": "đặc khu", "thôn": "thôn", "xóm": "xóm", "ấp": "ấp", "buôn": "buôn", "tỉnh ủy": "tỉnh",
    "thành ủy": "thành phố", "huyện ủy": "huyện", "thị ủy": "thị xã", "quận ủy": "quận",
}  # fmt: skip
_CLASSES = {
    "tỉnh": (PROVINCE,), "thành phố": (PROVINCE, DISTRICT), "huyện": (DISTRICT,), "quận": (DISTRICT,),
    "thị xã": (DISTRICT,),
    "xã": (COMMUNE,), "phường": (COMMUNE,), "thị trấn": (COMMUNE,), "đặc khu": (COMMUNE,),
}  # fmt: skip
_LEVEL_KEYS = {same_tones(word): level for word, level in _LEVELS.items()}
_LEVEL_FOLDED = {fold(word): level for word, level in _LEVELS.items()}
_LEVEL_FIRST = {word.split()[0] for word in (*_LEVEL_KEYS, *_LEVEL_FOLDED)}
_OPEN_LEVELS = {"xã", "phường", "thị trấn", "thị xã", "huyện", "thôn", "xóm", "ấp", "buôn"}  # have names unknown to us
_NO_NAME = {"hội", "đoàn", "ủy", "đội", "trưởng", "viên", "chúng", "tôi"}  # "Xã Hội", "Huyện Đoàn": no places
_LIST_GAP = re.compile(r"(?:, ?|; ?| ?\()?")
_WITHIN_GAP = re.compile(r"[\s,.(–-]{0,5}")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place where a text names it.

    `key` is the folded name without its level: "huyện Đơn Dương", "huyen don duong" and "Đơn Dương" share
    "don duong".
    `district` and `province` are known from the gazetteer or from the words that follow; None when several
    would fit.
    """

    span: Span
    name: str
    level: str  # "xã", "huyện", "tỉnh", …
    key: str
    district: str | None = None
    province: str | None = None
    also: tuple[str, ...] = ()  # folded, other names that an office has for it

    def known_as(self, names: tuple[str, ...]) -> PlaceMention:
        return replace(self, also=names)

    @property
    def full_name(self) -> str:
        """ "huyện Đơn Dương, tỉnh Lâm Đồng": the smallest first."""
        gazetteer = load_gazetteer()
        parts = [f"{self.level} {self.name}"]
        if self.district and COMMUNE in _CLASSES.get(self.level, ()):
            parts.append(gazetteer.titled(self.district, DISTRICT))
        if self.province and self.province != self.name:
            parts.append(gazetteer.titled(self.province, PROVINCE))
        return ", ".join(parts)


def find_places(text: str) -> list[PlaceMention]:
    """Every place named in the text, in order: with its level word, in a list behind one, or a well-known
    name alone."""
    found = list(_Reader(text).mentions())
    return [_placed(mention, found[number + 1 : number + 3], text) for number, mention in enumerate(found)]


def _placed(mention: PlaceMention, following: list[PlaceMention], text: str) -> PlaceMention:
    """Take district and province from the words behind: "xã A, huyện B, tỉnh C"."""
    end, classes = mention.span.end, _CLASSES.get(mention.level, ())
    for other in following:
        if not _WITHIN_GAP.fullmatch(text, end, other.span.start):
            break
        if other.level == "tỉnh" or (other.province == other.name and mention.province is None):
            return mention if PROVINCE in classes else replace(mention, province=other.name)
        if classes == _CLASSES.get(other.level) or DISTRICT not in _CLASSES.get(other.level, ()) or DISTRICT in classes:
            break
        province = other.province or _province_of(mention.key, other.name) or mention.province
        mention = replace(mention, district=other.name, province=province)
        end = other.span.end
    return mention


def _province_of(commune: str, district: str) -> str | None:
    """The province in which a district of this name has a commune of that key, when there is only one."""
    units = load_gazetteer().units.get(commune, ())
    provinces = {unit.province for unit in units if unit.district == district}
    return provinces.pop() if len(provinces) == 1 else None


class _Reader:
    """One pass over a text's tokens."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.keys = fold("\n".join(token.key for token in self.tokens)).split("\n")
        self.gazetteer = load_gazetteer()
        self.joined = [False, *(text[one.end : other.start] in _JOINTS for one, other in pairwise(self.tokens))]
        self.runs = _runs(self.joined)

    def mentions(self) -> Iterator[PlaceMention]:
        position = 0
        while position < len(self.tokens):
            token = self.tokens[position]
            if token.folded in _LEVEL_FIRST or token.key in _LEVEL_FIRST:
                found, after = self._levelled(position)
            elif self.text[token.start].isupper() and self.keys[position] in self.gazetteer.longest:
                found, after = self._bare(position)
            else:
                found, after = [], position + 1
            yield from found
            position = after

    def _levelled(self, at: int) -> tuple[list[PlaceMention], int]:
        """ "huyện X", "các xã X, Y và Z", "4 xã (X, Y)"."""
        for length in (2, 1):
            level, accented = self._level(at, length)
            if level and (mention := self._named(at, at + length, level, accented)):
                first, after = mention
                others, after = self._listed(after, level)
                return [first, *others], after
        if self.keys[at] in self.gazetteer.longest and self.text[self.tokens[at].start].isupper():
            return self._bare(at)
        return [], at + 1

    def _level(self, at: int, length: int) -> tuple[str | None, bool]:
        words = self.tokens[at : at + length]
        if len(words) < length or (length == 2 and not self._adjacent(at + 1)):
            return None, False
        key = " ".join(word.key for word in words)
        if key in _LEVEL_KEYS:
            return _LEVEL_KEYS[key], key != fold(key) or key in ("tp", "tx")
        return _LEVEL_FOLDED.get(key), False

    def _named(self, start: int, at: int, level: str, accented: bool) -> tuple[PlaceMention, int] | None:
        if at >= len(self.tokens) or not self._name_follows(at):
            return None
        for length in range(self._run(at, self.gazetteer.longest.get(self.keys[at], 0)), 0, -1):
            words = self.tokens[at : at + length]
            units = self._units(at, length, _CLASSES.get(level, ()))
            if units and self._plausible(words, units, accented, level):
                return self._mention(start, words, level, units), at + length
        plain = accented and level in _OPEN_LEVELS and self._is_plain(start, at)
        words = self._capitalised(at) if plain else []
        if words and not (len(words) > 2 and words[0].folded in SURNAMES):  # "Chủ tịch xã Lê Văn A"
            name = self.text[words[0].start : words[-1].end]
            span = Span(self.tokens[start].start, words[-1].end)
            return PlaceMention(span, name, level, _key(words)), at + len(words)
        return None

    def _plausible(self, words: list[Token], units: list[Unit], accented: bool, level: str) -> bool:
        """A gazetteer name that is written like a name: capital letters, or two syllables or more all in
        one manner."""
        if words[0].is_number:
            return level in ("quận", "phường") and len(words) == 1
        bare = all(self._is_bare(word) for word in words)
        if not accented and not bare:
            return False  # "cơ quan Hà Đông" names no "quận Hà Đông"
        capital = all(self.text[word.start].isupper() for word in words)
        return capital or (len(words) > 1 and (not bare or not accented or _unaccented(units)))

    def _listed(self, at: int, level: str) -> tuple[list[PlaceMention], int]:
        """Names without their own level word behind "các xã A, …": only names of the gazetteer, in
        capitals."""
        found: list[PlaceMention] = []
        while at < len(self.tokens):
            start = at + (self.tokens[at].key == "và")
            if start >= len(self.tokens) or self.keys[start] not in self.gazetteer.longest:
                break
            if not _LIST_GAP.fullmatch(self.text[self.tokens[at - 1].end : self.tokens[at].start].strip()):
                break
            match = self._longest(start, _CLASSES.get(level, ()))
            if match is None or (level != "tỉnh" and self._units(start, len(match[0]), (PROVINCE,))):
                break
            found.append(self._mention(start, match[0], level, match[1]))
            at = start + len(match[0])
        return found, at

    def _bare(self, at: int) -> tuple[list[PlaceMention], int]:
        """ "Lâm Hà" alone: a district or province that only one place is called, not a part of a longer
        name."""
        match = self._longest(at, (PROVINCE, DISTRICT), least=2)
        if match is None:
            return [], at + 1
        words, units = match
        provinces = [unit for unit in units if unit.rank == PROVINCE]
        chosen = provinces or units
        if len({(unit.level, unit.province) for unit in chosen}) > 1 or self._is_inner(at, at + len(words)):
            return [], at + 1
        return [self._mention(at, words, chosen[0].level, chosen)], at + len(words)

    def _longest(self, at: int, ranks: tuple[int, ...], least: int = 1) -> tuple[list[Token], list[Unit]] | None:
        for length in range(self._run(at, self.gazetteer.longest.get(self.keys[at], 0)), least - 1, -1):
            words = self.tokens[at : at + length]
            units = self._units(at, length, ranks)
            if units and all(self.text[word.start].isupper() for word in words):
                return words, units
        return None

    def _is_inner(self, start: int, end: int) -> bool:
        """Whether another capitalised syllable touches the name: "Lê Bình Dương", "Hà Nam Ninh"."""
        before = start > 0 and self._adjacent(start) and self._is_name_like(self.tokens[start - 1])
        after = end < len(self.tokens) and self._adjacent(end) and self._is_name_like(self.tokens[end])
        return before or after

    def _is_name_like(self, token: Token) -> bool:
        word = self.text[token.start : token.end]
        return (
            word[0].isupper() and word[1:].islower() and token.folded not in _LEVEL_FIRST and token.key not in _OPENERS
        )

    def _units(self, at: int, length: int, ranks: tuple[int, ...]) -> list[Unit]:
        """The units of these ranks that the tokens spell, with the right accents or with none."""
        units = self.gazetteer.units.get(" ".join(self.keys[at : at + length]))
        if not units:
            return []
        words = self.tokens[at : at + length]
        typed = " ".join(word.key for word in words)
        bare = all(self._is_bare(word) for word in words)
        return [unit for unit in units if unit.rank in ranks and (bare or unit.spelling == typed)]

    def _mention(self, start: int, words: list[Token], level: str, units: list[Unit]) -> PlaceMention:
        same = [unit for unit in units if unit.level == level] or units
        same = [unit for unit in same if unit.district] or same  # the units before July 2025 tell more
        provinces, districts = {unit.province for unit in same}, {unit.district for unit in same}
        return PlaceMention(
            Span(self.tokens[start].start, words[-1].end),
            same[0].name,
            level if level in _CLASSES else same[0].level,
            same[0].key,
            districts.pop() if len(districts) == 1 else None,
            provinces.pop() if len(provinces) == 1 else None,
        )

    def _run(self, at: int, most: int) -> int:
        """How many tokens from here on, `most` at most, are set apart by no more than a space or a hyphen."""
        return min(self.runs[at], most)

    def _is_bare(self, word: Token) -> bool:
        """Typed without any accent."""
        return self.text[word.start : word.end].lower() == word.folded

    def _is_plain(self, start: int, at: int) -> bool:
        """A level word in small letters, next to the name and no part of "hợp tác xã", "thông tấn xã"."""
        inner = start > 0 and self.tokens[start - 1].key in ("tác", "tấn") and self._adjacent(start)
        return not inner and self._adjacent(at) and self.text[self.tokens[start].start + 1].islower()

    def _name_follows(self, at: int) -> bool:
        """Whether the gap behind a level word lets a name follow: "xã X", "4 xã (X", "TP. X"."""
        before, gap = self.tokens[at - 1], self.text[self.tokens[at - 1].end : self.tokens[at].start]
        return gap in (" ", "  ", " (") or (gap in (".", ". ") and before.folded in ("tp", "tx"))

    def _adjacent(self, at: int) -> bool:
        return self.joined[at]

    def _capitalised(self, at: int) -> list[Token]:
        """A name that no gazetteer knows: "xã Pró"; abbreviations and common words are none."""
        if not self.text[self.tokens[at].start].isupper():
            return []
        words = self.tokens[at : at + self._run(at, 4)]
        for count, word in enumerate(words):
            letters = self.text[word.start : word.end]
            if not letters[0].isupper() or word.key in _NO_NAME or (len(letters) > 1 and letters.isupper()):
                return words[:count]
        return words


_JOINTS = (" ", "-", " - ", "'", "’", "  ")
_OPENERS = {
    "ở",
    "tại",
    "của",
    "về",
    "theo",
    "và",
    "từ",
    "đến",
    "trong",
    "huyện",
    "tỉnh",
    "ủy",
    "năm",
    "cho",
    "do",
    "khi",
    "ban",
    "sở",
}


def _runs(joined: list[bool]) -> list[int]:
    """How many tokens from each one on are joined to one another, itself among them."""
    runs = [1] * len(joined)
    for at in range(len(joined) - 2, -1, -1):
        if joined[at + 1]:
            runs[at] += runs[at + 1]
    return runs


def _key(words: list[Token]) -> str:
    return fold(" ".join(word.key for word in words))


def _unaccented(units: list[Unit]) -> bool:
    return any(unit.spelling == fold(unit.spelling) for unit in units)
