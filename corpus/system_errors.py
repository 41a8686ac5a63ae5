"""What the system says of a file or an address that it refuses, in Vietnamese."""

from __future__ import annotations

import errno
import socket

_TOLD = {
    errno.ENOENT: "không có tệp này",
    errno.ENOTDIR: "không có tệp này",
    errno.EISDIR: "đây là một thư mục",
    errno.EEXIST: "đã có tệp này",
    errno.EACCES: "không có quyền truy cập",
    errno.EPERM: "không có quyền truy cập",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "đĩa đầy",
    errno.EDQUOT: "hết phần đĩa được dùng",
    errno.EIO: "ổ đĩa đọc ghi bị lỗi",
    errno.EMFILE: "đang mở quá nhiều tệp",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ELOOP: "đường dẫn chỉ vòng quanh",
    errno.EADDRINUSE: "cổng đang được dùng",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ ấy",
    socket.EAI_NONAME: "không tìm thấy địa chỉ này",
}


def told(error: OSError) -> str:
    """Why it failed, as a clause without a full stop."""
    return _TOLD.get(error.errno or 0, "lỗi hệ thống")
