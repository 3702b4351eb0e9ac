"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from .diagnostics import ReadOnlyFile

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is never seen half-written: beside it first, then renamed.

    A link stays a link, and what it leads to is written. What is there and is no regular file, such
    as a pipe or a device, is not ours to replace: it takes the bytes.

    Raises:
        ReadOnlyFile: the file may not be written by anybody.
        OSError: the file cannot be written; its name is that of the path, not of the file beside.
    """
    try:
        mode = _mode(path)
        if mode is not None and stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if mode is not None and not stat.S_ISREG(mode):
            _write_into(path, data)
            return
        target = path.resolve()
        # Root may write all there is, and renaming asks for no right to the file: look at its mode.
        if mode is not None and not (mode & _WRITABLE and os.access(target, os.W_OK)):
            raise ReadOnlyFile(path)
        _write_beside(target, data)
    except ReadOnlyFile:
        raise
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def _mode(path: Path) -> int | None:
    """Give the kind and the rights of what a path leads to; None if nothing is there yet."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _write_into(path: Path, data: bytes) -> None:
    # Not made if it has gone since, and not cut off: a device and a pipe have no length.
    with os.fdopen(os.open(path, os.O_WRONLY), "wb") as file:
        file.write(data)


def _write_beside(path: Path, data: bytes) -> None:
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Give the mask for new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
