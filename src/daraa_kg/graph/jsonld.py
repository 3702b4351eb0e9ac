"""Compacted JSON-LD of a dataset without blank nodes: our context, named graphs kept.

pyoxigraph writes expanded JSON-LD only, and rdflib's compacted form wraps the default graph in an
unnamed one, which other readers take for a blank node's. A dataset without blank nodes and lists
needs only the inverse of the context, so it is written here.
Source: JSON-LD 1.1 Processing Algorithms and API, sections 4.3 and 6.2.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..namespaces import RDF, XSD, article_base, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_TYPE = RDF + "type"
_STRING = XSD + "string"


class ConfusedIRI(ValueError):
    """An IRI whose scheme is a prefix of the context, so that JSON-LD cannot write it; `iri`."""

    def __init__(self, iri: str) -> None:
        self.iri = iri
        super().__init__(
            f"<{iri}> cannot be written as JSON-LD: its scheme is a prefix of the context; "
            "give the thing another IRI"
        )


class Compactor:
    """Turns IRIs and literals into the terms of a context."""

    def __init__(self, context: Mapping[str, Any], base: str, slug: str) -> None:
        self.base = base
        self.local = article_base(base, slug)
        self.context: dict[str, Any] = {
            **context,
            **{name: start for name, start in prefixes(base).items() if name not in context},
            "kg": base,
            "@base": self.local,
        }
        self.starts = sorted(
            (
                (v, k)
                for k, v in self.context.items()
                if isinstance(v, str) and v.endswith(("#", "/")) and not k.startswith("@")
            ),
            key=lambda pair: (-len(pair[0]), pair[1]),
        )
        self.keywords = {
            v: k for k, v in context.items() if isinstance(v, str) and v.startswith("@")
        }
        self.id = self.keywords.get("@id", "@id")
        self.type = self.keywords.get("@type", "@type")
        self.graph = self.keywords.get("@graph", "@graph")
        self.terms: dict[tuple[str, str], str] = {}
        self.names: dict[str, str] = {}
        for name, definition in context.items():
            self._learn(name, definition)
        self.ids: dict[str, str] = {}

    def _learn(self, name: str, definition: object) -> None:
        if name.startswith("@") or definition is None:
            return
        if isinstance(definition, str):
            if not definition.startswith("@") and not definition.endswith(("#", "/")):
                iri = self._expand(definition)
                self.names.setdefault(iri, name)
                self.terms.setdefault((iri, _STRING), name)
            return
        body = dict(definition)  # type: ignore[call-overload]
        iri = self._expand(str(body.get("@id", name)))
        kind = body.get("@type")
        if kind in ("@id", "@vocab"):
            self.terms.setdefault((iri, str(kind)), name)
        elif kind:
            self.terms.setdefault((iri, self._expand(str(kind))), name)
        elif "@language" in body:
            self.terms.setdefault((iri, "@" + str(body["@language"])), name)
        else:
            self.names.setdefault(iri, name)
            self.terms.setdefault((iri, _STRING), name)

    def _expand(self, name: str) -> str:
        prefix, colon, tail = name.partition(":")
        start = self.context.get(prefix)
        return start + tail if colon and isinstance(start, str) else name

    def name(self, iri: str) -> str:
        """Write the IRI of a class, a property or a coded value: as a term, else with a prefix."""
        found = self.names.get(iri)
        if found is None:
            found = self.names[iri] = self._compact(iri)
        return found

    def node(self, iri: str) -> str:
        """Write the IRI of a node: relative to the article, else with a prefix."""
        found = self.ids.get(iri)
        if found is None:
            if iri.startswith(self.local) and _safe(tail := iri[len(self.local) :]):
                found = tail
            else:
                found = self._compact(iri)
            self.ids[iri] = found
        return found

    def _compact(self, iri: str) -> str:
        for start, prefix in self.starts:
            if iri.startswith(start) and _safe(tail := iri[len(start) :]):
                return f"{prefix}:{tail}"
        scheme, _, rest = iri.partition(":")
        if scheme in self.context and not rest.startswith("//"):
            raise ConfusedIRI(iri)
        return iri

    def entry(self, predicate: str, value: ox.NamedNode | ox.Literal) -> tuple[str, Any]:
        """Write a property and one value of it."""
        terms = self.terms
        if isinstance(value, ox.NamedNode):
            if term := terms.get((predicate, "@vocab")):
                return term, self.name(value.value)
            if term := terms.get((predicate, "@id")):
                return term, self.node(value.value)
            return self._compact(predicate), {self.id: self.node(value.value)}
        if value.language:
            if term := terms.get((predicate, "@" + value.language)):
                return term, value.value
            return self._compact(predicate), {"@value": value.value, "@language": value.language}
        datatype = value.datatype.value
        if term := terms.get((predicate, datatype)):
            return term, value.value
        if datatype == _STRING and not any(
            (predicate, kind) in terms for kind in ("@id", "@vocab")
        ):
            return self._compact(predicate), {"@value": value.value}
        return self._compact(predicate), {"@value": value.value, self.type: self._compact(datatype)}


def _safe(tail: str) -> bool:
    """Whether the rest of an IRI survives as a compact or relative one."""
    # A colon anywhere: PyLD takes what stands before it for a scheme, even behind a slash.
    if not tail or tail.startswith(("/", "?", "#", "@")) or ":" in tail:
        return False
    return not any(part in (".", "..") for part in tail.split("/"))


def compact(
    quads: Sequence[ox.Quad], context: Mapping[str, Any], base: str, slug: str
) -> dict[str, Any]:
    """Give a dataset as one compacted JSON-LD document.

    Args:
        quads: the dataset, sorted by graph and subject, without blank nodes.
        context: the ontology's context.
        base: where IRIs start.
        slug: the article whose own ids are written without a prefix.
    """
    writer = Compactor(context, base, slug)
    top: list[dict[str, Any]] = []
    for graph, inside in groupby(quads, lambda quad: quad.graph_name):
        nodes = _nodes(writer, inside)
        if isinstance(graph, ox.NamedNode):
            top.append({writer.id: writer.node(graph.value), writer.graph: nodes})
        else:
            top.extend(nodes)
    return {"@context": writer.context, writer.graph: top}


def _nodes(writer: Compactor, quads: Iterable[ox.Quad]) -> list[dict[str, Any]]:
    nodes = []
    for subject, about in groupby(quads, lambda quad: quad.subject):
        if not isinstance(subject, ox.NamedNode):
            message = f"{subject} has no IRI, and what is written has no blank nodes"
            raise TypeError(message)
        node: dict[str, Any] = {writer.id: writer.node(subject.value)}
        for quad in about:
            _put(writer, node, quad)
        nodes.append(node)
    return nodes


def _put(writer: Compactor, node: dict[str, Any], quad: ox.Quad) -> None:
    predicate, value = quad.predicate.value, quad.object
    if not isinstance(value, ox.NamedNode | ox.Literal):
        message = f"{value} has no IRI, and what is written has no blank nodes"
        raise TypeError(message)
    if predicate == _TYPE and isinstance(value, ox.NamedNode):
        key, written = writer.type, writer.name(value.value)
    else:
        key, written = writer.entry(predicate, value)
    if key not in node:
        node[key] = written
    elif isinstance(node[key], list):
        node[key].append(written)
    else:
        node[key] = [node[key], written]


def dumps(document: Mapping[str, Any]) -> bytes:
    """Write a JSON-LD document as UTF-8, one node or graph a line (small edits, small diffs)."""
    graph_key = next(key for key in document if key != "@context")
    context = json.dumps(document["@context"], ensure_ascii=False, indent=1)
    lines = ",\n".join(json.dumps(node, ensure_ascii=False) for node in document[graph_key])
    return f'{{"@context": {context},\n"{graph_key}": [\n{lines}\n]}}\n'.encode()
