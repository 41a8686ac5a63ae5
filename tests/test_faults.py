"""The kernel refuses or kills at every call that changes a file; a disk of eight megabytes fills up."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import Figure
from store_parts import MODEL, HashedSyllables, found_by_words, make, opened, upload
from store_script import DEEDS, worlds

from index.database import StoreFullError
from index.doctor import examine

TESTS = Path(__file__).parent
SCRIPT = [sys.executable, str(TESTS / "store_script.py")]
CALLS = "openat,write,pwrite64,fsync,fdatasync,rename,renameat2,unlink,unlinkat,mkdir,link,ftruncate,fallocate,fchmod"
FAULTS = ("signal=KILL", "error=ENOSPC", "error=EIO")
LEFT_BEHIND = {"original_orphan", "leftover"}  # bytes of no document: the doctor clears them away


def script(folder: Path, *tracer: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": f"{TESTS}:{TESTS.parent}", "OMP_NUM_THREADS": "1"}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "RAYON_NUM_THREADS": "1"}
    return subprocess.run([*tracer, *SCRIPT, str(folder)], env=environment, capture_output=True, text=True, check=False)


def changing_calls(tmp_path: Path) -> list[tuple[str, int]]:
    """The calls that change files below the script's folder: name, and which of its thread's calls of that name."""
    log, folder = tmp_path / "log", tmp_path / "data"
    done = script(folder, "strace", "-f", "-y", "-qq", "-e", f"trace={CALLS}", "-o", str(log))
    shutil.rmtree(folder)
    assert done.stdout.count("done") == len(DEEDS), done.stderr
    made, found = Counter[tuple[str, str]](), set[tuple[str, int]]()
    for line in log.read_text(errors="replace").splitlines():
        if call := re.match(r"(\d+) +(\w+)\(", line):
            made[call[1], call[2]] += 1
            if str(folder) in line and (call[2] != "openat" or re.search("O_CREAT|O_WRONLY|O_RDWR", line)):
                found.add((call[2], made[call[1], call[2]]))
    return sorted(found)


def consistent(folder: Path, output: str) -> None:
    """What was acknowledged is there, the deed cut off is there or not, and all parts agree."""
    done = output.count("done")
    allowed = worlds()[done : done + 2]
    store = opened(folder)
    ids = {document.id for document in store.documents()}
    assert ids in allowed
    assert {document.id for document in store.snapshot().documents()} == ids
    for id in ids:
        document, original = store.document(id), store.original(id)
        assert document is not None
        assert original == (document.text.encode(), "text/plain")
        assert id in found_by_words(store, document.text.split("\n")[0])
    store.close()
    assert {finding.code for finding in examine(folder, HashedSyllables(), MODEL)} <= LEFT_BEHIND


def faults(tmp_path: Path, figure: Figure, most: int | None) -> None:
    calls = changing_calls(tmp_path)
    every = [(name, at, fault) for name, at in calls for fault in FAULTS]
    chosen = every if most is None else random.Random(7).sample(every, most)
    figure("file-changing calls of the fixed script", len(calls))
    acknowledged = struck = 0
    for name, at, fault in chosen:
        folder = tmp_path / "data"
        inject = f"inject={name}:{fault}:when={at}"
        done = script(folder, "strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={name}", "-e", inject)
        struck += done.stdout.count("done") < len(DEEDS)
        acknowledged += done.stdout.count("done")
        try:
            consistent(folder, done.stdout)
        except AssertionError as error:
            raise AssertionError(f"{name} {at} {fault}: {done.stdout} {done.stderr[-2000:]}") from error
        shutil.rmtree(folder, ignore_errors=True)
    figure("fault injection: runs, of them cut short, deeds acknowledged", (len(chosen), struck, acknowledged))
    assert struck > len(chosen) / 4


@pytest.mark.skipif(shutil.which("strace") is None, reason="no strace")
def test_a_fault_at_some_calls_leaves_the_store_consistent(tmp_path: Path, figure: Figure) -> None:
    faults(tmp_path, figure, 12)


@pytest.mark.trust
@pytest.mark.timeout(7200)
def test_a_fault_at_every_call_leaves_the_store_consistent(tmp_path: Path, figure: Figure) -> None:
    faults(tmp_path, figure, int(os.environ.get("HOI_TEST_FAULTS", "0")) or None)


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine mounts no tmpfs")
    return folder


def test_a_full_disk_loses_nothing_and_heals(small_disk: Path, figure: Figure) -> None:
    try:
        store = opened(small_disk / "data")
        acknowledged, refused = list[str](), 0
        for number in range(400):
            text = f"Thửa đất số {number} của thôn.\n" + f"Dòng {number} nói về ruộng và rừng. " * 400
            try:
                acknowledged.append(store.add([upload(text)])[0].document_id)
            except StoreFullError:
                refused += 1
                if refused == 5:
                    break
        assert refused == 5
        assert {document.id for document in store.documents()} >= set(acknowledged)
        assert found_by_words(store, "ruộng")  # answers go on
        store.close()
        subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
        again = opened(small_disk / "data")
        after = again.add([upload("Nay đã có chỗ.")])
        assert found_by_words(again, "chỗ") == [make("Nay đã có chỗ.").id] == [after[0].document_id]
        ids = {document.id for document in again.documents()}
        assert ids >= set(acknowledged)
        assert {document.id for document in again.snapshot().documents()} == ids
        again.close()
        assert {finding.code for finding in examine(small_disk / "data", HashedSyllables(), MODEL)} <= LEFT_BEHIND
        figure("8 MB disk: documents acknowledged and kept, refused", (len(acknowledged), refused))
    finally:
        subprocess.run(["umount", "--lazy", small_disk], check=True)  # indexes are still mapped
