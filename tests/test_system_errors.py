"""The system's errors are told in Vietnamese wherever they come from."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from corpus.system_errors import told


def test_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as absent:
        (tmp_path / "none").read_bytes()
    with pytest.raises(OSError, match="Is a directory") as folder:
        tmp_path.read_bytes()
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="Not a directory") as inside:
        (tmp_path / "file" / "none").read_bytes()
    with pytest.raises(OSError, match="File name too long") as long:
        (tmp_path / ("x" * 300)).read_bytes()
    found = [told(each.value) for each in (absent, folder, inside, long)]
    assert found == ["không có tệp này", "đây là một thư mục", "không có tệp này", "tên quá dài"]


def test_what_is_wrong_with_an_address() -> None:
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        first.listen()
        with pytest.raises(OSError, match="Address already in use") as taken:
            second.bind(first.getsockname())
    assert told(taken.value) == "cổng đang được dùng"


def test_an_error_without_a_number() -> None:
    assert told(OSError("broken")) == "lỗi hệ thống"
