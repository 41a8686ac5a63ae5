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
from eval.mutate_names import other_office, other_person, other_place, other_title
from eval.mutate_parts import exact_day, narrower, other_act, other_end, other_level, whole_year
from eval.mutate_rates import (
    level_for_change,
    other_base,
    other_ordinal,
    other_share,
    result_for_plan,
    rounded,
    wrong_sum,
)
from eval.mutate_scope import doubt_dropped, made_cause, made_more, made_only, overstated, unconditional, widened
from eval.mutate_sense import affirmed, negated, other_degree, other_direction
from eval.mutate_swaps import (
    merged,
    swapped_dates,
    swapped_figures,
    swapped_names,
    swapped_offices,
    swapped_posts,
)
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
    "swapped_figures": ("đổi chỗ hai số", swapped_figures),
    "swapped_dates": ("ngày của việc khác", swapped_dates),
    "swapped_posts": ("chức vụ của người khác", swapped_posts),
    "swapped_offices": ("đổi chỗ hai cơ quan", swapped_offices),
    "other_title": ("ông thành bà", other_title),
    "exact_day": ("đúng ngày thay vì trước, sau", exact_day),
    "whole_year": ("cả năm thay vì một phần", whole_year),
    "other_ordinal": ("lần, kỳ, khóa khác", other_ordinal),
    "other_share": ("đổi %, điểm phần trăm, lần", other_share),
    "level_for_change": ("mức thay vì mức tăng", level_for_change),
    "other_base": ("so với mốc khác", other_base),
    "rounded": ("làm tròn sai chiều", rounded),
    "wrong_sum": ("cộng sai", wrong_sum),
    "result_for_plan": ("kế hoạch thành kết quả", result_for_plan),
    "overstated": ("một số thành tất cả", overstated),
    "made_only": ("thêm “chỉ”, “duy nhất”", made_only),
    "made_more": ("thêm lời khen, chê", made_more),
    "widened": ("nơi thành toàn vùng", widened),
    "unconditional": ("bỏ điều kiện, ngoại lệ", unconditional),
    "doubt_dropped": ("bỏ lời dè dặt", doubt_dropped),
    "made_cause": ("thêm nguyên nhân", made_cause),
}
