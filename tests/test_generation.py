"""Generations: sealed, grown from one another, thrown away and made anew when a byte of them is wrong."""

from __future__ import annotations

import random
import shutil
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from store_parts import MODEL, HashedSyllables, found_by_vector, found_by_words, make, opened, upload

from index import growth
from index.dense import is_coded
from index.embedded import Generations
from index.generation import current, open_generation
from index.manifest import DamagedError
from index.store import Store

TEXTS = [f"Thôn {number} trồng {number} hécta rừng phòng hộ." for number in range(12)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = opened(tmp_path / "data")
    store.add([upload(text) for text in TEXTS])
    return store


def folder_of(store: Store) -> Path:
    return store.snapshot().index.generation.folder


def whole(store: Store) -> bool:
    """Whether everything is found, and nothing else."""
    ids = {make(text).id for text in TEXTS}
    return set(found_by_words(store, "rừng", 50)) == set(found_by_vector(store, TEXTS[3], 50)) == ids


def test_the_manifest_names_every_file_with_its_bytes(store: Store) -> None:
    generation = store.snapshot().index.generation
    files = {
        path.relative_to(generation.folder).as_posix(): path.stat().st_size
        for path in generation.folder.rglob("*")
        if path.is_file() and path.suffix != ".lock" and path.name != "MANIFEST.json"
    }
    assert {name: size for name, (size, _) in generation.manifest.files.items()} == files
    assert (generation.manifest.chunks, generation.manifest.vectors, generation.manifest.dimension) == (12, 12, 64)


def test_a_generation_stays_as_it_was_when_the_next_is_made(store: Store) -> None:
    first = current(store.folder)
    assert first == folder_of(store).name
    store.add([upload("Thêm một văn bản.")])
    store.remove([make(TEXTS[0]).id])
    with pytest.raises(DamagedError):
        open_generation(store.folder, f"../{first}")
    (before, now) = sorted((store.folder / "generations").iterdir())
    assert now == folder_of(store)
    assert (store.folder / "CURRENT").read_text() == f"{now.name}\n"
    store.remove([make("Thêm một văn bản.").id])
    assert not before.exists()
    assert now.exists()


def test_unchanged_files_are_shared_not_copied(store: Store) -> None:
    before = folder_of(store)
    big = sorted((before / "vectors").glob("*.faiss"))[0]
    store.add([upload("Thêm một văn bản.")])
    assert (folder_of(store) / "vectors" / big.name).samefile(big)


def test_few_segments_stand_after_many_small_steps(store: Store) -> None:
    for number in range(30):
        store.add([upload(f"Văn bản thêm số {number}.")])
    stretches = store.snapshot().index.generation.manifest.stretches
    assert len(stretches) <= 7  # as the digits of a binary counter
    assert all(one.last < other.first for one, other in pairwise(stretches))
    assert sum(stretch.vectors for stretch in stretches) == store.snapshot().count == 42


def test_a_segment_that_is_mostly_gone_is_written_anew(store: Store) -> None:
    store.remove([make(text).id for text in TEXTS[:6]])
    (stretch,) = store.snapshot().index.generation.manifest.stretches
    assert stretch.vectors == 6
    assert set(found_by_vector(store, TEXTS[8], 50)) == {make(text).id for text in TEXTS[6:]}


def test_a_changed_byte_in_any_file_is_found_at_opening_and_everything_is_made_anew(store: Store) -> None:
    dice = random.Random(7)
    quarantined = 0
    for trial in range(40):
        folder = folder_of(store)
        store.close()
        files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size]
        path = dice.choice([*(file for file in files if file.suffix != ".lock"), store.folder / "CURRENT"])
        content = bytearray(path.read_bytes())
        if trial % 4 == 3:
            content = content[: dice.randrange(len(content))]
        else:
            content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        path.unlink()  # a new file, since generations share theirs
        path.write_bytes(content)
        store = opened(store.folder)
        assert whole(store), path
        kept = len(list((store.folder / "quarantine").iterdir()))
        assert kept > quarantined or path.name == "CURRENT", path
        quarantined = kept


