"""An office's own words: abbreviations and places, tried on a question before they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Response

from corpus.gazetteer import COMMUNE, DISTRICT, PROVINCE, Unit, load_gazetteer, spelling_of
from corpus.mergers import Merger, load_mergers
from corpus.text import fold
from rag.language.abbreviation_table import Expansion, Table, load, problem, shipped
from rag.language.abbreviations import expand
from rag.own_words import LEVELS, OwnPlace, OwnWords, WordError
from ui import schemas_words as schemas
from ui.problems import ProblemError
from ui.services import Admin, Here, Services

router = APIRouter(prefix="/v1/admin", tags=["Quản trị"])
FOUND = 30  # places of the gazetteer that are shown


@router.get("/abbreviations", summary="Các chữ viết tắt: của cơ quan, trong tệp, có sẵn")
def abbreviations(caller: Admin, here: Here) -> schemas.Abbreviations:
    file = _file(here)
    return schemas.Abbreviations(
        own=_shown(_words(here).abbreviations()),
        file=_shown(_all(file)) if file else [],
        shipped=_shown(_all(shipped())),
    )


@router.post("/abbreviations", summary="Thêm hoặc thay một chữ viết tắt; dùng được ngay")
def add_abbreviation(body: schemas.Abbreviation, caller: Admin, here: Here) -> schemas.Abbreviation:
    try:
        kept = _words(here).add_abbreviation(body.abbreviation, body.full, body.context, caller.id)
    except WordError as error:
        raise _bad(error) from error
    return schemas.Abbreviation.of(kept)


@router.delete("/abbreviations", status_code=204, summary="Bỏ một chữ viết tắt của cơ quan")
def remove_abbreviation(
    caller: Admin, here: Here, abbreviation: Annotated[str, Query()], full: Annotated[str, Query()]
) -> Response:
    if not _words(here).remove_abbreviation(abbreviation, full, caller.id):
        raise ProblemError(404, "abbreviation_not_found", "Cơ quan không có chữ viết tắt này.")
    return Response(status_code=204)


@router.post("/words/try", summary="Thử: câu hỏi được mở chữ viết tắt ra sao")
def try_words(body: schemas.WordsTried, caller: Admin, here: Here) -> schemas.WordsRead:
    chosen = here.choices.current()
    table = _joined(_file(here), chosen.abbreviations)
    if body.added is not None:
        if wrong := problem([body.added.abbreviation, body.added.full]):
            raise ProblemError(422, "invalid_word", f"Chữ viết tắt chưa đúng: {wrong}.")
        near = tuple(map(fold, body.added.context))
        table = _joined(table, Table.from_expansions([Expansion(body.added.abbreviation, body.added.full, near)]))
    opened = expand(chosen.aliases.open(body.question), table)
    pairs = [schemas.Opened(abbreviation=pair.abbreviation, full=pair.full) for pair in opened.pairs]
    return schemas.WordsRead(text=opened.text, opened=pairs)


@router.get("/places", summary="Địa danh: của cơ quan, và những gì chương trình biết về một tên")
def places(caller: Admin, here: Here, q: Annotated[str, Query(max_length=100)] = "") -> schemas.Places:
    own = [schemas.Place.of(place) for place in _words(here).places()]
    return schemas.Places(own=own, found=_known(q) if q.strip() else [], levels=list(LEVELS))


@router.post("/places", summary="Thêm hoặc thay một địa danh hay tên khác; dùng được ngay")
def add_place(body: schemas.Place, caller: Admin, here: Here) -> schemas.Place:
    try:
        kept = _words(here).add_place(OwnPlace(body.name, body.level, body.inside, body.means), caller.id)
    except WordError as error:
        raise _bad(error) from error
    return schemas.Place.of(kept)


@router.delete("/places", status_code=204, summary="Bỏ một địa danh của cơ quan")
def remove_place(caller: Admin, here: Here, name: Annotated[str, Query()]) -> Response:
    if not _words(here).remove_place(name, caller.id):
        raise ProblemError(404, "place_not_found", "Cơ quan không có địa danh này.")
    return Response(status_code=204)


def _words(here: Services) -> OwnWords:
    return OwnWords(here.store.database)


def _bad(error: WordError) -> ProblemError:
    return ProblemError(422, "invalid_word", str(error))


def _file(here: Services) -> Table | None:
    return load(Path(here.settings.abbreviations)) if here.settings.abbreviations else None


def _joined(first: Table | None, other: Table | None) -> Table | None:
    return first | other if first and other else first or other


def _all(table: Table) -> list[Expansion]:
    return [expansion for group in table.exact.values() for expansion in group]


def _shown(expansions: Iterable[Expansion]) -> list[schemas.Abbreviation]:
    ordered = sorted(expansions, key=lambda one: (fold(one.abbreviation), one.full))
    return [schemas.Abbreviation.of(one) for one in ordered]


def _known(asked: str) -> list[schemas.KnownPlace]:
    """The units whose name, with its level or without, holds what is asked for; those of just that name first."""
    wanted = fold(spelling_of(asked))
    units = dict.fromkeys(unit for group in load_gazetteer().units.values() for unit in group)
    found = [unit for unit in units if wanted in f"{fold(unit.level)} {unit.key}"] if wanted else []
    found.sort(key=lambda unit: (unit.key not in (wanted, wanted.partition(" ")[2]), unit.rank, unit.key))
    return [_place(unit) for unit in found[:FOUND]]


def _place(unit: Unit) -> schemas.KnownPlace:
    mergers = load_mergers()
    into = [merger for merger in mergers.by_old.get(unit.key, ()) if unit in merger.old]
    made = [merger for merger in mergers.by_new.get(unit.key, ()) if unit == merger.new]
    return schemas.KnownPlace(
        name=_titled(unit),
        inside=_inside(unit),
        became=[_titled(merger.new) for merger in into] if not made else [],
        was=_listed(made),
    )


def _listed(made: Sequence[Merger]) -> list[str]:
    return [_titled(unit) for merger in made for unit in merger.old]


def _titled(unit: Unit) -> str:
    return f"{unit.level} {unit.name}"


def _inside(unit: Unit) -> str:
    gazetteer = load_gazetteer()
    district = gazetteer.titled(unit.district, DISTRICT) if unit.rank == COMMUNE and unit.district else ""
    province = gazetteer.titled(unit.province, PROVINCE) if unit.rank != PROVINCE else ""
    return ", ".join(filter(None, (district, province)))
