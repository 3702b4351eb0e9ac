"""The alignments name terms that exist, here and elsewhere."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, SKOS, Graph, URIRef, namespace

from daraa_kg.assets import asset
from daraa_kg.namespaces import DKG

CODES = "https://w3id.org/daraa-kg/codes/"
MAPPINGS = (SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch, SKOS.exactMatch)


@pytest.fixture(scope="module")
def alignments() -> Graph:
    return Graph().parse(asset("ontology", "alignments.ttl"))


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(asset("ontology", "daraa-kg.ttl"))


def named(graph: Graph, start: str) -> set[URIRef]:
    nodes = graph.all_nodes() | set(graph.predicates())
    return {
        n for n in nodes if isinstance(n, URIRef) and n.startswith(start) and n != URIRef(start)
    }


def test_our_side_is_declared(alignments: Graph, ontology: Graph) -> None:
    ours = named(alignments, DKG)
    assert ours
    assert {term for term in ours if (term, RDF.type, None) not in ontology} == set()


@pytest.mark.parametrize("prefix", ["PROV", "ORG", "TIME", "SDO", "GEO"])
def test_their_side_exists(prefix: str, alignments: Graph) -> None:
    """rdflib carries the term lists of these vocabularies."""
    vocabulary = getattr(namespace, prefix)
    theirs = named(alignments, str(vocabulary))
    assert theirs
    assert {term for term in theirs if term not in vocabulary} == set()


def test_what_is_promised_is_no_event_elsewhere(alignments: Graph) -> None:
    """A property that stands on possible events must not be put below an outside one."""
    ours = {"inside", "underUnit"}
    below = alignments.subjects(URIRef("http://www.w3.org/2000/01/rdf-schema#subPropertyOf"))
    assert {str(term).removeprefix(DKG) for term in below} == ours
    above = URIRef("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    for name in ("Happening", "PossibleEvent", "Prospect", "Allegation"):
        assert (URIRef(DKG + name), above, None) not in alignments


@pytest.mark.parametrize(
    ("scheme", "size"), [("acled", 31), ("ucdp", 26), ("plover", 16), ("evaluation", 22)]
)
def test_code_lists_are_whole(scheme: str, size: int, alignments: Graph) -> None:
    """ACLED: 6 types and 25 sub-types; PLOVER: 16 types; evaluation: 17 types and 5 modalities."""
    members = set(alignments.subjects(SKOS.inScheme, URIRef(CODES + scheme)))
    assert len(members) == size
    for member in members:
        assert str(member).startswith(f"{CODES}{scheme}/")
        assert len(list(alignments.objects(member, SKOS.prefLabel))) == 1
        assert (member, RDF.type, SKOS.Concept) in alignments
    mapped = {o for p in MAPPINGS for o in alignments.objects(None, p)}
    assert members & mapped


def test_every_mapped_code_is_in_a_list(alignments: Graph) -> None:
    for mapping in MAPPINGS:
        for code in alignments.objects(None, mapping):
            if str(code).startswith(CODES):
                assert (code, SKOS.inScheme, None) in alignments, code


def test_mappings_are_annotations(alignments: Graph) -> None:
    for mapping in MAPPINGS:
        if (None, mapping, None) in alignments:
            assert (mapping, RDF.type, OWL.AnnotationProperty) in alignments
