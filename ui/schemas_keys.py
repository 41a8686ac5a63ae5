"""The shapes of `/v1/admin/keys`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from ui.schemas import Given, Role, Taken, example

KeyState = Literal["valid", "expired", "revoked"]
DAYS = 36500


class Key(Given):
    id: str
    name: str
    role: Role
    groups: list[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None = Field(description="Lần dùng cuối, chính xác đến phút")
    state: KeyState


class Keys(Given):
    keys: list[Key]


class KeyWanted(Taken):
    model_config = example(name="Cổng thông tin", role="reader", days=365, groups=["nội-vụ"])

    name: Annotated[str, Field(min_length=1, max_length=100)]
    role: Role
    days: Annotated[int, Field(ge=1, le=DAYS, strict=True)] | None = None
    groups: list[str] = Field(default=[], max_length=20)


class KeyMade(Key):
    key: str = Field(description="Khóa, chỉ có trong phản hồi này")


class KeyChange(Taken):
    """What is left out stays as it is."""

    model_config = example(days=30, groups=["nội-vụ"])

    days: Annotated[int, Field(ge=0, le=DAYS, strict=True)] | None = Field(
        None, description="Số ngày còn hiệu lực tính từ bây giờ; 0: hết hạn ngay; null: không hết hạn"
    )
    groups: list[str] | None = Field(None, max_length=20)
