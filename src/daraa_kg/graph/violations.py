"""What the shapes find wrong: which mistake it is, and where in the files it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..assets import asset
from ..diagnostics import Fault, Location, listing, with_article
from ..namespaces import DKG, RDFS, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..diagnostics import Severity
    from ..ontology.rules import Rule
    from .built import Graph

SHACL = "http://www.w3.org/ns/shacl#"
_SPARQL = SHACL + "SPARQLConstraintComponent"
_TYPING = frozenset(
    f"{SHACL}{name}ConstraintComponent"  # what stands where something else is needed
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
        severity: ``warning`` if the shape's is sh:Warning or sh:Info, which fails no check.
    """

    focus: str
    message: str
    shape: str
    component: str
    path: str | None = None
    value: str | None = None
    targets: tuple[str, ...] = ()
    severity: Severity = "error"

    @property
    def compares(self) -> bool:
        """Whether it is about two nodes and how they fit."""
        return self.component == _SPARQL and self.value != self.focus


def without_consequences(violations: Iterable[Violation]) -> list[Violation]:
    """Leave out violations that only follow from others, so that one mistake is one fault.

    A node of the wrong kind where it stands breaks the shapes of the kind it has, too; nothing can
    be compared with what is itself wrong or part of itself; and what is said of two things from
    both sides is said twice.
    """
    listed = list(violations)
    misplaced = {v.value for v in listed if v.component in _TYPING and v.value != v.focus}
    wrong = {v.focus for v in listed if not v.compares}
    pairs: set[tuple[str, frozenset[str | None]]] = set()
    kept = []
    for violation in listed:
        if violation.compares:
            pair = violation.shape, frozenset({violation.focus, violation.value})
            follows = violation.value in wrong or pair in pairs
            pairs.add(pair)
        else:
            follows = violation.focus in misplaced
        if not follows:
            kept.append(violation)
    return kept


class Places:
    """Finds where in the files the causes of violations are written."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    @cached_property
    def properties(self) -> dict[str, str]:
        """The IRIs of the properties by the names that sentences use."""
        from ..ontology.vocabulary import load_vocabulary

        return {name: term.iri for name, term in load_vocabulary().properties.items()}

    def faults(self, violations: Iterable[Violation]) -> list[Fault]:
        """Say violations as a compiler would, each mistake once.

        What several shapes say of one value is one mistake; the first of them says it best: those
        that compare with nothing else, and among them those that look at the fewest things.
        """
        ranked = sorted(without_consequences(violations), key=self._rank)
        said: dict[tuple[str, Location], Violation] = {}
        found = []
        for violation in self._one_a_circle(ranked):
            places = self.find(violation) or [Location("statements.yaml")]
            node = self.graph.source_map.locations(violation.focus)
            key = violation.focus, places[0]
            if places[0] in node or said.setdefault(key, violation) is violation:
                found.append(self._fault(violation, places))
        return found

    def _rank(self, violation: Violation) -> tuple[bool, bool, int]:
        """Order violations: the plain ones first, and comparisons with what is named outright."""
        named = self.graph.source_map.locations(violation.focus, None, violation.value)
        return violation.compares, not named, len(violation.targets)

    def _one_a_circle(self, violations: Iterable[Violation]) -> Iterator[Violation]:
        """Leave out what is part of itself by way of something that was said to be so before."""
        said: list[str] = []
        for violation in violations:
            focus = violation.focus
            if violation.component == _SPARQL and not violation.compares:
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
        others = places[1:]
        if violation.compares:
            others = [*others, *self._of_triples(violation.focus, None, violation.value)]
        seen = list(dict.fromkeys(_seen_from(places[0], place) for place in others))
        shown = [line for line in seen if line != f"line {places[0].line}"]
        if len(shown) > _ALSO:
            shown[_ALSO:] = [f"{len(shown) - _ALSO} more"]
        if shown:
            message += f" (see also {listing(shown, 'and')})"
        return Fault(places[0], message, hint or None, violation.severity)

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
        from ..ontology.proof import leaves, proofs

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
        from ..ontology.rules import load_rules

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
        return f", and {self._name(violation.value)} is {with_article(kind.removeprefix(DKG))}"

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
