"""Draw a timeline: a day, and under it what happened, where, between whom, and with what toll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text as Line

from ..text.datewords import place_in_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from ..queries.results import Result, Row

_INDENT = 2
_LEAST = 24


def draw_timeline(result: Result, out: Console) -> Iterator[Line]:
    """Give the lines of the answer to the question `timeline`."""
    rows = list(result)
    width = max(cell_len(result.text(row["kind"])) for row in rows)
    previous = None
    for row in rows:
        date = place_in_time(result.text(row["date"]))
        if date != previous:
            if previous is not None:
                yield Line()
            yield Line(date, style="heading")
        previous = date
        kind = result.text(row["kind"])
        head = Line(" " * _INDENT).append(kind.ljust(width) + " " * _INDENT, style="kind")
        yield from _beside(head, _entry(result, row), out)


def _entry(result: Result, row: Row) -> list[Line]:
    """Say what happened, and in a line of its own where, between whom, and with what toll."""
    label = Line(result.text(row["eventLabel"]) or result.text(row["event"]))
    parts = [
        Line(result.text(row[name]), style=style)
        for name, style in (("casualties", "warning"), ("places", "aside"), ("sides", "aside"))
        if row[name] is not None and result.text(row[name])
    ]
    return [label, Line.assemble((" · ", "aside")).join(parts)] if parts else [label]


def _beside(head: Line, entry: list[Line], out: Console) -> Iterator[Line]:
    left = head.cell_len
    lines = [part for line in entry for part in line.wrap(out, max(out.width - left, _LEAST))]
    for number, line in enumerate(lines):
        start = Line(" " * left) if number else head
        yield Line.assemble(start, line)
