"""A byte flipped or a tail cut off in any file of the store: noticed or harmless, never a silent wrong answer."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from conftest import Figure
from store_parts import MODEL, HashedSyllables, opened, upload, words

from index.database import StoreError
from index.doctor import examine

TEXTS = [
    f"Xã số {number} trồng {number * 7} ha rừng.\n" + f"Thôn {number} có đường liên thôn. " * 60 for number in range(6)
]
Seen = list[object]


def seen(folder: Path) -> Seen:
    """All that a user can be shown: the documents, their texts and files, and what searches find in them."""
    store = opened(folder)
    try:
        snapshot = store.snapshot()
        documents = sorted(snapshot.documents(), key=lambda each: each.id)
        hits = [
            snapshot.chunks([id for id, _ in snapshot.lexical(words(text[:20]), 5)])
            + snapshot.chunks([id for id, _ in snapshot.dense(HashedSyllables().encode_query([text])[0], 5)])
            for text in TEXTS
        ]
        return [(each, snapshot.document(each.id), store.original(each.id)) for each in documents] + hits
    finally:
        store.close()


def spoil(path: Path, dice: random.Random) -> None:
    content = bytearray(path.read_bytes())
    if dice.random() < 0.2:
        del content[dice.randrange(len(content)) :]
    else:
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    path.write_bytes(content)


def damages(tmp_path: Path, figure: Figure, trials: int) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    store = opened(good)
    store.add([upload(text, title=text[:12]) for text in TEXTS])
    store.close()
    expected, dice, outcomes = seen(good), random.Random(11), Counter[str]()
    silent = list[str]()
    for trial in range(trials):
        shutil.copytree(good, bad)
        files = sorted(path for path in bad.rglob("*") if path.is_file() and path.stat().st_size)
        chosen = bad / "hoi.db" if trial % 3 == 0 else dice.choice(files)
        spoil(chosen, dice)
        outcome = judged(bad, expected)
        outcomes[outcome] += 1
        if outcome == "silent":
            silent.append(f"{trial}: {chosen.relative_to(bad)}")
        shutil.rmtree(bad)
    figure("damaged files: trials", trials)
    figure("damaged files: outcomes", dict(outcomes))
    assert silent == []


def judged(folder: Path, expected: Seen) -> str:
    try:
        found = {finding.code for finding in examine(folder, HashedSyllables(), MODEL)}
        if seen(folder) == expected:
            return "told and mended" if found else "harmless"
        return "told by the doctor" if found else "silent"
    except (StoreError, sqlite3.DatabaseError) as error:
        return f"refused: {type(error).__name__}"


def test_some_damages_are_noticed_or_harmless(tmp_path: Path, figure: Figure) -> None:
    damages(tmp_path, figure, 30)


@pytest.mark.trust
@pytest.mark.timeout(3600)
def test_400_damages_are_noticed_or_harmless(tmp_path: Path, figure: Figure) -> None:
    damages(tmp_path, figure, 400)
