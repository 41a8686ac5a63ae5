"""Takes the network from this process and all it starts: a file may ask whatever opens it to fetch something.

LibreOffice does: a picture that is only linked is looked for when the file is opened. A seccomp filter refuses every
socket but local ones (https://docs.kernel.org/userspace-api/seccomp_filter.html).
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2  # of prctl
_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # the machine's mark, and its number of `socket`
_IO_URING = 425  # may open sockets, too
_OTHER_CALLS = 0x40000000  # x86's second set of numbers for the same calls
_UNIX = 1
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_CALL, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16  # where they stand in what the filter sees
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def go_offline() -> bool:
    """Whether the kernel could do it; it cannot be undone. Before any thread is started."""
    if sys.platform != "linux" or platform.machine() not in _SOCKET:
        return False
    machine, socket = _SOCKET[platform.machine()]
    steps = (  # what is done, steps to skip if it is so and if it is not, with which number
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 0, 7, machine),
        (_LOAD, 0, 0, _CALL),
        (_AT_LEAST, 5, 0, _OTHER_CALLS),
        (_EQUAL, 4, 0, _IO_URING),
        (_EQUAL, 0, 2, socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 1, _UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    control = ctypes.CDLL(None, use_errno=True).prctl
    nothing = ctypes.c_ulong(0)
    if control(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), nothing, nothing, nothing) != 0:
        return False
    program = ctypes.byref(_Program(len(steps), code))
    return int(control(_SECCOMP, ctypes.c_ulong(_FILTER), program, nothing, nothing)) == 0
