"""CSV and Parquet: read back by other programs, and formulas that do not run."""

from __future__ import annotations

import csv as stdlib_csv
import io
import sys
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.exports.eventtables import TABLES, EmptyTable, dtype_of, frame, records
from daraa_kg.exports.guardedcsv import to_csv
from daraa_kg.exports.spreadsheet import csv, parquet, read_csv
from daraa_kg.extras import NotInstalled
from daraa_kg.graph.formats import serialize

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from daraa_kg.exports.eventtables import Record
    from daraa_kg.graph.built import Graph

FORMULAS = "=+-@\t\r\n＝＋－＠"
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
RISKY = st.builds("{}{}{}".format, st.text("'", max_size=2), st.sampled_from(FORMULAS), ANY_TEXT)


def lines(data: bytes) -> list[dict[str, str]]:
    """Read CSV with Python's own module."""
    return list(stdlib_csv.DictReader(io.StringIO(data.decode(), newline="")))


# --- CSV -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_csv_is_read_back(graph: Graph, table: str, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_bytes(csv(graph, table))
    pd.testing.assert_frame_equal(read_csv(file), frame(graph, table))


@pytest.mark.parametrize("table", TABLES)
def test_csv_holds_what_the_graph_says(graph: Graph, table: str) -> None:
    expected = [
        {column: "" if value is None else str(value) for column, value in record.items()}
        for record in records(graph, table)
    ]
    found = lines(csv(graph, table))
    numbers = {"latitude", "longitude", "accuracy", "west", "south", "east", "north"}
    for line in (*found, *expected):
        for column in line.keys() & numbers:  # 4000 and 4000.0 are one number
            line[column] = line[column] and str(float(line[column]))
    assert found == expected


def test_pandas_reads_numbers_as_numbers(graph: Graph) -> None:
    """Plain `pandas.read_csv`, as an analyst calls it."""
    figures = pd.read_csv(io.BytesIO(csv(graph, "figures")), parse_dates=["earliest", "latest"])
    assert len(figures) == 22
    assert figures["count"].dtype == np.float64
    dead = figures[(figures.outcome == "killed") & figures.during_main]
    assert dead["count"].sum() == 27
    assert dead.earliest.max() == pd.Timestamp(2021, 8, 29)
    civilians = pd.read_csv(io.BytesIO(csv(graph, "events")))
    assert civilians.latitude.dropna().between(32.5, 36.4).all()


def test_csv_has_the_lines_of_rfc_4180_and_no_mark_at_its_head(graph: Graph) -> None:
    data = csv(graph)
    assert data.startswith(b"event,event_label,kind,when,earliest,latest,")
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == data.count(b"\n") == 71
    assert "al-Ruba’i checkpoint" in data.decode()


def table_of(texts: list[str], numbers: list[int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "quote": pd.Series(texts, dtype="string"),
            "count": pd.Series(numbers, dtype="Int64"),
            "latitude": pd.Series([-1.5] * len(texts), dtype="float64"),
        }
    )


def read_back(written: bytes) -> pd.DataFrame:
    return read_csv(io.StringIO(written.decode(), newline=""))


def rows_of(data: pd.DataFrame) -> list[Record]:
    return [{str(name): value for name, value in row.items()} for row in data.to_dict("records")]


@given(st.lists(st.one_of(ANY_TEXT, RISKY), min_size=1))
def test_no_text_runs_as_a_formula_and_every_text_comes_back(texts: list[str]) -> None:
    data = table_of(texts, [-7] * len(texts))
    written = to_csv(rows_of(data), list(map(str, data)))
    for line, text in zip(lines(written), texts, strict=True):
        assert not line["quote"].startswith(tuple(FORMULAS))
        assert line["quote"] in (text, "'" + text)
        assert (line["count"], line["latitude"]) == ("-7", "-1.5")  # numbers stay numbers
    pd.testing.assert_frame_equal(read_back(written), data)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+963 15", "'+963 15"),
        ("-5 to 7", "'-5 to 7"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("＝1+1", "'＝1+1"),
        ("'=1+1", "''=1+1"),  # so that it is told from the first
        ("'quoted'", "'quoted'"),
        ("a=b", "a=b"),
        ("NA", "NA"),
        (" =1+1", " =1+1"),
    ],
)
def test_formula_cells(text: str, cell: str) -> None:
    data = table_of([text], [1])
    written = to_csv(rows_of(data), list(map(str, data)))
    assert lines(written)[0]["quote"] == cell
    assert read_back(written).quote.tolist() == [text]


def test_a_formula_in_the_article(make: Callable[[str], Graph]) -> None:
    made = make(
        """
        <event/x> a dkg:Event ; dkg:kind dkg:Clash ; rdfs:label "=HYPERLINK(\\"http://x\\";\\"y\\")" .
        """
    )
    assert lines(csv(made))[0]["event_label"] == '\'=HYPERLINK("http://x";"y")'


# --- Parquet -------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_parquet_is_read_back(graph: Graph, table: str) -> None:
    data = frame(graph, table)
    file = io.BytesIO(parquet(graph, table))
    pd.testing.assert_frame_equal(pd.read_parquet(file), data)
    schema = pq.read_schema(io.BytesIO(parquet(graph, table)))
    kinds = {"string": "string", "Int64": "int64", "float64": "double", "boolean": "bool"}
    for field in schema:
        found = str(field.type).replace("large_", "")
        assert found == kinds.get(dtype_of(field.name), "timestamp[ms]")


def test_parquet_is_read_by_pyarrow(graph: Graph) -> None:
    table = pq.read_table(io.BytesIO(parquet(graph, "figures")))
    assert table.num_rows == 22
    rows = table.to_pylist()
    besieged = next(row for row in rows if row["outcome"] == "besieged")
    assert (besieged["count"], besieged["unit"]) == (11_000, "families")
    assert besieged["wording"] == "11,000 Syrian families"
    assert besieged["civilian"] is None


# --- both ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["csv", "parquet"])
@pytest.mark.parametrize("table", TABLES)
def test_the_bytes_are_always_the_same(graph: Graph, name: str, table: str) -> None:
    assert serialize(graph, name, table=table) == serialize(graph, name, table=table)
    assert serialize(graph, name) == serialize(graph, name, table="events")


@pytest.mark.parametrize("write", [csv, parquet])
@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("events", "the graph has no event, so there is no table to write"),
        ("figures", "the graph has no casualty figure, so there is no table to write"),
        ("participations", "the graph has no participation, so there is no table to write"),
        ("places", "the graph has no place, so there is no table to write"),
    ],
)
def test_an_empty_table_is_not_written(
    make: Callable[[str], Graph], write: Callable[[Graph, str], bytes], table: str, message: str
) -> None:
    with pytest.raises(EmptyTable) as caught:
        write(make(""), table)
    assert (str(caught.value), caught.value.name) == (message, table)


def test_without_pyarrow(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(NotInstalled) as caught:
        serialize(graph, "parquet")
    assert str(caught.value) == (
        "the export parquet needs pyarrow, which is not installed; pip install 'daraa-kg[analysis]'"
    )
