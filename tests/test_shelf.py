"""The list of documents as its keeper sees it: found, filtered, counted, ordered, with what is like what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from store_parts import opened, upload

from index.access import groups, restricted
from index.store import Store
from ui.shelf import Place, Shelf, Wanted, tree

LONG = " ".join(f"từ{number}" for number in range(200))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path)
    store.add(
        [
            upload("Một.", file="1.txt", title="Phí chợ", kind="Quyết định", number="15/QĐ-UBND",
                   issued_on=date(2018, 3, 2), issuer="UBND huyện Lâm Hà", place="huyện Lâm Hà, tỉnh Lâm Đồng"),
            upload("Quyết định này thay thế Quyết định số 15/QĐ-UBND ngày 02/3/2018.", title="Phí chợ mới",
                   kind="Quyết định", number="20/QĐ-UBND", issued_on=date(2020, 1, 5), issuer="UBND huyện Lâm Hà",
                   place="xã Mê Linh, huyện Lâm Hà, tỉnh Lâm Đồng"),
            upload(LONG, title="Tin một", kind="Tin bài", issued_on=date(2020, 5, 5)),
            upload(f"{LONG} thêm", title="Tin hai", kind="Tin bài"),
        ]
    )  # fmt: skip
    yield store
    store.close()


def shelf(store: Store, of: frozenset[str] | None = None) -> Shelf:
    return Shelf.of(store.snapshot().seen_by(of), of)


def titles(store: Store, **wanted: object) -> list[str]:
    found = shelf(store).find(Wanted(**{"order": "name", "down": False, **wanted}))  # type: ignore[arg-type]
    return [each.document.header.title for each in found.entries]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["Phí chợ", "Phí chợ mới", "Tin hai", "Tin một"]),
        ({"find": "lam ha phi"}, ["Phí chợ", "Phí chợ mới"]),  # accents and order aside
        ({"find": "lam ha xuan"}, []),
        ({"kind": "tin bài"}, ["Tin hai", "Tin một"]),
        ({"year": 2020}, ["Phí chợ mới", "Tin một"]),
        ({"issuer": "Lâm Hà"}, ["Phí chợ", "Phí chợ mới"]),
        ({"place": "huyện Lâm Hà, tỉnh Lâm Đồng"}, ["Phí chợ", "Phí chợ mới"]),  # what lies in it too
        ({"place": "xã Mê Linh"}, ["Phí chợ mới"]),
        ({"mark": "like"}, ["Tin hai", "Tin một"]),
        ({"mark": "replaced"}, ["Phí chợ"]),
        ({"mark": "incomplete"}, ["Tin hai", "Tin một"]),
        ({"kind": "Quyết định", "year": 2020}, ["Phí chợ mới"]),
        ({"first": 1, "n": 2}, ["Phí chợ mới", "Tin hai"]),
        ({"order": "issued_on", "down": True}, ["Tin một", "Phí chợ mới", "Phí chợ", "Tin hai"]),  # unknown last
        ({"order": "issued_on", "down": False}, ["Phí chợ", "Phí chợ mới", "Tin một", "Tin hai"]),
    ],
)
def test_what_is_found_and_in_which_order(store: Store, wanted: dict[str, object], found: list[str]) -> None:
    assert titles(store, **wanted) == found


def test_a_facet_counts_what_the_other_conditions_leave(store: Store) -> None:
    page = shelf(store).find(Wanted(kind="Quyết định", year=2020))
    assert page.total == 1
    assert page.facets["kind"] == {"Quyết định": 1, "Tin bài": 1}  # of 2020
    assert page.facets["year"] == {"2018": 1, "2020": 1}  # of decisions
    assert page.facets["issuer"] == {"UBND huyện Lâm Hà": 1}


def test_who_replaces_whom_and_who_is_like_whom(store: Store) -> None:
    by_title = {each.document.header.title: each for each in shelf(store).entries}
    old, new = by_title["Phí chợ"], by_title["Phí chợ mới"]
    assert (old.replaced_by, new.replaces) == ((new.document.id,), (old.document.id,))
    assert [pair.other_id for pair in by_title["Tin một"].like] == [by_title["Tin hai"].document.id]


def test_what_one_may_not_see_is_neither_listed_nor_named(store: Store) -> None:
    hidden = upload(f"{LONG} riêng", title="Tin riêng")
    staff = groups(["a", "b"])
    store.add([replace(hidden, document=restricted(hidden.document, staff), groups=staff)])
    assert titles(store, mark="like") == ["Tin hai", "Tin một", "Tin riêng"]
    outside, inside = shelf(store, frozenset()), shelf(store, groups(["a"]))
    assert hidden.document.header.title not in [each.document.header.title for each in outside.entries]
    assert max(len(each.like) for each in outside.entries) == 1
    (own,) = inside.find(Wanted(group="a")).entries
    assert (own.document.header.title, len(own.like)) == ("Tin riêng", 2)
    assert own.values["group"] == ("a",)  # not that b sees it too
    assert inside.find(Wanted()).facets["group"] == {"a": 1}


def test_places_are_a_tree_from_the_largest() -> None:
    found = tree({"xã A, huyện H, tỉnh T": 2, "huyện H, tỉnh T": 3, "tỉnh U": 1, "xã A, huyện K, tỉnh T": 1})
    commune, other = "xã A, huyện H, tỉnh T", "xã A, huyện K, tỉnh T"
    assert found == (
        Place("tỉnh T", "tỉnh T", 6, (
            Place("huyện H", "huyện H, tỉnh T", 5, (Place("xã A", commune, 2, ()),)),
            Place("huyện K", "huyện K, tỉnh T", 1, (Place("xã A", other, 1, ()),)),
        )),
        Place("tỉnh U", "tỉnh U", 1, ()),
    )  # fmt: skip
