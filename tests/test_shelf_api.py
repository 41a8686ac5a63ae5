"""What the API gives whoever keeps the documents: pages of the list, readings, corrections, replacement, receipts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from door_parts import OTHER, TEXT, api, client, filled
from fastapi.testclient import TestClient

from index.backup import backup
from index.store import Store
from ui.auth import Keys

NOTICE = (
    "UBND XÃ HÒA SƠN\nSố: 45/TB-UBND\nHòa Sơn, ngày 05 tháng 3 năm 2024\nTHÔNG BÁO\nVề việc tiêm phòng dại\n"
    "Lượt xem: 120\nXã Hòa Sơn tiêm phòng dại cho 1.250 con chó.\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = filled(tmp_path / "store")
    yield store
    store.close()


def file(text: str, name: str = "thong-bao.txt") -> list[tuple[str, tuple[str, bytes]]]:
    return [("file", (name, text.encode()))]


@pytest.fixture
def editor(store: Store) -> TestClient:
    return client(api(store))


def added(editor: TestClient, text: str = NOTICE) -> str:
    return str(editor.post("/v1/documents", files=file(text)).json()["documents"][0]["id"])


def field(reading: dict[str, list[dict[str, object]]], name: str) -> dict[str, object]:
    return next(each for each in reading["fields"] if each["name"] == name)


def test_the_contracts_list_stays_and_another_comes_in_pages(editor: TestClient) -> None:
    added(editor)
    assert len(editor.get("/v1/documents?n=1").json()["documents"]) == 3
    page = editor.get("/v1/catalogue", params={"order": "name", "down": False, "first": 1, "n": 1}).json()
    assert (page["total"], page["all"], page["first"], len(page["documents"])) == (3, 3, 1, 1)
    found = editor.get("/v1/catalogue", params={"find": "hoa son", "kind": "Thông báo", "year": 2024}).json()
    assert [each["number"] for each in found["documents"]] == ["45/TB-UBND"]
    assert found["kinds"] == [{"value": "Thông báo", "documents": 1}]
    assert editor.get("/v1/catalogue?mark=none").status_code == 422
    assert editor.get("/v1/catalogue?n=0").status_code == 422


def test_a_reading_tells_the_words_and_what_was_left_out(editor: TestClient) -> None:
    id = added(editor)
    text = editor.get(f"/v1/documents/{id}/text").text
    reading = editor.get(f"/v1/documents/{id}/reading").json()
    number = field(reading, "number")
    assert (number["value"], number["words"], number["corrected"]) == ("45/TB-UBND", "45/TB-UBND", False)
    assert text[number["start"] : number["end"]] == "45/TB-UBND"  # type: ignore[misc]
    (piece,) = reading["stripped"]
    assert (piece["text"], piece["reason"]) == ("Lượt xem: 120", "số lượt xem")
    assert text[: piece["at"]].endswith("Về việc tiêm phòng dại")


def test_a_field_is_put_right_and_taken_back(store: Store, editor: TestClient) -> None:
    id = added(editor)
    url = f"/v1/documents/{id}"
    done = editor.patch(url, json={"number": "99/TB-UBND", "signer": None, "place": "xã Tân Hội, huyện Đức Trọng"})
    assert done.status_code == 200
    number = field(done.json(), "number")
    assert (number["value"], number["read"], number["words"], number["stated"]) == (
        *("99/TB-UBND", "45/TB-UBND", None),
        False,
    )
    assert [(each["value"], each["by"]) for each in number["history"]] == [("99/TB-UBND", "máy này")]  # type: ignore[attr-defined]
    assert editor.get(url).json()["number"] == "99/TB-UBND"
    assert done.json()["document"]["corrected"] == ["number", "signer", "place"]
    back = editor.patch(url, json={"revert": ["number", "signer", "place"]}).json()
    assert field(back, "number")["value"] == "45/TB-UBND"
    assert len(field(back, "number")["history"]) == 2  # type: ignore[arg-type]
    assert back["document"]["corrected"] == []
    reader = client(api(store), Keys(store.database).create("đọc", "reader")[1])
    assert reader.patch(url, json={"number": "1"}).status_code == 403
    assert {each["by"] for each in field(reader.get(f"{url}/reading").json(), "number")["history"]} == {None}  # type: ignore[attr-defined]


@pytest.mark.parametrize("body", [{"number": ""}, {"number": "x" * 701}, {"issued_on": "5/3/2024"}, {"title": "x"}])
def test_a_value_that_cannot_be_is_refused(editor: TestClient, body: dict[str, object]) -> None:
    assert editor.patch(f"/v1/documents/{added(editor)}", json=body).status_code == 422


def test_nobody_corrects_or_reads_what_is_not_there(editor: TestClient) -> None:
    assert editor.patch("/v1/documents/none", json={"number": "1"}).status_code == 404
    assert editor.get("/v1/documents/none/reading").status_code == 404
    assert editor.put("/v1/documents/none", files=file("Mới")).status_code == 404


def test_a_new_version_takes_the_old_ones_place(store: Store, editor: TestClient) -> None:
    id = added(editor)
    editor.patch(f"/v1/documents/{id}", json={"issuer": "UBND xã Hòa Sơn cũ"})
    bad = editor.put(f"/v1/documents/{id}", files=[("file", ("a.exe", b"MZ\x90\x00"))])
    assert (bad.status_code, editor.get(f"/v1/documents/{id}").status_code) == (415, 200)  # the old one stays
    two = editor.put(f"/v1/documents/{id}", files=[*file("Một"), *file("Hai")])
    assert two.json()["code"] == "not_one_document"
    done = editor.put(f"/v1/documents/{id}", files=file(f"{NOTICE}Bản sửa.\n", "ban-moi.txt"))
    assert (done.status_code, done.json()["status"], done.json()["file"]) == (200, "replaced", "ban-moi.txt")
    assert done.json()["issuer"] == "UBND xã Hòa Sơn cũ"
    assert editor.get(f"/v1/documents/{id}").status_code == 404
    assert len(store.documents()) == 3


def test_a_new_version_is_for_the_same_groups(store: Store) -> None:
    keys = Keys(store.database)
    own = client(api(store), keys.create("a", "editor", groups=frozenset({"a"}))[1])
    other = client(api(store), keys.create("b", "editor", groups=frozenset({"b"}))[1])
    sent = own.post("/v1/documents", files=file(NOTICE), data={"group": "a"}).json()["documents"][0]["id"]
    assert other.put(f"/v1/documents/{sent}", files=file("Khác")).status_code == 404
    new = own.put(f"/v1/documents/{sent}", files=file(f"{NOTICE}Sửa")).json()["id"]
    assert other.get(f"/v1/documents/{new}").status_code == 404
    assert own.get("/v1/catalogue?group=a").json()["total"] == 1


def test_a_removal_comes_with_its_receipt(editor: TestClient) -> None:
    id = added(editor)
    receipt = editor.delete(f"/v1/documents/{id}?receipt=true")
    assert receipt.status_code == 200
    told = receipt.json()
    assert (told["id"], told["clean"], told["passages"], told["original_bytes"]) == (id, True, 1, len(NOTICE.encode()))
    assert told["left"] == {"rows": 0, "passages": 0, "original": False, "shared": False, "elsewhere": []}
    assert editor.delete(f"/v1/documents/{id}?receipt=true").status_code == 404


def test_the_state_of_the_store(store: Store, editor: TestClient, tmp_path: Path) -> None:
    state = editor.get("/v1/index").json()
    assert (state["documents"], state["passages"], state["current"], state["backup_at"]) == (2, 2, True, None)
    assert (state["model"], state["dimension"], state["check"]) == ("hashed-syllables", 64, None)
    assert state["sizes"]["originals"] == len(TEXT.encode()) + len(OTHER.encode())
    backup(store.folder, tmp_path / "sao-luu.tar")
    assert editor.get("/v1/index").json()["backup_at"] is not None
