"""Pages over the API: drawn, marked, and absent where there is nothing to look at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from door_parts import api, client, filled
from fastapi.testclient import TestClient
from file_parts import REPORT, make_pdf

from index.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = filled(tmp_path_factory.mktemp("store"))
    yield store
    store.close()


@pytest.fixture(scope="module")
def caller(store: Store) -> Iterator[TestClient]:
    with client(api(store)) as caller:
        yield caller


@pytest.fixture(scope="module")
def pdf(caller: TestClient) -> str:
    added = caller.post("/v1/documents", files={"file": ("báo cáo.pdf", make_pdf(REPORT))})
    return str(added.json()["documents"][0]["id"])


def test_pages_tile_the_text(caller: TestClient, pdf: str) -> None:
    text, found = caller.get(f"/v1/documents/{pdf}/text").text, caller.get(f"/v1/documents/{pdf}/pages").json()
    assert found["drawn"] is True
    assert [page["number"] for page in found["pages"]] == [1, 2, 3]
    assert text[found["pages"][1]["start"] :].startswith("1. Công tác tuyên truyền")
    assert [page["end"] for page in found["pages"]][:-1] == [page["start"] for page in found["pages"]][1:]
    assert found["pages"][-1]["end"] == len(text)


def test_a_page_is_a_picture_as_wide_as_asked(caller: TestClient, pdf: str) -> None:
    for _ in range(2):  # the second comes from what was kept
        response = caller.get(f"/v1/documents/{pdf}/pages/2.png?width=300")
        assert response.headers["content-type"] == "image/png"
        assert int.from_bytes(response.content[16:20]) == 300


def test_a_quote_over_two_pages_is_marked_on_both(caller: TestClient, pdf: str) -> None:
    text, pages = caller.get(f"/v1/documents/{pdf}/text").text, f"/v1/documents/{pdf}/pages"
    start = text.index("về công tác của Mặt trận")
    where = f"boxes?start={start}&end={start + 24}"
    first, second, third = (caller.get(f"{pages}/{number}/{where}").json() for number in (1, 2, 3))
    assert first == {"boxes": [], "machine_read": False}
    assert len(second["boxes"]) == len(third["boxes"]) == 1
    box = third["boxes"][0]
    assert 0 < box["left"] < box["right"] < 1
    assert 0 < box["top"] < box["bottom"] < 0.1  # the second line of its page


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("4.png", 404, "page_not_found"),
        ("0.png", 422, "invalid_request"),
        ("1.png?width=20000", 422, "invalid_request"),
        ("4/boxes?start=0&end=1", 404, "page_not_found"),
        ("1/boxes?start=-1&end=1", 422, "invalid_request"),
        ("1/boxes", 422, "invalid_request"),
    ],
)
def test_what_is_no_page_is_refused(caller: TestClient, pdf: str, path: str, status: int, code: str) -> None:
    response = caller.get(f"/v1/documents/{pdf}/pages/{path}")
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_a_text_has_no_pages(caller: TestClient, store: Store) -> None:
    path = f"/v1/documents/{store.documents()[0].id}/pages"
    assert caller.get(path).json() == {"pages": [], "drawn": False}
    assert caller.get(f"{path}/1.png").json()["code"] == "page_not_found"
    assert caller.get("/v1/documents/none/pages/1.png").json()["code"] == "document_not_found"
