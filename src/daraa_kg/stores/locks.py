"""Locks on folders, which the system takes back when the process that has them ends."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["lock", "unlock"]


def lock(folder: Path, *, shared: bool) -> int | None:
    """Lock a folder, for readers or for one process alone; the kernel lets go of it at our end.

    Returns:
        What to unlock it with; None where there are no such locks (Windows, which deletes no open
        file, and some network disks).

    Raises:
        BlockingIOError: another process has locked it.
        OSError: there is no such folder, or it cannot be opened.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        if isinstance(error, BlockingIOError):
            raise
        return None
    return handle


def unlock(held: int | None) -> None:
    """Let go of a lock, if there is one."""
    if held is not None:
        os.close(held)
