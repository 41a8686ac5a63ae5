"""A new embedding model is put in place beside a store that goes on taking documents in and giving them away."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from serving_parts import serving
from store_parts import HashedSyllables, found_by_vector, make, opened, upload

from index.database import ModelChangedError
from index.doctor import examine
from index.embed import Vectors
from index.store import Store

LINES = [f"Xã số {n} trồng {n * 7} ha rau." for n in range(1, 13)]
NEXT = "next-model"


class Held(HashedSyllables):
    """Stops before the second text it is given until it may go on."""

    def __init__(self) -> None:
        super().__init__(32)
        self.begun, self.free = threading.Event(), threading.Event()

    def encode_document(self, inputs: list[str], /) -> Vectors:
        if inputs != ["văn bản"]:
            self.begun.set()
            assert self.free.wait(30)
        return super().encode_document(inputs)


def test_documents_come_and_go_while_all_is_embedded_anew(tmp_path: Path) -> None:
    old, embedder = opened(tmp_path), Held()
    old.add([upload(line) for line in LINES])
    with ThreadPoolExecutor(1) as other, closing(old):
        changing = other.submit(Store.open, tmp_path, embedder, NEXT)
        assert embedder.begun.wait(30)
        assert [each.status for each in old.add([upload("Thị trấn Thạnh Mỹ mở chợ.")])] == ["added"]
        old.remove([make(LINES[3]).id])
        opened(tmp_path).close()  # another command with the old model: what was made of the next one stays
        assert found_by_vector(old, "Thạnh Mỹ mở chợ", 1) == [make("Thị trấn Thạnh Mỹ mở chợ.").id]
        embedder.free.set()
        with closing(changing.result(60)) as new:
            ids = {each.id for each in new.documents()}
            assert ids == {make(text).id for text in [*LINES[:3], *LINES[4:], "Thị trấn Thạnh Mỹ mở chợ."]}
            vector = HashedSyllables(32).encode_query(["Thạnh Mỹ mở chợ"])[0]
            [(best, _)] = new.snapshot().dense(vector, 1)
            assert new.snapshot().chunks([best])[0].text == "Thị trấn Thạnh Mỹ mở chợ."
        with pytest.raises(ModelChangedError, match="khởi động lại chương trình với HOI_EMBEDDER mới"):
            old.add([upload("Đến muộn.")])
    assert examine(tmp_path, HashedSyllables(32), NEXT) == []


def test_a_server_with_the_old_model_answers_and_gives_away_but_takes_nothing_in(tmp_path: Path) -> None:
    late = ("muộn.txt", "Xã Đến Muộn mở chợ đêm vào thứ bảy.".encode())
    with serving(tmp_path / "data", "--no-ui") as server, httpx.Client(base_url=server.url, timeout=60) as office:
        asked = {"question": "xã nào phải đạt nông thôn mới kiểu mẫu"}
        before = office.post("/v1/ask", json=asked).json()["answer"]
        Store.open(server.data, HashedSyllables(32), NEXT).close()  # as another command with another HOI_EMBEDDER does
        refused = office.post("/v1/documents", files={"file": late})
        assert (refused.status_code, refused.json()["code"]) == (503, "model_changed")
        assert "HOI_EMBEDDER" in refused.json()["detail"]
        job = office.post("/v1/documents?wait=false", files={"file": late}).json()["id"]
        while (ended := office.get(f"/v1/jobs/{job}").json())["state"] in ("waiting", "working"):
            time.sleep(0.1)
        assert [each["error"]["code"] for each in ended["files"]] == ["model_changed"]
        listed = office.get("/v1/documents").json()["documents"]
        assert "muộn.txt" not in {each["file"] for each in listed}
        assert office.post("/v1/ask", json=asked).json()["answer"] == before
        assert office.delete(f"/v1/documents/{listed[0]['id']}").status_code == 204
        assert office.get(f"/v1/documents/{listed[0]['id']}").status_code == 404
        found = office.post("/v1/search", json={"query": asked["question"], "k": 50}).json()["passages"]
        assert found
        assert listed[0]["id"] not in {each["document_id"] for each in found}
        assert office.get("/readyz").status_code == 200
    Store.open(tmp_path / "data", HashedSyllables(32), NEXT).close()  # the restart: the index learns of the removal
    assert examine(tmp_path / "data", HashedSyllables(32), NEXT) == []
