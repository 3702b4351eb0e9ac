"""The answer to a query as a table of a page, whoever asked it: rows, numbers, and links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..queries.tables import cell, columns

if TYPE_CHECKING:
    from ..queries.results import Result, Term
    from .site import Site

__all__ = ["Cell", "table_values"]

_SHOWN = 1_000  # rows on a page; all of them are in the data


@dataclass(frozen=True)
class Cell:
    """A cell of a table: what it says, and what that leads to."""

    text: str
    address: str | None
    number: bool


def table_values(site: Site, result: Result) -> dict[str, Any]:
    """Give what ``table.html`` shows: the titles, the first rows, and how many more there are.

    Args:
        site: knows what an IRI leads to.
        result: the answer.
    """
    shown = columns(result)
    rows = [
        [
            Cell(cell(result, column, row), _link(site, row[column.index]), column.number)
            for column in shown
        ]
        for row in result.rows[:_SHOWN]
    ]
    return {
        "titles": [(column.title, column.number) for column in shown],
        "rows": rows,
        "count": len(result.rows),
        "more": len(result.rows) - len(rows),
    }


def _link(site: Site, term: Term | None) -> str | None:
    """Give the address of a thing, or of a literal that is one."""
    if isinstance(term, ox.NamedNode | ox.Literal):
        return site.href(term.value)
    return None
