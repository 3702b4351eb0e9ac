"""The workbook: read by openpyxl and by calamine, which shares nothing with it."""

from __future__ import annotations

import io
import re
import sys
import time
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from daraa_kg.exports.eventtables import TABLES, EmptyTable, frame
from daraa_kg.exports.spreadsheet import xlsx
from daraa_kg.exports.workbook import write_workbook
from daraa_kg.extras import NotInstalled
from daraa_kg.graph.formats import serialize

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook import Workbook

    from daraa_kg.graph.built import Graph

# Letters that XML can hold, but for the carriage return, which XML readers turn into a line feed.
LETTERS = st.characters(
    exclude_categories=["Cs", "Cc"], include_characters="\t\n", exclude_characters="\ufffe\uffff"
)


@pytest.fixture(scope="module")
def data(graph: Graph) -> bytes:
    return xlsx(graph)


@pytest.fixture(scope="module")
def book(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_a_sheet_a_table(book: Workbook, graph: Graph) -> None:
    assert book.sheetnames == [*TABLES, "sources"]
    for table in TABLES:
        expected = frame(graph, table)
        sheet = book[table]
        assert [cell.value for cell in sheet[1]] == list(expected.columns)
        assert (sheet.max_row, sheet.max_column) == (len(expected) + 1, len(expected.columns))


@pytest.mark.parametrize("table", TABLES)
def test_another_program_reads_every_cell(graph: Graph, data: bytes, table: str) -> None:
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(table).to_python()
    expected = frame(graph, table)
    assert read[0] == list(expected.columns)
    for line, (_, row) in zip(read[1:], expected.iterrows(), strict=True):
        for cell, value in zip(line, row, strict=True):
            if pd.isna(value):
                assert cell == ""
            elif isinstance(value, pd.Timestamp):
                assert cell == value.date()
            else:
                assert cell == value
                assert isinstance(cell, str) == isinstance(value, str)


def test_it_is_easy_to_read(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold for cell in sheet[1])
        for letter, column in sheet.column_dimensions.items():
            assert len(str(sheet[f"{letter}1"].value)) < column.width <= 50
    figures = book["figures"]
    assert figures["F2"].number_format == "yyyy-mm-dd"
    assert figures.column_dimensions["L"].width < 12 < figures.column_dimensions["C"].width


def test_sources_are_credited(book: Workbook) -> None:
    rows = list(book["sources"].iter_rows(values_only=True))
    assert rows[0] == ("label", "url", "licence", "attribution")
    assert (
        "2021 Daraa offensive",
        "https://en.wikipedia.org/wiki/2021_Daraa_offensive",
        "https://creativecommons.org/licenses/by-sa/4.0/",
        'Wikipedia contributors, "2021 Daraa offensive", Wikipedia, CC BY-SA 4.0',
    ) in rows


def test_the_bytes_are_always_the_same(graph: Graph, data: bytes) -> None:
    time.sleep(1.1)  # a clock in it would have moved on; a zip file's has steps of two seconds
    assert serialize(graph, "xlsx") == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml")
    assert not re.search(rb"created|modified|\d\d:\d\d", properties)


def sheet_of(texts: list[str]) -> bytes:
    return write_workbook({"t": pd.DataFrame({"quote": pd.Series(texts, dtype="string")})})


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "＝1"])
def test_a_text_is_no_formula(text: str) -> None:
    written = sheet_of([text, "plain"])
    sheet = openpyxl.load_workbook(io.BytesIO(written))["t"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")
    assert sheet["A2"].quotePrefix  # editing the cell leaves it a text
    assert not sheet["A3"].quotePrefix
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@given(st.lists(st.text(LETTERS, min_size=1), min_size=1, max_size=5))
def test_every_text_comes_back(texts: list[str]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(sheet_of(texts)))["t"]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == texts


def test_letters_that_xml_cannot_hold() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(sheet_of(["a\x00b\x1fc\ufffe"])))["t"]
    assert sheet["A2"].value == "a\ufffdb\ufffdc\ufffd"


def test_a_text_longer_than_a_cell() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(sheet_of(["x" * 40_000])))["t"]
    assert sheet["A2"].value == "x" * 32_766 + "…"


def test_days_before_excel() -> None:
    days = pd.to_datetime(pd.Series(["1899-12-31", "1920-03-08"])).astype("datetime64[ms]")
    sheet = openpyxl.load_workbook(
        io.BytesIO(write_workbook({"t": pd.DataFrame({"earliest": days})}))
    )["t"]
    assert sheet["A2"].value == "1899-12-31"
    assert sheet["A3"].value == pd.Timestamp(1920, 3, 8)


def test_a_graph_without_casualties(make: Callable[[str], Graph]) -> None:
    made = make("<event/x> a dkg:Event ; dkg:kind dkg:Clash .")
    book = openpyxl.load_workbook(io.BytesIO(xlsx(made)))
    assert (book["events"].max_row, book["figures"].max_row) == (2, 1)
    assert book["figures"]["A1"].value == "figure"


def test_an_empty_graph(make: Callable[[str], Graph]) -> None:
    with pytest.raises(
        EmptyTable, match=r"^the graph has no event, so there is no table to write$"
    ):
        xlsx(make(""))


def test_without_openpyxl(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(NotInstalled) as caught:
        xlsx(graph)
    assert str(caught.value) == (
        "the export xlsx needs openpyxl, which is not installed; pip install 'daraa-kg[analysis]'"
    )
