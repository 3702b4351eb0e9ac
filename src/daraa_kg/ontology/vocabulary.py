"""The ontology and its JSON-LD context as typed tables, for checking names before conversion."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal

import pyoxigraph as ox

from ..assets import asset
from ..namespaces import DKG, OWL, PREFIXES, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Coercion = Literal["text", "literal", "reference", "term"]

_TYPE = RDF + "type"


class VocabularyError(ValueError):
    """The ontology or its context cannot be used; `path` is the file."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path}: {problem}")


@dataclass(frozen=True, slots=True)
class ClassTerm:
    """A class of the ontology; `supers` are the direct ones."""

    iri: str
    name: str
    label: str = ""
    definition: str = ""
    supers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """A coded value, such as ``killed``, and the scheme it belongs to."""

    iri: str
    name: str
    label: str
    scheme: str


@dataclass(frozen=True, slots=True)
class PropertyTerm:
    """A key that statements may use.

    Attributes:
        coercion: what its values are: words (``text``), a typed ``literal``, the id of a node
            (``reference``), or a name of the vocabulary (``term``).
        datatype: the IRI of a literal's datatype.
        language: the language tag of its words, when they carry one.
        scheme: the scheme whose concepts are its values, when they are coded.
        node_key: local names of the properties that name a nested node.
    """

    iri: str
    name: str
    coercion: Coercion
    datatype: str | None = None
    language: str | None = None
    label: str = ""
    definition: str = ""
    supers: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    scheme: str | None = None
    editorial: bool = False
    inferred: bool = False
    verbatim: bool = False
    node_key: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The tables; names are the context's keys, IRIs are full.

    Attributes:
        triples: the named part of the ontology and its alignments (no blank nodes), sorted.
    """

    context: dict[str, Any]
    classes: dict[str, ClassTerm]
    properties: dict[str, PropertyTerm]
    concepts: dict[str, Concept]
    version: str
    triples: tuple[ox.Triple, ...] = field(repr=False, default=())

    @cached_property
    def class_by_iri(self) -> dict[str, ClassTerm]:
        """The classes by IRI."""
        return {term.iri: term for term in self.classes.values()}

    @cached_property
    def property_by_iri(self) -> dict[str, PropertyTerm]:
        """The properties by IRI."""
        return {term.iri: term for term in self.properties.values()}

    @cached_property
    def editorial(self) -> frozenset[str]:
        """The IRIs of the properties that are the editors' own words."""
        return frozenset(term.iri for term in self.properties.values() if term.editorial)

    @cached_property
    def verbatim(self) -> tuple[str, ...]:
        """The names of the properties whose values are the text's own words, copied."""
        return tuple(term.name for term in self.properties.values() if term.verbatim)

    @cached_property
    def _above(self) -> dict[str, frozenset[str]]:
        """Every class with all classes above it and itself."""
        found: dict[str, frozenset[str]] = {}
        for iri in self.class_by_iri:
            above: set[str] = set()
            waiting = [iri]
            while waiting:
                if (here := waiting.pop()) not in above:
                    above.add(here)
                    known = self.class_by_iri.get(here)
                    waiting.extend(known.supers if known else ())
            found[iri] = frozenset(above)
        return found

    def ancestors(self, iri: str) -> frozenset[str]:
        """Give the IRIs of a class and of all classes above it."""
        return self._above.get(iri, frozenset((iri,)))

    def subclasses(self, iri: str) -> list[ClassTerm]:
        """Give the classes strictly below a class, by name."""
        return [c for c in self.classes.values() if c.iri != iri and iri in self.ancestors(c.iri)]

    def values_of(self, term: PropertyTerm) -> list[str]:
        """Give the names that a property with coded values takes: concepts, else classes."""
        if term.scheme or SKOS + "Concept" in term.range:
            return [c.name for c in self.concepts.values() if term.scheme in (None, c.scheme)]
        return list(self.classes)

    def defined_with(self, word: str, names: Iterable[str]) -> list[str]:
        """Give those of some classes or properties whose definition has a word in it."""
        whole = re.compile(rf"\b{re.escape(word)}s?\b", re.IGNORECASE)
        known: dict[str, ClassTerm | PropertyTerm] = {**self.classes, **self.properties}
        return [name for name in names if name in known and whole.search(known[name].definition)]

    def implied_class(self, term: PropertyTerm) -> str | None:
        """Give the class that a node has by standing under a property, when there is but one.

        That is the property's range; when the range has subclasses, properties below this one must
        lead to them (`casualties` to Casualties), or the writer has to say which is meant.
        """
        if len(term.range) != 1 or term.range[0] not in self.class_by_iri:
            return None
        told = {r for p in self.properties.values() if term.iri in p.supers for r in p.range}
        if any(c.iri not in told for c in self.subclasses(term.range[0])):
            return None
        return self.class_by_iri[term.range[0]].name

    def direct_of(self, inferred: PropertyTerm) -> list[str]:
        """Give the names of the properties to state instead of one that only rules make."""
        below = {inferred.iri}
        for _ in self.properties:  # as deep as the tree can be
            below |= {p.iri for p in self.properties.values() if below & set(p.supers)}
        return [p.name for p in self.properties.values() if p.iri in below and not p.inferred]


