"""Where output goes, how wide it is, and how it looks."""

from __future__ import annotations

import codecs
import os
import re
import sys
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from ..exports.record import FileRecord

# A file or a pipe has no width of its own; this is what a page shows without scrolling.
PAGE = 100
NARROWEST = 40
_PLAIN = "daraa-kg in plain letters"  # as Python knows the way to write what an output lacks
_SIGNS = {
    **dict.fromkeys("–—−‐‑─·", "-"),
    **dict.fromkeys("“”„″", '"'),
    **dict.fromkeys("‘’‚′ʼʿʾ", "'"),
    **dict.fromkeys("┃│├", "|"),
    "└": "`",
    "»": ">>",
    "«": "<<",
    "…": "...",
    "→": "->",
    "×": "x",
}
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


def is_standard_output(path: Path) -> bool:
    """Say whether a path means standard output: a dash, or the very file that it goes to.

    That file is not to be replaced: what goes on to be printed would be lost with the old one.
    """
    if str(path) == "-":
        return True
    try:
        return os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError):  # it is not there, or our output is no file
        return False


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


def echo(text: str, *, stderr: bool = False, end: bool = True) -> None:
    """Print a text as it is, without its colours where nobody sees them.

    Click finds the stream itself if it is not told it, and then writes UTF-8 into one of ASCII.
    """
    import click

    click.echo(text, file=sys.stderr if stderr else sys.stdout, nl=end)


def print_json(data: object, *, stderr: bool = False) -> None:
    """Print what a program is to read."""
    import json

    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    if stderr:
        sys.stderr.write(text)
    else:
        write_bytes(text.encode())


def print_record(record: FileRecord, said_as: str, *, stderr: bool = False) -> None:
    """Print what was written: as json, or in a line of text."""
    if said_as == "json":
        print_json(record.to_dict(), stderr=stderr)
    else:
        print(record, file=sys.stderr if stderr else sys.stdout)


def _in_plain_letters(error: UnicodeError) -> tuple[str, int]:
    """Give what is written for signs that an output lacks: the typewriter's, and bare letters."""
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101 - we write and do not read with it
    lacking = error.object[error.start : error.end]
    return "".join(map(_plain, lacking)), error.end


def _plain(character: str) -> str:
    if character in _SIGNS:
        return _SIGNS[character]
    return unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode() or "?"


def prepare_streams() -> None:
    """Keep a terminal that lacks a letter, or a closed output, from ending the program."""
    codecs.register_error(_PLAIN, _in_plain_letters)
    if sys.stdout is None or sys.stderr is None:
        nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=_PLAIN)


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
