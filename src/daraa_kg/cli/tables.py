"""Tables as the program draws them: a heading, a thin line, and columns that wrap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rich.console import JustifyMethod

_LINES = box.Box("    \n    \n ── \n    \n ── \n ── \n    \n    \n")


def table(*columns: str | tuple[str, JustifyMethod]) -> Table:
    """Give an empty table; a column is a heading, or a heading and how it is set."""
    drawn = Table(
        box=_LINES, show_edge=False, pad_edge=False, header_style="heading", border_style="aside"
    )
    for column in columns:
        heading, justify = (column, "left") if isinstance(column, str) else column
        drawn.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]
    return drawn


def draw_sizes(files: Iterable[tuple[Path, str]]) -> Table:
    """Give a table of files and folders that were written: how large each is, what is in it."""
    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold")
    table.add_column(justify="right", style="number", no_wrap=True)
    table.add_column(style="aside", no_wrap=True)
    for path, what in files:
        inside = (file for file in path.rglob("*") if file.is_file()) if path.is_dir() else (path,)
        size = sum(file.stat().st_size for file in inside)
        table.add_row(str(path), f"{size / 1000:,.0f} kB", what)
    return table
