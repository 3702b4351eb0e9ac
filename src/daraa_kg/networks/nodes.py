"""The things that are nodes of networks: what each is called, and its attributes."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..namespaces import DKG, RDF, RDFS, XSD, ontology_graph
from .days import FACTS, event_days, pairs
from .views import node_queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..graph.built import Graph
    from .views import NodeQuery

SEPARATOR = "; "  # between the values of an attribute that has several

Values = dict[str, Any]

_TYPE = ox.NamedNode(RDF + "type")
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
        self._members: dict[str, frozenset[str]] = {}

    def members(self, name: str) -> frozenset[str]:
        """Give the things of a class, by the class's local name."""
        if name not in self._members:
            node = ox.NamedNode(DKG + name)
            quads: Any = self.store.quads_for_pattern(None, _TYPE, node, FACTS)
            self._members[name] = frozenset([quad.subject.value for quad in quads])
        return self._members[name]

    @cached_property
    def class_of(self) -> dict[str, str]:
        """What each thing is: Event, PossibleEvent, Actor, Side, Place or Figure."""
        return {node: name for name in _CLASSES for node in self.members(name)}

    @cached_property
    def _texts(self) -> dict[str, str]:
        """The label of each thing that has one."""
        texts: dict[str, str] = {}
        for node, text in pairs(self.store, RDFS + "label"):
            texts[node] = min(texts.get(node, text), text)
        return texts

    @cached_property
    def _terms(self) -> dict[str, str]:
        """The labels of the vocabulary."""
        vocabulary = ox.NamedNode(ontology_graph(self.base))
        return dict(pairs(self.store, RDFS + "label", vocabulary))

    def term(self, iri: str) -> str:
        """Give the label of a class, a property or a coded value."""
        return self._terms.get(iri) or self.short(iri)

    def attributes(self, classes: set[str]) -> dict[str, Values]:
        """Give what each thing is called and is, and what the queries say of those of some classes.

        Args:
            classes: the classes, by their local names.
        """
        kinds: dict[str, str] = {}
        for node, iri in pairs(self.store, DKG + "kind"):
            kind = self.term(iri)
            kinds[node] = _joined(kinds[node], kind) if node in kinds else kind
        found: dict[str, Values] = defaultdict(dict)
        for node in self._texts.keys() | kinds.keys():
            for name, texts in (("label", self._texts), ("class", self.class_of), ("kind", kinds)):
                if node in texts:
                    found[node][name] = texts[node]
        for asked in node_queries():
            if not classes.isdisjoint(asked.classes):
                self._ask(asked, found)
        for node in self.members("Figure") if "Figure" in classes else ():
            found[node].setdefault("label", self._figure(node, found[node]))
        return found

    def _figure(self, node: str, values: Values) -> str:
        """Call a figure by its number, whose people they were, and what happened."""
        text = self._labels.amount(node)
        if whose := values.get("suffered_by") or values.get("side"):
            text += f" ({whose})"
        return f"{text}: {values['happening']}" if "happening" in values else text

    def _ask(self, asked: NodeQuery, found: dict[str, Values]) -> None:
        """Add what a query tells to the attributes of its nodes, in its order."""
        told: dict[str, Values] = {name: {} for name in asked.attributes}
        if "bounds" in told:
            told.update(event_days(self.store, self.members("Event")))
        answer: Any = self.store.query(asked.query)
        for node, attribute, term in answer:
            if term is not None:
                values, iri, value = told[attribute.value], node.value, self._value(term)
                old = values.get(iri, value)
                values[iri] = value if old == value else _joined(old, value)
        columns = [(name, told[name], asked.otherwise.get(name)) for name in asked.attributes]
        for iri in frozenset().union(*map(self.members, asked.classes)):
            for name, values, otherwise in columns:
                value = values.get(iri, otherwise)
                if value is not None:
                    found[iri][name] = value

    def _value(self, term: object) -> Any:  # noqa: ANN401 - a text, a number, or yes or no
        if isinstance(term, ox.NamedNode):
            return self._texts.get(term.value) or self.term(term.value)
        assert isinstance(term, ox.Literal)  # noqa: S101 - a graph of ours has no other terms
        reader = _READERS.get(term.datatype.value)
        return reader(term.value) if reader else term.value


def _joined(old: object, new: object) -> str:
    """Write several values as one text, sorted, each once."""
    return SEPARATOR.join(sorted({*str(old).split(SEPARATOR), str(new)}))
