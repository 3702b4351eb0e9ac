"""Put a dataset into a store, replacing the one that an earlier load put there, and count it.

What is in the store at each moment, so that a load that breaks off can be taken up again:

- The graph that the dataset describes itself in comes before all others, for it lists what is ours.
- Facts go before their evidence goes, and come after it has come: no fact is ever without its why.
- A small graph of marks says that a load is under way, and of what, until all has been counted;
  and in which named graph the facts are, for as long as they are there.

Nothing is replaced but the graphs that the store's own account lists as ours, those of the new
dataset, and the facts that stand in one of them: what else is in the default graph stays.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..diagnostics import counted
from ..namespaces import DCAT, DKG, RDF, VOID
from .datasets import datasets_in, places_of
from .endpoint import batches
from .refusals import EndpointError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .endpoint import Endpoint
    from .plan import Plan

__all__ = ["Loaded", "Loader", "Replaced"]

_PIECE = 5_000  # triples that one request of the graph store protocol carries
_BATCH = 500  # triples, or graphs, that one update names: Virtuoso's compiler takes no more
_PAGE = 5_000  # rows of a listing; stores cut answers that are longer
_SHA256 = f"<{DKG}sha256>"


class CannotReplace(EndpointError):
    """A store in which something stands that is not ours where the dataset should go."""


class NotAllThere(EndpointError):
    """A store that holds something else than what was sent to it."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What an earlier load put into the store and this one replaces.

    Attributes:
        graphs: how many named graphs.
        facts: how many facts, wherever that load put them.
        resumed: whether it is this very dataset, whose load broke off; what is there stays.
    """

    graphs: int
    facts: int
    resumed: bool


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a store holds after a load, as it counts it.

    Attributes:
        facts: the triples of the default graph, or of the graph that stands for it, that have
            their evidence in the store.
        graphs: the named graphs, that of the facts left out.
        triples: what these graphs hold.
        sent: how many triples were sent.
    """

    facts: int
    graphs: int
    triples: int
    sent: int


