"""The things that are nodes of networks: what each is called, and its attributes."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from .labels import value_of
from .namespaces import DKG, RDF, RDFS, XSD, ontology_graph
from .networkviews import node_queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .graph import Graph

SEPARATOR = "; "  # between the values of an attribute that has several

Values = dict[str, Any]

_TYPE = ox.NamedNode(RDF + "type")
_LABEL = ox.NamedNode(RDFS + "label")
_KIND = ox.NamedNode(DKG + "kind")
_FACTS = ox.DefaultGraph()
# The widest class of a thing that says what it is.
_CLASSES = ("Event", "PossibleEvent", "Actor", "Side", "Place", "Figure")
_READERS: dict[str, Callable[[str], Any]] = {
    XSD + "integer": int,
    XSD + "decimal": float,
    XSD + "boolean": "true".__eq__,
}


class Things:
    """The things of a graph, by their IRIs.

    Attributes:
        short: the id of a thing.
    """

    def __init__(self, graph: Graph) -> None:
        self.store = graph.store
        self.base = graph.base
        self._labels = graph.labels
        self.short: Callable[[str], str] = cache(graph.shorten)

    def members(self, name: str) -> Iterable[str]:
        """Give the things of a class, by the class's local name."""
        node = ox.NamedNode(DKG + name)
        for quad in self.store.quads_for_pattern(None, _TYPE, node, _FACTS):
            yield value_of(quad.subject)

    @cached_property
    def class_of(self) -> dict[str, str]:
        """What each thing is: Event, PossibleEvent, Actor, Side, Place or Figure."""
        return {node: name for name in _CLASSES for node in self.members(name)}

    @cached_property
    def _terms(self) -> dict[str, str]:
        """The labels of the vocabulary."""
        graph = ox.NamedNode(ontology_graph(self.base))
        quads = self.store.quads_for_pattern(None, _LABEL, None, graph)
        return {value_of(quad.subject): value_of(quad.object) for quad in quads}

    def term(self, iri: str) -> str:
        """Give the label of a class, a property or a coded value."""
        return self._terms.get(iri) or self.short(iri)

    def attributes(self, classes: set[str]) -> dict[str, Values]:
        """Give what each thing is called and is, and what the queries say of those of some classes.

        Args:
            classes: the classes, by their local names.
        """
        labels: dict[str, str] = {}
        for quad in self.store.quads_for_pattern(None, _LABEL, None, _FACTS):
            node, text = value_of(quad.subject), value_of(quad.object)
            labels[node] = min(labels.get(node, text), text)
        kinds: dict[str, str] = {}
        for quad in self.store.quads_for_pattern(None, _KIND, None, _FACTS):
            node, kind = value_of(quad.subject), self.term(value_of(quad.object))
            kinds[node] = _joined(kinds[node], kind) if node in kinds else kind
        found: dict[str, Values] = defaultdict(dict)
        for node in labels.keys() | kinds.keys():
            for name, texts in (("label", labels), ("class", self.class_of), ("kind", kinds)):
                if node in texts:
                    found[node][name] = texts[node]
        for described, query in node_queries():
            if described & classes:
                self._ask(query, found)
        for node in self.members("Figure") if "Figure" in classes else ():
            found[node].setdefault("label", self._figure(node, found[node]))
        return found

    def _figure(self, node: str, values: Values) -> str:
        """Call a figure by its number, whose people they were, and what happened."""
        text = self._labels.amount(node)
        if whose := values.get("suffered_by") or values.get("side"):
            text += f" ({whose})"
        return f"{text}: {values['happening']}" if "happening" in values else text

    def _ask(self, query: str, found: dict[str, Values]) -> None:
        """Add the columns of a query to the attributes of its nodes, in their order."""
        answer = self.store.query(query)
        assert isinstance(answer, ox.QuerySolutions)  # noqa: S101 - each of them is a SELECT
        names = [variable.value for variable in answer.variables][1:]
        columns: list[dict[str, Any]] = [{} for _ in names]
        for node, *terms in answer:
            iri = value_of(node)
            for column, term in zip(columns, terms, strict=True):
                if term is not None:
                    value = self._value(term)
                    old = column.get(iri, value)
                    column[iri] = value if old == value else _joined(old, value)
        for name, column in zip(names, columns, strict=True):
            for iri, value in column.items():
                found[iri][name] = value

    def _value(self, term: object) -> Any:  # noqa: ANN401 - a text, a number, or yes or no
        if isinstance(term, ox.NamedNode):
            return self.term(term.value)
        assert isinstance(term, ox.Literal)  # noqa: S101 - a graph of ours has no other terms
        reader = _READERS.get(term.datatype.value)
        return reader(term.value) if reader else term.value


def _joined(old: object, new: object) -> str:
    """Write several values as one text, sorted, each once."""
    return SEPARATOR.join(sorted({*str(old).split(SEPARATOR), str(new)}))
