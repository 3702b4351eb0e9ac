"""The parameters of a question: their types, and the terms that are made of what a user gives."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from ..diagnostics import listing
from ..graph.labels import NoSuchThing
from ..namespaces import (
    BASE,
    DKG,
    OWL,
    PREFIXES,
    RDF,
    RDFS,
    XSD,
    article_base,
    expand,
    forbidden,
    ontology_graph,
)

if TYPE_CHECKING:
    from ..graph.labels import Labels

__all__ = ["TYPES", "Parameter", "ParameterError", "classes"]

TYPES = ("iri", "class", "string", "integer", "date", "boolean")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHOWN = 60  # code points of a value that a message repeats


class ParameterError(ValueError):
    """A value that a parameter does not take, or a parameter that a question does not have.

    Attributes:
        name: the parameter.
        value: what it was given; None when it is the name that is wrong.
    """

    def __init__(self, name: str, value: object, message: str) -> None:
        self.name = name
        self.value = value
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be asked about: its name, type, default (as text) and description."""

    name: str
    type: str
    default: str
    description: str

    def literal(self, value: object) -> Literal:
        """Make the literal of a value that is no IRI.

        Raises:
            ParameterError: it is not of the parameter's type.
        """
        text = _text(value)
        if self.type == "string":
            if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
                raise self._wrong(value, "a text, without characters that no text has")
            return Literal(text)
        if self.type == "integer":
            if isinstance(value, bool) or not _INTEGER.fullmatch(text):
                raise self._wrong(value, "a whole number, such as 18")
            return Literal(text, datatype=NamedNode(XSD + "integer"))
        if self.type == "boolean":
            if text not in ("true", "false"):
                raise self._wrong(value, "true or false")
            return Literal(text, datatype=NamedNode(XSD + "boolean"))
        if not _is_day(text):
            raise self._wrong(value, "a day, such as 2021-08-19")
        return Literal(text, datatype=NamedNode(XSD + "date"))

    def term(self, value: object, names: Labels) -> NamedNode | Literal:
        """Make the term that stands for a value.

        Args:
            value: what the user gave: text, or the Python value of the type.
            names: the names of the graph, in which an id or a label is looked up.

        Raises:
            ParameterError: it is not of the parameter's type.
            NoSuchThing: nothing in the graph has this id.
        """
        if self.type == "class":
            return self.class_(value, names)
        return self.node(value, names) if self.type == "iri" else self.literal(value)

    def node(self, value: object, names: Labels) -> NamedNode:
        """Find the thing of an id, a label or an IRI."""
        text = _text(value)
        if text.startswith("<") and text.endswith(">"):
            text = text[1:-1]
        wrong = forbidden(text) if "://" in text else None
        if wrong or not text.strip():
            raise self._wrong(value, "an id, such as event/offensive, or an IRI")
        iri = _known(text, names)
        return NamedNode(iri if iri is not None else names.find(text))

    def class_(self, value: object, names: Labels) -> NamedNode:
        """Find the class of a name as statements write it, ``Threat``, of ``dkg:Threat`` or an IRI.

        Raises:
            NoSuchThing: the vocabulary has no such class.
        """
        text = _text(value).removeprefix("<").removesuffix(">")
        known = {iri.removeprefix(DKG): iri for iri in classes(names)}
        name = expand(text, names.base, DKG).removeprefix(DKG)
        if name in known:
            return NamedNode(known[name])
        close = tuple(difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.6))
        hint = f"did you mean {listing(close)}?" if close else "ontology/daraa-kg.ttl lists them"
        raise NoSuchThing(text, f"the vocabulary has no class “{text}”; {hint}", close)

    def default_iri(self, base: str = BASE, slug: str = "") -> str:
        """Give the IRI of the default, whether or not a graph has it."""
        local = DKG if self.type == "class" else article_base(base, slug)
        return expand(self.default, base, local)

    @property
    def takes_node(self) -> bool:
        """Whether a value is a thing or a class; otherwise it is a literal."""
        return self.type in ("iri", "class")

    def _wrong(self, value: object, wanted: str) -> ParameterError:
        text = _text(value)
        shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        message = f"{self.name} cannot be “{shown}”; it is {wanted}"
        return ParameterError(self.name, value, message)


def classes(names: Labels) -> list[str]:
    """Give the IRIs of the vocabulary's classes, sorted."""
    quads = names.store.quads_for_pattern(
        None,
        NamedNode(RDF + "type"),
        NamedNode(OWL + "Class"),
        NamedNode(ontology_graph(names.base)),
    )
    return sorted(
        quad.subject.value
        for quad in quads
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(DKG)
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, NamedNode | Literal):
        return value.value
    return str(value)


def _is_day(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _known(text: str, names: Labels) -> str | None:
    """Give the IRI of what is no thing of the facts, yet in the graph: a class, a passage."""
    iri = expand(
        text, names.base, article_base(names.base, names.slug) if names.slug else names.base
    )
    if not _absolute(iri):
        return None
    node = NamedNode(iri)
    if iri.startswith(DKG):
        return _term(text, iri, names)
    patterns = ((node, None, None, None), (None, None, node, None))
    return (
        iri if any(any(names.store.quads_for_pattern(*pattern)) for pattern in patterns) else None
    )


def _term(text: str, iri: str, names: Labels) -> str:
    """Give the IRI of a term of the vocabulary.

    Raises:
        NoSuchThing: the vocabulary has none of that name.
    """
    graph, label = NamedNode(ontology_graph(names.base)), NamedNode(RDFS + "label")
    terms = {
        quad.subject.value
        for quad in names.store.quads_for_pattern(None, label, None, graph)
        if isinstance(quad.subject, NamedNode)
    }
    if iri in terms:
        return iri
    close = difflib.get_close_matches(iri, sorted(terms), n=3, cutoff=0.6)
    ids = tuple(map(names.id, close))
    hint = f"did you mean {listing(ids)}?" if ids else "ontology/daraa-kg.ttl lists its terms"
    raise NoSuchThing(text, f"the vocabulary has no “{text}”; {hint}", ids)


def _absolute(iri: str) -> bool:
    return not forbidden(iri) and ("://" in iri or iri.partition(":")[0] in PREFIXES)
