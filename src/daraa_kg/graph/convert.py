"""JSON-LD → quads by pyoxigraph, with the count of what was written as a second net."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..namespaces import source_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Triples = set[tuple[str, str, str]]

_SHOWN = 3  # triples named in an error: enough to find the cause


class ConversionError(RuntimeError):
    """The JSON-LD that was read does not give the triples that were written: a fault of ours.

    Attributes:
        graph: the IRI of the graph that differs.
        lost: what was written and did not come out.
        gained: what came out and was not written.
    """

    def __init__(self, graph: str, lost: Triples, gained: Triples) -> None:
        self.graph = graph
        self.lost = lost
        self.gained = gained
        shown = [f"lost {' '.join(t)}" for t in sorted(lost)[:_SHOWN]]
        shown += [f"gained {' '.join(t)}" for t in sorted(gained)[:_SHOWN]]
        super().__init__(
            f"the conversion of <{graph}> lost {len(lost)} and gained {len(gained)} triples "
            f"({'; '.join(shown)}); this is a fault of daraa-kg or of its JSON-LD context, not of "
            "the statements: please report it with the statement"
        )


def to_quads(
    document: list[dict[str, Any]],
    context: Mapping[str, Any],
    *,
    base: str,
    local: str,
    expected: Mapping[str, Triples],
) -> set[ox.Quad]:
    """Convert named graphs of statements to quads.

    Args:
        document: the graphs as JSON-LD nodes (see `statements.entries.Statements.document`).
        context: the ontology's JSON-LD context, which is put into the document.
        base: where shared ids start; it takes the place of the context's own ``kg:``.
        local: where the article's own ids start: the base IRI of the conversion.
        expected: the triples that must come out, by graph.

    Raises:
        ConversionError: others came out.
    """
    whole = {"@context": {**context, "kg": base}, "@graph": document}
    text = json.dumps(whole, ensure_ascii=False)
    quads = set(ox.parse(text, format=ox.RdfFormat.JSON_LD, base_iri=local))
    _compare(quads, expected)
    return quads


def _compare(quads: Iterable[ox.Quad], expected: Mapping[str, Triples]) -> None:
    found: dict[str, Triples] = {graph: set() for graph in expected}
    for quad in quads:
        graph = getattr(quad.graph_name, "value", "")
        triple = (_text(quad.subject), quad.predicate.value, _text(quad.object))
        found.setdefault(graph, set()).add(triple)
    for graph, triples in sorted(found.items()):
        wanted = expected.get(graph, set())
        if triples != wanted:
            raise ConversionError(graph, wanted - triples, triples - wanted)


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def move_editorial(quads: Iterable[ox.Quad], editorial: frozenset[str], base: str) -> set[ox.Quad]:
    """Move labels and notes, which are the editors' words, from passages to the editors' graph.

    Sources keep theirs: a name in a register is the register's.

    Args:
        quads: what passages and sources state.
        editorial: the IRIs of the editorial properties.
        base: where IRIs start.
    """
    editors = ox.NamedNode(source_graph(base, "editors"))
    sources = source_graph(base, "")
    moved = set()
    for quad in quads:
        graph = quad.graph_name
        if quad.predicate.value in editorial and not (
            isinstance(graph, ox.NamedNode) and graph.value.startswith(sources)
        ):
            moved.add(ox.Quad(quad.subject, quad.predicate, quad.object, editors))
        else:
            moved.add(quad)
    return moved