class Loader:
    """Loads one dataset into one store.

    Args:
        plan: what is loaded.
        endpoint: the store.
        graph: the named graph that the facts go to; None is the store's default graph.
        step: is told in words what is being done, with the share that is done, from 0 to 1.
        beside: whether the default graph may hold the facts of other bases as well.
    """

    def __init__(
        self,
        plan: Plan,
        endpoint: Endpoint,
        graph: str | None = None,
        step: Callable[[str, float], None] = lambda _, __: None,
        *,
        beside: bool = False,
    ) -> None:
        if graph is not None and graph in plan.graphs:
            problem = f"the graph {graph} is one of the dataset's own"
            hint = f"choose another --graph, such as {plan.base}graph/facts"
            raise CannotReplace(endpoint.query, problem, hint)
        self.plan = plan
        self.endpoint = endpoint
        self.graph = graph
        self.step = step
        self.beside = beside
        self.url = endpoint.query
        self._digest = f"{plan.digest} {graph or ''}".strip()
        self._elsewhere: list[str | None] = []
        self._sent = 0

    # --- before ----------------------------------------------------------------------------------

    def prepare(self) -> Replaced:
        """Find out where the store takes data, and what will be replaced; replace nothing.

        Raises:
            EndpointError: the store takes no updates from us.
            CannotReplace: something that is not ours stands where the dataset should go.
        """
        plan, mark = self.plan, self.plan.mark
        self.step("asking the store what it holds", 0)
        others = sorted(
            set(self._column(f"GRAPH <{plan.about}> {{ ?x a <{DCAT}Dataset> }}")) - plan.datasets
        )
        if others:
            problem = f"the store has {others[0]} with the same base, whose graphs would be mixed"
            hint = "build with another --base and load with a --graph, or load into another store"
            raise CannotReplace(self.url, problem, hint)
        self._check_others()
        subject = sorted(plan.datasets)[0]
        self.endpoint.find_update(
            f"INSERT DATA {{ GRAPH <{mark}> {{ <{subject}> <{RDF}type> <{DCAT}Dataset> }} }}",
            f"ASK {{ GRAPH <{mark}> {{ <{subject}> a <{DCAT}Dataset> }} }}",
        )
        self.endpoint.find_graphs(mark)
        united = self._is_united(subject)
        self._check_default_graph(united=united)
        signs = {row[0] for row in self.endpoint.rows(f"SELECT ?d {{ {self._sign('?d')} }}")}
        if self.graph not in {sign.partition(" ")[2] for sign in signs}:
            self._check_facts_graph()
        owned = self._owned()
        self._elsewhere = self._other_places(united=united) if owned else []
        facts = sum(map(self._facts_in, [self.graph, *self._elsewhere]))
        return Replaced(len(owned), facts, self._digest in signs)

    def _check_others(self) -> None:
        """See to it that no facts of another base are where these go, unless that is wanted."""
        if self.beside and self.graph is None:
            return
        for base, slug in datasets_in(self.endpoint):
            if base == self.plan.base or self.graph not in places_of(self.endpoint, base):
                continue
            where = "default graph of this store" if self.graph is None else f"graph {self.graph}"
            hint = f"give these facts a graph of their own with --graph {self.plan.base}graph/facts"
            if self.graph is None:
                hint += ", or say --beside, and questions get rows of both"
            problem = f"the {where} holds {slug} already (its IRIs start with {base})"
            raise CannotReplace(self.url, problem, hint)

    def _is_united(self, subject: str) -> bool:
        """Say whether the default graph has all that the named graphs have."""
        return self.endpoint.ask(
            f"ASK {{ <{subject}> a <{DCAT}Dataset> . "
            f"GRAPH <{self.plan.mark}> {{ <{subject}> a <{DCAT}Dataset> }} }}"
        )

    def _other_places(self, *, united: bool) -> list[str | None]:
        """Give where the last load put the facts, if not where this one does."""
        places: list[str | None] = []
        places += self._column(f"GRAPH <{self.plan.mark}> {{ ?dataset <{VOID}subset> ?x }}")
        if not places and not united:
            places.append(None)
        return [place for place in places if place != self.graph]

    def _check_default_graph(self, *, united: bool) -> None:
        """See to it that no facts go to a default graph that is all graphs together."""
        if self.graph is not None or not united:
            return
        self._give_up()
        problem = "the default graph of this store is all its graphs together, where facts count"
        hint = f"give the facts a graph with --graph {self.plan.base}graph/facts"
        raise CannotReplace(self.url, f"{problem} as often as they have passages", hint)

    def _check_facts_graph(self) -> None:
        """See to it that all in the facts' graph has evidence of ours."""
        if self.graph is None:
            return
        held = self.endpoint.number(_count(f"GRAPH <{self.graph}> {{ ?s ?p ?o }}"))
        foreign = held - self.facts()
        if foreign:
            self._give_up()
            there = f"{counted(foreign, 'triples')} of the graph {self.graph}"
            problem = f"{there} {'is' if foreign == 1 else 'are'} not from daraa-kg"
            raise CannotReplace(self.url, problem, "choose another --graph for the facts")

    # --- loading ---------------------------------------------------------------------------------

    def load(self, replaced: Replaced) -> Loaded:
        """Replace what is there, send what is not, and count what the store then holds.

        Args:
            replaced: what `prepare` found.

        Raises:
            EndpointError: the store refuses, or does not answer; load again to go on.
            NotAllThere: the store holds something else than what was sent.
        """
        done: set[str] = set()
        if replaced.resumed:
            done = self._complete()
        else:
            self._clear()
            self._mark()
        graphs = self.plan.graphs
        total = self.plan.facts + sum(graphs.values())
        skipped = sum(graphs[graph] for graph in done)
        about = ox.NamedNode(self.plan.about)

        def account(quad: ox.Quad) -> bool:
            return quad.graph_name == about and about.value not in done

        def evidence(quad: ox.Quad) -> bool:
            name = quad.graph_name
            return isinstance(name, ox.NamedNode) and name != about and name.value not in done

        def fact(quad: ox.Quad) -> bool:
            return isinstance(quad.graph_name, ox.DefaultGraph)

        for what in (account, evidence, fact):
            if what is fact and replaced.resumed and self.facts() == self.plan.facts:
                continue
            for sent in self._send(filter(what, self.plan.quads())):
                self._sent += sent
                self.step("sending", min((self._sent + skipped) / total, 1))
        loaded = self._count()
        self._unmark()
        return loaded

    def _clear(self) -> None:
        """Take away the facts of the last load, then their graphs, then its account of itself."""
        self.step("taking away what an earlier load put there", 0)
        plan = self.plan
        there = (graph for graph, _ in self.endpoint.counts(list(plan.graphs)))
        owned = sorted({*self._owned(), *there} - {plan.about})
        if self.graph is not None:
            self.endpoint.write(f"DROP SILENT GRAPH <{self.graph}>")
        shared = [*self._elsewhere, *([None] if self.graph is None else [])]
        for place, batch in itertools.product(shared, batches(owned, _BATCH // 10)):
            listed = (
                f"DELETE {{ {_in('?s ?p ?o', place)} }} WHERE {{ {_in('?s ?p ?o', graph)} }}"
                for graph in batch
            )
            self.endpoint.write(" ;\n".join(listed))
        for batch in batches([*owned, plan.about], _BATCH // 10):
            self.endpoint.write(" ;\n".join(f"DROP SILENT GRAPH <{graph}>" for graph in batch))

    def _sign(self, digest: str) -> str:
        """Write the pattern of the mark that says what is being loaded, and where to."""
        subject = sorted(self.plan.datasets)[0]
        return f"GRAPH <{self.plan.mark}> {{ <{subject}> {_SHA256} {digest} }}"

    def _mark(self) -> None:
        """Say what is being loaded, and in which named graph the facts will be."""
        self._write_marks(self._sign(f'"{self._digest}"'), self._place())

    def _unmark(self) -> None:
        """Say no more than in which named graph the facts are."""
        self._write_marks(self._place())

    def _write_marks(self, *marks: str) -> None:
        """Put marks in the place of all that are there."""
        said = " ".join(marks).strip()
        update = f"DROP SILENT GRAPH <{self.plan.mark}>"
        self.endpoint.write(f"{update} ;\nINSERT DATA {{ {said} }}" if said else update)

    def _place(self) -> str:
        """Write the mark that says in which named graph the facts are; none for the default."""
        subject = sorted(self.plan.datasets)[0]
        mark = f"<{subject}> <{VOID}subset> <{self.graph}>"
        return f"GRAPH <{self.plan.mark}> {{ {mark} }}" if self.graph else ""

    def _give_up(self) -> None:
        """Take back the mark with which this load has begun; what others say stays."""
        mark = f"<{sorted(self.plan.datasets)[0]}> <{RDF}type> <{DCAT}Dataset>"
        self.endpoint.write(f"DELETE DATA {{ GRAPH <{self.plan.mark}> {{ {mark} }} }}")

    def _complete(self) -> set[str]:
        """Give the graphs that are in the store already, to the last triple."""
        self.step("counting what is there", 0)
        counts = self.endpoint.counts(list(self.plan.graphs))
        return {graph for graph, number in counts if number == self.plan.graphs[graph]}

    def _send(self, quads: Iterator[ox.Quad]) -> Iterator[int]:
        """Send quads as they come; give the number of each request's."""
        if self.endpoint.graphs is None:
            for batch in batches(quads, _BATCH):
                self.endpoint.write(f"INSERT DATA {{\n{''.join(map(self._written, batch))}}}")
                yield len(batch)
            return
        for _, run in itertools.groupby(quads, key=lambda quad: quad.graph_name):
            for piece in batches(run, _PIECE):
                name = piece[0].graph_name
                graph = name.value if isinstance(name, ox.NamedNode) else self.graph
                self.endpoint.add(graph, (quad.triple for quad in piece))
                yield len(piece)

    def _written(self, quad: ox.Quad) -> str:
        name = quad.graph_name
        graph = name.value if isinstance(name, ox.NamedNode) else self.graph
        return f"{quad.triple} .\n" if graph is None else f"GRAPH <{graph}> {{ {quad.triple} }}\n"

    # --- counting --------------------------------------------------------------------------------

    def facts(self) -> int:
        """Count the facts in the store that have their evidence there."""
        return self._facts_in(self.graph)

    def _facts_in(self, place: str | None) -> int:
        listed = f"GRAPH <{self.plan.about}> {{ ?dataset <{VOID}subset> ?g }}"
        evidence = f"GRAPH ?g {{ ?s ?p ?o }} FILTER EXISTS {{ {listed} }}"
        facts = _in("?s ?p ?o", place)
        return self.endpoint.number(_count(f"{facts} FILTER EXISTS {{ {evidence} }}"))

    def _count(self) -> Loaded:
        """Count what the store holds now, graph by graph.

        Raises:
            NotAllThere: it is not what was sent.
        """
        self.step("counting", 1)
        plan = self.plan
        found = dict.fromkeys(plan.graphs, 0)
        found.update(self.endpoint.counts(list(plan.graphs)))
        wrong = [graph for graph, number in found.items() if number != plan.graphs[graph]]
        hint = "load again; if it stays so, the store does not keep what it is given"
        if wrong:
            graph = wrong[0]
            more = f" and {len(wrong) - 1:,} more graphs differ" if len(wrong) > 1 else ""
            problem = (
                f"the store holds {found[graph]:,} triples of {graph} where "
                f"{plan.graphs[graph]:,} were sent{more}"
            )
            raise NotAllThere(self.url, problem, hint)
        facts = self.facts()
        if facts != plan.facts:
            problem = f"the store holds {facts:,} facts with their evidence, of {plan.facts:,}"
            raise NotAllThere(self.url, problem, hint)
        return Loaded(facts, len(found), sum(found.values()), self._sent)

    def _owned(self) -> list[str]:
        """Give the named graphs that the store's account lists, that account among them."""
        listed = f"GRAPH <{self.plan.about}> {{ ?dataset <{VOID}subset> ?x }}"
        found = self._column(listed)
        return [*found, self.plan.about] if found else []

    def _column(self, pattern: str) -> list[str]:
        """Give all that ?x stands for in a pattern, page by page."""
        found: list[str] = []
        after = ""
        while True:
            start = f'FILTER(STR(?x) > "{found[-1]}")' if after else ""
            query = f"SELECT DISTINCT ?x {{ {pattern} {start} }} ORDER BY STR(?x) LIMIT {_PAGE}"
            page = [row[0] for row in self.endpoint.rows(query)]
            found += page
            after = page[-1] if page else ""
            if len(page) < _PAGE:
                return found


def _count(pattern: str) -> str:
    return f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"


def _in(pattern: str, graph: str | None) -> str:
    """Write a pattern for a named graph; None is the default graph."""
    return pattern if graph is None else f"GRAPH <{graph}> {{ {pattern} }}"
