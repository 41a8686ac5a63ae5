"""A folder's documents into the store, as the first start and the tests do it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.load import LoadError, files_in, read_file
from corpus.sandbox import PATIENT, Refused, Sandbox
from index.store import Store, Upload

Progress = Callable[[int, int], None]  # done, total
logger = logging.getLogger(__name__)


def ingest(store: Store, folder: Path, progress: Progress | None = None) -> None:
    """Adds every readable document of a folder; one that cannot be read is told in the log and left out."""
    paths = files_in(folder)

    def uploads(sandbox: Sandbox) -> Iterator[Upload]:
        for done, path in enumerate(paths, start=1):
            try:
                for found in sandbox.read(read_file(path), path.name):
                    inside = f"!{found.inside}" if found.inside else ""
                    if isinstance(found, Refused):
                        logger.warning("%s%s: %s", path.name, inside, found.error)
                    else:
                        yield Upload(found.document, found.content, f"{path.resolve()}{inside}")
            except LoadError as error:
                logger.warning("%s: %s", path.name, error)
            if progress is not None:
                progress(done, len(paths))

    with Sandbox(PATIENT) as sandbox:
        store.add(uploads(sandbox))
