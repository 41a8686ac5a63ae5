"""Files sent over HTTP on their way into the store, and what the API says of them afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.sandbox import Loaded, Refused, Sandbox
from index.access import Groups, restricted
from index.store import Added, Snapshot, Upload
from ui import schemas_documents as shapes
from ui.problems import FieldProblem

NAME_LENGTH = 200
PATH_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Read:
    """A file opened: its documents, what of an archive or a mail could not be read, or why nothing could."""

    uploads: tuple[Upload, ...] = ()
    left_out: tuple[shapes.LeftOut, ...] = ()
    error: FieldProblem | None = None


def read(
    sandbox: Sandbox,
    name: str,
    content: bytes,
    to: Groups,
    replaces: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Read:
    """A file's documents; `progress` is told how many there are so far."""
    uploads, refused = list[Upload](), list[Refused]()
    for found in sandbox.read(content, file_name(name)):
        if isinstance(found, Loaded):
            uploads.append(Upload(restricted(found.document, to), found.content, groups=to, replaces=replaces))
            if progress:
                progress(len(uploads))
        else:
            refused.append(found)
    if refused and not uploads:
        error = refused[0].error
        return Read((), _left_out(name, refused), FieldProblem(field=name[:200], code=error.code, detail=str(error)))
    return Read(tuple(uploads), _left_out(name, refused))


def file_name(name: str) -> str:
    """The last part of what the client calls the file, without letters that cannot be seen."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-NAME_LENGTH:] or "tep"


def described(snapshot: Snapshot, uploads: Iterable[Upload], added: Sequence[Added]) -> list[shapes.AddedDocument]:
    """What was stored, with the remarks for whoever sent it; what somebody has removed meanwhile is left out."""
    notes = {each.document.id: list(each.document.notes) for each in uploads}
    found = []
    for each in added:
        if stored := snapshot.stored(each.document_id):
            fields = shapes.document(stored).model_dump()
            remarks = [*notes[each.document_id], *([each.similar.remark] if each.similar else [])]
            found.append(shapes.AddedDocument(**fields, status=each.status, notes=remarks))
    return found


def _left_out(name: str, refused: Iterable[Refused]) -> tuple[shapes.LeftOut, ...]:
    return tuple(
        shapes.LeftOut(path=f"{name}!{each.inside}"[:PATH_LENGTH], code=each.error.code, detail=str(each.error))
        for each in refused
    )
