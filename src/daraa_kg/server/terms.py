"""The terms of the vocabulary as a reader looks them up: what each means, and what goes with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from importlib.resources import files

import pyoxigraph as ox

from ..assets import asset
from ..graph.labels import value_of
from ..namespaces import DKG, OWL, RDF, RDFS, SKOS, shorten
from .served import HOME

__all__ = ["CODES", "Section", "Term", "read_sections"]

CODES = HOME + "codes/"
_FILES = ("daraa-kg.ttl", "alignments.ttl")
_LABELS = (RDFS + "label", SKOS + "prefLabel")
_DOMAIN = RDFS + "domain"
_SUPER = (RDFS + "subClassOf", RDFS + "subPropertyOf")
_UNSAID = frozenset(
    {RDF + "type", SKOS + "definition", SKOS + "example", RDFS + "isDefinedBy", *_LABELS}
)
# What each kind of term stands under, in the order of the page.
_TITLES = {
    OWL + "Class": "Classes",
    OWL + "ObjectProperty": "Properties that lead to things",
    OWL + "DatatypeProperty": "Properties that lead to values",
    OWL + "AnnotationProperty": "Properties that annotate",
    SKOS + "ConceptScheme": "Lists of coded values",
    SKOS + "Concept": "Coded values",
}
_OTHERS = "Codes of others"
# How relations are called where the general word would not do.
_WORDS = {
    RDFS + "subClassOf": "is a",
    RDFS + "subPropertyOf": "narrower than",
    RDFS + "domain": "used on",
    RDFS + "range": "leads to",
    OWL + "equivalentClass": "one of",
    OWL + "disjointWith": "never a",
    OWL + "inverseOf": "inverse of",
    SKOS + "inScheme": "in",
    SKOS + "closeMatch": "close to",
    SKOS + "broadMatch": "part of the wider",
    SKOS + "narrowMatch": "wider than",
    SKOS + "relatedMatch": "related to",
}
_BELOW = "narrower terms"
_KEYS = "properties"


@dataclass(frozen=True)
class Value:
    """A value in a term's entry: what is shown, and the IRI behind it if it is one."""

    shown: str
    iri: str | None = None


@dataclass
class Term:
    """A class, a property or a coded value.

    Attributes:
        iri: its IRI.
        anchor: the id of its entry on the page.
        name: its short name.
        rows: further relations, by what they are called.
    """

    iri: str
    anchor: str
    name: str
    label: str = ""
    definition: str = ""
    example: str = ""
    rows: dict[str, list[Value]] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """Terms of one kind."""

    title: str
    terms: tuple[Term, ...]


def read_sections() -> list[Section]:
    """Read the terms of the ontology with their alignments, in the order of its file.

    Raises:
        AssetMissing: the ontology is not there.
    """
    store, prefixes, order = _load()
    facts: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(
        lambda: defaultdict(list)
    )
    query = (files(__package__) / "terms.rq").read_text(encoding="utf-8")
    for term, prop, value in store.query(query):  # type: ignore[union-attr]
        facts[term.value][prop.value].append(value)
    places = {iri: place for place, iri in enumerate(order)}
    found = {
        iri: _term(iri, facts[iri], prefixes) for iri in sorted(facts, key=lambda i: places[i])
    }
    _add_below(found, facts)
    sections: dict[str, list[Term]] = {title: [] for title in (*_TITLES.values(), _OTHERS)}
    for iri, term in found.items():
        sections[_title(iri, facts[iri])].append(term)
    return [Section(title, tuple(terms)) for title, terms in sections.items() if terms]


def _load() -> tuple[ox.Store, dict[str, str], list[str]]:
    """Give the triples of both files, their prefixes, and the subjects in their order."""
    store = ox.Store()
    prefixes: dict[str, str] = {}
    order: dict[str, None] = {}
    for name in _FILES:
        parser = ox.parse(path=asset("ontology", name), format=ox.RdfFormat.TURTLE)
        for quad in parser:
            store.add(quad)
            order.setdefault(value_of(quad.subject))
        prefixes.update(parser.prefixes)
    return store, prefixes, list(order)


def _term(
    iri: str, facts: dict[str, list[ox.NamedNode | ox.Literal]], prefixes: dict[str, str]
) -> Term:
    words = {key: value_of(values[0]) for key, values in facts.items()}
    term = Term(
        iri,
        iri.removeprefix(DKG).removeprefix(HOME),
        _short(iri, prefixes),
        label=next((words[one] for one in _LABELS if one in words), ""),
        definition=words.get(SKOS + "definition", ""),
        example=words.get(SKOS + "example", ""),
    )
    for prop, values in facts.items():
        if prop not in _UNSAID:
            term.rows[_WORDS.get(prop) or _short(prop, prefixes).rpartition(":")[2]] = [
                Value(_short(v.value, prefixes), v.value)
                if isinstance(v, ox.NamedNode)
                else Value(v.value)
                for v in values
            ]
    return term


def _add_below(
    found: dict[str, Term], facts: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]
) -> None:
    """Say with each class what is below it and which properties are used on it."""
    for iri, term in found.items():
        for prop, word in (*((one, _BELOW) for one in _SUPER), (_DOMAIN, _KEYS)):
            for value in facts[iri].get(prop, ()):
                above = found.get(value_of(value))
                if above is not None:
                    above.rows.setdefault(word, []).append(Value(term.name, iri))


def _title(iri: str, facts: dict[str, list[ox.NamedNode | ox.Literal]]) -> str:
    if iri.startswith(CODES):
        return _OTHERS
    types = {value_of(value) for value in facts.get(RDF + "type", ())}
    return next((title for kind, title in _TITLES.items() if kind in types), _OTHERS)


def _short(iri: str, prefixes: dict[str, str]) -> str:
    for prefix, start in prefixes.items():
        if iri.startswith(start):
            return iri.removeprefix(start) if start == DKG else f"{prefix}:{iri[len(start) :]}"
    return shorten(iri)
