"""The store: what goes in durably, comes out searchable; replaced and removed documents are never found again."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from store_parts import HashedSyllables, found_by_vector, found_by_words, make, opened, upload, words

from corpus.document import Page, Span, Stripped
from index import audit
from index.database import StoreError, StoreFullError
from index.store import GoneError, Store, Upload
from rag.answer import Filters

FOREST = "Chi cục Kiểm lâm báo cáo diện tích rừng trồng mới."
ROAD = "Xã Quảng Lập bê tông hóa đường liên thôn."
SCHOOL = "Trường mầm non tuyển sinh trẻ ba tuổi."


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return opened(tmp_path / "data")


def test_a_document_is_found_by_words_and_by_vector(store: Store) -> None:
    added = store.add([upload(FOREST), upload(ROAD)])
    assert [done.status for done in added] == ["added", "added"]
    forest, road = (done.document_id for done in added)
    assert found_by_words(store, "rung trong") == [forest]
    assert found_by_vector(store, "bê tông hóa đường liên thôn") == [road, forest]


def test_everything_comes_back_as_it_went_in(store: Store) -> None:
    text = "Công văn về việc trồng rừng.\nNội dung ở trang hai."
    document = make(
        text,
        kind="Công văn",
        number="118-CV/BDVHU",
        issued_on=date(2019, 10, 11),
        spans={"number": Span(0, 8)},
    )
    document = type(document)(
        *(document.id, document.sha256, "ê.pdf", "application/pdf", text, document.header),
        pages=(Page(1, Span(0, 28)), Page(2, Span(29, len(text)))),
        stripped=(Stripped("In trang", "menu", 3),),
        notes=("Trang 2 mờ.",),
    )
    store.add([Upload(document, b"%PDF bytes")])
    assert store.document(document.id) == document
    assert store.original(document.id) == (b"%PDF bytes", "application/pdf")
    (listed,) = store.documents()
    assert (listed.id, listed.file, listed.pages, listed.passages) == (document.id, "ê.pdf", 2, 1)
    assert listed.header == document.header
    assert store.document("0" * 16) is None
    assert store.original("0" * 16) is None


def test_a_chunk_is_the_text_between_its_offsets(store: Store) -> None:
    text = "\n".join(f"Câu thứ {number} nói về việc {number} của xã." for number in range(100))
    (added,) = store.add([upload(text)])
    snapshot = store.snapshot()
    chunks = snapshot.chunks([id for id, _ in snapshot.lexical(words("xã"), 50)])
    assert len(chunks) == snapshot.count > 2
    assert all(chunk.text == text[chunk.span.start : chunk.span.end] for chunk in chunks)
    assert {chunk.document_id for chunk in chunks} == {added.document_id}


def test_neighbours_are_of_the_same_document(store: Store) -> None:
    long = "\n".join(f"Điều {number}. Nội dung điều {number} được quy định tại đây." for number in range(1, 5))
    store.add([upload(FOREST), upload(long), upload(ROAD)])
    snapshot = store.snapshot()
    ((id, _),) = snapshot.lexical(words("1"), 1)
    assert [chunk.ordinal for chunk in snapshot.neighbours(id, 2)] == [0, 1, 2]
    assert [chunk.ordinal for chunk in snapshot.neighbours(id + 3, 2)] == [1, 2, 3]
    assert snapshot.neighbours(999) == []


def test_the_same_bytes_again_change_nothing(store: Store) -> None:
    store.add([upload(FOREST, "/a")])
    change = store.database.change()
    assert [done.status for done in store.add([upload(FOREST, "/a"), upload(FOREST)])] == [
        "unchanged",
        "unchanged",
    ]
    assert store.database.change() == change
    assert len(store.documents()) == store.snapshot().count == 1


def test_the_same_bytes_twice_in_one_batch_are_one_document(store: Store) -> None:
    assert [done.status for done in store.add([upload(FOREST), upload(FOREST)])] == ["added", "unchanged"]
    assert len(store.documents()) == 1


def test_a_source_replaces_what_it_held_before(store: Store) -> None:
    (old,) = store.add([upload(FOREST, "/a.txt")])
    (new,) = store.add([upload(ROAD, "/a.txt")])
    assert new.status == "replaced"
    assert [document.id for document in store.documents()] == [new.document_id]
    assert found_by_words(store, "rừng trồng") == []
    assert old.document_id not in found_by_vector(store, FOREST)
    assert store.original(old.document_id) is None
    assert not store.objects.path(make(FOREST).sha256).exists()


def test_a_document_with_another_source_left_is_kept(store: Store) -> None:
    store.add([upload(FOREST, "/a.txt"), upload(FOREST, "/b.txt")])
    assert [done.status for done in store.add([upload(ROAD, "/a.txt")])] == ["replaced"]
    assert len(store.documents()) == 2
    store.add([upload(ROAD, "/b.txt")])
    assert [document.id for document in store.documents()] == [make(ROAD).id]


def test_a_removed_document_is_not_found_even_by_an_older_snapshot_of_its_chunks(store: Store) -> None:
    forest, _ = store.add([upload(FOREST), upload(ROAD)])
    before = store.snapshot()
    ids = [id for id, _ in before.lexical(words("rừng"), 10)]
    assert store.remove([forest.document_id, "0" * 16, forest.document_id]) == [forest.document_id]
    assert found_by_words(store, "rừng") == []
    assert found_by_vector(store, FOREST) == [make(ROAD).id]
    assert store.snapshot().chunks(ids) == []
    assert store.document(forest.document_id) is None
    assert store.remove([forest.document_id]) == []


def test_a_removed_document_can_come_again(store: Store) -> None:
    (first,) = store.add([upload(FOREST)])
    store.remove([first.document_id])
    (again,) = store.add([upload(FOREST)])
    assert again.status == "added"
    assert found_by_words(store, "rừng") == [first.document_id]


def test_restrictions_hold_before_the_search(store: Store) -> None:
    many = [upload(f"Rừng số {number} của huyện.") for number in range(60)]
    (rare,) = store.add([upload("Rừng nhắc một lần trong một câu dài hơn hẳn những câu khác.")])
    store.add(many)
    snapshot = store.snapshot()
    only = frozenset({rare.document_id})
    ((id, _),) = snapshot.lexical(words("rừng"), 1, only)
    assert snapshot.chunks([id])[0].document_id == rare.document_id
    vector = HashedSyllables().encode_query(["rừng số 1 của huyện"])[0]
    ((id, _),) = snapshot.dense(vector, 5, only)
    assert snapshot.chunks([id])[0].document_id == rare.document_id
    assert snapshot.lexical(words("rừng"), 5, frozenset()) == snapshot.dense(vector, 5, frozenset()) == []
    assert snapshot.lexical(words("rừng"), 5, frozenset({"0" * 16})) == []


def test_select_by_header_fields(store: Store) -> None:
    one = upload(
        FOREST,
        kind="Công văn",
        issued_on=date(2019, 10, 11),
        issuer="Ban Dân vận Huyện ủy Đơn Dương",
        place="xã Lạc Lâm",
    )
    two = upload(ROAD, kind="Nghị quyết", issued_on=date(2024, 1, 2), issuer="HĐND huyện", place="xã Lạc Lâm Đông")
    three = upload(SCHOOL)
    store.add([one, two, three])
    snapshot = store.snapshot()
    first, second = one.document.id, two.document.id
    assert snapshot.select() is None
    assert snapshot.select(Filters()) is None
    assert snapshot.select(Filters(kind="công văn")) == {first}
    assert snapshot.select(Filters(issuer="huyen uy don duong")) == {first}
    assert snapshot.select(Filters(place="Lạc Lâm")) == {first, second}
    assert snapshot.select(Filters(place="Lạc")) == {first, second}
    assert snapshot.select(Filters(place="ạc Lâm")) == frozenset()
    assert snapshot.select(Filters(issued_from=date(2019, 10, 11), issued_to=date(2019, 10, 11))) == {first}
    assert snapshot.select(Filters(issued_from=date(2019, 10, 12))) == {second}
    assert snapshot.select(Filters(issued_from=date(2019, 1, 1)), [first, "0" * 16]) == {first}
    assert snapshot.select(None, [three.document.id, "0" * 16]) == {three.document.id}


def test_a_snapshot_does_not_change(store: Store) -> None:
    store.add([upload(FOREST)])
    before = store.snapshot()
    store.add([upload("Rừng phòng hộ đầu nguồn.")])
    assert len(before.lexical(words("rừng"), 10)) == before.count == 1
    assert len(store.snapshot().lexical(words("rừng"), 10)) == 2


def test_another_store_on_the_folder_sees_adds_and_removals(store: Store) -> None:
    other = opened(store.folder)
    (forest,) = store.add([upload(FOREST)])
    assert found_by_words(other, "rừng") == [forest.document_id]
    other.remove([forest.document_id])
    assert found_by_words(store, "rừng") == found_by_vector(store, FOREST) == []


def test_another_process_adds_and_a_running_store_sees_it(store: Store) -> None:
    store.add([upload(ROAD)])
    code = (
        "import sys; from pathlib import Path; from store_parts import opened, upload;"
        "print(opened(Path(sys.argv[1])).add([upload(sys.argv[2])])[0].document_id)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(store.folder), FOREST],
        env={"PYTHONPATH": f"{Path(__file__).parent}:{Path(__file__).parent.parent}", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found_by_words(store, "rừng") == [done.stdout.strip()]


def test_processes_that_write_at_once_wait_for_one_another_and_lose_nothing(store: Store) -> None:
    code = (
        "import sys; from pathlib import Path; from store_parts import opened, upload;"
        "store = opened(Path(sys.argv[1]));"
        "[store.add([upload(f'Tiến trình {sys.argv[2]} việc {n}.')]) for n in range(10)]"
    )
    environment = {"PYTHONPATH": f"{Path(__file__).parent}:{Path(__file__).parent.parent}", "OMP_NUM_THREADS": "1"}
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(store.folder), str(number)], env=environment)
        for number in range(3)
    ]
    for number in range(10):
        store.add([upload(f"Tiến trình 3 việc {number}.")])
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    expected = {make(f"Tiến trình {writer} việc {number}.").id for writer in range(4) for number in range(10)}
    assert {document.id for document in store.documents()} == expected
    assert set(found_by_words(store, "việc", 100)) == set(found_by_vector(store, "việc", 100)) == expected


def test_a_removal_shows_at_once_while_another_writer_holds_the_lock(store: Store) -> None:
    forest, road = store.add([upload(FOREST), upload(ROAD)])
    with store.database.write() as connection:  # as a writer that died before it made the generation
        connection.execute("DELETE FROM documents WHERE id = ?", (forest.document_id,))
        connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'change'")
    from index.durable import locked

    with locked(store.folder / "LOCK"):
        assert found_by_words(store, "rừng đường") == [road.document_id]
        assert found_by_vector(store, FOREST) == [road.document_id]
    assert store.snapshot().count == 1
    assert store.snapshot().index.generation.manifest.change == store.database.change()


def test_searches_run_undisturbed_while_threads_add_and_remove(store: Store) -> None:
    stays = store.add([upload(FOREST)])[0].document_id
    stop = threading.Event()
    failures: list[object] = []

    def search() -> None:
        vector = HashedSyllables().encode_query(["rừng"])[0]
        while not stop.is_set():
            snapshot = store.snapshot()
            chunks = snapshot.chunks([id for id, _ in snapshot.lexical(words("rừng"), 50)])
            if stays not in {chunk.document_id for chunk in chunks} or not snapshot.dense(vector, 50):
                failures.append(chunks)

    def write(name: int) -> None:
        for number in range(8):
            text = f"Rừng của thôn {name} lô {number}."
            (added,) = store.add([upload(text)])
            if added.document_id not in found_by_words(store, f"lô {number} thôn {name}", 50):
                failures.append(("not found after add", text))
            if number % 2:
                store.remove([added.document_id])
                if added.document_id in found_by_words(store, "rừng", 200):
                    failures.append(("found after removal", text))

    searchers = [threading.Thread(target=search) for _ in range(2)]
    writers = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for thread in searchers + writers:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in searchers:
        thread.join()
    assert failures == []
    assert len(store.documents()) == store.snapshot().count == 1 + 4 * 4


def test_another_model_embeds_everything_anew(store: Store) -> None:
    store.add([upload(FOREST), upload(ROAD)])
    told: list[int] = []
    other = Store.open(store.folder, HashedSyllables(32), "other", told.append)
    assert sum(told) == 2
    vector = HashedSyllables(32).encode_query([FOREST])[0]
    ((best, score), _) = other.snapshot().dense(vector, 5)
    assert other.snapshot().chunks([best])[0].document_id == make(FOREST).id
    assert score == pytest.approx(1.0, abs=1e-5)
    with other.database.read() as connection:
        assert connection.execute("SELECT count(*), count(DISTINCT model) FROM vectors").fetchone() == (2, 1)
    with pytest.raises(StoreError, match="mô hình"):
        store.add([upload(SCHOOL)])


@pytest.mark.parametrize("dimension", [32, 64])
def test_who_has_the_old_model_goes_on_answering_when_the_store_has_another(store: Store, dimension: int) -> None:
    """Of the same dimension, too, where its vectors would only be answered wrongly."""
    store.add([upload(FOREST), upload(ROAD)])
    before = found_by_vector(store, FOREST)
    other = Store.open(store.folder, HashedSyllables(dimension), "other")
    other.add([upload(SCHOOL)])
    for _ in range(2):
        assert found_by_vector(store, FOREST) == before
        assert found_by_words(store, SCHOOL) == []
        assert store.snapshot().index.generation.manifest.model != "other"
    other.remove([make(FOREST).id])
    assert found_by_vector(store, FOREST) == [make(ROAD).id]


def test_a_model_change_that_is_cut_off_resumes_and_the_old_model_serves_till_then(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add([upload(FOREST), upload(ROAD), upload(SCHOOL)])
    monkeypatch.setattr("index.embedding._BATCH", 1)
    told: list[int] = []

    def die(count: int) -> None:
        told.append(count)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Store.open(store.folder, HashedSyllables(32), "other", die)
    assert found_by_vector(store, FOREST)[0] == make(FOREST).id
    rest: list[int] = []
    other = Store.open(store.folder, HashedSyllables(32), "other", rest.append)
    assert (sum(told), sum(rest)) == (2, 1)
    assert other.snapshot().index.generation.manifest.dimension == 32
    again = opened(store.folder)
    assert found_by_vector(again, ROAD)[0] == make(ROAD).id


def test_every_deed_is_in_the_audit_log_and_stays_there(store: Store) -> None:
    store.add([upload(FOREST, "/a")], actor="lan")
    store.add([upload(ROAD, "/a")], actor="minh")
    store.remove([make(ROAD).id], actor="lan")
    with store.database.write() as connection:
        audit.append(connection, "minh", "deny", "k1", "DELETE /v1/documents")
    with store.database.read() as connection:
        deeds = [(entry.actor, entry.action, entry.subject) for entry in audit.entries(connection)]
        assert audit.first_broken(connection) is None
    assert deeds == [
        ("lan", "upload", make(FOREST).id),
        ("minh", "upload", make(ROAD).id),
        ("minh", "replace", make(FOREST).id),
        ("lan", "remove", make(ROAD).id),
        ("minh", "deny", "k1"),
    ]
    for statement in ("DELETE FROM audit", "UPDATE audit SET actor = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), store.database.write() as connection:
            connection.execute(statement)


def test_a_line_taken_out_of_the_audit_log_is_noticed(store: Store) -> None:
    store.add([upload(FOREST), upload(ROAD), upload(SCHOOL)])
    with store.database.write() as connection:
        connection.execute("DROP TRIGGER audit_is_never_shortened")
        connection.execute("DELETE FROM audit WHERE number = 2")
        assert audit.first_broken(connection) == 2


def test_a_database_of_another_history_is_not_searched_through_the_old_words(store: Store, tmp_path: Path) -> None:
    other = opened(tmp_path / "other")
    for text in (ROAD, SCHOOL):
        other.add([upload(text)])
        store.add([upload(FOREST + text)])
    other.close()
    store.close()
    (store.folder / "hoi.db").write_bytes((other.folder / "hoi.db").read_bytes())
    again = opened(store.folder)
    assert found_by_words(again, "rừng") == []
    assert set(found_by_words(again, "trường đường")) == {make(ROAD).id, make(SCHOOL).id}


def test_a_model_whose_vectors_are_not_numbers_is_refused_and_nothing_is_stored(store: Store) -> None:
    class Broken(HashedSyllables):
        def encode_document(self, inputs: list[str], /) -> np.ndarray:
            return np.full((len(inputs), 64), np.nan, dtype=np.float32)

    store.embedder = Broken()
    with pytest.raises(ValueError, match="finite: False"):
        store.add([upload(FOREST)])
    assert store.documents() == []


def test_an_empty_document_is_stored_without_passages(store: Store) -> None:
    (added,) = store.add([upload("")])
    assert store.document(added.document_id) is not None
    assert store.snapshot().count == 0


def test_progress_tells_how_many_are_durable(store: Store) -> None:
    told: list[int] = []
    store.add([upload(FOREST), upload(ROAD)], told.append)
    assert told == [2]


def test_a_bulk_add_that_breaks_keeps_the_batches_before(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.intake.BATCH_DOCUMENTS", 2)

    def uploads():  # type: ignore[no-untyped-def]
        yield from (upload(FOREST), upload(ROAD), upload(SCHOOL))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.add(uploads())
    assert {document.id for document in store.documents()} == {make(FOREST).id, make(ROAD).id}
    assert found_by_words(store, "rừng") == [make(FOREST).id]


def test_a_full_disk_loses_nothing_answers_go_on_and_it_heals(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add([upload(FOREST)])

    def full(*_: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("index.embedded.build", full)
        with pytest.raises(StoreFullError, match="đầy"):
            store.add([upload(ROAD)])
        assert found_by_words(store, "rừng") == [make(FOREST).id]
        assert found_by_words(opened(store.folder), "rừng") == [make(FOREST).id]
        assert store.snapshot().chunks([1])[0].document_id == make(FOREST).id
    assert found_by_words(store, "đường") == [make(ROAD).id]
    assert [done.status for done in store.add([upload(ROAD)])] == ["unchanged"]


def test_originals_that_do_not_fit_leave_no_rows(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("index.durable.os.fsync", full)
        with pytest.raises(StoreFullError):
            store.add([upload(FOREST)])
    assert store.documents() == []
    assert list((store.folder / "objects").glob("*/*")) == []


def test_a_replacement_takes_every_place_of_the_old_one(tmp_path: Path) -> None:
    store = opened(tmp_path)
    (first, _) = store.add([upload("Bản cũ.", "/a"), upload("Bản cũ.", "/b")])
    (done,) = store.add([replace(upload("Bản mới.", "upload"), replaces=first.document_id)])
    assert done.status == "replaced"
    assert [each.id for each in store.documents()] == [done.document_id]
    (again, same) = store.add([upload("Bản mới.", "/a"), upload("Bản mới.", "/b")])
    assert (again.status, same.status) == ("unchanged", "unchanged")  # what the folder held is that document now
    with pytest.raises(GoneError):
        store.add([replace(upload("Bản ba."), replaces=first.document_id)])
    assert [each.id for each in store.documents()] == [done.document_id]
    store.close()
