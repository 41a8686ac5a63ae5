"""`hoi add`, `hoi list`, `hoi show` and `hoi remove`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from corpus.load import files_in
from corpus.sandbox import PATIENT, Sandbox
from index.access import GroupError, Groups, groups
from index.store import Upload
from rag import bulk
from rag.bulk import Bad, Read
from rag.links import linked
from rag.settings import Settings
from ui import schemas_documents as shapes
from ui.commands.common import InputError, note, opened_store, print_json
from ui.schemas_shelf import Receipt

ACTOR = "local"


@dataclass(slots=True)
class Reading:
    """Files on their way into the store; those that cannot be read are kept aside."""

    files: list[Path]
    groups: Groups = frozenset()
    refused: list[Bad] = field(default_factory=list)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def uploads(self, found: Iterable[tuple[Path, list[Read]]]) -> Iterator[Upload]:
        from tqdm import tqdm

        for path, read in tqdm(
            found, total=len(self.files), desc="Đang nạp", unit=" tệp", file=sys.stderr, disable=None
        ):
            for each in read:
                inside = each.source.removeprefix(str(path.resolve())) if each.source else ""
                if isinstance(each, Bad):
                    self.refuse(Bad(f"{path}{inside}", each.code, each.detail))
                    continue
                document = each.document
                self.notes[document.id], self.names[document.id] = document.notes, document.file
                for remark in document.notes:
                    note(f"{path}{inside}: {remark}")
                yield each

    def refuse(self, bad: Bad) -> None:
        self.refused.append(bad)
        note(f"Bỏ qua {bad.source}: {bad.detail}")


@contextmanager
def _read(given: argparse.Namespace, reading: Reading, settings: Settings, model_id: str) -> Iterator[Iterator[Upload]]:
    """The files' uploads: read here, by `--workers` processes, or by those of the `--cluster`."""
    if given.cluster:
        with bulk.cluster(given.cluster) as (executor, workers):
            yield reading.uploads(
                bulk.read_in(executor, workers, reading.files, reading.groups, settings.embedder, model_id)
            )
    elif given.workers > 1:
        with bulk.processes(given.workers) as executor:
            yield reading.uploads(
                bulk.read_in(executor, given.workers, reading.files, reading.groups, settings.embedder, model_id)
            )
    else:
        with Sandbox(PATIENT) as sandbox:
            yield reading.uploads(bulk.read(reading.files, reading.groups, sandbox))


def add(given: argparse.Namespace, settings: Settings) -> int:
    try:
        reading = Reading([], groups(given.group))
    except GroupError as error:
        raise InputError(str(error)) from error
    for path in given.paths:
        reading.files += _files(path, reading)
    try:
        with opened_store(settings) as store, _read(given, reading, settings, store.model_id) as uploads:
            added = store.add(uploads, actor=ACTOR)
    except bulk.ClusterError as error:
        raise InputError(str(error)) from error
    for each in added:
        if each.similar:
            reading.notes[each.document_id] += (each.similar.remark,)
            note(f"{reading.names[each.document_id]}: {each.similar.remark}")
    outcomes = [(each.document_id, each.status) for each in added]
    if given.json:
        documents = [
            {"id": id, "file": reading.names[id], "status": status, "notes": list(reading.notes[id])}
            for id, status in outcomes
        ]
        refused = [{"path": each.source, "code": each.code, "detail": each.detail} for each in reading.refused]
        print_json({"documents": documents, "refused": refused})
    else:
        counts = {
            status: sum(found == status for _, found in outcomes) for status in ("added", "replaced", "unchanged")
        }
        print(
            f"Đã lưu {counts['added']} văn bản mới, thay {counts['replaced']}, "
            f"không đổi {counts['unchanged']}, từ chối {len(reading.refused)}."
        )
    return 1 if reading.refused else 0


def show_all(given: argparse.Namespace, settings: Settings) -> int:
    with opened_store(settings) as store:
        documents = [shapes.document(each) for each in store.documents()]
    if given.json:
        print_json(shapes.Documents(documents=documents).model_dump(mode="json"))
        return 0
    for each in documents:
        day = f"{each.issued_on:%d/%m/%Y}" if each.issued_on else "không rõ ngày"
        print(f"{each.id}  {each.number or '—'}  {day}  {each.title}  ({each.file}, {each.passages} đoạn)")
    if not documents:
        note("Kho chưa có văn bản nào. Nạp bằng: hoi add ĐƯỜNG_DẪN")
    return 0


def show(given: argparse.Namespace, settings: Settings) -> int:
    with opened_store(settings) as store:
        document, stored = store.document(given.id), store.snapshot().stored(given.id)
        links = shapes.DocumentLinks.model_validate({"links": linked(store.snapshot(), given.id)}).links
    if document is None or stored is None:
        raise _missing(given.id)
    fields = shapes.document(stored).model_dump(mode="json")
    if given.json:
        print_json(fields | {"links": [each.model_dump(mode="json") for each in links]})
    else:
        print(
            "\n".join(f"{LABELS[name]}: {value}" for name, value in fields.items() if value is not None),
            *(["\n".join(["Văn bản liên quan:", *map(_linked, links)])] if links else []),
            document.text,
            sep="\n\n",
        )
    return 0


def _linked(link: shapes.DocumentLink) -> str:
    part = f"{link.part} " if link.part else ""
    where = f" ({link.document_id})" if link.document_id else ""
    return f"- {link.label}: {part}{link.name}{where}\n    “{' '.join(link.quote.split())}”"


def remove(given: argparse.Namespace, settings: Settings) -> int:
    with opened_store(settings) as store:
        removed = store.remove_with_proof(given.ids, actor=ACTOR)
    receipts = [Receipt.model_validate(each) for each in removed]
    if given.json:
        print_json({"removed": [each.model_dump(mode="json") for each in receipts]})
    else:
        print(f"Đã gỡ {len(removed)} văn bản.")
    for each in receipts:
        if not each.clean:
            note(f"Chưa gỡ hết {each.file}: còn {each.left.rows} dòng, {each.left.passages} đoạn. Hãy chạy: hoi doctor")
    missing = [id for id in given.ids if id not in {each.id for each in removed}]
    if missing:
        raise _missing(", ".join(missing))
    return 0


LABELS = {
    "id": "Mã", "file": "Tệp", "title": "Tên", "kind": "Loại", "number": "Số, ký hiệu",
    "issued_on": "Ngày ban hành", "issuer": "Cơ quan ban hành", "subject": "Trích yếu", "signer": "Người ký",
    "place": "Địa danh", "pages": "Số trang", "passages": "Số đoạn", "added_at": "Ngày nạp",
}  # fmt: skip


def _files(path: Path, reading: Reading) -> list[Path]:
    """The file itself, or a folder's files of the kinds we read, hidden ones left out."""
    if path.is_dir():
        return files_in(path)
    if not path.exists():
        reading.refuse(Bad(str(path), "not_found", "Không có tệp này."))
        return []
    return [path]


def _missing(id: str) -> InputError:
    return InputError(f"Không có văn bản nào mang mã {id}. Xem các mã: hoi list")
