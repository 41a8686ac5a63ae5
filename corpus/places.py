"""Communes, districts and provinces named in a text, old (before July 2025) and new, with or without
accents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.document import Span
from corpus.gazetteer import COMMUNE, DISTRICT, PROVINCE, Unit, load_gazetteer
from corpus.names import SURNAMES
from corpus.place_words import CLASSES, LEVEL_FIRST, OPEN_LEVELS, PlaceWords
from corpus.text import Token, fold

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
        if self.district and COMMUNE in CLASSES.get(self.level, ()):
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
    end, classes = mention.span.end, CLASSES.get(mention.level, ())
    for other in following:
        if not _WITHIN_GAP.fullmatch(text, end, other.span.start):
            break
        if other.level == "tỉnh" or (other.province == other.name and mention.province is None):
            return mention if PROVINCE in classes else replace(mention, province=other.name)
        if classes == CLASSES.get(other.level) or DISTRICT not in CLASSES.get(other.level, ()) or DISTRICT in classes:
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
    """One pass over a text's words."""

    def __init__(self, text: str) -> None:
        self.text, self.words = text, PlaceWords(text)
        self.tokens, self.keys = self.words.tokens, self.words.keys
        self.gazetteer = self.words.gazetteer

    def mentions(self) -> Iterator[PlaceMention]:
        position = 0
        while position < len(self.tokens):
            token = self.tokens[position]
            if (token.folded in LEVEL_FIRST or token.key in LEVEL_FIRST) and not self.words.is_second_half(position):
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
            level, accented = self.words.level(at, length)
            if level and (mention := self._named(at, at + length, level, accented)):
                first, after = mention
                others, after = self._listed(after, level)
                return [first, *others], after
        if self.keys[at] in self.gazetteer.longest and self.text[self.tokens[at].start].isupper():
            return self._bare(at)
        return [], at + 1

    def _named(self, start: int, at: int, level: str, accented: bool) -> tuple[PlaceMention, int] | None:
        if at >= len(self.tokens) or not self.words.name_follows(at):
            return None
        for length in range(self.words.run(at, self.gazetteer.longest.get(self.keys[at], 0)), 0, -1):
            words = self.tokens[at : at + length]
            units = self.words.units(at, length, CLASSES.get(level, ()))
            if not units and length > 1 and self.words.is_district(at, length):  # "các xã, thị trấn Lâm Hà"
                return None
            if units and self.words.plausible(words, units, accented, level) and not self._goes_on(at + length - 1, at):
                return self._mention(start, words, level, units), at + length
        plain = accented and level in OPEN_LEVELS and self.words.is_plain(start, at)
        words = self.words.capitalised(at) if plain else []
        if words and not (len(words) > 2 and words[0].folded in SURNAMES):  # "Chủ tịch xã Lê Văn A"
            name = self.text[words[0].start : words[-1].end]
            span = Span(self.tokens[start].start, words[-1].end)
            return PlaceMention(span, name, level, _key(words)), at + len(words)
        return None

    def _goes_on(self, last: int, at: int) -> bool:
        """Whether a name of one syllable is the beginning of one that no gazetteer knows: "xã Đông Bãi" is not "xã
        Đông", but "xã Lát Lạc Dương" is "xã Lát"."""
        behind = last + 1
        if last > at or not self.words.continues(last) or self.tokens[behind].folded in SURNAMES:
            return False
        return self.words.longest(behind, (PROVINCE, DISTRICT)) is None

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
            match = self.words.longest(start, CLASSES.get(level, ()))
            if match is None or (level != "tỉnh" and self.words.units(start, len(match[0]), (PROVINCE,))):
                break
            found.append(self._mention(start, match[0], level, match[1]))
            at = start + len(match[0])
        return found, at

    def _bare(self, at: int) -> tuple[list[PlaceMention], int]:
        """ "Lâm Hà" alone: a district or province that only one place is called, not a part of a longer
        name."""
        match = self.words.longest(at, (PROVINCE, DISTRICT), least=2)
        if match is None or self.words.is_borne(at):
            return [], at + 1
        words, units = match
        provinces = [unit for unit in units if unit.rank == PROVINCE]
        chosen = provinces or units
        if len({(unit.level, unit.province) for unit in chosen}) > 1 or self.words.is_inner(at, at + len(words)):
            return [], at + 1
        return [self._mention(at, words, chosen[0].level, chosen)], at + len(words)

    def _mention(self, start: int, words: list[Token], level: str, units: list[Unit]) -> PlaceMention:
        same = [unit for unit in units if unit.level == level] or units
        same = [unit for unit in same if unit.district] or same  # the units before July 2025 tell more
        provinces, districts = {unit.province for unit in same}, {unit.district for unit in same}
        return PlaceMention(
            Span(self.tokens[start].start, words[-1].end),
            same[0].name,
            level if level in CLASSES else same[0].level,
            same[0].key,
            districts.pop() if len(districts) == 1 else None,
            provinces.pop() if len(provinces) == 1 else None,
        )


def _key(words: list[Token]) -> str:
    return fold(" ".join(word.key for word in words))
