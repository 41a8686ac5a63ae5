"""Searched by Milvus, too, a document of one group looks to everybody else like one that was never added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from access_parts import ASKED, REAL, STAFF, app_over, hidden, real, told
from door_parts import client
from fastapi.testclient import TestClient
from store_parts import make

from index.access import restricted
from index.store import Store, Upload
from ui.auth import Keys

if TYPE_CHECKING:
    from milvus_parts import Cluster, Lite

LONG = " ".join(["Xã kỷ luật cán bộ vì vi phạm đất đai, rồi họp bàn về nông thôn mới."] * 40)

BRIEF = "\n\n".join(f"Điều {n}. Rau {n}." for n in range(1, 6))


@pytest.fixture(scope="module")
def stores(
    tmp_path_factory: pytest.TempPathFactory, milvus: Cluster | Lite
) -> Iterator[list[tuple[TestClient, Store]]]:
    """An outsider's, of one whose hidden documents came first and of one without; weighed by no average of either."""
    follow, long = milvus.follow(), Upload(restricted(make(LONG), STAFF), LONG.encode(), groups=STAFF)
    made = []
    for name, unseen in (("with", (real(REAL[0], STAFF), hidden(), long)), ("without", ())):
        app, store = app_over(tmp_path_factory.mktemp(name), *unseen, follow=follow)
        store.add([real(REAL[1]), real(REAL[3])])
        store.add([Upload(make(BRIEF), BRIEF.encode())])  # too little for the lengths to be taken anew
        made.append((client(app, Keys(store.database).create("ngoài", "reader")[1]), store))
    yield made
    for _, store in made:
        store.erase()
        store.close()


def test_no_score_and_no_reason_is_moved_by_what_is_hidden(stores: list[tuple[TestClient, Store]]) -> None:
    references = [store.snapshot().index.reference for _, store in stores]
    assert references[0] != references[1], "else the comparison shows nothing"
    for question in ["Ai trồng rau?", *ASKED[::2]]:
        for url, body in (
            ("/v1/ask", {"question": question, "k": 30}),
            ("/v1/search", {"query": question, "k": 50, "explain": True}),
        ):
            here, there = (told(caller.post(url, json=body).text) for caller, _ in stores)
            assert here == there, (url, question)
