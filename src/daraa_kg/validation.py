"""Check the facts against the shapes, and say what is wrong where it is written.

The engine is pyshacl on a plain rdflib graph of the facts (SHACL Core and SHACL-SPARQL). The rules
have run before, so it needs no inference of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from .assets import asset
from .diagnostics import Fault, Location, listing
from .namespaces import DKG, RDF, RDFS, about_graph, ontology_graph, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import rdflib
    from rdflib.query import Result

    from .graph import Graph
    from .rules import Rule
    from .statements import Statements
    from .vocabulary import Vocabulary

_SH = "http://www.w3.org/ns/shacl#"
_SPARQL = _SH + "SPARQLConstraintComponent"
_TYPING = frozenset(
    f"{_SH}{name}ConstraintComponent"  # what stands where something else is needed
    for name in ("Class", "Or", "Not")
)
_ALSO = 3  # other places that are named; more would bury the sentence
_NAME = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Violation:
    """One result of a validation, as SHACL reports it (SHACL, section 3.6).

    Attributes:
        focus: the node that breaks the shape.
        message: the shape's sentence, then “; ” and what to write.
        shape: the shape's IRI, or its blank node's name.
        component: the IRI of the kind of constraint.
        path: the property it is about, when it is a single one.
        value: the IRI or lexical form that is wrong, when it is a particular one.
        targets: the properties because of which the shape looks at the node.
    """

    focus: str
    message: str
    shape: str
    component: str
    path: str | None = None
    value: str | None = None
    targets: tuple[str, ...] = ()


def validate(graph: Graph, shapes: Path | None = None) -> list[Fault]:
    """Check the facts of a graph against the shapes.

    Args:
        graph: a graph whose rules have run.
        shapes: the shapes as Turtle; the shipped ones when not given.

    Returns:
        A fault for each violation, at the place of what causes it, in no particular order.
    """
    return Places(graph).faults(find_violations(graph, shapes))


def validate_readable(statements: Statements, vocabulary: Vocabulary) -> list[Fault]:
    """Check the shapes over statements with faults, as far as they could be read.

    What stands in an entry that has a fault, or is about something whose type is not known, is
    passed over: what the shapes miss there may only follow from what could not be read.

    Args:
        statements: what was read, and what is wrong with it.
        vocabulary: the terms it uses.
    """
    from .graph import Graph
    from .rules import infer, load_rules

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
    return places.faults(violations)


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
        self.source_map = statements.source_map
        self.typed = statements.registry.types
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
        untyped = {violation.focus, violation.value} & set(self.source_map.nodes) - set(self.typed)
        about = [*places, *self.source_map.locations(violation.focus)]
        return bool(untyped) or any(self._entry(place) in self.damaged for place in about)


def find_violations(graph: Graph, shapes: Path | None = None) -> list[Violation]:
    """Run the engine over the facts of a graph, and give what it reports, sorted."""
    import pyshacl
    import rdflib

    read = _read_shapes(shapes)
    _, report, _ = pyshacl.validate(_facts(graph), shacl_graph=read, inplace=True, meta_shacl=False)
    if not isinstance(report, rdflib.Graph):  # a ValidationFailure: the shapes themselves are wrong
        message = f"the shapes cannot be used: {report}"
        raise TypeError(message)
    results = report.objects(None, rdflib.URIRef(_SH + "result"))
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


def without_consequences(violations: Iterable[Violation]) -> list[Violation]:
    """Leave out violations that only follow from others, so that one mistake is one fault.

    A node of the wrong kind where it stands breaks the shapes of the kind it has, too; and what
    is part of itself fits no dates.
    """
    listed = list(violations)
    misplaced = {v.value for v in listed if v.component in _TYPING and v.value != v.focus}
    round_about = {v.focus for v in listed if v.component == _SPARQL and v.value == v.focus}

    def follows(violation: Violation) -> bool:
        if violation.component == _SPARQL and violation.value != violation.focus:
            return not round_about.isdisjoint({violation.focus, violation.value})
        return violation.focus in misplaced

    return [violation for violation in listed if not follows(violation)]


def _facts(graph: Graph) -> rdflib.Graph:
    """Give the facts as an rdflib graph that parses each query once.

    pyshacl asks a shape's query anew for every focus node, and parsing it takes rdflib thirty
    times as long as answering it.
    """
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    prepared = cache(prepareQuery)

    class Facts(rdflib.Graph):
        def query(self, query_object: Any, *arguments: Any, **options: Any) -> Result:  # noqa: ANN401 - as rdflib has it
            known = prepared(query_object) if isinstance(query_object, str) else query_object
            return super().query(known, *arguments, **options)

    triples = (quad.triple for quad in graph.facts())
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return Facts().parse(data=data, format="nt")


def _read_shapes(path: Path | None) -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(path or asset("ontology", "shapes.ttl"), format="turtle")


def _violation(report: rdflib.Graph, result: rdflib.term.Node, shapes: rdflib.Graph) -> Violation:
    from rdflib import URIRef

    def one(name: str) -> rdflib.term.Node | None:
        return report.value(result, URIRef(_SH + name))

    path, value, shape = one("resultPath"), one("value"), one("sourceShape")
    return Violation(
        focus=str(one("focusNode")),
        message=str(one("resultMessage") or "this does not fit its shape"),
        shape=str(shape),
        component=str(one("sourceConstraintComponent")),
        path=str(path) if isinstance(path, URIRef) else None,
        value=None if value is None else str(value),
        targets=tuple(sorted(map(str, shapes.objects(shape, URIRef(_SH + "targetSubjectsOf"))))),
    )


class Places:
    """Finds where in the files the causes of violations are written."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    @cached_property
    def properties(self) -> dict[str, str]:
        """The IRIs of the properties by the names that sentences use."""
        from .vocabulary import load_vocabulary

        return {name: term.iri for name, term in load_vocabulary().properties.items()}

    def faults(self, violations: Iterable[Violation]) -> list[Fault]:
        """Say violations as a compiler would, each mistake once.

        What several shapes say of one value is one mistake; the first of them says it best: those
        that compare with nothing else, and among them those that look at the fewest things.
        """
        ranked = sorted(
            without_consequences(violations), key=lambda v: (v.component == _SPARQL, len(v.targets))
        )
        said: dict[tuple[str, Location], Violation] = {}
        found = []
        for violation in self._one_a_circle(ranked):
            places = self.find(violation) or [Location("statements.yaml")]
            node = self.graph.source_map.locations(violation.focus)
            key = violation.focus, places[0]
            if places[0] in node or said.setdefault(key, violation) is violation:
                found.append(self._fault(violation, places))
        return found

    def _one_a_circle(self, violations: Iterable[Violation]) -> Iterator[Violation]:
        """Leave out what is part of itself by way of something that was said to be so before."""
        said: list[str] = []
        for violation in violations:
            focus = violation.focus
            if violation.component == _SPARQL and violation.value == focus:
                if any(self._leads(focus, one) and self._leads(one, focus) for one in said):
                    continue
                said.append(focus)
            yield violation

    def _leads(self, start: str, end: str) -> bool:
        pattern = ox.NamedNode(start), None, ox.NamedNode(end), ox.DefaultGraph()
        return next(iter(self.graph.store.quads_for_pattern(*pattern)), None) is not None

    def _fault(self, violation: Violation, places: list[Location]) -> Fault:
        message, _, hint = _NAME.sub(r"“\1”", violation.message).partition("; ")
        message = f"{self._name(violation.focus)}: {message}{self._misplaced(violation)}"
        lines = {place.line for place in places[:1]}
        others = []
        for place in places[1:]:
            if place.file != places[0].file or place.line not in lines:
                others.append(_seen_from(places[0], place))
                lines.add(place.line)
        if others:
            shown = others[:_ALSO]
            if len(others) > _ALSO:
                shown.append(f"{len(others) - _ALSO} more")
            message += f" (also at {listing(shown, 'and')})"
        return Fault(places[0], message, hint or None)

    def find(self, violation: Violation) -> list[Location]:
        """Give the places of the narrowest cause of a violation that is known.

        That is the value, else the property, else a property that the sentence names, else that
        because of which the shape looks at the node, else the node; for what rules made, the
        statements that it follows from.
        """
        return next(filter(None, self._candidates(violation)), [])

    def _candidates(self, violation: Violation) -> Iterator[list[Location]]:
        focus, path, value = violation.focus, violation.path, violation.value
        if path is not None and value is not None:
            yield self._of_triples(focus, path, value)
        if path is not None:
            yield self._of_triples(focus, path, None)
        if path is None and value is not None and value != focus:
            yield self._of_triples(focus, None, value)
        named = [self.properties.get(name, "") for name in _NAME.findall(violation.message)]
        for predicate in named:
            yield self.graph.source_map.locations(focus, predicate)
        for predicate in violation.targets:
            yield self._of_triples(focus, predicate, None)
        yield self.graph.source_map.locations(focus)
        yield self._of_triples(focus, None, None)

    def _of_triples(self, subject: str, predicate: str | None, value: str | None) -> list[Location]:
        """Give the places of the facts of a pattern, the stated ones if there are any."""
        stated = self.graph.source_map.locations(subject, predicate, value)
        if stated:
            return stated
        found: set[Location] = set()
        for quad in self.graph.store.quads_for_pattern(
            ox.NamedNode(subject),
            ox.NamedNode(predicate) if predicate else None,
            None,
            ox.DefaultGraph(),
        ):
            if value is None or value == getattr(quad.object, "value", ""):
                found.update(self._of_premises(quad.triple))
        return sorted(found)

    def _of_premises(self, triple: ox.Triple) -> Iterator[Location]:
        """Give the places of the statements from which a rule made a fact."""
        from .proof import leaves, proofs

        for proof in proofs(self.graph.store, triple, self._rules, self.graph.base, limit=1):
            for leaf in leaves(proof):
                subject, value = (
                    getattr(t, "value", "") for t in (leaf.triple.subject, leaf.triple.object)
                )
                yield from self.graph.source_map.locations(
                    subject, leaf.triple.predicate.value, value
                )

    @cached_property
    def _rules(self) -> list[Rule]:
        from .rules import load_rules

        return load_rules(asset("ontology", "rules"))

    def _name(self, node: str) -> str:
        label = self._first(node, RDFS + "label")
        return f"“{label or shorten(node, self.graph.base, self.graph.slug)}”"

    def _misplaced(self, violation: Violation) -> str:
        """Say what stands where something else is needed: ``, and “Russia” is a Government``."""
        if violation.component not in _TYPING or violation.value is None:
            return ""
        kind = self._first(violation.value, DKG + "kind")
        if kind is None or " takes " not in violation.message:
            return ""
        article = "an" if kind.removeprefix(DKG)[:1] in "AEIOU" else "a"
        return f", and {self._name(violation.value)} is {article} {kind.removeprefix(DKG)}"

    def _first(self, node: str, predicate: str) -> str | None:
        """Give the first value of a property of a node, in the order of their text."""
        if node.startswith("_:") or ":" not in node:
            return None
        found = self.graph.store.quads_for_pattern(
            ox.NamedNode(node), ox.NamedNode(predicate), None, ox.DefaultGraph()
        )
        return min((str(getattr(quad.object, "value", "")) for quad in found), default=None)


def _seen_from(here: Location, place: Location) -> str:
    return f"line {place.line}" if place.file == here.file else str(place)
