"""Check the facts against the shapes, and say what is wrong where it is written.

The engine is pyshacl on a plain rdflib graph of the facts (SHACL Core and SHACL-SPARQL). The rules
have run before, so it needs no inference of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..assets import asset
from ..namespaces import DKG, RDF, about_graph, ontology_graph
from .violations import SHACL, Places, Violation

if TYPE_CHECKING:
    from pathlib import Path

    import rdflib
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result

    from ..diagnostics import Fault, Location
    from ..ontology.vocabulary import Vocabulary
    from ..statements.entries import Statements
    from .built import Graph


def validate(graph: Graph, shapes: Path | None = None) -> list[Fault]:
    """Check the facts of a graph against the shapes.

    Args:
        graph: a graph whose rules have run.
        shapes: the shapes as Turtle; the shipped ones when not given.

    Returns:
        A fault for each violation, at the place of what causes it, in no particular order.
    """
    violations = find_violations(graph, shapes)
    if graph.article is None:
        violations = _not_lacking(violations)
    return Places(graph).faults(violations)


def validate_readable(statements: Statements, vocabulary: Vocabulary) -> list[Fault]:
    """Check the shapes over statements with faults, as far as they could be read.

    What stands in an entry that has a fault, or is about something whose type is not known, is
    passed over: what the shapes miss there may only follow from what could not be read.

    Args:
        statements: what was read, and what is wrong with it.
        vocabulary: the terms it uses.
    """
    from ..ontology.rules import infer, load_rules
    from .built import Graph

    base = statements.base
    store = ox.Store()
    whole, about = ox.NamedNode(base + "source/readable"), ox.NamedNode(about_graph(base))
    store.add(ox.Quad(whole, ox.NamedNode(RDF + "type"), ox.NamedNode(DKG + "Source"), about))
    terms = ox.NamedNode(ontology_graph(base))
    store.extend(ox.Quad(t.subject, t.predicate, t.object, terms) for t in vocabulary.triples)
    store.extend(
        ox.Quad(ox.NamedNode(s), ox.NamedNode(p), _object(p, o, vocabulary), whole)
        for s, p, o in statements.source_map.triples
    )
    infer(store, load_rules(asset("ontology", "rules")), base)
    graph = Graph(store, base=base, slug=statements.slug, source_map=statements.source_map)
    places, damage = Places(graph), _Damage(statements)
    violations = [v for v in find_violations(graph) if not damage.reaches(v, places.find(v))]
    if statements.article is None:
        violations = _not_lacking(violations)
    return places.faults(violations)


def _not_lacking(violations: list[Violation]) -> list[Violation]:
    """Pass over what shared places and actors lack: an article's statements may have it."""
    return [v for v in violations if v.component != f"{SHACL}MinCountConstraintComponent"]


def _object(predicate: str, value: str, vocabulary: Vocabulary) -> ox.NamedNode | ox.Literal:
    term = vocabulary.property_by_iri.get(predicate)
    if term is None or term.coercion in ("reference", "term"):
        return ox.NamedNode(value)
    if term.datatype is not None:
        return ox.Literal(value, datatype=ox.NamedNode(term.datatype))
    return ox.Literal(value, language=term.language)


class _Damage:
    """Which entries have faults: what the shapes say of those may only follow from the faults."""

    def __init__(self, statements: Statements) -> None:
        self.base = statements.base
        self.source_map = statements.source_map
        self.typed = statements.registry.types
        typings = Counter(s for s, p, _ in self.source_map.triples if p == RDF + "type")
        self.ambiguous = {node for node, number in typings.items() if number > 1}
        self.starts: dict[str, list[int]] = {}
        for entry in statements.entries:
            self.starts.setdefault(entry.location.file, []).append(entry.location.line)
        for lines in self.starts.values():
            lines.sort()
        self.damaged = {self._entry(fault.location) for fault in statements.faults}

    def _entry(self, place: Location) -> tuple[str, int]:
        return place.file, bisect_right(self.starts.get(place.file, []), place.line)

    def reaches(self, violation: Violation, places: list[Location]) -> bool:
        """Tell whether a violation stands where a fault is, or is about something unknown."""
        if self._unclear(violation.focus) or self._unclear(violation.value or ""):
            return True
        about = [*places, *self.source_map.locations(violation.focus)]
        return any(self._entry(place) in self.damaged for place in about)

    def _unclear(self, node: str) -> bool:
        """Tell whether a thing of ours has no type that was read, or two."""
        ours = node.startswith(self.base) or node in self.source_map.nodes
        return ours and (node not in self.typed or node in self.ambiguous)


