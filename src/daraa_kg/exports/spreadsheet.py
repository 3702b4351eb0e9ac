"""Tables as files: CSV, Parquet and XLSX, in which no text of the article runs as a formula."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from ..extras import needed_for
from .eventtables import TABLES, EmptyTable, dtype_of, frame, records, sources, type_of
from .guardedcsv import to_csv, unguarded

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from ..graph.built import Graph

__all__ = ["csv", "parquet", "read_csv", "xlsx"]


def csv(graph: Graph, table: str = "events") -> bytes:
    """Write a table as CSV (RFC 4180) in UTF-8.

    Texts that a spreadsheet would run as a formula have an apostrophe before them; numbers, days
    (ISO 8601) and yes-or-no stand as they are. `read_csv` undoes it.

    Args:
        graph: the graph.
        table: ``events``, ``figures``, ``participations`` or ``places``.

    Raises:
        UnknownTable: there is no such table.
        EmptyTable: the graph has nothing of the kind.
    """
    rows = records(graph, table)
    if not rows:
        raise EmptyTable(table)
    return to_csv(rows, list(rows[0]))


def read_csv(file: str | Path | io.TextIOBase) -> pd.DataFrame:
    """Read a table that `csv` has written, its columns typed and its texts as they were.

    Args:
        file: the path, or an open file.

    Raises:
        OSError: it cannot be read.
        NotInstalled: pandas is not installed.
    """
    with needed_for("a table"):
        import pandas as pd
    data = pd.read_csv(
        file, dtype="string", keep_default_na=False, na_values=[""], encoding="utf-8"
    )
    columns = {}
    for column in data.columns:
        values = data[column]
        if type_of(column) == "text":
            values = values.map(unguarded, na_action="ignore")
        elif type_of(column) == "boolean":
            values = values.map({"True": True, "False": False})
        columns[column] = values.astype(dtype_of(column))  # type: ignore[call-overload]
    return pd.DataFrame(columns)


def parquet(graph: Graph, table: str = "events") -> bytes:
    """Write a table as Apache Parquet.

    Args:
        graph: the graph.
        table: ``events``, ``figures``, ``participations`` or ``places``.

    Raises:
        UnknownTable: there is no such table.
        EmptyTable: the graph has nothing of the kind.
        NotInstalled: pandas or pyarrow is not installed.
    """
    data = _filled(graph, table)
    with needed_for("the export parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq
    target = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(data, preserve_index=False), target)
    return target.getvalue()


def _filled(graph: Graph, table: str) -> pd.DataFrame:
    data = frame(graph, table)
    if data.empty:
        raise EmptyTable(table)
    return data


def xlsx(graph: Graph) -> bytes:
    """Write all tables as a workbook of Excel, a sheet for each, and one for sources and licences.

    Raises:
        EmptyTable: the graph has no event.
        NotInstalled: pandas or openpyxl is not installed.
    """
    from .workbook import write_workbook

    tables = {table: frame(graph, table) for table in TABLES}
    first, data = next(iter(tables.items()))
    if data.empty:
        raise EmptyTable(first)
    with needed_for("the export xlsx"):
        import pandas as pd
    licences = pd.DataFrame(sources(graph), dtype="string")
    return write_workbook({**tables, "sources": licences})
