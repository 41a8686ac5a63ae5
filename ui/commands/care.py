"""`hoi doctor`, `hoi backup`, `hoi restore` and `hoi forget`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from index.backup import backup as make_backup
from index.backup import restore as unpack
from index.database import Database
from index.doctor import examine
from index.embed import load_embedder
from rag.memory import Memory
from rag.settings import Settings
from ui.auth import LOCAL
from ui.commands.common import InputError, print_json
from ui.logins import Logins

UNSOUND = 1


def doctor(given: argparse.Namespace, settings: Settings) -> int:
    embedder, model_id = load_embedder(settings.embedder)
    findings = examine(settings.data, embedder, model_id, given.repair, settings.follow)
    sound = all(finding.mended for finding in findings)
    if given.json:
        print_json({"sound": sound, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            subject = f" ({finding.subject})" if finding.subject else ""
            print(f"{'Đã sửa' if finding.mended else 'Chưa sửa'}: {finding.message}{subject}")
        print("Kho tài liệu lành lặn." if sound else "Kho tài liệu có lỗi; sửa bằng: hoi doctor --repair")
    return 0 if sound else UNSOUND


def forget(given: argparse.Namespace, settings: Settings) -> int:
    if (given.key is None) == (given.days is None):
        raise InputError("Hãy chọn một trong hai: --key MÃ hoặc --days N.")
    if given.days is not None and not 0 <= given.days <= 36500:
        raise InputError("--days phải từ 0 đến 36500.")
    if not (settings.data / "hoi.db").exists():
        raise InputError("Chưa có kho tài liệu.")
    database = Database(settings.data / "hoi.db")
    try:
        memory = Memory(database)
        if given.key is not None:
            Logins(database).forget(given.key)
            found = memory.erase(given.key, LOCAL.id)
        else:
            found = memory.expire(datetime.now(UTC) - timedelta(days=given.days), LOCAL.id)
    finally:
        database.close()
    print(f"Đã xóa {found} cuộc trò chuyện cùng các đánh giá của chúng. Bản sao lưu cũ, nếu có, vẫn còn giữ.")
    return 0


def backup(given: argparse.Namespace, settings: Settings) -> int:
    copied = make_backup(settings.data, given.file)
    print(f"Đã sao lưu {copied.documents} văn bản ({copied.bytes} byte) vào {given.file}.")
    return 0


def restore(given: argparse.Namespace, settings: Settings) -> int:
    copied = unpack(given.file, settings.data)
    print(f"Đã khôi phục {copied.documents} văn bản vào {settings.data}.")
    return 0