def find_violations(graph: Graph, shapes: Path | None = None) -> list[Violation]:
    """Run the engine over the facts of a graph, and give what it reports, sorted."""
    import pyshacl
    import rdflib

    read = _read_shapes(shapes)
    _, report, _ = pyshacl.validate(_facts(graph), shacl_graph=read, inplace=True, meta_shacl=False)
    if not isinstance(report, rdflib.Graph):  # a ValidationFailure: the shapes themselves are wrong
        message = f"the shapes cannot be used: {report}"
        raise TypeError(message)
    results = report.objects(None, rdflib.URIRef(SHACL + "result"))
    found = {_violation(report, result, read) for result in results}
    return sorted(found, key=lambda v: (v.focus, v.shape, v.path or "", v.value or "", v.message))


def unused_shapes(graph: Graph, shapes: Path | None = None) -> list[str]:
    """Give the names of the shapes that no node of a graph is held to, sorted.

    Such a shape says that all is well whatever is written: its target may be misspelt.
    """
    import rdflib
    from rdflib.namespace import SH

    facts, read = _facts(graph), _read_shapes(shapes)
    kind = rdflib.RDF.type
    used, targeted = set(), set()
    for target, pattern in (
        (SH.targetNode, lambda term: (term, None, None)),
        (SH.targetClass, lambda term: (None, kind, term)),
        (SH.targetSubjectsOf, lambda term: (None, term, None)),
        (SH.targetObjectsOf, lambda term: (None, term, None)),
    ):
        for shape, term in read.subject_objects(target):
            targeted.add(shape)
            if pattern(term) in facts:
                used.add(shape)
    return sorted(re.split("[#/]", str(shape))[-1] for shape in targeted - used)


def _facts(graph: Graph) -> rdflib.Graph:
    """Give the facts as an rdflib graph that parses each query once.

    pyshacl asks a shape's query anew for every focus node, and parsing it takes rdflib thirty
    times as long as answering it.
    """
    import rdflib

    class Facts(rdflib.Graph):
        def query(self, query_object: Any, *arguments: Any, **options: Any) -> Result:  # noqa: ANN401 - as rdflib has it
            known = _prepared(query_object) if isinstance(query_object, str) else query_object
            return super().query(known, *arguments, **options)

    facts = Facts()
    for quad in graph.facts():
        facts.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return facts


@lru_cache(maxsize=64)  # more than the shapes have
def _prepared(query: str) -> Query:
    from rdflib.plugins.sparql import prepareQuery

    return prepareQuery(query)


def _term(term: object) -> rdflib.term.Node:
    """Give a term of pyoxigraph as rdflib has it."""
    import rdflib

    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
    value = str(getattr(term, "value", term))
    return rdflib.BNode(value) if isinstance(term, ox.BlankNode) else rdflib.URIRef(value)


def _read_shapes(path: Path | None) -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(path or asset("ontology", "shapes.ttl"), format="turtle")


def _violation(report: rdflib.Graph, result: rdflib.term.Node, shapes: rdflib.Graph) -> Violation:
    from rdflib import URIRef

    def one(name: str) -> rdflib.term.Node | None:
        return report.value(result, URIRef(SHACL + name))

    path, value, shape = one("resultPath"), one("value"), one("sourceShape")
    return Violation(
        focus=str(one("focusNode")),
        message=str(one("resultMessage") or "this does not fit its shape"),
        shape=str(shape),
        component=str(one("sourceConstraintComponent")),
        path=str(path) if isinstance(path, URIRef) else None,
        value=None if value is None else str(value),
        targets=tuple(sorted(map(str, shapes.objects(shape, URIRef(SHACL + "targetSubjectsOf"))))),
        severity="error" if str(one("resultSeverity")) == SHACL + "Violation" else "warning",
    )