def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """Read ``daraa-kg.ttl``, ``alignments.ttl`` and ``context.jsonld``.

    Args:
        folder: where they are; the shipped ontology when not given.

    Raises:
        VocabularyError: a file is broken, or the context names something the ontology lacks.
    """
    folder = folder or asset("ontology")
    main = _parse(folder / "daraa-kg.ttl")
    alignments = folder / "alignments.ttl"
    aligned = _parse(alignments) if alignments.exists() else []
    context, path = load_context(folder), folder / "context.jsonld"
    index = _Index(main)
    return Vocabulary(
        context=context,
        classes=_classes(index),
        properties=_properties(index, context, path),
        concepts=_concepts(index),
        version=next(iter(index.words(index.ontology, OWL + "versionInfo")), ""),
        triples=_named([*main, *aligned]),
    )


@cache
def verbatim_names() -> tuple[str, ...]:
    """Give the names of the shipped ontology's verbatim properties."""
    return load_vocabulary().verbatim


def load_context(folder: Path | None = None) -> dict[str, Any]:
    """Read the JSON-LD context.

    Args:
        folder: where ``context.jsonld`` is; the shipped ontology when not given.

    Raises:
        VocabularyError: it is not there, or no context.
    """
    path = (folder or asset("ontology")) / "context.jsonld"
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))["@context"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise VocabularyError(path, f"this is not a JSON-LD context ({error})") from error


def _parse(path: Path) -> list[ox.Triple]:
    try:
        return [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
    except (OSError, SyntaxError) as error:
        raise VocabularyError(path, f"this cannot be read as Turtle ({error})") from error


def _named(triples: list[ox.Triple]) -> tuple[ox.Triple, ...]:
    """Keep what has a name: lists and class expressions stay in the ontology's own file."""
    named = {
        triple
        for triple in triples
        if isinstance(triple.subject, ox.NamedNode) and not isinstance(triple.object, ox.BlankNode)
    }
    return tuple(sorted(named, key=str))


class _Index:
    """The ontology's triples by subject and predicate, as plain strings."""

    def __init__(self, triples: list[ox.Triple]) -> None:
        self.objects: dict[tuple[str, str], list[str]] = {}
        self.by_type: dict[str, list[str]] = {}
        for triple in triples:
            subject, predicate = _key(triple.subject), triple.predicate.value
            value = _key(triple.object)
            self.objects.setdefault((subject, predicate), []).append(value)
            if predicate == _TYPE:
                self.by_type.setdefault(value, []).append(subject)
        self.ontology = next(iter(self.by_type.get(OWL + "Ontology", [])), "")

    def words(self, subject: str, predicate: str) -> list[str]:
        return self.objects.get((subject, predicate), [])

    def one(self, subject: str, *predicates: str) -> str:
        return next((w for p in predicates for w in self.words(subject, p)), "")

    def listed(self, head: str) -> list[str]:
        """Give the members of an RDF list."""
        members: list[str] = []
        while head and head != RDF + "nil":
            members.extend(self.words(head, RDF + "first"))
            head = self.one(head, RDF + "rest")
        return members

    def classes_of(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Give the classes of a domain or range, those of an `owl:unionOf` one by one."""
        found: list[str] = []
        for value in self.words(subject, predicate):
            union = self.words(value, OWL + "unionOf")
            found.extend(self.listed(union[0]) if union else [value])
        return tuple(found)


def _key(term: object) -> str:
    if isinstance(term, ox.BlankNode):
        return "_:" + term.value
    return str(getattr(term, "value", term))


def _local(iri: str) -> str:
    return iri.removeprefix(DKG)


def _classes(index: _Index) -> dict[str, ClassTerm]:
    found = {}
    for iri in index.by_type.get(OWL + "Class", []):
        if iri.startswith(DKG):
            found[_local(iri)] = ClassTerm(
                iri=iri,
                name=_local(iri),
                label=index.one(iri, RDFS + "label"),
                definition=index.one(iri, SKOS + "definition", RDFS + "comment"),
                supers=tuple(s for s in index.words(iri, RDFS + "subClassOf") if s[:2] != "_:"),
            )
    return found


def _concepts(index: _Index) -> dict[str, Concept]:
    found = {}
    for iri in index.by_type.get(SKOS + "Concept", []):
        if iri.startswith(DKG):
            label = index.one(iri, SKOS + "prefLabel", RDFS + "label")
            scheme = index.one(iri, SKOS + "inScheme", SKOS + "topConceptOf")
            found[_local(iri)] = Concept(iri, _local(iri), label, scheme)
    return found


def _properties(index: _Index, context: dict[str, Any], path: Path) -> dict[str, PropertyTerm]:
    known = {
        iri
        for kind in ("Object", "Datatype", "Annotation")
        for iri in index.by_type.get(f"{OWL}{kind}Property", [])
    }
    found = {}
    for name, definition in context.items():
        iri, body = _definition(name, definition, context)
        if iri in known:
            found[name] = _property(index, name, iri, body, context)
        elif iri and iri.startswith(DKG) and not index.words(iri, _TYPE):
            raise VocabularyError(path, f"“{name}” is {iri}, which the ontology does not declare")
    return found


def _definition(
    name: str, definition: object, context: dict[str, Any]
) -> tuple[str | None, dict[str, Any]]:
    """Give the IRI of a context entry that is a property's, and the rest of its definition."""
    if name.startswith("@") or definition is None:
        return None, {}
    body = {"@id": definition} if isinstance(definition, str) else dict(definition)  # type: ignore[call-overload]
    value = str(body.pop("@id", DKG + name))
    if value.startswith("@") or value.endswith(("#", "/")):  # an alias, or a prefix
        return None, {}
    return _expand(value, context), body


def _expand(name: str, context: dict[str, Any]) -> str:
    prefix, colon, local = name.partition(":")
    if not colon or local.startswith("//"):
        return name if colon else DKG + name
    start = context.get(prefix, PREFIXES.get(prefix))
    if isinstance(start, dict):
        start = start.get("@id")
    return f"{start}{local}" if isinstance(start, str) else name


def _property(
    index: _Index, name: str, iri: str, body: dict[str, Any], context: dict[str, Any]
) -> PropertyTerm:
    kind = body.get("@type")
    coercion: Coercion = "text"
    datatype = None
    if kind == "@id":
        coercion = "reference"
    elif kind == "@vocab":
        coercion = "term"
    elif kind is not None:
        coercion, datatype = "literal", _expand(str(kind), context)
    ranges = index.classes_of(iri, RDFS + "range")
    return PropertyTerm(
        iri=iri,
        name=name,
        coercion=coercion,
        datatype=datatype,
        language=body.get("@language"),
        label=index.one(iri, RDFS + "label"),
        definition=index.one(iri, SKOS + "definition", RDFS + "comment"),
        supers=tuple(index.words(iri, RDFS + "subPropertyOf")),
        domain=index.classes_of(iri, RDFS + "domain"),
        range=ranges,
        scheme=index.one(iri, DKG + "scheme") or None,
        editorial="true" in index.words(iri, DKG + "editorial"),
        inferred="true" in index.words(iri, DKG + "inferred"),
        verbatim="true" in index.words(iri, DKG + "verbatim"),
        node_key=tuple(index.one(iri, DKG + "nodeKey").split()),
    )
