"""The words of a text as names of places are built of them: level words, runs of capitals, the gazetteer's spelling."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.gazetteer import COMMUNE, DISTRICT, PROVINCE, Unit, load_gazetteer
from corpus.text import Token, fold, same_tones, tokens

_LEVELS = {
    "tỉnh": "tỉnh", "huyện": "huyện", "quận": "quận", "phường": "phường", "xã": "xã",
    "thị trấn": "thị trấn", "thị xã": "thị xã", "thành phố": "thành phố", "tp": "thành phố", "tx": "thị xã",
    "đặc khu": "đặc khu", "thôn": "thôn", "xóm": "xóm", "ấp": "ấp", "buôn": "buôn", "tỉnh ủy": "tỉnh",
    "thành ủy": "thành phố", "huyện ủy": "huyện", "thị ủy": "thị xã", "quận ủy": "quận",
}  # fmt: skip
CLASSES = {
    "tỉnh": (PROVINCE,), "thành phố": (PROVINCE, DISTRICT), "huyện": (DISTRICT,), "quận": (DISTRICT,),
    "thị xã": (DISTRICT,),
    "xã": (COMMUNE,), "phường": (COMMUNE,), "thị trấn": (COMMUNE,), "đặc khu": (COMMUNE,),
}  # fmt: skip
_LEVEL_KEYS = {same_tones(word): level for word, level in _LEVELS.items()}
_LEVEL_FOLDED = {fold(word): level for word, level in _LEVELS.items()}
LEVEL_FIRST = {word.split()[0] for word in (*_LEVEL_KEYS, *_LEVEL_FOLDED)}
OPEN_LEVELS = {"xã", "phường", "thị trấn", "thị xã", "huyện", "thôn", "xóm", "ấp", "buôn"}  # have names unknown to us
NO_NAME = {"hội", "đoàn", "ủy", "đội", "trưởng", "viên", "chúng", "tôi"}  # "Xã Hội", "Huyện Đoàn": no places


class PlaceWords:
    """The tokens of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.keys = fold("\n".join(token.key for token in self.tokens)).split("\n")
        self.gazetteer = load_gazetteer()
        self.joined = [False, *(text[one.end : other.start] in _JOINTS for one, other in pairwise(self.tokens))]
        self.runs = _runs(self.joined)

    def level(self, at: int, length: int) -> tuple[str | None, bool]:
        words = self.tokens[at : at + length]
        if len(words) < length or (length == 2 and not self._adjacent(at + 1)):
            return None, False
        key = " ".join(word.key for word in words)
        if key in _LEVEL_KEYS:
            return _LEVEL_KEYS[key], key != fold(key) or key in ("tp", "tx")
        return _LEVEL_FOLDED.get(key), False

    def longest(self, at: int, ranks: tuple[int, ...], least: int = 1) -> tuple[list[Token], list[Unit]] | None:
        for length in range(self.run(at, self.gazetteer.longest.get(self.keys[at], 0)), least - 1, -1):
            words = self.tokens[at : at + length]
            units = self.units(at, length, ranks)
            if units and all(self.text[word.start].isupper() for word in words):
                return words, units
        return None

    def units(self, at: int, length: int, ranks: tuple[int, ...]) -> list[Unit]:
        """The units of these ranks that the tokens spell, with the right accents or with none."""
        units = self.gazetteer.units.get(" ".join(self.keys[at : at + length]))
        if not units:
            return []
        words = self.tokens[at : at + length]
        typed = " ".join(word.key for word in words)
        bare = all(self._is_bare(word) for word in words)
        return [unit for unit in units if unit.rank in ranks and (bare or unit.spelling == typed)]

    def plausible(self, words: list[Token], units: list[Unit], accented: bool, level: str) -> bool:
        """A gazetteer name that is written like a name: capital letters, or two syllables or more all in
        one manner."""
        if words[0].is_number:
            return level in ("quận", "phường") and len(words) == 1
        bare = all(self._is_bare(word) for word in words)
        if not accented and not bare:
            return False  # "cơ quan Hà Đông" names no "quận Hà Đông"
        capital = all(self.text[word.start].isupper() for word in words)
        return capital or (len(words) > 1 and (not bare or not accented or _unaccented(units)))

    def capitalised(self, at: int) -> list[Token]:
        """A name that no gazetteer knows: "xã Pró"; abbreviations and common words are none."""
        if not self.text[self.tokens[at].start].isupper():
            return []
        words = self.tokens[at : at + self.run(at, 4)]
        for count, word in enumerate(words):
            letters = self.text[word.start : word.end]
            if not letters[0].isupper() or word.key in NO_NAME or (len(letters) > 1 and letters.isupper()):
                return words[:count]
        return words

    def run(self, at: int, most: int) -> int:
        """How many tokens from here on, `most` at most, are set apart by no more than a space or a hyphen."""
        return min(self.runs[at], most)

    def _adjacent(self, at: int) -> bool:
        return self.joined[at]

    def name_follows(self, at: int) -> bool:
        """Whether the gap behind a level word lets a name follow: "xã X", "4 xã (X", "TP. X"."""
        before, gap = self.tokens[at - 1], self.text[self.tokens[at - 1].end : self.tokens[at].start]
        return gap in (" ", "  ", " (") or (gap in (".", ". ") and before.folded in ("tp", "tx"))

    def is_plain(self, start: int, at: int) -> bool:
        """A level word in small letters, next to the name and no part of "hợp tác xã", "thông tấn xã"."""
        inner = start > 0 and self.tokens[start - 1].key in ("tác", "tấn") and self._adjacent(start)
        return not inner and self._adjacent(at) and self.text[self.tokens[start].start + 1].islower()

    def is_second_half(self, at: int) -> bool:
        """Whether the level word ends another word: "nông thôn Đơn Dương" is no "thôn Đơn Dương", "hợp tác xã Thuận
        Phát" no "xã Thuận"."""
        before = tuple(token.folded for token in self.tokens[max(0, at - 2) : at + 1])
        return (before[-2:] == ("nong", "thon") or before == ("hop", "tac", "xa")) and self._adjacent(at)

    def is_district(self, at: int, length: int) -> bool:
        """Whether the tokens are a district's or a province's name in capitals."""
        capital = all(self.text[word.start].isupper() for word in self.tokens[at : at + length])
        return capital and bool(self.units(at, length, (DISTRICT, PROVINCE)))

    def is_borne(self, at: int) -> bool:
        return self._adjacent(at) and is_borne(self.tokens, at)

    def is_inner(self, start: int, end: int) -> bool:
        """Whether another capitalised syllable touches the name: "Lê Bình Dương", "Hà Nam Ninh"."""
        before = start > 0 and self._adjacent(start) and self._is_name_like(self.tokens[start - 1])
        after = end < len(self.tokens) and self._adjacent(end) and self._is_name_like(self.tokens[end])
        return before or after

    def continues(self, at: int) -> bool:
        """Whether a capitalised syllable stands beside a capitalised one before it."""
        behind = at + 1 < len(self.tokens) and self._adjacent(at + 1)
        return behind and self._is_name_like(self.tokens[at]) and self._is_name_like(self.tokens[at + 1])

    def _is_name_like(self, token: Token) -> bool:
        word = self.text[token.start : token.end]
        return (
            word[0].isupper() and word[1:].islower() and token.folded not in LEVEL_FIRST and token.key not in _OPENERS
        )

    def _is_bare(self, word: Token) -> bool:
        """Typed without any accent."""
        return self.text[word.start : word.end].lower() == word.folded


def is_borne(found: Sequence[Token], at: int) -> bool:
    """Whether a lake, a bridge or a market bears the name that begins there: "hồ Dầu Tiếng" is not the district."""
    before, further = (found[place].key if place >= 0 else "" for place in (at - 1, at - 2))
    return before in _BEARERS and further not in ("yêu", "nhu")  # "yêu cầu Lâm Hà"


_BEARERS = frozenset(
    map(same_tones, "hồ sông núi cầu đèo bến chợ đập suối kênh cảng vịnh thác hang chùa ga phà".split())
)
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


def _unaccented(units: list[Unit]) -> bool:
    return any(unit.spelling == fold(unit.spelling) for unit in units)
