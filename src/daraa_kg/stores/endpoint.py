"""A SPARQL 1.1 store: where it answers queries, takes updates and keeps graphs, and how to ask it.

Sources: SPARQL 1.1 Protocol; SPARQL 1.1 Graph Store HTTP Protocol.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple, TypedDict, TypeVar
from urllib.parse import urlencode

import pyoxigraph as ox

from ..queries.results import Answer
from .refusals import EndpointError, StoreRefused, is_page, page_instead
from .transport import Transport, Unanswered, check_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import httpx

__all__ = ["Endpoint", "Layout", "batches", "find_endpoint"]

_Item = TypeVar("_Item")
_JSON = "application/sparql-results+json"
_ASK = "ASK {}"
_AT_ONCE = 200  # graphs that one query counts
_NO_UPDATES = (404, 405, 415, 501)  # an address that is none, or takes something else


class Layout(NamedTuple):
    """The paths at which a kind of store answers queries, takes updates and keeps graphs."""

    store: str
    query: str
    update: str
    graphs: str


# From the stores' own manuals; a path that is not there is found out by trying.
LAYOUTS = (
    Layout("Oxigraph", "/query", "/update", "/store"),
    Layout("Virtuoso", "/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
    Layout("Apache Jena Fuseki", "/query", "/update", "/data"),
    Layout("Apache Jena Fuseki", "/sparql", "/update", "/data"),
    Layout("GraphDB and RDF4J", "", "/statements", "/rdf-graphs/service"),
    Layout("one address for all", "", "", ""),
)


class Endpoint:
    """A store that can be asked and, when the addresses for that are known, written to.

    Attributes:
        transport: what sends the requests.
        query: where queries are sent.
        update: where updates are sent; None while it is not known.
        graphs: where graphs are sent; None when the store has no graph store protocol.
    """

    def __init__(
        self, transport: Transport, query: str, update: str | None = None, graphs: str | None = None
    ) -> None:
        self.transport = transport
        self.query = query
        self.update = update
        self.graphs = graphs

    # --- asking ----------------------------------------------------------------------------------

    def ask(self, query: str) -> bool:
        """Answer a yes-or-no question.

        Raises:
            EndpointError: the store does not answer, or not with SPARQL results.
        """
        return truth(self._answer(query), self.query)

    def rows(self, query: str) -> Iterator[tuple[str, ...]]:
        """Give the rows of a SELECT as texts; an empty text where a column is empty.

        Raises:
            EndpointError: the store does not answer, or not with SPARQL results.
        """
        for row in table(self._answer(query), self.query).rows:
            yield tuple(str(getattr(term, "value", "")) for term in row)

    def number(self, query: str) -> int:
        """Give the number that a SELECT of one row counts."""
        return next((int(row[0]) for row in self.rows(query)), 0)

    def counts(self, graphs: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Count the triples of named graphs; a graph that is not there is left out."""
        for batch in batches(graphs, _AT_ONCE):
            listed = " ".join(f"<{graph}>" for graph in batch)
            query = (
                f"SELECT ?g (COUNT(*) AS ?n) {{ VALUES ?g {{ {listed} }} "
                "GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
            )
            for graph, number in self.rows(query):
                yield graph, int(number)

    def _answer(self, query: str) -> Answer | bool:
        return _results(self.transport.send("POST", self.query, **_query(query)), self.query)

    # --- writing ---------------------------------------------------------------------------------

    def write(self, update: str) -> None:
        """Do an update.

        Raises:
            EndpointError: the store refuses, or does not answer.
        """
        if self.update is None:
            problem = "no address of this store takes updates"
            raise EndpointError(self.query, problem, "give it with --update")
        self.transport.send("POST", self.update, **_update(update), patient=True)

    def add(self, graph: str | None, triples: Iterable[ox.Triple]) -> None:
        """Add triples to a graph by the graph store protocol (section 5.5: POST merges).

        Args:
            graph: its IRI; None stands for the default graph.
            triples: what is added; what is there already stays once.
        """
        assert self.graphs is not None  # noqa: S101 - whoever calls has looked
        body = "".join(f"{triple} .\n" for triple in triples).encode()
        self.transport.send(
            "POST",
            self.graphs,
            parameters={"default": ""} if graph is None else {"graph": graph},
            headers={"Content-Type": "text/turtle"},
            content=body,
            patient=True,
        )

    # --- finding where to write ------------------------------------------------------------------

    def find_update(self, update: str, sign: str) -> None:
        """Find the address that takes updates, by trying one.

        Args:
            update: what is tried; it must do no harm.
            sign: a question whose answer is yes once that is done.

        Raises:
            EndpointError: no address takes it, or the one that does has done nothing.
        """
        failures: list[EndpointError] = []
        for url in [self.update] if self.update else self._candidates("update"):
            try:
                response = self.transport.once("POST", url, **_update(update))
            except Unanswered:
                if url in (self.update, self.query):
                    raise
                continue
            if response.status_code < 300:
                if self.ask(sign):
                    self.update = url
                    return
                page = is_page(response.headers.get("Content-Type", ""))
                failures.append(page_instead(url) if page else _nothing_done(url))
            elif response.status_code not in _NO_UPDATES:
                failures.append(self.transport.refusal(url, response))
        raise _telling(failures) if failures else _only_answers(self.update or self.query)

    def find_graphs(self, graph: str) -> None:
        """Find the address of the graph store protocol, by reading a graph that is there."""
        wanted = {"Accept": "text/turtle, application/n-triples;q=0.9"}
        for url in self._candidates("graphs"):
            if url == self.query:
                continue
            try:
                response = self.transport.once(
                    "GET", url, parameters={"graph": graph}, headers=wanted
                )
            except Unanswered:
                continue
            if response.status_code == 200 and _is_turtle(response):
                self.graphs = url
                return

    def _candidates(self, what: str) -> list[str]:
        """Give the addresses that stores with such an address for queries have, likely first."""
        found: dict[str, None] = {}
        for layout in LAYOUTS:
            if self.query.endswith(layout.query):
                root = self.query.removesuffix(layout.query) if layout.query else self.query
                found[root + getattr(layout, what)] = None
        return list(found)


