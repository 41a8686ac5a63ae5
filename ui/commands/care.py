"""`hoi doctor`, `hoi backup` and `hoi restore`."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from index.backup import backup as make_backup
from index.backup import restore as unpack
from index.doctor import examine
from index.embed import load_embedder
from rag.settings import Settings
from ui.commands.common import print_json

UNSOUND = 1


def doctor(given: argparse.Namespace, settings: Settings) -> int:
    findings = examine(settings.data, *load_embedder(settings.embedder), repair=given.repair)
    sound = all(finding.mended for finding in findings)
    if given.json:
        print_json({"sound": sound, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            subject = f" ({finding.subject})" if finding.subject else ""
            print(f"{'Đã sửa' if finding.mended else 'Chưa sửa'}: {finding.message}{subject}")
        print("Kho tài liệu lành lặn." if sound else "Kho tài liệu có lỗi; sửa bằng: hoi doctor --repair")
    return 0 if sound else UNSOUND


def backup(given: argparse.Namespace, settings: Settings) -> int:
    copied = make_backup(settings.data, given.file)
    print(f"Đã sao lưu {copied.documents} văn bản ({copied.bytes} byte) vào {given.file}.")
    return 0


def restore(given: argparse.Namespace, settings: Settings) -> int:
    copied = unpack(given.file, settings.data)
    print(f"Đã khôi phục {copied.documents} văn bản vào {settings.data}.")
    return 0
