"""Whether the files of a store on disk are the ones that were written.

RocksDB notices damage block by block, while it reads. In a query that adds up or joins, Oxigraph
0.5.13 takes such an error for one more row and asks for the next, without end. So the files are
compared with their digests before the first query.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import shlex
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["Files", "digests", "first_damage", "words_of_damage"]

_DATA = ("*.sst", "MANIFEST-*", "CURRENT")  # what RocksDB reads; it writes its own log anew
_LOOK = 1.0  # seconds from one look at the files of an open store to the next
_SMALL = 64 * 2**20  # bytes that are compared at each opening, in a tenth of a second
# Where RocksDB names a file, after words of its own; a path may have spaces and such words too.
_FOLDER = re.compile(
    r"(?:While [^:]+: |sstable: |read from |\d  ?in |The file )(.+?)[\\/]data-\d+[\\/]"
)


def digests(data: Path) -> dict[str, str]:
    """Give the SHA-256 of each file that holds data, by its name.

    Raises:
        OSError: one of them cannot be read.
    """
    return {path.name: _digest(path) for pattern in _DATA for path in sorted(data.glob(pattern))}


def first_damage(data: Path, written: Mapping[str, str], since: Path) -> str:
    """Say which file is not what was written; empty if all are.

    Of a large store, only files that are newer than its stamp are compared: nothing writes to
    them once that stands, and reading gigabytes would take longer than most queries.

    Args:
        data: the folder of the files.
        written: their digests, as `digests` gave them.
        since: the stamp.

    Raises:
        OSError: a file is there and cannot be read.
    """
    missing = next((name for name in written if not (data / name).exists()), None)
    if missing is not None:
        return f"{data.name}/{missing} is missing"
    sizes = {name: (data / name).stat() for name in written}
    small = sum(size.st_size for size in sizes.values()) <= _SMALL
    stamped = since.stat().st_mtime_ns
    for name, digest in written.items():
        looked_at = small or sizes[name].st_mtime_ns > stamped
        if looked_at and _digest(data / name) != digest:
            return f"{data.name}/{name} is not as it was written"
    return ""


def words_of_damage(error: BaseException) -> str:
    """Say in a sentence that a store's files cannot be read; empty if the error is another.

    Args:
        error: what a question to an open store has raised, or what caused that.
    """
    told = next(
        (
            str(link)
            for link, kind, sign in (
                (error, RuntimeError, "Corruption: "),
                (error.__cause__, RuntimeError, "Corruption: "),
                (error, OSError, "IO error: "),
            )
            if isinstance(link, kind) and str(link).startswith(sign)
        ),
        "",
    )
    if not told:
        return ""
    found = _FOLDER.search(told)
    folder, start = (found[1], f"{found[1]}: this store") if found else ("DIR", "the store")
    fill = f"daraa-kg build --store {shlex.quote(folder)}"
    return f"{start} cannot be read: {told}; {fill} fills it anew"


class Files:
    """The files of a store that is read for a long time.

    Args:
        data: their folder.
        clock: gives the time in seconds; they are looked at no more than once in each.
    """

    def __init__(self, data: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._data = data
        self._clock = clock
        self._before = self._now()
        self._looked = clock()
        self._changed = False

    def are_changed(self) -> bool:
        """Say whether one of them has been written to or taken away since, as of the last look.

        What was changed once stays so: who has the files open may have read the change.
        """
        now = self._clock()
        if not self._changed and now - self._looked >= _LOOK:
            self._looked = now
            self._changed = self._now() != self._before
        return self._changed

    def _now(self) -> dict[str, tuple[int, int]]:
        found = {}
        for pattern in _DATA:
            for path in self._data.glob(pattern):
                with contextlib.suppress(FileNotFoundError):  # it goes as it is looked at
                    state = path.stat()
                    found[path.name] = state.st_mtime_ns, state.st_size
        return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
