"""Rows as CSV in which no text runs as a formula when a spreadsheet opens them."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["FORMULA_SIGNS", "to_csv", "unguarded"]

# What spreadsheets take for the start of a formula (OWASP, "CSV Injection").
FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
# An apostrophe makes it a text. Those that stand there already get one more, so that it can be
# undone.
_FORMULA = rf"'*[{re.escape(''.join(FORMULA_SIGNS))}]"
_RISKY = re.compile(_FORMULA)
_GUARDED = re.compile("'" + _FORMULA)


def to_csv(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> bytes:
    """Write rows as CSV (RFC 4180) in UTF-8, a heading first.

    Texts that a spreadsheet would run as a formula have an apostrophe before them; all else stands
    as it is. `unguarded` undoes it.

    Args:
        rows: each with all the columns.
        columns: their names, in order.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_guarded(row[name]) for name in columns] for row in rows)
    return file.getvalue().encode()


def _guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _RISKY.match(value) else value


def unguarded(text: str) -> str:
    """Give a text of such a CSV file as it was.

    >>> unguarded("'=1+1")
    '=1+1'
    """
    return text[1:] if _GUARDED.match(text) else text
