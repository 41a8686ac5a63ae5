"""What evaluations read, line by line; what cannot be read is told in Vietnamese, naming the line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.system_errors import told


class InputError(ValueError):
    """An evaluation that cannot be run as asked. The message is Vietnamese, for whoever asked."""


class Line(BaseModel):
    """What a line holds, or a part of it."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True, populate_by_name=True)


R = TypeVar("R", bound=Line)


def content_of(file: Path) -> str:
    """The text of a file. Raises `InputError`."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"Không đọc được tệp {file}: {told(error)}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"Tệp {file} không phải văn bản UTF-8.") from error


def lines(file: Path) -> Iterator[tuple[int, str]]:
    """A file's non-empty lines with their numbers, from 1. Raises `InputError`."""
    return numbered(content_of(file))


def numbered(content: str) -> Iterator[tuple[int, str]]:
    """The non-empty lines with their numbers, from 1; JSON may hold U+2028, so only newlines separate."""
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            yield number, line.strip("\r")


def parsed(model: type[R], text: str, where: str) -> R:
    """A line, or a whole file, as its model has it. Raises `InputError` that begins with `where`."""
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        raise InputError(f"{where}: {_vietnamese(error)}.") from error


def _vietnamese(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(map(str, first["loc"]))
    match first["type"]:
        case "json_invalid":
            return "không phải JSON hợp lệ"
        case "missing":
            return f"thiếu trường “{field}”"
        case "model_type":
            return "phải là một đối tượng JSON {…}"
        case _:
            return f"trường “{field}” có giá trị không hợp lệ"
