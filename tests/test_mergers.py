"""Communes and provinces before and after July 2025: which became which, and names that several places share."""

from __future__ import annotations

import pytest

from corpus.mergers import load_mergers
from corpus.places import PlaceMention, find_places


def place(text: str) -> PlaceMention:
    return find_places(text)[0]


def made(text: str) -> list[list[str]]:
    """What each new unit of that name was made of."""
    return [[unit.name for unit in merger.old] for merger in load_mergers().into(place(text))]


def became(text: str) -> list[str]:
    return sorted(merger.new.name for merger in load_mergers().out_of(place(text)))


def test_a_new_commune_is_made_of_old_ones() -> None:
    assert made("xã Ka Đô, tỉnh Lâm Đồng") == [["Lạc Lâm", "Ka Đô"]]
    assert made("phường An Hội Đông") == [["15", "16"]]


def test_an_old_commune_went_into_a_new_one() -> None:
    assert became("xã Lạc Lâm, huyện Đơn Dương") == ["Ka Đô"]
    assert became("xã Ka Đô") == ["Ka Đô"]


def test_a_district_went_into_several() -> None:
    assert became("huyện Đơn Dương") == ["D'Ran", "Ka Đô", "Quảng Lập", "Đơn Dương"]


def test_provinces() -> None:
    (merger,) = load_mergers().into(place("tỉnh Lâm Đồng"))
    assert {unit.name for unit in merger.old} == {"Lâm Đồng", "Đắk Nông", "Bình Thuận"}
    assert became("tỉnh Đắk Nông") == ["Lâm Đồng"]
    assert made("Hà Nội") == []  # as it was
    assert made("thành phố Huế") == []  # renamed


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("xã Tân Hòa, huyện Tân Châu, tỉnh Tây Ninh", ["Tân Hoà"]),
        ("xã Tân Hòa, huyện Tân Thạnh, tỉnh Long An", ["Tân Thành"]),
        ("xã Tân Hòa, huyện Buôn Đôn, tỉnh Đắk Lắk", ["Ea Wer"]),
    ],
)
def test_places_of_one_name_are_told_apart(text: str, new: list[str]) -> None:
    assert became(text) == new
    assert len(became("xã Tân Hòa")) > 10


def test_the_level_tells_too() -> None:
    assert len(made("xã Bắc Hà, tỉnh Lào Cai")[0]) == 6
    assert made("phường Bắc Hà, quận Kiến An") == []
    assert became("phường Bắc Hà, quận Kiến An") == ["Phù Liễn"]


def test_the_whole_table_is_read() -> None:
    mergers = {id(merger): merger for group in load_mergers().by_new.values() for merger in group}.values()
    communes = [merger for merger in mergers if merger.new.level not in ("tỉnh", "thành phố")]
    assert len(communes) == 3307
    assert sum(len(merger.old) for merger in communes) == 10034
