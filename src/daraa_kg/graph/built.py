"""A built graph: its facts and their evidence, to be queried, explained and saved."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..assets import asset
from ..namespaces import (
    BASE,
    DKG,
    RDF,
    RDFS,
    about_graph,
    article_base,
    expand,
    ontology_graph,
    rule_graph,
)
from ..statements.sourcemap import SourceMap
from .analyses import Analyses
from .formats import find_format, ordered, save
from .labels import Labels, NoSuchFact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import rdflib

    from ..diagnostics import Fault, Location
    from ..ontology.proof import Proofs
    from ..queries.results import Result
    from ..text.article import Article
    from ..why.cards import Card
    from ..why.explanation import Explanation


class Graph(Analyses):
    """What one article states, with a why for every fact.

    Attributes:
        store: the facts as the default graph; a named graph for each passage, source and rule,
            for the dataset's account of itself, and for the ontology.
        base: where the IRIs of its things start.
        slug: the article's name in IRIs.
        faults: what was found wrong and does not keep the graph from being built.
    """

    def __init__(
        self,
        store: ox.Store,
        *,
        base: str = BASE,
        slug: str = "",
        article: Article | Callable[[], Article | None] | None = None,
        source_map: SourceMap | Callable[[], SourceMap] | None = None,
        faults: tuple[Fault, ...] = (),
    ) -> None:
        self.store = store
        self.base = base
        self.slug = slug
        self._article = article
        self._source_map = source_map
        self.faults = faults

    @cached_property
    def article(self) -> Article | None:
        """The text; None when only shared places and actors were read.

        Raises:
            ArticleError: the graph comes from the cache, and the text has been taken away since.
        """
        return self._article() if callable(self._article) else self._article

    @cached_property
    def source_map(self) -> SourceMap:
        """Where in the files each statement is written."""
        found = self._source_map() if callable(self._source_map) else self._source_map
        return found or SourceMap()

    # --- what it holds ---------------------------------------------------------------------------

    def __len__(self) -> int:
        """Count the facts."""
        return len(self.facts())

    def __iter__(self) -> Iterator[ox.Triple]:
        return (quad.triple for quad in self.facts())

    @cached_property
    def _quads(self) -> list[ox.Quad]:
        return ordered(self.store)

    def quads(self) -> list[ox.Quad]:
        """Give all quads, sorted: the facts first, then the named graphs."""
        return list(self._quads)

    def facts(self) -> list[ox.Quad]:
        """Give the quads of the default graph, sorted."""
        return [quad for quad in self._quads if isinstance(quad.graph_name, ox.DefaultGraph)]

    @cached_property
    def rdflib(self) -> rdflib.Dataset:
        """The same as an rdflib Dataset (a copy, made when first asked for).

        rdflib parses by recursion. Once matplotlib has been imported, the longest of the shipped
        questions needs about as many frames as Python allows: ``sys.setrecursionlimit(3000)``.
        """
        import rdflib

        dataset = rdflib.Dataset()
        data = ox.serialize(self._quads, format=ox.RdfFormat.N_QUADS) or b""
        dataset.parse(data=data.decode(), format="nquads")
        for prefix, start in self.prefixes.items():
            dataset.bind(prefix, start, replace=True)
        return dataset

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that names are shortened with."""
        from ..namespaces import prefixes

        return prefixes(self.base)

    @property
    def passages(self) -> list[str]:
        """The IRIs of the passages, in the order of the text."""
        graph = ox.NamedNode(about_graph(self.base))
        found = self.store.quads_for_pattern(
            None, ox.NamedNode(RDF + "type"), ox.NamedNode(DKG + "Passage"), graph
        )
        return sorted((str(getattr(q.subject, "value", "")) for q in found), key=_span)

    # --- names -----------------------------------------------------------------------------------

    @cached_property
    def labels(self) -> Labels:
        """What its things are called."""
        return Labels(self.store, self.base, self.slug)

    def iri(self, name: str) -> str:
        """Give the IRI of an id: ``event/offensive``, ``kg:place/daraa``, ``dkg:Clash``."""
        return expand(name, self.base, article_base(self.base, self.slug))

    def shorten(self, iri: str) -> str:
        """Write an IRI as people do: ``event/offensive``, ``kg:place/daraa``, ``dkg:Clash``."""
        return self.labels.id(iri)

    def label(self, iri: str) -> str:
        """Give the label of a thing or a term; its short name when it has none."""
        node, predicate = ox.NamedNode(self.iri(iri)), ox.NamedNode(RDFS + "label")
        described = (ontology_graph(self.base), about_graph(self.base))
        graphs: list[ox.DefaultGraph | ox.NamedNode] = [ox.DefaultGraph()]
        graphs.extend(map(ox.NamedNode, described))
        for graph in graphs:
            found = [q.object for q in self.store.quads_for_pattern(node, predicate, None, graph)]
            if labels := [label.value for label in found if isinstance(label, ox.Literal)]:
                return min(labels)
        return self.shorten(node.value)

    def locations(
        self, subject: str, predicate: str | None = None, value: str | None = None
    ) -> list[Location]:
        """Give the places in the files where a thing, a property of it, or one fact is written.

        Args:
            subject: an id or IRI.
            predicate: a property's name (``place``, ``dkg:place``) or IRI; any when not given.
            value: an id or IRI, or a literal's words; any when not given.
        """
        property_iri = self.property_iri(predicate) if predicate else None
        found = self.source_map.locations(self.iri(subject), property_iri, value)
        if not found and value is not None:
            found = self.source_map.locations(self.iri(subject), property_iri, self.iri(value))
        return found

    # --- what it answers -------------------------------------------------------------------------

    def query(self, query: str | Path, **parameters: object) -> Result:
        """Answer a question.

        Args:
            query: the name of a shipped question (``timeline``), a ``.rq`` file, or SPARQL.
            parameters: values for the question's parameters.

        Raises:
            TypeError: the question is neither a text nor a path.
            QueryNotFound: there is no question of that name.
            OSError: the file cannot be read.
            QueryFileError: its header is wrong.
            QuerySyntaxError: it is not SPARQL.
            QueryFailed: it is SPARQL, and cannot be answered.
            QueryRefused: it would change data, or reach another machine.
            ParameterError: an unknown parameter, or a value of another type.
            NoSuchThing: a parameter's id that the graph does not have.
        """
        from ..queries.catalogue import run

        return run(self, query, **parameters)

    def why(
        self, subject: str, prop: str | None = None, value: str | None = None
    ) -> list[Explanation]:
        """Explain facts in words: the sentences, sources and rules that each comes from.

        Args:
            subject: an id, a label or an IRI.
            prop: a property's name, label or IRI; every property when not given.
            value: an id, a label, an IRI or a text; every value when not given.

        Raises:
            NoSuchThing: nothing in the graph is called that.
            NoSuchFact: it has no such property or value; the message says what it has.
        """
        from ..why.explanation import explain

        return explain(self, subject, prop, value)

    def card(self, thing: str) -> Card:
        """Gather all that is known of a thing, each fact with its evidence.

        Args:
            thing: an id, a label or an IRI.

        Raises:
            NoSuchThing: nothing in the graph is called that.
        """
        from ..why.cards import make_card

        return make_card(self, thing)

    def proofs(
        self, subject: str, prop: str | None = None, value: str | None = None
    ) -> dict[ox.Triple, Proofs]:
        """Give the proofs of facts: the passages, sources and rules that each comes from.

        Args:
            subject: an id or IRI.
            prop: a property's name or IRI; every property when not given.
            value: an id, IRI or literal's words; every value when not given.

        Raises:
            NoSuchFact: the graph does not hold it.
        """
        from ..ontology.proof import proofs
        from ..ontology.rules import load_rules

        rules = load_rules(asset("ontology", "rules"))
        found = {
            triple: proofs(self.store, triple, rules, self.base)
            for triple in self.find(subject, prop, value)
        }
        if not found:
            raise NoSuchFact(" ".join(filter(None, (subject, prop, value))))
        return found

    def find(
        self, subject: str, prop: str | None = None, value: str | None = None
    ) -> list[ox.Triple]:
        """Give the facts about a thing, sorted.

        Args:
            subject: an id or IRI.
            prop: a property's name (``place``, ``dkg:place``) or IRI; any when not given.
            value: an id, IRI or literal's words; any when not given.
        """
        predicate = ox.NamedNode(self.property_iri(prop)) if prop else None
        node = ox.NamedNode(self.iri(subject))
        return [
            quad.triple
            for quad in ordered(
                self.store.quads_for_pattern(node, predicate, None, ox.DefaultGraph())
            )
            if value is None or getattr(quad.object, "value", "") in (value, self.iri(value))
        ]

    def property_iri(self, name: str) -> str:
        """Give the IRI of a property by the name statements use, ``dkg:place``, or its IRI."""
        if ":" in name:
            return self.iri(name)
        if name == "type":
            return RDF + "type"
        from ..ontology.vocabulary import load_context

        entry = load_context().get(name)
        written = entry.get("@id") if isinstance(entry, dict) else entry
        return self.iri(written) if isinstance(written, str) else DKG + name

    def save(
        self,
        path: str | Path,
        format: str | None = None,  # noqa: A002 - the word users look for
        **options: object,
    ) -> Path:
        """Write the graph to a file, whole or not at all.

        Args:
            path: the file.
            format: a name of `formats.FORMATS`: ``trig``, ``nq``, ``jsonld`` (with the evidence),
                ``ttl``, ``rdf`` or ``nt`` (the facts), ``graphml``, ``gexf`` and so on; the file's
                extension when not given.
            options: what the format takes, such as ``view="actors"``.

        Raises:
            UnknownFormat: there is no such format.
            NoSuchOption: the format does not take the option.
            OSError: the file cannot be written; it names the path as it was given.
        """
        if format is not None:
            find_format(format)
        return save(self, path, format, **options)

    def summary(self) -> dict[str, int]:
        """Count what the graph holds: facts, passages, events, actors, places, rules' facts."""
        rules = rule_graph(self.base, "")
        inferred = {
            quad.triple
            for quad in self._quads
            if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(rules)
        }
        return {
            "passages": len(self.passages),
            "facts": len(self),
            "inferred": len(inferred),
            "events": self._count("Event"),
            "actors": self._count("Actor"),
            "places": self._count("Place"),
            "figures": self._count("Figure"),
        }

    def _count(self, name: str) -> int:
        pattern = (None, ox.NamedNode(RDF + "type"), ox.NamedNode(DKG + name), ox.DefaultGraph())
        return sum(1 for _ in self.store.quads_for_pattern(*pattern))

    def __repr__(self) -> str:
        counts = ", ".join(f"{number} {name}" for name, number in self.summary().items())
        return f"<Graph {self.slug}: {counts}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{name}</th><td>{number}</td></tr>" for name, number in self.summary().items()
        )
        return f"<table><caption>{self.slug}</caption>{rows}</table>"


def _span(passage: str) -> tuple[int, ...]:
    """Give the span of a passage's IRI, for sorting."""
    digits = passage.rpartition("=")[2].split(",")
    return tuple(int(n) for n in digits if n.isdigit())
