"""Tables as a workbook of Excel: a sheet for each, texts that stay texts, the same bytes always."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..extras import needed_for
from .eventtables import type_of
from .guardedcsv import FORMULA_SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["write_workbook"]

_NARROWEST, _WIDEST = 8, 50  # widths of columns, in letters
_FIRST_YEAR = 1901  # before it, Excel and the other spreadsheets count days differently, or not
_ZIPPED = (1980, 1, 1, 0, 0, 0)  # a zip file can hold no earlier time
_CLOCK = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
# What XML 1.0 cannot hold (section 2.2, Char), and a workbook therefore neither.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767  # letters that a cell holds


def write_workbook(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Write tables as XLSX (ISO/IEC 29500): the heading stays in view, columns can be filtered.

    A text is never a formula, not even once somebody has edited its cell. Letters that XML cannot
    hold are replaced by U+FFFD, and a text longer than a cell holds is cut off with “…”.

    Args:
        tables: each sheet's name and rows; columns are typed as in `daraa_kg.exports.eventtables`.

    Raises:
        NotInstalled: openpyxl is not installed.
    """
    with needed_for("the export xlsx"):
        from openpyxl import Workbook
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, data in tables.items():
        _write_sheet(book.create_sheet(name), data)
    target = io.BytesIO()
    book.save(target)
    return _without_clock(target)


def _write_sheet(sheet: Worksheet, data: pd.DataFrame) -> None:
    from openpyxl.cell import Cell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    bold = Font(bold=True)
    widths = [len(column) + 3 for column in data.columns]  # room for the button of the filter
    headings = [Cell(sheet, 1, number, column) for number, column in enumerate(data.columns, 1)]
    for heading in headings:
        heading.font = bold
    sheet.append(headings)
    kinds = [type_of(column) for column in data.columns]
    columns = [_values(data[name], kind) for name, kind in zip(data.columns, kinds, strict=True)]
    for line, row in enumerate(zip(*columns, strict=True), start=2):
        cells: list[Cell | None] = [None] * len(row)
        for index, value in enumerate(row):
            if value is not None:
                cell = cells[index] = Cell(sheet, line, index + 1)
                widths[index] = max(widths[index], _fill(cell, kinds[index], value))
        sheet.append(cells)
    for number, width in enumerate(widths, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = min(max(width, _NARROWEST), _WIDEST)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _values(column: pd.Series[Any], kind: str) -> list[Any]:
    """Give the cells of a column; None where it says nothing."""
    empty = column.isna().tolist()
    if kind == "date":
        column = column.dt.strftime("%Y-%m-%d")
    return [None if gone else value for gone, value in zip(empty, column.tolist(), strict=True)]


def _fill(cell: Cell, kind: str, value: Any) -> int:  # noqa: ANN401 - what pandas holds
    """Fill a cell and give the width it needs, in letters."""
    if kind == "date" and int(value.partition("-")[0]) >= _FIRST_YEAR:
        cell.value = datetime.fromisoformat(value)
        cell.number_format = "yyyy-mm-dd"
    elif kind in ("date", "text"):
        text = _FORBIDDEN.sub("\ufffd", value)
        if len(text) > _LONGEST:
            text = text[: _LONGEST - 1] + "…"
        cell.value = text
        cell.data_type = "s"  # openpyxl takes what begins with “=” for a formula …
        # … and Excel does once the cell is edited.
        cell.quotePrefix = text.startswith(FORMULA_SIGNS)
        return max(map(len, text.splitlines()), default=0) + 1
    else:
        cell.value = value
    return len(str(value)) + 1


def _without_clock(workbook: io.BytesIO) -> bytes:
    """Take out of a workbook the time at which it was written."""
    target = io.BytesIO()
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _CLOCK.sub(b"", data)
            entry = zipfile.ZipInfo(name, _ZIPPED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system
            copy.writestr(entry, data)
    return target.getvalue()
