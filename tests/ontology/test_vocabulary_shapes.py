"""Each term of the vocabulary has one label, one definition, an example, and its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyshacl import validate
from rdflib import RDF, SH, Graph, URIRef

from daraa_kg.assets import asset

if TYPE_CHECKING:
    from rdflib.term import Node

HERE = Path(__file__).parent
DKG = "https://w3id.org/daraa-kg/ontology#"
VOCAB = "https://w3id.org/daraa-kg/vocabulary-shapes#"


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(asset("ontology", "daraa-kg.ttl"))


@pytest.fixture(scope="module")
def vocabulary_shapes() -> Graph:
    return Graph().parse(asset("ontology", "vocabulary-shapes.ttl"))


def named(shape: Node | None, shapes: Graph) -> str:
    """Name a shape, or the shape that a blank one stands in."""
    while shape is not None and not isinstance(shape, URIRef):
        shape = next(shapes.subjects(None, shape), None)
    return str(shape).removeprefix(VOCAB)


def findings(data: Graph, shapes: Graph) -> set[tuple[str, str]]:
    _, report, _ = validate(data, shacl_graph=shapes, inplace=True, inference="none")
    assert isinstance(report, Graph)
    return {
        (
            named(report.value(result, SH.sourceShape), shapes),
            str(report.value(result, SH.focusNode)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def test_the_vocabulary_conforms(ontology: Graph, vocabulary_shapes: Graph) -> None:
    assert findings(ontology, vocabulary_shapes) == set()


@pytest.mark.parametrize("name", ["alignments.ttl", "shapes.ttl", "vocabulary-shapes.ttl"])
def test_every_file_has_a_header(name: str, vocabulary_shapes: Graph) -> None:
    header = Graph().parse(asset("ontology", name))
    found = findings(header, vocabulary_shapes)
    assert {shape for shape, _ in found if shape == "header"} == set()


def test_all_files_have_one_version() -> None:
    versions = {}
    for path in sorted(asset("ontology").glob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        version = re.search(r'owl:versionInfo "(.+?)"', text)
        iri = re.search(r"owl:versionIRI <.+/(.+?)>", text)
        assert version, path
        assert iri, path
        assert version[1] == iri[1], path
        versions[path.name] = version[1]
    assert len(versions) >= 4
    assert len(set(versions.values())) == 1, versions


def test_the_shapes_find_what_is_missing(vocabulary_shapes: Graph) -> None:
    path = HERE / "vocabulary" / "violating.ttl"
    rows = re.findall(r"^# raises: (.+) \| (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    found = findings(Graph().parse(path), vocabulary_shapes)
    assert found - set(rows) == set(), "the fixture does not announce these"
    assert set(rows) - found == set(), "these were not found"
    every = {
        named(shape, vocabulary_shapes)
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in vocabulary_shapes.subjects(RDF.type, kind)
    }
    assert {shape for shape, _ in rows} == every


def test_vocabulary_shapes_are_shapes(vocabulary_shapes: Graph) -> None:
    conforms, _, text = validate(Graph(), shacl_graph=vocabulary_shapes, meta_shacl=True)
    assert conforms, text


def test_node_keys_are_properties(ontology: Graph) -> None:
    keys = list(ontology.subject_objects(URIRef(DKG + "nodeKey")))
    assert keys
    for holder, words in keys:
        for word in str(words).split():
            assert (URIRef(DKG + word), RDF.type, None) in ontology, (holder, word)


def test_blocks_stand_in_order() -> None:
    """Classes come before properties, properties before coded values, and each term once."""
    text = asset("ontology", "daraa-kg.ttl").read_text(encoding="utf-8")
    blocks = re.findall(r"^dkg:(\w+) a (\w+:\w+)", text, re.MULTILINE)
    names = [name for name, _ in blocks]
    assert len(names) == len(set(names))
    order = {
        "owl:Class": 0,
        "owl:ObjectProperty": 1,
        "owl:DatatypeProperty": 1,
        "owl:AnnotationProperty": 1,
        "skos:ConceptScheme": 2,
        "skos:Concept": 2,
    }
    ranks = [order[kind] for _, kind in blocks]
    assert ranks == sorted(ranks)
