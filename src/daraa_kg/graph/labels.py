"""What things are called: their labels, kinds and ids; and finding a thing by what people type."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from ..diagnostics import listing
from ..namespaces import (
    DCT,
    DKG,
    GEO,
    RDF,
    RDFS,
    SKOS,
    about_graph,
    article_base,
    expand,
    forbidden,
    ontology_graph,
    rule_graph,
    shorten,
)

__all__ = ["Labels", "Name", "NoSuchFact", "NoSuchThing", "value_of"]

_LABEL = NamedNode(RDFS + "label")
_ALT_LABEL = NamedNode(SKOS + "altLabel")
_TYPE = NamedNode(RDF + "type")
_KIND = NamedNode(DKG + "kind")
_OF_KIND = NamedNode(DKG + "ofKind")
_FIGURE = NamedNode(DKG + "Figure")
_GEOMETRY = NamedNode(GEO + "hasGeometry")
_ROUTE = "http://www.opengis.net/ont/sf#LineString"
_DEFINITION = NamedNode(SKOS + "definition")
_DESCRIPTION = NamedNode(DCT + "description")
_ATTRIBUTION = NamedNode(DKG + "attribution")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SHOWN = 6  # so many ids are offered; more would bury the advice


class NoSuchThing(LookupError):
    """An id that names nothing in the graph, or several things; `candidates` come close."""

    def __init__(self, written: str, message: str, candidates: tuple[str, ...] = ()) -> None:
        self.written = written
        self.candidates = candidates
        super().__init__(message)


class NoSuchFact(LookupError):
    """A fact that is not in the graph; `fact` is what was asked for."""

    def __init__(self, fact: str, message: str | None = None) -> None:
        self.fact = fact
        super().__init__(message or f"the graph holds no fact “{fact}”")


@dataclass(frozen=True)
class Name:
    """A thing as people refer to it: its IRI, its id as statements write it, its label and kind.

    `label` is made of what is known where the editors gave none; `kind` is the label of a class.
    """

    iri: str
    id: str
    label: str
    kind: str | None = None

    def __str__(self) -> str:
        return self.label


class Labels:
    """The names of everything in a graph.

    Args:
        store: the graph, with the vocabulary in its own graph.
        base: where ids start.
        slug: the article whose ids are written without a prefix.
    """

    def __init__(self, store: Store, base: str, slug: str | None) -> None:
        self.store = store
        self.base = base
        self.slug = slug
        self._facts = DefaultGraph()
        self._vocabulary = NamedNode(ontology_graph(base))
        self._rules = rule_graph(base, "")

    def id(self, iri: str) -> str:
        """Write an IRI as statements do: ``event/x``, ``kg:place/x``, ``dkg:Clash``."""
        return shorten(iri, self.base, self.slug)

    def name(self, iri: str) -> Name:
        """Give the name of a thing."""
        return Name(iri, self.id(iri), self.label(iri), self.kind(iri))

    def label(self, iri: str) -> str:
        """Give a thing's label; a figure is called by its number, a geometry after its place.

        What has no label is called by its id.
        """
        node = NamedNode(iri)
        found = self._text(node, _LABEL, self._facts) or self._text(node, _LABEL, self._vocabulary)
        if found:
            return found
        if self.is_a(iri, _FIGURE.value):
            return self.amount(iri)
        return self._shape(node) or self.id(iri)

    def _shape(self, node: NamedNode) -> str | None:
        """Call a geometry after its place: ``point of Daraa``; None if it is no geometry."""
        owners = self.store.quads_for_pattern(None, _GEOMETRY, node, self._facts)
        places = sorted(q.subject.value for q in owners if isinstance(q.subject, NamedNode))
        if not places:
            return None
        what = "route" if self.is_a(node.value, _ROUTE) else "point"
        return f"{what} of {self.label(places[0])}"

    def term(self, iri: str) -> str:
        """Give the label of a class, property or coded value: ``part of`` for dkg:partOf."""
        found = self._text(NamedNode(iri), _LABEL, self._vocabulary)
        return found or _spaced(shorten(iri, self.base).rpartition(":")[2])

    def kind(self, iri: str) -> str | None:
        """Give the label of a thing's kind; a possible event's is that of what it would be."""
        for predicate in (_OF_KIND, _KIND):
            kinds = sorted(
                self.term(quad.object.value)
                for quad in self.store.quads_for_pattern(
                    NamedNode(iri), predicate, None, self._facts
                )
                if isinstance(quad.object, NamedNode)
            )
            if kinds:
                return " and ".join(kinds)
        return None

    def is_a(self, iri: str, class_iri: str) -> bool:
        """Say whether a thing belongs to a class, whatever its kind is."""
        quads = self.store.quads_for_pattern(
            NamedNode(iri), _TYPE, NamedNode(class_iri), self._facts
        )
        return next(iter(quads), None) is not None

    def amount(self, figure: str) -> str:
        """Say a figure in words: ``6 killed``, ``at least 3 wounded``, ``18 checkpoints``."""
        unit, outcome = self.value(figure, "unit"), self.value(figure, "outcome")
        words = [self.term(unit)] if unit and unit != DKG + "persons" else []
        words += [self.term(outcome)] if outcome else []
        number = self._number(figure)
        if number is None:
            return f"{' '.join(words) or 'persons'}, number not given"
        return " ".join([number, *(words or ["person" if number == "1" else "persons"])])

    def _number(self, figure: str) -> str | None:
        count = self.value(figure, "count")
        least, most = self.value(figure, "atLeast"), self.value(figure, "atMost")
        if count is not None:
            return _grouped(count)
        if least is not None and most is not None:
            return f"{_grouped(least)} to {_grouped(most)}"
        if least is not None:
            return f"at least {_grouped(least)}"
        return f"at most {_grouped(most)}" if most is not None else None

    def value(self, iri: str, local: str) -> str | None:
        """Give the value, IRI or text, of a dkg: property that has one; the first of several."""
        quads = self.store.quads_for_pattern(
            NamedNode(iri), NamedNode(DKG + local), None, self._facts
        )
        values = sorted(q.object.value for q in quads if isinstance(q.object, NamedNode | Literal))
        return values[0] if values else None

    def values(self, iri: str, local: str) -> list[str]:
        """Give all values, IRIs or texts, of a dkg: property, sorted."""
        quads = self.store.quads_for_pattern(
            NamedNode(iri), NamedNode(DKG + local), None, self._facts
        )
        return sorted(q.object.value for q in quads if isinstance(q.object, NamedNode | Literal))

    def subjects(self, local: str, iri: str) -> list[str]:
        """Give the things that have `iri` as the value of a dkg: property, sorted."""
        quads = self.store.quads_for_pattern(
            None, NamedNode(DKG + local), NamedNode(iri), self._facts
        )
        return sorted(q.subject.value for q in quads if isinstance(q.subject, NamedNode))

    def _text(
        self, node: NamedNode, predicate: NamedNode, graph: DefaultGraph | NamedNode
    ) -> str | None:
        quads = self.store.quads_for_pattern(node, predicate, None, graph)
        texts = sorted(q.object.value for q in quads if isinstance(q.object, Literal))
        return texts[0] if texts else None

    # --- finding a thing -------------------------------------------------------------------------

    @cached_property
    def things(self) -> tuple[str, ...]:
        """The IRIs of all that has a kind, so that geometries are left out, sorted."""
        return tuple(sorted(self._described(_KIND)))

    @cached_property
    def _subjects(self) -> frozenset[str]:
        """The IRIs of all that facts are about."""
        return self._described(None)

    def _described(self, predicate: NamedNode | None) -> frozenset[str]:
        quads = self.store.quads_for_pattern(None, predicate, None, self._facts)
        return frozenset(q.subject.value for q in quads if isinstance(q.subject, NamedNode))

    def find(self, written: str) -> str:
        """Give the IRI of the thing that people mean: by its id, the end of its id, or its label.

        Raises:
            NoSuchThing: there is none, or there are several; the error names what comes close.
        """
        local = article_base(self.base, self.slug) if self.slug else self.base
        exact = expand(written, self.base, local)
        for iri in (exact, self.base + written):
            if iri in self._subjects:
                return iri
        by_label, by_other_name = self._called(written, _LABEL), self._called(written, _ALT_LABEL)
        for found in (self._ending(written), by_label, by_other_name):
            if len(found) == 1:
                return found[0]
            if found:
                ids = tuple(map(self.id, found))
                message = f"“{written}” can be {listing(ids)}: write one of them"
                raise NoSuchThing(written, message, ids)
        if forbidden(exact) is None and (record := self._record(exact)):
            raise NoSuchThing(written, f"“{written}” is {record}")
        raise self._unknown(written)

    def _record(self, iri: str) -> str | None:
        """Say what a term, a source or a rule is, which output names and which is no thing."""
        try:
            node = NamedNode(iri)
        except ValueError:  # a letter that no IRI has, such as one that could not be decoded
            return None
        about = NamedNode(about_graph(self.base))
        for predicate, graph, what in (
            (_DEFINITION, self._vocabulary, "a term of the vocabulary"),
            (_ATTRIBUTION, about, "a source"),
            (_DESCRIPTION, about, "an inference rule"),
        ):
            text = self._text(node, predicate, graph)
            if text and (what != "an inference rule" or node.value.startswith(self._rules)):
                return f"{what}, not a thing: {text.rstrip('.')}"
        return None

    def _ending(self, written: str) -> list[str]:
        return sorted(iri for iri in self._subjects if iri.endswith(f"/{written}"))

    def _called(self, written: str, predicate: NamedNode) -> list[str]:
        wanted = written.casefold()
        quads = self.store.quads_for_pattern(None, predicate, None, self._facts)
        return sorted(
            value_of(quad.subject)
            for quad in quads
            if isinstance(quad.object, Literal) and quad.object.value.casefold() == wanted
        )

    def _unknown(self, written: str) -> NoSuchThing:
        ids = [self.id(iri) for iri in self.things if "#" not in iri]
        # Ids begin alike, so their ends are compared: event/mime is not event/truce.
        by_tail: dict[str, list[str]] = {}
        for one in ids:
            by_tail.setdefault(one.rpartition("/")[2], []).append(one)
        tails = difflib.get_close_matches(
            written.rpartition("/")[2], by_tail, n=_SHOWN, cutoff=0.65
        )
        close = [one for tail in tails for one in by_tail[tail]]
        if not close and len(written) > 2:
            close = [one for one in ids if written.casefold() in one.casefold()][:_SHOWN]
        hint = (
            f"did you mean {listing(close[:3])}?"
            if close
            else "daraa-kg query timeline --ids lists events, and TAB completes every id"
        )
        return NoSuchThing(written, f"nothing here is called “{written}”; {hint}", tuple(close))


def value_of(term: object) -> str:
    """Give the IRI or the text of a term; empty for a quoted triple, which no graph of ours has."""
    return str(getattr(term, "value", ""))


def _grouped(number: str) -> str:
    """Write a whole number with its thousands apart."""
    return f"{int(number):,}" if number.lstrip("-").isdigit() else number


def _spaced(name: str) -> str:
    """Write a name of a vocabulary as words: ``subPropertyOf`` is sub property of."""
    return _HUMP.sub(" ", name).lower() if name.isalpha() else name
