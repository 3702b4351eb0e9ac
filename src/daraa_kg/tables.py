"""Results as people read them: on a terminal, in Markdown, in a notebook."""

from __future__ import annotations

import difflib
import html as _html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from .namespaces import DKG, RDFS, XSD, article_base, ontology_graph
from .sparql import names_in

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.table import Table
    from rich.text import Text

    from .results import Result, Term

__all__ = ["drawn", "html", "markdown", "table", "why_empty"]

_NUMBERS = frozenset(
    XSD + name for name in ("integer", "decimal", "double", "float", "nonNegativeInteger")
)
# Words up to so long are kept whole where there is room for that; 21 is an interval of two days.
_LONGEST_WORDS = (21, 16, 11)
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


def _cell(result: Result, column: Column, row: tuple[Term | None, ...]) -> str:
    label = row[column.label] if column.label is not None else None
    return result.text(label if label is not None else row[column.index])


def _id(result: Result, column: Column, row: tuple[Term | None, ...]) -> str:
    """Give the id to show with a label; empty when the cell shows it already."""
    term = row[column.index]
    if column.label is None or not isinstance(term, ox.NamedNode):
        return ""
    text = result.text(term, labels=False)
    return "" if text == _cell(result, column, row) else text


# --- a terminal ----------------------------------------------------------------------------------


def drawn(result: Result, width: int) -> Table | Text:
    """Draw a result for a terminal: the rows, yes or no, or why there are no rows."""
    if result.form == "ASK":
        return _plain("yes" if result else "no")
    return table(result, width) if result.rows else _plain(why_empty(result))


def table(result: Result, width: int = 100, *, ids: bool = False) -> Table:
    """Draw the rows for a terminal: as a table, or as a block a row where a table has no room.

    Args:
        result: the result.
        width: in columns of the terminal.
        ids: whether ids stand under labels.
    """
    shown = columns(result)
    cells = [[_drawn(result, column, row, ids=ids) for column in shown] for row in result.rows]
    widths = _widths([column.title for column in shown], cells, width)
    if widths is None:
        return _blocks(result, shown)
    return _grid(shown, cells, widths)


def _widths(titles: list[str], cells: list[list[Text]], width: int) -> list[int] | None:
    """Share the terminal's columns out, more to what has more to say; None if there are too few."""
    least, most, weight = [], [], []
    for index, title in enumerate(titles):
        texts = [title, *(row[index].plain for row in cells)]
        least.append(max((len(word) for text in texts for word in text.split()), default=1))
        most.append(max((len(line) for text in texts for line in text.splitlines()), default=1))
        weight.append(sum(map(len, texts)) + 1)
    room = width - _GAP * (len(titles) - 1)
    for longest in _LONGEST_WORDS:
        widths = [min(number, longest) for number in least]
        if sum(widths) <= room:
            _share(room - sum(widths), widths, most, weight)
            return widths
    return None


