"""Results as Python values and as pandas DataFrames, their columns typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ..namespaces import XSD

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from pyoxigraph import Literal

__all__ = ["dtype", "frame", "value"]

_INTEGERS = frozenset(
    XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger", "int", "long")
)
_REALS = frozenset(XSD + name for name in ("decimal", "double", "float"))


def frame(variables: Sequence[str], records: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Make a DataFrame of records.

    Args:
        variables: the names of the columns, which an empty result has too.
        records: a mapping for each row.

    Raises:
        ModuleNotFoundError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        message = "pandas is not installed; python -m pip install 'daraa-kg[pandas]'"
        raise ModuleNotFoundError(message, name="pandas") from error
    columns = {}
    for name in variables:
        values = [record[name] for record in records]
        columns[name] = pd.Series(values, dtype=dtype(values), name=name)
    return pd.DataFrame(columns, columns=list(variables))


def value(term: Literal) -> object:
    """Give the Python value of a literal; its text where it has none."""
    datatype = term.datatype.value
    try:
        if datatype in _INTEGERS:
            return int(term.value)
        if datatype in _REALS:
            return float(term.value)
        if datatype == XSD + "date":
            return date.fromisoformat(term.value)
    except ValueError:
        return term.value
    if datatype == XSD + "boolean":
        return term.value in ("true", "1")
    return term.value


def dtype(values: list[object]) -> str | None:
    """Name the pandas type of a column; None leaves it to pandas."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int}:
        return "Int64"  # whole numbers that may be missing
    if kinds and kinds <= {int, float}:
        return "float64"
    if kinds == {date}:
        return "datetime64[s]"
    if kinds == {bool}:
        return "boolean"
    return "object" if not kinds else None
