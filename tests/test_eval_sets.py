"""Question sets that are kept: as brought, grown and mended one by one; for whom they are."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from store_parts import opened

from eval.about import Options
from eval.inputs import InputError
from eval.kept import MissingError
from eval.question import Question
from eval.runs import Runs
from eval.sets import Sets
from index.backup import backup, restore

LINES = (
    '{"id": "1", "question": "Xã nào?", "answerable": true, "must": ["Lạc Lâm"], "kind": "place", "note": "giữ"}\n'
    '{"id": "h", "kind": "dialogue", "turns": [{"id": "h1", "question": "Năm nào?", "answerable": false}]}\n'
)


def test_a_set_is_kept_as_it_was_brought(tmp_path: Path) -> None:
    sets = Sets(tmp_path)
    made = sets.create("Bộ một", LINES, "Ann")
    assert Sets(tmp_path).content(made.id) == LINES
    assert (made.questions, made.answerable, made.kinds) == (2, 1, ("place", "dialogue"))
    assert made.sha256 == hashlib.sha256(LINES.encode()).hexdigest()
    assert Sets(tmp_path).all() == [made]
    sets.remove(made.id)
    assert sets.all() == []
    assert not list((tmp_path / "evaluations" / "sets").glob("*/*"))


def test_a_question_is_added_replaced_and_taken_out(tmp_path: Path) -> None:
    sets = Sets(tmp_path)
    id = sets.create("Bộ", LINES, "Ann").id
    assert sets.put(id, Question(id="2", question="Ai?", answerable=True)).questions == 3
    assert sets.put(id, Question(id="2", question="Ai chủ trì?", answerable=True, must=("Bình",))).questions == 3
    assert [each.question for each in sets.questions(id)] == ["Xã nào?", "Năm nào?", "Ai chủ trì?"]
    assert '"note": "giữ"' in sets.content(id)  # what is not touched stays letter for letter
    assert sets.take_out(id, "h").questions == 2
    assert sets.take_out(id, "1").questions == 1
    emptied = sets.take_out(id, "2")
    assert (emptied.questions, sets.content(id), sets.questions(id)) == (0, "", [])


def test_a_bad_set_is_named_by_its_line_and_nothing_is_kept(tmp_path: Path) -> None:
    sets = Sets(tmp_path)
    with pytest.raises(InputError, match="Bộ, dòng 2: không phải JSON"):
        sets.create("Bộ", LINES.split("\n")[0] + "\n{", "Ann")
    assert sets.all() == []


def test_sets_and_runs_are_in_a_backup(tmp_path: Path) -> None:
    store = opened(tmp_path / "data")
    sets, runs = Sets(store.folder), Runs(store.folder)
    made = sets.create("Bộ", LINES, "Ann")
    run = runs.create(made, LINES, "lần", "store", Options(), "Ann")
    backup(store.folder, tmp_path / "copy.hoi")
    restore(tmp_path / "copy.hoi", tmp_path / "again")
    assert Sets(tmp_path / "again").content(made.id) == LINES
    assert Runs(tmp_path / "again").all() == [run]
    assert Runs(tmp_path / "again").state(run.id).status == "interrupted"
    store.close()


def test_an_id_leads_nowhere_else(tmp_path: Path) -> None:
    sets = Sets(tmp_path)
    sets.create("Bộ", LINES, "Ann")
    for id in ("..", "../sets", "", "0" * 12):
        with pytest.raises(MissingError):
            sets.content(id)


def test_a_set_is_seen_by_those_who_may_see_the_documents_it_quotes(tmp_path: Path) -> None:
    sets = Sets(tmp_path)
    sets.create("mọi văn bản", LINES, "Ann", None)
    sets.create("công khai", LINES, "Bình", frozenset())
    sets.create("của tổ chức", LINES, "Chi", frozenset({"tổ chức"}))

    def seen(groups: frozenset[str] | None) -> set[str]:
        return {each.name for each in sets.all(groups)}

    assert seen(None) == {"mọi văn bản", "công khai", "của tổ chức"}
    assert seen(frozenset()) == {"công khai"}
    assert seen(frozenset({"tổ chức"})) == {"công khai", "của tổ chức"}
