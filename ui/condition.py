"""How the store is: counts, bytes on the disk, the generation that serves, the last backup and check."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from index.backup import last_backup
from index.generation import current
from ui.schemas_shelf import Sizes, StoreState
from ui.services import Services


def state(here: Services) -> StoreState:
    store, snapshot = here.store, here.store.snapshot()
    with store.database.read() as connection:
        at = last_backup(connection)
        vectors = connection.execute("SELECT count(*) FROM vectors").fetchone()[0]
        query = "SELECT dimension FROM models WHERE name = ?"
        dimension = connection.execute(query, (store.model_id,)).fetchone()[0]
    changed = store.database.change()
    return StoreState(
        documents=len(snapshot.rows),
        passages=snapshot.count,
        vectors=vectors,
        model=store.model_id,
        dimension=dimension,
        generation=current(store.folder) or "",
        current=snapshot.index.change == changed,
        changed=changed,
        sizes=_sizes(store.folder),
        backup_at=datetime.fromisoformat(at) if at else None,
        check=here.jobs.last_check(),
    )


def _sizes(folder: Path) -> Sizes:
    return Sizes(
        database=sum(path.stat().st_size for path in folder.glob("hoi.db*")),
        originals=_bytes(folder / "objects"),
        search=_bytes(folder / "generations"),
        jobs=_bytes(folder / "jobs"),
        quarantine=_bytes(folder / "quarantine"),
        free=shutil.disk_usage(folder).free,
    )


def _bytes(folder: Path) -> int:
    """Files that go while they are counted are not."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total
