"""Files of older office programs (.doc, .xls, .ppt, .rtf, .odt …) through LibreOffice, looked for when it is needed."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Literal

from corpus.formats.source import LoadError, broken

Old = Literal["doc", "xls", "ppt", "rtf", "odt", "ods", "odp"]
Modern = Literal["docx", "xlsx", "pptx"]
OLD: dict[Old, tuple[Modern, str]] = {  # what it becomes, and the media type of what it is
    "doc": ("docx", "application/msword"),
    "xls": ("xlsx", "application/vnd.ms-excel"),
    "ppt": ("pptx", "application/vnd.ms-powerpoint"),
    "rtf": ("docx", "application/rtf"),
    "odt": ("docx", "application/vnd.oasis.opendocument.text"),
    "ods": ("xlsx", "application/vnd.oasis.opendocument.spreadsheet"),
    "odp": ("pptx", "application/vnd.oasis.opendocument.presentation"),
}
_STREAMS: dict[str, Old] = {"WordDocument": "doc", "Workbook": "xls", "PowerPoint Document": "ppt"}
SECONDS = 50
ADDRESSES = 2 << 30  # bytes that LibreOffice reserves at its start; it uses a tenth of them


def to_modern(content: bytes, suffix: Old) -> bytes:
    """The same document in the modern format. Raises LoadError("office_missing") where there is no LibreOffice."""
    modern, _ = OLD[suffix]
    command = shutil.which("soffice") or shutil.which("libreoffice")
    if command is None:
        message = (
            f"Tệp .{suffix} chỉ đọc được khi máy có LibreOffice (apt install libreoffice-nogui). "
            "Hãy cài, hoặc lưu lại tệp thành DOCX, XLSX hay PDF."
        )
        raise LoadError("office_missing", message)
    with tempfile.TemporaryDirectory(prefix="hoi-") as folder:
        source = Path(folder, f"tep.{suffix}")
        source.write_bytes(content)
        options = [
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--convert-to",
            modern,
        ]
        try:
            subprocess.run(
                [command, *options, "--outdir", folder, str(source)],
                capture_output=True,
                timeout=SECONDS,
                check=True,
                env={**os.environ, "HOME": folder},
                preexec_fn=_more_room,
            )
            return source.with_suffix(f".{modern}").read_bytes()
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError, FileNotFoundError) as error:
            raise broken(f".{suffix}") from error


def _more_room() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_AS, (max(soft, ADDRESSES), hard))


def kind_of_ole(content: bytes) -> Old | None:
    """By the names of the streams in an OLE file."""
    return next((kind for name, kind in _STREAMS.items() if name.encode("utf-16-le") in content), None)
