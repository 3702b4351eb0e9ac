"""The graph as tables: one row for each event, casualty figure, participation or place.

Each table is a question of the catalogue (`queries/events.rq` and so on); here its answer becomes
records with plain Python values, or a pandas DataFrame whose columns are typed also where they are
empty. Files of them: `spreadsheet` (CSV, Parquet, XLSX) and `geojson`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..extras import needed_for
from ..queries.results import SEPARATOR
from ..text.nearest import suggestion

if TYPE_CHECKING:
    import pandas as pd

    from ..graph.built import Graph
    from ..queries.results import Result, Term

__all__ = [
    "TABLES",
    "EmptyTable",
    "Record",
    "UnknownTable",
    "dtype_of",
    "frame",
    "records",
    "sources",
]

# Each table, which is the name of its question too, and what one row of it is.
TABLES = {
    "events": "event",
    "figures": "casualty figure",
    "participations": "participation",
    "places": "place",
}

Record = dict[str, Any]

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_IDS = frozenset({"part_of", "place_ids", "included_in", "same_as"})
_TYPES = {
    **dict.fromkeys(("earliest", "latest"), "date"),
    **dict.fromkeys(("main", "during_main", "lower_bound", "civilian"), "boolean"),
    **dict.fromkeys(("killed", "wounded", "captured", "missing", "passages"), "integer"),
    **dict.fromkeys(("count", "at_least", "at_most"), "integer"),
    **dict.fromkeys(("latitude", "longitude", "accuracy"), "number"),
    **dict.fromkeys(("west", "south", "east", "north"), "number"),
}
_DTYPES = {
    "date": "datetime64[ms]",  # Parquet has it too, and it reaches the years that [ns] does not
    "boolean": "boolean",
    "integer": "Int64",
    "number": "float64",
    "text": "string",
}


class UnknownTable(ValueError):
    """A table that there is not; `name` is what was asked for."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"“{name}” is no table; {suggestion(name, TABLES)}")


class EmptyTable(LookupError):
    """A table without a row, which is not worth a file; `name` is the table."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"the graph has no {TABLES[name]}, so there is no table to write")


def column_name(variable: str) -> str:
    """Give the column for a variable of the question: ``event_label`` for ``eventLabel``."""
    return _HUMP.sub("_", variable).lower()


def type_of(column: str) -> str:
    """Give the type of a column: ``text``, ``date``, ``integer``, ``number`` or ``boolean``."""
    return _TYPES.get(column, "text")


def dtype_of(column: str) -> str:
    """Give the pandas type of a column, which an empty one has too."""
    return _DTYPES[type_of(column)]


def ask(graph: Graph, table: str) -> Result:
    """Put the question of a table to a graph.

    Raises:
        UnknownTable: there is no such table.
    """
    if table not in TABLES:
        raise UnknownTable(table)
    return graph.query(table)


def records(graph: Graph, table: str = "events") -> list[Record]:
    """Give a table as Python values: texts, whole and other numbers, dates, True and False.

    What the graph does not say is None. Things have their short ids, and their labels in the next
    column; kinds, roles and other terms have the vocabulary's labels; a column that lists several
    has them in alphabetical order with semicolons between them.

    Args:
        graph: the graph.
        table: ``events``, ``figures``, ``participations`` or ``places``.

    Raises:
        UnknownTable: there is no such table.
    """
    return _records(ask(graph, table), table)


def _records(result: Result, table: str) -> list[Record]:
    ids = {column_name(name) for name in result.variables if f"{name}Label" in result.variables}
    ids.add(table.removesuffix("s"))
    columns = [column_name(name) for name in result.variables]
    return [
        {
            column: None if term is None else _value(result, column, term, ids)
            for column, term in zip(columns, row, strict=True)
        }
        for row in result.rows
    ]


def _value(result: Result, column: str, term: Term, ids: set[str]) -> object:
    """Give the Python value of a term; a number or date that Python cannot hold stays a text."""
    if not isinstance(term, ox.Literal):
        return result.text(term, labels=column not in ids)
    if column in _IDS:
        return SEPARATOR.join(map(result.names.id, term.value.split(SEPARATOR)))
    match type_of(column):
        case "integer":
            return int(term.value)
        case "number":
            return float(term.value)
        case "boolean":
            return term.value in ("true", "1")
        case "date":
            try:
                return date.fromisoformat(term.value)
            except ValueError:
                return term.value  # before the year 1 or after 9999
    return term.value


def frame(graph: Graph, table: str = "events") -> pd.DataFrame:
    """Give a table as a pandas DataFrame: days, whole numbers and yes-or-no typed, NA where unsaid.

    Args:
        graph: the graph.
        table: ``events``, ``figures``, ``participations`` or ``places``.

    Raises:
        UnknownTable: there is no such table.
        NotInstalled: pandas is not installed.
    """
    result = ask(graph, table)
    with needed_for("a table"):
        import numpy as np
        import pandas as pd
    rows = _records(result, table)
    columns: dict[str, Any] = {}
    for column in map(column_name, result.variables):
        values = [row[column] for row in rows]
        if type_of(column) == "date":
            days = ["NaT" if day is None else str(day) for day in values]
            columns[column] = np.array(days, dtype="datetime64[ms]")
        else:
            columns[column] = pd.Series(values, dtype=dtype_of(column))
    return pd.DataFrame(columns)


def sources(graph: Graph) -> list[Record]:
    """Give the label, address, licence and attribution of what a graph is made of."""
    wanted = ("sourceLabel", "url", "licence", "attribution")
    return [
        {name.removeprefix("source").lower(): row[name] for name in wanted}
        for row in graph.query("sources").records(labels=False)
    ]
