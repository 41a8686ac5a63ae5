"""What a question can be narrowed by, counted by hand over a few documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from door_parts import api, client
from store_parts import opened, upload

from index.access import groups
from index.store import Store
from ui.auth import Keys
from ui.facets import Facets, Kept, Value
from ui.schemas_documents import Facets as Given

LETTER = {"kind": "Công văn", "issuer": "Huyện ủy", "place": "huyện Đơn Dương, tỉnh Lâm Đồng"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path)
    store.add(
        [
            upload("một", **LETTER, number="118-CV/HU", issued_on=date(2019, 10, 11)),
            upload("hai", **LETTER | {"place": "huyện Lâm Hà, tỉnh Lâm Đồng"}, issued_on=date(2023, 1, 5)),
            upload("ba", kind="Tin bài", subject="Đường liên thôn", issued_on=date(2023, 2, 6)),
        ]
    )
    yield store
    store.close()


def test_values_are_counted_the_most_frequent_first_and_years_the_latest_first(store: Store) -> None:
    facets = Facets.of(store.documents())
    assert facets.kinds == (Value("Công văn", 2), Value("Tin bài", 1))
    assert facets.issuers == (Value("Huyện ủy", 2),)
    assert facets.places == (Value("tỉnh Lâm Đồng", 2), Value("huyện Lâm Hà", 1), Value("huyện Đơn Dương", 1))
    assert facets.years == (Value("2023", 2), Value("2019", 1))


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("118", ["một"]),
        ("duong lien", ["ba"]),
        ("HUYỆN ủy", ["một", "hai"]),
        ("cong van 9", []),
        ("", ["một", "hai", "ba"]),
    ],
)
def test_documents_are_found_by_every_word_of_their_names(store: Store, words: str, titles: list[str]) -> None:
    found = Facets.of(sorted(store.documents(), key=lambda each: each.added_at)).find(words, 8)
    assert sorted(each.header.title for each in found) == sorted(titles)
    assert len(Facets.of(store.documents()).find(words, 1)) == min(1, len(titles))


def test_the_route_gives_only_what_the_caller_may_see_and_follows_the_documents(store: Store) -> None:
    app, keys = api(store), Keys(store.database)
    outsider = client(app, keys.create("ngoài", "reader", groups=groups(["khác"]))[1])
    insider = client(app, keys.create("trong", "editor", groups=groups(["một"]))[1])
    files = {"file": ("mật.txt", "Số: 9/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc kỷ luật cán bộ xã".encode())}
    assert insider.post("/v1/documents", files=files, data={"group": ["một"]}).status_code == 201
    seen = {
        caller: Given.model_validate_json(caller.get("/v1/facets?find=ky luat").content)
        for caller in (insider, outsider)
    }
    assert [each.number for each in seen[insider].found] == ["9/QĐ-UBND"]
    assert seen[outsider].found == []
    assert "Quyết định" in {each.value for each in seen[insider].kinds}
    assert "Quyết định" not in {each.value for each in seen[outsider].kinds}
    [gone] = [each.id for each in seen[insider].found]
    insider.delete(f"/v1/documents/{gone}")
    assert Given.model_validate_json(insider.get("/v1/facets?find=ky luat").content).found == []


def test_a_kept_value_is_made_once_until_the_change() -> None:
    changes, made = [1], list[str]()
    kept = Kept[str, int](lambda: changes[-1])

    def make() -> int:
        made.append("x")
        return len(made)

    assert [kept.get("a", make), kept.get("a", make), kept.get("b", make)] == [1, 1, 2]
    changes.append(2)
    assert kept.get("a", make) == 3
