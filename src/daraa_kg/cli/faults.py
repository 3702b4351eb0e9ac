"""Print what is wrong with statements, as a compiler would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text as Line

from .console import console, print_json, say
from .exitcodes import CANNOT_RUN, FAILS, HOLDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..diagnostics import Fault

_STYLES = {"error": "bad", "warning": "warning"}


def print_faults(faults: Sequence[Fault]) -> int:
    """Print faults and how many there are, and give the exit code.

    That is 2 when a whole file could not be read, 1 when there are errors, 0 when there are
    warnings at most.
    """
    for fault in faults:
        style = _STYLES[fault.severity]
        say(Line.assemble(f"{fault.location}: ", (f"{fault.severity}:", style), f" {fault.text}"))
    if faults:
        console().file.flush()
        say(count_faults(faults), stderr=True)
    return exit_code(faults)


def print_records(faults: Sequence[Fault]) -> int:
    """Print faults as a JSON list, which is empty when there are none, and give the exit code."""
    print_json([fault.to_dict() for fault in faults])
    return exit_code(faults)


def exit_code(faults: Sequence[Fault]) -> int:
    """Give the exit code that says what faults there are, as `print_faults` does."""
    wrong = [fault for fault in faults if fault.severity == "error"]
    if any(not fault.location.line for fault in wrong):
        return CANNOT_RUN
    return FAILS if wrong else HOLDS


def count_faults(faults: Sequence[Fault]) -> str:
    """Say how many errors and warnings there are: ``2 errors and 1 warning``."""
    from ..diagnostics import counted

    counts = [
        (sum(fault.severity == severity for fault in faults), severity)
        for severity in ("error", "warning")
    ]
    said = [counted(number, f"{word}s") for number, word in counts if number]
    return " and ".join(said) or "no errors"
