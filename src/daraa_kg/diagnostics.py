"""What is wrong and where: locations, faults, the error that carries them, and words for it."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

Severity = Literal["error", "warning"]

_REASONS = {
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.ENOENT: "there is no such file or folder",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.EISDIR: "it is a folder, not a file",
    errno.EEXIST: "it is a file, and a folder was asked for",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "the link leads to itself",
    errno.EPIPE: "nobody reads on at its other end",
    errno.ENXIO: "nobody listens at its other end",
}


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file; line and column count from 1, and 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, as a compiler would say it.

    The hint says what to write instead; ``str()`` gives the line that is printed.
    """

    location: Location
    message: str
    hint: str | None = None
    severity: Severity = "error"

    @property
    def text(self) -> str:
        """The sentence and its hint, without the place."""
        return f"{self.message}; {self.hint}" if self.hint else self.message

    def to_dict(self) -> dict[str, str | int]:
        """Give the fault as texts and numbers, for JSON; line and column as in `Location`."""
        place = self.location
        return {
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "severity": self.severity,
            "message": self.text,
        }

    def __str__(self) -> str:
        return f"{self.location}: {self.severity}: {self.text}"


class CheckFailed(ValueError):
    """Statements that do not hold; `faults` says all that is wrong with them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = in_order(faults)
        super().__init__("\n".join(map(str, self.faults)))


class ReadOnlyFile(PermissionError):
    """A file that may not be written, and so not be replaced either; `filename` is the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EACCES, os.strerror(errno.EACCES), str(path))
        self.name = path.name

    def __str__(self) -> str:
        return f"the file {self.name} is read-only"


def reason(error: OSError) -> str:
    """Say in words why the system refused."""
    if isinstance(error, ReadOnlyFile):
        return str(error)
    return _REASONS.get(error.errno or 0, (error.strerror or str(error)).lower())


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Sort faults as they stand in the files, each once."""
    return tuple(
        sorted(set(faults), key=lambda f: (f.location, f.severity, f.message, f.hint or ""))
    )


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """Keep the faults that make a check fail."""
    return [fault for fault in faults if fault.severity == "error"]


def listing(words: Sequence[str], last: str = "or") -> str:
    """Write words as a sentence does: ``a, b or c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(number: int, plural: str) -> str:
    """Write how many there are of what.

    >>> counted(1, "named graphs"), counted(1200, "facts")
    ('1 named graph', '1,200 facts')
    """
    return f"{number:,} {plural.removesuffix('s') if number == 1 else plural}"


def with_article(name: str) -> str:
    """Write the name of a class as a sentence does.

    >>> with_article("Event")
    'an Event'
    """
    return f"{'an' if name[:1] in 'AEIOU' else 'a'} {name}"
