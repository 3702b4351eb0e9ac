"""Questions to a store far away, with the answers that the same questions get at home."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..assets import DEFAULT_SLUG
from ..diagnostics import listing
from ..namespaces import BASE, DCAT, VOID, about_graph
from ..queries.catalogue import Bare, Prepared, prepare
from ..queries.results import TRIPLE, Answer, Result
from ..queries.sparql import QueryFailed, explain, is_ordered
from .datasets import datasets_in, places_of
from .endpoint import read_results, table, truth
from .names import Names
from .normalform import normal
from .refusals import EndpointError, StoreRefused, is_page, page_instead
from .rewriting import with_facts_in

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from ..queries.question import Query
    from ..queries.results import Term
    from .endpoint import Endpoint

__all__ = ["NothingThere", "RemoteGraph", "RemoteResult"]

_TRIPLES = "application/n-triples, text/turtle;q=0.9"
_RDF = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
# What Virtuoso says when it cuts an answer, at its own limits of rows and of time.
_CUT = {"X-SPARQL-MaxRows": "rows", "X-SQL-State": "time"}


class NothingThere(EndpointError, LookupError):
    """A store without the graph that is asked: no answer of it means that something is not so."""


class RemoteResult(Result):
    """The answer of a store far away; `emptiness` says why it has no rows."""

    emptiness = ""

    def why_empty(self) -> str:
        """Say why there are no rows, as far as can be told; empty when there are rows."""
        return "" if self.rows else self.emptiness


class RemoteGraph:
    """A dataset in a store far away, that questions are put to.

    Args:
        endpoint: the store.
        graph: the named graph that has the facts; None when it is the store's default graph.
        base: where the IRIs of the dataset start; found in the store when not given.
    """

    def __init__(
        self, endpoint: Endpoint, graph: str | None = None, base: str | None = None
    ) -> None:
        self.endpoint = endpoint
        self.graph = graph
        self._base = base
        self.names = Names(self)

    # --- what is there ---------------------------------------------------------------------------

    @cached_property
    def datasets(self) -> list[tuple[str, str]]:
        """The datasets of daraa-kg in the store: the base of each, and the article's name.

        Raises:
            EndpointError: the store does not answer, or its dataset is not whole.
        """
        found = [one for one in datasets_in(self.endpoint) if self._base in (None, one[0])]
        bases = sorted({base for base, _ in found})
        if len(bases) > 1:
            problem = f"the store has datasets of several bases, {listing(bases, 'and')}"
            raise EndpointError(self.endpoint.query, problem, "choose one with --base")
        if found:
            self._check(*found[0])
        return found

    def _check(self, base: str, slug: str) -> None:
        """See to it that the dataset is whole, and not seen several times over."""
        url = self.endpoint.query
        marks = f"GRAPH <{base}graph/load> {{ ?s ?p ?o FILTER(?p != <{VOID}subset>) }}"
        if self.endpoint.ask(f"ASK {{ {marks} }}"):
            problem = "a load into this store is under way, or broke off"
            raise EndpointError(url, problem, "wait for it, or run daraa-kg load again")
        account = f"<{base}{slug}/dataset> a <{DCAT}Dataset>"
        if self.graph is None and self.endpoint.ask(
            f"ASK {{ {account} GRAPH <{about_graph(base)}> {{ {account} }} }}"
        ):
            problem = "the default graph of this store is all its graphs together, and a fact would"
            hint = "name with --graph the graph that daraa-kg load put the facts in"
            raise EndpointError(url, f"{problem} count as often as it has passages", hint)

    @property
    def base(self) -> str:
        """Where the IRIs of the dataset start."""
        return self.datasets[0][0] if self.datasets else self._base or BASE

    @property
    def slug(self) -> str:
        """The article whose ids are written without a prefix; empty when there are several."""
        slugs = [slug for _, slug in self.datasets]
        if len(slugs) == 1:
            return slugs[0]
        return DEFAULT_SLUG if DEFAULT_SLUG in slugs else ""

    # --- questions -------------------------------------------------------------------------------

    def query(self, query: str | Path | Query, /, **parameters: object) -> Result:
        """Put a question to the store.

        Args:
            query: the name of a shipped question, the path of a ``.rq`` file, or SPARQL; see
                `daraa_kg.queries.catalogue.run`, whose errors this raises as well.
            parameters: values for the question's parameters.

        Raises:
            EndpointError: the store does not answer, cuts its answer, or refuses.
            NothingThere: the answer is no or nothing, and the store has no dataset there; for a
                shipped question, the store has none at all.
            QueryFailed: the store cannot answer it.
        """
        known = self.names.all() if parameters else self.names.store
        ready = prepare(Bare(known, self.base, self.slug), query, parameters)
        if ready.query.summary:
            self._check_datasets()
        answer = self.answer(ready)
        iris = {term.value for row in answer.rows for term in row if isinstance(term, ox.NamedNode)}
        iris.update(term.value for term in ready.terms.values() if isinstance(term, ox.NamedNode))
        asked = Bare(self.names.of(iris), self.base, self.slug)
        ordered = is_ordered(ready.text)
        result = RemoteResult.of(answer, ready.query, asked, ready.terms, ordered=ordered)
        if not result:
            self._check_datasets()
            self._check_facts()
        if not result.rows:
            result.emptiness = _why_empty(result)
        return result

    def answer(self, ready: Prepared) -> Answer:
        """Have the store answer a question whose parameters are in place.

        Raises:
            EndpointError: the store does not answer, cuts its answer, or refuses.
            QueryFailed: the store cannot answer it.
            QuerySyntaxError: it is not SPARQL; nothing is sent.
            QueryRefused: it chooses graphs, which ``graph`` does already.
        """
        text, source = ready.text, ready.query.source
        try:
            ox.Store().query(text, base_iri=ready.own, prefixes=dict(ready.prefixes))
        except SyntaxError as error:
            raise explain(error, text, source, ready.prefixes) from error
        except RuntimeError:  # it is SPARQL, and the store may know the function that we do not
            pass
        if self.graph is not None:
            text = with_facts_in(text, self.graph, self.base, source)
        declared = (f"PREFIX {name}: <{iri}>" for name, iri in ready.prefixes.items())
        text = " ".join([f"BASE <{ready.own}>", *declared, text])
        try:
            return self._send(text, ready.query.form)
        except StoreRefused as error:
            reason = f"the store {self.endpoint.query} says “{error.reason}”"
            raise QueryFailed(source, reason) from error

    def _send(self, text: str, form: str) -> Answer:
        """Send what SPARQLWrapper makes of a query, and read what comes.

        It is not sent by SPARQLWrapper itself: that follows redirects and takes the password along.
        """
        from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

        url, transport = self.endpoint.query, self.endpoint.transport
        wrapper = SPARQLWrapper(url)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setQuery(text)
        wrapper.queryType = form  # it looks for one itself, and also in comments
        gives_graph = form in ("CONSTRUCT", "DESCRIBE")
        wrapper.setReturnFormat(TURTLE if gives_graph else JSON)
        if gives_graph:
            wrapper.addCustomHttpHeader("Accept", _TRIPLES)
        request = wrapper._createRequest()
        headers, body = dict(request.header_items()), request.data
        assert isinstance(body, bytes)  # noqa: S101 - a POST has one
        response = transport.once("POST", url, headers=headers, content=body)
        if response.status_code >= 300:
            raise transport.refusal(url, response)
        self._check_whole(response.headers)
        content, kind = response.content, response.headers.get("Content-Type", "")
        return (
            _graph(content, kind, url)
            if gives_graph
            else _table(read_results(content, kind, url), form, url)
        )

    def _check_whole(self, headers: httpx.Headers) -> None:
        """See to it that the store has not cut the answer short.

        Raises:
            EndpointError: it has.
        """
        for name, what in _CUT.items():
            if name in headers:
                problem = f"the store cut its answer at its limit of {what} ({name})"
                hint = "raise that limit in the store, or ask for less with LIMIT and OFFSET"
                raise EndpointError(self.endpoint.query, problem, hint)

    def _check_datasets(self) -> None:
        """See that the store has a dataset.

        Raises:
            NothingThere: it has none.
        """
        if self.datasets:
            return
        which = f" whose IRIs start with {self._base}" if self._base else ""
        hint = "put one there with daraa-kg load, or correct --endpoint"
        hint += " or --base" if self._base else ""
        problem = f"this store holds no graph of daraa-kg{which}"
        raise NothingThere(self.endpoint.query, problem, hint)

    def _check_facts(self) -> None:
        """See that the facts are where they are looked for.

        Raises:
            NothingThere: the graph has none, or the load has put them elsewhere.
        """
        places = places_of(self.endpoint, self.base)
        where = f"GRAPH <{self.graph}> {{ ?s a ?o }}" if self.graph else "?s a ?o"
        known = self.graph in places or places == [None]  # who loaded otherwise has left no mark
        if known and self.endpoint.ask(f"ASK {{ {where} }}"):
            return
        which = f"the graph {self.graph}" if self.graph else "the default graph"
        named = next((place for place in places if place), None)
        hint = f"name the graph that has them: --graph {named}" if named else "leave out --graph"
        if places == [None] and self.graph is None:
            hint = "name the graph that has them with --graph"
        raise NothingThere(self.endpoint.query, f"{which} holds no facts of daraa-kg", hint)


def _why_empty(result: Result) -> str:
    given = ", ".join(f"{name} {result.text(term)}" for name, term in result.parameters.items())
    tail = f" with {given}" if given else ""
    what = f"“{result.query.name}”" if result.query.name else "the query"
    return f"no rows: nothing in the store answers {what}{tail}"


def _table(answer: Answer | bool, form: str, url: str) -> Answer:
    if form == "ASK":
        return Answer(("answer",), [(ox.Literal(truth(answer, url)),)])
    found = table(answer, url)
    return Answer(found.variables, [tuple(map(normal, row)) for row in found.rows])


def _graph(content: bytes, kind: str, url: str) -> Answer:
    """Read the triples of a graph."""
    if is_page(kind):
        raise page_instead(url)
    format_ = _RDF.get(kind.partition(";")[0].strip().lower(), ox.RdfFormat.TURTLE)
    try:
        found = {quad.triple for quad in ox.parse(content, format=format_)}
    except (SyntaxError, ValueError) as error:
        problem = f"the answer is no graph in Turtle or N-Triples ({kind or 'of no type'})"
        raise EndpointError(url, problem, "give the address of a SPARQL 1.1 store") from error
    rows: list[tuple[Term | None, ...]] = [
        (triple.subject, triple.predicate, normal(triple.object)) for triple in found
    ]
    return Answer(TRIPLE, rows)