def test_a_running_store_that_meets_a_damaged_generation_keeps_answering(store: Store) -> None:
    other = opened(store.folder)
    (added,) = other.add([upload("Văn bản mới của tiến trình khác.")])
    path = folder_of(other) / "gone.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    assert set(found_by_words(store, "rừng", 50)) == {make(text).id for text in TEXTS}
    assert found_by_words(store, "tiến trình khác") == [added.document_id]
    (kept,) = (store.folder / "quarantine").iterdir()
    assert kept.name.endswith(folder_of(other).name)


def test_leftovers_of_a_crash_are_swept_away(store: Store) -> None:
    leftover = store.folder / "generations" / ".tmp-1"
    (leftover / "words").mkdir(parents=True)
    store.add([upload("Thêm một văn bản.")])
    assert not leftover.exists()


def test_a_folder_of_generations_deleted_under_a_running_store_is_made_anew(store: Store) -> None:
    shutil.rmtree(store.folder / "generations")
    (added,) = store.add([upload("Thêm một văn bản.")])
    assert found_by_words(store, "thêm") == [added.document_id]
    store.remove([added.document_id])
    assert whole(opened(store.folder))


def test_beyond_the_limit_vectors_are_coded_and_the_same_is_found(tmp_path: Path) -> None:
    dice = random.Random(3)
    texts = [" ".join(f"từ{dice.randrange(500)}" for _ in range(12)) for _ in range(1000)]
    exact, kept, coded = (
        Store.open(tmp_path / name, HashedSyllables(), MODEL, follow=partial(Generations, flat_limit=limit))
        for name, limit in (("exact", 7000), ("kept", 1000), ("coded", 999))
    )
    for store in (exact, kept, coded):
        store.add([upload(text) for text in texts])
    by_codes = [
        [is_coded(each) for each in store.snapshot().index.generation.segments.values()]
        for store in (exact, kept, coded)
    ]
    assert by_codes == [[False], [True], [True]]
    for text in texts[::10]:  # scored by the vectors themselves, and none is missed
        assert found_by_vector(kept, text) == found_by_vector(exact, text)
    shared = [len(set(found_by_vector(exact, text)) & set(found_by_vector(coded, text))) / 10 for text in texts[::10]]
    assert sum(shared) / len(shared) >= 0.9
    assert found_by_vector(coded, texts[7])[0] == make(texts[7]).id
    coded.remove([make(texts[7]).id])
    assert make(texts[7]).id not in found_by_vector(coded, texts[7], 100)
    coded.add([upload("Thêm một văn bản.")])  # too small to be coded: searched exactly
    assert found_by_vector(coded, "Thêm một văn bản.")[0] == make("Thêm một văn bản.").id


def test_a_full_stretch_is_joined_with_no_other(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "FULL", 8)
    store.add([upload(f"Văn bản thêm số {number}.") for number in range(20)])
    stretches = store.snapshot().index.generation.manifest.stretches
    assert [stretch.chunks for stretch in stretches] == [12, 8, 8, 4]  # the first was there before
    store.add([upload(f"Văn bản nữa, số {number}.") for number in range(4)])
    stretches = store.snapshot().index.generation.manifest.stretches
    assert [stretch.chunks for stretch in stretches] == [12, 8, 8, 8]
    for each in (store, opened(store.folder)):
        assert len(set(found_by_vector(each, TEXTS[3], 50))) == 36
        assert set(found_by_words(each, "rừng", 50)) == {make(text).id for text in TEXTS}


def test_what_was_removed_is_forgotten_once_no_stretch_holds_it(store: Store) -> None:
    store.remove([make(TEXTS[3]).id])
    assert store.snapshot().index.generation.gone.tolist() == [4]  # rows count from 1
    store.add([upload(f"Văn bản thêm số {number}.") for number in range(12)])
    assert store.snapshot().index.generation.gone.tolist() == []
    assert make(TEXTS[3]).id not in found_by_vector(store, TEXTS[3], 50)
