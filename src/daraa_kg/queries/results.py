"""What a question gives: rows, a graph, or yes or no; and the formats they are written in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import pyoxigraph as ox

from ..diagnostics import counted
from ..graph.labels import Labels
from ..namespaces import XSD, prefixes

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

    from .catalogue import HasStore
    from .question import Query

__all__ = ["Answer", "Result", "Row", "UnknownResultFormat", "formats_for"]

TRIPLE = ("subject", "predicate", "object")  # the columns of a graph
SEPARATOR = "; "  # between the values of a column that lists several
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_STANDARD = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}


class UnknownResultFormat(ValueError):
    """A format that a result is not written in; `name` is what was asked for."""

    def __init__(self, name: str, form: str) -> None:
        self.name = name
        known = ", ".join(formats_for(form))
        what = {"SELECT": "rows", "ASK": "a yes or no"}.get(form, "a graph")
        super().__init__(f"{what} cannot be written as “{name}”; choose one of {known}")


def formats_for(form: str) -> tuple[str, ...]:
    """Give the formats that the results of a form of query are written in.

    Args:
        form: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
    """
    if form in ("CONSTRUCT", "DESCRIBE"):
        from ..graph.formats import RDF_FORMATS

        return (*RDF_FORMATS, "csv", "tsv", "json", "xml", "markdown")
    return (*_STANDARD, "markdown")


class Answer(NamedTuple):
    """What a store far away has answered: the names of the columns, and the terms of each row."""

    variables: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


class Row(Mapping[str, Term | None]):
    """One row: its terms by the names of the columns; None where a column is empty."""

    __slots__ = ("_terms", "_variables")

    def __init__(self, variables: tuple[str, ...], terms: tuple[Term | None, ...]) -> None:
        self._variables = variables
        self._terms = terms

    def __getitem__(self, name: str) -> Term | None:
        try:
            return self._terms[self._variables.index(name)]
        except ValueError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._variables)

    def __len__(self) -> int:
        return len(self._variables)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={'' if term is None else term}" for name, term in self.items())
        return f"Row({shown})"


class Result(Sequence[Row]):
    """The answer to a question.

    A SELECT gives rows. A CONSTRUCT gives a graph, whose triples are the rows. An ASK gives one row
    with one column; `bool` of the result is the answer.

    Attributes:
        query: the question.
        variables: the names of the columns.
        rows: the terms of each row.
        parameters: the term that each parameter stood for.
    """

    def __init__(
        self,
        query: Query,
        variables: tuple[str, ...],
        rows: Sequence[tuple[Term | None, ...]],
        graph: HasStore,
        parameters: Mapping[str, Term] | None = None,
    ) -> None:
        self.query = query
        self.variables = variables
        self.rows = tuple(rows)
        self.parameters = dict(parameters or {})
        self.graph = graph
        self.names = Labels(graph.store, graph.base, graph.slug)

    @classmethod
    def of(
        cls,
        answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Answer,
        query: Query,
        graph: HasStore,
        parameters: Mapping[str, Term],
        *,
        ordered: bool,
    ) -> Self:
        """Make a result of what the store answered, in an order that does not change.

        Args:
            answer: from pyoxigraph, or read from another store.
            query: the question.
            graph: what it was put to.
            parameters: the term of each parameter.
            ordered: whether the query itself says in which order; otherwise the rows are sorted.
        """
        if isinstance(answer, ox.QueryBoolean):
            truth = ox.Literal(
                "true" if answer else "false", datatype=ox.NamedNode(XSD + "boolean")
            )
            return cls(query, ("answer",), [(truth,)], graph, parameters)
        variables: tuple[str, ...]
        rows: list[tuple[Term | None, ...]]
        if isinstance(answer, Answer):
            variables, rows = answer.variables, list(answer.rows)
            ordered = ordered and query.form == "SELECT"
        elif isinstance(answer, ox.QueryTriples):
            variables = TRIPLE
            rows = [(t.subject, t.predicate, t.object) for t in answer]
            ordered = False
        else:
            variables = tuple(variable.value for variable in answer.variables)
            rows = [tuple(solution) for solution in answer]
        if not ordered:
            rows.sort(key=lambda row: [str(term) for term in row])
        lists = [index for index, name in enumerate(variables) if name in query.lists]
        if lists:
            rows = [
                tuple(_sorted(t, query) if i in lists else t for i, t in enumerate(row))
                for row in rows
            ]
        return cls(query, variables, rows, graph, parameters)

    @property
    def form(self) -> str:
        """The form of the query: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``."""
        return self.query.form

    @property
    def triples(self) -> list[ox.Triple]:
        """The triples of a graph.

        Raises:
            TypeError: the question does not give a graph.
        """
        if self.form not in ("CONSTRUCT", "DESCRIBE"):
            message = f"{self.form} gives no graph; only CONSTRUCT and DESCRIBE do"
            raise TypeError(message)
        return [ox.Triple(*row) for row in self.rows]  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - a row, or several
        if isinstance(index, slice):
            return [Row(self.variables, row) for row in self.rows[index]]
        return Row(self.variables, self.rows[index])

    def __iter__(self) -> Iterator[Row]:
        return (Row(self.variables, row) for row in self.rows)

    def __bool__(self) -> bool:
        """Say yes or no to an ASK; otherwise whether there are rows."""
        if self.form == "ASK":
            return getattr(self.rows[0][0], "value", "") == "true"
        return bool(self.rows)

    def __repr__(self) -> str:
        name = self.query.name or self.form
        if self.form == "ASK":
            return f"<Result {name}: {'yes' if self else 'no'}>"
        return f"<Result {name}: {counted(len(self), 'rows')}, {', '.join(self.variables)}>"

    # --- in words --------------------------------------------------------------------------------

    def text(self, term: Term | None, *, labels: bool = True) -> str:
        """Write a term as people read it.

        Args:
            term: the term; None gives the empty text.
            labels: whether a thing is called by its label; by its short id otherwise.
        """
        if term is None:
            return ""
        if isinstance(term, ox.NamedNode):
            return self.names.label(term.value) if labels else self.names.id(term.value)
        if isinstance(term, ox.Literal):
            return term.value
        return str(term)

    def why_empty(self) -> str:
        """Say why there are no rows, as far as can be told; empty when there are rows."""
        from .emptiness import why_empty

        return why_empty(self)

    # --- as Python values ------------------------------------------------------------------------

    def records(self, *, labels: bool = True) -> list[dict[str, Any]]:
        """Give the rows as Python values: integers, floats, dates, booleans and texts.

        Args:
            labels: whether things are called by their labels, but for those whose label stands in
                the next column; these have their short id. Full IRIs otherwise.
        """
        return [
            {
                name: self._value(name, term, labels=labels)
                for name, term in zip(self.variables, row, strict=True)
            }
            for row in self.rows
        ]

    def _value(self, name: str, term: Term | None, *, labels: bool) -> object:
        if isinstance(term, ox.Literal):
            from .frames import value

            return value(term)
        if isinstance(term, ox.NamedNode):
            if not labels:
                return term.value
            return self.text(term, labels=f"{name}Label" not in self.variables)
        return None if term is None else str(term)

    def to_pandas(self, *, labels: bool = True) -> pd.DataFrame:
        """Give the rows as a pandas DataFrame, its columns typed.

        Args:
            labels: see `records`.

        Raises:
            ModuleNotFoundError: pandas is not installed.
        """
        from .frames import frame

        return frame(self.variables, self.records(labels=labels))

    # --- as files --------------------------------------------------------------------------------

    def serialize(self, format: str) -> bytes:  # noqa: A002 - the word users look for
        """Write the result in a format.

        Args:
            format: ``csv``, ``tsv``, ``json``, ``xml`` (the formats of SPARQL 1.1) or ``markdown``;
                for a graph also ``ttl`` and the other formats of graphs.

        Raises:
            UnknownResultFormat: it is not written in that format.
            TypeError: a value is a triple, which the formats of SPARQL 1.1 have no place for.
        """
        name = format.lower().lstrip(".")
        if name not in formats_for(self.form):
            raise UnknownResultFormat(format, self.form)
        if name == "markdown":
            return self.to_markdown().encode()
        if name in _STANDARD:
            answer = ox.parse_query_results(self._json(), format=ox.QueryResultsFormat.JSON)
            return (answer.serialize(format=_STANDARD[name]) or b"").removesuffix(b"\n") + b"\n"
        from ..graph.formats import find_format, ordered

        quads = ordered(ox.Quad(t.subject, t.predicate, t.object) for t in self.triples)
        return find_format(name).write(self.graph, quads=quads)  # type: ignore[arg-type]

    def _json(self) -> bytes:
        """Write SPARQL 1.1 Query Results JSON, from which pyoxigraph makes the other formats."""
        if self.form == "ASK":
            return json.dumps({"head": {}, "boolean": bool(self)}).encode()
        bindings = [
            {n: _binding(t) for n, t in zip(self.variables, row, strict=True) if t is not None}
            for row in self.rows
        ]
        document = {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}
        return json.dumps(document, ensure_ascii=False).encode()

    def to_markdown(self) -> str:
        """Write the rows as a table in Markdown, things called by their labels."""
        from .tables import markdown

        return markdown(self)

    def to_text(self, width: int = 100, *, ids: bool = False) -> str:
        """Write the result for a terminal, without colours.

        Args:
            width: in columns of the terminal.
            ids: whether ids stand under labels.
        """
        from .tables import lines

        return "".join(f"{line.text}\n" for line in lines(self, width, ids=ids))

    def table(self, width: int = 100, *, ids: bool = False, whole: bool = True) -> Text:
        """Draw the result for a terminal with rich; a Console also prints the result itself.

        Args:
            width: in columns of the terminal.
            ids: whether ids stand under labels.
            whole: whether a long address stays whole; a Console crops it unless it is told not to.
        """
        from rich.text import Text

        from .tables import lines

        styles = {"heading": "bold", "": ""}
        drawn = [
            Text(line.text, styles[line.style]) for line in lines(self, width, ids=ids, whole=whole)
        ]
        return Text("\n", no_wrap=True, overflow="ignore").join(drawn)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.table(options.max_width, whole=False)

    def _repr_html_(self) -> str:
        from .tables import html

        return html(self)

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that names are shortened with."""
        return prefixes(self.graph.base)


def _sorted(term: Term | None, query: Query) -> Term | None:
    """Put the values that a column lists in the order of the question."""
    if not isinstance(term, ox.Literal) or SEPARATOR not in term.value:
        return term
    text = SEPARATOR.join(sorted(term.value.split(SEPARATOR), key=query.rank))
    return ox.Literal(text, language=term.language) if term.language else ox.Literal(text)


def _binding(term: Term) -> dict[str, str]:
    """Write a term as SPARQL 1.1 Query Results JSON does (section 3.2.2)."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        message = f"{term} is a triple, which the formats of SPARQL 1.1 have no place for"
        raise TypeError(message)
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == XSD + "string":
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
