"""A new embedding model is put in place beside a store that goes on taking documents in and giving them away."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from store_parts import HashedSyllables, found_by_vector, make, opened, upload

from index.database import StoreError
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
        with pytest.raises(StoreError, match="Hãy khởi động lại chương trình"):
            old.add([upload("Đến muộn.")])
    assert examine(tmp_path, HashedSyllables(32), NEXT) == []
