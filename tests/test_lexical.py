"""BM25 over our own tokens: the formula, the fields, restrictions, and folders that grow apart."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path

import pytest

from index.lexical import FIELDS, LexicalQuery, Lexicon, Term, Words, grow

TEXTS = ("Xã Lạc Lâm trồng rừng", "Xã Quảng Lập làm đường", "Rừng rừng rừng phòng hộ")


def folder(tmp_path: Path, name: str) -> Path:
    made = tmp_path / name
    made.mkdir()
    return made


@pytest.fixture
def first(tmp_path: Path) -> Path:
    made = folder(tmp_path, "first")
    grow(made, None, [], (Words(10 + n, n, text, f"văn bản {n}") for n, text in enumerate(TEXTS)), len(TEXTS))
    return made


def one(field: str, text: str, boost: float = 1.0) -> LexicalQuery:
    return LexicalQuery((Term(field, text, boost),))  # type: ignore[arg-type]


def digests(made: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in made.iterdir() if path.suffix != ".lock"
    }


def test_the_score_is_bm25(first: Path) -> None:
    # N = 3 chunks of 5 syllables each, "duong" in one: idf·tf·(k1+1)/(tf + k1·(1 - b + b·len/mean)), tf = 1, len = mean
    ((id, score),) = Lexicon(first).search(one("folded", "duong"), 5)
    assert id == 11
    assert score == pytest.approx(math.log(1 + (3 - 1 + 0.5) / (1 + 0.5)), rel=1e-5)
    ((_, boosted),) = Lexicon(first).search(one("folded", "duong", 2.5), 5)
    assert boosted == pytest.approx(2.5 * score, rel=1e-5)


def test_more_of_a_word_ranks_higher_and_scores_add_up(first: Path) -> None:
    lexicon = Lexicon(first)
    assert [id for id, _ in lexicon.search(one("folded", "rung"), 5)] == [12, 10]
    assert [id for id, _ in lexicon.search(one("folded", "rung"), 1)] == [12]
    both = LexicalQuery((Term("folded", "rung"), Term("folded", "lac")))
    scores = dict(lexicon.search(both, 5))
    parts = dict(lexicon.search(one("folded", "rung"), 5))[10] + dict(lexicon.search(one("folded", "lac"), 5))[10]
    assert scores[10] == pytest.approx(parts, rel=1e-5)


@pytest.mark.parametrize(
    ("field", "text", "ids"),
    [
        ("folded", "rừng", []),
        ("accented", "rừng", [12, 10]),
        ("accented", "rung", []),
        ("bigrams", "quang_lap", [11]),
        ("bigrams", "xa_quang_lap", []),
        ("context_folded", "2", [12]),
        ("context_bigrams", "ban_1", [11]),
        ("folded", "van", []),
    ],
)
def test_each_field_holds_its_own(first: Path, field: str, text: str, ids: list[int]) -> None:
    assert [id for id, _ in Lexicon(first).search(one(field, text), 5)] == ids


@pytest.mark.parametrize("text", ["rung AND xa", "*", "rung*", "folded:rung", '"', "(", "", "a" * 70_000, "\x00"])
def test_user_text_is_never_query_syntax(first: Path, text: str) -> None:
    assert Lexicon(first).search(one("folded", text), 5) == []


def test_nothing_to_look_for_finds_nothing(first: Path) -> None:
    lexicon = Lexicon(first)
    assert lexicon.search(LexicalQuery(()), 5) == lexicon.search(one("folded", "rung"), 0) == []


def test_a_restriction_leaves_scores_as_they_are(first: Path) -> None:
    lexicon = Lexicon(first)
    everywhere = dict(lexicon.search(one("folded", "rung"), 5))
    assert lexicon.search(one("folded", "rung"), 5, [0, 1]) == [(10, pytest.approx(everywhere[10]))]
    assert lexicon.search(one("folded", "rung"), 5, []) == []


def test_growing_adds_and_deletes_and_leaves_the_folder_before_as_it_was(first: Path, tmp_path: Path) -> None:
    before, opened = digests(first), Lexicon(first)
    second = folder(tmp_path, "second")
    grow(second, first, [2, 99], iter([Words(13, 3, "Rừng đặc dụng", "")]), 1)
    assert [id for id, _ in Lexicon(second).search(one("folded", "rung"), 5)] == [13, 10]
    assert Lexicon(second).count == 3
    assert digests(first) == before
    for lexicon in (opened, Lexicon(first)):
        assert [id for id, _ in lexicon.search(one("folded", "rung"), 5)] == [12, 10]
        assert lexicon.count == 3


def test_many_small_steps_end_where_one_large_one_does(tmp_path: Path) -> None:
    previous: Path | None = None
    for step in range(25):
        made = folder(tmp_path, f"step{step}")
        gone = [step - 10] if step >= 10 else []
        grow(made, previous, gone, iter([Words(step, step, f"văn bản số {step} về rừng", "")]), 1)
        previous = made
    assert previous is not None
    lexicon = Lexicon(previous)
    assert {id for id, _ in lexicon.search(one("folded", "rung"), 100)} == set(range(15, 25))
    assert lexicon.count == 10
    assert len(list(previous.iterdir())) < 100  # segments are merged


def test_nothing_of_the_text_is_kept_in_the_folder(first: Path) -> None:
    assert all("trồng rừng".encode() not in path.read_bytes() for path in first.iterdir())


def test_every_field_is_indexed(first: Path) -> None:
    lexicon = Lexicon(first)
    assert {field: lexicon.frequency(field, "1") for field in FIELDS} == {
        **dict.fromkeys(FIELDS, 0),
        "context_folded": 1,
    }
    assert lexicon.frequency("folded", "rung") == 2


def test_terms_that_a_fifth_of_very_many_chunks_hold_are_not_looked_for() -> None:
    query = LexicalQuery((Term("folded", "cua"), Term("folded", "rung"), Term("bigrams", "rung_thong")))
    held = {"cua": 40_000, "rung": 12_000, "rung_thong": 12_001}
    assert query.telling(lambda _, text: held[text], 50_000) == query
    assert query.telling(lambda _, text: held[text], 60_000) == LexicalQuery((Term("folded", "rung"),))
    assert query.telling(lambda _, text: held[text] + 30_000, 60_000) == query  # else nothing were left
