"""The embedded index: generations of files in the store's own folder, searched in the process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.database import Database
from index.dense import Ids
from index.embed import Vectors
from index.embedding import current_model, model_number
from index.follow import Finding, Found, Within
from index.generation import (
    Generation,
    candidates,
    current,
    descends,
    discard,
    open_generation,
    point,
    prune,
)
from index.growth import FLAT_LIMIT, build
from index.lexical import Field, LexicalQuery, Term
from index.manifest import DamagedError
from index.weights import idf


@dataclass(frozen=True, slots=True)
class Embedded:
    """A generation as an `index.follow.Index`."""

    generation: Generation

    @property
    def change(self) -> int:
        return self.generation.manifest.change

    @property
    def doubtful(self) -> bool:
        return False

    @property
    def worn(self) -> bool:
        return self.generation.lexicon.worn

    @property
    def reference(self) -> None:
        return None

    @property
    def chunks(self) -> Ids:
        return self.generation.chunks

    @property
    def last_row(self) -> int:
        return self.generation.manifest.last_row

    def by_words(self, query: LexicalQuery, k: int, within: Within | None) -> Found:
        lexicon = self.generation.lexicon
        if within is None or within.seen is None:
            return self._by_words(query.telling(lexicon.frequency, lexicon.count), k, within)
        telling = query.telling(within.seen.frequency, within.seen.chunks)
        return within.seen.best(telling, k, lambda asked, n: self._by_words(asked, n, within), self._rarity)

    def _by_words(self, query: LexicalQuery, k: int, within: Within | None) -> Found:
        if within is None:
            return self.generation.lexicon.search(query, k)
        if within.rows is None:
            return self.generation.lexicon.search(query, k, without=within.gone.tolist())
        return self.generation.lexicon.search(query, k, within.rows.tolist())

    def _rarity(self, term: Term) -> float:
        lexicon = self.generation.lexicon
        return idf(lexicon.frequency(term.field, term.text), lexicon.count)

    def by_vector(self, vector: Vectors, k: int, within: Within | None) -> Found:
        return self.generation.dense.search(vector, k, None if within is None else within.mask(self.last_row))

    def frequency(self, field: Field, text: str, within: Within | None) -> int:
        lexicon = self.generation.lexicon
        known = lexicon.frequency(field, text)
        if within is None or not known:
            return known
        if within.rows is not None:
            return lexicon.count_in(field, text, within.rows.tolist())
        gone = lexicon.count_in(field, text, within.gone.tolist()) if len(within.gone) else 0
        return (lexicon.count_in(field, text, None) if lexicon.worn else known) - gone


class Generations:
    """The `index.follow.Follower` that keeps generations in the store's folder."""

    def __init__(self, folder: Path, database: Database, model_id: str, flat_limit: int = FLAT_LIMIT) -> None:
        self._folder, self._database, self._model_id, self._flat_limit = folder, database, model_id, flat_limit
        self._known: Generation | None = None

    def advance(self) -> Embedded:
        """Raises `ModelChangedError`: what is served then stays."""
        with self._database.read() as connection:
            model_number(connection, self._model_id)
        known = self._newest()
        if known is None or not self._shows_now(known):
            try:
                known = self._build(known)
            except (DamagedError, FileNotFoundError):  # of what it grew from: once more, from the database alone
                known = self._build(None)
        elif current(self._folder) != known.folder.name:
            point(self._folder, known.folder.name)
        prune(self._folder, [known.folder])
        return self._shown(known)

    def newer(self) -> Embedded | None:
        name = current(self._folder)
        if name is None or (self._known is not None and name == self._known.folder.name):
            return None
        with self._database.read() as connection:
            if current_model(connection) != self._model_id:  # known before a file is read
                return None
        with suppress(DamagedError):  # or another process removed it while we read: looked at again by `advance`
            found = open_generation(self._folder, name, self._known)
            if found.manifest.model == self._model_id:
                return self._shown(found)
        return None

    def last(self) -> Embedded | None:
        known = self._newest()
        return None if known is None or known.manifest.model != self._model_id else self._shown(known)

    def examine(self) -> Iterator[Finding]:
        line = current(self._folder)
        if line is None:
            if candidates(self._folder):  # without any, as after a restore, the first to open the store makes one
                yield Finding("generation_behind", "Chưa có chỉ mục tìm kiếm.")
            return
        try:
            yield from self._compared(open_generation(self._folder, line))
        except DamagedError as error:
            yield Finding("generation_damaged", f"Chỉ mục tìm kiếm bị hỏng ({error}).", line)

    def discard(self) -> None:
        for name in candidates(self._folder):  # an older one may share what is wrong
            discard(self._folder, name)

    def erase(self) -> None:
        """All of it is in the folder."""

    def close(self) -> None:
        """Nothing is held open."""

    def _compared(self, generation: Generation) -> Iterator[Finding]:
        with self._database.read() as connection:
            chunks = connection.execute("SELECT count(*) FROM chunks").fetchone()[0]
            vectors = connection.execute(
                "SELECT count(*) FROM vectors WHERE model = (SELECT m.id FROM models m JOIN meta ON meta.key = 'model'"
                " WHERE m.name = meta.value)"
            ).fetchone()[0]
            continues = descends(connection, generation.manifest)
        if generation.manifest.change != self._database.change():
            yield Finding("generation_behind", "Chỉ mục tìm kiếm cũ hơn kho tài liệu.", generation.folder.name)
        elif not continues:
            yield Finding(
                "generation_differs", "Kho tài liệu không nối tiếp chỉ mục tìm kiếm: nhật ký bị thay hoặc bị cắt."
            )
        elif (generation.lexicon.count, generation.dense.count) != (chunks, vectors):
            counts = f"{generation.lexicon.count}/{chunks} đoạn, {generation.dense.count}/{vectors} vectơ"
            yield Finding("generation_differs", f"Chỉ mục tìm kiếm không khớp với kho tài liệu ({counts}).")

    def _shown(self, generation: Generation) -> Embedded:
        self._known = generation
        return Embedded(generation)

    def _shows_now(self, known: Generation) -> bool:
        with self._database.read() as connection:
            return known.manifest.change == self._database.change() and descends(connection, known.manifest)

    def _build(self, known: Generation | None) -> Generation:
        with self._database.read() as connection:
            name = build(self._folder, connection, known, self._flat_limit)
        return open_generation(self._folder, name, known)

    def _newest(self) -> Generation | None:
        """The generation that CURRENT names, or the one before if it is damaged; what is goes to the quarantine."""
        for name in candidates(self._folder):
            if self._known is not None and self._known.folder.name == name:
                return self._known
            try:
                return open_generation(self._folder, name, self._known)
            except DamagedError:
                discard(self._folder, name)
        return None
