"""How proofs read: the sentences, decisions and rules behind a fact, as a tree of plain data."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode

from ..diagnostics import listing
from ..graph.labels import Labels, Name, NoSuchFact, value_of
from ..namespaces import EDTF, RDF, XSD, ontology_graph
from ..text.datewords import date_in_words
from .evidence import Archive, Definition, Evidence, Inference, Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad, Triple

    from ..graph.built import Graph
    from ..ontology.proof import Proof
    from ..ontology.rules import Rule

__all__ = ["Explanation", "Reason", "Statement", "explain"]

_TYPE = RDF + "type"
_LOOKED_AT = 8  # proofs for each one shown
_SHOWN = 8  # properties named in an error; more would bury the one that was meant


@dataclass(frozen=True)
class Statement:
    """A fact as three words: a thing, what is said of it, and the thing or text that is said.

    Attributes:
        subject: what the fact is about.
        property: the property's IRI.
        label: what the property is called.
        value: the other thing, or a text as readers read it.
    """

    subject: Name
    property: str
    label: str
    value: Name | str

    def __str__(self) -> str:
        return f"{self.subject.label} · {self.label} · {self.value}"


@dataclass(frozen=True)
class Reason:
    """One way in which a fact comes about: where it stands, or the rule and the facts it used."""

    statement: Statement
    evidence: Evidence
    premises: tuple[Reason, ...] = ()

    def lines(self) -> Iterator[str]:
        """Say it in lines: the sentence, or the rule and, further in, the facts that it used."""
        evidence = self.evidence
        if isinstance(evidence, Quote):
            yield f"“{' '.join(evidence.exact.split())}”"
            yield f"{evidence.where} · {evidence.voice}"
        elif isinstance(evidence, Inference):
            yield f"by the rule {evidence.name}: {evidence.summary}"
        elif not isinstance(evidence, Definition):
            yield evidence.head
            yield from (f"because: {because}" for because in evidence.because)
        for premise in self.premises:
            if not isinstance(premise.evidence, Definition):
                yield f"  {premise.statement}"
                yield from (f"    {line}" for line in premise.lines())


@dataclass(frozen=True)
class Explanation:
    """A fact, and why it is in the graph.

    Attributes:
        statement: the fact.
        reasons: the ways in which it comes about, shortest first.
        more: whether there are more of them.
        places: ``file:line:column`` of where it is written.
    """

    statement: Statement
    reasons: tuple[Reason, ...]
    more: bool = False
    places: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [str(self.statement)]
        for reason in self.reasons:
            lines += (f"  {line}" for line in reason.lines())
        return "\n".join(lines)


def explain(
    graph: Graph, thing: str, prop: str | None = None, value: str | None = None, *, limit: int = 3
) -> list[Explanation]:
    """Say why facts are in a graph.

    Args:
        graph: the graph.
        thing: the id, label or IRI of what the facts are about.
        prop: a property's name or IRI (``place``, ``part of``); all when not given.
        value: an id, label or text; all when not given.
        limit: how many ways to give for each fact at most.

    Raises:
        NoSuchThing: nothing in the graph is called that.
        NoSuchFact: it has no such property, or not that value.
    """
    return _Explainer(graph, limit).explain(thing, prop, value)


class _Explainer:
    """Explains facts of one graph."""

    def __init__(self, graph: Graph, limit: int) -> None:
        self.graph = graph
        self.limit = limit
        self.labels = Labels(graph.store, graph.base, graph.slug)
        self.archive = Archive(graph.store, self.labels, graph.article)

    def explain(self, thing: str, prop: str | None, value: str | None) -> list[Explanation]:
        from ..assets import asset
        from ..ontology.rules import load_rules

        iri = self.labels.find(thing)
        quads = self._quads(iri)
        if prop is not None:
            quads = self._with_property(iri, quads, prop)
        if value is not None:
            quads = self._with_value(iri, quads, value)
        rules = load_rules(asset("ontology", "rules"))
        return [self._explanation(quad.triple, rules) for quad in quads]

    def _quads(self, iri: str) -> list[Quad]:
        quads = self.graph.store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph())
        return sorted(quads, key=lambda q: (self._label(q.predicate.value), self._said(q.object)))

    # --- which facts are meant -------------------------------------------------------------------

    def _with_property(self, iri: str, quads: list[Quad], written: str) -> list[Quad]:
        wanted = written.casefold()
        found = [q for q in quads if wanted in self._names(q.predicate.value)]
        if found:
            return found
        name = self.labels.label(iri)
        names = {self.labels.id(q.predicate.value).rpartition(":")[2] for q in quads}
        there = sorted(names - {"type"}, key=str.casefold)  # its kind says it better
        known = self._properties()
        if wanted in known:
            message = (
                f"nothing is stated about the {known[wanted]} of “{name}”; "
                f"it has {listing(there, 'and')}"
            )
            raise NoSuchFact(written, message)
        close = difflib.get_close_matches(written, [*there, *known], n=1)
        hint = f"did you mean {close[0]}?" if close else f"it has {listing(there, 'and')}"
        message = f"“{written}” is no property of “{name}”; {hint}"
        raise NoSuchFact(written, message)

    def _properties(self) -> dict[str, str]:
        """The labels of the vocabulary's properties, by each name they go by, in small letters."""
        graph = NamedNode(ontology_graph(self.graph.base))
        found: dict[str, str] = {}
        for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty"):
            node = NamedNode(f"http://www.w3.org/2002/07/owl#{name}")
            for quad in self.graph.store.quads_for_pattern(None, NamedNode(_TYPE), node, graph):
                iri = value_of(quad.subject)
                found |= dict.fromkeys(self._names(iri), self.labels.term(iri))
        return found

    def _names(self, iri: str) -> set[str]:
        short = self.labels.id(iri)
        names = {iri, short, short.rpartition(":")[2], self.labels.term(iri)}
        if iri == _TYPE:
            names.add("type")
        return {name.casefold() for name in names}

    def _with_value(self, iri: str, quads: list[Quad], written: str) -> list[Quad]:
        wanted = written.casefold()
        found = [q for q in quads if wanted in {text.casefold() for text in self._texts(q)}]
        if found:
            return found
        values = list(dict.fromkeys(self._said(q.object) for q in quads))[:_SHOWN]
        close = difflib.get_close_matches(written, values, n=1)
        hint = f"did you mean “{close[0]}”?" if close else f"it has {listing(values, 'and')}"
        message = f"“{written}” is no such value of “{self.labels.label(iri)}”; {hint}"
        raise NoSuchFact(written, message)

    def _texts(self, quad: Quad) -> set[str]:
        term = quad.object
        if not isinstance(term, NamedNode):
            return {str(getattr(term, "value", term)), self._said(term)}
        short = self.labels.id(term.value)
        return {
            term.value,
            short,
            short.rpartition(":")[2],
            self.labels.label(term.value),
            self._said(term),
        }

    # --- what they rest on -----------------------------------------------------------------------

    def _explanation(self, triple: Triple, rules: Iterable[Rule]) -> Explanation:
        from ..ontology.proof import independent, proofs

        # Ways that differ only in the order of their steps say nothing new.
        found = proofs(self.graph.store, triple, rules, self.graph.base, self.limit * _LOOKED_AT)
        ways = independent(found)
        value = getattr(triple.object, "value", None)
        places = self.graph.source_map.locations(
            value_of(triple.subject), triple.predicate.value, value
        )
        return Explanation(
            self._statement(triple),
            tuple(self._reason(proof) for proof in ways[: self.limit]),
            more=found.cut or len(ways) > self.limit,
            places=tuple(map(str, places)),
        )

    def _reason(self, proof: Proof) -> Reason:
        evidence = self.archive.evidence(proof.graph.value, value_of(proof.triple.subject))
        return Reason(
            self._statement(proof.triple), evidence, tuple(self._reason(p) for p in proof.premises)
        )

    def _statement(self, triple: Triple) -> Statement:
        predicate, term = triple.predicate.value, triple.object
        value: Name | str = self._said(term)
        if isinstance(term, NamedNode) and term.value.startswith(self.graph.base):
            value = self.labels.name(term.value)
        subject = value_of(triple.subject)
        name = Name(
            subject, self.labels.id(subject), self._called(subject), self.labels.kind(subject)
        )
        return Statement(name, predicate, self._label(predicate), value)

    def _called(self, iri: str) -> str:
        ours = iri.startswith(self.graph.base)
        return self.labels.label(iri) if ours else self.labels.term(iri)

    def _label(self, predicate: str) -> str:
        return "kind" if predicate == _TYPE else self.labels.term(predicate)

    def _said(self, term: object) -> str:
        if isinstance(term, NamedNode):
            return self._called(term.value)
        if isinstance(term, Literal):
            dated = term.datatype.value in (EDTF, XSD + "date")
            return date_in_words(term.value) if dated else term.value
        return str(term)
