"""What is wrong and where: locations, faults, and the error that carries them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Severity = Literal["error", "warning"]


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
