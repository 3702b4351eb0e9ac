"""Tables as the program draws them: a heading, a thin line, and columns that wrap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.table import Table

from ..text.grid import share

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rich.console import JustifyMethod

# Said to be ASCII, so that rich puts no other in its place; what an output lacks, console mends.
_LINES = box.Box("    \n    \n ── \n    \n ── \n ── \n    \n    \n", ascii=True)

_BETWEEN = 3  # columns of a page from one column of a table to the next


def table(*columns: str | tuple[str, JustifyMethod]) -> Table:
    """Give an empty table; a column is a heading, or a heading and how it is set."""
    drawn = Table(
        box=_LINES, show_edge=False, pad_edge=False, header_style="heading", border_style="aside"
    )
    for column in columns:
        heading, justify = (column, "left") if isinstance(column, str) else column
        drawn.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]
    return drawn


def keeps_words(drawn: Table, width: int) -> bool:
    """Share a page's columns out so that no word is broken; say whether it has enough for that."""
    widths, most, weight = [], [], []
    for column in drawn.columns:
        texts = [str(text) for text in (column.header, *column.cells)]
        widths.append(max(cell_len(word) for text in texts for word in text.split()))
        most.append(max(map(cell_len, texts)))
        weight.append(sum(map(cell_len, texts)))
    spare = width - sum(widths) - _BETWEEN * (len(widths) - 1)
    if spare < 0:
        return False
    share(spare, widths, most, weight)
    for column, columns in zip(drawn.columns, widths, strict=True):
        column.width = columns
    return True


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
