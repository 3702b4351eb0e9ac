"""Where output goes, how wide it is, and how it looks."""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

# A file or a pipe has no width of its own; this is what a page shows without scrolling.
PAGE = 100
NARROWEST = 40
_FILL = re.compile(r"[ ]+((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)


@cache
def _console(stderr: bool, width: int | None) -> Console:
    from rich.console import Console
    from rich.theme import Theme

    class OurConsole(Console):
        """A console that leaves it to the program to end when nobody reads on."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    theme = Theme(
        {
            "heading": "bold",
            "kind": "cyan",
            "property": "cyan",
            "id": "dim",
            "aside": "dim",
            "quote": "none",
            "marked": "bold",
            "bar": "yellow",
            "good": "green",
            "bad": "bold red",
            "warning": "yellow",
            "number": "bold",
        },
        inherit=False,
    )
    return OurConsole(
        theme=theme, stderr=stderr, width=width, highlight=False, emoji=False, markup=False
    )


def console(*, stderr: bool = False) -> Console:
    """Give the console for standard output or error, with colours where a terminal wants them."""
    stream = sys.stderr if stderr else sys.stdout
    given = os.environ.get("COLUMNS", "")
    width = int(given) if given.isdigit() and int(given) else None
    if width is None and not stream.isatty():
        width = PAGE
    return _console(stderr, max(width, NARROWEST) if width else None)


def is_terminal() -> bool:
    """Say whether somebody looks at standard output."""
    return sys.stdout.isatty()


def say(text: Text | str = "", *, stderr: bool = False) -> None:
    """Print a line; a long one is left to the terminal to break, so that links can be copied."""
    console(stderr=stderr).print(text, soft_wrap=True)


def show(drawn: RenderableType) -> None:
    """Print a table or another drawing, without the spaces that fill its lines up."""
    out = console()
    with out.capture() as capture:
        out.print(drawn)
    out.file.write(_FILL.sub(r"\1", capture.get()))


def write_bytes(data: bytes) -> None:
    """Write to standard output what is not for people: the bytes as they are, all of them."""
    sys.stdout.flush()
    left = memoryview(data)
    while left:
        # An unbuffered stream takes what fits into the pipe and says how much that was.
        left = left[sys.stdout.buffer.write(left) :]
    sys.stdout.buffer.flush()


def print_json(data: object, *, stderr: bool = False) -> None:
    """Print what a program is to read."""
    import json

    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    if stderr:
        sys.stderr.write(text)
    else:
        write_bytes(text.encode())


def prepare_streams() -> None:
    """Keep a terminal that lacks a letter, or a closed output, from ending the program."""
    if sys.stdout is None or sys.stderr is None:
        nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def narrower(out: Console, columns: int) -> Console:
    """Give a console like another, but so many columns narrower, for what stands further in."""
    from rich.console import Console

    return Console(
        width=max(out.width - columns, NARROWEST // 2),
        force_terminal=out.is_terminal,
        no_color=out.no_color,
        file=out.file,
        highlight=False,
        emoji=False,
        markup=False,
    )
