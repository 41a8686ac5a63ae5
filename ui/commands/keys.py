"""`hoi key create`, `hoi key list` and `hoi key revoke`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from index.access import GroupError, groups
from index.database import Database
from rag.settings import Settings
from ui.auth import Key, Keys
from ui.commands.common import InputError, note, print_json


def create(given: argparse.Namespace, settings: Settings) -> int:
    name = " ".join(given.name.split())
    if not 1 <= len(name) <= 100 or not name.isprintable():
        raise InputError("Tên khóa phải có từ 1 đến 100 ký tự in được.")
    if given.days is not None and not 1 <= given.days <= 36500:
        raise InputError("--days phải từ 1 đến 36500.")
    try:
        to = groups(given.group)
    except GroupError as error:
        raise InputError(str(error)) from error
    with _keys(settings) as keys:
        key, secret = keys.create(name, given.role, given.days, to)
    if given.json:
        print_json({**_fields(key), "key": secret})
    else:
        print(secret)
        note(f"Khóa {key.id} cho “{key.name}”, vai trò {key.role}. Hãy chép lại ngay: khóa chỉ hiện lần này.")
    return 0


def show_all(given: argparse.Namespace, settings: Settings) -> int:
    with _keys(settings) as keys:
        found = keys.all()
    if given.json:
        print_json({"keys": [_fields(key) for key in found]})
        return 0
    for key in found:
        print(f"{key.id}  {key.role:<6}  {key.created_at:%d/%m/%Y}  {_state(key)}  {key.name}{_of(key)}")
    if not found:
        note("Chưa có khóa nào; máy chủ chỉ phục vụ trên máy này.")
    return 0


def revoke(given: argparse.Namespace, settings: Settings) -> int:
    with _keys(settings) as keys:
        if not keys.revoke(given.id):
            raise InputError(f"Không có khóa nào đang dùng mang mã {given.id}. Xem các mã: hoi key list")
    print(f"Đã thu hồi khóa {given.id}.")
    return 0


@contextmanager
def _keys(settings: Settings) -> Iterator[Keys]:
    """The keys alone: no model is loaded and no index opened for them."""
    settings.data.mkdir(parents=True, exist_ok=True)
    database = Database(settings.data / "hoi.db")
    try:
        yield Keys(database)
    finally:
        database.close()


def _of(key: Key) -> str:
    return f"  [{', '.join(sorted(key.groups))}]" if key.groups else ""


def _fields(key: Key) -> dict[str, object]:
    times = {"created_at": key.created_at, "expires_at": key.expires_at, "revoked_at": key.revoked_at}
    return {"id": key.id, "name": key.name, "role": key.role, "groups": sorted(key.groups)} | {
        name: at.isoformat() if at else None for name, at in times.items()
    }


def _state(key: Key) -> str:
    if key.revoked_at is not None:
        return "đã thu hồi"
    if not key.valid(datetime.now(UTC)):
        return "đã hết hạn"
    return f"đến {key.expires_at:%d/%m/%Y}" if key.expires_at else "không hạn"
