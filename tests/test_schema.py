import sqlite3
from pathlib import Path

import numpy as np

from index.database import Database, seal
from index.rows import insert_vectors, read_vectors
from index.schema import MIGRATIONS


def used(connection: sqlite3.Connection) -> int:
    """Pages that hold something."""
    (count,), (free,) = (connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "freelist_count"))
    return int(count - free)


def test_vectors_of_a_store_from_before_are_the_same_in_a_third_of_the_room(tmp_path: Path) -> None:
    before = next(number for number, script in enumerate(MIGRATIONS) if "roomier" in script)
    connection = sqlite3.connect(tmp_path / "hoi.db")
    connection.create_function("seal", -1, seal)
    for script in MIGRATIONS[:before]:
        connection.executescript(script)
    connection.execute("INSERT INTO models VALUES (1, 'm', 256)")
    connection.execute(
        "INSERT INTO documents (id, sha256, file, media_type, header, pages, stripped, notes, kind_key, issuer_key,"
        " place_key, page_count, passage_count, added_at, text) VALUES ('a','','','','','','','','','','',0,30,'','')"
    )
    vectors = np.arange(60 * 256, dtype=np.float32).reshape(30, 2, 256)
    for chunk in range(30):
        connection.execute(f"INSERT INTO chunks VALUES ({chunk + 1}, 1, {chunk}, 0, 0, NULL, '', NULL, NULL)")
        insert_vectors(connection, chunk + 1, vectors[chunk], 1)
    connection.execute(f"PRAGMA user_version = {before}")
    connection.commit()
    taken = used(connection)
    connection.close()
    database = Database(tmp_path / "hoi.db")
    with database.read() as rows:
        ids, found = read_vectors(rows, 1, 1, 30)
        saved = taken - used(rows)
        (deleting,) = rows.execute("PRAGMA secure_delete").fetchone()
    assert ids.tolist() == [64 * chunk + part for chunk in range(1, 31) for part in (0, 1)]
    assert np.array_equal(found, vectors.reshape(60, 256))
    assert saved >= 35  # 60 pages, one each, are 20 now, three to a page
    assert deleting == 1
    with database.write() as rows:  # they still go with their document
        rows.execute("DELETE FROM documents")
        assert rows.execute("SELECT count(*) FROM vectors").fetchone() == (0,)
    database.close()
