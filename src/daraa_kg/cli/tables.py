"""Tables as the program draws them: a heading, a thin line, and columns that wrap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

if TYPE_CHECKING:
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
