"""API keys: who has one, making one, until when and for which groups it opens, taking it away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Response

from index.access import GroupError, Groups, groups
from ui import schemas_keys as schemas
from ui.auth import Caller, Key
from ui.problems import ProblemError
from ui.services import Admin, Here

router = APIRouter(prefix="/v1/admin/keys", tags=["Quản trị"])
Id = Annotated[str, Path(max_length=100)]


@router.get("", summary="Các khóa, cả khóa đã thu hồi")
def keys(caller: Admin, here: Here) -> schemas.Keys:
    here.uses.write(last=True)
    return schemas.Keys(keys=[_shown(key) for key in here.door.keys.all()])


@router.post("", status_code=201, summary="Tạo khóa; khóa chỉ có trong phản hồi này")
def create(body: schemas.KeyWanted, caller: Admin, here: Here) -> schemas.KeyMade:
    name = " ".join(body.name.split())
    if not name or not name.isprintable():
        raise ProblemError(422, "invalid_name", "Tên khóa phải có từ 1 đến 100 ký tự in được.")
    if body.role != "admin" and not here.door.keys.any():
        detail = "Khóa đầu tiên phải là khóa admin: có khóa rồi thì không ai vào được nữa mà không có khóa."
        raise ProblemError(409, "first_key_not_admin", detail)
    key, secret = here.door.keys.create(name, body.role, body.days, _groups(body.groups), caller.id)
    return schemas.KeyMade(**_shown(key).model_dump(), key=secret)


@router.patch("/{id}", summary="Đổi hạn dùng hoặc nhóm của một khóa")
def change(id: Id, body: schemas.KeyChange, caller: Admin, here: Here) -> schemas.Key:
    _not_own(id, caller)
    changed = _standing(here.door.keys.all(), id)
    if "groups" in body.model_fields_set and body.groups is not None:
        here.door.keys.regroup(id, _groups(body.groups), caller.id)
    if "days" in body.model_fields_set:
        until = None if body.days is None else datetime.now(UTC) + timedelta(days=body.days)
        here.door.keys.expire(id, until, caller.id)
    return _shown(_standing(here.door.keys.all(), changed.id))


@router.delete("/{id}", status_code=204, summary="Thu hồi một khóa")
def revoke(id: Id, caller: Admin, here: Here) -> Response:
    _not_own(id, caller)
    if not here.door.keys.revoke(id, caller.id):
        raise _missing()
    return Response(status_code=204)


def _shown(key: Key) -> schemas.Key:
    valid = key.valid(datetime.now(UTC))
    state: schemas.KeyState = "revoked" if key.revoked_at else "valid" if valid else "expired"
    return schemas.Key(
        id=key.id,
        name=key.name,
        role=key.role,
        groups=sorted(key.groups),
        created_at=key.created_at,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        used_at=key.used_at,
        state=state,
    )


def _groups(names: list[str]) -> Groups:
    try:
        return groups(names)
    except GroupError as error:
        raise ProblemError(422, "invalid_groups", str(error)) from error


def _standing(keys: list[Key], id: str) -> Key:
    found = next((key for key in keys if key.id == id and key.revoked_at is None), None)
    if found is None:
        raise _missing()
    return found


def _missing() -> ProblemError:
    return ProblemError(404, "key_not_found", "Không có khóa nào đang dùng mang mã này.")


def _not_own(id: str, caller: Caller) -> None:
    """Nobody locks himself out by mistake; the command line still can."""
    if id == caller.id:
        raise ProblemError(409, "own_key", "Không đổi hay thu hồi được chính khóa đang dùng. Hãy dùng một khóa khác.")
