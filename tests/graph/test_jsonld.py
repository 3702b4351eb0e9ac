from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from daraa_kg.graph.formats import ordered
from daraa_kg.graph.jsonld import ConfusedIRI, compact, dumps
from daraa_kg.namespaces import BASE, DKG, EDTF, RDF, RDFS, SKOS, XSD
from daraa_kg.ontology.vocabulary import load_context

if TYPE_CHECKING:
    import daraa_kg as dk

CONTEXT = load_context()
LOCAL = f"{BASE}mini/"


def read_by_pyoxigraph(data: bytes) -> set[ox.Quad]:
    return set(ox.parse(data, format=ox.RdfFormat.JSON_LD))


def read_by_rdflib(data: bytes) -> set[ox.Quad]:
    # rdflib rewrites a literal's lexical form ("007" becomes 7) unless told not to.
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        dataset = rdflib.Dataset()
        dataset.parse(data=data.decode(), format="json-ld")
        return set(ox.parse(dataset.serialize(format="nquads"), format=ox.RdfFormat.N_QUADS))
    finally:
        rdflib.NORMALIZE_LITERALS = before


def read_by_pyld(data: bytes) -> set[ox.Quad]:
    quads = jsonld.to_rdf(json.loads(data), {"format": "application/n-quads"})
    return set(ox.parse(quads, format=ox.RdfFormat.N_QUADS))


READERS = {"pyoxigraph": read_by_pyoxigraph, "rdflib": read_by_rdflib, "PyLD": read_by_pyld}


@pytest.mark.parametrize("reader", READERS)
def test_the_reference_graph_reads_equal(graph: dk.Graph, reader: str) -> None:
    data = dumps(compact(graph.quads(), CONTEXT, graph.base, graph.slug))
    assert READERS[reader](data) == set(graph.store)


def test_it_looks_like_what_people_write(mini_graph: dk.Graph) -> None:
    document = compact(mini_graph.quads(), CONTEXT, BASE, "mini")
    (shelling,) = [node for node in document["states"] if node["id"] == "event/shelling"]
    assert shelling == {
        "id": "event/shelling",
        "type": ["Attack", "Event", "Happening", "Shelling", "ViolentEvent"],
        "label": "Shelling of Oldbridge",
        "agent": "group/army",
        "before": "event/promise",
        "casualties": "event/shelling#casualties-killed-rebels",
        "duringWhole": "event/siege",
        "earliest": "2030-05-03",
        "figure": "event/shelling#casualties-killed-rebels",
        "involvesPlace": "place/oldbridge",
        "kind": "Shelling",
        "latest": "2030-05-03",
        "participant": ["group/army", "group/rebels"],
        "partOf": "event/siege",
        "perpetrator": "group/army",
        "place": "place/oldbridge",
        "target": "group/rebels",
        "when": "2030-05-03",
    }


def test_a_blank_node_is_refused() -> None:
    quad = ox.Quad(ox.BlankNode("b"), ox.NamedNode(DKG + "place"), ox.NamedNode(BASE + "x"))
    with pytest.raises(TypeError, match="_:b has no IRI, and what is written has no blank nodes"):
        compact([quad], CONTEXT, BASE, "mini")


def test_a_scheme_that_is_a_prefix_is_refused() -> None:
    quad = ox.Quad(ox.NamedNode("kg:x"), ox.NamedNode(DKG + "place"), ox.NamedNode(BASE + "x"))
    with pytest.raises(ConfusedIRI, match="<kg:x> cannot be written as JSON-LD"):
        compact([quad], CONTEXT, BASE, "mini")


# IRIs that could be taken for something else: relative ones, keywords, schemes, terms.
_TAILS = [
    "event/x",
    "x#y",
    "x:y",
    "event/a:b",
    "//host/x",
    "",
    "#char=1,2",
    "?q",
    "@id",
    "place",
    "..",
    "a/../b",
    "killed",
    "text/é",
]
_IRIS = (
    [LOCAL + t for t in _TAILS]
    + [BASE + t for t in _TAILS]
    + [DKG + t for t in _TAILS if "#" not in t]
    + ["urn:x:y", "https://example.org/"]
)
_PROPERTIES = [
    DKG + "place",
    DKG + "count",
    DKG + "outcome",
    DKG + "when",
    DKG + "wording",
    RDFS + "label",
    SKOS + "note",
    RDF + "type",
    DKG + "unheard-of",
    DKG + "kind",
    "https://example.org/p",
    "urn:p",
]
_DATATYPES = [XSD + n for n in ("string", "integer", "decimal", "date", "boolean", "anyURI")] + [
    EDTF
]

iris = st.sampled_from(_IRIS).map(ox.NamedNode)
literals = st.one_of(
    st.builds(
        lambda t, d: ox.Literal(t, datatype=ox.NamedNode(d)),
        st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8),
        st.sampled_from(_DATATYPES),
    ),
    st.builds(
        lambda t, n: ox.Literal(t, language=n),
        st.sampled_from(["a", "“é”", ""]),
        st.sampled_from(["en", "ar"]),
    ),
)
quads = st.builds(
    ox.Quad,
    iris,
    st.sampled_from(_PROPERTIES).map(ox.NamedNode),
    st.one_of(iris, literals),
    st.one_of(st.just(ox.DefaultGraph()), iris),
)


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@settings(max_examples=200, deadline=None)
@given(st.lists(quads, max_size=8))
def test_any_dataset_reads_equal(found: list[ox.Quad]) -> None:
    data = dumps(compact(ordered(set(found)), CONTEXT, BASE, "mini"))
    for name, read in READERS.items():
        assert read(data) == set(found), name
