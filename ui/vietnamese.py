"""The libraries at our doors in Vietnamese: pydantic's errors for the API, argparse's for the CLI."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

FIELD_ERRORS = {  # pydantic error type → Vietnamese, with the error's own context
    "missing": "còn thiếu",
    "extra_forbidden": "không có trường này",
    "string_type": "phải là chuỗi ký tự",
    "string_too_short": "quá ngắn, cần ít nhất {min_length} ký tự",
    "string_too_long": "quá dài, nhiều nhất {max_length} ký tự",
    "string_pattern_mismatch": "có ký tự không được dùng ở đây",
    "string_unicode": "có ký tự Unicode không hợp lệ",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_parsing_size": "số quá lớn",
    "int_from_float": "phải là số nguyên",
    "bool_type": "phải là true hoặc false",
    "bool_parsing": "phải là true hoặc false",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "phải không quá {le}",
    "list_type": "phải là danh sách",
    "too_short": "cần ít nhất {min_length} phần tử",
    "too_long": "nhiều nhất {max_length} phần tử",
    "literal_error": "phải là một trong: {expected}",
    "date_type": "phải là ngày, dạng 2019-10-11",
    "date_parsing": "phải là ngày, dạng 2019-10-11",
    "date_from_datetime_parsing": "phải là ngày, dạng 2019-10-11",
    "date_from_datetime_inexact": "phải là ngày, dạng 2019-10-11",
    "model_type": "phải là đối tượng JSON",
    "model_attributes_type": "phải là đối tượng JSON (gửi với Content-Type: application/json)",
    "dict_type": "phải là đối tượng JSON",
}


def field_error(error: Mapping[str, object]) -> tuple[str, str, str]:
    """One of pydantic's errors as `(field path, code, Vietnamese detail)`."""
    kind, location, context = error["type"], error.get("loc"), error.get("ctx")
    path = [str(part) for part in location[1:]] if isinstance(location, Sequence) else []
    values = context if isinstance(context, Mapping) else {}
    if kind == "value_error":  # raised by our own validators, already Vietnamese
        return ".".join(path), "invalid_value", str(values.get("error", "không hợp lệ"))
    words = FIELD_ERRORS.get(str(kind), "không hợp lệ")
    return ".".join(path), str(kind), words.format_map({key: str(value) for key, value in values.items()})


# argparse has no way to set its messages other than gettext catalogues, which would have to be found on disk.
ARGUMENT_ERRORS = (
    (r"the following arguments are required: (.+)", r"còn thiếu: \1"),
    (r"unrecognized arguments: (.+)", r"không hiểu: \1"),
    (r"argument ([^:]+): invalid choice: (.+?) \(choose from (.+)\)", r"\1: không có \2; chọn một trong \3"),
    (
        r"argument ([^:]+): invalid choice: (.+), maybe you meant (.+)\?(?: .*)?",
        r"\1: không có \2; có phải \3?",
    ),
    (r"argument ([^:]+): expected one argument", r"\1: cần một giá trị"),
    (r"argument ([^:]+): expected at least one argument", r"\1: cần ít nhất một giá trị"),
    (r"argument ([^:]+): expected (\d+) arguments?", r"\1: cần \2 giá trị"),
    (r"argument ([^:]+): invalid \S+ value: (.+)", r"\1: giá trị không hợp lệ \2"),
    (r"argument ([^:]+): ignored explicit argument (.+)", r"\1: không nhận giá trị \2"),
    (r"argument ([^:]+): not allowed with argument (.+)", r"\1: không dùng cùng \2"),
    (r"ambiguous option: (.+) could match (.+)", r"\1: có thể là \2; hãy viết rõ"),
    (r"argument ([^:]+): (.+)", r"\1: \2"),
)


def argument_error(message: str) -> str:
    """An argparse message in Vietnamese; one that is not known becomes a general one."""
    for pattern, replacement in ARGUMENT_ERRORS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return found.expand(replacement)
    return "lệnh viết chưa đúng"
