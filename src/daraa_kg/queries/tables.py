"""Results as people read them: on a terminal, in Markdown, in a notebook."""

from __future__ import annotations

import html as _html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..namespaces import XSD
from ..text.grid import Cell, grid, printable, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .results import Result, Term

__all__ = ["Column", "Line", "cell", "columns", "html", "lines", "markdown"]

_NUMBERS = frozenset(
    XSD + name for name in ("integer", "decimal", "double", "float", "nonNegativeInteger")
)
_GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is shown: a thing and its label are one.

    Attributes:
        title: the heading.
        index: which column of the rows it is.
        label: which column holds the label; None when there is none.
        number: whether all of it are numbers.
    """

    title: str
    index: int
    label: int | None
    number: bool


def columns(result: Result) -> list[Column]:
    """Give the columns as they are shown."""
    names = result.variables
    shown = []
    for index, name in enumerate(names):
        if name.endswith("Label") and name.removesuffix("Label") in names:
            continue
        label = names.index(f"{name}Label") if f"{name}Label" in names else None
        terms = [row[index] for row in result.rows if row[index] is not None]
        number = bool(terms) and all(
            isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS for term in terms
        )
        shown.append(Column(_title(name), index, label, number))
    return shown


def _title(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda m: " " + m[1].lower(), name).replace("_", " ")


def cell(result: Result, column: Column, row: tuple[Term | None, ...]) -> str:
    """Give what is shown in a column of a row: the label of a thing, else the value in words."""
    label = row[column.label] if column.label is not None else None
    return result.text(label if label is not None else row[column.index])


def _id(result: Result, column: Column, row: tuple[Term | None, ...]) -> str:
    """Give the id to show with a label; empty when the cell shows it already."""
    term = row[column.index]
    if column.label is None or not isinstance(term, ox.NamedNode):
        return ""
    text = result.text(term, labels=False)
    return "" if text == cell(result, column, row) else text


# --- a terminal ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line for the terminal.

    Attributes:
        text: what it says.
        style: ``heading`` or nothing.
    """

    text: str
    style: str = ""


def lines(result: Result, width: int, *, ids: bool = False, whole: bool = True) -> Iterator[Line]:
    """Write a result for a terminal: yes or no, why there are no rows, a table, or blocks.

    Args:
        result: the result.
        width: in columns of the terminal.
        ids: whether ids stand under labels; where each row is a block, they always do.
        whole: whether an address in a block stays whole, though it runs over the edge.
    """
    if result.form == "ASK":
        yield Line("yes" if result else "no")
        return
    if not result.rows:
        yield from (Line(text) for text in wrap(result.why_empty(), width))
        return
    shown = columns(result)
    cells = [[_lines_of(result, column, row, ids=ids) for column in shown] for row in result.rows]
    drawn = grid([c.title for c in shown], [c.number for c in shown], cells, width)
    if drawn is None:
        yield from _blocks(result, shown, width, whole=whole)
        return
    head, body = drawn
    yield from (Line(text, "heading") for text in head)
    yield from (Line(text) for text in body)


def _lines_of(result: Result, column: Column, row: tuple[Term | None, ...], *, ids: bool) -> Cell:
    name = _id(result, column, row) if ids else ""
    text = printable(cell(result, column, row))
    return f"{text}\n{printable(name)}" if name else text


def _blocks(result: Result, shown: list[Column], width: int, *, whole: bool) -> Iterator[Line]:
    """Write a row as a block of lines, each named by its column; empty cells are left out."""
    indent = max(len(column.title) for column in shown) + _GAP
    for number, row in enumerate(result.rows):
        if number:
            yield Line("")
        for column in shown:
            text = _lines_of(result, column, row, ids=True)
            title = column.title
            for line in wrap(text, max(width - indent, 1), whole=whole) if text else ():
                yield Line(f"{title:{indent}}{line}".rstrip())
                title = ""


# --- Markdown and notebooks ----------------------------------------------------------------------


def markdown(result: Result) -> str:
    """Write the rows as a table of GitHub-flavoured Markdown, section 4.10."""
    if result.form == "ASK":
        return "yes\n" if result else "no\n"
    shown = columns(result)
    lines = [
        "| " + " | ".join(_marked(column.title) for column in shown) + " |",
        "| " + " | ".join("---:" if column.number else "---" for column in shown) + " |",
    ]
    lines.extend(
        "| " + " | ".join(_marked(cell(result, column, row)) for column in shown) + " |"
        for row in result.rows
    )
    return "\n".join(lines) + "\n"


def _marked(text: str) -> str:
    """Keep text from being read as Markdown or HTML inside a table."""
    escaped = re.sub(r"([\\`*_\[\]<>|])", r"\\\1", text)
    return " ".join(escaped.replace("~", r"\~").replace("&", "&amp;").split())


def html(result: Result) -> str:
    """Write the rows as an HTML table; a thing's id is its cell's title."""
    if result.form == "ASK":
        return f"<p>{'yes' if result else 'no'}</p>"
    if not result.rows:
        return f"<p>{_html.escape(result.why_empty())}</p>"
    shown = columns(result)
    head = "".join(f"<th>{_html.escape(column.title)}</th>" for column in shown)
    body = "".join(
        f"<tr>{''.join(_td(result, column, row) for column in shown)}</tr>" for row in result.rows
    )
    caption = (
        f"<caption>{_html.escape(result.query.summary)}</caption>" if result.query.summary else ""
    )
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _td(result: Result, column: Column, row: tuple[Term | None, ...]) -> str:
    term = row[column.index]
    title = result.text(term, labels=False) if isinstance(term, ox.NamedNode) else ""
    attributes = f' title="{_html.escape(title)}"' if title else ""
    attributes += ' style="text-align: right"' if column.number else ""
    return f"<td{attributes}>{_html.escape(cell(result, column, row))}</td>"
