"""Every way of making a false claim of a true one, by its name and its Vietnamese label.

Each is `(claim, source, random) → false claim | None`, None where the claim offers nothing to change.
"""

from __future__ import annotations

from eval.mutate_figures import (
    dropped_group,
    near_number,
    other_document,
    other_number,
    other_time,
    other_unit,
    swapped_digits,
)
from eval.mutate_names import merged, other_office, other_person, other_place, swapped_names
from eval.mutate_parts import narrower, other_act, other_end, other_level
from eval.mutate_sense import affirmed, negated, other_degree, other_direction
from eval.shapes import Change

MUTATIONS: dict[str, tuple[str, Change]] = {
    "near_number": ("số gần đúng", near_number),
    "other_number": ("số khác trong đoạn", other_number),
    "swapped_digits": ("đảo chữ số", swapped_digits),
    "dropped_group": ("mất nhóm chữ số", dropped_group),
    "other_unit": ("đổi đơn vị", other_unit),
    "other_place": ("đổi địa danh", other_place),
    "other_person": ("đổi tên người", other_person),
    "other_time": ("đổi thời gian", other_time),
    "other_office": ("đổi cơ quan, chức vụ", other_office),
    "other_document": ("đổi số văn bản, điều khoản", other_document),
    "negated": ("thêm phủ định", negated),
    "affirmed": ("bỏ phủ định", affirmed),
    "other_degree": ("đổi mức độ", other_degree),
    "other_direction": ("đổi chiều", other_direction),
    "other_act": ("đổi việc làm", other_act),
    "other_level": ("đổi cấp", other_level),
    "other_end": ("đổi mốc trước, sau", other_end),
    "narrower": ("thu hẹp điều được đếm", narrower),
    "merged": ("ghép hai vế", merged),
    "swapped_names": ("gán cho người, nơi khác", swapped_names),
}