def batches(items: Iterable[_Item], size: int) -> Iterator[tuple[_Item, ...]]:
    """Give items in tuples of at most `size`, as they come."""
    left = iter(items)
    while batch := tuple(itertools.islice(left, size)):
        yield batch


def find_endpoint(transport: Transport, url: str, update: str | None = None) -> Endpoint:
    """Find where a store answers queries: at the address that was given, or just below it.

    Args:
        transport: what sends the requests.
        url: what was given.
        update: where updates are sent, if that is known.

    Raises:
        EndpointError: nothing there answers SPARQL.
    """
    start = check_address(url)
    failures: list[EndpointError] = []
    for path in dict.fromkeys(("", *(layout.query for layout in LAYOUTS))):
        candidate = start + path
        try:
            response = transport.once("POST", candidate, **_query(_ASK))
            if response.status_code in (429, 502, 503, 504) and not path:
                response = transport.send("POST", candidate, **_query(_ASK))
            if response.status_code >= 300:
                failures.append(transport.refusal(candidate, response))
                continue
            truth(_results(response, candidate), candidate)
        except Unanswered:
            raise
        except EndpointError as error:
            failures.append(error)
        else:
            return Endpoint(transport, candidate, check_address(update) if update else None)
    raise _for_writing(start) or _telling(failures)


def _for_writing(url: str) -> EndpointError | None:
    """Say that an address is the one of a store for updates or graphs; None if it is neither."""
    found = [
        url.removesuffix(path) + layout.query
        for layout in LAYOUTS
        for path in (layout.update, layout.graphs)
        if path and url.endswith(path)
    ]
    if not found:
        return None
    problem = "this is where a store takes updates or graphs, and no questions"
    hint = f"give --endpoint the address for those, such as {' or '.join(dict.fromkeys(found))}"
    return EndpointError(url, problem, hint)


def truth(answer: Answer | bool, url: str) -> bool:
    """Give the yes or no of an answer; Virtuoso gives a row with the number 1, or no row.

    Raises:
        EndpointError: the answer is none to a yes-or-no question.
    """
    if isinstance(answer, bool):
        return answer
    if len(answer.variables) == 1:
        return any(str(getattr(row[0], "value", "")) in ("1", "true") for row in answer.rows)
    raise EndpointError(url, "the answer is no yes or no", "give the address of a SPARQL 1.1 store")


def table(answer: Answer | bool, url: str) -> Answer:
    """Give the rows of an answer.

    Raises:
        EndpointError: it has none.
    """
    if isinstance(answer, bool):
        raise EndpointError(url, "the answer has no rows", "give the address of a SPARQL 1.1 store")
    return answer


def _results(response: httpx.Response, url: str) -> Answer | bool:
    return read_results(response.content, response.headers.get("Content-Type", ""), url)


def read_results(content: bytes, content_type: str, url: str) -> Answer | bool:
    """Read what an endpoint answers to SELECT or ASK.

    Args:
        content: SPARQL 1.1 Query Results JSON.
        content_type: what the store calls it.
        url: who answered.

    Raises:
        EndpointError: it is something else.
    """
    if is_page(content_type):
        raise page_instead(url)
    try:
        found = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        names = tuple(variable.value for variable in found.variables)
        return Answer(names, [tuple(row) for row in found])
    except (SyntaxError, ValueError) as error:
        problem = f"the answer is no SPARQL results in JSON ({content_type or 'of no type'})"
        raise EndpointError(url, problem, "give the address of a SPARQL 1.1 store") from error


class _Message(TypedDict):
    content: bytes
    headers: dict[str, str]


def _query(text: str) -> _Message:
    return {
        "content": urlencode({"query": text}).encode(),
        "headers": {"Content-Type": "application/x-www-form-urlencoded", "Accept": _JSON},
    }


def _update(text: str) -> _Message:
    return {
        "content": text.encode(),
        "headers": {"Content-Type": "application/sparql-update", "Accept": "*/*"},
    }


def _is_turtle(response: httpx.Response) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
    return kind in ("text/turtle", "application/n-triples", "text/plain") and bool(response.content)


def _nothing_done(url: str) -> EndpointError:
    problem = "the store says that it has written, and nothing is there"
    hint = "name with --update the address that writes to what --endpoint reads"
    return EndpointError(url, problem, hint)


def _only_answers(url: str) -> EndpointError:
    problem = "no updates are taken here, only questions"
    hint = (
        "load into a store that can be written to, or say with --update where this one takes them"
    )
    return EndpointError(url, problem, hint)


def _telling(failures: list[EndpointError]) -> EndpointError:
    """Choose the failure that says most: what a store refuses, before what is not there."""
    there = [error for error in failures if "no store answers" not in error.problem]
    refused = [error for error in there if not isinstance(error, StoreRefused)]
    return (refused or there or failures)[0]