def _share(spare: int, widths: list[int], most: list[int], weight: list[int]) -> None:
    """Give spare columns to those that want them, in proportion to how much text they have."""
    while spare > 0:
        wanting = [i for i in range(len(widths)) if widths[i] < most[i]]
        if not wanting:
            return
        total = sum(weight[i] for i in wanting)
        shares = {i: max(1, spare * weight[i] // total) for i in wanting}
        for i in wanting:
            extra = min(shares[i], most[i] - widths[i], spare)
            widths[i] += extra
            spare -= extra


def _grid(shown: list[Column], cells: list[list[Text]], widths: list[int]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    grid = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, _GAP - 1, 0, 0), header_style="bold")
    grid.show_edge = False
    for column, width in zip(shown, widths, strict=True):
        side: JustifyMethod = "right" if column.number else "left"
        grid.add_column(_plain(column.title), justify=side, width=width, overflow="fold")
    for row in cells:
        grid.add_row(*(_broken(t, width) for t, width in zip(row, widths, strict=True)))
    return grid


def _broken(text: Text, width: int) -> Text:
    """Break an interval of days that has no room on one line between the days, not inside one."""
    plain = text.plain
    if len(plain) <= width or " " in plain or plain.count("/") != 1:
        return text
    return _plain(plain.replace("/", "/\n"))


def _blocks(result: Result, shown: list[Column]) -> Table:
    """Draw a row as a block of lines, each named by its column; empty cells are left out."""
    from rich.table import Table

    blocks = Table.grid(padding=(0, _GAP))
    blocks.add_column(no_wrap=True, style="dim")
    blocks.add_column(overflow="fold")
    for number, row in enumerate(result.rows):
        if number:
            blocks.add_row()
        for column in shown:
            text = _drawn(result, column, row, ids=True)
            if text.plain:
                blocks.add_row(_plain(column.title), text)
    return blocks


def _drawn(result: Result, column: Column, row: tuple[Term | None, ...], *, ids: bool) -> Text:
    text = _plain(_cell(result, column, row))
    name = _id(result, column, row) if ids else ""
    if name:
        text.append(f"\n{_printable(name)}", style="dim")
    return text


def _plain(text: str) -> Text:
    """Make text of the terminal that is not read as markup and cannot steer the terminal."""
    from rich.text import Text

    return Text(_printable(text))


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


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
        "| " + " | ".join(_marked(_cell(result, column, row)) for column in shown) + " |"
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
        return f"<p>{_html.escape(why_empty(result))}</p>"
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
    return f"<td{attributes}>{_html.escape(_cell(result, column, row))}</td>"


# --- no rows -------------------------------------------------------------------------------------


def why_empty(result: Result) -> str:
    """Say why there are no rows, as far as can be told; empty when there are rows."""
    if result.rows:
        return ""
    store = result.graph.store
    if not any(store.quads_for_pattern(None, None, None, ox.DefaultGraph())):
        return "no rows: the graph holds no facts"
    for iri, written in names_in(result.query.text, result.prefixes).items():
        if result.query.parameters or _has(store, _absolute(result, iri)):
            continue
        close = _nearest(result, _absolute(result, iri))
        hint = f"; did you mean {close}?" if close else ""
        return f"no rows: nothing in the graph is called {written}{hint}"
    for name, term in result.parameters.items():
        if isinstance(term, ox.NamedNode) and not _has(store, term.value):
            called = result.text(term, labels=False)
            return f"no rows: the graph has no {called}; give another {name}"
    given = ", ".join(f"{name} {result.text(term)}" for name, term in result.parameters.items())
    tail = f" with {given}" if given else ""
    what = f"“{result.query.name}”" if result.query.name else "the query"
    return f"no rows: nothing in the graph answers {what}{tail}"


def _has(store: ox.Store, iri: str) -> bool:
    node = ox.NamedNode(iri)
    patterns = ((node, None, None, None), (None, node, None, None), (None, None, node, None))
    return any(any(store.quads_for_pattern(*pattern)) for pattern in patterns) or any(
        store.quads_for_pattern(None, None, None, node)
    )


def _absolute(result: Result, iri: str) -> str:
    """Resolve a relative IRI as the store did: against the article."""
    graph = result.graph
    return iri if ":" in iri else (article_base(graph.base, graph.slug) + iri)


def _nearest(result: Result, iri: str) -> str:
    """Give the id of the term or thing that an unknown IRI is most like; empty if there is none."""
    known = list(result.names.things)
    if iri.startswith(DKG):
        graph, label = ox.NamedNode(ontology_graph(result.graph.base)), ox.NamedNode(RDFS + "label")
        quads = result.graph.store.quads_for_pattern(None, label, None, graph)
        known = sorted({q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)})
    ids = [result.names.id(name) for name in known]
    wanted = result.names.id(iri)
    start = wanted[: wanted.rfind(":") + 1]  # what all have in common is no likeness
    ends = [name.removeprefix(start) for name in ids if name.startswith(start)]
    close = difflib.get_close_matches(wanted.removeprefix(start), ends, n=1, cutoff=0.6)
    return start + close[0] if close else ""
