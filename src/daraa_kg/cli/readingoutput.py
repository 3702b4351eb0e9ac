"""The formats of what a command has read, and its output for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .options import format_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..readings.files import Row

FORMAT = format_option(
    *("table", "json", "csv"),
    words="How it is written; json and csv have every sentence with its link.",
    listed=True,
)


def print_data(format_name: str, read: object, rows: Callable[[], list[Row]]) -> bool:
    """Print what was read for programs, if they are to read it; say whether that was done.

    Args:
        format_name: as `FORMAT` has it.
        read: what is printed as JSON.
        rows: gives what is printed as CSV; one row at least.
    """
    from ..exports.guardedcsv import to_csv
    from ..readings.files import to_json
    from .console import write_bytes

    if format_name == "json":
        write_bytes(to_json(read))
    elif format_name == "csv":
        found = rows()
        write_bytes(to_csv(found, list(found[0])))
    return format_name != "table"
