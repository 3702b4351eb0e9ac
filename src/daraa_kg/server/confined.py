"""Start a program that ends with its parent, calls nobody, and has bounded memory.

Run as a script: ``confined.py PARENT MEMORY PROGRAM [ARGUMENT …]``. It becomes the program, so the
process that was started is the program's own. What the system does not have is left out: memory is
bounded on Unix; the end with the parent and the ban on calls need Linux.

Source: prctl(2), PR_SET_PDEATHSIG; seccomp(2), and linux/audit.h, linux/filter.h; setrlimit(2).
"""

from __future__ import annotations

import os
import platform
import struct
import sys

_DEATH_SIGNAL, _NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 1, 38, 22, 2
_SIGKILL = 9
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # operations of classic BPF
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # SECCOMP_RET_ERRNO with EACCES
_NUMBER, _ARCHITECTURE, _ADDRESS = 0, 4, 48  # offsets in struct seccomp_data; of sendto's address
_X32 = 0x40000000  # the other set of numbers that x86-64 has

# Architecture of audit.h; sendto; and what else can reach another machine: connect, sendmsg,
# sendmmsg, io_uring_setup.
_CALLS = {
    "x86_64": (0xC000003E, 44, (42, 46, 307, 425)),
    "aarch64": (0xC00000B7, 206, (203, 211, 269, 425)),
}


def bound_memory(size: int) -> None:
    """Bound what this process may take for its data.

    Args:
        size: in bytes.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end_with(parent: int, signal: int = _SIGKILL) -> None:
    """Have the kernel end this process when its parent has ended, in whatever way.

    Args:
        parent: the parent's process id, for it may have ended already.
        signal: what the kernel sends.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(0)


def call_nobody() -> bool:
    """Have the kernel refuse every call to another process or machine; those that come in stay.

    Returns:
        Whether the system can do so.
    """
    known = _CALLS.get(platform.machine())
    if not sys.platform.startswith("linux") or known is None:
        return False
    import ctypes

    program = _filter(*known)
    code = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: the number of instructions, and where they are.
    given = struct.pack("HP", len(program) // 8, ctypes.addressof(code))
    libc = ctypes.CDLL(None)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return int(libc.prctl(_SECCOMP, _FILTER, ctypes.create_string_buffer(given), 0, 0)) == 0


def _filter(architecture: int, sendto: int, refused: tuple[int, ...]) -> bytes:
    """Write the filter: (operation, jump if so, jump if not, operand), jumps counted from the next.

    A sendto without an address answers who has called, and is allowed.
    """
    lines = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, -1, architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, -1, 0, _X32),
        *[(_EQUAL, -1, 0, number) for number in refused],
        (_EQUAL, 0, 4, sendto),
        (_LOAD, 0, 0, _ADDRESS),
        (_EQUAL, 0, -1, 0),
        (_LOAD, 0, 0, _ADDRESS + 4),
        (_EQUAL, 0, -1, 0),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    last = len(lines) - 1
    return b"".join(
        struct.pack("HBBI", operation, *(last - i - 1 if j < 0 else j for j in (yes, no)), operand)
        for i, (operation, yes, no, operand) in enumerate(lines)
    )


def main(arguments: list[str]) -> None:
    """Become a program: ``[parent, memory, program, *its arguments]``."""
    parent, memory, *program = arguments
    bound_memory(int(memory))
    end_with(int(parent))
    call_nobody()
    os.execv(program[0], program)  # noqa: S606 - the program is found by us, and there is no shell


if __name__ == "__main__":
    main(sys.argv[1:])
