"""A folder's documents into the store, as the first start and the tests do it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.load import files_in
from corpus.sandbox import PATIENT, Sandbox
from index.store import Store, Upload
from rag.bulk import Bad, read

Progress = Callable[[int, int], None]  # done, total
logger = logging.getLogger(__name__)


def ingest(store: Store, folder: Path, progress: Progress | None = None) -> None:
    """Adds every readable document of a folder; one that cannot be read is told in the log and left out."""
    paths = files_in(folder)

    def uploads(sandbox: Sandbox) -> Iterator[Upload]:
        for done, (_, found) in enumerate(read(paths, frozenset(), sandbox), start=1):
            for each in found:
                if isinstance(each, Bad):
                    logger.warning("%s: %s", Path(each.source).name, each.detail)
                else:
                    yield each
            if progress is not None:
                progress(done, len(paths))

    with Sandbox(PATIENT) as sandbox:
        store.add(uploads(sandbox))
