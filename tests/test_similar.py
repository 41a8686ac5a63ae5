"""Nearly the same documents and other versions of one are found when a document is added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_parts import make, opened, upload

from corpus.likeness import likeness, sketch
from index.access import groups, restricted
from index.corrections import Correction
from index.similar import read_pairs
from index.store import Store, Upload

WORDS = [f"từ{number}" for number in range(400)]
TEXT = " ".join(WORDS)
EDITED = " ".join([*WORDS[:395], "khác", "hẳn", "với", "bản", "trước"])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path)
    yield store
    store.close()


def test_likeness_of_short_texts_is_exact() -> None:
    one, other = sketch("a b c d e"), sketch("A  b, c d f")  # abcd, bcde; abcd, bcdf
    assert likeness(one, other) == pytest.approx(1 / 3)
    assert likeness(one, one) == 1.0
    assert likeness(sketch("một hai"), sketch("ba bốn")) == 0.0


def test_likeness_of_long_texts_is_near() -> None:
    assert likeness(sketch(TEXT), sketch(EDITED)) == pytest.approx(392 / 402, abs=0.03)  # 392 of 397 and 397 shingles


def test_nearly_the_same_is_told(store: Store) -> None:
    first, other = store.add([upload(TEXT, title="Một"), upload("Chuyện khác hẳn, không có gì chung.", title="Hai")])
    assert first.similar is None
    assert other.similar is None
    (again,) = store.add([upload(EDITED, title="Ba")])
    assert again.similar is not None
    assert again.similar.document_id == first.document_id
    assert 0.95 < again.similar.share < 1.0
    assert not again.similar.version
    assert again.similar.remark.startswith("Gần giống “")
    store.remove([first.document_id, again.document_id])
    (alone,) = store.add([upload(TEXT + " nữa", title="Bốn")])
    assert alone.similar is None


def test_a_version_bears_the_same_number(store: Store) -> None:
    named = {"number": "12/QĐ-UBND", "issuer": "UBND huyện Lâm Hà"}
    (first,) = store.add([upload("Bản đầu nói một điều.", **named)])
    (second,) = store.add([upload("Bản sau nói điều khác hẳn trước.", **named)])
    (other,) = store.add([upload("Của cơ quan khác.", number="12/QĐ-UBND", issuer="UBND huyện Mỹ Lộc")])
    assert second.similar is not None
    assert (second.similar.document_id, second.similar.version) == (first.document_id, True)
    assert "phiên bản khác" in second.similar.remark
    assert other.similar is None


def test_what_is_replaced_is_not_said_to_be_similar(store: Store) -> None:
    store.add([upload(TEXT, "a.txt")])
    (again,) = store.add([upload(EDITED, "a.txt")])
    assert (again.status, again.similar) == ("replaced", None)


def pairs(store: Store) -> set[tuple[str, str]]:
    with store.database.read() as connection:
        return {(pair.document_id, pair.other_id) for pair in read_pairs(connection)}


def test_pairs_are_kept_both_ways_and_go_with_their_documents(store: Store) -> None:
    first, other, third = store.add([upload(TEXT, title="Một"), upload("Khác hẳn."), upload(EDITED, title="Ba")])
    assert pairs(store) == {(first.document_id, third.document_id), (third.document_id, first.document_id)}
    assert store.correct(first.document_id, [Correction.of("number", "1/QĐ", TEXT, "")])  # stored anew
    assert len(pairs(store)) == 2
    store.remove([third.document_id])
    assert pairs(store) == set()
    assert other.similar is None


def test_a_store_filled_before_pairs_were_kept_compares_when_it_is_opened(store: Store, tmp_path: Path) -> None:
    store.add([upload(TEXT, title="Một"), upload(EDITED, title="Ba")])
    with store.database.write() as connection:
        connection.executescript("DELETE FROM pairs; DELETE FROM meta WHERE key = 'pairs';")
    store.close()
    again = opened(tmp_path)
    assert len(pairs(again)) == 2
    again.close()


def test_what_only_others_may_see_takes_no_place_among_the_alike(store: Store) -> None:
    staff = groups(["nhân-sự"])
    secret = [make(f"{TEXT} bản số {number}") for number in range(25)]
    open_one = upload(EDITED, title="Mở")
    store.add([Upload(restricted(each, staff), each.text.encode(), groups=staff) for each in secret])
    store.add([open_one])
    (added,) = store.add([upload(f"{TEXT} bản nữa", title="Mới")])
    assert added.similar is not None
    assert added.similar.document_id == open_one.document.id


def test_what_only_others_may_see_makes_no_formula_of_a_text(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.similar.FORMULA", 5)
    staff = groups(["nhân-sự"])
    secret = [make(f"{TEXT} bản số {number}") for number in range(8)]
    store.add([Upload(restricted(each, staff), each.text.encode(), groups=staff) for each in secret])
    (first,) = store.add([upload(EDITED, title="Mở")])
    (second,) = store.add([upload(f"{TEXT} bản nữa", title="Mới")])
    assert second.similar is not None
    assert second.similar.document_id == first.document_id
    many = store.add(upload(f"{TEXT} bản khác {number}", title=str(number)) for number in range(8))
    assert many[-1].similar is None, "by now it is a formula for everybody"
