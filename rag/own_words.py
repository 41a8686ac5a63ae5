"""An office's own words, kept in the store: abbreviations, places no gazetteer knows, and other names of places."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Span
from corpus.gazetteer import DISTRICT, PROVINCE, load_gazetteer, spelling_of
from corpus.places import PlaceMention, find_places
from corpus.text import fold
from index import audit
from index.database import Database
from rag.language.abbreviation_table import Expansion, problem

LONGEST = 200  # characters of a name or a full form
LEVELS = (
    "tổ dân phố", "khu phố", "thôn", "xóm", "ấp", "buôn", "bản", "làng", "khu", "cụm", "xã", "phường", "thị trấn",
    "đặc khu",
)  # fmt: skip


class WordError(ValueError):
    """An abbreviation or a place that cannot be taken. The message is Vietnamese."""


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place of an office's own: one with a `level` and where it lies, or another name of what it `means`."""

    name: str
    level: str = ""
    inside: str = ""  # "huyện Đơn Dương, tỉnh Lâm Đồng"
    means: str = ""  # "thành phố Đà Lạt"; then `level` and `inside` are empty

    @property
    def key(self) -> str:
        return fold(spelling_of(self.name))

    @property
    def mention(self) -> PlaceMention | None:
        """The place as one that documents are about; None for another name of one."""
        if self.means:
            return None
        around = find_places(self.inside)
        district = next((place.name for place in around if _is(place, DISTRICT)), None)
        province = next((place.name if _is(place, PROVINCE) else place.province for place in around[::-1]), None)
        return PlaceMention(Span(0, 0), self.name, self.level, self.key, district, province)


def _is(place: PlaceMention, rank: int) -> bool:
    return any(unit.rank == rank and unit.level == place.level for unit in load_gazetteer().units.get(place.key, ()))


class OwnWords:
    """The office's words in the store's database; every change is a line of the audit log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def abbreviations(self) -> list[Expansion]:
        query = "SELECT abbreviation, full, context FROM own_abbreviations ORDER BY abbreviation, full"
        with self._database.read() as connection:
            rows = connection.execute(query).fetchall()
        return [Expansion(short, full, tuple(filter(None, context.split("|")))) for short, full, context in rows]

    def add_abbreviation(self, abbreviation: str, full: str, context: Sequence[str], actor: str) -> Expansion:
        """Keeps it, in place of what it stood for in the same context. Raises `WordError`."""
        short, long = _line(abbreviation), _line(full)
        if wrong := problem([short, long]):
            raise WordError(f"Chữ viết tắt chưa đúng: {wrong}.")
        near = tuple(dict.fromkeys(fold(_line(word)) for word in context if word.strip()))
        with self._database.write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO own_abbreviations VALUES (?, ?, ?)", (short, long, "|".join(near))
            )
            audit.append(connection, actor, "abbreviation", short, f"add {long}")
            Database.touch(connection)
        return Expansion(short, long, near)

    def remove_abbreviation(self, abbreviation: str, full: str, actor: str) -> bool:
        removal = "DELETE FROM own_abbreviations WHERE abbreviation = ? AND full = ?"
        return self._remove(removal, (abbreviation, full), "abbreviation", f"remove {full}", actor)

    def places(self) -> list[OwnPlace]:
        with self._database.read() as connection:
            rows = connection.execute("SELECT name, level, inside, means FROM own_places ORDER BY name").fetchall()
        return [OwnPlace(*row) for row in rows]

    def add_place(self, place: OwnPlace, actor: str) -> OwnPlace:
        """Keeps it, in place of one of the same name. Raises `WordError`."""
        kept = OwnPlace(*(_line(part) for part in (place.name, place.level, place.inside, place.means)))
        if wrong := _wrong(kept):
            raise WordError(wrong)
        with self._database.write() as connection:
            row = (kept.name, kept.level, kept.inside, kept.means)
            connection.execute("INSERT OR REPLACE INTO own_places VALUES (?, ?, ?, ?)", row)
            audit.append(connection, actor, "place", kept.name, f"add {kept.means or f'{kept.level}, {kept.inside}'}")
            Database.touch(connection)
        return kept

    def remove_place(self, name: str, actor: str) -> bool:
        return self._remove("DELETE FROM own_places WHERE name = ?", (name,), "place", "remove", actor)

    def _remove(self, sql: str, values: tuple[str, ...], action: audit.Action, detail: str, actor: str) -> bool:
        with self._database.write() as connection:
            removed = connection.execute(sql, values).rowcount == 1
            if removed:
                audit.append(connection, actor, action, values[0], detail)
                Database.touch(connection)
        return removed


def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _wrong(place: OwnPlace) -> str | None:
    if not place.key.replace(" ", "").isalnum():
        return "Tên địa danh cần có chữ."
    if place.means and (place.level or place.inside):
        return "Tên khác của một nơi đã có thì chỉ cần nơi ấy; không kèm cấp hay nơi thuộc về."
    if place.means:
        return "Tên khác trùng với chính nơi ấy." if fold(place.means) == fold(place.name) else None
    if place.level not in LEVELS:
        return f"Cấp phải là một trong: {', '.join(LEVELS)}."
    if place.inside and not find_places(place.inside):
        return "Không nhận ra nơi thuộc về; hãy viết như “xã Quảng Lập, huyện Đơn Dương”."
    return None
