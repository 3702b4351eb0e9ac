"""What is said when something goes wrong: a sentence for people, an exit code for programs."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .console import echo
from .exitcodes import CANNOT_RUN, FAILS, INTERRUPTED, NOBODY_READS

if TYPE_CHECKING:
    from collections.abc import Iterator

# What says where it is wrong has the word in it already: file:line:column: error: …
_LOCATED = re.compile(r"\S.*?: error: ")
_TRACKER = "the project's issue tracker"


class Failure(click.ClickException):
    """A sentence for the user, and the exit code that goes with it."""

    def __init__(self, message: str, code: int = FAILS) -> None:
        super().__init__(message)
        self.code = code


@contextlib.contextmanager
def writing(what: str, hint: str = "") -> Iterator[None]:
    """Say in a sentence what cannot be written when the system refuses.

    Args:
        what: the file, or the folder and the word before it.
        hint: what to do, or what has become of the rest.

    Raises:
        Failure: what stands inside raised an OSError.
    """
    try:
        yield
    except OSError as error:
        from ..diagnostics import ReadOnlyFile, reason

        if isinstance(error, ReadOnlyFile):
            hint = hint or "name another, or make it writable"
        message = f"cannot write {what}: {reason(error)}{f'; {hint}' if hint else ''}"
        raise Failure(message, CANNOT_RUN) from error


class NobodyReads(Exception):
    """The program that our output goes to has ended, as `head` does."""


def report(error: BaseException, *, debug: bool) -> int:
    """Say on standard error what went wrong, and give the exit code.

    Args:
        error: what was raised.
        debug: whether to print the traceback as well.
    """
    if isinstance(error, click.exceptions.Exit):
        return int(error.exit_code)
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    if isinstance(error, NobodyReads):
        return _stop_writing()
    if isinstance(error, KeyboardInterrupt | click.Abort):
        _say("interrupted")  # after the line that click has ended
        return INTERRUPTED
    if debug:
        traceback.print_exception(error)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return CANNOT_RUN
    if isinstance(error, click.UsageError):
        return _usage(error)
    if isinstance(error, Failure):
        _say(error.message)
        return error.code
    if isinstance(error, click.ClickException):
        _say(error.format_message())
        return CANNOT_RUN
    return _known(error) or _unexpected(error, debug=debug)


def _usage(error: click.UsageError) -> int:
    from .usage import in_words

    _say(in_words(error))
    return CANNOT_RUN


def _known(error: BaseException) -> int | None:
    """Say an error of ours or of the system in a sentence; None if it is neither."""
    from ..diagnostics import CheckFailed
    from ..stores.integrity import words_of_damage

    if isinstance(error, CheckFailed):
        from .faults import print_faults

        return print_faults(error.faults)
    if damage := words_of_damage(error):
        _say(damage)
        return CANNOT_RUN
    if isinstance(error, OSError):
        if not error.filename:
            _stop_writing()  # what is left of the output would fail once more at exit
        _say(_system_error(error))
        return CANNOT_RUN
    home = type(error).__module__
    if home.startswith("daraa_kg.") and isinstance(error, LookupError):
        _say(str(error.args[0]) if error.args else str(error))
        return FAILS
    if home.startswith("daraa_kg.") and isinstance(error, ValueError | ImportError):
        _say(str(error))
        return CANNOT_RUN
    return None


def _system_error(error: OSError) -> str:
    from ..diagnostics import reason

    if not error.filename:
        return reason(error)
    return f"{display(Path(os.fsdecode(error.filename)))}: {reason(error)}"


def display(path: Path) -> str:
    """Name a file from where we are, if it lies below."""
    from ..graph.inputs import display as name

    return name(path)


def _unexpected(error: BaseException, *, debug: bool) -> int:
    text = " ".join(str(error).split())
    what = f"{type(error).__name__}: {text}" if text else type(error).__name__
    _say(f"this is a fault of daraa-kg, not yours ({what})")
    hint = "" if debug else "run it again with --debug and "
    echo(f"{hint}send what it prints to {_TRACKER}, please".capitalize(), stderr=True)
    return CANNOT_RUN


def _stop_writing() -> int:
    """Keep Python from flushing once more at exit what nobody can take, and complaining."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return NOBODY_READS


def _say(message: str) -> None:
    located = _LOCATED.match(message)
    head = "" if located else f"{click.style('error:', fg='red', bold=True)} "
    echo(f"{head}{message}", stderr=True)
